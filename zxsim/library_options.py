"""Options of the library, under the names that they have on the command line, and what else it is given."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypedDict

from zxsim.errors import Message
from zxsim.optimize.solution import SolverSettings
from zxsim.optimize.solvers import settings_for
from zxsim.outcomes import SimulationSettings
from zxsim.report.wording import Language, sentence
from zxsim.runs.data import RunData

Given = str | os.PathLike[str]


class Simulating(TypedDict, total=False):
    """How to simulate, and where the run is written; what is left out is as on the command line.

    ``results`` is the folder of runs. ``seed``, ``replications`` and ``precision`` (half-width of the 95 %
    interval of a target's probability) are the scenario's otherwise; ``workers`` are processes, ``cluster``
    is the address of a Dask scheduler; ``events`` writes every event too.
    """

    results: Given
    seed: int | None
    replications: int | None
    precision: float | None
    workers: int | None
    cluster: str | None
    events: bool


class Planning(Simulating, total=False):
    """How to plan, beside how to simulate.

    ``solver`` is the name of one (``highs``); ``iterations`` and ``nodes`` end a stage, ``gap`` is the
    relative distance from the best possible choice of projects at which a search may end.
    """

    solver: str
    iterations: int | None
    nodes: int | None
    gap: float


def results_of(options: Simulating) -> Path:
    """Folder of the runs."""
    return Path(options.get("results", "results"))


def simulation_of(options: Simulating) -> SimulationSettings:
    """How to simulate."""
    return SimulationSettings(
        options.get("seed"),
        options.get("replications"),
        options.get("precision"),
        options.get("workers"),
        options.get("cluster"),
        events=options.get("events", False),
    )


def solver_of(options: Planning) -> SolverSettings:
    """Return the solver and its limits, or raise :class:`~zxsim.errors.UsageError` where it is unknown."""
    return settings_for(
        options.get("solver", "highs"),
        options.get("iterations"),
        options.get("nodes"),
        options.get("gap", 0.0),
    )


def sentences(messages: Iterable[Message], language: Language = "zh") -> list[str]:
    """Put messages into words: warnings, differences that were found, findings of a comparison."""
    return [sentence(message, language) for message in messages]


def absolute(path: Given) -> Path:
    """Return the path of a scenario or run as it stays right when the working directory changes."""
    return Path(path).absolute()


def from_here(path: Path) -> Path:
    """Return an absolute path as a person would write it: from the working directory, where it lies in it."""
    here = Path.cwd()
    return path.relative_to(here) if here in path.parents else path


def folder_of(run: RunData | Given) -> Path:
    """Return the folder of a run, or of the path of one."""
    if isinstance(run, RunData):
        return from_here(run.folder)
    if isinstance(run, str | os.PathLike):
        return Path(run)
    raise TypeError(f"a run or the path of its folder is needed, not {run!r}")


def folders_of(runs: Sequence[RunData | Given] | RunData | Given) -> list[Path]:
    """Return the folders of several runs, or of one."""
    if isinstance(runs, RunData | str | os.PathLike):
        return [folder_of(runs)]
    return [folder_of(run) for run in runs]


def require_texts(given: Sequence[str], call: str) -> None:
    """Raise :class:`TypeError` unless each is a text; ``call`` shows how several are given."""
    for one in given:
        if not isinstance(one, str):
            raise TypeError(f"each is a text of its own, {call}; not {one!r}")
