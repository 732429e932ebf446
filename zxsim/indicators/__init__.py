"""The open family of indicators: one kind a file, and this one visible list.

``income`` and ``collective_income`` exist in every scenario; coverage indicators are declared in
scenario.toml. What only a simulation knows is ``SIMULATED``.
"""

from collections.abc import Mapping

from zxsim.core.indicatorspec import Indicator
from zxsim.indicators.cases import CasesIndicator
from zxsim.indicators.collective import CollectiveIncomeIndicator
from zxsim.indicators.coverage import CoverageIndicator
from zxsim.indicators.income import IncomeIndicator

INDICATOR_KINDS = (CoverageIndicator, IncomeIndicator, CollectiveIncomeIndicator, CasesIndicator)
SIMULATED = ("unresolved", "open_cases")
BUILT_IN: Mapping[str, Indicator] = {
    "income": IncomeIndicator(),
    "collective_income": CollectiveIncomeIndicator(),
    **dict.fromkeys(SIMULATED, CasesIndicator()),
}
