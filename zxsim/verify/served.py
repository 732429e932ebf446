"""The worth of heads newly served, where coverage has a stated worth and no target."""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zxsim.core.money import YUAN_PER_WAN
from zxsim.verify.indicators import effects_on, heads_column, heads_paid, lag_of, start_of
from zxsim.verify.inputs import Inputs
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number

FloatArray = NDArray[np.float64]


def served_worth(plan: Plan, inputs: Inputs) -> float:
    """Benefit in 万元 of all heads newly served, each once, discounted to its first year of service."""
    targeted = {target["indicator"] for target in inputs.targets.values()}
    rate = float(number(inputs.benefit["discount_rate"]))
    total = 0.0
    for indicator, yuan in inputs.benefit.get("coverage_yuan", {}).items():
        if indicator not in targeted:
            served = _served(indicator, plan, inputs)
            newly = np.diff(served, prepend=0.0)
            discount = (1 + rate) ** -np.arange(len(served), dtype=np.float64)
            total += float(number(yuan)) / YUAN_PER_WAN * float(newly @ discount)
    return total


def _served(indicator: str, plan: Plan, inputs: Inputs) -> FloatArray:
    """Heads newly served until each year's end, over all places, from the first year of the horizon.

    No more than were eligible and unserved, at each place and at every place that it lies in, as far
    as places.csv knows them.
    """
    paid = _paid_for(indicator, plan, inputs)
    column = heads_column(indicator, inputs)
    total = np.zeros(_length(indicator, inputs))
    for place in sorted(inputs.places.above, key=lambda place: -len(inputs.places.above[place])):
        served = paid.get(place, np.zeros(len(total)))
        if inputs.places.knows(place, column) and inputs.places.knows(place, f"base_{indicator}"):
            unserved = inputs.places.number(place, column) * (1 - start_of(indicator, place, inputs))
            served = np.minimum(served, unserved)
        outer = next(iter(inputs.places.above[place][1:]), None)
        if outer is None:
            total += served
        else:
            paid[outer] = paid.get(outer, np.zeros(len(total))) + served
    return total


def _paid_for(indicator: str, plan: Plan, inputs: Inputs) -> dict[str, FloatArray]:
    """Heads paid for at each place itself until each year's end, service after the horizon included."""
    length = _length(indicator, inputs)
    paid: dict[str, FloatArray] = {}
    for effect in effects_on(indicator, inputs):
        lag = lag_of(effect)
        rows = heads_paid(effect, plan, inputs)
        sums = rows.group_by("place_id", "year").agg(pl.col("pays_for").sum())
        for place, year, heads in sums.iter_rows():
            paid.setdefault(place, np.zeros(length))[year - inputs.years[0] + lag :] += heads
    return paid


def _length(indicator: str, inputs: Inputs) -> int:
    return len(inputs.years) + max((lag_of(effect) for effect in effects_on(indicator, inputs)), default=0)
