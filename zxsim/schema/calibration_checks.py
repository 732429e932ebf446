"""Checks of [calibration] against the rest of the scenario: known parameters, bounds they can have."""

from decimal import Decimal

from pydantic import ValidationError

from zxsim.core.messages import Faults
from zxsim.core.spec import Figure
from zxsim.schema.calibration import Bounds
from zxsim.schema.free_parameters import free_parameters
from zxsim.schema.scenario import Scenario
from zxsim.schema.source import Source


def note_calibration(scenario: Scenario, source: Source, faults: Faults) -> None:
    """Note unknown parameters, impossible bounds, a start outside them, and too few figures to fit."""
    calibration = scenario.calibration
    if calibration is None or not scenario.simulated:
        return
    known = free_parameters(scenario)
    for name, bounds in calibration.free.items():
        path = ("calibration", "free", name)
        if name in known:
            _note_bounds(path, known[name], bounds, source, faults)
        else:
            faults.unknown("calibration_unknown_free", name, known, source.message("", path))
    fitted = calibration.used("fit")
    if len(fitted) < len(calibration.free):
        fields = {"figures": len(fitted), "free": len(calibration.free)}
        faults.add(source.message("calibration_too_few_figures", ("calibration", "figure"), **fields))


def _note_bounds(
    path: tuple[str, ...], figure: Figure, bounds: Bounds, source: Source, faults: Faults
) -> None:
    for key, bound in (("low", bounds.low), ("high", bounds.high)):
        if not _possible(figure, bound):
            faults.add(source.message("calibration_bound_impossible", (*path, key), given=str(bound)))
    if not bounds.low <= figure.value <= bounds.high:
        fields = {"given": str(figure.value), "low": str(bounds.low), "high": str(bounds.high)}
        faults.add(source.message("calibration_start_outside", path, **fields))


def _possible(figure: Figure, value: Decimal) -> bool:
    """Whether a figure of this kind may have the value."""
    try:
        type(figure)(value=value)
    except ValidationError:
        return False
    return True
