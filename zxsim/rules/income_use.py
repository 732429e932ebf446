"""Income use: of a stream of money, which is a fund of its own, a share goes to stated uses.

Σ_{set} x ≥ ⌈share · M⌉ in each year with money, or over the period.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.blocks import RowBlock
from zxsim.core.heldshares import Measure, held_share_floor
from zxsim.core.layout import Layout
from zxsim.core.rows import cells
from zxsim.core.rulespec import Fault, RuleSpec, projects_of
from zxsim.core.spec import Ident, Share, shifted


class IncomeUse(RuleSpec):
    """Smallest share of the funds' money that is spent on stated projects."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "收入用途", "en": "income use"}
    grid: ClassVar[tuple[Decimal, str]] = (Decimal("0.0001"), "share")
    chinese: ClassVar[Mapping[str, str]] = {
        "": "这些资金用于规定项目的最低比例。",
        "funds": "收入所在的资金（编号）。",
        "categories": "算作规定用途的类别或二级类别；与 `projects` 写一个，也可以都写。",
        "projects": "另外算作规定用途的项目（编号）。",
        "at_least": "占这些资金总额的最低比例。",
        "per": "`year` 每年分别算，`period` 把本约束各年合起来算。",
    }

    kind: Literal["income_use"]
    funds: Annotated[tuple[Ident, ...], Field(min_length=1)]
    """Ids of the funds that hold the income."""
    categories: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """Categories or second levels that count as the stated use; give this, `projects` or both."""
    projects: Annotated[tuple[Ident, ...], Field(min_length=1)] | None = None
    """Ids of projects that count as well."""
    at_least: Share
    """Smallest share of the money that the funds hold."""
    per: Literal["year", "period"] = "year"
    """In each year, or over all years of the rule together."""

    @model_validator(mode="after")
    def _some_use(self) -> Self:
        if self.categories is None and self.projects is None:
            raise PydanticCustomError("one_or_both", "one or both", {"keys": "categories, projects"})
        return self

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault where the money of a place cannot be told apart."""
        yield from self.place_money_faults(layout)

    def rows(self, rule_id: str, layout: Layout) -> Sequence[RowBlock]:
        """Return one row a year with money (and place), or one for the period."""
        places, years = self.place_scope(layout), self.year_scope(layout)
        uses = projects_of(layout, self.categories, self.projects)
        period = self.per == "period"
        chosen = layout.columns_of(funds=self.funds, projects=uses)
        grid = cells(layout, chosen, places, years, period=period)
        held = layout.money(self.funds, places)[:, np.isin(layout.years, years)]
        held = held.sum(axis=1, keepdims=True) if period else held
        measure = Measure("spent_on_uses", "held_in_period" if period else "held_by_funds")
        shares = [self.at_least.fraction] * len(grid.place)
        names = (rule_id, self.kind, self.clause)
        return [held_share_floor(names, grid, held.ravel(), shares, measure, self.softness)]

    def loosened(self, steps: int) -> Self:
        """Return a copy with a lower share."""
        return self.model_copy(update={"at_least": shifted(self.at_least, -steps * self.grid[0])})
