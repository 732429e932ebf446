"""A finished sweep on disk, to be shown and exported again."""

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from zxsim.core.messages import nearest
from zxsim.errors import DataError, Message, UsageError
from zxsim.runs.data import RunData
from zxsim.runs.export import require_whole
from zxsim.whatif.sweep_folder import FINISHED, MANIFEST, TABLE
from zxsim.whatif.sweep_frontier import Axes, axes_of
from zxsim.whatif.sweep_grid import Varied


class SweepData(RunData):
    """What a sweep says of itself; its inputs are those of the scenario without what was varied."""

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What sweep.json holds."""
        return manifest_of(self.folder)

    @cached_property
    def points(self) -> pl.DataFrame:
        """One row a point."""
        return self.table(TABLE)

    @property
    def keys(self) -> list[Varied]:
        """What was varied."""
        return [Varied(one["key"], tuple(one["values"])) for one in self.manifest["varied"]]

    def axes(self, x: str | None, y: str | None) -> Axes:
        """Choose the axes that are not given.

        Raises
        ------
        UsageError
            A column that is not there, or holds no numbers.
        """
        known = [name for name, kind in self.points.schema.items() if kind.is_numeric()]
        messages = [
            Message("unknown_axis", {"given": name, "allowed": known, "nearest": nearest(name, known)})
            for name in (x, y)
            if name is not None and name not in known
        ]
        if messages:
            raise UsageError(messages)
        return axes_of(self.points, self.keys, x, y)

    def summary(self, axes: Axes, resumed: int) -> dict[str, Any]:
        """Return what ``--json`` prints; ``resumed`` points were there before."""
        return {
            "status": self.manifest["status"],
            "run": str(self.folder),
            "resumed": resumed,
            "x": axes.x,
            "y": axes.y,
            "frontier": axes.frontier(self.points),
            "points": self.points.to_dicts(),
        }


def is_sweep(path: Path) -> bool:
    """Whether a path is the folder of a sweep, finished or not."""
    return (path / MANIFEST).is_file()


def finished_sweep(path: Path, changes: Sequence[object] = ()) -> SweepData:
    """Open a finished sweep.

    Parameters
    ----------
    changes : sequence
        Options that would change what was worked out; none of them may be given.

    Raises
    ------
    DataError, UsageError
        It is not finished or cannot be read; something is asked that would change it.
    """
    if any(changes):
        raise UsageError([Message("sweep_takes_no_change", {"given": str(path)})])
    if (path / "run.json").is_file() and not is_sweep(path):
        raise DataError([Message("run_is_no_sweep", {"given": str(path)})])
    if manifest_of(path).get("status") != FINISHED:
        raise DataError([Message("sweep_unfinished", {"given": str(path)})])
    return SweepData(path)


def manifest_of(folder: Path) -> dict[str, Any]:
    """Read sweep.json.

    Raises
    ------
    DataError
        It cannot be read.
    """
    require_whole(folder)
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        fields = {"given": str(folder), "reason": str(error).split("\n", 1)[0]}
        raise DataError([Message("sweep_damaged", fields)]) from None
    return found
