"""One vertex of the whole programme, put together from vertices of its pieces at the best prices.

At the best prices every optimum of a piece lies on the face that the prices leave free. In the means that
keep the linking rows most pieces are at one known vertex and stay there. The others, as many as there are
linking rows at most, are solved again together over that face, from the vertices that weigh most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from zxsim.core.layout import BoolArray, FloatArray
from zxsim.optimize.blocks import Batch, inside, part_of
from zxsim.optimize.highs import LinearSolver, joined_basis
from zxsim.optimize.links import Cut
from zxsim.optimize.master import Guess, Point
from zxsim.optimize.solution import TOLERANCE, Face, Flags, Solution, SolverSettings, Status, hold

WHOLE = 1 - 1e-12
"""A weight that is 1 but for rounding errors."""


@dataclass(frozen=True, eq=False)
class LinkedBasis:
    """Bases of pieces of some sizes, prices of the linking rows for one cost, and the points of the means."""

    sizes: tuple[int, ...]
    bases: Sequence[object]
    prices: FloatArray
    cost: FloatArray
    points: Sequence[Point]


@dataclass(frozen=True, eq=False)
class Priced:
    """Best prices, the optimum of each piece at them, and the points of which the guess gives the means."""

    guess: Guess
    found: Sequence[Solution]
    points: Sequence[Point]


def assembled(
    cut: Cut, priced: Priced, cost: FloatArray, face: Face, settings: SolverSettings
) -> Solution | None:
    """Return an optimal vertex with its proof, or ``None`` where rounding errors leave none on the face."""
    by_price = cost - cut.use.T @ priced.guess.prices
    proof = _proof(cut, priced, cost)
    held, x = face.copy(), np.zeros(len(cost))
    hold(held, proof)
    stays = _staying(cut, priced, held)
    for i, point in stays.items():
        x[cut.pieces[i].columns] = point.x
    between = np.array([i for i in range(len(cut.pieces)) if i not in stays], dtype=np.int64)
    program, at = cut.joined(between)
    local, links = inside(held, at), len(cut.links)
    local.row_lower[:links] -= cut.use @ x
    local.row_upper[:links] -= cut.use @ x
    solver, before = LinearSolver(program, settings), (len(cut.own.columns), links + len(cut.own.rows))
    near = [_near(cut, priced, (by_price, face), i, settings) for i in between]
    solver.start_from(joined_basis(before, [vertex.basis for vertex in near]))
    found = solver.solve(by_price[at.columns], local)
    if not found.status.has_solution:
        return None
    x[at.columns] = found.x
    in_basis = partial(_in_basis, cut, stays, (at, found))
    row_value = cut.program.matrix @ x
    return replace(proof, objective=float(cost @ x), x=x, row_value=row_value, in_basis=in_basis)


def _staying(cut: Cut, priced: Priced, held: Face) -> dict[int, Point | Solution]:
    """Return the one vertex of each piece that has no other in the means.

    Where it is what the piece was solved to at the best prices, that answer, for its basis is optimal too.
    """
    x, found = np.zeros(len(held.column_lower)), dict[int, Point | Solution]()
    for weight, point in zip(priced.guess.weight, priced.points, strict=True):
        if weight >= WHOLE:
            found[point.piece] = _better_proved(point, priced.found[point.piece])
            x[cut.pieces[point.piece].columns] = point.x
    gone = set(off(cut, held, x))
    return {i: vertex for i, vertex in found.items() if i not in gone}


def _near(
    cut: Cut, priced: Priced, over: tuple[FloatArray, Face], at: int, settings: SolverSettings
) -> Point | Solution:
    """Return the point of a piece that weighs most, with a basis that is optimal at the best prices."""
    (cost, face), piece = over, cut.pieces[at]
    heaviest = max(
        (weight, i) for i, weight in enumerate(priced.guess.weight) if priced.points[i].piece == at
    )[1]
    point = priced.points[heaviest]
    solver = LinearSolver(part_of(cut.rest, cut.batches[at]), settings)
    solver.start_from(point.basis)
    return _better_proved(point, solver.solve(cost[piece.columns], inside(face, piece)))


def _better_proved(point: Point, found: Solution) -> Point | Solution:
    """Return an answer that is at the same point, else the point: its basis need not be optimal now."""
    same = found.status.has_solution and np.abs(found.x - point.x) <= TOLERANCE * (1 + np.abs(point.x))
    return found if np.all(same) else point


def _proof(cut: Cut, priced: Priced, cost: FloatArray) -> Solution:
    """Reduced costs and duals of the whole programme, still without a point."""
    guess, (rows, columns) = priced.guess, cut.program.matrix.shape
    reduced_cost, dual = np.zeros(columns), np.zeros(rows)
    dual[cut.links], dual[cut.own.rows] = guess.prices, guess.own_dual
    reduced_cost[cut.own.columns] = guess.own_reduced_cost
    for piece, part in zip(cut.pieces, priced.found, strict=True):
        reduced_cost[piece.columns], dual[piece.rows] = part.reduced_cost, part.dual
    in_use = [point for point, weight in zip(priced.points, guess.weight, strict=True) if weight > 0]
    basis = LinkedBasis(cut.sizes, [part.basis for part in priced.found], guess.prices, cost, in_use)
    zero, none = np.zeros(columns), np.zeros(rows)
    return Solution(Status.OPTIMAL, 0.0, zero, none, reduced_cost, dual, lambda: (zero > 0, none > 0), basis)


def off(cut: Cut, face: Face, x: FloatArray) -> list[int]:
    """Pieces that do not lie on a face; linking rows do not count."""
    matrix = cut.program.matrix
    column = _outside(x, face.column_lower, face.column_upper, np.abs(x))
    row = _outside(matrix @ x, face.row_lower, face.row_upper, abs(matrix) @ np.abs(x))
    return [i for i, piece in enumerate(cut.pieces) if column[piece.columns].any() or row[piece.rows].any()]


def still_on(cut: Cut, face: Face, points: Sequence[Point]) -> list[Point]:
    """Return the points that lie on a face of their pieces."""
    kept, left = list[Point](), list(points)
    while left:
        one_each = {point.piece: point for point in left}
        x = np.zeros(len(face.column_lower))
        for i, point in one_each.items():
            x[cut.pieces[i].columns] = point.x
        gone = set(off(cut, face, x))
        kept += [point for i, point in one_each.items() if i not in gone]
        left = [point for point in left if point is not one_each[point.piece]]
    return kept


def _outside(value: FloatArray, lower: FloatArray, upper: FloatArray, size: FloatArray) -> BoolArray:
    """Where a value lies outside its bounds by more than what solvers leave."""
    allowed = TOLERANCE * (1 + size)
    outside: BoolArray = (value < lower - allowed) | (value > upper + allowed)
    return outside


def _in_basis(cut: Cut, stays: Mapping[int, Point | Solution], joined: tuple[Batch, Solution]) -> Flags:
    """What is basic in the whole: in the pieces that stay, and in those solved together."""
    at, found = joined
    row, column = (np.zeros(size, dtype=np.bool_) for size in cut.program.matrix.shape)
    column[at.columns], row[at.rows] = found.basic, found.basic_row
    for i, point in stays.items():
        column[cut.pieces[i].columns], row[cut.pieces[i].rows] = point.in_basis()
    return column, row
