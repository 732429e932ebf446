"""The door to PuLP: the same arrays solved by CBC or any other solver that PuLP drives, LP and MPS files.

Always a minimisation, because PuLP 3.3 flips the sign of duals when it maximises. Values and duals come
back as text of about eight digits and without a basis; :mod:`zxsim.optimize.vertex` makes them exact.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pulp

from zxsim.core.layout import BoolArray, FloatArray
from zxsim.core.program import Program
from zxsim.optimize.exchange import MOST_LETTERS, distinct
from zxsim.optimize.pulp_problem import Problem
from zxsim.optimize.pulp_solvers import keywords, takes_limits
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

LOUDER = 1e3
"""What costs are multiplied by: a reduced cost within 1e-9 of zero lets the dual of a row with small
coefficients be wrong by enough to hold it, so they have to be nearer to zero than these solvers take them."""


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

    def _run(self, cost: FloatArray, face: Face, *, presolve: bool) -> tuple[Status | None, Problem]:
        problem = Problem(LOUDER * cost, face, self._program.matrix, np.zeros(len(cost), dtype=np.bool_))
        options = keywords(self._settings, feasibility_tolerance(self._program), presolve=presolve)
        return problem.solve(self._settings.solver, {"mip": False, **options}), problem

    def _solution(self, status: Status, problem: Problem, cost: FloatArray, face: Face) -> Solution:
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
    wanted = {**keywords(unlimited, TOLERANCE, presolve=True), "gapRel": settings.gap, "gapAbs": 0.0}
    given = cast("list[str]", wanted.get("options", []))
    for options in _WAYS if takes_limits(settings.solver) else [[]]:
        problem = Problem(cost, face, matrix, integer)
        status = problem.solve(settings.solver, {**wanted, "options": [*given, *options]})
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
    problem = Problem(cost, Face.of(program), program.matrix, program.integer, names, title)
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
