"""What effects add up to at each place, counted from the lowest places up.

counted[w,t] = min(own of w + counted of the places in it, limit of w). ``own`` is what money at the
place itself brings, not what lies below it; there is no limit where places.csv does not say one.
"""

from collections.abc import Callable, Mapping

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zxsim.verify.effects import (
    effects_on,
    keep_of,
    lag_of,
    life_of,
    per_unit,
    taking_effect,
    yuan_per_head,
)
from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.places import Places
from zxsim.verify.plan import Plan

FloatArray = NDArray[np.float64]
ByPlace = Mapping[str, FloatArray]
"""Values of a place at each year's end, from the first year of the horizon."""


def counted_heads(indicator: str, column: str, plan: Plan, inputs: Inputs, length: int) -> ByPlace:
    """Heads served by all coverages of an indicator; no more than are eligible and were unserved.

    Parameters
    ----------
    column : str
        Column of places.csv with the eligible heads.
    length : int
        Years that are wanted.
    """
    total: dict[str, FloatArray] = {}
    for effect in effects_on(indicator, inputs):
        for place, heads in _own(effect, plan, inputs, length).items():
            total[place] = total.get(place, np.zeros(length)) + heads

    def unserved(place: str) -> float | None:
        if not (inputs.places.knows(place, column) and inputs.places.knows(place, f"base_{indicator}")):
            return None
        return inputs.places.number(place, column) * (1 - inputs.places.number(place, f"base_{indicator}"))

    return _from_below(total, unserved, inputs.places)


def counted_yuan(effect: Record, plan: Plan, inputs: Inputs, length: int) -> ByPlace:
    """Yuan that reach households by an effect on income; no more than its eligible heads can get."""

    def most(place: str) -> float | None:
        column = effect.get("eligible")
        if column is None or not inputs.places.knows(place, column):
            return None
        return inputs.places.number(place, column) * yuan_per_head(effect)

    return _from_below(_own(effect, plan, inputs, length), most, inputs.places)


def _own(effect: Record, plan: Plan, inputs: Inputs, length: int) -> dict[str, FloatArray]:
    """Y[w,t] = Σ_s worth[s] · (1−decay)^(t−s−lag), lag ≤ t−s < lag+life.

    This is the recurrence of the definition written out: what takes effect in s is felt from s+lag on,
    less by the decay every year, and not at all from s+lag+life on.
    """
    worth = taking_effect(plan, inputs).join(per_unit(effect, inputs), on="project_id")
    sums = worth.group_by("place_id", "year").agg((pl.col("units") * pl.col("per_unit")).sum())
    lag, life, keep = lag_of(effect), life_of(effect), keep_of(effect)
    own: dict[str, FloatArray] = {}
    for place, year, amount in sums.sort("place_id", "year").iter_rows():
        first = year - inputs.years[0] + lag
        last = length if life is None else min(length, first + life)
        state = own.setdefault(place, np.zeros(length))
        state[first:last] += amount * keep ** np.arange(max(last - first, 0))
    return own


def _from_below(
    own: Mapping[str, FloatArray], limit: Callable[[str], float | None], places: Places
) -> dict[str, FloatArray]:
    counted = dict(own)
    for place in places.from_below:
        if place not in counted:
            continue
        most = limit(place)
        if most is not None:
            counted[place] = np.minimum(counted[place], most)
        for outer in places.above[place][1:2]:
            counted[outer] = counted.get(outer, np.zeros_like(counted[place])) + counted[place]
    return counted
