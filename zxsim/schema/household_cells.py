"""Checks of places.csv for the simulation: households that these totals can be made of.

Households are simulated at the lowest places that have any; what stands at a place above them is a sum.
"""

import numpy as np
import polars as pl

from zxsim.core.layout import BoolArray, IntArray
from zxsim.core.messages import Faults
from zxsim.core.places import PlaceTree
from zxsim.errors import Message
from zxsim.schema.tables import Table

MOST_PERSONS = 10
"""Of a household."""

VILLAGES = ("village", "natural_village")
INCOME_COLUMNS = ("income_yuan", "income_year", "trend")


def census_places(tree: PlaceTree, place_table: pl.DataFrame) -> IntArray:
    """Positions of the places whose households are simulated; ``place_table`` has the order of the tree."""
    return tree.lowest(place_table["households"].is_not_null().to_numpy())


def note_household_cells(table: Table, frame: pl.DataFrame, tree: PlaceTree, faults: Faults) -> None:
    """Note what no households can be made of; ``frame`` has the rows in the order of ``table.frame``."""
    position = np.array([tree.position[place] for place in frame["id"].to_list()], dtype=np.int64)
    ordered = frame.sort("id")
    counted = _at(census_places(tree, ordered), position)
    if not counted.any():
        faults.add(Message("no_households", {}, table.name, 1))
    _note_empty_places(table, frame, tree, position, counted, faults)
    for column in INCOME_COLUMNS:
        table.note(faults, frame[column].is_null() & counted, "household_cell_missing", column)
    persons, households = frame["population"], frame["households"]
    table.note(faults, (households > persons) & counted, "more_households_than_persons", "households")
    crowded = (persons > MOST_PERSONS * households) & counted
    table.note(
        faults,
        crowded,
        "too_many_persons",
        "population",
        lambda given: {"given": given, "limit": MOST_PERSONS},
    )
    table.note(
        faults,
        (frame["lifted_population"] > persons) & counted,
        "lifted_above_population",
        "lifted_population",
    )
    table.note(
        faults,
        (frame["monitored_households"] > households) & counted,
        "monitored_above_households",
        "monitored_households",
    )
    above = (frame["monitored_households"] > 0) & ~counted
    table.note(faults, above, "monitored_elsewhere", "monitored_households")


def _at(chosen: IntArray, position: IntArray) -> pl.Series:
    return pl.Series(np.isin(position, chosen))


def _note_empty_places(
    table: Table, frame: pl.DataFrame, tree: PlaceTree, position: IntArray, counted: pl.Series, faults: Faults
) -> None:
    """A lowest village has both persons and households; higher places may be there to compare with."""
    persons, households = frame["population"].is_not_null(), frame["households"].is_not_null()
    either: BoolArray = np.zeros(len(tree), dtype=np.bool_)
    either[position] = (persons | households).to_numpy()
    lowest = _at(tree.lowest(either), position)
    village = frame["level"].is_in(VILLAGES)
    table.note(faults, ~persons & counted, "population_missing", "population")
    table.note(faults, persons & ~households & lowest & village, "households_missing", "households")
