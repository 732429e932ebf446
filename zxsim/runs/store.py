"""A run folder appears whole or not at all: written aside, then renamed."""

import hashlib
import json
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from zxsim import __version__
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.tables import write_table
from zxsim.errors import DataError, Message
from zxsim.optimize.build import available_units
from zxsim.optimize.plan import Plan
from zxsim.optimize.solution import SolverSettings
from zxsim.optimize.solvers import described
from zxsim.runs.notices import notices
from zxsim.runs.resolved import write_inputs
from zxsim.runs.tables import all_tables
from zxsim.schema.load import Loaded

UNFINISHED = ".unfinished-"
"""What the names of folders begin with that are still being written, or were when a process ended."""

AlsoWrite = Callable[[Path], Mapping[str, Any]]
"""Writes further tables into the folder of a run; returns what run.json says of them."""


@dataclass(frozen=True)
class Beside:
    """What a run holds beside a plan: further tables by name, entries of run.json, and notices."""

    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    manifest: Mapping[str, Any] = field(default_factory=dict)
    notices: Sequence[Message] = ()


def save_run(
    plan: Plan,
    results: Path,
    settings: SolverSettings,
    timings: Mapping[str, float],
    also: AlsoWrite | None = None,
    beside: Beside | None = None,
) -> Path:
    """Write a plan as a run folder ``results/<scenario>/<UTC time>-<8 hex>`` and return the folder.

    ``also`` writes what was found beside the plan, under the key ``simulation`` of run.json.

    Raises
    ------
    DataError
        The results folder cannot be written.
    """
    created = datetime.now(UTC)
    parent = results / plan.loaded.label
    try:
        with aside(parent) as folder:
            hashes = written_inputs(plan.loaded, folder)
            beside = beside or Beside()
            tables = {**all_tables(plan), **beside.tables}
            for name, frame in tables.items():
                write_table(frame, folder, name)
            manifest = _manifest(plan, settings, hashes, created, timings) | dict(beside.manifest)
            manifest["notices"] = [*_as_data(beside.notices), *manifest["notices"]]
            if also is not None:
                manifest["simulation"] = also(folder)
            write_manifest(manifest, folder)
            return renamed(folder, parent, f"{created:%Y%m%dT%H%M%SZ}-{digest_of(hashes)}")
    except (OSError, pl.exceptions.PolarsError) as error:
        raise unwritable(parent, error) from None


def written_inputs(loaded: Loaded, folder: Path) -> dict[str, str]:
    """Write the resolved scenario into ``folder/inputs``; return the hash of each file by its name."""
    inputs = folder / "inputs"
    inputs.mkdir()
    return {name: sha256(inputs / name) for name in write_inputs(loaded, inputs)}


def digest_of(hashes: Mapping[str, str]) -> str:
    """Eight hex digits that stand for all inputs."""
    return hashlib.sha256("".join(hashes.values()).encode()).hexdigest()[:8]


def write_manifest(manifest: Mapping[str, Any], folder: Path) -> None:
    """Write run.json."""
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (folder / "run.json").write_text(text, encoding="utf-8", newline="\n")


def unwritable(folder: Path, error: Exception) -> DataError:
    """Say that the results folder cannot be written, and why."""
    fields = {"folder": str(folder), "reason": getattr(error, "strerror", None) or str(error)}
    return DataError([Message("results_unwritable", fields)])


@contextmanager
def aside(parent: Path) -> Iterator[Path]:
    """Give a folder beside the runs that is gone afterwards unless it was renamed."""
    parent.mkdir(parents=True, exist_ok=True)
    number = 0
    while True:
        folder = parent / f"{UNFINISHED}{number}"
        try:
            folder.mkdir()
            break
        except FileExistsError:
            number += 1
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def renamed(folder: Path, parent: Path, name: str) -> Path:
    """Rename to ``name``, or to ``name-2``, ``name-3``, … when the same second saw the same inputs."""
    number = 1
    while True:
        final = parent / (name if number == 1 else f"{name}-{number}")
        if not final.exists():
            folder.rename(final)
            return final
        number += 1


def sha256(path: Path) -> str:
    """Hex digest of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _as_data(found: Sequence[Message]) -> list[dict[str, Any]]:
    return [{"code": notice.code, **notice.fields} for notice in found]


def _manifest(
    plan: Plan,
    settings: SolverSettings,
    hashes: Mapping[str, str],
    created: datetime,
    timings: Mapping[str, float],
) -> dict[str, Any]:
    spec, chain = plan.loaded.spec, plan.chain
    return {
        "zxsim_version": __version__,
        "scenario": plan.loaded.label,
        "name": spec.name,
        "illustrative": spec.illustrative,
        "created": created.isoformat(timespec="seconds"),
        "status": plan.status,
        "gap": plan.gap,
        "inputs": dict(hashes),
        "solver": described(settings),
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "polars": version("polars"),
        },
        "stages": [vars(stage) for stage in chain.stages],
        "certificates": [vars(certificate) for certificate in chain.certificates],
        "unique": chain.unique,
        "cells_rounded": plan.cells_rounded,
        "available_wan": available_units(plan.loaded.layout) / UNITS_PER_WAN,
        "spent_wan": plan.spent_units / UNITS_PER_WAN,
        "benefit": plan.benefit,
        "library_benefit": plan.library_benefit,
        "equal_benefit": plan.equal_benefit,
        "library_order": "rank" if plan.by_rank else "id",
        "notices": _as_data(notices(plan)),
        "timings": {name: round(seconds, 3) for name, seconds in timings.items()},
    }
