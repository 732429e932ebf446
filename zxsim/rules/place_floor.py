"""Place floor: at least so much money reaches each place. Σ x ≥ F, per year or over the period."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field

from zxsim.core.layout import Layout
from zxsim.core.money import units_up
from zxsim.core.rows import RuleRows, cells, money_rows
from zxsim.core.rulespec import RuleSpec
from zxsim.core.spec import NotNegative, lowered


class PlaceFloor(RuleSpec):
    """Smallest amount of money for each place, itself and all below it."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "地区最低投入", "en": "place floor"}

    kind: Literal["place_floor"]
    at_least_wan: NotNegative
    """Smallest amount in 万元, rounded up to 0.01."""
    per: Literal["year", "period"] = "year"
    """In each year, or over all years of the rule together."""
    categories: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """Only money for these categories counts; all when not given."""

    @property
    def grid(self) -> tuple[Decimal, str]:
        """A hundredth of a 万元."""
        return Decimal("0.01"), "wan"

    def loosened(self, steps: int) -> Self:
        """Return the rule with a lower floor."""
        return self.model_copy(update={"at_least_wan": lowered(self.at_least_wan, steps * self.grid[0])})

    def rows(self, rule_id: str, layout: Layout) -> RuleRows:
        """Return one row a place and year, or a place."""
        chosen = layout.columns_of(funds=self.funds, categories=self.categories)
        grid = cells(
            layout, chosen, self.place_scope(layout), self.year_scope(layout), period=self.per == "period"
        )
        bound = np.full(len(grid.place), units_up(self.at_least_wan.value))
        return money_rows(rule_id, self.kind, self.clause, ">=", grid, bound)
