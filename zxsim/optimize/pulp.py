"""The one door to PuLP: the same arrays solved by CBC or any other solver that PuLP drives, LP and MPS files.

Always a minimisation, because PuLP 3.3 flips the sign of duals when it maximises. Values and duals come
back as text of about eight digits and without a basis; :mod:`zxsim.optimize.vertex` makes them exact.
"""

import inspect
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pulp

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.core.program import Program
from zxsim.errors import InternalError, LimitError, Message
from zxsim.optimize.exchange import MOST_LETTERS, distinct, finite, folder_for_files
from zxsim.optimize.highs_options import INTEGER_OPTIONS
from zxsim.optimize.solution import (
    TOLERANCE,
    Face,
    IntegerSolution,
    Solution,
    SolverSettings,
    Start,
    Status,
    feasibility_tolerance,
    without_columns,
)
from zxsim.optimize.vertex import exact_vertex

if TYPE_CHECKING:
    from scipy import sparse

pulp.v4_migration.set_v4_migration_warnings(False)  # pyproject.toml says why it stays below 4

ALIASES = {"cbc": "PULP_CBC_CMD"}
"""Our short names beside PuLP's own."""

_SAFE = {
    key: INTEGER_OPTIONS[key] for key in INTEGER_OPTIONS if key.startswith(("mip_h", "mip_d", "presolve"))
}
"""PuLP runs HiGHS in this process: what may damage the heap or cut off a choice stays off there as well."""
_STATUS = {
    (pulp.LpStatusOptimal, pulp.LpSolutionOptimal): Status.OPTIMAL,
    (pulp.LpStatusOptimal, pulp.LpSolutionIntegerFeasible): Status.LIMIT,  # stopped with something in hand
    (pulp.LpStatusNotSolved, pulp.LpSolutionNoSolutionFound): Status.LIMIT,
    (pulp.LpStatusInfeasible, pulp.LpSolutionInfeasible): Status.INFEASIBLE,
    (pulp.LpStatusInfeasible, pulp.LpSolutionNoSolutionFound): Status.INFEASIBLE,  # CBC: "Integer infeasible"
    (pulp.LpStatusUnbounded, pulp.LpSolutionUnbounded): Status.UNBOUNDED,
}
"""What PuLP says of the problem and of the solution, taken together: neither alone is to be believed."""


LOUDER = 1e3
"""What costs are multiplied by: a reduced cost within 1e-9 of zero lets the dual of a row with small
coefficients be wrong by enough to hold it, so they have to be nearer to zero than these solvers take them."""


def known_solvers() -> list[str]:
    """Names that PuLP knows, and ours beside them."""
    return list(dict.fromkeys([*ALIASES, *pulp.listSolvers()]))


def installed_solvers() -> list[str]:
    """Names of those that can be used here."""
    here = pulp.listSolvers(onlyAvailable=True)
    return [name for name in known_solvers() if ALIASES.get(name, name) in here]


