"""The solvers that PuLP drives: their names, versions and options."""

import inspect
import re
import subprocess

import pulp

from zxsim.optimize.highs_options import INTEGER_OPTIONS
from zxsim.optimize.solution import TOLERANCE, SolverSettings

pulp.v4_migration.set_v4_migration_warnings(False)  # pyproject.toml says why it stays below 4

ALIASES = {"cbc": "PULP_CBC_CMD"}
"""Our short names beside PuLP's own."""

_SAFE = {
    key: INTEGER_OPTIONS[key] for key in INTEGER_OPTIONS if key.startswith(("mip_h", "mip_d", "presolve"))
}
"""PuLP runs HiGHS in this process: what may damage the heap or cut off a choice stays off there as well."""


def known_solvers() -> list[str]:
    """Names that PuLP knows, and ours beside them."""
    return list(dict.fromkeys([*ALIASES, *pulp.listSolvers()]))


def installed_solvers() -> list[str]:
    """Names of those that can be used here."""
    here = pulp.listSolvers(onlyAvailable=True)
    return [name for name in known_solvers() if ALIASES.get(name, name) in here]


def told_version(name: str) -> str | None:
    """Version that a solver tells of itself, ``None`` where it does not."""
    solver = made_solver(name)
    if not isinstance(solver, pulp.COIN_CMD):
        return None
    said = subprocess.run([solver.path, "-quit"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r"Version: (\S+)", said.stdout)
    return found[1] if found else None


def takes_limits(name: str) -> bool:
    """Whether iterations and nodes of this solver can be limited (so far: whether it is CBC)."""
    return isinstance(made_solver(name), pulp.COIN_CMD)


def made_solver(name: str, **wanted: object) -> "pulp.LpSolver":
    """Make a silent solver with those of the keywords that it has."""
    name = ALIASES.get(name, name)
    known = inspect.signature(type(pulp.getSolver(name, msg=False))).parameters
    given = {key: value for key, value in wanted.items() if key in known}
    return pulp.getSolver(name, msg=False, **given, **(_SAFE if name == "HiGHS" else {}))


def keywords(settings: SolverSettings, tolerance: float, *, presolve: bool) -> dict[str, object]:
    """Tell the solvers whose words we know to be as exact as HiGHS is asked to be."""
    if takes_limits(settings.solver):
        options = [f"primalTolerance {tolerance}", f"dualTolerance {TOLERANCE}", "increment 0"]
        if not presolve:  # left to itself CBC 2.10 then calls some programmes infeasible that are not
            options.append("primalSimplex")
        if settings.iterations is not None:
            options.append(f"maxIterations {settings.iterations}")
        return {"options": options, "presolve": presolve, "maxNodes": settings.nodes}
    return {"threads": 1}
