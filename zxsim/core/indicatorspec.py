"""What an indicator must say of itself: whom it counts, where it starts, whether it saturates."""

from decimal import Decimal
from typing import Protocol

from zxsim.core.layout import FloatArray, IntArray, Layout


class Indicator(Protocol):
    """Contract of the family :mod:`zxsim.indicators`; arrays are over all places of the layout."""

    @property
    def saturates(self) -> bool:
        """Whether the value is shown and targeted as min(1, ·)."""

    @property
    def margin(self) -> Decimal:
        """One unit of the last digit printed: what "above" means unless it is said."""

    def recipients(self, layout: Layout) -> FloatArray:
        """Heads over which effects are divided, shape *(places,)*, NaN where not given."""

    def columns(self, indicator_id: str) -> tuple[str, ...]:
        """Columns of places.csv that a place must have for a target on it."""

    def start(self, indicator_id: str, layout: Layout) -> FloatArray:
        """Published value at the start, shape *(places,)*, NaN where not given."""

    def path(self, indicator_id: str, layout: Layout, years: IntArray) -> FloatArray:
        """Value without any plan at the end of calendar years, shape *(places, years)*."""
