"""Rows of rules in whole numbers: the form that the LP, the rounding and the tables all share.

A rule row reads Σ coefficient · units ⋛ bound with whole coefficients, so whether a plan keeps it
is decided without rounding error. The LP row is the same divided by ``norm`` and put in 万元.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN

Relation = Literal[">=", "<=", "="]
Ratio = Callable[[IntArray], tuple[FloatArray, FloatArray]]
_SAFE = 2.0**62


@dataclass(frozen=True, eq=False)
class RuleRows:
    """Rows of one rule.

    Attributes
    ----------
    rule, kind, clause : str
        Id in the scenario, kind of rule, clause of the paper.
    relation : ">=", "<=" or "="
        The same for all rows of a block.
    place : int array (rows,)
        Position of the place, −1 for all places together.
    year : int array (rows,)
        Calendar year, 0 for the whole period.
    row, column, coefficient : int array (nonzeros,)
        Triplets; rows count from 0 within the block.
    bound, norm : object array of int (rows,)
        Right-hand side in units times ``norm``; ``norm`` ≥ 1 makes LP coefficients of order 1.
    ratio : callable or None
        For a share rule: units of all columns → (left, right) as shares. ``None``: money.
    numerator, denominator : str
        Codes of the words that say what is divided by what; empty for money.
    names : sequence of str
        Labels of rows that are not named after place and year.
    """

    rule: str
    kind: str
    clause: str
    relation: Relation
    place: IntArray
    year: IntArray
    row: IntArray
    column: IntArray
    coefficient: IntArray
    bound: NDArray[np.object_]
    norm: NDArray[np.object_]
    scope: str = ""
    ratio: Ratio | None = None
    numerator: str = ""
    denominator: str = ""
    names: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.place)

    def label(self, layout: Layout, i: int) -> str:
        """Name of row ``i`` as the policy reads, such as ``rising_share(industry,2022)``."""
        if self.names:
            return self.names[i]
        place = layout.places.ids[self.place[i]] if self.place[i] >= 0 else ""
        year = str(self.year[i]) if self.year[i] else ""
        return f"{self.kind}({','.join(word for word in (self.rule, self.scope, place, year) if word)})"

    def left(self, units: IntArray) -> NDArray[np.object_]:
        """Exact Σ coefficient · units of each row."""
        terms = self.coefficient * units[self.column]
        size = np.abs(self.coefficient).astype(float) * np.abs(units[self.column])
        if size.sum() >= _SAFE:
            terms = self.coefficient.astype(object) * units[self.column].astype(object)
        total = np.zeros(len(self), dtype=terms.dtype)
        np.add.at(total, self.row, terms)
        exact: NDArray[np.object_] = total.astype(object)
        return exact

    def slack(self, units: IntArray) -> NDArray[np.object_]:
        """Exact distance from the limit, times ``norm``; negative where the row is broken."""
        gap: NDArray[np.object_] = self.left(units) - self.bound
        if self.relation == "=":
            return np.abs(gap) * -1
        return gap if self.relation == ">=" else -gap

    def program_bounds(self) -> tuple[FloatArray, FloatArray]:
        """Lower and upper bound of the LP rows in 万元."""
        bound = np.array(
            [b / (n * UNITS_PER_WAN) for b, n in zip(self.bound, self.norm, strict=True)], dtype=float
        )
        free = np.full(len(self), np.inf)
        return (-free if self.relation == "<=" else bound, free if self.relation == ">=" else bound)

    def program_values(self) -> FloatArray:
        """Coefficients of the LP rows."""
        scaled: FloatArray = self.coefficient / self.norm.astype(float)[self.row]
        return scaled


@dataclass(frozen=True, eq=False)
class Cells:
    """A grid of places × years and the columns in each cell: the skeleton of most rules.

    ``place`` and ``year`` have one entry a cell (year 0 = whole period); ``row`` and ``column``
    are the membership pairs.
    """

    place: IntArray
    year: IntArray
    row: IntArray
    column: IntArray

    def sums(self, units: IntArray) -> FloatArray:
        """Units in each cell, as floats (exact below 2⁵³)."""
        return np.bincount(self.row, units[self.column], len(self.place)).astype(np.float64)


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
        return Cells(np.full(width, -1, dtype=np.int64), shown, slot[taken], taken)
    row, column = [], []
    for _, owner in layout.places.owners(places):
        at = owner[layout.column_place[taken]]
        inside = taken[at >= 0]
        row.append(at[at >= 0] * width + slot[inside])
        column.append(inside)
    empty = np.zeros(0, dtype=np.int64)
    return Cells(
        np.repeat(places, width),
        np.tile(shown, len(places)),
        np.concatenate([*row, empty]),
        np.concatenate([*column, empty]),
    )


def money_rows(
    rule: str, kind: str, clause: str, relation: Relation, grid: Cells, bound: IntArray
) -> RuleRows:
    """Rows of plain money: Σ units of a cell ⋛ bound in units."""
    return RuleRows(
        rule=rule,
        kind=kind,
        clause=clause,
        relation=relation,
        place=grid.place,
        year=grid.year,
        row=grid.row,
        column=grid.column,
        coefficient=np.ones(len(grid.row), dtype=np.int64),
        bound=whole(bound),
        norm=whole(np.ones(len(bound), dtype=np.int64)),
    )


def whole(numbers: object) -> NDArray[np.object_]:
    """Turn whole numbers into an object array, so that products cannot overflow."""
    array = np.asarray(numbers)
    return np.array([int(number) for number in array.ravel()], dtype=object)


def kept(part: BoolArray, block: RuleRows) -> RuleRows:
    """Return the block with only the rows where ``part`` is true."""
    renumbered = np.cumsum(part) - 1
    inside = part[block.row]
    return replace(
        block,
        place=block.place[part],
        year=block.year[part],
        row=renumbered[block.row[inside]],
        column=block.column[inside],
        coefficient=block.coefficient[inside],
        bound=block.bound[part],
        norm=block.norm[part],
        ratio=block.ratio and _partial(block.ratio, part),
    )


def _partial(ratio: Ratio, part: BoolArray) -> Ratio:
    def shown(units: IntArray) -> tuple[FloatArray, FloatArray]:
        left, right = ratio(units)
        return left[part], right[part]

    return shown
