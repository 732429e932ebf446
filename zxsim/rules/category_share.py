"""Category share: a floor or a cap on the share of some categories, year by year.

``of = "fund"``: Σ_in x ≥ ⌈θ·M⌉ (or ≤ ⌊θ·M⌋), a constant right-hand side, M what the funds hold.
``of = "spent"``: Σ_in x − θ·Σ x ≥ 0, linear because θ is a constant.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.money import share_down, share_up
from zxsim.core.rows import RuleRows, cells, kept, quotient, whole
from zxsim.core.rulespec import Fault, RuleSpec
from zxsim.core.spec import Share, lowered


class CategoryShare(RuleSpec):
    """Floor or cap on the share of categories in the money of each year."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "类别占比", "en": "category share"}

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

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault where the money of a place cannot be told apart."""
        if self.of == "fund":
            yield from self.earmark_faults(layout)

    def loosened(self, steps: int) -> Self:
        """Return the rule with a lower floor, or a higher cap."""
        by = steps * self.grid[0]
        if self.at_least is not None:
            return self.model_copy(update={"at_least": lowered(self.at_least, by)})
        assert self.at_most is not None
        return self.model_copy(update={"at_most": lowered(self.at_most, -by)})

    def rows(self, rule_id: str, layout: Layout) -> RuleRows:
        """Return one row a year (and place) with money; shares are exact ratios."""
        limit = self.at_least or self.at_most
        assert limit is not None
        places, years = self.place_scope(layout), self.year_scope(layout)
        ours = layout.columns_of(funds=self.funds)
        inside = layout.columns_of(funds=self.funds, categories=self.categories)
        part, base = cells(layout, inside, places, years), cells(layout, ours, places, years)
        held = layout.money(self.funds, places)[:, np.isin(layout.years, years)].ravel()
        theta = limit.fraction
        if self.of == "spent":
            row, column = base.row, base.column
            coefficient = np.where(inside[column], theta.denominator, 0) - theta.numerator
            bound, norm = whole(held * 0), whole(np.full(len(held), theta.denominator))
        else:
            row, column = part.row, part.column
            coefficient = np.ones(len(row), dtype=np.int64)
            rounded = share_up if self.at_least else share_down
            bound, norm = whole([rounded(theta, int(m)) for m in held]), whole(np.ones_like(held))

        def ratio(units: IntArray) -> tuple[FloatArray, FloatArray]:
            below = held.astype(float) if self.of == "fund" else base.sums(units)
            return quotient(part.sums(units), below), np.full(len(held), float(theta))

        block = RuleRows(
            rule=rule_id,
            kind=self.kind,
            clause=self.clause,
            relation=">=" if self.at_least else "<=",
            place=part.place,
            year=part.year,
            row=row,
            column=column,
            coefficient=coefficient.astype(np.int64),
            bound=bound,
            norm=norm,
            ratio=ratio,
            numerator="spent_on_categories",
            denominator="held_by_funds" if self.of == "fund" else "spent_of_funds",
        )
        return kept(held > 0, block) if self.of == "fund" else block
