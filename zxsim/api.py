"""The public functions: everything the command line does, from Python.

>>> from pathlib import Path
>>> from zxsim import api
>>> run = api.optimize(Path("scenarios/published-library"), results=None)
>>> round(run.plan.benefit, 2)
52.0
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from zxsim import verify as _verify
from zxsim.errors import DataError, Message, UsageError
from zxsim.forms.parts import ANYTHING, Asked
from zxsim.given_plans import evaluate, replan
from zxsim.optimize import plan as _plan
from zxsim.optimize.plan import Plan
from zxsim.optimize.solution import SolverSettings
from zxsim.optimize.solvers import require, settings_for
from zxsim.outcomes import Run, SimulatedRun, SimulationSettings, simulate_and_save, simulated
from zxsim.report.page.write import report
from zxsim.report.tables import for_people
from zxsim.report.wording import Language
from zxsim.report.workbook import Chosen, export_sheets
from zxsim.runs.export import export as _export
from zxsim.runs.export import require_run, require_whole
from zxsim.runs.listing import list_runs
from zxsim.runs.simulated import save_simulated_run, save_unplanned, units_of_run
from zxsim.schema.load import Loaded
from zxsim.schema.load import load as _load
from zxsim.schema.shipped import DEFAULT as DEFAULT_SCENARIO
from zxsim.schema.shipped import new_scenario, shipped_scenarios, title
from zxsim.sheets.wishes import Wishes
from zxsim.simulate.ledger import with_ledger
from zxsim.whatif.compare import compare

if TYPE_CHECKING:
    from zxsim.sheets.importing import Understood
    from zxsim.whatif.sweep import Swept

__all__ = [
    "DEFAULT_SCENARIO",
    "Run",
    "SimulatedRun",
    "SimulationSettings",
    "SolverSettings",
    "Wishes",
    "compare",
    "evaluate",
    "explain",
    "export",
    "import_sheets",
    "list_runs",
    "load",
    "new_scenario",
    "optimize",
    "replan",
    "report",
    "settings_for",
    "shipped_scenarios",
    "simulate",
    "sweep",
    "title",
    "validate",
    "verify",
    "write_mapping",
]


def load(path: Path, settings: Sequence[str] = ()) -> Loaded:
    """Load and check a scenario with its ledger of households, if it names one.

    Raises
    ------
    DataError, UsageError
        See :func:`zxsim.schema.load.load` and :func:`zxsim.simulate.ledger.with_ledger`.
    """
    return with_ledger(_load(path, settings))


def validate(path: Path, settings: Sequence[str] = ()) -> Loaded:
    """Load and check a scenario, and make sure that its hard rules can all be kept.

    Raises
    ------
    DataError, UsageError, ConflictError
        See :func:`zxsim.schema.load.load` and :func:`zxsim.optimize.plan.check_feasible`.
    """
    loaded = load(path, settings)
    _plan.check_feasible(loaded)
    return loaded


def optimize(
    path: Path,
    *,
    settings: Sequence[str] = (),
    results: Path | None = Path("results"),
    solver: SolverSettings | None = None,
    simulation: SimulationSettings | None = None,
) -> Run:
    """Allocate the money of a scenario, simulate its households where it has some, and write the run.

    Parameters
    ----------
    path : Path
        ``scenario.toml`` or its folder.
    settings : sequence of str
        ``KEY=VALUE`` laid over the scenario.
    results : Path or None
        Folder for runs; ``None`` writes nothing.
    simulation : SimulationSettings or None
        How to simulate; ``None`` allocates only.

    Raises
    ------
    DataError, UsageError, ConflictError, LimitError, InternalError
        With messages; nothing half-written is left.
    """
    solver = solver or SolverSettings()
    require(solver)
    started = perf_counter()
    loaded = load(path, settings)
    read = perf_counter()
    found = _plan.optimize(loaded, solver)
    planned = perf_counter()
    timings = {"load_seconds": read - started, "optimize_seconds": planned - read}
    households, folder = simulate_and_save(found, results, solver, timings, simulation)
    return Run(found, folder, households)


def simulate(
    path: Path,
    *,
    settings: Sequence[str] = (),
    results: Path | None = Path("results"),
    simulation: SimulationSettings | None = None,
) -> SimulatedRun:
    """Simulate the households of a scenario under no plan, or those of a run under its plan.

    Raises
    ------
    DataError, UsageError
        Faults in the scenario, no households in it, a damaged run; nothing half-written is left.
    """
    simulation = simulation or SimulationSettings()
    is_run = (path / "run.json").is_file()
    if is_run:
        require_whole(path)
    if is_run and settings:
        raise UsageError([Message("settings_with_run", {"given": str(path)})])
    loaded = load(path / "inputs" / "resolved.toml" if is_run else path, settings)
    if loaded.spec.household is None:
        raise DataError([Message("nothing_to_simulate", {}, str(path))])
    if is_run and not (path / "allocation.parquet").is_file():
        raise DataError([Message("run_without_plan", {"given": str(path)})])
    units = units_of_run(path, loaded.layout) if is_run else None
    found = simulated(loaded, units, simulation)
    if results is None:
        return SimulatedRun(found, None)
    if is_run:
        return SimulatedRun(found, save_simulated_run(path, found, results, events=simulation.events))
    return SimulatedRun(found, save_unplanned(loaded, found, results, events=simulation.events))


def sweep(path: Path, vary: Sequence[str], **options: Any) -> "Swept":  # noqa: ANN401 (typed where it stands)
    """Plan a scenario at every point of a grid; options and errors as :func:`zxsim.whatif.sweep.sweep`."""
    from zxsim.whatif.sweep import sweep as every_point  # noqa: PLC0415 (heavy, and only one command needs it)

    return every_point(path, vary, **options)


def explain(path: Path, settings: Sequence[str] = ()) -> Plan:
    """Plan a scenario, or the inputs of a run, and write nothing: what the plan says why.

    Marginal values and reasons are worked out when they are asked of the plan
    (:attr:`~zxsim.optimize.plan.Plan.marginals`, :attr:`~zxsim.optimize.plan.Plan.reasons`,
    :mod:`zxsim.optimize.answers`).

    Raises
    ------
    DataError, UsageError, ConflictError, LimitError, InternalError
        A conflict comes with its clauses and the smallest concessions.
    """
    inputs = path / "inputs" / "resolved.toml"
    if inputs.is_file():
        require_whole(path)
    return _plan.optimize(load(inputs if inputs.is_file() else path, settings))


def verify(run: Path) -> list[Message]:
    """Check a run by independent code; an empty list means that all is as it says."""
    return _verify.verify(require_run(run))


def export(
    run: Path,
    to: Path,
    table: str | None = None,
    language: Language = "zh",
    *,
    form: str | None = None,
    year: int | None = None,
    quarter: int | None = None,
    place: str | None = None,
) -> None:
    """Write a run to a file whose ending says how.

    ``.xlsx`` and ``.md`` hold the workbook, or the ``form`` or ``table`` that is named; ``.csv`` one form
    or table (the allocation by default); ``.parquet`` one table; ``.lp`` and ``.mps`` the model.

    Parameters
    ----------
    form : str or None
        Name of an official form, or a template of one's own that ends in ``.toml``.
    year : int or None
        Year of the official forms; all years when not given.
    quarter, place : int, str or None
        Quarter of the report on progress; the one place of a form with a sheet for each.
    """
    ending = to.suffix.lower()
    chosen = Chosen(form, table, Asked(year, quarter, place))
    if form is None and chosen.asked == ANYTHING and ending not in (".xlsx", ".md"):
        _export(run, to, table, partial(for_people, language=language))
    else:
        export_sheets(run, to, language, chosen)


def import_sheets(
    files: Sequence[Path],
    to: Path,
    sheet: str | None = None,
    mapping: Path | None = None,
    wishes: Wishes | None = None,
    language: Language = "zh",
) -> "Understood":
    """Make a scenario folder ``to`` (new or empty) out of official project sheets.

    ``mapping`` is an ``import.toml`` as an earlier import wrote it; ``wishes`` (years, name, unit) count
    more than it and than anything guessed. The folder is loaded once before it appears.

    Raises
    ------
    DataError
        No project table, no year, cells at fault (all of them), a mapping at fault, a folder in use.
    """
    from zxsim.report import imported  # noqa: PLC0415 (only this command reads sheets)
    from zxsim.sheets import folder as folders  # noqa: PLC0415
    from zxsim.sheets.importing import understand  # noqa: PLC0415
    from zxsim.sheets.writing import write  # noqa: PLC0415

    folders.require_free(to)
    found = understand(files, sheet, mapping, wishes or Wishes())
    with folders.new_folder(to) as folder:
        comments = imported.mapping_comments(found.guessed, language)
        write(found, folder, imported.scenario_words(found, language), comments)
        _require_loadable(folder, files)
    return found


def _require_loadable(folder: Path, files: Sequence[Path]) -> None:
    """Load what was made of sheets; what is wrong with it comes from them."""
    try:
        load(folder)
    except DataError as error:
        origin = Message("import_result_at_fault", {}, files[0].name)
        raise DataError([origin, *error.messages]) from None


def write_mapping(
    files: Sequence[Path],
    to: Path,
    sheet: str | None = None,
    wishes: Wishes | None = None,
    language: Language = "zh",
) -> None:
    """Write the mapping that :func:`import_sheets` would guess, to be mended; ``to`` must not exist.

    Raises
    ------
    DataError
        No project table, no year, or the file is there already.
    """
    from zxsim.report.imported import mapping_comments  # noqa: PLC0415 (only this command reads sheets)
    from zxsim.sheets.folder import write_text  # noqa: PLC0415
    from zxsim.sheets.importing import draft  # noqa: PLC0415

    if to.exists():
        raise DataError([Message("import_mapping_exists", {"given": str(to)})])
    text = draft(files, sheet, wishes or Wishes(), partial(mapping_comments, language=language))
    write_text(to, text)
