"""What [household] may say: how households of one place differ, and how their incomes move.

The table switches the simulation on. Log-incomes of published quintiles spread near 0.5.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.spec import NotNegative, Positive, Share, Spec, assumed


class IncomeShares(Spec):
    """Parts of income by where it comes from; together 1."""

    chinese: ClassVar[Mapping[str, str]] = {
        "": "各类收入占可支配收入的比例，合计为 1。",
        "wage": "工资性收入。",
        "business": "经营净收入。",
        "property": "财产净收入。",
        "transfer": "转移净收入。",
    }

    wage: Share = assumed(Share, "0.42", "0.35", "0.55")
    """Wages."""
    business: Share = assumed(Share, "0.35", "0.2", "0.4")
    """Net income of farms and businesses."""
    property: Share = assumed(Share, "0.02", "0.01", "0.03")
    """Net income of property."""
    transfer: Share = assumed(Share, "0.21", "0.15", "0.3")
    """Net transfers."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        total = self.wage.value + self.business.value + self.property.value + self.transfer.value
        if total != 1:
            raise PydanticCustomError("shares_not_one", "shares not one", {"total": f"{total.normalize():f}"})
        return self


class MonthSpread(Spec):
    """How much the logarithm of a month's income strays, by where the income comes from."""

    chinese: ClassVar[Mapping[str, str]] = {
        "": "各类收入逐月波动：月收入对数的标准差。",
        "wage": "工资性收入。",
        "business": "经营净收入。",
        "property": "财产净收入。",
        "transfer": "转移净收入。",
    }

    wage: NotNegative = assumed(NotNegative, "0.2", "0.1", "0.4")
    """Wages."""
    business: NotNegative = assumed(NotNegative, "0.4", "0.2", "0.8")
    """Net income of farms and businesses."""
    property: NotNegative = assumed(NotNegative, "0.1", "0", "0.3")
    """Net income of property."""
    transfer: NotNegative = assumed(NotNegative, "0.1", "0", "0.3")
    """Net transfers."""


class Household(Spec):
    """Households of the places, for the simulation; without this table a scenario is allocated only."""

    chinese: ClassVar[Mapping[str, str]] = {
        "": "各地区的农户，供模拟用；不写这个表，方案只做分配。",
        "enabled": "写 false 不做模拟。",
        "ledger": "同一文件夹里农户台账的文件名（.csv、.xlsx 或 .xls）；不写就按各地区的总数生成农户。",
        "income_spread": "同一地区农户人均持久收入对数的标准差。",
        "lifted_income_ratio": "同一地区脱贫户与其他农户的人均收入之比。",
        "able_share": "有劳动能力的户所占比例；places.csv 填了 `labour_share` 的地区用所填的数。",
        "weak_share": "只能从事轻劳动（弱劳力、半劳力）的户所占比例；其余为无劳动能力。",
        "delayed_share": "缓退户（低保、特困、残疾等）所占比例。",
        "income_shares": "各类收入所占比例。",
        "permanent_spread": "持久收入对数每年变动的标准差。",
        "month_spread": "各类收入逐月波动。",
    }

    enabled: bool = True
    """False switches the simulation off."""
    ledger: str | None = None
    """Ledger of households in the same folder (.csv, .xlsx or .xls); without it they are made from totals."""
    income_spread: NotNegative = assumed(NotNegative, "0.5", "0.4", "0.7")
    """Standard deviation of the logarithm of households' permanent income per head within a place."""
    lifted_income_ratio: Positive = assumed(Positive, "0.85", "0.7", "1")
    """Income per head of lifted households beside others of the same place."""
    able_share: Share = assumed(Share, "0.8", "0.7", "0.9")
    """Share of households able to work; `labour_share` of places.csv goes before it."""
    weak_share: Share = assumed(Share, "0.12", "0.05", "0.2")
    """Share of households able to do light work only; the rest cannot work."""
    delayed_share: Share = assumed(Share, "0.08", "0.03", "0.15")
    """Share of households whose exit is delayed: subsistence allowance, destitute, disabled."""
    income_shares: IncomeShares = IncomeShares()
    """Parts of income by where it comes from."""
    permanent_spread: NotNegative = assumed(NotNegative, "0.08", "0.03", "0.15")
    """Standard deviation of the yearly change of the logarithm of permanent income."""
    month_spread: MonthSpread = MonthSpread()
    """How much a month's income strays."""

    @model_validator(mode="after")
    def _labour(self) -> Self:
        total = self.able_share.value + self.weak_share.value
        if total > 1:
            fields = {"keys": "able_share, weak_share", "total": f"{total.normalize():f}"}
            raise PydanticCustomError("shares_above_one", "shares above one", fields)
        return self

    def weak_share_of(self, able: Decimal) -> Decimal:
        """Return the share of light work at a place with its own share of households able to work.

        Those who are not able are parted as everywhere else.
        """
        others = 1 - self.able_share.value
        return self.weak_share.value * (1 - able) / others if others else Decimal(0)
