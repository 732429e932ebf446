"""The runs in a folder of results, and what else lies there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import glob
from pathlib import Path

import polars as pl

from zxsim.errors import DataError, Message
from zxsim.runs.data import RunData
from zxsim.runs.export import SWEEP, SWEEP_UNFINISHED
from zxsim.runs.facts import SCHEMA, facts
from zxsim.runs.store import UNFINISHED


@dataclass(frozen=True, eq=False)
class Listing:
    """Runs, the newest first (:data:`zxsim.runs.facts.SCHEMA`), and a message for each other folder."""

    runs: pl.DataFrame
    others: tuple[Message, ...]


def list_runs(results: Path) -> Listing:
    """List the runs of a folder ``results/<scenario>/<run>``, or of one scenario in it.

    Raises
    ------
    DataError
        There is no such folder.
    """
    if not results.is_dir():
        raise DataError([Message("results_missing", {"given": str(results)})])
    rows, others = [], []
    for folder in _folders(results):
        if not (folder / "run.json").is_file():
            others.append(Message(_what_else(folder), {"given": str(folder)}))
            continue
        try:
            rows.append(facts(RunData(folder)))
        except DataError as error:
            others += error.messages
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return Listing(frame.sort("created", "run", descending=True), tuple(others))


def matched(given: Sequence[Path]) -> list[Path]:
    """Put the runs that a pattern such as ``results/mine/*`` stands for in its place, the oldest first.

    Not every shell does. What is there under the name itself is no pattern; sweeps, files and folders that
    are still being written are left out. A pattern that finds nothing stays, to be told of.
    """
    runs = []
    for path in given:
        found = [] if path.exists() else [Path(name) for name in sorted(glob(str(path)))]  # noqa: PTH207 (absolute ones too)
        runs += [one for one in found if _may_be_run(one)] or [path]
    return runs


def _may_be_run(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith(".") and not (path / SWEEP).is_file()


def _what_else(folder: Path) -> str:
    """Code of the message for a folder that is no run."""
    if folder.name.startswith(UNFINISHED):
        return "run_unfinished"
    if folder.name.startswith(SWEEP_UNFINISHED):
        return "sweep_unfinished"
    return "sweep_is_no_run" if (folder / SWEEP).is_file() else "not_a_run"


def _folders(results: Path) -> Iterator[Path]:
    """Folders that should be runs: those in a folder of a scenario, and one that stands alone."""
    for folder in sorted(path for path in results.iterdir() if path.is_dir()):
        inside = sorted(path for path in folder.iterdir() if path.is_dir())
        if (folder / "run.json").is_file() or folder.name.startswith(UNFINISHED) or not inside:
            yield folder
        elif (folder / "inputs").is_dir():
            yield folder  # a run that has lost its run.json
        else:
            yield from inside
