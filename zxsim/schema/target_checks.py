"""Checks of targets that need the tables: their data are there, and those of the places they compare with."""

from collections.abc import Iterator, Mapping

import numpy as np

from zxsim.core.indicatorspec import Indicator
from zxsim.core.layout import IntArray, Layout
from zxsim.indicators import BUILT_IN, SIMULATED
from zxsim.schema.scenario import Scenario
from zxsim.schema.target import OF_INCOME, WITH_PARENT, Target

OLDEST_INCOME = 20
"""Years before the horizon from which an income may still be carried on by its trend."""

LEVELS = (">=", "<=", "=", ">", "<", "between")
"""Relations whose value is a level of the indicator itself."""

Found = Iterator[tuple[tuple[str, ...], str, Mapping[str, object]]]
"""Key at fault (or none), code of the message, its fields."""


def indicator_of(scenario: Scenario, indicator_id: str) -> Indicator:
    """Return the indicator with an id, declared or built in."""
    return scenario.indicator.get(indicator_id) or BUILT_IN[indicator_id]


def compared_places(target: Target, layout: Layout) -> IntArray | None:
    """Position of the place that each place of a target is compared with, −1 for none, or ``None``."""
    if target.relation not in WITH_PARENT:
        return None
    positions = np.sort(layout.place_positions(target.places or ()))
    if target.than is None:
        return layout.places.parent[positions]
    return np.full(len(positions), layout.places.position[target.than])


def target_faults(target: Target, scenario: Scenario, layout: Layout) -> Found:
    """Yield what is wrong with a target taken together with the tables."""
    if target.indicator in SIMULATED:
        yield from _simulated_faults(target, scenario)
        return
    indicator = indicator_of(scenario, target.indicator)
    positions = np.sort(layout.place_positions(target.places or ()))
    compared = compared_places(target, layout)
    if compared is not None and (compared < 0).any():
        tops = [layout.places.ids[i] for i in positions[compared < 0]]
        yield (), "target_without_parent", {"places": tops[:10], "count": len(tops)}
    if compared is not None:
        positions = np.unique(np.concatenate([positions, compared[compared >= 0]]))
    needed = indicator.columns(target.indicator)
    if "income_year" in needed:
        yield from income_year_faults(positions, layout)
    for column in needed:
        empty = positions[np.isnan(layout.place_numbers(column)[positions])]
        if len(empty):
            ids = [layout.places.ids[i] for i in empty[:10]]
            yield (), "place_cell_missing", {"column": column, "places": ids, "count": len(empty)}
    yield from _base_year_faults(target, layout)
    if target.relation in OF_INCOME and target.indicator == "collective_income":
        start = indicator.start(target.indicator, layout)[positions]
        none = [layout.places.ids[i] for i in positions[start == 0]]
        if none:
            yield (), "growth_from_nothing", {"places": none[:10], "count": len(none)}
    if indicator.saturates and target.relation in LEVELS:
        yield from _share_faults(target)


def _simulated_faults(target: Target, scenario: Scenario) -> Found:
    """Numbers of households are known from a simulation only, and are compared as they are."""
    household = scenario.household
    if household is None or not household.enabled:
        yield ("indicator",), "target_without_households", {"given": target.indicator}
    if target.relation not in LEVELS:
        yield ("relation",), "not_for_cases", {"given": target.relation, "allowed": list(LEVELS)}


def _share_faults(target: Target) -> Found:
    """A level of a coverage lies between 0 and 1."""
    upper = target.bound if target.upper is None else target.upper.value
    for key, number in (("value", target.bound), ("upper", upper)):
        if not 0 <= number <= 1 and (key == "value" or target.upper is not None):
            fields = {"given": str(number), "limit": "1" if number > 1 else "0"}
            yield (key,), f"number_{'less' if number > 1 else 'greater'}_than_equal", fields


def _base_year_faults(target: Target, layout: Layout) -> Found:
    """Growth counts from a year before the one that is checked, or before the horizon."""
    if target.base_year is None or target.years is None:
        return
    first = int(layout.years[0])
    last = target.years[0] - 1 if target.relation == "growth" else first - 1
    oldest = first - OLDEST_INCOME
    if not oldest <= target.base_year <= last:
        fields = {"given": target.base_year, "first": oldest, "last": last}
        yield ("base_year",), "base_year_outside", fields


def income_year_faults(positions: IntArray, layout: Layout) -> Found:
    """An income of a year after the horizon, or long before it, is a slip of the pen."""
    first, last = int(layout.years[0]) - OLDEST_INCOME, int(layout.years[-1])
    year = layout.place_numbers("income_year")[positions]
    wrong = positions[(year < first) | (year > last)]
    if len(wrong):
        places = [layout.places.ids[i] for i in wrong[:10]]
        yield (), "income_year_far", {"places": places, "first": first, "last": last}
