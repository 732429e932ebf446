"""Category share: a floor or a cap on the share of some categories, year by year.

``of = "fund"``: Σ_in x ≥ ⌈θ·M⌉ (or ≤ ⌊θ·M⌋), a constant right-hand side, M what the funds hold.
``of = "spent"``: Σ_in x − θ·Σ x ≥ 0, linear because θ is a constant.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.blocks import RowBlock, whole
from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.money import share_down, share_up
from zxsim.core.rows import RuleRows, cells, kept, quotient
from zxsim.core.rulespec import Fault, RuleSpec
from zxsim.core.spec import Share, shifted


class CategoryShare(RuleSpec):
    """Floor or cap on the share of categories in the money of each year."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "类别占比", "en": "category share"}
    grid: ClassVar[tuple[Decimal, str]] = (Decimal("0.0001"), "share")
    chinese: ClassVar[Mapping[str, str]] = {
        "": "某些类别占每年资金的比例，不低于或不高于某个数。",
        "categories": "计入比例的类别或二级类别。",
        "at_least": "最低比例；与 `at_most` 只写一个。",
        "at_most": "最高比例；与 `at_least` 只写一个。",
        "of": "分母：`fund` 当年的资金总额，`spent` 当年实际安排的资金。",
    }

    kind: Literal["category_share"]
    categories: Annotated[tuple[str, ...], Field(min_length=1)]
    """Categories or second levels that make up the share."""
    at_least: Share | None = None
    """Smallest share; give this or `at_most`."""
    at_most: Share | None = None
    """Largest share; give this or `at_least`."""
    of: Literal["fund", "spent"] = "fund"
    """Divide by what the funds hold in the year, or by what is spent of them."""

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise PydanticCustomError("one_of_two", "one of two", {"keys": "at_least, at_most"})
        return self

    @property
    def _limit(self) -> Share:
        limit = self.at_least or self.at_most
        assert limit is not None
        return limit

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault where the money of a place cannot be told apart."""
        if self.of == "fund":
            yield from self.earmark_faults(layout)

    def rows(self, rule_id: str, layout: Layout) -> Sequence[RowBlock]:
        """Return one row a year (and place) with money; shares are exact ratios."""
        theta = self._limit.fraction
        places, years = self.place_scope(layout), self.year_scope(layout)
        ours = layout.columns_of(funds=self.funds)
        inside = layout.columns_of(funds=self.funds, categories=self.categories)
        part, base = cells(layout, inside, places, years), cells(layout, ours, places, years)
        held = layout.money(self.funds, places)[:, np.isin(layout.years, years)].ravel()
        grid = base if self.of == "spent" else part
        coefficient = np.ones(len(grid.row), dtype=np.int64)
        rounded = share_up if self.at_least else share_down
        bound, norm = whole([rounded(theta, int(m)) for m in held]), np.ones_like(held)
        if self.of == "spent":
            coefficient = np.where(inside[grid.column], theta.denominator, 0) - theta.numerator
            bound, norm = whole(held * 0), norm * theta.denominator

        def ratio(units: IntArray) -> tuple[FloatArray, FloatArray]:
            below = held.astype(float) if self.of == "fund" else base.sums(units)
            return quotient(part.sums(units), below), np.full(len(held), float(theta))

        block = RuleRows(
            rule=rule_id,
            kind=self.kind,
            clause=self.clause,
            relation=">=" if self.at_least else "<=",
            soft=self.softness,
            place=part.place,
            year=part.year,
            since=part.since,
            row=grid.row,
            column=grid.column,
            coefficient=coefficient,
            bound=bound,
            norm=whole(norm),
            ratio=ratio,
            numerator="spent_on_categories",
            denominator="held_by_funds" if self.of == "fund" else "spent_of_funds",
        )
        return [kept(held > 0, block) if self.of == "fund" else block]

    def loosened(self, steps: int) -> Self:
        """Return a copy with a lower floor or a higher cap."""
        by = steps * self.grid[0]
        least, most = (
            self.at_least and shifted(self.at_least, -by),
            self.at_most and shifted(self.at_most, by),
        )
        return self.model_copy(update={"at_least": least, "at_most": most})
