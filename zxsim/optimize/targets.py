"""Targets: what a plan reaches at each place and year, and what is missing.

A shortfall is missing/|value| (or what the relation or `scale` says), times weight, times the place's share
of the target's population (equal shares where a place has none). A side of a row that would profit from
understating a level uses the level without any limit; what is printed is always exact.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import sparse

from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.optimize.levels import Level
from zxsim.optimize.relations import UPPER_ONLY, Cells, Comparison

FLOAT_NOISE = 1e-9
"""Relative size below which a gap is an error of floating point, not of the plan."""


@dataclass(frozen=True, eq=False)
class TargetRows:
    """One target at its places and years, ``place`` outer and ``year`` inner.

    ``place`` and ``year`` hold positions in the layout, ``cells`` within the level; ``value`` and
    ``upper_value`` are what is printed; ``without_plan`` and ``start`` the level without any plan and as
    published; ``weight`` what a whole shortfall counts; ``step`` the largest change of the form that
    0.01 万元 can make. All arrays have one entry a row.
    """

    target_id: str
    tier: Literal[1, 2, 3]
    value: float
    upper_value: float | None
    level: Level
    cells: Cells
    form: Comparison
    place: IntArray
    year: IntArray
    start: FloatArray
    weight: FloatArray
    step: FloatArray

    @property
    def relation(self) -> str:
        """How the value is compared."""
        return self.form.relation

    @property
    def without_plan(self) -> FloatArray:
        """Level of each row without any plan."""
        return self._here(self.level.path)

    @property
    def form_without_plan(self) -> FloatArray:
        """The form of each row without any plan."""
        return self.form.of(self._here(self.level.path), self._there(self.level.path))

    def level_of(self, amounts: FloatArray) -> FloatArray:
        """Level of each row's place under given payments, exact."""
        return self._here(self.level.exact(amounts))

    def levels_at(self, level: FloatArray) -> FloatArray:
        """Each row's own level, for levels of shape *(…, places, length)*."""
        here: FloatArray = level[..., self.cells.place, self.cells.year]
        return here

    def planned(self, amounts: FloatArray) -> FloatArray:
        """Value of each row in the unit of its relation, exact."""
        return self.planned_at(self.level.exact(amounts))

    def planned_at(self, level: FloatArray) -> FloatArray:
        """Value of each row in the unit of its relation, for a level of shape *(places, length)*."""
        return self.form.printed(self._here(level), self._there(level))

    def met_at(self, level: FloatArray) -> BoolArray:
        """Which rows are met by a level of shape *(places, length)*, to one unit of money."""
        met: BoolArray = self.gap_at(level) <= self.step * (1 + FLOAT_NOISE)
        return met

    def missing(self, amounts: FloatArray) -> FloatArray:
        """What is missing at each row in the unit of its relation, never negative."""
        planned = self.planned(amounts)
        below, above = self.value - planned, planned - self.value
        if self.relation in UPPER_ONLY:
            gap = above
        elif self.upper_value is not None:
            gap = np.maximum(below, planned - self.upper_value)
        else:
            gap = np.abs(below) if self.relation == "=" else below
        return np.where(self.gap(amounts) > 0, np.maximum(gap, 0), 0.0)

    def shown(self, gap: FloatArray, amounts: FloatArray) -> FloatArray:
        """A gap of the form in the unit of the relation, the places compared with as under given payments."""
        return self.form.shown(gap, self._there(self.level.exact(amounts)), self.value)

    def gap(self, amounts: FloatArray) -> FloatArray:
        """What is missing in the form of the relation; 0 where it is floating-point noise."""
        return self.gap_at(self.level.exact(amounts))

    def gap_at(self, level: FloatArray) -> FloatArray:
        """As :meth:`gap`, for a level of shape *(places, length)*."""
        here, there = self._here(level), self._there(level)
        value = self.form.of(here, there)
        gap = np.maximum(self.form.lower - value, value - self.form.upper)
        bounds = [abs(b) for b in (self.form.lower, self.form.upper) if np.isfinite(b)]
        size = np.maximum(self.form.plus * np.abs(here), self.form.minus * np.abs(there))
        return np.where(gap > FLOAT_NOISE * np.maximum(size, max([1.0, *bounds])), gap, 0.0)

    def shortfall(self, amounts: FloatArray) -> FloatArray:
        """Weighted shortfall of each row, as its tier adds it up."""
        low, high = self.low_side(amounts), self.high_side(amounts)
        missing = np.maximum(self.form.lower - low, 0)
        if self.needs_less:
            missing = missing + np.maximum(high - self.form.upper, 0)
        return missing / self.form.scale * self.weight

    def low_side(self, amounts: FloatArray) -> FloatArray:
        """The form as the lower limit sees it: exact level, what it is compared with without any limit."""
        there = self._there(self.level.unlimited(amounts))
        return self.form.of(self._here(self._lowest(amounts)), there)

    def high_side(self, amounts: FloatArray) -> FloatArray:
        """The form as the upper limit sees it: level without any limit."""
        level = self.level.unlimited(amounts)
        return self.form.of(self._here(level), self._there(level))

    def _lowest(self, amounts: FloatArray) -> FloatArray:
        """Exact where a limit lies below the place; else the state itself, which may pass a full coverage."""
        unlimited = self.level.unlimited(amounts)
        return np.where(self.level.simple[:, None], unlimited, self.level.exact(amounts))

    @property
    def needs_more(self) -> bool:
        """Whether a value that is too low falls short."""
        return bool(np.isfinite(self.form.lower))

    @property
    def needs_less(self) -> bool:
        """Whether a value that is too high falls short; a full coverage cannot be exceeded."""
        return bool(np.isfinite(self.form.upper)) and not (self.level.ceiling and self.form.upper >= 1)

    def label(self, layout: Layout, i: int) -> str:
        """Name of row ``i``."""
        return f"{self.target_id},{layout.places.ids[self.place[i]]},{layout.years[self.year[i]]}"

    def slopes(self, payments: IntArray, count: int, near: FloatArray | None) -> "sparse.csr_array":
        """What a 万元 of a few payments adds to the form of each row, shape *(rows, count)*.

        As the upper limit sees it, or as the lower limit does ``near`` given amounts: there it is concave.
        """
        here, there = (sparse.diags_array(part) for part in (self.form.plus, self.form.minus))
        width = self.level.length
        exact = self.level.slopes(payments, count, near)
        matrix = here @ exact[self.cells.place * width + self.cells.year]
        if (self.form.other >= 0).any():
            other = np.where(self.form.other >= 0, self.form.other * width + self.form.other_year, 0)
            matrix = matrix - there @ self.level.slopes(payments, count)[other]
        return sparse.csr_array(matrix)

    def _here(self, level: FloatArray) -> FloatArray:
        return level[self.cells.place, self.cells.year]

    def _there(self, level: FloatArray) -> FloatArray:
        found = self.form.other >= 0
        return np.where(found, level[self.form.other, self.form.other_year], 0.0)
