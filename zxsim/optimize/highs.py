"""The one door to HiGHS: a programme goes in as arrays, a solution with duals and basis comes out."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

import highspy
import numpy as np
from numpy.typing import NDArray

from zxsim.core.layout import BoolArray, FloatArray
from zxsim.core.program import Program
from zxsim.errors import InternalError, Message
from zxsim.optimize.solution import (
    HIGHS_IPM,
    TOLERANCE,
    Face,
    IntegerLimits,
    IntegerSolution,
    Solution,
    SolverSettings,
    Status,
    feasibility_tolerance,
    without_columns,
)

if TYPE_CHECKING:
    from scipy import sparse

_STATUS = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Status.UNBOUNDED,
    highspy.HighsModelStatus.kIterationLimit: Status.LIMIT,
    highspy.HighsModelStatus.kSolutionLimit: Status.LIMIT,
    highspy.HighsModelStatus.kTimeLimit: Status.LIMIT,
}


class LinearSolver:
    """HiGHS with one matrix; each solve takes a cost and a face and starts from the last basis."""

    def __init__(self, program: Program, settings: SolverSettings) -> None:
        """Pass the programme on as arrays."""
        self._program, self._method = program, method_of(settings)
        self._highs = _configured(settings, feasibility_tolerance(program))
        self._columns = np.arange(program.matrix.shape[1], dtype=np.int32)
        self._rows = np.arange(program.matrix.shape[0], dtype=np.int32)
        _pass_model(
            self._highs,
            np.zeros(len(self._columns)),
            Face.of(program),
            program.matrix,
            np.zeros(0, dtype=np.int32),
        )

    def start_from(self, given: object | None) -> None:
        """Start the next solve from a basis of the same rows; further columns are at their lower bound."""
        if given is None:
            return
        basis = cast("highspy.HighsBasis", given)
        missing = len(self._columns) - len(basis.col_status)
        if missing:
            wider = highspy.HighsBasis()
            wider.valid = True
            wider.col_status = [*basis.col_status, *[highspy.HighsBasisStatus.kLower] * missing]
            wider.row_status = basis.row_status
            basis = wider
        self._highs.setBasis(basis)

    def last_basis(self) -> object:
        """Basis that the last solve ended with."""
        return cast("object", self._highs.getBasis())

    def ray(self) -> FloatArray | None:
        """Multipliers of rows that prove the last programme infeasible (Farkas), where there are any."""
        _, found, ray = self._highs.getDualRay()
        return np.array(ray) if found and len(ray) == len(self._rows) else None

    def solve(self, cost: FloatArray, face: Face, *, cold: bool = False) -> Solution:
        """Minimise ``cost`` over ``face``, from the last basis or, if ``cold``, from none.

        Raises
        ------
        InternalError
            The solver failed in a way that is none of its documented endings.
        """
        status = self.status(cost, face, cold=cold)
        return self._solution(status) if len(self._columns) else without_columns(face)

    def status(self, cost: FloatArray, face: Face, *, cold: bool = False) -> Status:
        """Solve as :meth:`solve` does, and only say how it ended."""
        highs = self._highs
        highs.changeColsCost(len(self._columns), self._columns, cost)
        highs.changeColsBounds(len(self._columns), self._columns, face.column_lower, face.column_upper)
        if len(self._rows):
            highs.changeRowsBounds(len(self._rows), self._rows, face.row_lower, face.row_upper)
        if not len(self._columns):
            return without_columns(face).status
        if cold or self._method == "ipm":
            # An interior point starts from nowhere anyway; with an old basis there, its crossover in
            # HiGHS 1.15 damages the heap now and then.
            highs.clearSolver()
        highs.run()
        status = highs.getModelStatus()
        if status not in _STATUS:
            # Warm starts and presolve can leave "unbounded or infeasible", or numerical trouble: decide cold.
            highs.clearSolver()
            highs.setOptionValue("presolve", "off")
            highs.run()
            highs.setOptionValue("presolve", "choose")
            status = highs.getModelStatus()
        if status not in _STATUS:
            raise InternalError([Message("solver_failed", {"status": highs.modelStatusToString(status)})])
        return _STATUS[status]

    def _solution(self, status: Status) -> Solution:
        found, basis = self._highs.getSolution(), self._highs.getBasis()
        basic = highspy.HighsBasisStatus.kBasic
        x, dual = np.array(found.col_value), np.array(found.row_dual)
        if len(x) != len(self._columns) or len(dual) != len(self._rows):
            x, dual = np.zeros(len(self._columns)), np.zeros(len(self._rows))
        matrix = self._program.matrix
        return Solution(
            status,
            self._highs.getInfo().objective_function_value,
            x,
            matrix @ x,
            _fitted(found.col_dual, len(x)),
            dual,
            _fitted([s == basic for s in basis.col_status], len(x)).astype(np.bool_),
            _fitted([s == basic for s in basis.row_status], len(dual)).astype(np.bool_),
            basis,
        )


def _fitted(values: object, length: int) -> NDArray[np.float64]:
    array = np.array(values, dtype=float)
    return array if len(array) == length else np.zeros(length)


def method_of(settings: SolverSettings) -> str:
    """Which method HiGHS is asked for."""
    return "ipm" if settings.solver == HIGHS_IPM else settings.method


def _configured(settings: SolverSettings, tolerance: float = TOLERANCE) -> "highspy.Highs":
    highs = highspy.Highs()
    options: dict[str, object] = {
        "output_flag": False,
        "threads": 1,
        "random_seed": 0,
        "solver": method_of(settings),
        "run_crossover": "on",
        "primal_feasibility_tolerance": tolerance,
        "dual_feasibility_tolerance": TOLERANCE,
        "small_matrix_value": 1e-12,  # a 万元 of a very large project serves few heads of a large place
    }
    if settings.iterations is not None:
        options |= {
            "simplex_iteration_limit": settings.iterations,
            "ipm_iteration_limit": settings.iterations,
        }
    for name, value in options.items():
        highs.setOptionValue(name, value)
    return highs


def _pass_model(
    highs: "highspy.Highs",
    cost: FloatArray,
    face: Face,
    matrix: "sparse.csc_array",
    integer: NDArray[np.int32],
) -> None:
    rows, columns = matrix.shape
    colwise, minimise = 1, 1
    highs.passModel(
        columns,
        rows,
        matrix.nnz,
        colwise,
        minimise,
        0.0,
        cost,
        face.column_lower,
        face.column_upper,
        face.row_lower,
        face.row_upper,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data.astype(float),
        integer if len(integer) else np.zeros(columns, dtype=np.int32),
    )


INTEGER_OPTIONS: Mapping[str, object] = {
    "solver": "choose",
    # HiGHS 1.12 to 1.15 call worse choices optimal, or run for ever, after reducing some of these programmes.
    "presolve": "off",
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    # Rounding programmes are nearly whole already: guesses and symmetry cost more than they bring.
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_detect_symmetry": False,
}
GUESSING: Mapping[str, object] = {"mip_heuristic_effort": 0.05, "mip_heuristic_run_root_reduced_cost": True}
"""For searches over choices: 300 all-or-nothing projects close in 2,000 nodes with it, and not without."""


def solve_integer(
    cost: FloatArray,
    face: Face,
    matrix: "sparse.csc_array",
    integer: BoolArray | None = None,
    start: FloatArray | None = None,
    limits: IntegerLimits | None = None,
) -> IntegerSolution:
    """Minimise where some columns are whole numbers (all of them when ``integer`` is ``None``).

    Parameters
    ----------
    start : float array (columns,), optional
        A point to begin with.
    limits : IntegerLimits, optional
        When to stop early; without them the gap is closed to 0.
    """
    limits = limits or IntegerLimits()
    highs = _configured(SolverSettings())
    asked = {"mip_rel_gap": limits.gap, "mip_feasibility_tolerance": limits.tolerance}
    for name, value in {**INTEGER_OPTIONS, **(GUESSING if limits.guessing else {}), **asked}.items():
        highs.setOptionValue(name, value)
    if limits.nodes is not None:
        highs.setOptionValue("mip_max_nodes", limits.nodes)
    whole = np.ones(len(cost), dtype=np.int32) if integer is None else integer.astype(np.int32)
    _pass_model(highs, cost, face, matrix, whole)
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = list(start)
        highs.setSolution(given)
    highs.run()
    status = _STATUS.get(highs.getModelStatus(), Status.LIMIT)
    info, found = highs.getInfo(), np.array(highs.getSolution().col_value)
    feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    x = found if feasible and len(found) == len(cost) else np.zeros(0)
    return IntegerSolution(status, x, float(info.mip_dual_bound))
