"""Asset yield: an asset bought with the money pays a share of its cost to households every year.

With u the money reaching place v and k = yield · (1 − collective_share):
G[v,t] = (1−decay)·G[v,t−1] + k·(u[v,t−lag] − (1−decay)^life · u[v,t−lag−life]),
and the income per head rises by 10⁴·G/population (yuan).

>>> asset = AssetYield.model_validate(
...     {"kind": "asset_yield", "projects": ["P1"], "yield": 0.06, "lag": 1, "life": 10}
... )
>>> round(asset.benefit_of_year(0, Worth(discount_rate=0.04, low_income_weight=2)), 6)
0.486654
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from zxsim.core.effectspec import EffectSpec, Increments, Worth, membership
from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.money import YUAN_PER_WAN
from zxsim.core.spec import NotNegative, Share, Years


class AssetYield(EffectSpec):
    """Yearly yield of an asset, part to the collective, the rest to households."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "资产收益", "en": "asset yield"}

    kind: Literal["asset_yield"]
    asset_yield: Annotated[NotNegative, Field(alias="yield")]
    """Yearly yield per 万元 paid (0.06 is 6 %)."""
    collective_share: Share = Share(value=Decimal(0))
    """Share of the yield that stays with the village collective; the rest reaches households."""
    low_income_share: Share = Share(value=Decimal(0))
    """Share of the households' part that reaches low-income households."""
    lag: Years = Years(value=Decimal(1))
    """Years from payment to the first yield."""
    life: Years
    """Years for which the asset yields."""
    decay: Share = Share(value=Decimal(0))
    """Part of the yield that is lost each year."""

    @property
    def moves(self) -> str:
        """The income of households."""
        return "income"

    @property
    def to_households(self) -> float:
        """k: yield per 万元 that reaches households."""
        return float(self.asset_yield) * (1 - float(self.collective_share))

    def increments(self, layout: Layout, places: IntArray, recipients: FloatArray, length: int) -> Increments:
        """Return the yuan per head that a 万元 adds, and takes away at the end of its life."""
        at, column = membership(layout, self.chosen(layout), places)
        keep = 1 - float(self.decay)
        gain = YUAN_PER_WAN * self.to_households / recipients[at]
        begins = layout.column_year[column] + int(self.lag)
        ends = begins + int(self.life)
        year = np.concatenate([begins, ends])
        value = np.concatenate([gain, -gain * keep ** int(self.life)])
        inside = year < length
        return Increments(
            keep, np.tile(at, 2)[inside], year[inside], np.tile(column, 2)[inside], value[inside]
        )

    def benefit_of_year(self, t: int, worth: Worth) -> float:
        """Benefit of a 万元 paid in year ``t`` of the horizon (0 = first), over the whole life.

        b(t) = Σ_{τ=t+lag}^{t+lag+life−1} (1+r)^−τ · (1−decay)^(τ−t−lag) · k · (1 + (w−1)·low_income_share).
        """
        age = np.arange(int(self.life))
        paid = (1 - float(self.decay)) ** age / (1 + worth.discount_rate) ** (age + t + int(self.lag))
        weight = 1 + (worth.low_income_weight - 1) * float(self.low_income_share)
        return float(paid.sum()) * self.to_households * weight

    def benefit(self, layout: Layout, worth: Worth) -> FloatArray:
        """Return b(t) on the columns of the chosen projects."""
        by_year = np.array([self.benefit_of_year(t, worth) for t in range(len(layout.years))])
        return by_year[layout.column_year] * self.chosen(layout)[layout.column_project]
