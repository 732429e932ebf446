"""Payment progress: by the end of a year a share of all money so far is paid out.

With M the money that the funds hold: Σ_{τ≤t} x_τ ≥ ⌈share_t · Σ_{τ≤t} M_τ⌉, τ from the first year
of the rule; before any money is there, there is nothing to judge.
"""

from fractions import Fraction

from zxsim.core.money import share_up
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import AT_LEAST, Judged, Verdict, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge progress, one row a listed year (and place)."""
    scope = scope_of(rule, inputs)
    shares = {int(year): Fraction(number(share)) for year, share in rule["shares"].items()}
    spent = plan.sums(plan.of(funds=scope.funds), scope.places)
    held = inputs.held(scope.funds, scope.places)
    rows = []
    for place, year in scope.grid:
        so_far = [(place, tau) for tau in scope.years if tau <= year]
        money = sum(held.get(cell, 0) for cell in so_far)
        if year not in shares or not money:
            continue
        paid = sum(spent.get(cell, 0) for cell in so_far)
        rows.append(
            Judged(
                rule=rule_id,
                kind="payment_progress",
                clause=rule.get("clause", ""),
                place=place,
                year=year,
                since=scope.years[0] if year > scope.years[0] else None,
                left=Fraction(paid, money),
                relation=AT_LEAST,
                right=shares[year],
                room=Fraction(paid - share_up(shares[year], money)),
                numerator="spent_until",
                denominator="held_until",
            )
        )
    return Verdict(rows)
