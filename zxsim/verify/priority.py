"""Priority: the rule's funds pay key projects before anything else.

In each year t in which the funds hold money M_t: D_t is the public cost of the key parts that these
funds may pay in t or before, R_t = min(D_t, R_{t−1} + M_t) what they could have been paid by then,
R = 0 at first. Where R_t = D_t all of it must have been paid by the end of t, from whatever fund:
Σ_{τ≤t} x[key] ≥ D_t, τ from the first year of the horizon. Where the money is short, all of that
year's goes to key projects: Σ x[key, these funds, t] ≥ M_t.
"""

import numpy as np
import polars as pl

from zxsim.verify.inputs import Inputs, Record, in_set
from zxsim.verify.judged import Cells, Scope, Verdict, money_floor, scope_of
from zxsim.verify.openings import first_openings
from zxsim.verify.plan import Plan
from zxsim.verify.ratios import BoolArray, Whole


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a priority, one row a year with money (and place)."""
    scope = scope_of(rule, inputs)
    key = plan.rows.filter(in_set(rule))
    until = np.cumsum(plan.sums(key, scope.places, inputs.years), axis=1)
    paid = until[:, [year - inputs.years[0] for year in scope.years]]
    own = plan.sums(key.filter(pl.col("fund_id").is_in(list(scope.funds))), scope.places, scope.years)
    held = inputs.held(scope.funds, scope.places, scope.years)
    needed, everything = _needs(held, _wanted(rule, scope, inputs))
    got = np.where(everything, paid, own)
    names = (rule_id, "priority", rule.get("clause", ""))
    row = money_floor(names, _cells(scope, everything, inputs), got.ravel(), needed.ravel())
    return Verdict(row.where((held > 0).astype(np.bool_).ravel()))


def _wanted(rule: Record, scope: Scope, inputs: Inputs) -> Whole:
    """Public cost of the key parts in each place that the funds may pay until each year."""
    parts = first_openings(inputs, scope.funds, in_set(rule))
    opened = parts.select("place_id", "cost", year="opens").group_by("place_id", "year")
    own = opened.agg(units=pl.col("cost").sum())
    found = np.cumsum(inputs.places.added_up(own, scope.places, inputs.years), axis=1)
    return found[:, [year - inputs.years[0] for year in scope.years]]


def _needs(held: Whole, wanted: Whole) -> tuple[Whole, BoolArray]:
    """Units that key projects must have got, and whether since the first year of the horizon."""
    reached = np.zeros(len(held), dtype=object)
    everything = np.zeros(held.shape, dtype=np.bool_)
    for t in range(held.shape[1]):
        paid = held[:, t] > 0
        reached = np.where(paid, np.minimum(wanted[:, t], reached + held[:, t]), reached)
        everything[:, t] = reached == wanted[:, t]
    return np.where(everything, wanted, held), everything


def _cells(scope: Scope, everything: BoolArray, inputs: Inputs) -> Cells:
    first, cells = inputs.years[0], scope.cells
    pairs = zip(cells.year, everything.ravel().tolist(), strict=True)
    since = [first if whole and year is not None and first < year else None for year, whole in pairs]
    return Cells(cells.place, cells.year, since)
