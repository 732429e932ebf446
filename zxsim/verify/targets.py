"""Check 5: what each target's indicator reaches, where that comes from, and what is missing."""

from typing import Any

import polars as pl

from zxsim.verify.compare import Shape
from zxsim.verify.indicators import INCOME, gains, start_of, without_plan
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number

KEYS = ("target", "place_id", "year")
_WORDS = ("clause", "indicator", "tier", "relation")
_NUMBERS = ("value", "planned", "shortfall", "baseline", "trend", "plan")
TARGETS = Shape("targets.csv", KEYS, _NUMBERS, pl.lit(value=False), _WORDS)
SCHEMA = dict.fromkeys((*KEYS, *_WORDS), pl.String) | dict.fromkeys(_NUMBERS, pl.Float64)


def expected_targets(plan: Plan, inputs: Inputs) -> pl.DataFrame:
    """Rows that targets.csv should have."""
    rows = [row for target_id in inputs.targets for row in _rows(target_id, plan, inputs)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _rows(target_id: str, plan: Plan, inputs: Inputs) -> list[tuple[Any, ...]]:
    target = inputs.targets[target_id]
    indicator, places = target["indicator"], sorted(target["places"])
    added = gains(indicator, places, plan, inputs)
    words = (target.get("clause", ""), indicator, str(target["tier"]), target["relation"])
    rows = []
    for place in places:
        start = start_of(indicator, place, inputs)
        for year in _years(target):
            path = without_plan(indicator, place, year, inputs)
            reached = path + added.get((place, year), 0.0)
            planned = reached if indicator == INCOME else min(reached, 1.0)
            gap = gap_of(target, planned)
            figures = (float(number(target["value"])), planned, max(gap, 0.0), start, path - start)
            rows.append((target_id, place, str(year), *words, *figures, planned - path))
    return rows


def _years(target: Record) -> range:
    first, last = target["years"]
    return range(first, last + 1)


def gap_of(target: Record, planned: float) -> float:
    """How much is missing to the value; negative where the target is passed."""
    gap = float(number(target["value"])) - planned
    return {">=": gap, "<=": -gap, "=": abs(gap)}[target["relation"]]
