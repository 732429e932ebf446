"""Check 5: what each target's indicator reaches, where that comes from, and what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from zxsim.verify.compare import RELATIVE_TOLERANCE, Shape
from zxsim.verify.indicators import ByPlaceYear, gains, start_of, without_plan
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.plan import Plan
from zxsim.verify.relations import Cell, bounds_of, compared_cells, gap_of, planned_of

KEYS = ("target", "place_id", "year")
_WORDS = ("clause", "indicator", "tier", "relation")
_NUMBERS = ("value", "upper", "planned", "shortfall", "baseline", "trend", "plan")
TARGETS = Shape("targets.csv", KEYS, _NUMBERS, pl.lit(value=False), _WORDS)
SCHEMA = dict.fromkeys((*KEYS, *_WORDS), pl.String) | dict.fromkeys(_NUMBERS, pl.Float64)


@dataclass(frozen=True)
class Row:
    """One row of targets.csv.

    ``cells`` are the places and years that it compares, its own first, ``levels`` the indicator there;
    ``start`` and ``path`` the level of its own cell as published and without the plan.
    """

    target_id: str
    target: Record
    cells: list[Cell]
    levels: list[float]
    start: float
    path: float

    @property
    def planned(self) -> float | None:
        """The figure that is held against the value."""
        return planned_of(self.target, self.cells, self.levels)

    @property
    def key(self) -> tuple[str, str, str]:
        """The cells of :data:`KEYS`."""
        place, year = self.cells[0]
        return self.target_id, place, str(year)


def target_rows(plan: Plan, inputs: Inputs) -> list[Row]:
    """Work out every row of every target."""
    return [row for target_id in inputs.targets for row in _rows(target_id, plan, inputs)]


def _rows(target_id: str, plan: Plan, inputs: Inputs) -> Iterator[Row]:
    target = inputs.targets[target_id]
    indicator, (first, last) = target["indicator"], target["years"]
    compared = [
        compared_cells(target, place, year, inputs)
        for place in sorted(target["places"])
        for year in range(first, last + 1)
    ]
    added = gains(indicator, {place for cells in compared for place, _ in cells}, plan, inputs)
    for cells in compared:
        levels = [_level(indicator, cell, added, inputs) for cell in cells]
        path = without_plan(indicator, *cells[0], inputs)
        yield Row(target_id, target, cells, levels, start_of(indicator, cells[0][0], inputs), path)


def _level(indicator: str, cell: Cell, added: ByPlaceYear, inputs: Inputs) -> float:
    """Indicator of a place at a year's end; before the horizon, its path without any plan."""
    return without_plan(indicator, *cell, inputs) + added.get(cell, 0.0)


def target_frame(rows: list[Row]) -> pl.DataFrame:
    """Rows that targets.csv should have."""
    return pl.DataFrame([_cells(row) for row in rows], schema=SCHEMA, orient="row")


def _cells(row: Row) -> tuple[Any, ...]:
    target = row.target
    words = (target.get("clause", ""), target["indicator"], str(target["tier"]), target["relation"])
    bounds = bounds_of(target)
    gap = gap_of(target, row.planned)
    missing = gap if gap > RELATIVE_TOLERANCE * max(1.0, abs(bounds[0])) else 0.0
    parts = row.start, row.path - row.start, row.levels[0] - row.path
    return (*row.key, *words, *bounds, row.planned, missing, *parts)
