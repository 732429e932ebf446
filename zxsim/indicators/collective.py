"""Income of the village collective: collective_income_wan + what the plan's assets leave to it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

import numpy as np

from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.spec import Spec


class CollectiveIncomeIndicator(Spec):
    """Income of the collective, 万元 a year; always present under the id ``collective_income``."""

    label_words: ClassVar[Mapping[str, str]] = {
        "zh": "村集体经济收入(万元)",
        "en": "income of the collective (万元)",
    }

    @property
    def saturates(self) -> bool:
        """Incomes add up."""
        return False

    @property
    def margin(self) -> Decimal:
        """Printed to 0.01 万元."""
        return Decimal("0.01")

    def recipients(self, layout: Layout) -> FloatArray:
        """One collective a place: a total is not divided."""
        return np.ones(len(layout.places))

    def columns(self, indicator_id: str) -> tuple[str, ...]:
        """Columns that a targeted place must have."""
        del indicator_id
        return ("collective_income_wan",)

    def start(self, indicator_id: str, layout: Layout) -> FloatArray:
        """Income before the plan, 万元 a year."""
        del indicator_id
        return layout.place_numbers("collective_income_wan")

    def path(self, indicator_id: str, layout: Layout, years: IntArray) -> FloatArray:
        """Without a plan it stays where it is, shape *(places, years)*."""
        return np.repeat(self.start(indicator_id, layout)[:, None], len(years), axis=1)
