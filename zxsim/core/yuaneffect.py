"""What effects on income share: yuan a year per 万元, with lag, life and decay, perhaps up to a limit.

With u the money that reaches a place and k the yuan a year of one 万元:
Y[t] = (1−decay)·Y[t−1] + k·(u[t−lag] − (1−decay)^life · u[t−lag−life]).
Where heads that can use it are stated, from the lowest places up,
counted[w,t] = min(own Y[w,t] + counted of the places in it, heads · yuan per head).
The income per head of a place rises by Y, or what of it counts, divided by its population.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import ClassVar, Self

import numpy as np
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.effectspec import EffectSpec, Worth
from zxsim.core.layout import FloatArray, Layout
from zxsim.core.money import YUAN_PER_WAN
from zxsim.core.numbers import number_columns, numbers
from zxsim.core.rulespec import Fault
from zxsim.core.spec import NotNegative, Share, Years


class YuanEffect(EffectSpec):
    """An effect that brings households yuan every year of its life."""

    chinese: ClassVar[Mapping[str, str]] = {
        "low_income_share": "其中低收入农户得到的比例。",
        "lag": "从付款到第一笔收入的年数。",
        "life": "持续的年数。",
        "decay": "每年减少的比例。",
    }

    low_income_share: Share = Share(value=Decimal(0))
    """Share of the yuan that reaches low-income households."""
    lag: Years = Years(value=Decimal(1))
    """Years from payment to the first yuan."""
    life: Years
    """Years for which it lasts."""
    decay: Share = Share(value=Decimal(0))
    """Part that is lost each year."""

    @property
    def moves(self) -> str:
        """The income of households."""
        return "income"

    @property
    def keep(self) -> float:
        """What decay leaves."""
        return 1 - float(self.decay)

    @property
    def years_of_life(self) -> int:
        """Its life."""
        return int(self.life)

    def weight(self, worth: Worth) -> float:
        """What a yuan of it counts: 1 + (w−1)·low_income_share."""
        return 1 + (worth.low_income_weight - 1) * float(self.low_income_share)

    def annuity(self, t: int, worth: Worth) -> float:
        """Discounted years of effect of a payment in year ``t`` of the horizon (0 = first).

        a(t) = Σ_{τ=t+lag}^{t+lag+life−1} (1+r)^−τ · (1−decay)^(τ−t−lag).
        """
        age = np.arange(int(self.life))
        left = self.keep**age / (1 + worth.discount_rate) ** (age + t + int(self.lag))
        return float(left.sum())

    def benefit(self, layout: Layout, worth: Worth) -> FloatArray:
        """Return a(t) · k/10⁴ · (1 + (w−1)·low_income_share) on the columns of the chosen projects."""
        if self.limit(layout) is not None:
            return np.zeros(len(layout))
        by_year = np.array([self.annuity(t, worth) for t in range(len(layout.years))]) * self.weight(worth)
        wan = self.per_wan(layout) / YUAN_PER_WAN * self.chosen(layout)
        return by_year[layout.column_year] * wan[layout.column_project]


class LimitedYuanEffect(YuanEffect):
    """An effect that counts up to so many heads of a place, where they are stated."""

    chinese: ClassVar[Mapping[str, str]] = {
        "eligible": "places.csv 中载明符合条件的人数（户数）的数值列；没有填的地区不限。",
    }

    eligible: str | None = None
    """Numeric column of places.csv with the heads that can use it; no limit where it is empty."""

    @property
    @abstractmethod
    def yuan_per_head(self) -> float:
        """Most that one head can gain in a year."""

    def limit(self, layout: Layout) -> FloatArray | None:
        """Eligible heads × yuan per head."""
        if self.eligible is None:
            return None
        heads = numbers(layout.place_table, self.eligible)
        return np.where(np.isnan(heads), np.inf, heads * self.yuan_per_head)

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault for an unknown column, one without any number, and numbers below 0."""
        if self.eligible is None:
            return
        known = number_columns(layout.place_table)
        if self.eligible not in known:
            yield "eligible", "unknown_place_number_column", {"given": self.eligible, "known": known}
            return
        heads = numbers(layout.place_table, self.eligible)
        if np.isnan(heads).all():
            yield "eligible", "place_column_empty", {"column": self.eligible}
        below = [layout.places.ids[int(i)] for i in np.flatnonzero(heads < 0)]
        if below:
            fields = {"column": self.eligible, "records": below[:10], "count": len(below)}
            yield "eligible", "number_negative", fields


class GapEffect(LimitedYuanEffect):
    """An effect of which a head can use no more than its gap to the line."""

    chinese: ClassVar[Mapping[str, str]] = {
        "gap_yuan": "每个符合条件的人（户）每年离标准线差多少元；与 `eligible` 一起写。",
    }

    gap_yuan: NotNegative | None = None
    """Yuan per year that an eligible head is short of the line; goes with `eligible`."""

    @model_validator(mode="after")
    def _gap_with_eligible(self) -> Self:
        if (self.eligible is None) != (self.gap_yuan is None):
            raise PydanticCustomError("both_or_none", "both or none", {"keys": "eligible, gap_yuan"})
        return self

    @property
    def yuan_per_head(self) -> float:
        """The gap to the line."""
        return float(self.gap_yuan) if self.gap_yuan is not None else np.inf
