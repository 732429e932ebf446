"""Project count: at least or at most so many projects of some categories, with those that are there already.

A floor counts a project that gets its public cost in full (at least its smallest useful amount where it
has one) from the rule's funds and years, all parts together; a cap counts every project with any of
that money. A project counts at every place that holds one of its parts or lies above one.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.blocks import RowBlock, whole
from zxsim.core.counts import CountRows, projects_at
from zxsim.core.layout import IntArray, Layout
from zxsim.core.placecells import cell_faults, whole_cells
from zxsim.core.rulespec import Fault, RuleSpec
from zxsim.core.spec import Whole, shifted

INDUSTRIES = "leading_industries"


class ProjectCount(RuleSpec):
    """Floor or cap on how many projects a place (or all places together) has."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "项目个数", "en": "project count"}
    grid: ClassVar[tuple[Decimal, str]] = (Decimal(1), "count")
    chinese: ClassVar[Mapping[str, str]] = {
        "": "一个地区（或全部地区合计）的项目个数，不少于或不多于某个数。",
        "categories": "计数的类别或二级类别。",
        "at_least": "最少个数；与 `at_most` 只写一个。",
        "at_most": "最多个数；与 `at_least` 只写一个。",
        "already": "places.csv 中载明地区已有个数的列：整数列，或 `leading_industries`（已有主导产业）。",
    }

    kind: Literal["project_count"]
    categories: Annotated[tuple[str, ...], Field(min_length=1)]
    """Categories or second levels that are counted."""
    at_least: Whole | None = None
    """Smallest number; give this or `at_most`."""
    at_most: Whole | None = None
    """Largest number; give this or `at_least`."""
    already: str | None = None
    """Column of places.csv with what a place has already: whole numbers, or `leading_industries`."""

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise PydanticCustomError("one_of_two", "one of two", {"keys": "at_least, at_most"})
        if self.already is not None and self.places is None and self.each is None:
            raise PydanticCustomError("already_without_places", "already without places")
        return self

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault for a column that is unknown, or empty at one of the places."""
        places = self.place_scope(layout)
        if self.already not in (None, INDUSTRIES) and places is not None:
            assert self.already is not None
            yield from cell_faults(layout, "already", self.already, places, others=[INDUSTRIES])

    def rows(self, rule_id: str, layout: Layout) -> Sequence[RowBlock]:
        """Return one row a place, or one for all together."""
        limit = self.at_least or self.at_most
        assert limit is not None
        places, inside = self.place_scope(layout), layout.projects_in(self.categories)
        counting = layout.columns_of(funds=self.funds, projects=inside)
        counting &= np.isin(layout.years[layout.column_year], self.year_scope(layout))
        payable = np.zeros(len(inside), dtype=np.bool_)
        payable[layout.column_project[counting]] = True
        row, project = projects_at(layout, payable, places)
        place = np.array([-1], dtype=np.int64) if places is None else places
        already = self._already(layout, places)
        none = np.zeros(len(place), dtype=np.int64)
        return [
            CountRows(
                rule=rule_id,
                kind=self.kind,
                clause=self.clause,
                relation=">=" if self.at_least else "<=",
                soft=self.softness,
                place=place,
                year=none,
                since=none,
                row=row,
                project=project,
                already=already,
                bound=whole(int(limit) - already),
                norm=whole(none + 1),
                counting=counting,
                needed=self._needed(layout),
                column_project=layout.column_project,
            )
        ]

    def _already(self, layout: Layout, places: IntArray | None) -> IntArray:
        if self.already is None or places is None:
            return np.zeros(1 if places is None else len(places), dtype=np.int64)
        if self.already == INDUSTRIES:
            cells = layout.place_table[INDUSTRIES].gather(places).fill_null("")
            return np.array([entries(cell) for cell in cells], dtype=np.int64)
        return whole_cells(layout, self.already, places)

    def _needed(self, layout: Layout) -> IntArray:
        if self.at_most is not None:
            return np.ones(len(layout.project_cost), dtype=np.int64)
        smallest = layout.modes.minimum
        return np.maximum(np.where(smallest > 0, smallest, layout.project_cost), 1)

    def loosened(self, steps: int) -> Self:
        """Return a copy with a lower floor or a higher cap."""
        by = steps * self.grid[0]
        least, most = (
            self.at_least and shifted(self.at_least, -by),
            self.at_most and shifted(self.at_most, by),
        )
        return self.model_copy(update={"at_least": least, "at_most": most})


def entries(cell: str) -> int:
    """How many words a cell lists, separated by ``;``.

    >>> entries("茶叶; 蔬菜;")
    2
    """
    return sum(bool(word.strip()) for word in cell.split(";"))
