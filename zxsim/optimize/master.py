"""Prices of linking rows from points of the pieces: the restricted master programme.

Each piece must be a mean of points that it has been solved to before; the linking rows hold for the means
(Dantzig and Wolfe, 1960). The duals of these rows are prices to solve the pieces with again. Prices far from
the best so far are worth little while few points are known, so each price stays within a box around it
(Marsten, Hogan and Blankenship, 1975), which in the master is a column that misses the row at a cost.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.program import Program
from zxsim.optimize.highs import LinearSolver
from zxsim.optimize.solution import Face, Flags, SolverSettings, Start, Status

BETTER = 1e-10
"""Relative amount by which a point must be better than all known ones to be worth keeping."""


@dataclass(frozen=True, eq=False)
class Point:
    """A vertex of a piece: what it costs, what it brings to the linking rows, and its basis."""

    piece: int
    cost: float
    use: FloatArray
    x: FloatArray
    in_basis: Callable[[], Flags]
    basis: object


@dataclass(frozen=True, eq=False)
class Guess:
    """What the master says.

    Attributes
    ----------
    value : float
        A bound that no prices within the box exceed, as far as the points are known.
    prices : float array (links,)
        Duals of the linking rows.
    worth : float array (pieces,)
        Priced cost of the best known point of each piece.
    weight : float array (points,)
        Weight of each point.
    missed : float
        By how much linking rows are missed, 0 where no box keeps the prices back.
    own_x, own_reduced_cost, own_dual : float arrays
        Of the columns and rows that are never priced.
    """

    value: float
    prices: FloatArray
    worth: FloatArray
    weight: FloatArray
    missed: float
    own_x: FloatArray
    own_reduced_cost: FloatArray
    own_dual: FloatArray


@dataclass(eq=False)
class Master:
    """The linking rows over what is never priced and means of points.

    Attributes
    ----------
    own, face : Program, Face
        Linking rows, then rows of their own, over the columns that are never priced.
    cost : float array (own columns,)
        Their cost.
    unit : float array (links,)
        Size of a price.
    """

    own: Program
    face: Face
    cost: FloatArray
    unit: FloatArray
    pieces: int
    settings: SolverSettings
    points: list[Point] = field(default_factory=list)

    def add(self, points: list[Point]) -> None:
        """Remember further points."""
        self.points += points

    def solve(self, center: FloatArray, width: float) -> Guess | None:
        """Find the best prices at most ``width`` units from ``center``; ``None`` if that is no programme."""
        count, links = len(self.cost), len(self.unit)
        points, box = len(self.points), width * self.unit
        cost = np.concatenate([self.cost, [point.cost for point in self.points], center + box, box - center])
        program = self._program()
        found = LinearSolver(program, self.settings).solve(cost, Face.of(program), Start.COLD)
        if found.status is not Status.OPTIMAL:
            return None
        own_rows = len(self.face.row_lower)
        return Guess(
            found.objective,
            found.dual[:links],
            found.dual[own_rows:],
            found.x[count : count + points],
            float(found.x[count + points :].sum()),
            found.x[:count],
            found.reduced_cost[:count],
            found.dual[links:own_rows],
        )

    def _program(self) -> Program:
        count, links, points = len(self.cost), len(self.unit), len(self.points)
        own_rows, more = len(self.face.row_lower), points + 2 * links
        use = np.array([point.use for point in self.points]).reshape(points, links).T
        piece: IntArray = np.array([point.piece for point in self.points], dtype=np.int64)
        eye = np.eye(links)
        upper = sparse.coo_array(np.hstack([use, eye, -eye]))
        one_each = (np.ones(points), (own_rows + piece, count + np.arange(points)))
        of_own = self.own.matrix.tocoo()
        shape = (own_rows + self.pieces, count + more)
        row = np.concatenate([of_own.row, upper.row, one_each[1][0]])
        column = np.concatenate([of_own.col, upper.col + count, one_each[1][1]])
        value = np.concatenate([of_own.data, upper.data, one_each[0]])
        ones = np.ones(self.pieces)
        return Program(
            sparse.csc_array((value, (row, column)), shape=shape),
            np.concatenate([self.face.column_lower, np.zeros(more)]),
            np.concatenate([self.face.column_upper, np.full(more, np.inf)]),
            np.concatenate([self.face.row_lower, ones]),
            np.concatenate([self.face.row_upper, ones]),
            list,
            list,
            np.zeros(count + more, dtype=np.bool_),
        )
