"""The simulation of one scenario under one plan, or under none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.streams import Streams
from zxsim.optimize.build import Model
from zxsim.optimize.targets import FLOAT_NOISE, TargetRows
from zxsim.schema.load import Loaded
from zxsim.simulate.building import Blueprint, is_uncertain
from zxsim.simulate.case_targets import CaseRows, case_rows
from zxsim.simulate.judging import SimulatedTargets
from zxsim.simulate.replication_table import digest, replication_table
from zxsim.simulate.replications import Limits, Replications, replicate
from zxsim.simulate.setup import Setup
from zxsim.simulate.summary import Summary
from zxsim.simulate.workers import Workers

TARGET_SCHEMA = {
    "target": pl.String,
    "clause": pl.String,
    "place_id": pl.String,
    "year": pl.Int64,
    "relation": pl.String,
    "value": pl.Float64,
    "planned": pl.Float64,
    "mean": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "probability": pl.Float64,
    "probability_fixed": pl.Float64,
    "baseline": pl.Float64,
    "trend": pl.Float64,
    "plan": pl.Float64,
    "shocks": pl.Float64,
}

SPLIT = ("planned", "baseline", "trend", "plan", "shocks")
"""What a plan knows of a target; not of households that only the simulation counts."""


@dataclass(frozen=True, eq=False)
class Simulated:
    """What a simulation found.

    Attributes
    ----------
    replications : Replications
        With parameters drawn from their ranges, and fixed, with the same luck.
    targets : SimulatedTargets
        What is judged in each replication.
    limits : Limits
        What was asked for.
    """

    loaded: Loaded
    seed: int
    limits: Limits
    replications: Replications
    targets: SimulatedTargets

    @cached_property
    def summary(self) -> Summary:
        """Figures of the replications with drawn parameters."""
        setup = self.targets.setup
        ids = [self.loaded.layout.places.ids[place] for place in setup.population.census.place]
        return Summary(setup, self.replications.drawn, ids)

    @cached_property
    def table(self) -> pl.DataFrame:
        """The long table of incomes, stocks, flows, waiting times and slots."""
        return self.summary.table()

    @cached_property
    def target_table(self) -> pl.DataFrame:
        """One row a target, place and year: planned beside simulated, and both probabilities."""
        every: list[TargetRows | CaseRows] = [*self.targets.targets, *self.targets.cases]
        ends = np.cumsum([len(rows.place) for rows in every])
        frames = [
            self._target_frame(rows, slice(int(end) - len(rows.place), int(end)))
            for rows, end in zip(every, ends, strict=True)
        ]
        return pl.concat([pl.DataFrame(schema=TARGET_SCHEMA), *frames])

    def _target_frame(self, rows: TargetRows | CaseRows, at: slice) -> pl.DataFrame:
        """Rows of one target, which are ``at`` among all rows."""
        values, layout, count = self._values[:, at], self.loaded.layout, len(rows.place)
        low, high = np.quantile(values, (0.05, 0.95), axis=0)
        return pl.DataFrame(
            {
                "target": [rows.target_id] * count,
                "clause": [self.loaded.spec.target[rows.target_id].clause] * count,
                "place_id": [layout.places.ids[place] for place in rows.place],
                "year": layout.years[rows.year],
                "relation": [rows.relation] * count,
                "value": np.full(count, rows.value),
                "mean": values.mean(axis=0),
                "low": low,
                "high": high,
                "probability": self._probability[0, at],
                "probability_fixed": self._probability[1, at],
                **(dict.fromkeys(SPLIT) if isinstance(rows, CaseRows) else self._split(rows, at)),
            }
        ).select(pl.col(name).cast(kind) for name, kind in TARGET_SCHEMA.items())

    def _split(self, rows: TargetRows, at: slice) -> Mapping[str, FloatArray]:
        """Return what a plan expects of each row, and where the simulated level comes from."""
        level = rows.level_of(self.targets.amounts)
        parts = (
            rows.planned(self.targets.amounts),
            rows.start,
            rows.without_plan - rows.start,
            level - rows.without_plan,
            _without_noise(self._mean_level[at] - level, level),
        )
        return dict(zip(SPLIT, parts, strict=True))

    @cached_property
    def _values(self) -> FloatArray:
        return np.concatenate([self.targets.values(outcome) for outcome in self.replications.drawn])

    @cached_property
    def _probability(self) -> FloatArray:
        """Share of replications that meet each row, parameters drawn and fixed, shape *(2, rows)*."""
        kinds = (self.replications.drawn, self.replications.fixed)
        met = [np.concatenate([self.targets.met(outcome) for outcome in kind]) for kind in kinds]
        return np.array([each.mean(axis=0) for each in met])

    @cached_property
    def _mean_level(self) -> FloatArray:
        """Mean simulated level of each planned row."""
        levels = [self.targets.levels_of_rows(outcome) for outcome in self.replications.drawn]
        mean: FloatArray = np.concatenate(levels).mean(axis=0)
        return mean

    def tables(self, *, events: bool = False) -> Mapping[str, pl.DataFrame]:
        """Tables by the name of their file."""
        found = {"simulation": self.table, "simulated_targets": self.target_table}
        return {**found, "events": self.summary.events} if events else found

    def replication_table(self) -> pl.DataFrame:
        """Year-end figures of each replication with drawn parameters, to compare runs in pairs."""
        return replication_table(self.summary)

    def manifest(self) -> dict[str, object]:
        """What run.json says of the simulation."""
        return {
            "seed": self.seed,
            "population": digest(self.targets.setup.population, self.summary.place_ids),
            "replications": self.replications.count,
            "households": len(self.targets.setup.population),
            "half_width": self.replications.half_width,
            "precision": self.limits.precision,
            "precise_enough": self.replications.half_width <= self.limits.precision,
            "uncertain": self.replications.drawn[0] is not self.replications.fixed[0],
        }


def _without_noise(difference: FloatArray, level: FloatArray) -> FloatArray:
    """Differences of figures that are the same but for floating point, as 0."""
    return np.where(np.abs(difference) > FLOAT_NOISE * np.maximum(np.abs(level), 1), difference, 0.0)


def simulate(
    loaded: Loaded,
    model: Model,
    units: IntArray | None,
    seed: int,
    limits: Limits,
    workers: Workers,
    progress: Callable[[int, float], None] | None = None,
) -> Simulated:
    """Simulate the households of a scenario.

    Parameters
    ----------
    model : Model
        Of the scenario, fund by fund.
    units : int array (columns of the layout,) or None
        The plan in units; ``None`` for no plan.

    Raises
    ------
    ValueError
        The scenario has no households.
    """
    streams = Streams(seed)
    blueprint = Blueprint(loaded, units, streams)

    def make(replications: IntArray, drawn: bool) -> Setup:  # noqa: FBT001 (the contract of a callable)
        return blueprint.setup(replications, drawn=drawn)

    paid = np.zeros(len(loaded.layout)) if units is None else units / UNITS_PER_WAN
    usual = make(np.array([0]), False)  # noqa: FBT003 (the contract of a callable)
    targets = SimulatedTargets(
        targets=model.targets,
        indicators=[loaded.spec.target[rows.target_id].indicator for rows in model.targets],
        amounts=model.payments.amounts(paid),
        setup=usual,
        layout=loaded.layout,
        cases=list(case_rows(loaded.spec, loaded.layout, usual.population.census.place)),
    )
    found = replicate(
        make,
        targets.met,
        seed,
        limits,
        uncertain=is_uncertain(loaded),
        workers=workers,
        progress=progress,
    )
    return Simulated(loaded, seed, limits, found, targets)
