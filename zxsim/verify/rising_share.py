"""Rising share: the share of some categories grows by at least a step a year.

Of what the funds hold, M: the first year with money keeps I/M ≥ max(start, base_share + step); every
later one I_t/M_t ≥ I_p/M_p + step, where p is the last year before t with money. Of what is spent,
S: I_t ≥ θ_t·S_t along a stated path θ.
"""

from collections.abc import Iterator
from fractions import Fraction

from zxsim.core.money import share_up
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import AT_LEAST, Judged, Scope, Verdict, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number

Cell = tuple[str, int]
Step = tuple[Cell, Fraction | None, Fraction, Fraction]
"""Place and year, share reached (of nothing: none), share needed, units to spare."""


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a rise, one row a year with money (and place)."""
    scope = scope_of(rule, inputs)
    part = plan.sums(plan.of(funds=scope.funds, categories=rule["categories"]), scope.places)
    of_fund = rule["of"] == "fund"
    if of_fund:
        steps = _rise(rule, scope, part, inputs.held(scope.funds, scope.places))
    else:
        steps = _path(rule, scope, part, plan.sums(plan.of(funds=scope.funds), scope.places))
    rows = [
        Judged(
            rule=rule_id,
            kind="rising_share",
            clause=rule.get("clause", ""),
            place=place,
            year=year,
            left=Fraction(0) if reached is None else reached,
            relation=AT_LEAST,
            right=needed,
            room=room,
            numerator="spent_on_categories",
            denominator="held_by_funds" if of_fund else "spent_of_funds",
            defined=reached is not None,
        )
        for (place, year), reached, needed, room in steps
    ]
    return Verdict(rows)


def _rise(rule: Record, scope: Scope, part: dict[Cell, int], held: dict[Cell, int]) -> Iterator[Step]:
    step = Fraction(number(rule["step"]))
    lowest = Fraction(number(rule.get("start", 0)))
    if "base_share" in rule:
        lowest = max(lowest, Fraction(number(rule["base_share"])) + step)
    before: dict[str, Fraction] = {}
    for place, year in scope.grid:
        inside, money = part.get((place, year), 0), held.get((place, year), 0)
        if not money:
            continue
        if place in before:
            needed = before[place] + step
            room = inside - needed * money
        else:
            needed = lowest
            room = Fraction(inside - share_up(lowest, money))
        before[place] = Fraction(inside, money)
        yield (place, year), before[place], needed, room


def _path(rule: Record, scope: Scope, part: dict[Cell, int], spent: dict[Cell, int]) -> Iterator[Step]:
    path = {int(year): Fraction(number(share)) for year, share in rule["path"].items()}
    for place, year in scope.grid:
        if year in path:
            inside, money = part.get((place, year), 0), spent.get((place, year), 0)
            reached = Fraction(inside, money) if money else None
            yield (place, year), reached, path[year], inside - path[year] * money
