"""The one door to HiGHS: a programme goes in as arrays, a solution with duals and basis comes out."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

import highspy
import numpy as np
from numpy.typing import NDArray

from zxsim.core.layout import BoolArray, FloatArray
from zxsim.core.program import LEAST_COEFFICIENT, Program
from zxsim.errors import InternalError, Message
from zxsim.optimize.certify import certificate
from zxsim.optimize.highs_options import BY_SIMPLEX, CAREFUL, GUESSING, INTEGER_OPTIONS
from zxsim.optimize.solution import (
    HIGHS_IPM,
    TOLERANCE,
    Face,
    Flags,
    IntegerLimits,
    IntegerSolution,
    Solution,
    SolverSettings,
    Start,
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

MANY_COLUMNS = 50_000
"""From here on a programme is reduced before it is solved for the first time: at 90,000 columns that saves an
eighth of the time, at 18,000 it costs a third more than it saves."""

FEW_PIVOTS = 10
"""Of a start that may be optimal already."""

MOST_IPM_ITERATIONS = 1_000
"""Interior points of HiGHS 1.15 go round for ever in some programmes; those that end take under 100."""


class LinearSolver:
    """HiGHS with one matrix; each solve takes a cost and a face and starts from the last basis."""

    def __init__(self, program: Program, settings: SolverSettings) -> None:
        """Pass the programme on as arrays."""
        self._program, self._method = program, method_of(settings)
        self._highs = _configured(settings, feasibility_tolerance(program))
        # From the basis of another objective, which a point of the face has, primal pivots get there
        # several times sooner than dual ones: left to itself HiGHS takes them where it can.
        self._highs.setOptionValue("simplex_strategy", 0)
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
        if not isinstance(given, highspy.HighsBasis):  # none, or one of pieces
            return
        basis = given
        if self._highs.setBasis(basis) == highspy.HighsStatus.kOk:
            return
        missing = len(self._columns) - len(basis.col_status)
        wider = highspy.HighsBasis()
        wider.valid = True
        wider.col_status = [*basis.col_status, *[highspy.HighsBasisStatus.kLower] * missing]
        wider.row_status = basis.row_status
        self._highs.setBasis(wider)

    def last_basis(self) -> object:
        """Basis that the last solve ended with."""
        return cast("object", self._highs.getBasis())

    def ray(self) -> FloatArray | None:
        """Multipliers of rows that prove the last programme infeasible (Farkas), where there are any."""
        _, found, ray = self._highs.getDualRay()
        return np.array(ray) if found and len(ray) == len(self._rows) else None

    def solve(self, cost: FloatArray, face: Face, start: Start = Start.WARM) -> Solution:
        """Minimise ``cost`` over ``face``, from the last basis or from none.

        Raises
        ------
        InternalError
            The solver failed in a way that is none of its documented endings.
        """
        status = self.status(cost, face, start)
        return self._solution(status) if len(self._columns) else without_columns(face)

    def status(self, cost: FloatArray, face: Face, start: Start = Start.WARM) -> Status:
        """Solve as :meth:`solve` does, and only say how it ended."""
        highs = self._highs
        highs.changeColsCost(len(self._columns), self._columns, cost)
        highs.changeColsBounds(len(self._columns), self._columns, face.column_lower, face.column_upper)
        if len(self._rows):
            highs.changeRowsBounds(len(self._rows), self._rows, face.row_lower, face.row_upper)
        if not len(self._columns):
            return without_columns(face).status
        if start in (Start.COLD, Start.UNREDUCED) or self._method == "ipm":
            # An interior point starts from nowhere anyway; with an old basis there, its crossover in
            # HiGHS 1.15 damages the heap now and then.
            highs.clearSolver()
        if start is Start.BRIEFLY_WARM:
            return self._briefly()
        worth_reducing = start is Start.COLD or (start is Start.WARM and len(self._columns) >= MANY_COLUMNS)
        status = self._run_with({"presolve": "choose" if worth_reducing else "off"})
        if self._method == "ipm" and not self._proved(_STATUS.get(status), cost, face):
            highs.clearSolver()
            status = self._run_with(BY_SIMPLEX)
        for careful in CAREFUL:
            if status in _STATUS:
                break
            highs.clearSolver()
            status = self._run_with(careful)
        if status not in _STATUS:
            raise InternalError([Message("solver_failed", {"status": highs.modelStatusToString(status)})])
        return _STATUS[status]

    def _proved(self, status: Status | None, cost: FloatArray, face: Face) -> bool:
        """Whether an interior point ended with an optimum, by its duals, or in no way that is known."""
        if status is not Status.OPTIMAL:
            return status is None
        return certificate("", self._program, cost, face, self._solution(status)).holds

    def _briefly(self) -> Status:
        """Give up after a few pivots, or fewer where the user states a limit."""
        limit = "simplex_iteration_limit"
        given = self._highs.getOptionValue(limit)[1]
        return _STATUS.get(self._run_with({limit: min(given, FEW_PIVOTS)}), Status.LIMIT)

    def _run_with(self, options: Mapping[str, object]) -> "highspy.HighsModelStatus":
        """Solve with other options this once."""
        usual = {name: self._highs.getOptionValue(name)[1] for name in options}
        for name, value in options.items():
            self._highs.setOptionValue(name, value)
        self._highs.run()
        for name, value in usual.items():
            self._highs.setOptionValue(name, value)
        status: highspy.HighsModelStatus = self._highs.getModelStatus()
        return status

    def _solution(self, status: Status) -> Solution:
        found, basis = self._highs.getSolution(), self._highs.getBasis()
        x, dual = np.array(found.col_value), np.array(found.row_dual)
        if len(x) != len(self._columns) or len(dual) != len(self._rows):
            x, dual = np.zeros(len(self._columns)), np.zeros(len(self._rows))
        return Solution(
            status,
            self._highs.getInfo().objective_function_value,
            x,
            self._program.matrix @ x,
            _fitted(found.col_dual, len(x)),
            dual,
            partial(_in_basis, basis, len(x), len(dual)),
            basis,
        )


def joined_basis(first: tuple[int, int], bases: Sequence[object]) -> object:
    """Put bases of independent pieces behind so many columns at their lower bound and so many basic rows."""
    columns, rows = first
    parts = [cast("highspy.HighsBasis", basis) for basis in bases]
    of_columns = [status for part in parts for status in part.col_status]
    of_rows = [status for part in parts for status in part.row_status]
    joined = highspy.HighsBasis()
    joined.valid = True
    joined.col_status = [*[highspy.HighsBasisStatus.kLower] * columns, *of_columns]
    joined.row_status = [*[highspy.HighsBasisStatus.kBasic] * rows, *of_rows]
    return joined


def _in_basis(basis: "highspy.HighsBasis", columns: int, rows: int) -> Flags:
    # An object each is slow, but getBasicVariables dies where nothing is factorised.
    basic = highspy.HighsBasisStatus.kBasic.value
    held = (basis.col_status, columns), (basis.row_status, rows)
    column, row = (_fitted([one.value == basic for one in each], length) > 0 for each, length in held)
    return column, row


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
        "small_matrix_value": LEAST_COEFFICIENT,
    }
    limit = settings.iterations
    options |= {"ipm_iteration_limit": MOST_IPM_ITERATIONS if limit is None else limit}
    options |= {} if limit is None else {"simplex_iteration_limit": limit}
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
        *(columns, rows, matrix.nnz, colwise, minimise, 0.0),
        *(cost, face.column_lower, face.column_upper, face.row_lower, face.row_upper),
        *(matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), matrix.data.astype(float)),
        integer if len(integer) else np.zeros(columns, dtype=np.int32),
    )


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
