"""Budget: of a fund no more is spent than it holds, at each place where it is earmarked.

Σ x[fund, year, place] ≤ M[fund, year, place]. Money may be carried over for k years, so for all
years a ≤ b: Σ_{τ=a..b} x_τ ≤ Σ_{s=a−k..b} M_s, with nothing held before the horizon. A row that
begins later than the first year but reaches back to it says no more than the one that begins there.
"""

from collections.abc import Iterator

import numpy as np

from zxsim.core.money import UNITS_PER_WAN
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import AT_MOST, Judged, Verdict, grid_cells
from zxsim.verify.plan import Plan
from zxsim.verify.ratios import over


def check(fund_id: str, record: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge the budget of a fund, one row a year or span of years (and earmarked place)."""
    fund, first = inputs.funds[fund_id], inputs.years[0]
    spans = list(_spans(inputs.years, fund.carry_over))
    spent = plan.sums(plan.of(funds=[fund_id]), fund.earmarks, inputs.years)
    paid = np.stack([spent[:, a - first : b + 1 - first].sum(axis=1) for a, b in spans], axis=1)
    limits = [
        sum(fund.units[s] for s in inputs.years if since - fund.carry_over <= s <= year)
        for since, year in spans
    ]
    held = np.array(limits, dtype=object) + 0 * paid
    row = Judged(
        rule=fund_id,
        kind="budget",
        clause=record.get("clause", ""),
        cells=grid_cells(
            [""] if fund.earmarks is None else fund.earmarks,
            [year for _, year in spans],
            [None if since == year else since for since, year in spans],
        ),
        left=over(paid.ravel(), UNITS_PER_WAN),
        relation=AT_MOST,
        right=over(held.ravel(), UNITS_PER_WAN),
        room=over((held - paid).ravel()),
    )
    return Verdict(row)


def _spans(years: range, carry_over: int) -> Iterator[tuple[int, int]]:
    """First and last year of each row.

    >>> list(_spans(range(2021, 2024), 1))
    [(2021, 2021), (2021, 2022), (2021, 2023), (2023, 2023)]
    """
    for since in years:
        if carry_over and 0 < since - years[0] <= carry_over:
            continue
        for year in range(since, years[-1] + 1) if carry_over else [since]:
            yield since, year
