"""Income use: a share of what certain funds hold goes to stated categories or projects.

With M the money that the funds hold: Σ x[set] ≥ ⌈share · M⌉, a year or in all; without money there
is nothing to judge.
"""

from fractions import Fraction

from zxsim.core.money import share_up
from zxsim.verify.inputs import Inputs, Record, in_set
from zxsim.verify.judged import AT_LEAST, Judged, Verdict, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a use, one row a year with money (and place), or one for the whole period."""
    scope = scope_of(rule, inputs)
    share = Fraction(number(rule["at_least"]))
    counted = plan.of(funds=scope.funds, years=scope.years).filter(in_set(rule))
    spent = scope.by_period(rule, plan.sums(counted, scope.places))
    held = scope.by_period(rule, inputs.held(scope.funds, scope.places))
    rows = [
        Judged(
            rule=rule_id,
            kind="income_use",
            clause=rule.get("clause", ""),
            place=place,
            year=year,
            left=Fraction(spent[place, year], money),
            relation=AT_LEAST,
            right=share,
            room=Fraction(spent[place, year] - share_up(share, money)),
            numerator="spent_on_uses",
            denominator="held_in_period" if rule["per"] == "period" else "held_by_funds",
        )
        for (place, year), money in held.items()
        if money
    ]
    return Verdict(rows)
