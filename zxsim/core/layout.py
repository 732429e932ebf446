"""What the money columns are: which part of which project may be paid by which fund in which year.

A project at several places is one *part* per place; a part that a fund may pay in a year is one
column. Everything is an array over parts or columns; ids are looked up only for labels and tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zxsim.core.modes import Modes
from zxsim.core.places import PlaceTree

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class FundMoney:
    """One fund: units a year, shape *(years,)*, in all, or for each of the earmarked ``places``.

    Money of a year may be paid up to ``carry_over`` years later. Funds that may replace each other are
    one class: ``members`` are their ids, and ``fund_id`` joins them by ``+``.
    """

    fund_id: str
    amount: IntArray
    places: IntArray | None = None
    carry_over: int = 0
    members: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the funds that it stands for."""
        return self.members or (self.fund_id,)

    @property
    def earmarked(self) -> bool:
        """Whether the amount is for each of stated places."""
        return self.places is not None

    @property
    def pays(self) -> BoolArray:
        """In which years it has money, of the year itself or carried over, shape *(years,)*."""
        held = self.amount > 0
        years = range(len(held))
        return np.array([held[max(0, t - self.carry_over) : t + 1].any() for t in years], dtype=np.bool_)

    @property
    def total(self) -> IntArray:
        """Units a year over all its places, shape *(years,)*."""
        return self.amount if self.places is None else self.amount * len(self.places)


