"""Category share: some categories get at least (or at most) a share of each year's money.

Of what the funds hold, M: I ≥ θ·M, so in whole units I ≥ ⌈θ·M⌉ (I ≤ ⌊θ·M⌋ for a cap); a year
without money is not judged. Of what is spent, S: I ≥ θ·S.
"""

from fractions import Fraction

from zxsim.core.money import share_down, share_up
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import AT_LEAST, AT_MOST, Judged, Verdict, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a share, one row a year (and place)."""
    scope = scope_of(rule, inputs)
    of_fund = rule["of"] == "fund"
    floor = "at_least" in rule
    share = Fraction(number(rule["at_least" if floor else "at_most"]))
    part = plan.sums(plan.of(funds=scope.funds, categories=rule["categories"]), scope.places)
    if of_fund:
        whole = inputs.held(scope.funds, scope.places)
    else:
        whole = plan.sums(plan.of(funds=scope.funds), scope.places)
    rows = []
    for cell in scope.grid:
        inside, below = part.get(cell, 0), whole.get(cell, 0)
        if of_fund and not below:
            continue
        limit = share * below
        if of_fund:
            limit = Fraction(share_up(share, below) if floor else share_down(share, below))
        rows.append(
            Judged(
                rule=rule_id,
                kind="category_share",
                clause=rule.get("clause", ""),
                place=cell[0],
                year=cell[1],
                left=Fraction(inside, below) if below else Fraction(0),
                relation=AT_LEAST if floor else AT_MOST,
                right=share,
                room=inside - limit if floor else limit - inside,
                numerator="spent_on_categories",
                denominator="held_by_funds" if of_fund else "spent_of_funds",
                defined=below > 0,
            )
        )
    return Verdict(rows)
