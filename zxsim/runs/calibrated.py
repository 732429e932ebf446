"""Calibrations as run folders: the inputs, what was fitted, and what was not beside what is published."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from zxsim import __version__
from zxsim.core.tables import write_table
from zxsim.runs.store import aside, digest_of, renamed, unwritable, write_manifest, written_inputs
from zxsim.simulate.calibrate import Calibrated

CALIBRATED, NOT_WITHIN = "calibrated", "not_within_tolerance"


def status_of(calibrated: Calibrated) -> str:
    """Return the word for what came of a calibration."""
    return CALIBRATED if calibrated.within else NOT_WITHIN


def save_calibrated(calibrated: Calibrated, results: Path) -> Path:
    """Write a calibration as ``results/<scenario>/<UTC time>-<8 hex>`` and return the folder.

    Raises
    ------
    DataError
        The results folder cannot be written.
    """
    loaded, created = calibrated.loaded, datetime.now(UTC)
    parent = results / loaded.label
    try:
        with aside(parent) as folder:
            hashes = written_inputs(loaded, folder)
            write_table(calibrated.calibration, folder, "calibration")
            write_table(calibrated.validation, folder, "validation")
            manifest = {
                "zxsim_version": __version__,
                "scenario": loaded.label,
                "name": loaded.spec.name,
                "illustrative": loaded.spec.illustrative,
                "created": created.isoformat(timespec="seconds"),
                "status": status_of(calibrated),
                "inputs": hashes,
                "calibration": calibrated.manifest(),
            }
            write_manifest(manifest, folder)
            return renamed(folder, parent, f"{created:%Y%m%dT%H%M%SZ}-{digest_of(hashes)}")
    except (OSError, pl.exceptions.PolarsError) as error:
        raise unwritable(parent, error) from None
