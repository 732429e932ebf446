"""Budget: in no year is more spent of a fund than it holds, at each place where it is earmarked.

Σ x[fund, year, place] ≤ M[fund, year, place].
"""

from fractions import Fraction

from zxsim.core.money import UNITS_PER_WAN
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import AT_MOST, Judged, Verdict
from zxsim.verify.plan import Plan


def check(fund_id: str, record: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge the budget of a fund, one row a year (and earmarked place)."""
    fund = inputs.funds[fund_id]
    spent = plan.sums(plan.of(funds=[fund_id]), fund.earmarks)
    rows = []
    for place in [""] if fund.earmarks is None else fund.earmarks:
        for year in inputs.years:
            paid, held = spent.get((place, year), 0), fund.units[year]
            rows.append(
                Judged(
                    rule=fund_id,
                    kind="budget",
                    clause=record.get("clause", ""),
                    place=place,
                    year=year,
                    left=Fraction(paid, UNITS_PER_WAN),
                    relation=AT_MOST,
                    right=Fraction(held, UNITS_PER_WAN),
                    room=Fraction(held - paid),
                )
            )
    return Verdict(rows)
