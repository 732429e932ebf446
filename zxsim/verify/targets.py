"""Check 5: what each target's indicator reaches, where that comes from, and what is missing."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from zxsim.verify.compare import RELATIVE_TOLERANCE, Shape
from zxsim.verify.indicators import gains, start_of, without_plan
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.plan import Plan
from zxsim.verify.ratios import FloatArray
from zxsim.verify.relations import Cells, bounds_of, compared_cells, gap_of, planned_of

KEYS = ("target", "place_id", "year")
_WORDS = ("clause", "indicator", "tier", "relation")
_NUMBERS = ("value", "upper", "planned", "shortfall", "baseline", "trend", "plan")
TARGETS = Shape("targets.csv", KEYS, _NUMBERS, pl.lit(value=False), _WORDS)
SCHEMA = dict.fromkeys((*KEYS, *_WORDS), pl.String) | dict.fromkeys(_NUMBERS, pl.Float64)


@dataclass(frozen=True, eq=False)
class Rows:
    """The rows of one target in targets.csv.

    ``place_id`` is the place of each row; ``cells`` are the places and years that rows compare, their own
    first, ``levels`` the indicator there; ``start`` and ``path`` the level of their own cells as published
    and without the plan.
    """

    target_id: str
    target: Record
    place_id: pl.Series
    cells: list[Cells]
    levels: list[FloatArray]
    start: FloatArray
    path: FloatArray

    @cached_property
    def planned(self) -> FloatArray:
        """The figures that are held against the value."""
        return planned_of(self.target, self.cells, self.levels)

    @property
    def keys(self) -> pl.DataFrame:
        """The cells of :data:`KEYS`."""
        year = pl.Series(self.cells[0].year).cast(pl.String)
        return pl.DataFrame({"place_id": self.place_id, "year": year}).select(
            pl.lit(self.target_id).alias("target"), "place_id", "year"
        )

    def frame(self) -> pl.DataFrame:
        """Rows that targets.csv should have."""
        value, upper = bounds_of(self.target)
        gap = gap_of(self.target, self.planned)
        words = {
            "clause": self.target.get("clause", ""),
            "indicator": self.target["indicator"],
            "tier": str(self.target["tier"]),
            "relation": self.target["relation"],
        }
        figures = {
            "planned": self.planned,
            "shortfall": np.where(gap > RELATIVE_TOLERANCE * max(1.0, abs(value)), gap, 0.0),
            "baseline": self.start,
            "trend": self.path - self.start,
            "plan": self.levels[0] - self.path,
        }
        return self.keys.with_columns(
            *(pl.lit(word).alias(name) for name, word in words.items()),
            value=pl.lit(value),
            upper=pl.lit(upper, dtype=pl.Float64),
            **{name: pl.Series(numbers).fill_nan(None) for name, numbers in figures.items()},
        ).select(list(SCHEMA))


def target_rows(plan: Plan, inputs: Inputs) -> list[Rows]:
    """Work out the rows of every target."""
    return [_rows(target_id, plan, inputs) for target_id in inputs.targets]


def _rows(target_id: str, plan: Plan, inputs: Inputs) -> Rows:
    target = inputs.targets[target_id]
    indicator, (first, last), places = target["indicator"], target["years"], sorted(target["places"])
    years = np.arange(first, last + 1)
    own = Cells(np.repeat(inputs.places.at(places), len(years)), np.tile(years, len(places)))
    cells = compared_cells(target, own, inputs)
    added = gains(indicator, np.unique(np.concatenate([cell.at for cell in cells])), plan, inputs)
    return Rows(
        target_id,
        target,
        pl.Series(places, dtype=pl.String).gather(np.repeat(np.arange(len(places)), len(years))),
        cells,
        [_levels(indicator, cell, added, inputs) for cell in cells],
        start_of(indicator, own.at, inputs),
        without_plan(indicator, *own, inputs),
    )


def _levels(indicator: str, cells: Cells, added: FloatArray, inputs: Inputs) -> FloatArray:
    """Indicator of places at years' ends; before the horizon, its path without any plan."""
    planned = cells.year - inputs.years[0]
    gain = np.where(planned >= 0, added[cells.at, np.maximum(planned, 0)], 0.0)
    return without_plan(indicator, *cells, inputs) + gain


def target_frame(rows: list[Rows]) -> pl.DataFrame:
    """Rows that targets.csv should have."""
    return pl.concat([pl.DataFrame(schema=SCHEMA), *(target.frame() for target in rows)])
