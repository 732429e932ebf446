"""From printed values and duals back to the exact vertex that a solver stopped at.

A solver that hands its answer over as text keeps about eight digits, which is not enough for money of
many digits, and names no basis. What lies strictly between its bounds must be basic; what has no price
may be. A basis made of these gives x and the duals anew as two square systems, to machine precision
(Bixby and Saltzman, 1994, end the crossover from an interior point the same way).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from scipy import sparse
from scipy.sparse import linalg

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.core.program import Program
from zxsim.optimize.solution import Face

DIGITS = 1e-7
"""Relative error of a printed value, and of what is added up from such values."""

NEAR = 1e-8
"""Distance from a bound that counts as none, beside the relative error."""

PRICE_NOISE = 1e-8
"""Below this all reduced costs and duals are as good as zero."""

PIVOT = 1e-9
"""A column of which elimination leaves less than this share depends on those before it."""

THRESHOLD = 0.1
"""A pivot is at least this share of the largest that could be taken (threshold pivoting)."""

Sparse = dict[int, float]


@dataclass(frozen=True, eq=False)
class Vertex:
    """Columns, duals, reduced costs, and which columns and rows are basic."""

    x: FloatArray
    dual: FloatArray
    reduced_cost: FloatArray
    basic: BoolArray
    basic_row: BoolArray


@dataclass(frozen=True, eq=False)
class _Side:
    """Columns, or rows, with value, bounds, price and the size of the terms that make up the value."""

    value: FloatArray
    lower: FloatArray
    upper: FloatArray
    price: FloatArray
    size: FloatArray

    @property
    def between(self) -> BoolArray:
        """What lies strictly between its bounds."""
        room = np.minimum(self.value - self.lower, self.upper - self.value)
        strictly: BoolArray = room > NEAR + DIGITS * self.size
        return strictly

    @property
    def resting(self) -> FloatArray:
        """The bound that each rests at when it is not basic, or the value where it rests at none."""
        nearer_lower = self.value - self.lower <= self.upper - self.value
        at_lower = np.where(np.abs(self.price) > PRICE_NOISE, self.price > 0, nearer_lower)
        bound = np.where(at_lower, self.lower, self.upper)
        return np.where(self.between | ~np.isfinite(bound), self.value, bound)


def exact_vertex(
    program: Program, cost: FloatArray, face: Face, x: FloatArray, reduced_cost: FloatArray, dual: FloatArray
) -> Vertex:
    """Find the basis behind an optimal solution and solve it exactly.

    Parameters
    ----------
    x, reduced_cost : float array (columns,)
        As the solver printed them.
    dual : float array (rows,)
        Likewise.

    Returns
    -------
    Vertex
        With ``reduced_cost = cost - Aᵀ dual``; the certificate decides whether it is an optimum.
    """
    matrix = program.matrix
    columns = _Side(x, face.column_lower, face.column_upper, reduced_cost, np.abs(x))
    rows = _Side(matrix @ x, face.row_lower, face.row_upper, dual, abs(matrix) @ np.abs(x))
    basic, basic_row = _basis(matrix, columns, rows)
    x, dual = columns.resting, np.zeros(len(dual))
    tight = np.flatnonzero(~basic_row)
    if len(tight):
        x[basic] = 0
        square = sparse.csc_array(matrix[tight][:, np.flatnonzero(basic)])
        factors = linalg.splu(square)
        x[basic] = _solved(factors, square, rows.resting[tight] - (matrix @ x)[tight], "N")
        dual[tight] = _solved(factors, square, cost[basic], "T")
    reduced_cost = cost - matrix.T @ dual
    reduced_cost[basic] = 0
    return Vertex(x, dual, reduced_cost, basic, basic_row)


def _solved(factors: linalg.SuperLU, square: "sparse.csc_array", right: FloatArray, way: str) -> FloatArray:
    """Solve with one step of refinement."""
    found: FloatArray = factors.solve(right, way)
    product = square @ found if way == "N" else square.T @ found
    found += factors.solve(right - product, way)
    return found


def _basis(matrix: "sparse.csc_array", columns: _Side, rows: _Side) -> tuple[BoolArray, BoolArray]:
    """Choose as many independent columns and rows as there are rows, the likeliest first."""
    count_rows, count = matrix.shape
    basic, basic_row = np.zeros(count, dtype=np.bool_), rows.between.copy()
    left = int(count_rows - basic_row.sum())
    open_rows = ~basic_row
    filled = np.bincount(matrix.indices, minlength=count_rows)
    elimination = _Elimination(filled.tolist())
    for position in _candidates(matrix, columns, rows):
        if not left:
            break
        is_row = position >= count
        entries = {int(position) - count: 1.0} if is_row else _column(matrix, int(position), open_rows)
        if elimination.takes(entries):
            (basic_row if is_row else basic)[position - count * is_row] = True
            left -= 1
    return basic, basic_row


def _candidates(matrix: "sparse.csc_array", columns: _Side, rows: _Side) -> Iterator[int]:
    """Positions of columns, then of rows behind them: what must be basic first, then by price."""
    between = np.concatenate([columns.between, rows.between])
    price = np.abs(np.concatenate([columns.price, rows.price]))
    fixed = np.concatenate([columns.lower == columns.upper, rows.lower == rows.upper])
    nonzeros = np.concatenate([np.diff(matrix.indptr), np.zeros(len(rows.value), dtype=np.int64)])
    order = np.lexsort((nonzeros, fixed, np.where(price > PRICE_NOISE, price, 0), ~between))
    taken = np.concatenate([np.zeros(len(columns.value), dtype=np.bool_), rows.between])
    yield from order[~taken[order]].tolist()


def _column(matrix: "sparse.csc_array", column: int, open_rows: BoolArray) -> Sparse:
    at = slice(matrix.indptr[column], matrix.indptr[column + 1])
    rows: IntArray = matrix.indices[at]
    kept = open_rows[rows]
    return dict(zip(rows[kept].tolist(), matrix.data[at][kept].tolist(), strict=True))


class _Elimination:
    """Gaussian elimination, a column at a time (Gilbert and Peierls, 1988), to tell what is independent."""

    def __init__(self, filled: list[int]) -> None:
        """Start with nothing; ``filled`` counts the entries of each row, to pivot where they are few."""
        self._filled = filled
        self._step: dict[int, int] = {}
        self._pivots: list[int] = []
        self._multipliers: list[list[tuple[int, float]]] = []

    def takes(self, entries: Sparse) -> bool:
        """Add a column (which is used up) unless it depends on those added before; say whether it was."""
        least = PIVOT * max(map(abs, entries.values()), default=0.0)
        self._reduce(entries)
        free = {row: value for row, value in entries.items() if row not in self._step}
        largest = max(map(abs, free.values()), default=0.0)
        if largest <= least:
            return False
        pivot = min(
            (row for row, value in free.items() if abs(value) >= THRESHOLD * largest),
            key=self._filled.__getitem__,
        )
        self._step[pivot] = len(self._pivots)
        self._pivots.append(pivot)
        self._multipliers.append(
            [(row, value / free[pivot]) for row, value in free.items() if row != pivot and value]
        )
        return True

    def _reduce(self, entries: Sparse) -> None:
        """Subtract the columns taken so far, in their order."""
        steps = [self._step[row] for row in entries if row in self._step]
        heapify(steps)
        seen = set(steps)
        while steps:
            step = heappop(steps)
            value = entries[self._pivots[step]]
            for row, multiplier in self._multipliers[step]:
                entries[row] = entries.get(row, 0.0) - value * multiplier
                later = self._step.get(row)
                if later is not None and later not in seen:
                    seen.add(later)
                    heappush(steps, later)
