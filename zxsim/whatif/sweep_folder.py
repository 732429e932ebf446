"""The folder of a sweep: written point by point, found again after a kill, renamed when it is whole.

While it is unfinished it stands beside the runs as ``.sweep-<16 hex>``, named by everything that decides
its content. A point is a folder of its own in ``points``, written aside and renamed, so that it is there
whole or not at all.
"""

import hashlib
import json
import platform
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from zxsim import __version__
from zxsim.core.tables import write_table
from zxsim.errors import Message
from zxsim.optimize.solution import SolverSettings
from zxsim.optimize.solvers import described
from zxsim.runs.export import SWEEP, SWEEP_UNFINISHED
from zxsim.runs.store import UNFINISHED as LEFTOVER
from zxsim.runs.store import aside, digest_of, renamed, unwritable, written_inputs
from zxsim.schema.load import Loaded
from zxsim.whatif.sweep_grid import Point, Varied
from zxsim.whatif.sweep_point import Found, Wanted

MANIFEST, POINTS, TABLE = SWEEP, "points", "sweep"
UNFINISHED, FINISHED = "unfinished", "swept"


@dataclass(frozen=True)
class Request:
    """All that decides what a sweep finds, but for the scenario itself."""

    keys: Sequence[Varied]
    settings: SolverSettings
    wanted: Wanted | None

    def described(self) -> dict[str, Any]:
        """What sweep.json says of it."""
        return {
            "varied": [{"key": one.key, "values": list(one.values)} for one in self.keys],
            "solver": described(self.settings),
            "simulation": None if self.wanted is None else vars(self.wanted),
        }


class SweepFolder:
    """An unfinished sweep on disk."""

    def __init__(self, folder: Path, digits: int) -> None:
        """Take the folder as it is; leftovers of points that were being written go."""
        self.folder, self._digits = folder, digits
        for leftover in (folder / POINTS).glob(f"{LEFTOVER}*"):
            shutil.rmtree(leftover)

    def _path(self, number: int) -> Path:
        return self.folder / POINTS / f"{number:0{self._digits}}"

    def name(self, number: int) -> str:
        """Where a point stands within the folder."""
        return f"{POINTS}/{self._path(number).name}"

    def done(self, number: int) -> dict[str, Any] | None:
        """What was found at a point; ``None`` where it is still to be worked out, or cannot be read."""
        path = self._path(number)
        if not path.is_dir():
            return None
        try:
            found: dict[str, Any] = json.loads((path / "point.json").read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            shutil.rmtree(path)
            return None
        return found

    def write(self, point: Point, found: Found) -> dict[str, Any]:
        """Write one point, whole; return what its point.json holds."""
        said = {
            "point": point.number,
            "settings": list(point.settings),
            "status": found.status,
            "clauses": list(found.clauses),
            "messages": [_as_data(message) for message in found.messages],
            "figures": dict(found.figures),
        }
        with _writing(self.folder), aside(self.folder / POINTS) as folder:
            for name, frame in found.tables.items():
                write_table(frame, folder, name)
            _write_json(said, folder / "point.json")
            folder.rename(self._path(point.number))
        return said

    def finish(
        self, points: Sequence[Mapping[str, Any]], table: pl.DataFrame, timings: Mapping[str, float]
    ) -> Path:
        """Write the table of all points, close the manifest and give the folder its final name."""
        with _writing(self.folder):
            write_table(table, self.folder, TABLE)
            manifest = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            manifest["status"] = FINISHED
            manifest["points"] = [
                {**{key: said[key] for key in ("point", "settings", "status")}, "folder": self.name(at)}
                for at, said in enumerate(points, start=1)
            ]
            manifest["timings"] = {name: round(seconds, 3) for name, seconds in timings.items()}
            _write_json(manifest, self.folder / MANIFEST)
            hashes = digest_of(manifest["inputs"])
            created = datetime.fromisoformat(manifest["created"])
            return renamed(self.folder, self.folder.parent, f"{created:%Y%m%dT%H%M%SZ}-{hashes}-sweep")


def open_folder(base: Loaded, request: Request, count: int, results: Path) -> SweepFolder:
    """Find the unfinished sweep of the same scenario and request, or begin one.

    Raises
    ------
    DataError
        The results folder cannot be written.
    """
    parent = results / base.label
    with _writing(parent), aside(parent) as folder:
        (folder / POINTS).mkdir()
        hashes = written_inputs(base, folder)
        asked = {"inputs": hashes, **request.described()}
        text = json.dumps([__version__, asked], sort_keys=True)
        known = parent / f"{SWEEP_UNFINISHED}{hashlib.sha256(text.encode()).hexdigest()[:16]}"
        if not known.is_dir():
            _write_json(_manifest(base, asked), folder / MANIFEST)
            folder.rename(known)
    return SweepFolder(known, max(4, len(str(count))))


def _manifest(base: Loaded, asked: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "zxsim_version": __version__,
        "scenario": base.label,
        "name": base.spec.name,
        "illustrative": base.spec.illustrative,
        "assumptions": len(base.assumptions),
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "status": UNFINISHED,
        **asked,
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "polars": version("polars"),
        },
    }


def _as_data(message: Message) -> dict[str, Any]:
    return {"code": message.code, "fields": {key: _plain(value) for key, value in message.fields.items()}}


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value if isinstance(value, int | float) else str(value)


def _write_json(data: Mapping[str, Any], path: Path) -> None:
    """Write aside and rename: a kill leaves the old file or the new one."""
    unfinished = path.with_name(f".unfinished.{path.name}")
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    unfinished.replace(path)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        raise unwritable(folder, error) from None
