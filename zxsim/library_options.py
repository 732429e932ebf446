"""Options of the library, under the names that they have on the command line, and errors in words."""

import functools
import inspect
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ParamSpec, TypedDict, TypeVar, get_args

from zxsim.core.messages import nearest
from zxsim.errors import Message, ZxsimError
from zxsim.optimize.solution import SolverSettings
from zxsim.optimize.solvers import settings_for
from zxsim.outcomes import SimulationSettings
from zxsim.report.wording import Language, sentence

Given = str | os.PathLike[str]
P = ParamSpec("P")
T = TypeVar("T")


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


def worded(work: Callable[P, T]) -> Callable[P, T]:
    """Let what a function raises carry its sentences as notes, which Python prints below the error.

    They are in the language that ``ZXSIM_LANG`` names, Chinese otherwise, as on the command line.
    A keyword that it does not take is a :class:`TypeError`, also where it takes options.
    """
    known = _keywords(work)

    @functools.wraps(work)
    def told(*arguments: P.args, **options: P.kwargs) -> T:
        for name in options.keys() - known if known else ():
            near = nearest(name, known)
            hint = f"; did you mean {near!r}?" if near else ""
            raise TypeError(f"{work.__qualname__}() got an unexpected keyword argument {name!r}{hint}")
        try:
            return work(*arguments, **options)
        except ZxsimError as error:
            for text in sentences(error.messages, "en" if os.environ.get("ZXSIM_LANG") == "en" else "zh"):
                error.add_note(text)
            raise

    return told


def _keywords(work: Callable[..., object]) -> frozenset[str]:
    """Keywords of a function that takes options; none where Python itself refuses the others."""
    parameters = inspect.signature(work).parameters.values()
    for one in parameters:
        if one.kind is one.VAR_KEYWORD:
            (options,) = get_args(one.annotation)  # Unpack of a TypedDict: only type checkers look into it
            return frozenset(options.__annotations__) | {other.name for other in parameters}
    return frozenset()
