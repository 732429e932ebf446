"""The open family of indicators: one kind a file, and this one visible list.

``income`` exists in every scenario; coverage indicators are declared in scenario.toml.
"""

from zxsim.indicators.coverage import CoverageIndicator
from zxsim.indicators.income import IncomeIndicator

INDICATOR_KINDS = (CoverageIndicator, IncomeIndicator)
BUILT_IN = {"income": IncomeIndicator()}
