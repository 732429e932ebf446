"""The open family of indicators: one kind a file, and this one visible list.

``income``, ``collective_income`` and ``posts`` exist in every scenario; coverage indicators are declared in
scenario.toml. What only a simulation knows is ``SIMULATED``.
"""

from collections.abc import Mapping

from zxsim.core.indicatorspec import Indicator
from zxsim.indicators.cases import CasesIndicator
from zxsim.indicators.collective import CollectiveIncomeIndicator
from zxsim.indicators.coverage import CoverageIndicator
from zxsim.indicators.income import IncomeIndicator
from zxsim.indicators.posts import PostsIndicator

INDICATOR_KINDS = (
    CoverageIndicator,
    IncomeIndicator,
    CollectiveIncomeIndicator,
    PostsIndicator,
    CasesIndicator,
)
SIMULATED = ("unresolved", "open_cases")
BUILT_IN: Mapping[str, Indicator] = {
    "income": IncomeIndicator(),
    "collective_income": CollectiveIncomeIndicator(),
    "posts": PostsIndicator(),
    **dict.fromkeys(SIMULATED, CasesIndicator()),
}
