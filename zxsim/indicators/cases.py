"""Monitored households at a year's end: only a simulation knows them, so no plan is made for them.

``unresolved`` counts those on the list without a fitting measure for too long, ``open_cases`` all of them.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

import numpy as np

from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.spec import Spec


class CasesIndicator(Spec):
    """A number of monitored households; always present under the ids ``unresolved`` and ``open_cases``."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "监测户数", "en": "monitored households"}

    @property
    def saturates(self) -> bool:
        """Households add up."""
        return False

    @property
    def margin(self) -> Decimal:
        """One household."""
        return Decimal(1)

    def recipients(self, layout: Layout) -> FloatArray:
        """All households of a place."""
        return layout.place_numbers("households")

    def columns(self, indicator_id: str) -> tuple[str, ...]:
        """Nothing: the simulation counts them."""
        del indicator_id
        return ()

    def start(self, indicator_id: str, layout: Layout) -> FloatArray:
        """Nothing is known without a simulation."""
        return self.path(indicator_id, layout, np.zeros(1, dtype=np.int64))[:, 0]

    def path(self, indicator_id: str, layout: Layout, years: IntArray) -> FloatArray:
        """Nothing is known without a simulation, shape *(places, years)*."""
        del indicator_id
        return np.full((len(layout.places), len(years)), np.nan)
