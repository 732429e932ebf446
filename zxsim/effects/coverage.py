"""Coverage: heads newly served in proportion to the public money paid.

What of it counts is limited from the lowest places up: served[w,t] = min(own heads paid for until t−lag
+ served of the places in it, eligible_w · (1 − base_w)), and coverage[v,t] = base_v + served[v,t]/eligible_v.
Both the limit and what coverage is worth are taken care of where the programme is built, not here.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import ClassVar, Literal

import numpy as np

from zxsim.core.effectspec import (
    EffectSpec,
    NumberOrColumn,
    Worth,
    per_wan_of_cost,
    project_column_faults,
    project_numbers,
)
from zxsim.core.layout import FloatArray, Layout
from zxsim.core.rulespec import Fault
from zxsim.core.spec import Ident, Years


class Coverage(EffectSpec):
    """Heads served by a project when it is paid in full."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "覆盖", "en": "coverage"}
    chinese: ClassVar[Mapping[str, str]] = {
        "": "项目足额安排时服务的人数（户数）。",
        "indicator": "它提高的指标（编号）。",
        "heads": "每个项目服务的人数（户数），或 projects.csv 中载明它的数值列。",
        "lag": "从付款到开始服务的年数。",
    }

    kind: Literal["coverage"]
    indicator: Ident
    """Id of the indicator that it raises."""
    heads: NumberOrColumn
    """Heads served by each project, or the numeric column of projects.csv that holds them."""
    lag: Years = Years(value=Decimal(0))
    """Years from payment to service."""

    @property
    def moves(self) -> str:
        """The indicator it names."""
        return self.indicator

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault for an unknown column and for projects whose cell is empty."""
        return project_column_faults("heads", self.heads, layout, self.chosen(layout))

    def heads_of(self, layout: Layout) -> FloatArray:
        """Heads that each project serves when it is paid in full, shape *(projects,)*."""
        return project_numbers(self.heads, layout)

    def per_wan(self, layout: Layout) -> FloatArray:
        """Heads served per 万元 of the public cost."""
        return per_wan_of_cost(self.heads_of(layout), layout)

    def benefit(self, layout: Layout, worth: Worth) -> FloatArray:
        """Return zeros: the worth of coverage saturates, so it has columns of its own."""
        del worth
        return np.zeros(len(layout))
