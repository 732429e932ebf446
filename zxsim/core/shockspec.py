"""What every shock has in common: how often, whom, what it costs and what income it takes for how long.

The chance of a month is rate/12 for all that are not in an episode already. An episode lasts ``months``,
and what it takes is a share of one component of income; several shocks multiply, so that
E[what is left] = Π (1 − active · lost_share), active = p·d / (p·d + 1 − p) with p = rate/12, d = months
(an alternating renewal process: d months in, on average (1−p)/p months out).
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from zxsim.core.layout import FloatArray
from zxsim.core.spec import NotNegative, Number, Share, Spec

Unit = Literal["household", "place", "industry"]
COMPONENTS = ("wage", "business", "property", "transfer")
MONTHS = 12


class Months(NotNegative):
    """A whole number of months, 120 at most."""

    chinese: ClassVar[Mapping[str, str]] = {"": "月数：整数，最多 120。"}

    value: Annotated[Number, Field(ge=0, le=120, multiple_of=1)]

    def __int__(self) -> int:
        return int(self.value)


class ShockSpec(Spec):
    """Keys that every shock has."""

    label_words: ClassVar[Mapping[str, str]]
    unit: ClassVar[Unit] = "household"
    """Who is struck together."""
    chinese: ClassVar[Mapping[str, str]] = {
        "enabled": "写 false 停用这类风险事件。",
        "label": "风险事件的显示名称。",
        "rate": "每年发生的概率。",
        "spending_yuan": "每次带来的刚性支出，人均元；按对数正态分布，这是均值。",
        "spending_spread": "刚性支出对数的标准差。",
        "component": "减少的是哪一类收入：wage 工资性、business 经营性、property 财产性、transfer 转移性。",
        "lost_share": "持续期内这类收入减少的比例。",
        "months": "持续的月数。",
    }

    enabled: bool = True
    """False switches the shock off."""
    label: str = ""
    """Name of the shock for people."""
    rate: Share
    """Chance a year."""
    spending_yuan: NotNegative = NotNegative(value=Decimal(0))
    """Unavoidable spending that it brings, yuan per person: the mean of a lognormal."""
    spending_spread: NotNegative = NotNegative(value=Decimal(0))
    """Standard deviation of the logarithm of that spending."""
    component: Literal["wage", "business", "property", "transfer"] = "wage"
    """Which income it takes from: `wage`, `business`, `property` or `transfer`."""
    lost_share: Share = Share(value=Decimal(0))
    """Share of that income which is lost while it lasts."""
    months: Months = Months(value=Decimal(0))
    """Months that it lasts."""

    @property
    def exposure(self) -> Share:
        """Share of the households that are struck where a shock strikes many together."""
        return Share(value=Decimal(1))


class SharedShock(ShockSpec):
    """A shock that strikes households together."""

    chinese: ClassVar[Mapping[str, str]] = {"exposed": "同一范围内受影响农户的比例。"}

    exposed: Share = Share(value=Decimal(1))
    """Share of the households that are struck when it happens."""

    @property
    def exposure(self) -> Share:
        """Share of the households that are struck when it happens."""
        return self.exposed


def active_share(rate: FloatArray, months: int) -> FloatArray:
    """Share of time in an episode, for chances a year; see the module's formula."""
    monthly = rate / MONTHS
    share: FloatArray = monthly * months / (monthly * months + 1 - monthly)
    return share