@dataclass(frozen=True, eq=False)
class Layout:
    """Places, funds, projects, parts and money columns of one scenario.

    Attributes
    ----------
    years : int array (years,)
        The horizon.
    place_table : polars.DataFrame
        One row a place in the order of ``places``: population, households, baselines, null where not given.
    projects : polars.DataFrame
        One row a project, sorted by id; text columns may be asked by eligibility rules.
    project_cost : int array (projects,)
        Public money a project may take, in units.
    part_project, part_place, part_cost : int array (parts,)
        Positions of project and place, and the part's own public cost in units.
    column_part, column_fund, column_year : int array (columns,)
        Positions of part, fund and year.
    modes : Modes
        Which projects are all or nothing, and what links them.
    committed : int array (columns,)
        Units already decided: no plan pays less.
    decided : bool array (columns,)
        Columns of years that are over: exactly what is committed is paid.
    """

    years: IntArray
    places: PlaceTree
    place_table: pl.DataFrame
    funds: Sequence[FundMoney]
    projects: pl.DataFrame
    project_cost: IntArray
    part_project: IntArray
    part_place: IntArray
    part_cost: IntArray
    column_part: IntArray
    column_fund: IntArray
    column_year: IntArray
    modes: Modes
    committed: IntArray
    decided: BoolArray

    def __len__(self) -> int:
        return len(self.column_part)

    def with_columns(self, **changes: Any) -> Self:  # noqa: ANN401 (any fields of the class)
        """Return a layout with other funds or columns; what is known of its projects is kept."""
        other = replace(self, **changes)
        if self.place_table is other.place_table:
            other.__dict__["_place_numbers"] = self._place_numbers
        if self.projects is other.projects:
            known = ("project_ids", "project_position", "_category_codes")
            other.__dict__.update({name: self.__dict__[name] for name in known if name in self.__dict__})
        return other

    def place_numbers(self, column: str) -> FloatArray:
        """A column of places.csv as floats, shape *(places,)*, NaN where not given."""
        if column not in self._place_numbers:
            numbers = np.full(len(self.places), np.nan)
            if column in self.place_table.columns:
                numbers = self.place_table[column].cast(pl.Float64).fill_null(np.nan).to_numpy()
            self._place_numbers[column] = numbers
        return self._place_numbers[column].copy()

    def places_with(self, columns: Sequence[str]) -> BoolArray:
        """Places that have a number in each of the columns, shape *(places,)*."""
        known = [~np.isnan(self.place_numbers(column)) for column in columns]
        found: BoolArray = np.all([np.ones(len(self.places), dtype=np.bool_), *known], axis=0)
        return found

    @cached_property
    def _place_numbers(self) -> dict[str, FloatArray]:
        """Columns of places.csv that were asked for."""
        return {}

    @cached_property
    def project_ids(self) -> list[str]:
        """Ids of the projects, sorted."""
        return self.projects["id"].to_list()

    @cached_property
    def project_position(self) -> dict[str, int]:
        """Position of each project id."""
        return {project: i for i, project in enumerate(self.project_ids)}

    @cached_property
    def fund_position(self) -> dict[str, int]:
        """Position of each fund id; members of a class stand where their class does."""
        return {member: i for i, fund in enumerate(self.funds) for member in fund.ids}

    @cached_property
    def column_place(self) -> IntArray:
        """Position of the place of each column."""
        return self.part_place[self.column_part]

    @cached_property
    def column_project(self) -> IntArray:
        """Position of the project of each column."""
        return self.part_project[self.column_part]

    @cached_property
    def _category_codes(self) -> list[tuple[IntArray, list[str | None]]]:
        """For category and second level: the position of each project's name, and the names."""
        given = [self.projects[column] for column in ("category", "subcategory")]
        found = [(column, column.unique()) for column in given if column.count()]
        return [
            (column.replace_strict(names, pl.Series(np.arange(len(names)))).to_numpy(), names.to_list())
            for column, names in found
        ]

    @cached_property
    def labels(self) -> list[str]:
        """Name of each column, ``x(project,place,fund,year)``."""
        return self.labels_at(np.arange(len(self)))

    def labels_at(self, columns: IntArray) -> list[str]:
        """Names of a few columns."""
        projects, places = self.project_ids, self.places.ids
        funds = [fund.fund_id for fund in self.funds]
        part = self.column_part[columns]
        return [
            f"x({projects[project]},{places[place]},{funds[fund]},{year})"
            for project, place, fund, year in zip(
                self.part_project[part].tolist(),
                self.part_place[part].tolist(),
                self.column_fund[columns].tolist(),
                self.years[self.column_year[columns]].tolist(),
                strict=True,
            )
        ]

    def fund_positions(self, fund_ids: Sequence[str] | None) -> IntArray:
        """Positions of the named funds, or of all when ``None``."""
        if fund_ids is None:
            return np.arange(len(self.funds))
        return np.unique(np.array([self.fund_position[fund] for fund in fund_ids], dtype=np.int64))

    def place_positions(self, place_ids: Sequence[str]) -> IntArray:
        """Positions of the named places."""
        return np.array([self.places.position[place] for place in place_ids], dtype=np.int64)

    def projects_in(self, categories: Sequence[str] | None) -> BoolArray:
        """Which projects have one of the names as category or second level, shape *(projects,)*."""
        found = np.full(len(self.projects), fill_value=categories is None)
        for code, names in self._category_codes if categories is not None else ():
            found |= np.array([name in (categories or ()) for name in names])[code]
        return found

    def columns_of(
        self,
        funds: Sequence[str] | None = None,
        categories: Sequence[str] | None = None,
        projects: BoolArray | None = None,
    ) -> BoolArray:
        """Which columns belong to the funds, categories and projects, shape *(columns,)*."""
        chosen = np.ones(len(self), dtype=np.bool_)
        if funds is not None:
            named = np.zeros(len(self.funds), dtype=np.bool_)
            named[self.fund_positions(funds)] = True
            chosen &= named[self.column_fund]
        if categories is not None:
            chosen &= self.projects_in(categories)[self.column_project]
        if projects is not None:
            chosen &= projects[self.column_project]
        return chosen

    def money(self, funds: Sequence[str] | None, places: IntArray | None) -> IntArray:
        """Units that the funds hold for each place and year, shape *(places or 1, years)*.

        With ``places``, only what is earmarked at a place or below counts for it.
        """
        chosen = [self.funds[i] for i in self.fund_positions(funds)]
        if places is None:
            nothing = np.zeros(len(self.years), dtype=np.int64)
            return sum((fund.total for fund in chosen), start=nothing)[None, :]
        held = np.zeros((len(places), len(self.years)), dtype=np.int64)
        for fund in chosen:
            if fund.places is None:
                continue
            for members, owner in self.places.owners(places):
                inside = owner[fund.places]
                counts = np.bincount(inside[inside >= 0], minlength=len(places))
                held[members] += counts[members, None] * fund.amount[None, :]
        return held

    def not_earmarked_at(self, funds: Sequence[str] | None, places: IntArray) -> list[str]:
        """Funds whose money cannot be told apart by ``places``: in total, or earmarked above one."""
        mixed = []
        for i in self.fund_positions(funds):
            fund = self.funds[i]
            if fund.places is None or self._lies_above(fund.places, places):
                mixed.append(fund.fund_id)
        return mixed

    def _lies_above(self, earmarks: IntArray, places: IntArray) -> bool:
        inside = self.places.inside(earmarks)[places]
        return bool((inside & ~np.isin(places, earmarks)).any())
