"""Rows that alone hold the pieces of a programme together, such as one sum of money for many counties."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.core.program import Program, components
from zxsim.optimize.blocks import Batch, batches_of, part_of

if TYPE_CHECKING:
    from scipy import sparse

MANY_COLUMNS = 100_000
"""From here on prices are looked for: at 90,000 pooled columns it takes as long as one solve of the whole, at
180,000 half as long, and the whole takes four times as long for each doubling."""

MOST_LINKS = 64
"""Rows that may be taken away: each has a price, and the search for prices grows with their number."""

LARGEST_PIECE = 1 / 8
"""Share of all columns that a piece may hold: with larger ones there is little to gain."""

FEW_COLUMNS = 50
"""Pieces up to here that have a column without a bound stay whole beside the prices: by itself such a piece
could go on for ever at a price that is a little too high. Sums that rows share and shortfalls are such."""


@dataclass(frozen=True, eq=False)
class Cut:
    """A programme without its linking rows.

    Attributes
    ----------
    links : int array (links,)
        Positions of the linking rows.
    own : Batch
        Columns and rows of small pieces that are never priced.
    inside : Batch
        All columns and rows of the other pieces, of which ``rest`` is the programme.
    """

    program: Program
    links: IntArray
    own: Batch
    inside: Batch
    rest: Program

    @cached_property
    def batches(self) -> list[Batch]:
        """The pieces to be priced, as positions within ``rest``; small ones are put together."""
        return batches_of(self.rest)

    @cached_property
    def pieces(self) -> list[Batch]:
        """The same, as positions in the whole programme."""
        columns, rows = self.inside.columns, self.inside.rows
        return [Batch(columns[piece.columns], rows[piece.rows]) for piece in self.batches]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Number of linking rows, then columns and rows of each piece: what bases and prices fit."""
        each = [(len(piece.columns), len(piece.rows)) for piece in self.pieces]
        return len(self.links), *(size for pair in each for size in pair)

    @cached_property
    def use(self) -> "sparse.csc_array":
        """What the columns bring to the linking rows, shape *(links, columns)*."""
        return self.program.matrix.tocsr()[self.links].tocsc()

    @cached_property
    def _by_row(self) -> "sparse.csr_array":
        return self.program.matrix.tocsr()

    def joined(self, chosen: IntArray) -> tuple[Program, Batch]:
        """Return linking rows, what is never priced and some pieces as one programme, and its positions.

        Its rows are the linking rows, then those of ``own``, then those of each chosen piece; its columns
        likewise.
        """
        held = [self.own, *(self.pieces[i] for i in chosen)]
        columns = np.concatenate([piece.columns for piece in held])
        rows = np.concatenate([self.links, *(piece.rows for piece in held)])
        program = self.program
        return Program(
            self._by_row[rows][:, columns].tocsc(),
            program.column_lower[columns],
            program.column_upper[columns],
            program.row_lower[rows],
            program.row_upper[rows],
            list,
            list,
            program.integer[columns],
        ), Batch(columns, rows)


def cut_of(program: Program) -> Cut | None:
    """Find the few rows without which a large programme falls apart; ``None`` where there are none."""
    links = _links(program) if program.matrix.shape[1] >= MANY_COLUMNS else None
    if links is None:
        return None
    kept = np.setdiff1d(np.arange(program.matrix.shape[0]), links)
    without = _of_rows(program, kept)
    of_column, of_row = without.components
    apart = _kept_whole(without)
    own = Batch(np.flatnonzero(apart[of_column]), kept[apart[of_row]])
    inside = Batch(np.flatnonzero(~apart[of_column]), kept[~apart[of_row]])
    rest = part_of(without, Batch(inside.columns, np.flatnonzero(~apart[of_row])))
    return Cut(program, links, own, inside, rest)


def _links(program: Program) -> IntArray | None:
    """Return as few of the densest rows as it takes, if it takes no more than :data:`MOST_LINKS`."""
    by_row = program.matrix.tocsr()
    densest = np.argsort(-np.diff(by_row.indptr), kind="stable")
    most = int(LARGEST_PIECE * program.matrix.shape[1])

    def falls_apart(without: int) -> bool:
        of_column, _ = components(by_row[densest[without:]].tocsc())
        return bool(np.bincount(of_column).max(initial=0) <= most)

    few, many = 0, min(MOST_LINKS, len(densest))
    if not falls_apart(many):
        return None
    while few < many:
        middle = (few + many) // 2
        few, many = (few, middle) if falls_apart(middle) else (middle + 1, many)
    return np.sort(densest[:many]) if many else None


def _kept_whole(program: Program) -> BoolArray:
    """Which components are small and have a column without a bound, shape *(components,)*."""
    of_column, of_row = program.components
    count = max(of_column.max(initial=-1), of_row.max(initial=-1)) + 1
    free = ~(np.isfinite(program.column_lower) & np.isfinite(program.column_upper))
    size = np.bincount(of_column, minlength=count)
    unbounded = np.bincount(of_column, weights=free, minlength=count) > 0
    small: BoolArray = unbounded & (size <= FEW_COLUMNS)
    return small


def _of_rows(program: Program, rows: IntArray) -> Program:
    return Program(
        program.matrix.tocsr()[rows].tocsc(),
        program.column_lower,
        program.column_upper,
        program.row_lower[rows],
        program.row_upper[rows],
        list,
        list,
        program.integer,
    )


def largest(matrix: "sparse.csc_array") -> FloatArray:
    """Largest |coefficient| of each row, 1 where there is none, shape *(rows,)*."""
    found = abs(matrix).max(axis=1).toarray().ravel()
    sizes: FloatArray = np.where(found > 0, found, 1.0)
    return sizes
