"""Indicators from the money of a plan: incomes and coverages of places at each year's end."""

import numpy as np

from zxsim.verify.counted import counted_heads, counted_yuan
from zxsim.verify.effects import COLLECTIVE, INCOME, POSTS, effects_on
from zxsim.verify.inputs import Inputs
from zxsim.verify.places import IntArray
from zxsim.verify.plan import Plan
from zxsim.verify.ratios import FloatArray

_COLUMNS = {INCOME: "income_yuan", COLLECTIVE: "collective_income_wan", POSTS: "posts"}
"""Columns of places.csv that an indicator starts from; ``base_‹id›`` for a coverage."""


def heads_column(indicator: str, inputs: Inputs) -> str:
    """Column of places.csv with the heads that an indicator counts."""
    if indicator == INCOME or inputs.indicators[indicator]["counts"] == "persons":
        return "population"
    return "households"


def heads(indicator: str, at: IntArray, inputs: Inputs) -> FloatArray:
    """Heads over which an indicator is divided, at places by their position; a total of a place is not."""
    if indicator in (COLLECTIVE, POSTS):
        return np.ones(len(at))
    return inputs.places.numbers(heads_column(indicator, inputs), at)


def start_of(indicator: str, at: IntArray, inputs: Inputs) -> FloatArray:
    """Published value of an indicator before the plan, at places by their position."""
    return inputs.places.numbers(_COLUMNS.get(indicator, f"base_{indicator}"), at)


def without_plan(indicator: str, at: IntArray, year: IntArray, inputs: Inputs) -> FloatArray:
    """Value at a year's end without any plan: income_yuan·(1+trend)^(t − income_year), or the base.

    Posts end with the year before the horizon.

    Parameters
    ----------
    at, year : int array (rows,)
        Position of the place, and calendar year.
    """
    start = start_of(indicator, at, inputs)
    if indicator == POSTS:
        return start * (year < inputs.years[0])
    if indicator != INCOME:
        return start
    trend, since = inputs.places.numbers("trend", at), inputs.places.numbers("income_year", at)
    path: FloatArray = start * (1 + trend) ** (year - since)
    return path


def gains(indicator: str, at: IntArray, plan: Plan, inputs: Inputs) -> FloatArray:
    """Work out what the plan adds to an indicator by place and year of the horizon.

    coverage: heads served at the place or below it over its eligible heads; income: yuan counted there,
    of all effects, over its population; income of the collective: 万元 that assets there leave to it;
    posts: those paid there.

    Parameters
    ----------
    at : int array (chosen,)
        Positions of the places that are wanted; all others are 0.

    Returns
    -------
    float array (places, years)
    """
    length = len(inputs.years)
    total = np.zeros((len(inputs.places.ids), length))
    for counted in _counted(indicator, plan, inputs, length):
        wanted = np.unique(at[counted[at].any(axis=1)])
        total[wanted] += counted[wanted] / heads(indicator, wanted, inputs)[:, None]
    return total


def _counted(indicator: str, plan: Plan, inputs: Inputs, length: int) -> list[FloatArray]:
    if indicator in (INCOME, COLLECTIVE, POSTS):
        return [counted_yuan(effect, plan, inputs, length) for effect in effects_on(indicator, inputs)]
    return [counted_heads(indicator, heads_column(indicator, inputs), plan, inputs, length)]
