"""Income use: a share of what certain funds hold goes to stated categories or projects.

With M the money that the funds hold: Σ x[set] ≥ ⌈share · M⌉, a year or in all; without money there
is nothing to judge.
"""

from fractions import Fraction

import numpy as np

from zxsim.verify.inputs import Inputs, Record, in_set
from zxsim.verify.judged import AT_LEAST, Judged, Verdict, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.ratios import over, quotients, repeated, shares_up
from zxsim.verify.reading import number


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a use, one row a year with money (and place), or one for the whole period."""
    scope = scope_of(rule, inputs)
    share = Fraction(number(rule["at_least"]))
    counted = plan.of(funds=scope.funds, years=scope.years).filter(in_set(rule))
    spent = scope.by_period(rule, plan.sums(counted, scope.places, scope.years)).ravel()
    held = scope.by_period(rule, inputs.held(scope.funds, scope.places, scope.years)).ravel()
    row = Judged(
        rule=rule_id,
        kind="income_use",
        clause=rule.get("clause", ""),
        cells=scope.period_cells(rule),
        left=quotients(spent, held),
        relation=AT_LEAST,
        right=repeated(share, held.shape),
        room=over(spent - shares_up(share, held)),
        numerator="spent_on_uses",
        denominator="held_in_period" if rule["per"] == "period" else "held_by_funds",
    )
    return Verdict(row.where((held > 0).astype(np.bool_)))
