"""What one line says of a run: how it ended, what it brings, how many targets it meets."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from zxsim.errors import DataError, Message
from zxsim.runs.data import RunData
from zxsim.runs.states import REACHED

SCHEMA = {
    "run": pl.String,
    "scenario": pl.String,
    "name": pl.String,
    "created": pl.String,
    "status": pl.String,
    "benefit": pl.Float64,
    "spent_wan": pl.Float64,
    "simulated": pl.Boolean,
    "replications": pl.Int64,
    "targets_met": pl.Int64,
    "targets": pl.Int64,
    "least_probability": pl.Float64,
}


def facts(run: RunData) -> Mapping[str, Any]:
    """Return the facts of a run, keys as :data:`SCHEMA`; ``None`` where it has no plan or no simulation.

    ``targets_met`` counts rows that the plan meets, ``least_probability`` is that of the least sure one.

    Raises
    ------
    DataError
        A file is missing or damaged.
    """
    manifest = run.manifest
    if not isinstance(manifest, dict):
        raise damaged(run.folder, "run.json", "not_a_table")
    try:
        simulation = manifest.get("simulation") or {}
        planned = "spent_wan" in manifest
        found = {
            "run": str(run.folder),
            "scenario": str(manifest["scenario"]),
            "name": str(manifest["name"]),
            "created": _time(manifest["created"]),
            "status": str(manifest["status"]),
            "benefit": float(manifest["benefit"]) if planned else None,
            "spent_wan": float(manifest["spent_wan"]) if planned else None,
            "simulated": bool(simulation),
            "replications": int(simulation["replications"]) if simulation else None,
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise damaged(run.folder, "run.json", str(error)) from None
    return {**found, **_targets(run, planned=planned, simulated=bool(simulation))}


def _targets(run: RunData, *, planned: bool, simulated: bool) -> Mapping[str, Any]:
    try:
        states = run.table("targets")["state"] if planned else None
        chance = run.table("simulated_targets")["probability"] if simulated else None
    except pl.exceptions.ColumnNotFoundError as error:
        raise damaged(run.folder, "targets.parquet", str(error)) from None
    return {
        "targets_met": None if states is None else int(states.is_in(REACHED).sum()),
        "targets": None if states is None else len(states),
        "least_probability": None if chance is None else chance.min(),
    }


def _time(text: str) -> str:
    """Time in UTC; an error where it is none."""
    return datetime.fromisoformat(text).isoformat(timespec="seconds")


def damaged(folder: Path, file: str, reason: str) -> DataError:
    """Say that a file of a run is not what a run holds."""
    fields = {"given": str(folder), "file": file, "reason": reason.split("\n", 1)[0]}
    return DataError([Message("run_damaged", fields)])
