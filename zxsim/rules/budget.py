"""Budget: what a fund holds is not exceeded. Implied by every fund, never written in TOML.

Σ x[fund, year, place] ≤ M[year], for each earmarked place where the fund is earmarked.
"""

import numpy as np

from zxsim.core.layout import FundMoney, Layout
from zxsim.core.rows import RuleRows, cells, money_rows

KIND = "budget"
LABEL_WORDS = {"zh": "资金总量", "en": "budget"}


def budget_rows(fund: FundMoney, clause: str, layout: Layout) -> RuleRows:
    """Return the budget rows of a fund, one a year, or one a year and earmarked place."""
    ours = layout.columns_of(funds=fund.members or [fund.fund_id])
    grid = cells(layout, ours, fund.places, layout.years)
    bound = np.tile(fund.amount, 1 if fund.places is None else len(fund.places))
    return money_rows(fund.fund_id, KIND, clause, "<=", grid, bound)
