"""Simulations as run folders: beside the plan that they simulate, or alone where there is none."""

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from zxsim import __version__
from zxsim.core.layout import IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.tables import write_table
from zxsim.errors import DataError, Message
from zxsim.runs.data import RunData
from zxsim.runs.store import aside, digest_of, renamed, unwritable, write_manifest, written_inputs
from zxsim.schema.load import Loaded
from zxsim.simulate.run import Simulated

KEYS = ("project_id", "place_id", "fund_id", "year")
NO_PLAN = "no_plan"
REPLICATIONS = "replications.parquet"
"""Parquet alone: millions of rows where there are many places, and no person reads them one by one."""


def units_of_run(run: Path, layout: Layout) -> IntArray:
    """Read the allocation of a run as units of each money column, shape *(columns,)*.

    Raises
    ------
    DataError
        A row that is no money column of the run's own inputs.
    """
    table = RunData(run).table("allocation")
    columns = pl.DataFrame(
        {
            "project_id": pl.Series(layout.project_ids, dtype=pl.String).gather(layout.column_project),
            "place_id": pl.Series(layout.places.ids, dtype=pl.String).gather(layout.column_place),
            "fund_id": pl.Series([f.fund_id for f in layout.funds], dtype=pl.String).gather(
                layout.column_fund
            ),
            "year": layout.years[layout.column_year],
            "column": np.arange(len(layout)),
        }
    )
    found = table.join(columns, on=KEYS, how="left", maintain_order="left")
    if found["column"].null_count():
        fields = {"given": str(run), "file": "allocation.parquet", "reason": "unknown rows"}
        raise DataError([Message("run_damaged", fields)])
    units = np.zeros(len(layout), dtype=np.int64)
    amounts = np.rint(found["amount_wan"].to_numpy() * UNITS_PER_WAN).astype(np.int64)
    np.add.at(units, found["column"].to_numpy(), amounts)
    return units


def save_simulated_run(run: Path, simulated: Simulated, results: Path, *, events: bool) -> Path:
    """Write a copy of a run with the tables of a simulation of its plan; return the new folder."""
    parent = results / simulated.loaded.label
    try:
        with aside(parent) as folder:
            shutil.copytree(run, folder, dirs_exist_ok=True)
            manifest = dict(RunData(run).manifest)
            return _finished(folder, parent, simulated, manifest, events=events)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise unwritable(parent, error) from None


def save_unplanned(loaded: Loaded, simulated: Simulated, results: Path, *, events: bool) -> Path:
    """Write the simulation of no plan: inputs, tables and run.json; return the folder."""
    parent = results / loaded.label
    try:
        with aside(parent) as folder:
            manifest = {
                "zxsim_version": __version__,
                "scenario": loaded.label,
                "name": loaded.spec.name,
                "illustrative": loaded.spec.illustrative,
                "status": NO_PLAN,
                "inputs": written_inputs(loaded, folder),
            }
            return _finished(folder, parent, simulated, manifest, events=events)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise unwritable(parent, error) from None


def write_simulation(folder: Path, simulated: Simulated, *, events: bool) -> Mapping[str, Any]:
    """Write the tables of a simulation into a folder; return what run.json says of it.

    Figures of single replications are written as Parquet only.
    """
    for name, frame in simulated.tables(events=events).items():
        write_table(frame, folder, name)
    simulated.replication_table().write_parquet(folder / REPLICATIONS)
    return simulated.manifest()


def _finished(
    folder: Path, parent: Path, simulated: Simulated, manifest: dict[str, Any], *, events: bool
) -> Path:
    created = datetime.now(UTC)
    manifest["created"] = created.isoformat(timespec="seconds")
    manifest["simulation"] = write_simulation(folder, simulated, events=events)
    write_manifest(manifest, folder)
    return renamed(folder, parent, f"{created:%Y%m%dT%H%M%SZ}-{digest_of(manifest['inputs'])}")
