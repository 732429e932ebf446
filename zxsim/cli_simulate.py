"""The command ``simulate``; uses typer as cli.py does."""

from pathlib import Path

from zxsim.cli_help import LANGUAGE
from zxsim.cli_options import Json, Lang, Outside, Quiet, Results, ScenarioOrRun, Settings
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


def simulate(
    given: ScenarioOrRun,
    settings: Settings = None,
    results: Results = Path("results"),
    seed: Seed = None,
    replications: Replicas = None,
    precision: Precision = None,
    workers: WorkerCount = None,
    cluster: Cluster = None,
    *,
    events: WithEvents = False,
    as_json: Json = False,
    quiet: Quiet = False,
    outside: Outside = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Simulate no plan (of a scenario), or the plan of a run."""
    del outside
    from zxsim import api  # noqa: PLC0415 (heavy)

    with progress_line(lang, shown=not (as_json or quiet)) as progress:
        wanted = api.SimulationSettings(
            seed, replications, precision, workers, cluster, events=events, progress=progress
        )
        ended = api.simulate(given, settings=settings or (), results=results, simulation=wanted)
    if as_json:
        print_json(ended.summary())
    elif not quiet:
        from zxsim.report.simulated_screen import SimulatedScreen  # noqa: PLC0415 (heavy)

        screen = SimulatedScreen(lang)
        screen.show(ended.simulated)
        screen.folder(ended.folder)
