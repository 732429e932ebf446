"""Calibration: a few parameters of a scenario moved until the simulation gives the published figures.

Every trial simulates the same replications of no plan with the same luck, parameters at their values.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from zxsim.core.layout import FloatArray
from zxsim.core.streams import Streams
from zxsim.schema.calibration import Calibration, PublishedFigure
from zxsim.schema.free_parameters import free_parameters, rounded, with_values
from zxsim.schema.load import Loaded
from zxsim.simulate.building import Blueprint
from zxsim.simulate.calibrate_figures import FIGURES, Sample
from zxsim.simulate.calibrate_search import Search
from zxsim.simulate.engine import Batch
from zxsim.simulate.replications import batch_size

MOST_TRIALS = 120
"""Of each of the two searches."""

CALIBRATION_SCHEMA = {
    "kind": pl.String,
    "name": pl.String,
    "label": pl.String,
    "figure": pl.String,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "stated": pl.Float64,
    "fitted": pl.Float64,
    "published": pl.Float64,
    "relation": pl.String,
    "model": pl.Float64,
    "difference": pl.Float64,
    "tolerance": pl.Float64,
    "within": pl.Boolean,
    "source": pl.String,
}
VALIDATION_SCHEMA = {
    "name": pl.String,
    "label": pl.String,
    "figure": pl.String,
    "published": pl.Float64,
    "relation": pl.String,
    "model": pl.Float64,
    "difference": pl.Float64,
    "source": pl.String,
}

Progress = Callable[[int, float], None]
"""Told the trials done and the largest residual of the best, 1 at the limit of tolerance."""


@dataclass(frozen=True, eq=False)
class Calibrated:
    """What a calibration found.

    Attributes
    ----------
    values : mapping of str to float
        Fitted value of each free parameter, as a scenario would state it.
    model : mapping of str to float
        Every figure of the simulation at these values, by the id that the scenario gives it.
    """

    loaded: Loaded
    seed: int
    trials: int
    values: Mapping[str, float]
    model: Mapping[str, float]

    @property
    def _spec(self) -> Calibration:
        return calibration_of(self.loaded)

    @cached_property
    def within(self) -> bool:
        """Whether every figure that is fitted or checked is as published, within its tolerance."""
        judged = self._spec.used("fit", "check")
        return all(is_within(figure, self.model[name]) for name, figure in judged.items())

    @cached_property
    def calibration(self) -> pl.DataFrame:
        """Free parameters, then fitted and checked figures; columns as :data:`CALIBRATION_SCHEMA`."""
        stated = free_parameters(self.loaded.spec)
        parameters = [
            {
                "kind": "parameter",
                "name": name,
                "lower": float(bounds.low),
                "upper": float(bounds.high),
                "stated": float(stated[name]),
                "fitted": self.values[name],
                "within": float(bounds.low) <= self.values[name] <= float(bounds.high),
                "source": stated[name].source,
            }
            for name, bounds in self._spec.free.items()
        ]
        figures = [
            {"kind": figure.use, **self._side_by_side(name, figure)} | self._judged(name, figure)
            for name, figure in self._spec.used("fit", "check").items()
        ]
        return pl.DataFrame([*parameters, *figures], schema=CALIBRATION_SCHEMA)

    @cached_property
    def validation(self) -> pl.DataFrame:
        """Figures that were not fitted, null where none is published; see :data:`VALIDATION_SCHEMA`."""
        rows = [self._side_by_side(name, figure) for name, figure in self._spec.used("compare").items()]
        return pl.DataFrame(rows, schema=VALIDATION_SCHEMA)

    def _side_by_side(self, name: str, figure: PublishedFigure) -> dict[str, object]:
        model, published = self.model[name], figure.published
        return {
            "name": name,
            "label": figure.label,
            "figure": figure.figure,
            "published": None if published is None else float(published),
            "relation": figure.relation,
            "model": model,
            "difference": None if not published or not published.value else model / float(published) - 1,
            "source": "" if published is None else published.source,
        }

    def _judged(self, name: str, figure: PublishedFigure) -> dict[str, object]:
        tolerance = float(figure.tolerance) if figure.relation == "=" else None
        return {"tolerance": tolerance, "within": is_within(figure, self.model[name])}

    def manifest(self) -> dict[str, object]:
        """What run.json says of the calibration."""
        return {
            "seed": self.seed,
            "replications": int(self._spec.replications),
            "trials": self.trials,
            "within": self.within,
            "fitted": dict(self.values),
        }


def calibration_of(loaded: Loaded) -> Calibration:
    """Return the calibration of a scenario that has one."""
    assert loaded.spec.calibration is not None
    return loaded.spec.calibration


def is_within(figure: PublishedFigure, model: float) -> bool:
    """Whether a simulated figure has the stated relation to the published one."""
    assert figure.published is not None
    published = float(figure.published)
    if figure.relation == "=":
        return abs(model - published) <= float(figure.tolerance) * abs(published)
    return model <= published if figure.relation == "<=" else model >= published


@dataclass(frozen=True, eq=False)
class Trials:
    """Simulations of one scenario at other values of its free parameters."""

    loaded: Loaded
    streams: Streams

    def sample(self, values: Mapping[str, float]) -> Sample:
        """Simulate at some values."""
        spec = calibration_of(self.loaded)
        moved = replace(self.loaded, spec=with_values(self.loaded.spec, values))
        blueprint, count = Blueprint(moved, None, self.streams), int(spec.replications)
        size = batch_size(len(blueprint.residents.population))
        batches = [np.arange(first, min(first + size, count)) for first in range(0, count, size)]
        setups = [blueprint.setup(batch, drawn=False) for batch in batches]
        outcomes = [Batch(s, self.streams, b).run() for s, b in zip(setups, batches, strict=True)]
        return Sample(setups[0], outcomes, float(spec.removed_before))

    def figures(self, values: Mapping[str, float], *uses: str) -> dict[str, float]:
        """Return the figures of some uses at some values, by id."""
        sample = self.sample(values)
        used = calibration_of(self.loaded).used(*uses)
        return {name: FIGURES[figure.figure](sample) for name, figure in used.items()}


def calibrate(loaded: Loaded, seed: int, progress: Progress | None = None) -> Calibrated:
    """Fit the free parameters of a scenario; its stated values stay where they are within tolerance.

    Raises
    ------
    DataError
        The ledger of households is at fault.
    """
    spec, trials = calibration_of(loaded), Trials(loaded, Streams(seed))
    stated = free_parameters(loaded.spec)
    low = np.array([float(bounds.low) for bounds in spec.free.values()])
    width = np.array([float(bounds.high) for bounds in spec.free.values()]) - low
    start = (np.array([float(stated[name]) for name in spec.free]) - low) / width

    def values_at(point: FloatArray) -> dict[str, float]:
        found = zip(spec.free, (low + point * width).tolist(), strict=True)
        return {name: float(rounded(value)) for name, value in found}

    def residuals(point: FloatArray) -> FloatArray:
        model = trials.figures(values_at(point), "fit")
        found = np.array([_residual(spec.figure[name], value) for name, value in model.items()])
        if progress:
            progress(search.trials, min(search.worst_residual, float(np.abs(found).max())))
        return found

    search = Search(residuals, MOST_TRIALS)
    values = values_at(search.run(start))
    return Calibrated(loaded, seed, search.trials, values, trials.figures(values, "fit", "check", "compare"))


def _residual(figure: PublishedFigure, model: float) -> float:
    """Relative difference over its tolerance."""
    assert figure.published is not None
    return (model / float(figure.published) - 1) / float(figure.tolerance)
