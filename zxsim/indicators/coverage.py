"""Coverage: the share of eligible heads that have a service; the base stands in ``base_‹id›``."""

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, Literal

import numpy as np

from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.spec import Spec


class CoverageIndicator(Spec):
    """A coverage that targets and effects can name."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "覆盖率", "en": "coverage"}
    chinese: ClassVar[Mapping[str, str]] = {
        "": "考核目标和成效可以引用的覆盖率。",
        "label": "指标的显示名称。",
        "counts": "按什么计：`persons` 地区的全部人口，`households` 全部户数。",
    }

    label: str = ""
    """Name of the indicator for people."""
    counts: Literal["persons", "households"]
    """Whose heads are eligible: all persons or all households of a place."""

    @property
    def saturates(self) -> bool:
        """Nobody is served twice."""
        return True

    @property
    def margin(self) -> Decimal:
        """Coverages are printed in tenths of a per cent."""
        return Decimal("0.001")

    @property
    def _heads(self) -> str:
        """Column of persons or of households."""
        return "population" if self.counts == "persons" else "households"

    def recipients(self, layout: Layout) -> FloatArray:
        """Persons or households."""
        return layout.place_numbers(self._heads)

    def columns(self, indicator_id: str) -> tuple[str, ...]:
        """Columns that a targeted place must have."""
        return (self._heads, f"base_{indicator_id}")

    def start(self, indicator_id: str, layout: Layout) -> FloatArray:
        """Coverage before the plan."""
        return layout.place_numbers(f"base_{indicator_id}")

    def path(self, indicator_id: str, layout: Layout, years: IntArray) -> FloatArray:
        """Without a plan it stays where it is, shape *(places, years)*."""
        return np.repeat(self.start(indicator_id, layout)[:, None], len(years), axis=1)
