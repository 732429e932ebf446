"""Rows of rules in whole numbers: the form that the LP, the rounding and the tables all share.

A rule row reads Σ coefficient · units ⋛ bound with whole coefficients, so whether a plan keeps it
is decided without rounding error. The LP row is the same divided by ``norm`` and put in 万元.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from zxsim.core.blocks import WORD, Relation, RowBlock, Sides, Softness, Unit, whole
from zxsim.core.groups import GroupTerms
from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN

Ratio = Callable[[IntArray], tuple[FloatArray, FloatArray]]
_EXACT = 2.0**53
"""Up to here every whole number is a float."""


@dataclass(frozen=True, eq=False, kw_only=True)
class RuleRows(RowBlock):
    """Rows that are linear in money.

    Attributes
    ----------
    row, column, coefficient : int array (nonzeros,)
        Triplets; rows count from 0 within the block.
    averages : GroupTerms or None
        Further terms on sums of many columns.
    ratio : callable or None
        For a share rule: units of all columns → (left, right) as shares. ``None``: money.

    ``norm`` makes the coefficients of the LP, and those on the columns above all, of order 1.
    """

    row: IntArray
    column: IntArray
    coefficient: IntArray
    averages: GroupTerms | None = None
    ratio: Ratio | None = None

    @property
    def unit(self) -> Unit:
        """Shares where something is divided, else 万元."""
        return "share" if self.ratio else "wan"

    def left(self, units: IntArray) -> NDArray[np.object_]:
        """Exact Σ coefficient · units of each row."""
        paid = np.flatnonzero(units[self.column])  # a plan pays few of its columns
        row, coefficient, given = self.row[paid], self.coefficient[paid], units[self.column[paid]]
        terms = coefficient * given
        if (np.abs(coefficient).astype(float) * np.abs(given)).sum() >= WORD:
            terms = coefficient.astype(object) * given.astype(object)
        total = np.zeros(len(self), dtype=terms.dtype)
        np.add.at(total, row, terms)
        exact: NDArray[np.object_] = total.astype(object)
        return exact if self.averages is None else exact + self.averages.left(units, len(self))

    def sides(self, units: IntArray) -> Sides:
        """万元, or shares for a share rule."""
        exact = self.left(units)
        distance = self.in_units(self.room(exact))
        if self.ratio is None:
            left, right = exact.astype(float) / UNITS_PER_WAN, self.bound.astype(float) / UNITS_PER_WAN
            return Sides(left, right, distance / UNITS_PER_WAN, distance <= 1)
        left, right = self.ratio(units)
        slack = left - right if self.relation == ">=" else right - left
        return Sides(left, right, slack, (distance <= 1) & ~np.isnan(left))

    def program_bounds(self) -> tuple[FloatArray, FloatArray]:
        """Lower and upper bound of the LP rows in 万元."""
        bound = divided(self.bound, self.norm * UNITS_PER_WAN)
        free = np.full(len(self), np.inf)
        return (-free if self.relation == "<=" else bound, free if self.relation == ">=" else bound)

    def program_values(self) -> FloatArray:
        """Coefficients of the LP rows on money columns."""
        scaled: FloatArray = self.coefficient / self.norm.astype(float)[self.row]
        return scaled

    def group_values(self) -> FloatArray:
        """Coefficients of the LP rows on sums of groups."""
        if self.averages is None:
            return np.zeros(0)
        scaled: FloatArray = self.averages.coefficient / self.norm.astype(float)[self.averages.row]
        return scaled


@dataclass(frozen=True, eq=False)
class Cells:
    """A grid of places × years and the columns in each cell: the skeleton of most rules.

    ``place``, ``year`` and ``since`` have one entry a cell, as in :class:`RowBlock`; ``row`` and
    ``column`` are the membership pairs.
    """

    place: IntArray
    year: IntArray
    since: IntArray
    row: IntArray
    column: IntArray

    def sums(self, units: IntArray) -> FloatArray:
        """Units in each cell, as floats (exact below 2⁵³)."""
        return np.bincount(self.row, units[self.column], len(self.place)).astype(np.float64)


def divided(top: NDArray[np.object_], below: NDArray[np.object_]) -> FloatArray:
    """Divide whole numbers, each quotient correctly rounded; only those beyond 2⁵³ one by one."""
    quotients: FloatArray = top.astype(float) / below.astype(float)
    for i in np.flatnonzero(np.maximum(np.abs(top.astype(float)), below.astype(float)) > _EXACT):
        quotients[i] = top[i] / below[i]
    return quotients


def quotient(top: FloatArray, below: FloatArray) -> FloatArray:
    """Divide, with NaN where there is nothing to divide by."""
    share: FloatArray = np.divide(top, below, out=np.full(len(top), np.nan), where=below > 0)
    return share


def cells(
    layout: Layout, chosen: BoolArray, places: IntArray | None, years: IntArray, *, period: bool = False
) -> Cells:
    """Group chosen columns by place (itself and below) and year.

    Parameters
    ----------
    chosen : bool array (columns,)
    places : int array or None
        Positions; ``None`` makes one cell for all places together.
    years : int array
        Calendar years that count.
    period : bool
        One cell for all years together instead of one a year.
    """
    at_year = np.full(len(layout.years), -1, dtype=np.int64)
    wanted = np.isin(layout.years, years)
    at_year[wanted] = 0 if period else np.arange(int(wanted.sum()))
    width = 1 if period else int(wanted.sum())
    slot = at_year[layout.column_year]
    taken = np.flatnonzero(chosen & (slot >= 0))
    shown = np.zeros(1, dtype=np.int64) if period else layout.years[wanted]
    if places is None:
        return Cells(np.full(width, -1, dtype=np.int64), shown, shown * 0, slot[taken], taken)
    row, column = [], []
    place, slot = layout.part_place[layout.column_part[taken]], slot[taken]
    for _, owner in layout.places.owners(places):
        cell = owner[place] * width + slot
        inside = cell >= 0
        row.append(cell if inside.all() else cell[inside])
        column.append(taken if inside.all() else taken[inside])
    empty = np.zeros(0, dtype=np.int64)
    return Cells(
        np.repeat(places, width),
        np.tile(shown, len(places)),
        np.zeros(len(places) * width, dtype=np.int64),
        np.concatenate([*row, empty]),
        np.concatenate([*column, empty]),
    )


def cumulative(
    layout: Layout, chosen: BoolArray, places: IntArray | None, first: int, years: IntArray
) -> Cells:
    """Like :func:`cells`, but each cell holds the money of all years from ``first`` until its own."""
    if not len(years):
        return cells(layout, chosen, places, years)
    grids = [cells(layout, chosen, places, np.arange(first, year + 1), period=True) for year in years]
    count, width = len(grids[0].place), len(years)
    return Cells(
        np.repeat(grids[0].place, width),
        np.tile(years, count),
        np.tile(np.where(years > first, first, 0), count),
        np.concatenate([grid.row * width + i for i, grid in enumerate(grids)]),
        np.concatenate([grid.column for grid in grids]),
    )


def joined(grids: Sequence[Cells]) -> Cells:
    """Return the cells of all grids, one after the other."""
    starts = np.cumsum([0, *(len(grid.place) for grid in grids)])
    return Cells(
        np.concatenate([grid.place for grid in grids]),
        np.concatenate([grid.year for grid in grids]),
        np.concatenate([grid.since for grid in grids]),
        np.concatenate([grid.row + start for grid, start in zip(grids, starts, strict=False)]),
        np.concatenate([grid.column for grid in grids]),
    )


def money_rows(
    rule: str,
    kind: str,
    clause: str,
    relation: Relation,
    grid: Cells,
    bound: IntArray,
    soft: Softness | None = None,
) -> RuleRows:
    """Rows of plain money: Σ units of a cell ⋛ bound in units."""
    return RuleRows(
        rule=rule,
        kind=kind,
        clause=clause,
        relation=relation,
        soft=soft,
        place=grid.place,
        year=grid.year,
        since=grid.since,
        row=grid.row,
        column=grid.column,
        coefficient=np.ones(len(grid.row), dtype=np.int64),
        bound=whole(bound),
        norm=whole(np.ones(len(bound), dtype=np.int64)),
    )


def kept(part: BoolArray, block: RuleRows) -> RuleRows:
    """Return the block with only the rows where ``part`` is true."""
    renumbered = np.cumsum(part) - 1
    inside = part[block.row]
    return replace(
        block,
        place=block.place[part],
        year=block.year[part],
        since=block.since[part],
        row=renumbered[block.row[inside]],
        column=block.column[inside],
        coefficient=block.coefficient[inside],
        bound=block.bound[part],
        norm=block.norm[part],
        averages=block.averages and block.averages.kept(part),
        ratio=block.ratio and _partial(block.ratio, part),
    )


def _partial(ratio: Ratio, part: BoolArray) -> Ratio:
    def shown(units: IntArray) -> tuple[FloatArray, FloatArray]:
        left, right = ratio(units)
        return left[part], right[part]

    return shown
