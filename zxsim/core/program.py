"""A linear programme as arrays: columns, and rows as COO triplets; labels are made only when read.

Nothing here knows about money or places. Minimisation always.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Labels = Callable[[], Sequence[str]]


LEAST_COEFFICIENT = 1e-12
"""What is no larger counts as 0: HiGHS leaves it out, and its answers would be those of another programme.

With 10⁸ 万元 in its column such a coefficient moves a row by 0.0001: a village's share of a very large place.
"""


@dataclass(frozen=True, eq=False)
class Triplets:
    """Nonzeros of a block of rows: three arrays of one length; rows count from 0 within the block."""

    row: IntArray
    column: IntArray
    value: FloatArray

    @classmethod
    def joined(cls, parts: Sequence["Triplets"]) -> "Triplets":
        """Return one set of nonzeros with all of ``parts``."""
        if not parts:
            empty = np.zeros(0, dtype=np.int64)
            return cls(empty, empty, np.zeros(0))
        return cls(
            np.concatenate([part.row for part in parts]),
            np.concatenate([part.column for part in parts]),
            np.concatenate([part.value for part in parts]),
        )


@dataclass(eq=False)
class ProgramBuilder:
    """Collects column blocks and row blocks, then makes a :class:`Program` of them."""

    column_lower: list[FloatArray] = field(default_factory=list)
    column_upper: list[FloatArray] = field(default_factory=list)
    row_lower: list[FloatArray] = field(default_factory=list)
    row_upper: list[FloatArray] = field(default_factory=list)
    triplets: list[Triplets] = field(default_factory=list)
    integer: list[BoolArray] = field(default_factory=list)
    column_labels: list[Labels] = field(default_factory=list)
    row_labels: list[Labels] = field(default_factory=list)
    columns: int = 0
    rows: int = 0

    def add_columns(
        self, lower: FloatArray, upper: FloatArray, labels: Labels, *, integer: bool = False
    ) -> IntArray:
        """Add a block of columns, whole numbers only if ``integer``, and return their positions."""
        first, self.columns = self.columns, self.columns + len(lower)
        self.column_lower.append(lower)
        self.column_upper.append(upper)
        self.integer.append(np.full(len(lower), integer))
        self.column_labels.append(labels)
        return np.arange(first, self.columns)

    def add_rows(self, lower: FloatArray, upper: FloatArray, nonzeros: Triplets, labels: Labels) -> IntArray:
        """Add a block of rows ``lower ≤ A x ≤ upper`` and return their positions."""
        first, self.rows = self.rows, self.rows + len(lower)
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        self.row_labels.append(labels)
        self.triplets.append(Triplets(nonzeros.row + first, nonzeros.column, nonzeros.value))
        return np.arange(first, self.rows)

    def build(self) -> "Program":
        """Return the finished programme; triplets at the same place add up. To be called once."""
        nonzeros = Triplets.joined(self.triplets)
        self.triplets.clear()  # labels that are made later may hold on to the builder
        matrix = sparse.csc_array(
            (nonzeros.value, (nonzeros.row, nonzeros.column)), shape=(self.rows, self.columns)
        )
        matrix.sum_duplicates()
        matrix.data[np.abs(matrix.data) <= LEAST_COEFFICIENT] = 0.0
        matrix.eliminate_zeros()
        return Program(
            matrix,
            _joined(self.column_lower),
            _joined(self.column_upper),
            _joined(self.row_lower),
            _joined(self.row_upper),
            partial(_labels, self.column_labels),
            partial(_labels, self.row_labels),
            np.concatenate([np.zeros(0, dtype=np.bool_), *self.integer]),
        )


def _labels(blocks: Sequence[Labels]) -> list[str]:
    return [label for block in blocks for label in block()]


def _joined(blocks: Sequence[FloatArray]) -> FloatArray:
    return np.concatenate(blocks) if blocks else np.zeros(0)


@dataclass(frozen=True, eq=False)
class Program:
    """``row_lower ≤ A x ≤ row_upper``, ``column_lower ≤ x ≤ column_upper``.

    ``matrix`` is a CSC array of shape *(rows, columns)*; the bounds are float arrays, ±inf where
    there is none; ``integer`` says which columns take whole numbers only, shape *(columns,)*.
    """

    matrix: "sparse.csc_array"
    column_lower: FloatArray
    column_upper: FloatArray
    row_lower: FloatArray
    row_upper: FloatArray
    column_names: Labels
    row_names: Labels
    integer: BoolArray

    @cached_property
    def components(self) -> tuple[IntArray, IntArray]:
        """Connected component of each column and of each row."""
        return components(self.matrix)


def components(matrix: "sparse.csc_array") -> tuple[IntArray, IntArray]:
    """Return the connected component of each column and of each row; one without nonzeros is its own."""
    rows, columns = matrix.shape
    ends = np.repeat(np.arange(columns), np.diff(matrix.indptr))
    links = sparse.coo_array(
        (np.ones(matrix.nnz, dtype=np.int8), (matrix.indices, ends + rows)), shape=(rows + columns,) * 2
    )
    label = connected_components(links, directed=False)[1].astype(np.int64)
    return label[rows:], label[:rows]


def program_text(program: Program, cost: FloatArray) -> str:
    """Write a programme and its objective as LP text, with the names as the policy reads.

    The text is CPLEX LP format with one row a line; spaces cannot occur in names because ids
    have none.
    """
    columns, rows = program.column_names(), program.row_names()
    by_row = program.matrix.tocsr()
    lines = ["minimize", " obj: " + _terms(np.flatnonzero(cost), cost[np.flatnonzero(cost)], columns)]
    lines.append("subject to")
    for i, name in enumerate(rows):
        at = slice(by_row.indptr[i], by_row.indptr[i + 1])
        terms = _terms(by_row.indices[at], by_row.data[at], columns)
        lower, upper = program.row_lower[i], program.row_upper[i]
        if lower == upper:
            lines.append(f" {name}: {terms} = {lower}")
            continue
        if np.isfinite(lower):
            lines.append(f" {name}: {terms} >= {lower}")
        if np.isfinite(upper):
            lines.append(f" {name}{'~' if np.isfinite(lower) else ''}: {terms} <= {upper}")
    lines.append("bounds")
    lines += [
        _bound(name, lower, upper)
        for name, lower, upper in zip(columns, program.column_lower, program.column_upper, strict=True)
    ]
    if program.integer.any():
        lines.append("general")
        lines += [f" {name}" for name, whole in zip(columns, program.integer, strict=True) if whole]
    return "\n".join([*lines, "end", ""])


def _terms(at: IntArray, values: FloatArray, names: Sequence[str]) -> str:
    if not len(at):
        return f"0 {names[0]}" if len(names) else "0"
    return " ".join(f"{value:+} {names[j]}" for j, value in zip(at, values, strict=True))


def _bound(name: str, lower: float, upper: float) -> str:
    if np.isinf(lower) and np.isinf(upper):
        return f" {name} free"
    low = "-inf" if np.isinf(lower) else f"{lower}"
    high = "+inf" if np.isinf(upper) else f"{upper}"
    return f" {low} <= {name} <= {high}"
