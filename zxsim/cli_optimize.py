"""The command ``optimize``, the main job; uses typer as cli.py does."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zxsim.cli_help import LANGUAGE, _
from zxsim.cli_options import (
    Gap,
    Iterations,
    Json,
    Lang,
    Nodes,
    Outside,
    Quiet,
    Results,
    Scenario,
    Settings,
    SolverName,
)
from zxsim.cli_progress import (
    Cluster,
    Precision,
    Replicas,
    Seed,
    WithEvents,
    WorkerCount,
    progress_line,
)
from zxsim.console import print_json
from zxsim.errors import InternalError, Message
from zxsim.report.wording import Language

if TYPE_CHECKING:
    from zxsim.api import Run


def optimize(
    scenario: Scenario,
    settings: Settings = None,
    results: Results = Path("results"),
    solver: SolverName = "highs",
    iterations: Iterations = None,
    nodes: Nodes = None,
    gap: Gap = 0.0,
    seed: Seed = None,
    replications: Replicas = None,
    precision: Precision = None,
    workers: WorkerCount = None,
    cluster: Cluster = None,
    *,
    no_simulate: Annotated[
        bool, typer.Option("--no-simulate", help=_("只分配资金，不模拟农户", "allocate only"))
    ] = False,
    events: WithEvents = False,
    as_json: Json = False,
    quiet: Quiet = False,
    outside: Outside = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Run the main job."""
    del outside
    from zxsim import api  # noqa: PLC0415 (heavy)

    limits = api.settings_for(solver, iterations, nodes, gap)
    with progress_line(lang, shown=not (as_json or quiet)) as progress:
        wanted = api.SimulationSettings(
            seed, replications, precision, workers, cluster, events=events, progress=progress
        )
        try:
            ended = api.optimize(
                scenario,
                settings=settings or (),
                results=results,
                solver=limits,
                simulation=None if no_simulate else wanted,
            )
        except InternalError as error:
            raise _with_model(error, results) from error
    if as_json:
        print_json(ended.summary())
    elif not quiet:
        _show(ended, lang, simulation_wanted=not no_simulate)


def _show(run: "Run", lang: Language, *, simulation_wanted: bool) -> None:
    from zxsim.report.simulated_screen import SimulatedScreen  # noqa: PLC0415 (heavy)
    from zxsim.report.terminal import PlanScreen  # noqa: PLC0415 (heavy)

    PlanScreen(lang).plan(run.plan)
    SimulatedScreen(lang).behind_plan(run.simulated, run.folder, wanted=simulation_wanted)


def _with_model(error: InternalError, results: Path) -> InternalError:
    """Write the model that zxsim could not handle beside the message."""
    if not error.model_text:
        return error
    path = results / "internal-error.lp"
    try:
        results.mkdir(parents=True, exist_ok=True)
        path.write_text(error.model_text, encoding="utf-8")
    except OSError:
        return error  # the message matters more than the model
    return InternalError([*error.messages, Message("model_written", {"path": str(path)})])
