"""Category share: some categories get at least (or at most) a share of each year's money.

Of what the funds hold, M: I ≥ θ·M, so in whole units I ≥ ⌈θ·M⌉ (I ≤ ⌊θ·M⌋ for a cap); a year
without money is not judged. Of what is spent, S: I ≥ θ·S.
"""

from fractions import Fraction

import numpy as np

from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import AT_LEAST, AT_MOST, Judged, Verdict, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.ratios import Ratios, Whole, over, quotients, repeated, shares_down, shares_up
from zxsim.verify.reading import number


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a share, one row a year (and place)."""
    scope = scope_of(rule, inputs)
    of_fund, floor = rule["of"] == "fund", "at_least" in rule
    share = Fraction(number(rule["at_least" if floor else "at_most"]))
    counted = plan.of(funds=scope.funds, categories=rule["categories"])
    inside = plan.sums(counted, scope.places, scope.years).ravel()
    if of_fund:
        below = inputs.held(scope.funds, scope.places, scope.years).ravel()
    else:
        below = plan.sums(plan.of(funds=scope.funds), scope.places, scope.years).ravel()
    some = (below > 0).astype(np.bool_)
    row = Judged(
        rule=rule_id,
        kind="category_share",
        clause=rule.get("clause", ""),
        cells=scope.cells,
        left=quotients(inside, below),
        relation=AT_LEAST if floor else AT_MOST,
        right=repeated(share, below.shape),
        room=_room(share, inside, below, floor=floor, of_fund=of_fund),
        numerator="spent_on_categories",
        denominator="held_by_funds" if of_fund else "spent_of_funds",
        defined=some,
    )
    return Verdict(row.where(some) if of_fund else row)


def _room(share: Fraction, inside: Whole, below: Whole, *, floor: bool, of_fund: bool) -> Ratios:
    if of_fund:
        gap = over(inside - (shares_up if floor else shares_down)(share, below))
    else:
        gap = over(inside * share.denominator - share.numerator * below, share.denominator)
    return gap if floor else Ratios(-gap.top, gap.below)
