"""Payment progress: by the end of a year a share of all money so far is paid out.

With M the money that the funds hold: Σ_{τ≤t} x_τ ≥ ⌈share_t · Σ_{τ≤t} M_τ⌉, τ from the first year
of the rule; before any money is there, there is nothing to judge.
"""

from fractions import Fraction

import numpy as np

from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import AT_LEAST, Judged, Verdict, grid_cells, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.ratios import Ratios, over, quotients, shares_up
from zxsim.verify.reading import number


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge progress, one row a listed year (and place)."""
    scope = scope_of(rule, inputs)
    given = {int(year): Fraction(number(share)) for year, share in rule["shares"].items()}
    asked = [i for i, year in enumerate(scope.years) if year in given]
    years = [scope.years[i] for i in asked]
    spent = plan.sums(plan.of(funds=scope.funds), scope.places, scope.years)
    paid = np.cumsum(spent, axis=1)[:, asked]
    held = np.cumsum(inputs.held(scope.funds, scope.places, scope.years), axis=1)[:, asked]
    needed, right = np.zeros_like(held), Ratios(np.zeros_like(held), np.zeros_like(held))
    for t, share in enumerate(given[year] for year in years):
        needed[:, t] = shares_up(share, held[:, t])
        right.top[:, t], right.below[:, t] = share.numerator, share.denominator
    since = [scope.years[0] if year > scope.years[0] else None for year in years]
    row = Judged(
        rule=rule_id,
        kind="payment_progress",
        clause=rule.get("clause", ""),
        cells=grid_cells(scope.shown_places, years, since),
        left=quotients(paid, held).ravel(),
        relation=AT_LEAST,
        right=right.ravel(),
        room=over((paid - needed).ravel()),
        numerator="spent_until",
        denominator="held_until",
    )
    return Verdict(row.where((held > 0).astype(np.bool_).ravel()))
