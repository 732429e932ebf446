"""Independent blocks of a programme, solved apart on threads: a province has one a county.

Stages are held by faces, never by an objective row, so that blocks stay apart through the whole chain.
Small components are put together until there are enough columns to be worth a solve of their own.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

import numpy as np
from scipy import sparse

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.program import Program
from zxsim.optimize.highs import LinearSolver
from zxsim.optimize.solution import Face, Flags, Solution, SolverSettings, Start, Status

T = TypeVar("T")

SMALLEST = 2_000
"""Columns of a batch, at least: below this a solve costs more to start than to do."""

WORST = (Status.INFEASIBLE, Status.UNBOUNDED, Status.LIMIT, Status.OPTIMAL)
"""How all blocks together ended is how the worst of them did."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Positions of the columns and rows of some components, both ascending."""

    columns: IntArray
    rows: IntArray


def batches_of(program: Program) -> list[Batch]:
    """Put the components of a programme together to batches of about :data:`SMALLEST` columns or more."""
    of_column, of_row = program.components
    size = np.bincount(of_column, minlength=max(of_column.max(initial=-1), of_row.max(initial=-1)) + 1)
    _, batch = np.unique((np.cumsum(size) - size) // SMALLEST, return_inverse=True)
    columns, rows = _grouped(batch[of_column]), _grouped(batch[of_row])
    none = np.zeros(0, dtype=np.int64)
    return [Batch(columns.get(i, none), rows.get(i, none)) for i in range(batch.max(initial=-1) + 1)]


def _grouped(label: IntArray) -> dict[int, IntArray]:
    """Positions that have each label, ascending."""
    order = np.argsort(label, kind="stable")
    found, first = np.unique(label[order], return_index=True)
    return dict(zip(found.tolist(), np.split(order, first[1:]), strict=True)) if len(found) else {}


def part_of(program: Program, batch: Batch) -> Program:
    """Return one batch of a programme as a programme of its own."""
    held = program.matrix[:, batch.columns]
    local = np.searchsorted(batch.rows, held.indices)
    shape = (len(batch.rows), len(batch.columns))
    return Program(
        sparse.csc_array((held.data, local, held.indptr), shape=shape),
        program.column_lower[batch.columns],
        program.column_upper[batch.columns],
        program.row_lower[batch.rows],
        program.row_upper[batch.rows],
        lambda: [program.column_names()[i] for i in batch.columns],
        lambda: [program.row_names()[i] for i in batch.rows],
        program.integer[batch.columns],
    )


class PartSolver(Protocol):
    """What solves one batch."""

    def solve(self, cost: FloatArray, face: Face, start: Start = Start.WARM) -> Solution:
        """Minimise ``cost`` over ``face``."""
        ...

    def status(self, cost: FloatArray, face: Face, start: Start = Start.WARM) -> Status:
        """Solve as :meth:`solve` does, and only say how it ended."""
        ...

    def start_from(self, given: object | None) -> None:
        """Start the next solve from the basis of an answer."""
        ...


Maker = Callable[[], PartSolver]
"""Makes a solver for a batch, anew for each solve."""


def in_one_piece(program: Program, settings: SolverSettings) -> Maker:
    """Prepare a batch to be solved in one piece."""
    return partial(LinearSolver, program, settings)


class BlockSolver:
    """HiGHS a batch, side by side, and the answers put together.

    The answer is the same for any number of threads: each batch is solved by itself. Only the last basis of
    a batch is kept between solves, since a county that stays inside HiGHS holds ten times its own size.
    """

    def __init__(
        self,
        program: Program,
        settings: SolverSettings,
        batches: Sequence[Batch],
        prepare: Callable[[Program, SolverSettings], Maker] = in_one_piece,
    ) -> None:
        """Cut the programme into its batches, each to be solved by what ``prepare`` finds for it."""
        self._shape, self._batches = program.matrix.shape, batches
        self._makers = [prepare(part_of(program, batch), settings) for batch in batches]
        self._bases: list[object | None] = [None] * len(batches)
        self._known: tuple[Face, Solution] | None = None

    def solve(self, cost: FloatArray, face: Face, start: Start = Start.WARM) -> Solution:
        """Minimise ``cost`` over ``face``; see :meth:`LinearSolver.solve`."""
        return self._together(self.solve_each(cost, face, start))

    def solve_each(self, cost: FloatArray, face: Face, start: Start = Start.WARM) -> list[Solution]:
        """Minimise as :meth:`solve` does, and return the answer of each batch."""
        kept = self._kept(cost, face)

        def one(at: int) -> Solution:
            if at in kept:
                return kept[at]
            batch = self._batches[at]
            return self._solver(at).solve(cost[batch.columns], inside(face, batch), start)

        found = self._each(one)
        self._bases = [part.basis for part in found]
        return found

    def status(self, cost: FloatArray, face: Face, start: Start = Start.WARM) -> Status:
        """Solve as :meth:`solve` does, and only say how it ended."""

        def one(at: int) -> Status:
            batch = self._batches[at]
            return self._solver(at).status(cost[batch.columns], inside(face, batch), start)

        return min(self._each(one), key=WORST.index)

    def start_from(self, given: object | None) -> None:
        """Start the next solve from the bases of an answer of the same blocks; from nothing for others."""
        if isinstance(given, list) and len(given) == len(self._batches):
            self._bases = given

    def keep(self, face: Face, found: Solution) -> None:
        """Let the next solve keep the answer of every batch for which ``face`` is still what it was.

        Parameters
        ----------
        face, found : Face, Solution
            An optimum of the cost of the next solve over another face of the same programme.
        """
        self._known = face, found

    def _kept(self, cost: FloatArray, face: Face) -> dict[int, Solution]:
        """Answers of the batches that need no solve, by their positions; they are kept only once."""
        if self._known is None:
            return {}
        (before, found), self._known = self._known, None
        column, row = _differs(before, face)
        bases = found.basis if isinstance(found.basis, list) else []
        if len(bases) != len(self._batches):  # of other blocks, or of a solver that has none
            bases = [None] * len(self._batches)
        return {
            at: _part(found, batch, cost, bases[at])
            for at, batch in enumerate(self._batches)
            if not column[batch.columns].any() and not row[batch.rows].any()
        }

    def _solver(self, at: int) -> PartSolver:
        solver = self._makers[at]()
        solver.start_from(self._bases[at])
        return solver

    def _each(self, task: "Callable[[int], T]") -> list["T"]:
        with ThreadPoolExecutor(usable_cores()) as pool:  # HiGHS lets other threads run while it solves
            return list(pool.map(task, range(len(self._batches))))

    def _together(self, found: Sequence[Solution]) -> Solution:
        rows, columns = self._shape
        x, row_value, reduced_cost, dual = (np.zeros(size) for size in (columns, rows, columns, rows))
        for part, batch in zip(found, self._batches, strict=True):
            x[batch.columns], reduced_cost[batch.columns] = part.x, part.reduced_cost
            row_value[batch.rows], dual[batch.rows] = part.row_value, part.dual
        status = min((part.status for part in found), key=WORST.index)
        objective = sum(part.objective for part in found)
        bases = [part.basis for part in found]
        in_basis = partial(self._in_basis, [part.in_basis for part in found])
        return Solution(status, objective, x, row_value, reduced_cost, dual, in_basis, bases)

    def _in_basis(self, each: Sequence[Callable[[], Flags]]) -> Flags:
        row, column = (np.zeros(size, dtype=np.bool_) for size in self._shape)
        for flags, batch in zip(each, self._batches, strict=True):
            column[batch.columns], row[batch.rows] = flags()
        return column, row


def inside(face: Face, batch: Batch) -> Face:
    """Return the face of one batch."""
    return Face(
        face.column_lower[batch.columns],
        face.column_upper[batch.columns],
        face.row_lower[batch.rows],
        face.row_upper[batch.rows],
    )


def _differs(one: Face, other: Face) -> Flags:
    """Which columns and which rows have other bounds."""
    column = (one.column_lower != other.column_lower) | (one.column_upper != other.column_upper)
    row = (one.row_lower != other.row_lower) | (one.row_upper != other.row_upper)
    return column, row


def _part(found: Solution, batch: Batch, cost: FloatArray, basis: object | None) -> Solution:
    """Return what an optimum of ``cost`` says of one batch."""
    x = found.x[batch.columns]
    return Solution(
        found.status,
        float(cost[batch.columns] @ x),
        x,
        found.row_value[batch.rows],
        found.reduced_cost[batch.columns],
        found.dual[batch.rows],
        lambda: (found.basic[batch.columns], found.basic_row[batch.rows]),
        basis,
    )


def usable_cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
