"""What effects add up to at each place, counted from the lowest places up.

counted[w,t] = min(own of w + counted of the places in it, limit of w). ``own`` is what money at the
place itself brings, not what lies below it; there is no limit where places.csv does not say one.
"""

import numpy as np
import polars as pl

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
from zxsim.verify.ratios import BoolArray, FloatArray


def counted_heads(indicator: str, column: str, plan: Plan, inputs: Inputs, length: int) -> FloatArray:
    """Heads served by all coverages of an indicator; no more than are eligible and were unserved.

    Parameters
    ----------
    column : str
        Column of places.csv with the eligible heads.
    length : int
        Years that are wanted.

    Returns
    -------
    float array (places, length)
        At each year's end, from the first year of the horizon.
    """
    total = np.zeros((len(inputs.places.ids), length))
    for effect in effects_on(indicator, inputs):
        total += _own(effect, plan, inputs, length)
    base = inputs.places.numbers(f"base_{indicator}")
    return _from_below(total, inputs.places.numbers(column) * (1 - base), inputs.places)


def counted_yuan(effect: Record, plan: Plan, inputs: Inputs, length: int) -> FloatArray:
    """Yuan that reach households by an effect on income; no more than its eligible heads can get.

    Of the same shape as :func:`counted_heads`.
    """
    own, column = _own(effect, plan, inputs, length), effect.get("eligible")
    most = np.full(len(own), np.nan)
    if column is not None:
        most = inputs.places.numbers(column) * yuan_per_head(effect)
    return _from_below(own, most, inputs.places)


def _own(effect: Record, plan: Plan, inputs: Inputs, length: int) -> FloatArray:
    """Y[w,t] = Σ_s worth[s] · (1−decay)^(t−s−lag), lag ≤ t−s < lag+life.

    This is the recurrence of the definition written out: what takes effect in s is felt from s+lag on,
    less by the decay every year, and not at all from s+lag+life on.
    """
    worth = taking_effect(plan, inputs).join(per_unit(effect, inputs), on="project_id")
    sums = worth.group_by("place_id", "year").agg((pl.col("units") * pl.col("per_unit")).sum())
    sums = sums.filter(pl.col("place_id").is_in(inputs.places.ids))
    paid = np.zeros((len(inputs.places.ids), len(inputs.years)))
    paid[inputs.places.at(sums["place_id"]), sums["year"].to_numpy() - inputs.years[0]] = sums["units"]
    lag, life, keep = lag_of(effect), life_of(effect), keep_of(effect)
    own = np.zeros((len(paid), length))
    for s in range(len(inputs.years)):
        first = s + lag
        last = length if life is None else min(length, first + life)
        own[:, first:last] += paid[:, s, None] * keep ** np.arange(max(last - first, 0))
    return own


def _from_below(own: FloatArray, limit: FloatArray, places: Places) -> FloatArray:
    """Add up from the lowest places; ``limit`` has one entry a place, NaN for none."""
    counted = own.copy()
    some: BoolArray = np.asarray(own.any(axis=1))
    limited = ~np.isnan(limit)
    for level in reversed(places.by_depth):
        cut = level[limited[level] & some[level]]
        counted[cut] = np.minimum(counted[cut], limit[cut, None])
        inner = level[places.parent[level] >= 0]
        np.add.at(counted, places.parent[inner], counted[inner])
        some[places.parent[inner[some[inner]]]] = True
    return counted