def told_version(name: str) -> str | None:
    """Version that a solver tells of itself, ``None`` where it does not."""
    solver = _solver(name)
    if not isinstance(solver, pulp.COIN_CMD):
        return None
    said = subprocess.run([solver.path, "-quit"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r"Version: (\S+)", said.stdout)
    return found[1] if found else None


def takes_limits(name: str) -> bool:
    """Whether iterations and nodes of this solver can be limited (so far: whether it is CBC)."""
    return isinstance(_solver(name), pulp.COIN_CMD)


def _solver(name: str, **wanted: object) -> "pulp.LpSolver":
    """Make a silent solver with those of the keywords that it has."""
    name = ALIASES.get(name, name)
    known = inspect.signature(type(pulp.getSolver(name, msg=False))).parameters
    given = {key: value for key, value in wanted.items() if key in known}
    return pulp.getSolver(name, msg=False, **given, **(_SAFE if name == "HiGHS" else {}))


def _keywords(settings: SolverSettings, tolerance: float, *, presolve: bool) -> dict[str, object]:
    """Tell the solvers whose words we know to be as exact as HiGHS is asked to be."""
    if takes_limits(settings.solver):
        options = [f"primalTolerance {tolerance}", f"dualTolerance {TOLERANCE}", "increment 0"]
        if not presolve:  # left to itself CBC 2.10 then calls some programmes infeasible that are not
            options.append("primalSimplex")
        if settings.iterations is not None:
            options.append(f"maxIterations {settings.iterations}")
        return {"options": options, "presolve": presolve, "maxNodes": settings.nodes}
    return {"threads": 1}


class _Problem:
    """A PuLP problem made of arrays, with its variables, and its constraints by row."""

    def __init__(
        self,
        cost: FloatArray,
        face: Face,
        matrix: "sparse.csc_array",
        integer: BoolArray,
        names: tuple[Sequence[str], Sequence[str]] | None = None,
        title: str = "zxsim",
    ) -> None:
        rows, columns = matrix.shape
        column_names, row_names = names or ([f"c{j}" for j in range(columns)], [f"r{i}" for i in range(rows)])
        self.lp = pulp.LpProblem(title, pulp.LpMinimize)
        self.variables = [
            self.lp.add_variable(
                name, finite(low), finite(high), pulp.LpInteger if whole else pulp.LpContinuous
            )
            for name, low, high, whole in zip(
                column_names, face.column_lower, face.column_upper, integer, strict=True
            )
        ]
        self.lp.objective = pulp.LpAffineExpression(self.terms(np.arange(columns), cost))
        self.row: list[int] = []
        self.failure = ""
        self._add_rows(face, matrix.tocsr(), row_names)

    def terms(self, at: IntArray, values: FloatArray) -> list[tuple["pulp.LpVariable", float]]:
        """Pairs of variable and coefficient."""
        return [(self.variables[j], value) for j, value in zip(at.tolist(), values.tolist(), strict=True)]

    def _add_rows(self, face: Face, by_row: "sparse.csr_array", names: Sequence[str]) -> None:
        """Add each row once; PuLP has no ranges, so one with two different limits is added for both."""
        for i, name in enumerate(names):
            lower, upper = face.row_lower[i], face.row_upper[i]
            sides = [(pulp.LpConstraintGE, lower), (pulp.LpConstraintLE, upper)]
            if lower == upper:
                sides = [(pulp.LpConstraintEQ, lower)]
            at = slice(by_row.indptr[i], by_row.indptr[i + 1])
            terms = self.terms(by_row.indices[at], by_row.data[at])
            if not terms:  # a row without columns would bring PuLP's dummy column into the file
                terms = [(variable, 0.0) for variable in self.variables[:1]]
            for sense, limit in sides:
                if np.isfinite(limit):
                    doubled = self.row[-1:] == [i]
                    row = pulp.LpConstraint(pulp.LpAffineExpression(terms), sense, rhs=float(limit))
                    self.lp.addConstraint(row, f"{name}~" if doubled else name)
                    self.row.append(i)

    def solve(self, name: str, keywords: Mapping[str, object]) -> Status | None:
        """Solve; ``None`` for an ending that means nothing, such as a crash of the solver's process."""
        solver = _solver(name, **keywords)
        with folder_for_files() as folder:
            if isinstance(solver, pulp.LpSolver_CMD):
                solver.tmpDir = folder
            try:
                self.lp.solve(solver)
            except (pulp.PulpSolverError, OSError, ValueError) as error:
                self.failure = str(error)
                return None
        return _STATUS.get((self.lp.status, self.lp.sol_status))

    def failed(self, name: str) -> InternalError:
        """Say that the solver ended in no way that means anything."""
        ending = self.failure or pulp.LpStatus[self.lp.status]
        return InternalError([Message("solver_failed", {"status": f"{name}: {ending}"})])

    def values(self) -> FloatArray:
        """Values of the columns."""
        return np.array([variable.varValue or 0.0 for variable in self.variables])

    def whole(self, status: Status, cost: FloatArray, integer: BoolArray, *, closed: bool) -> IntegerSolution:
        """Answer of a search over whole numbers; a bound is known only where it had to be ``closed``."""
        x = np.where(integer, np.rint(self.values()), self.values())
        in_hand = self.lp.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible)
        bound = float(cost @ x) if closed and status is Status.OPTIMAL else -np.inf
        return IntegerSolution(status, x if in_hand else np.zeros(0), bound)

    def prices(self, rows: int, name: str) -> tuple[FloatArray, FloatArray]:
        """Reduced costs and duals.

        Raises
        ------
        LimitError
            The solver gives PuLP none, so that nothing can be proved.
        """
        constraints = self.lp.constraints()
        if any(variable.dj is None for variable in self.variables) or any(c.pi is None for c in constraints):
            raise LimitError([Message("solver_without_duals", {"given": name})])
        dual = np.zeros(rows)
        np.add.at(dual, self.row, [constraint.pi for constraint in constraints])
        return np.array([variable.dj for variable in self.variables]), dual


