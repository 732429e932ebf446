"""The simplex method over fractions: one optimum of several objectives in turn, without any rounding.

Whole numbers over one common denominator (Edmonds, 1967), so that no fraction is ever reduced; Bland's rule
(1977) where the steepest column did not get there, so that it ends. For tens of rows and hundreds of columns.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import count
from math import lcm
from typing import Any

import numpy as np

Whole = np.ndarray[Any, np.dtype[np.object_]]
Row = Mapping[int, Fraction]
STEEPEST = 200
"""Pivots by the steepest column before Bland's rule takes over."""


@dataclass
class ExactProgramme:
    """Columns ≥ 0 and rows Σ aⱼxⱼ (<=, >=, =) b."""

    columns: int
    rows: list[tuple[Row, str, Fraction]] = field(default_factory=list)

    def add(self, row: Row, relation: str, bound: Fraction) -> None:
        """Add a row."""
        self.rows.append((row, relation, bound))

    def minimised(self, objectives: Sequence[Row]) -> list[Fraction] | None:
        """Return a point that is best in the first objective, among these in the second, …, if any."""
        tableau = _Tableau(self)
        if tableau.minimise(tableau.artificial):
            return None
        for objective in objectives:
            tableau.minimise(objective)
        return tableau.point()[: self.columns]


class _Tableau:
    """Rows in whole numbers over ``denominator``, their basis, and the columns that may still enter."""

    def __init__(self, programme: ExactProgramme) -> None:
        rows, own = len(programme.rows), programme.columns
        self._own = own
        self._table: Whole = np.zeros((rows, own + 2 * rows + 1), dtype=object)
        self._denominator = 1
        self._basis = []
        for i, (row, relation, bound) in enumerate(programme.rows):
            sign = -1 if bound < 0 or (bound == 0 and relation == ">=") else 1
            size = lcm(bound.denominator, *(value.denominator for value in row.values())) * sign
            for j, value in row.items():
                self._table[i, j] = int(value * size)
            self._table[i, -1] = int(bound * size)
            slack = {"<=": sign, ">=": -sign, "=": 0}[relation]
            self._table[i, own + i] = slack
            self._table[i, own + rows + i] = 1
            self._basis.append(own + i if slack == 1 else own + rows + i)
        self.artificial: Row = dict.fromkeys(range(own + rows, own + 2 * rows), Fraction(1))
        self._open = np.ones(own + 2 * rows, dtype=bool)

    def minimise(self, objective: Row) -> Fraction:
        """Minimise over the open columns, close those that would make it worse, and return the value."""
        size = lcm(*(value.denominator for value in objective.values()))
        cost: Whole = np.zeros(self._table.shape[1], dtype=object)
        for j, value in objective.items():
            cost[j] = int(value * size)
        reduced: Whole = cost * self._denominator
        for i, column in enumerate(self._basis):
            if cost[column]:
                reduced = reduced - cost[column] * self._table[i]
        for pivots in count():
            entering = self._entering(reduced, pivots)
            if entering is None:
                break
            reduced = self._pivot(self._leaving(entering), entering, reduced)
        self._open &= reduced[:-1] == 0
        return Fraction(-reduced[-1], self._denominator * size)

    def _entering(self, reduced: Whole, pivots: int) -> int | None:
        falling = np.flatnonzero(self._open & (reduced[:-1] < 0))
        if not len(falling):
            return None
        return int(falling[0] if pivots > STEEPEST else falling[np.argmin(reduced[falling])])

    def _leaving(self, column: int) -> int:
        rising = [i for i in range(len(self._basis)) if self._table[i, column] > 0]
        assert rising, "unbounded"
        return min(
            rising,
            key=lambda i: (Fraction(self._table[i, -1], self._table[i, column]), self._basis[i]),
        )

    def _pivot(self, row: int, column: int, reduced: Whole) -> Whole:
        pivot, line = self._table[row, column], self._table[row].copy()
        entries = self._table[:, column].copy()
        self._table = (self._table * pivot - entries[:, None] * line[None, :]) // self._denominator
        self._table[row] = line
        reduced = (reduced * pivot - reduced[column] * line) // self._denominator
        self._denominator, self._basis[row] = pivot, column
        return reduced

    def point(self) -> list[Fraction]:
        """Return the values of all columns."""
        found = [Fraction(0)] * (self._table.shape[1] - 1)
        for i, column in enumerate(self._basis):
            found[column] = Fraction(self._table[i, -1], self._denominator)
        return found
