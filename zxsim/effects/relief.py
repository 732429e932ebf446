"""Relief: money that is paid out to households.

Yuan per 万元 = 10⁴ · paid_share. With `eligible`, what counts at a place and year is at most
eligible · gap_yuan.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, Literal

import numpy as np

from zxsim.core.layout import FloatArray, Layout
from zxsim.core.money import YUAN_PER_WAN
from zxsim.core.spec import Share, Years
from zxsim.core.yuaneffect import GapEffect


class Relief(GapEffect):
    """Money paid out to households."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "救助补助", "en": "relief"}
    chinese: ClassVar[Mapping[str, str]] = {
        "": "发给农户的救助补助。",
        "paid_share": "资金中发到农户手里的比例。",
        "lag": "从付款到第一笔补助的年数。",
        "life": "发放的年数。",
    }

    kind: Literal["relief"]
    paid_share: Share = Share(value=Decimal(1))
    """Share of the money that reaches households."""
    lag: Years = Years(value=Decimal(0))
    """Years from payment to the first yuan."""
    life: Years = Years(value=Decimal(1))
    """Years for which it is paid out."""

    def per_wan(self, layout: Layout) -> FloatArray:
        """10⁴ · paid_share yuan, the same for every project."""
        return np.full(len(layout.project_cost), YUAN_PER_WAN * float(self.paid_share))
