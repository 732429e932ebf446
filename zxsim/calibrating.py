"""The public function of the command ``calibrate``, and what it gives back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zxsim.api import load
from zxsim.errors import DataError, Message
from zxsim.runs.calibrated import save_calibrated, status_of
from zxsim.simulate.calibrate import Calibrated
from zxsim.simulate.calibrate import calibrate as _calibrate


@dataclass(frozen=True, eq=False)
class CalibratedRun:
    """A calibration and the folder it was written to (``None`` when it was not)."""

    calibrated: Calibrated
    folder: Path | None

    def summary(self) -> dict[str, Any]:
        """Return what ``--json`` prints."""
        return {
            "status": status_of(self.calibrated),
            "run": str(self.folder) if self.folder else None,
            "calibration": self.calibrated.manifest(),
            "figures": self.calibrated.calibration.to_dicts(),
            "validation": self.calibrated.validation.to_dicts(),
        }


def calibrate(
    path: Path,
    *,
    settings: Sequence[str] = (),
    results: Path | None = Path("results"),
    seed: int | None = None,
    progress: Callable[[int, float], None] | None = None,
) -> CalibratedRun:
    """Fit the free parameters of a scenario to the published figures that its [calibration] names.

    Parameters
    ----------
    seed : int or None
        Of the luck that all trials share; the scenario's when not given.
    progress : callable, optional
        Told the trials done and how far the best is off, 1 at the limit of tolerance.

    Raises
    ------
    DataError, UsageError
        Faults in the scenario, nothing to calibrate in it, a results folder that cannot be written.
    """
    loaded = load(path, settings)
    if loaded.spec.household is None or not loaded.spec.household.enabled:
        raise DataError([Message("nothing_to_simulate", {}, str(path))])
    if loaded.spec.calibration is None:
        raise DataError([Message("nothing_to_calibrate", {}, str(path))])
    found = _calibrate(loaded, loaded.spec.simulation.seed if seed is None else seed, progress)
    return CalibratedRun(found, None if results is None else save_calibrated(found, results))
