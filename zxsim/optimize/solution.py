"""What a solve takes and what it gives, whoever solves: settings, faces, limits, solutions, how it ended."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Literal

import numpy as np

from zxsim.core.layout import BoolArray, FloatArray
from zxsim.core.program import Program

TOLERANCE = 1e-9
"""Primal and dual feasibility asked of the solver; certificates allow 1e-6."""

ZERO = 1e-7
"""Below this a scaled reduced cost or dual counts as zero."""


Flags = tuple[BoolArray, BoolArray]
"""What is true of which columns, and of which rows."""

HIGHS, HIGHS_IPM = "highs", "highs-ipm"
"""Names under which HiGHS itself is asked for, without PuLP."""


class Status(Enum):
    """How a solve ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"
    LIMIT = "limit"

    @property
    def has_solution(self) -> bool:
        """Whether the values mean anything."""
        return self is Status.OPTIMAL


class Start(Enum):
    """Where a solve of a programme begins that was solved before.

    From its last basis; from there with a few pivots only, for a point that may be optimal already; from
    nothing, the slow and careful way; or from nothing without reducing it before, which is slower still.
    """

    WARM = "warm"
    BRIEFLY_WARM = "briefly warm"
    COLD = "cold"
    UNREDUCED = "unreduced"


LIMITS = ("iterations", "nodes", "gap")
"""Settings that may end a solve before all is proved; the options of the command line have these names."""


@dataclass(frozen=True)
class SolverSettings:
    """How to solve. ``iterations`` and ``nodes`` limit a solve in a way that is the same on every machine.

    ``gap`` is the relative distance from the proved bound at which a choice of projects is good enough;
    ``solver`` is a name that :mod:`zxsim.optimize.solvers` knows; ``method`` is for HiGHS alone, and
    ``highs-ipm`` means its interior point.
    """

    method: Literal["simplex", "ipm"] = "simplex"
    iterations: int | None = None
    nodes: int | None = None
    gap: float = 0.0
    solver: str = HIGHS


@dataclass(frozen=True)
class IntegerLimits:
    """When a search over whole numbers may stop: after so many nodes, or at a relative gap.

    ``tolerance`` is how far from whole a number may be and by how much a row may be missed. A choice times a
    cost stands in rows of money, so choices need a smaller one than small whole numbers do. ``guessing``
    lets the solver look for good points beside its search, which pays where the search is long.
    """

    nodes: int | None = None
    gap: float = 0.0
    tolerance: float = 1e-6
    guessing: bool = False


@dataclass(frozen=True, eq=False)
class Solution:
    """Values and duals of one solve.

    ``reduced_cost`` and ``dual`` have the sign of a minimisation: ≥ 0 at a lower bound. ``in_basis`` tells
    which columns and which rows are in the basis, when asked; ``basis`` is for starting from it again.
    """

    status: Status
    objective: float
    x: FloatArray
    row_value: FloatArray
    reduced_cost: FloatArray
    dual: FloatArray
    in_basis: Callable[[], Flags]
    basis: object | None = None

    @property
    def basic(self) -> BoolArray:
        """Which columns are in the basis."""
        return self._flags[0]

    @property
    def basic_row(self) -> BoolArray:
        """Which rows are in the basis."""
        return self._flags[1]

    @cached_property
    def _flags(self) -> Flags:
        return self.in_basis()


FEW_FREE = 0.5
"""Share of free columns below which a solve starts cold, where its point is not optimal already: at 2,000
projects the last stage takes a third of the time so, while at a half it makes no difference, and with all
columns free it takes twice as long."""


@dataclass(eq=False)
class Face:
    """Bounds that change from stage to stage: what is left free after the finished stages."""

    column_lower: FloatArray
    column_upper: FloatArray
    row_lower: FloatArray
    row_upper: FloatArray

    @classmethod
    def of(cls, program: Program) -> "Face":
        """Return the whole feasible region."""
        return cls(
            program.column_lower.copy(),
            program.column_upper.copy(),
            program.row_lower.copy(),
            program.row_upper.copy(),
        )

    @property
    def mostly_fixed(self) -> bool:
        """Whether so few columns are free that reducing the programme and starting anew is quicker."""
        free = np.count_nonzero(self.column_lower < self.column_upper)
        return bool(free < FEW_FREE * len(self.column_lower))

    def copy(self) -> "Face":
        """Return a face that can be held further without touching this one."""
        return Face(
            self.column_lower.copy(), self.column_upper.copy(), self.row_lower.copy(), self.row_upper.copy()
        )


def hold(face: Face, found: Solution) -> None:
    """Shrink a face to the optimal face of a solution."""
    at_lower, at_upper = found.reduced_cost > ZERO, found.reduced_cost < -ZERO
    face.column_upper[at_lower] = face.column_lower[at_lower]
    face.column_lower[at_upper] = face.column_upper[at_upper]
    row_lower, row_upper = found.dual > ZERO, found.dual < -ZERO
    face.row_upper[row_lower] = face.row_lower[row_lower]
    face.row_lower[row_upper] = face.row_upper[row_upper]


@dataclass(frozen=True, eq=False)
class IntegerSolution:
    """Best point found, whether it is proved best, and a bound that no point is better than.

    ``x`` is empty where nothing was found.
    """

    status: Status
    x: FloatArray
    bound: float

    @property
    def has_solution(self) -> bool:
        """Whether there is a point, proved best or not."""
        return len(self.x) > 0


def without_columns(face: Face) -> Solution:
    """Decide a programme without columns, which HiGHS calls neither feasible nor infeasible."""
    kept = bool((face.row_lower <= 0).all() and (face.row_upper >= 0).all())
    none, rows = np.zeros(0), np.zeros(len(face.row_lower))
    status = Status.OPTIMAL if kept else Status.INFEASIBLE
    return Solution(status, 0.0, none, rows, none, rows, lambda: (none > 0, rows == 0))


def feasibility_tolerance(program: Program) -> float:
    """Feasibility that floats can reach: 1e-15 of the largest bound, 1e-9 at least and 1e-7 at most."""
    bounds = np.concatenate([program.row_lower, program.row_upper, program.column_upper])
    largest = float(np.abs(bounds[np.isfinite(bounds)]).max(initial=0))
    return float(np.clip(1e-15 * largest, TOLERANCE, 1e-7))
