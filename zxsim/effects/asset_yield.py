"""Asset yield: an asset bought with the money pays a share of its cost to households every year.

With u the money reaching place v and k = yield · (1 − collective_share):
G[v,t] = (1−decay)·G[v,t−1] + k·(u[v,t−lag] − (1−decay)^life · u[v,t−lag−life]),
and the income per head rises by 10⁴·G/population (yuan). What stays with the collective follows the same
with k = yield · collective_share, and adds to its income in 万元.

>>> from zxsim.core.effectspec import Worth
>>> asset = AssetYield.model_validate(
...     {"kind": "asset_yield", "projects": ["P1"], "yield": 0.06, "lag": 1, "life": 10}
... )
>>> round(asset.annuity(0, Worth(discount_rate=0.04, low_income_weight=2)) * asset.to_households, 6)
0.486654
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from zxsim.core.effectspec import EffectSpec, Worth
from zxsim.core.layout import FloatArray, Layout
from zxsim.core.money import YUAN_PER_WAN
from zxsim.core.spec import NotNegative, Share
from zxsim.core.yuaneffect import YuanEffect


class AssetYield(YuanEffect):
    """Yearly yield of an asset, part to the collective, the rest to households."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "资产收益", "en": "asset yield"}
    chinese: ClassVar[Mapping[str, str]] = {
        "": "资产每年的收益，一部分归村集体，其余到农户。",
        "asset_yield": "每付 1 万元每年的收益（0.06 即 6%）。",
        "collective_share": "收益中留给村集体的比例；其余到农户。",
    }

    kind: Literal["asset_yield"]
    asset_yield: Annotated[NotNegative, Field(alias="yield")]
    """Yearly yield per 万元 paid (0.06 is 6 %)."""
    collective_share: Share = Share(value=Decimal(0))
    """Share of the yield that stays with the village collective; the rest reaches households."""

    @property
    def to_households(self) -> float:
        """k: yield per 万元 that reaches households."""
        return float(self.asset_yield) * (1 - float(self.collective_share))

    def per_wan(self, layout: Layout) -> FloatArray:
        """10⁴ · k yuan a year, the same for every project."""
        return np.full(len(layout.project_cost), YUAN_PER_WAN * self.to_households)

    @property
    def sides(self) -> tuple[EffectSpec, ...]:
        """Households, and the collective where something stays with it."""
        if not float(self.collective_share):
            return (self,)
        figures = {name: getattr(self, name) for name in type(self).model_fields}
        return (self, CollectiveSide.model_construct(**figures))


class CollectiveSide(AssetYield):
    """What an asset leaves to the village collective; it has no benefit of its own."""

    @property
    def moves(self) -> str:
        """The income of the collective."""
        return "collective_income"

    @property
    def sides(self) -> tuple[EffectSpec, ...]:
        """Itself."""
        return (self,)

    def per_wan(self, layout: Layout) -> FloatArray:
        """Yield that stays with the collective, 万元 a year, the same for every project."""
        left = float(self.asset_yield) * float(self.collective_share)
        return np.full(len(layout.project_cost), left)

    def benefit(self, layout: Layout, worth: Worth) -> FloatArray:
        """Nothing: a benefit is what reaches households."""
        del worth
        return np.zeros(len(layout))
