"""The command ``replan``; uses typer as cli.py does."""

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
from zxsim.report.wording import Language

if TYPE_CHECKING:
    from zxsim.given_plans import ReplannedRun


def replan(
    scenario: Scenario,
    approved: Annotated[
        Path,
        typer.Option(
            "--from",
            metavar="RUN|FILE",
            help=_(
                "已批准的安排：一次运行的结果文件夹，或分配表（.xlsx、.csv）",
                "the approved plan: folder of a run, or an allocation sheet (.xlsx, .csv)",
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
    """Change an approved plan as little as the scenario allows."""
    del outside
    from zxsim import api  # noqa: PLC0415 (heavy)

    with progress_line(lang, shown=not (as_json or quiet)) as progress:
        wanted = api.SimulationSettings(
            seed, replications, precision, workers, cluster, events=events, progress=progress
        )
        ended = api.replan(
            scenario,
            approved,
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


def _show(ended: "ReplannedRun", lang: Language, *, simulation_wanted: bool) -> None:
    from zxsim.report.replanned import ReplannedScreen  # noqa: PLC0415 (heavy)
    from zxsim.report.simulated_screen import SimulatedScreen  # noqa: PLC0415 (heavy)

    ReplannedScreen(lang).show(ended.replanned, ended.warnings)
    SimulatedScreen(lang).behind_plan(ended.simulated, ended.folder, wanted=simulation_wanted)
