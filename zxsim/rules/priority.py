"""Priority: key projects take the money first, until they have all that they can take.

Per year t with money M_t of the rule's funds: D_t is the public cost of the key parts that these funds
may pay by the end of t, R_t = min(D_t, R_{t−1} + M_t) what they can have had by then, R = 0 before.
Where R_t = D_t, all that they need has been paid by the end of t, from any fund:
Σ_{τ≤t} x[key] ≥ D_t. Otherwise the year's money goes to them alone: x[key, these funds, t] ≥ M_t.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.blocks import RowBlock
from zxsim.core.layout import BoolArray, IntArray, Layout
from zxsim.core.rows import Cells, cells, cumulative, kept, money_rows
from zxsim.core.rulespec import Fault, MaybeSoft, RuleSpec, Soft, projects_of
from zxsim.core.spec import Ident


class Priority(RuleSpec):
    """Key projects are paid before any other."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "优先安排", "en": "priority"}
    chinese: ClassVar[Mapping[str, str]] = {
        "": "重点项目先于其他项目安排。",
        "funds": "先用于重点项目的资金（编号）。",
        "categories": "重点项目的类别或二级类别；与 `projects` 只写一个。",
        "projects": "重点项目的编号；与 `categories` 只写一个。",
        "soft": "可以做不到时计入哪一档，不写就是 `{ tier = 2, weight = 1 }`；`false`：必须做到。",
    }

    kind: Literal["priority"]
    funds: Annotated[tuple[Ident, ...], Field(min_length=1)]
    """Ids of the funds whose money goes to the key projects first."""
    categories: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """Categories or second levels of the key projects; give this or `projects`."""
    projects: Annotated[tuple[Ident, ...], Field(min_length=1)] | None = None
    """Ids of the key projects; give this or `categories`."""
    soft: MaybeSoft = Soft(tier=2)
    """Where it may be missed, `{ tier = 2, weight = 1 }` when not given; `false`: it must be kept."""

    @model_validator(mode="after")
    def _one_selector(self) -> Self:
        if (self.categories is None) == (self.projects is None):
            raise PydanticCustomError("one_of_two", "one of two", {"keys": "categories, projects"})
        return self

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault where the money of a place cannot be told apart."""
        yield from self.place_money_faults(layout)

    def rows(self, rule_id: str, layout: Layout) -> Sequence[RowBlock]:
        """Return one row a year with money (and place), cumulative once the key projects can be finished.

        One block, so that more money changes what its rows say and never how many they are.
        """
        places, years = self.place_scope(layout), self.year_scope(layout)
        key = projects_of(layout, self.categories, self.projects)
        ours = layout.columns_of(funds=self.funds, projects=key)
        held = layout.money(self.funds, places)[:, np.isin(layout.years, years)]
        wanted = demand(layout, ours, places, years).reshape(held.shape)
        finished, has_money = reachable(wanted, held) == wanted, held > 0
        first = int(layout.years[0])
        by_then = cumulative(layout, layout.columns_of(projects=key), places, first, years)
        alone = cells(layout, ours, places, years)
        grid, bound = _either(finished.ravel(), by_then, alone), np.where(finished, wanted, held).ravel()
        block = money_rows(rule_id, self.kind, self.clause, ">=", grid, bound, self.softness)
        return [kept(has_money.ravel(), block)]


def _either(first: BoolArray, one: Cells, other: Cells) -> Cells:
    """Cells of the same places and years, each from ``one`` where ``first`` is true, else from the other."""
    inside, outside = first[one.row], ~first[other.row]
    return Cells(
        one.place,
        one.year,
        np.where(first, one.since, other.since),
        np.concatenate([one.row[inside], other.row[outside]]),
        np.concatenate([one.column[inside], other.column[outside]]),
    )


def demand(layout: Layout, ours: BoolArray, places: IntArray | None, years: IntArray) -> IntArray:
    """D_t: cost of the parts that have one of the columns by the end of t, units, flat (places, years)."""
    columns = np.flatnonzero(ours)
    order = columns[np.lexsort((layout.column_year[columns], layout.column_part[columns]))]
    earliest = np.zeros(len(layout), dtype=np.bool_)
    earliest[order[np.unique(layout.column_part[order], return_index=True)[1]]] = True
    grid = cumulative(layout, earliest, places, int(layout.years[0]), years)
    cost = np.zeros(len(grid.place), dtype=np.int64)
    np.add.at(cost, grid.row, layout.part_cost[layout.column_part[grid.column]])
    return cost


def reachable(wanted: IntArray, held: IntArray) -> IntArray:
    """R_t = min(D_t, R_{t−1} + M_t) for each place and year, R = 0 before.

    >>> reachable(np.array([[60, 60, 90]]), np.array([[50, 50, 20]])).tolist()
    [[50, 60, 80]]
    """
    reached = np.zeros_like(wanted)
    before = np.zeros(len(wanted), dtype=np.int64)
    for t in range(wanted.shape[1]):
        before = reached[:, t] = np.minimum(wanted[:, t], before + held[:, t])
    return reached
