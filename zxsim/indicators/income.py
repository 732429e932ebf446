"""Income per head: income[v,t] = income_yuan · (1+trend)^(t − income_year) + what the plan adds."""

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.spec import Spec


class IncomeIndicator(Spec):
    """Disposable income, yuan per person and year; always present under the id ``income``."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "人均可支配收入(元)", "en": "income per head (yuan)"}

    @property
    def saturates(self) -> bool:
        """Incomes add up."""
        return False

    @property
    def margin(self) -> Decimal:
        """Incomes are printed in whole yuan."""
        return Decimal(1)

    def recipients(self, layout: Layout) -> FloatArray:
        """Everybody who lives there."""
        return layout.place_numbers("population")

    def columns(self, indicator_id: str) -> tuple[str, ...]:
        """Columns that a targeted place must have."""
        del indicator_id
        return ("population", "income_yuan", "income_year", "trend")

    def start(self, indicator_id: str, layout: Layout) -> FloatArray:
        """Income of the published year."""
        del indicator_id
        return layout.place_numbers("income_yuan")

    def path(self, indicator_id: str, layout: Layout, years: IntArray) -> FloatArray:
        """Income that grows by its own trend, shape *(places, years)*."""
        growth = 1 + layout.place_numbers("trend")[:, None]
        elapsed = years[None, :] - layout.place_numbers("income_year")[:, None]
        grown: FloatArray = self.start(indicator_id, layout)[:, None] * growth**elapsed
        return grown
