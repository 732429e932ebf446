"""Place floor: at least so much money reaches each place. Σ x ≥ F, per year or over the period."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field

from zxsim.core.blocks import RowBlock
from zxsim.core.layout import Layout
from zxsim.core.money import units_up
from zxsim.core.rows import cells, money_rows
from zxsim.core.rulespec import RuleSpec
from zxsim.core.spec import NotNegative, shifted


class PlaceFloor(RuleSpec):
    """Smallest amount of money for each place, itself and all below it."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "地区最低投入", "en": "place floor"}
    grid: ClassVar[tuple[Decimal, str]] = (Decimal("0.01"), "wan")
    chinese: ClassVar[Mapping[str, str]] = {
        "": "每个地区（含下辖地区）的最低投入。",
        "at_least_wan": "最低金额（万元），进到 0.01。",
        "per": "`year` 每年分别算，`period` 把本约束各年合起来算。",
        "categories": "只计用于这些类别的资金；不写就全部计入。",
    }

    kind: Literal["place_floor"]
    at_least_wan: NotNegative
    """Smallest amount in 万元, rounded up to 0.01."""
    per: Literal["year", "period"] = "year"
    """In each year, or over all years of the rule together."""
    categories: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """Only money for these categories counts; all when not given."""

    def rows(self, rule_id: str, layout: Layout) -> Sequence[RowBlock]:
        """Return one row a place and year, or a place."""
        chosen = layout.columns_of(funds=self.funds, categories=self.categories)
        grid = cells(
            layout, chosen, self.place_scope(layout), self.year_scope(layout), period=self.per == "period"
        )
        bound = np.full(len(grid.place), units_up(self.at_least_wan.value))
        return [money_rows(rule_id, self.kind, self.clause, ">=", grid, bound, self.softness)]

    def loosened(self, steps: int) -> Self:
        """Return a copy with a lower floor."""
        lower = shifted(self.at_least_wan, -steps * self.grid[0])
        return self.model_copy(update={"at_least_wan": lower})
