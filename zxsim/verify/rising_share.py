"""Rising share: the share of some categories grows by at least a step a year.

Of what the funds hold, M: the first year with money keeps I/M ≥ max(start, base_share + step); every
later one I_t/M_t ≥ I_p/M_p + step, where p is the last year before t with money. Of what is spent,
S: I_t ≥ θ_t·S_t along a stated path θ.
"""

from fractions import Fraction

import numpy as np

from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import AT_LEAST, Judged, Verdict, grid_cells, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.ratios import Ratios, Whole, over, quotients, shares_up
from zxsim.verify.reading import number


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a rise, one row a year with money (and place)."""
    scope = scope_of(rule, inputs)
    of_fund, path = rule["of"] == "fund", _path(rule)
    years = [year for year in scope.years if of_fund or year in path]
    part = plan.sums(plan.of(funds=scope.funds, categories=rule["categories"]), scope.places, years)
    if of_fund:
        money = inputs.held(scope.funds, scope.places, years)
        needed, room = _rise(rule, part, money)
    else:
        money = plan.sums(plan.of(funds=scope.funds), scope.places, years)
        needed, room = _along([path[year] for year in years], part, money)
    some = (money > 0).astype(np.bool_).ravel()
    row = Judged(
        rule=rule_id,
        kind="rising_share",
        clause=rule.get("clause", ""),
        cells=grid_cells(scope.shown_places, years),
        left=quotients(part, money).ravel(),
        relation=AT_LEAST,
        right=needed.ravel(),
        room=room.ravel(),
        numerator="spent_on_categories",
        denominator="held_by_funds" if of_fund else "spent_of_funds",
        defined=some,
    )
    return Verdict(row.where(some) if of_fund else row)


def _path(rule: Record) -> dict[int, Fraction]:
    return {int(year): Fraction(number(share)) for year, share in rule.get("path", {}).items()}


def _rise(rule: Record, part: Whole, money: Whole) -> tuple[Ratios, Ratios]:
    """Shares needed and units to spare by place and year; without money they mean nothing."""
    step = Fraction(number(rule["step"]))
    lowest = Fraction(number(rule.get("start", 0)))
    if "base_share" in rule:
        lowest = max(lowest, Fraction(number(rule["base_share"])) + step)
    needed, room = (over(np.zeros_like(part)) for _ in range(2))
    before, below = np.zeros(len(part), dtype=object), np.zeros(len(part), dtype=object)
    for t in range(part.shape[1]):
        inside, held, first = part[:, t], money[:, t], below == 0
        needed.top[:, t] = np.where(
            first, lowest.numerator, before * step.denominator + step.numerator * below
        )
        needed.below[:, t] = np.where(first, lowest.denominator, below * step.denominator)
        exact = inside * needed.below[:, t] - needed.top[:, t] * held
        room.top[:, t] = np.where(first, inside - shares_up(lowest, held), exact)
        room.below[:, t] = np.where(first, 1, needed.below[:, t])
        before, below = np.where(held > 0, inside, before), np.where(held > 0, held, below)
    return needed, room


def _along(shares: list[Fraction], part: Whole, money: Whole) -> tuple[Ratios, Ratios]:
    """Shares needed and units to spare by place and year."""
    top = np.array([share.numerator for share in shares], dtype=object) + 0 * part
    below = np.array([share.denominator for share in shares], dtype=object) + 0 * part
    return Ratios(top, below), Ratios(part * below - top * money, below)
