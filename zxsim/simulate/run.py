"""The simulation of one scenario under one plan, or under none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.streams import Streams
from zxsim.optimize.build import Model
from zxsim.schema.load import Loaded
from zxsim.simulate.building import Blueprint, is_uncertain
from zxsim.simulate.engine import Outcome
from zxsim.simulate.judging import SimulatedTargets
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

NOISE = 1e-9
"""Relative size below which a difference is an error of floating point."""


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
        drawn, fixed = self.replications.drawn, self.replications.fixed
        values = np.concatenate([self.targets.values(outcome) for outcome in drawn])
        met, met_fixed = (self._met(each) for each in (drawn, fixed))
        frames, first = [], 0
        for rows in self.targets.targets:
            at = slice(first, first + len(rows.place))
            spec, level = self.loaded.spec.target[rows.target_id], rows.level_of(self.targets.amounts)
            moved = self._levels(at)
            low, high = np.quantile(values[:, at], (0.05, 0.95), axis=0)
            frames.append(
                pl.DataFrame(
                    {
                        "target": [rows.target_id] * len(rows.place),
                        "clause": [spec.clause] * len(rows.place),
                        "place_id": [self.loaded.layout.places.ids[place] for place in rows.place],
                        "year": self.loaded.layout.years[rows.year],
                        "relation": [rows.relation] * len(rows.place),
                        "value": np.full(len(rows.place), rows.value),
                        "planned": rows.planned(self.targets.amounts),
                        "mean": values[:, at].mean(axis=0),
                        "low": low,
                        "high": high,
                        "probability": met[:, at].mean(axis=0),
                        "probability_fixed": met_fixed[:, at].mean(axis=0),
                        "baseline": rows.start,
                        "trend": rows.without_plan - rows.start,
                        "plan": level - rows.without_plan,
                        "shocks": _without_noise(moved - level, level),
                    },
                    schema=TARGET_SCHEMA,
                )
            )
            first = at.stop
        return pl.concat([pl.DataFrame(schema=TARGET_SCHEMA), *frames])

    def _met(self, outcomes: Sequence[Outcome]) -> BoolArray:
        return np.concatenate([self.targets.met(outcome) for outcome in outcomes])

    def _levels(self, at: slice) -> FloatArray:
        """Mean simulated level of some rows."""
        levels = [self.targets.levels_of_rows(outcome)[:, at] for outcome in self.replications.drawn]
        mean: FloatArray = np.concatenate(levels).mean(axis=0)
        return mean

    def tables(self, *, events: bool = False) -> Mapping[str, pl.DataFrame]:
        """Tables by the name of their file."""
        found = {"simulation": self.table, "simulated_targets": self.target_table}
        return {**found, "events": self.summary.events()} if events else found

    def manifest(self) -> dict[str, object]:
        """What run.json says of the simulation."""
        return {
            "seed": self.seed,
            "replications": self.replications.count,
            "households": len(self.targets.setup.population),
            "half_width": self.replications.half_width,
            "precision": self.limits.precision,
            "precise_enough": self.replications.half_width <= self.limits.precision,
            "uncertain": self.replications.drawn[0] is not self.replications.fixed[0],
        }


def _without_noise(difference: FloatArray, level: FloatArray) -> FloatArray:
    """Differences of figures that are the same but for floating point, as 0."""
    return np.where(np.abs(difference) > NOISE * np.maximum(np.abs(level), 1), difference, 0.0)


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
    targets = SimulatedTargets(
        targets=model.targets,
        indicators=[loaded.spec.target[rows.target_id].indicator for rows in model.targets],
        amounts=model.payments.amounts(paid),
        setup=make(np.array([0]), False),  # noqa: FBT003 (the contract of a callable)
        layout=loaded.layout,
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
