"""Per-capita standard: each place gets at least so many yuan per head. Σ x ≥ heads · standard."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field

from zxsim.core.blocks import RowBlock
from zxsim.core.layout import Layout
from zxsim.core.money import YUAN_PER_WAN, units_up
from zxsim.core.placecells import cell_faults, whole_cells
from zxsim.core.rows import cells, money_rows
from zxsim.core.rulespec import Fault, PlacedRule
from zxsim.core.spec import NotNegative, shifted


class PerCapitaStandard(PlacedRule):
    """Smallest amount per head for each place, itself and all below it."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "人均标准", "en": "per-capita standard"}
    grid: ClassVar[tuple[Decimal, str]] = (Decimal("0.01"), "yuan")
    chinese: ClassVar[Mapping[str, str]] = {
        "": "每个地区（含下辖地区）按人口计的最低投入。",
        "standard_yuan": "每人多少元；乘以人数后进到 0.01 万元。",
        "heads": "places.csv 中载明人数（户数）的列。",
        "per": "`year` 每年分别算，`period` 把本约束各年合起来算。",
        "categories": "只计用于这些类别的资金；不写就全部计入。",
    }

    kind: Literal["per_capita_standard"]
    standard_yuan: NotNegative
    """Yuan per head; heads times this is rounded up to 0.01 万元."""
    heads: str = "population"
    """Column of places.csv that counts the heads."""
    per: Literal["year", "period"] = "year"
    """In each year, or over all years of the rule together."""
    categories: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """Only money for these categories counts; all when not given."""

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault for a column that is unknown, or empty at one of the places."""
        yield from cell_faults(layout, "heads", self.heads, self.chosen_places(layout))

    def rows(self, rule_id: str, layout: Layout) -> Sequence[RowBlock]:
        """Return one row a place and year, or a place."""
        places, years = self.chosen_places(layout), self.year_scope(layout)
        chosen = layout.columns_of(funds=self.funds, categories=self.categories)
        grid = cells(layout, chosen, places, years, period=self.per == "period")
        amounts = [
            units_up(int(heads) * self.standard_yuan.value / YUAN_PER_WAN)
            for heads in whole_cells(layout, self.heads, places)
        ]
        bound = np.repeat(np.array(amounts, dtype=np.int64), len(grid.place) // max(len(places), 1))
        return [money_rows(rule_id, self.kind, self.clause, ">=", grid, bound, self.softness)]

    def loosened(self, steps: int) -> Self:
        """Return a copy with a lower standard."""
        return self.model_copy(update={"standard_yuan": shifted(self.standard_yuan, -steps * self.grid[0])})
