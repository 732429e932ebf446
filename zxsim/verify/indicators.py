"""Indicators from the money of a plan: incomes and coverages of places at each year's end."""

from collections import defaultdict
from collections.abc import Iterable

from zxsim.verify.counted import ByPlace, counted_heads, counted_yuan
from zxsim.verify.effects import INCOME, effects_on
from zxsim.verify.inputs import Inputs
from zxsim.verify.plan import Plan

ByPlaceYear = dict[tuple[str, int], float]


def heads_column(indicator: str, inputs: Inputs) -> str:
    """Column of places.csv with the heads that an indicator counts."""
    if indicator == INCOME or inputs.indicators[indicator]["counts"] == "persons":
        return "population"
    return "households"


def start_of(indicator: str, place: str, inputs: Inputs) -> float:
    """Published value of an indicator before the plan."""
    column = "income_yuan" if indicator == INCOME else f"base_{indicator}"
    return inputs.places.number(place, column)


def without_plan(indicator: str, place: str, year: int, inputs: Inputs) -> float:
    """Value at a year's end without any plan: income_yuan·(1+trend)^(t − income_year), or the base."""
    start = start_of(indicator, place, inputs)
    if indicator != INCOME:
        return start
    trend, since = inputs.places.number(place, "trend"), inputs.places.number(place, "income_year")
    return float(start * (1 + trend) ** (year - since))


def gains(indicator: str, places: Iterable[str], plan: Plan, inputs: Inputs) -> ByPlaceYear:
    """Work out what the plan adds to an indicator by place and year of the horizon.

    coverage: heads served at the place or below it over its eligible heads; income: yuan counted there,
    of all effects, over its population. A place without any gain has no entries.
    """
    column, length = heads_column(indicator, inputs), len(inputs.years)
    total: ByPlaceYear = defaultdict(float)
    for counted in _counted(indicator, column, plan, inputs, length):
        for place in places:
            if place in counted and counted[place].any():
                heads = inputs.places.number(place, column)
                for year, amount in zip(inputs.years, counted[place], strict=True):
                    total[place, year] += float(amount) / heads
    return total


def _counted(indicator: str, column: str, plan: Plan, inputs: Inputs, length: int) -> list[ByPlace]:
    if indicator == INCOME:
        return [counted_yuan(effect, plan, inputs, length) for effect in effects_on(INCOME, inputs)]
    return [counted_heads(indicator, column, plan, inputs, length)]