class PulpSolver:
    """A solver that PuLP drives, with the interface of :class:`zxsim.optimize.highs.LinearSolver`."""

    def __init__(self, program: Program, settings: SolverSettings) -> None:
        """Keep the arrays; every solve hands them over anew."""
        self._program, self._settings = program, settings

    def solve(self, cost: FloatArray, face: Face, start: Start = Start.WARM) -> Solution:
        """Minimise ``cost`` over ``face``; unreduced first if cold, as no solve starts from another.

        Raises
        ------
        InternalError, LimitError
            The solver failed, or gives no duals.
        """
        if not len(cost):
            return without_columns(face)
        for presolve in (False, True) if start is Start.COLD else (True, False):
            status, problem = self._run(cost, face, presolve=presolve)
            if status in (Status.OPTIMAL, Status.LIMIT):
                break
        if status not in (Status.OPTIMAL, Status.INFEASIBLE, Status.LIMIT):
            # "Unbounded" may mean that nothing is feasible, and CBC may have crashed: the cost 0 decides.
            status, problem = self._run(0 * cost, face, presolve=False)
            if status is Status.OPTIMAL:
                status, problem = self._run(cost, face, presolve=False)
        if status is None:
            raise problem.failed(self._settings.solver)
        return self._solution(status, problem, cost, face)

    def start_from(self, given: object | None) -> None:
        """Do nothing: what PuLP drives hands over no basis."""

    def _run(self, cost: FloatArray, face: Face, *, presolve: bool) -> tuple[Status | None, _Problem]:
        problem = _Problem(LOUDER * cost, face, self._program.matrix, np.zeros(len(cost), dtype=np.bool_))
        keywords = _keywords(self._settings, feasibility_tolerance(self._program), presolve=presolve)
        return problem.solve(self._settings.solver, {"mip": False, **keywords}), problem

    def _solution(self, status: Status, problem: _Problem, cost: FloatArray, face: Face) -> Solution:
        rows, columns = self._program.matrix.shape
        if not status.has_solution:
            none, no_row = np.zeros(columns), np.zeros(rows)
            return Solution(status, 0.0, none, no_row, none, no_row, lambda: (none > 0, no_row > 0))
        reduced, dual = problem.prices(rows, self._settings.solver)
        prices = reduced / LOUDER, dual / LOUDER
        found = exact_vertex(self._program, cost, face, problem.values(), *prices)
        return Solution(
            status,
            float(cost @ found.x),
            found.x,
            self._program.matrix @ found.x,
            found.reduced_cost,
            found.dual,
            lambda: (found.basic, found.basic_row),
        )


def solve_integer(
    cost: FloatArray, face: Face, matrix: "sparse.csc_array", settings: SolverSettings, integer: BoolArray
) -> IntegerSolution:
    """Minimise with the columns of ``integer`` in whole numbers, to the gap of the settings."""
    unlimited = replace(settings, iterations=None)  # they count in linear solves, as with HiGHS
    keywords = {**_keywords(unlimited, TOLERANCE, presolve=True), "gapRel": settings.gap, "gapAbs": 0.0}
    given = cast("list[str]", keywords.get("options", []))
    for options in _WAYS if takes_limits(settings.solver) else [[]]:
        problem = _Problem(cost, face, matrix, integer)
        status = problem.solve(settings.solver, {**keywords, "options": [*given, *options]})
        if status is not None:
            return problem.whole(status, cost, integer, closed=settings.gap == 0)
    raise problem.failed(settings.solver)


_WAYS: Sequence[list[str]] = (["clique off", "twoMir off"], ["cuts off"])
"""Options for CBC, and others for when it crashes. Clique and two-step cuts of CBC 2.10 have cut off optima,
or everything; without cuts it may search for hours, without preprocessing it often crashes."""


def write_model(program: Program, cost: FloatArray, path: Path, stage: str, title: str) -> None:
    """Write a programme as LP or, where ``path`` ends in .mps, as MPS, with the names as the policy reads.

    Numbers have 12 digits in LP and 13 in MPS.
    """
    columns = program.matrix.shape[1]
    used = np.diff(program.matrix.indptr) == 0  # a column in no row is named in the objective, or nowhere
    names = distinct(program.column_names()), distinct(program.row_names())
    title = re.sub(r"\s", "_", title)
    problem = _Problem(cost, Face.of(program), program.matrix, program.integer, names, title)
    kept = np.flatnonzero((cost != 0) | used | (np.arange(columns) == 0))
    problem.lp.objective = pulp.LpAffineExpression(problem.terms(kept, cost[kept]), name=stage)
    with _utf8():
        if path.suffix.lower() == ".mps":
            problem.lp.writeMPS(str(path))
        else:
            problem.lp.writeLP(str(path), max_length=2 * MOST_LETTERS)


@contextmanager
def _utf8() -> Iterator[None]:
    """Let PuLP write its files in UTF-8; by itself it takes the code page of the computer."""
    names = vars(pulp.mps_lp)
    names["open"] = partial(open, encoding="utf-8", newline="\n")
    try:
        yield
    finally:
        del names["open"]
