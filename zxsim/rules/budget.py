"""Budget: what a fund holds is not exceeded. Implied by every fund, never written in TOML.

Σ x[fund, year, place] ≤ M[year], for each earmarked place where the fund is earmarked; with money carried
over k years, for each a ≤ b: Σ_{τ=a}^{b} x ≤ Σ_{s=a−k}^{b} M_s.
"""

import numpy as np

from zxsim.core.layout import BoolArray, FundMoney, Layout
from zxsim.core.rows import RuleRows, cells, cumulative, joined, money_rows

KIND = "budget"
LABEL_WORDS = {"zh": "资金总量", "en": "budget"}


def budget_rows(fund: FundMoney, clause: str, layout: Layout) -> RuleRows:
    """Return the budget rows of a fund, one a year, or one a year and earmarked place."""
    ours = layout.columns_of(funds=fund.ids)
    if fund.carry_over:
        return _carried(fund, clause, layout, ours)
    grid = cells(layout, ours, fund.places, layout.years)
    bound = np.tile(fund.amount, 1 if fund.places is None else len(fund.places))
    return money_rows(fund.fund_id, KIND, clause, "<=", grid, bound)


def _carried(fund: FundMoney, clause: str, layout: Layout, ours: BoolArray) -> RuleRows:
    """One row for each span of years a … b: no more is paid than was given from a − carry_over to b.

    Exact by the cut condition of a transport from years of receipt to years of payment, without a
    column for the balance. Of spans that begin within ``carry_over`` of the horizon's start, the longest
    imply the others.
    """
    first, years = int(layout.years[0]), len(layout.years)
    starts = [a for a in range(years) if a == 0 or a > fund.carry_over]
    grids = [cumulative(layout, ours, fund.places, first + a, layout.years[a:]) for a in starts]
    held = np.concatenate([[0], np.cumsum(fund.amount)])
    count = 1 if fund.places is None else len(fund.places)
    bounds = [np.tile(held[a + 1 :] - held[max(0, a - fund.carry_over)], count) for a in starts]
    return money_rows(fund.fund_id, KIND, clause, "<=", joined(grids), np.concatenate(bounds))
