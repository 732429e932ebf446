"""Pieces that few rows link, solved apart by prices on these rows, exactly (Dantzig and Wolfe, 1960).

A province with one sum of money for all counties is one connected programme, but a dozen rows link its
counties. With the right prices on these rows the counties' own optima are optima of the whole: prices and
reduced costs prove it. Most counties can then stay at one vertex they were solved to; the few that must stand
between several are solved again together, over what the prices leave free, so that all of them make one
vertex of the whole. Where any of this does not come out, the programme is solved in one piece.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from zxsim.core.layout import FloatArray
from zxsim.core.program import Program
from zxsim.errors import InternalError
from zxsim.optimize.assembled import LinkedBasis, Priced, assembled, still_on
from zxsim.optimize.blocks import BlockSolver, Maker, PartSolver, batches_of, in_one_piece, inside
from zxsim.optimize.certify import certificate
from zxsim.optimize.highs import LinearSolver, method_of
from zxsim.optimize.links import Cut, cut_of, largest
from zxsim.optimize.master import BETTER, Master, Point
from zxsim.optimize.solution import (
    TOLERANCE,
    Face,
    Solution,
    SolverSettings,
    Start,
    Status,
)

SAMPLE_COLUMNS = 20_000
"""Columns of the pieces whose common solve gives the first prices: a second or two."""

FIRST_WIDTH, WIDER, MUCH_WIDER, NARROWER = 0.01, 10.0, 100.0, 1 / 3
"""Share of the largest price by which prices may move at first, and what that is multiplied by: where prices
were better and kept back by it, where they were exactly as good as foretold, and where they were worse."""

WIDEST = 1e6
"""Prices so many times the first ones or the largest cost are those of linking rows that cannot be kept."""

MOST_ROUNDS = 200
"""A province with one pool takes about 15."""


def linear_solver(program: Program, settings: SolverSettings) -> PartSolver:
    """Make a solver for a programme: by blocks where it has any, by prices where few rows link pieces."""
    batches = batches_of(program)
    if len(batches) <= 1:
        return prepared(program, settings)()
    return BlockSolver(program, settings, batches, prepared)


def prepared(program: Program, settings: SolverSettings) -> Maker:
    """Prepare a programme that is one piece; a stated limit is one for a solve of the whole."""
    by_prices = method_of(settings) == "simplex" and settings.iterations is None
    cut = cut_of(program) if by_prices else None
    return in_one_piece(program, settings) if cut is None else partial(LinkedSolver, cut, settings)


class LinkedSolver:
    """Solves a programme that has been cut; what stays the same between solves is bases and prices."""

    def __init__(self, cut: Cut, settings: SolverSettings) -> None:
        """Prepare the pieces."""
        self._cut, self._settings = cut, settings
        self._blocks = BlockSolver(cut.rest, settings, cut.batches)
        self._use = [cut.use[:, piece.columns] for piece in cut.pieces]
        self._unit = 1 / largest(cut.use)
        self._given: LinkedBasis | None = None

    def start_from(self, given: object | None) -> None:
        """Start the next solve from the bases and prices of an answer of the same pieces."""
        if isinstance(given, LinkedBasis) and given.sizes == self._cut.sizes:
            self._blocks.start_from(given.bases)
            self._given = given

    def status(self, cost: FloatArray, face: Face, start: Start = Start.WARM) -> Status:
        """Solve as :meth:`solve` does, and only say how it ended."""
        return self.solve(cost, face, start).status

    def solve(self, cost: FloatArray, face: Face, start: Start = Start.WARM) -> Solution:
        """Minimise ``cost`` over ``face``; see :meth:`LinearSolver.solve`."""
        try:
            found = self._by_prices(cost, face, start)
        except InternalError:  # a piece or the prices ended in none of the documented ways
            found = None
        if found is not None and certificate("", self._cut.program, cost, face, found).holds:
            self.start_from(found.basis)
            return found
        return LinearSolver(self._cut.program, self._settings).solve(cost, face, Start.COLD)

    def _by_prices(self, cost: FloatArray, face: Face, start: Start) -> Solution | None:
        priced = self._priced(cost, face, start)
        return assembled(self._cut, priced, cost, face, self._settings) if priced else None

    def _priced(self, cost: FloatArray, face: Face, start: Start) -> Priced | None:
        """Find the best prices, from the first centre that is of use."""
        own, at = self._cut.joined(np.zeros(0, dtype=np.int64))
        pieces = len(self._cut.pieces)
        master = Master(own, inside(face, at), cost[at.columns], self._unit, pieces, self._settings)
        master.add(self._known(cost, face))
        for center in self._centers(cost, face):
            found = self._solved(cost, face, center, start)
            if found is None:
                return None
            master.add(self._points(cost, found))
            guess = master.solve(center, 0.0)
            if guess is not None:
                return self._improved(cost, face, master, (center, guess.value))
        return None

    def _improved(
        self, cost: FloatArray, face: Face, master: Master, best: tuple[FloatArray, float]
    ) -> Priced | None:
        """Move prices until the pieces show no better points and no box keeps the prices back."""
        center, value = best
        scale = max(float(np.abs(center / self._unit).max(initial=0)), float(np.abs(cost).max(initial=0)))
        width, widest = FIRST_WIDTH * scale, WIDEST * scale
        for _ in range(MOST_ROUNDS):
            guess = master.solve(center, width)
            if guess is None or width > widest:
                return None
            found = self._solved(cost, face, guess.prices, Start.WARM)
            if found is None:
                return None
            gain = guess.worth - [part.objective for part in found]
            better = gain > BETTER * np.maximum(1.0, np.abs(guess.worth))
            if not better.any() and guess.missed <= TOLERANCE:
                return Priced(guess, found, master.points)
            points = self._points(cost, found)
            master.add([point for point in points if better[point.piece]])
            reached = guess.value - float(gain[better].sum())
            if not better.any():
                center, value, width = guess.prices, reached, width * MUCH_WIDER
            elif reached > value:
                kept_back = guess.missed > 0 and reached - value >= (guess.value - value) / 2
                center, value, width = guess.prices, reached, width * (WIDER if kept_back else 1.0)
            else:
                width *= NARROWER
        return None

    def _known(self, cost: FloatArray, face: Face) -> list[Point]:
        """Points of the last answer: a later stage goes on where they keep the linking rows already."""
        points = still_on(self._cut, face, self._given.points) if self._given else []
        at = self._cut.pieces
        return [
            replace(one, cost=float(cost[at[one.piece].columns] @ one.x), use=self._use[one.piece] @ one.x)
            for one in points
        ]

    def _centers(self, cost: FloatArray, face: Face) -> Iterator[FloatArray]:
        """Yield prices to begin with: those of this cost before, those of a sample of pieces, and none."""
        if self._given is not None and np.array_equal(self._given.cost, cost):
            yield self._given.prices
        sample = self._sample_prices(cost, face)
        if sample is not None:
            yield sample
        yield np.zeros(len(self._unit))

    def _sample_prices(self, cost: FloatArray, face: Face) -> FloatArray | None:
        """Solve the first pieces with their share of what the linking rows may hold."""
        sizes = np.cumsum([len(piece.columns) for piece in self._cut.pieces])
        chosen = np.arange(min(len(sizes), int(np.searchsorted(sizes, SAMPLE_COLUMNS)) + 1))
        program, at = self._cut.joined(chosen)
        free = face.column_lower < face.column_upper
        size = abs(self._cut.use)
        whole, part = size @ free, size[:, at.columns] @ free[at.columns]
        share = np.divide(part, whole, out=np.zeros(len(whole)), where=whole > 0)
        held = np.where(free, 0.0, face.column_lower)
        all_held, part_held = self._cut.use @ held, self._cut.use[:, at.columns] @ held[at.columns]
        local, links = inside(face, at), len(share)
        for bound in (local.row_lower[:links], local.row_upper[:links]):
            at_bound = np.isfinite(bound)
            bound[at_bound] = (part_held + share * (np.where(at_bound, bound, 0) - all_held))[at_bound]
        found = LinearSolver(program, self._settings).solve(cost[at.columns], local, Start.COLD)
        return found.dual[:links] if found.status is Status.OPTIMAL else None

    def _solved(
        self, cost: FloatArray, face: Face, prices: FloatArray, start: Start
    ) -> list[Solution] | None:
        """Solve all pieces at some prices; ``None`` where one has no optimum."""
        at = self._cut.inside
        priced = cost[at.columns] - (self._cut.use.T @ prices)[at.columns]
        warm = Start.WARM if start is Start.BRIEFLY_WARM else start
        found = self._blocks.solve_each(priced, inside(face, at), warm)
        return found if all(part.status is Status.OPTIMAL for part in found) else None

    def _points(self, cost: FloatArray, found: Sequence[Solution]) -> list[Point]:
        return [
            Point(
                i,
                float(cost[piece.columns] @ part.x),
                self._use[i] @ part.x,
                part.x,
                part.in_basis,
                part.basis,
            )
            for i, (piece, part) in enumerate(zip(self._cut.pieces, found, strict=True))
        ]
