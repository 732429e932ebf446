"""Plans from outside: score one that was made by hand, or stay as near as possible to an approved one."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from zxsim.core.money import UNITS_PER_WAN
from zxsim.errors import DataError, Message
from zxsim.optimize.solution import SolverSettings
from zxsim.optimize.solvers import require
from zxsim.outcomes import SimulationSettings, simulate_and_save
from zxsim.runs.evaluate import Evaluated
from zxsim.runs.evaluate import evaluate as _evaluate
from zxsim.runs.export import require_run
from zxsim.runs.given import given_plan
from zxsim.runs.store import Beside
from zxsim.schema.load import load
from zxsim.sheets.plan_names import PlanNames
from zxsim.sheets.plan_sheet import read_plan
from zxsim.simulate.ledger import with_ledger
from zxsim.simulate.run import Simulated
from zxsim.whatif.replan import Replanned
from zxsim.whatif.replan import replan as _replan


@dataclass(frozen=True, eq=False)
class EvaluatedRun:
    """Scores of a plan, the folder they were written to (``None``: not written), warnings of its file."""

    evaluated: Evaluated
    folder: Path | None
    simulated: Simulated | None
    warnings: Sequence[Message]

    def summary(self) -> dict[str, Any]:
        """Return what ``--json`` prints."""
        found, plan = self.evaluated, self.evaluated.plan
        return {
            "status": plan.status,
            "run": str(self.folder) if self.folder else None,
            "kept": found.kept,
            "broken": found.broken.to_dicts(),
            "stages": [vars(stage) for stage in plan.chain.stages],
            "benefit": plan.benefit,
            "spent_wan": plan.spent_units / UNITS_PER_WAN,
            "distance": _distance(found),
            "no_optimum": [message.code for message in found.no_optimum],
            "simulation": self.simulated.manifest() if self.simulated else None,
        }


def evaluate(
    path: Path,
    plan: Path,
    *,
    sheet: str | None = None,
    settings: Sequence[str] = (),
    results: Path | None = Path("results"),
    solver: SolverSettings | None = None,
    simulation: SimulationSettings | None = None,
) -> EvaluatedRun:
    """Score a plan that was made by hand on a scenario, and write it as a run.

    Parameters
    ----------
    path : Path
        ``scenario.toml`` or its folder.
    plan : Path
        The exported allocation sheet, edited or not: .xlsx, .xls or .csv, in either language.
    sheet : str, optional
        Its worksheet, where several hold an allocation.

    Raises
    ------
    DataError, UsageError, LimitError, InternalError
        The scenario or the file is at fault: every cell, with what is allowed. Nothing is written then.
    """
    solver = solver or SolverSettings()
    require(solver)
    started = perf_counter()
    loaded = with_ledger(load(path, settings))
    given = read_plan(plan, PlanNames(loaded), sheet)
    read = perf_counter()
    found = _evaluate(loaded, given_plan(loaded, given.cells), solver)
    scored = perf_counter()
    timings = {"load_seconds": read - started, "optimize_seconds": scored - read}
    told = _beside(found, origin_of(plan, sheet), given.warnings)
    households, folder = simulate_and_save(found.plan, results, solver, timings, simulation, told)
    return EvaluatedRun(found, folder, households, given.warnings)


def origin_of(file: Path, sheet: str | None = None) -> dict[str, str]:
    """Name and SHA-256 of a file that a plan was read from, and its worksheet where one was named."""
    told = {"file": file.name, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    return told if sheet is None else {**told, "sheet": sheet}


def _beside(found: Evaluated, origin: Mapping[str, str], warnings: Sequence[Message]) -> Beside:
    count = len(found.broken)
    fields = {"given": origin["file"], "count": count}
    told = Message("evaluated_broken" if count else "evaluated_kept", fields)
    return Beside(
        tables={"broken": found.broken},
        manifest={"plan": origin, "kept": found.kept, "distance": _distance(found)},
        notices=[told, *warnings],
    )


def _distance(found: Evaluated) -> dict[str, Any] | None:
    return None if found.distance is None else asdict(found.distance)


@dataclass(frozen=True, eq=False)
class ReplannedRun:
    """The plan nearest to an approved one, its folder (``None``: not written), warnings of the file."""

    replanned: Replanned
    folder: Path | None
    simulated: Simulated | None
    warnings: Sequence[Message]

    def summary(self) -> dict[str, Any]:
        """Return what ``--json`` prints."""
        found, plan = self.replanned, self.replanned.plan
        return {
            "status": plan.status,
            "gap": plan.gap,
            "run": str(self.folder) if self.folder else None,
            "stages": [vars(stage) for stage in plan.chain.stages],
            "benefit": plan.benefit,
            "spent_wan": plan.spent_units / UNITS_PER_WAN,
            "unique": plan.chain.unique,
            **_nearness(found),
            "changes": found.changes.to_dicts(),
            "simulation": self.simulated.manifest() if self.simulated else None,
        }


def replan(
    path: Path,
    approved: Path,
    *,
    sheet: str | None = None,
    settings: Sequence[str] = (),
    results: Path | None = Path("results"),
    solver: SolverSettings | None = None,
    simulation: SimulationSettings | None = None,
) -> ReplannedRun:
    """Find the plan of a scenario that changes an approved one least, and write it as a run.

    Parameters
    ----------
    path : Path
        ``scenario.toml`` or its folder, as it is now.
    approved : Path
        The folder of a run, or an allocation sheet. Rows that the scenario has no place for are listed.

    Raises
    ------
    DataError, UsageError, ConflictError, LimitError, InternalError
        As :func:`zxsim.api.optimize`, and where the approved plan cannot be read. Nothing is written then.
    """
    solver = solver or SolverSettings()
    require(solver)
    started = perf_counter()
    loaded = with_ledger(load(path, settings))
    file = require_run(approved) / "allocation.csv" if approved.is_dir() else approved
    given = read_plan(file, PlanNames(loaded), sheet, strict=False)
    if given.strangers and not len(given.cells):
        raise DataError([Message("plan_of_another", {"count": len(given.strangers)}, str(approved))])
    read = perf_counter()
    found = _replan(loaded, given.cells, given.strangers, solver)
    planned = perf_counter()
    timings = {"load_seconds": read - started, "optimize_seconds": planned - read}
    origin = origin_of(file, sheet)
    if approved.is_dir():
        origin["run"] = "/".join(approved.resolve().parts[-2:])
    told = _nearest_to(found, approved.name, origin, given.warnings)
    households, folder = simulate_and_save(found.plan, results, solver, timings, simulation, told)
    return ReplannedRun(found, folder, households, given.warnings)


def _nearness(found: Replanned) -> dict[str, Any]:
    """What run.json and the summary say of the approved plan and the best one."""
    return {
        "moved_wan": found.moved_wan,
        "best_benefit": found.best.benefit,
        "benefit_given_up": found.benefit_given_up,
        "staying": {
            "kept": found.staying.kept,
            "broken": found.staying.broken.to_dicts(),
            "benefit": found.staying.plan.benefit,
        },
    }


def _nearest_to(
    found: Replanned, approved: str, origin: Mapping[str, str], warnings: Sequence[Message]
) -> Beside:
    fields = {"given": approved, "moved": f"{found.moved_wan:,.2f}", "count": len(found.changes)}
    return Beside(
        tables={"plan_changes": found.changes, "broken": found.staying.broken},
        manifest={"plan": origin, **_nearness(found)},
        notices=[Message("replanned", fields), *warnings],
    )
