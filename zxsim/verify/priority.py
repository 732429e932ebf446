"""Priority: the rule's funds pay key projects before anything else.

In each year t in which the funds hold money M_t: D_t is the public cost of the key parts that these
funds may pay in t or before, R_t = min(D_t, R_{t−1} + M_t) what they could have been paid by then,
R = 0 at first. Where R_t = D_t all of it must have been paid by the end of t, from whatever fund:
Σ_{τ≤t} x[key] ≥ D_t, τ from the first year of the horizon. Where the money is short, all of that
year's goes to key projects: Σ x[key, these funds, t] ≥ M_t.
"""

from collections.abc import Iterator, Mapping

import polars as pl

from zxsim.verify.inputs import Inputs, Record, in_set
from zxsim.verify.judged import Verdict, money_floor, scope_of
from zxsim.verify.openings import first_openings
from zxsim.verify.plan import Plan


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a priority, one row a year with money (and place)."""
    scope = scope_of(rule, inputs)
    key = plan.rows.filter(in_set(rule))
    paid = plan.sums(key, scope.places)
    own = plan.sums(key.filter(pl.col("fund_id").is_in(list(scope.funds))), scope.places)
    held = inputs.held(scope.funds, scope.places)
    parts = first_openings(inputs, scope.funds, in_set(rule))
    names = (rule_id, "priority", rule.get("clause", ""))
    rows = []
    for place in scope.shown_places:
        open_parts = _at(place, parts, inputs)
        money = {year: held.get((place, year), 0) for year in scope.years}
        for year, needed, everything in _needs(money, open_parts):
            first = inputs.years[0] if everything else year
            got = paid if everything else own
            units = sum(got.get((place, tau), 0) for tau in range(first, year + 1))
            since = first if first < year else None
            rows.append(money_floor(names, (place, year), units, needed, since))
    return Verdict(rows)


def _at(place: str, parts: pl.DataFrame, inputs: Inputs) -> list[tuple[int, int]]:
    """First year and public cost of the parts in a place; ``""`` is anywhere."""
    if place:
        parts = parts.filter(pl.col("place_id").is_in(list(inputs.places.inside([place]))))
    return parts.select("opens", "cost").rows()


def _needs(money: Mapping[int, int], parts: list[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Year, units that key projects must have got, and whether since the first year of the horizon."""
    reached = 0
    for year, held in money.items():
        if not held:
            continue
        wanted = sum(cost for opens, cost in parts if opens <= year)
        reached = min(wanted, reached + held)
        everything = reached == wanted
        yield year, wanted if everything else held, everything
