"""The command ``evaluate``; uses typer as cli.py does."""

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
    NoSimulate,
    Outside,
    PlanSheetName,
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
from zxsim.console import as_data, print_json
from zxsim.errors import ExitCode
from zxsim.report.wording import Language

if TYPE_CHECKING:
    from zxsim.given_plans import EvaluatedRun


def evaluate(
    scenario: Scenario,
    plan: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help=_(
                "要评估的安排：导出的分配表（.xlsx、.csv），可在 Excel、WPS 里改过",
                "the plan: an exported allocation sheet (.xlsx, .csv), edited or not",
            ),
        ),
    ],
    sheet: PlanSheetName = None,
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
    no_simulate: NoSimulate = False,
    events: WithEvents = False,
    as_json: Json = False,
    quiet: Quiet = False,
    outside: Outside = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Score a plan; exit 7 where it breaks a hard rule."""
    del outside
    from zxsim import api  # noqa: PLC0415 (heavy)

    with progress_line(lang, shown=not (as_json or quiet)) as progress:
        wanted = api.SimulationSettings(
            seed, replications, precision, workers, cluster, events=events, progress=progress
        )
        ended = api.evaluate(
            scenario,
            plan,
            sheet=sheet,
            settings=settings or (),
            results=results,
            solver=api.settings_for(solver, iterations, nodes, gap),
            simulation=None if no_simulate else wanted,
        )
    if as_json:
        print_json({**ended.summary(), "warnings": as_data(ended.warnings, lang)})
    elif not quiet:
        _show(ended, lang, simulation_wanted=not no_simulate)
    if not ended.evaluated.kept:
        raise typer.Exit(ExitCode.DIFFERENCE)


def _show(ended: "EvaluatedRun", lang: Language, *, simulation_wanted: bool) -> None:
    from zxsim.report.evaluated import EvaluatedScreen  # noqa: PLC0415 (heavy)
    from zxsim.report.simulated_screen import SimulatedScreen  # noqa: PLC0415 (heavy)

    EvaluatedScreen(lang).show(ended.evaluated, ended.warnings)
    SimulatedScreen(lang).behind_plan(ended.simulated, ended.folder, wanted=simulation_wanted)
