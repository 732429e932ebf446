"""Which solver solves: HiGHS by itself, or any that PuLP drives; PuLP is imported only where it is used."""

from dataclasses import replace
from importlib import metadata
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from zxsim.core.layout import BoolArray, FloatArray
from zxsim.core.messages import nearest
from zxsim.core.program import Program
from zxsim.errors import Message, UsageError
from zxsim.optimize import highs
from zxsim.optimize.linked import linear_solver
from zxsim.optimize.solution import (
    HIGHS,
    HIGHS_IPM,
    LIMITS,
    Face,
    IntegerLimits,
    IntegerSolution,
    Solution,
    SolverSettings,
    Start,
)

if TYPE_CHECKING:
    from scipy import sparse

OWN = (HIGHS, HIGHS_IPM)
"""Names that mean HiGHS without PuLP."""

PACKAGES = {"HiGHS": "highspy", "GUROBI": "gurobipy", "CPLEX_PY": "cplex", "COPT": "coptpy"}
"""The Python package that holds a solver which PuLP drives."""


class Solver(Protocol):
    """One programme that can be minimised again and again over changing faces."""

    def solve(self, cost: FloatArray, face: Face, start: Start = Start.WARM) -> Solution:
        """Minimise ``cost`` over ``face``."""
        ...

    def start_from(self, given: object | None) -> None:
        """Start the next solve from the basis of an answer, where the solver takes one."""
        ...


def settings_for(
    name: str, iterations: int | None = None, nodes: int | None = None, gap: float = 0.0
) -> SolverSettings:
    """Settings for a solver by its name, limits included.

    Raises
    ------
    UsageError
        No such solver, it is not installed, or it takes no limits.
    """
    settings = SolverSettings(iterations=iterations, nodes=nodes, gap=gap, solver=name)
    require(settings)
    return settings


def require(settings: SolverSettings) -> None:
    """Refuse a solver that cannot be used before anything is solved.

    Raises
    ------
    UsageError
        See :func:`settings_for`.
    """
    if settings.solver in OWN:
        return
    from zxsim.optimize import pulp_solvers  # noqa: PLC0415 (heavy)

    name, known = settings.solver, [*OWN, *pulp_solvers.known_solvers()]
    if name not in known:
        like = {word.lower(): word for word in reversed(known)}  # HiGHS after highs: ours win
        near = like.get(nearest(name.lower(), like), "")
        raise UsageError([Message("unknown_solver", {"given": name, "allowed": known, "nearest": near})])
    installed = pulp_solvers.installed_solvers()
    if name not in installed:
        fields = {"given": name, "installed": [*OWN, *installed]}
        raise UsageError([Message("solver_not_installed", fields)])
    if (settings.iterations or settings.nodes) and not pulp_solvers.takes_limits(name):
        raise UsageError([Message("solver_without_limits", {"given": name})])


def solver_for(program: Program, settings: SolverSettings) -> Solver:
    """Make the solver that the settings name for a programme."""
    if settings.solver in OWN:
        return linear_solver(program, settings)
    from zxsim.optimize import pulp  # noqa: PLC0415 (heavy)

    return pulp.PulpSolver(program, settings)


def solve_integer(
    cost: FloatArray,
    face: Face,
    matrix: "sparse.csc_array",
    settings: SolverSettings,
    limits: IntegerLimits | None = None,
    integer: BoolArray | None = None,
    start: FloatArray | None = None,
) -> IntegerSolution:
    """Minimise with the columns of ``integer`` (``None``: all) in whole numbers.

    Parameters
    ----------
    start : float array (columns,), optional
        A point to begin with, for solvers that take one.
    """
    limits = limits or IntegerLimits()
    if settings.solver in OWN:
        return highs.solve_integer(cost, face, matrix, integer, start, limits)
    from zxsim.optimize import pulp  # noqa: PLC0415 (heavy)

    whole = np.ones(len(cost), dtype=np.bool_) if integer is None else integer
    limited = replace(settings, nodes=limits.nodes, gap=limits.gap)
    return pulp.solve_integer(cost, face, matrix, limited, whole)


def described(settings: SolverSettings) -> dict[str, Any]:
    """Name and version of the solver, and the limits that were asked for, for run.json."""
    limits = {name: getattr(settings, name) for name in LIMITS}
    return {**_made_by(settings), **{name: limit for name, limit in limits.items() if limit}}


def _made_by(settings: SolverSettings) -> dict[str, str | None]:
    if settings.solver in OWN:
        version = metadata.version("highspy")
        return {"name": HIGHS, "version": version, "method": highs.method_of(settings)}
    from zxsim.optimize import pulp_solvers  # noqa: PLC0415 (heavy)

    name = settings.solver
    told = metadata.version(PACKAGES[name]) if name in PACKAGES else pulp_solvers.told_version(name)
    return {"name": name, "version": told, "pulp": metadata.version("pulp")}
