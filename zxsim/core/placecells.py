"""Whole numbers that rules read from places.csv, such as heads, and what can be wrong with them."""

from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from zxsim.core.layout import IntArray, Layout
from zxsim.core.numbers import OWN_PREFIX, number_columns, numbers
from zxsim.core.rulespec import Fault

SHOWN = 10
"""Ids named in one message."""


def whole_columns(layout: Layout) -> list[str]:
    """Names of the columns of places.csv that hold whole numbers from 0 on, the user's own among them."""
    table = layout.place_table
    return [name for name in number_columns(table) if table[name].dtype.is_integer() or _counts(table, name)]


def _counts(table: pl.DataFrame, column: str) -> bool:
    """Whether a column of the user's own has whole numbers from 0 on and nothing else."""
    given = numbers(table, column)
    given = given[~np.isnan(given)]
    return column.startswith(OWN_PREFIX) and bool(((given >= 0) & (given == np.rint(given))).all())


def cell_faults(
    layout: Layout,
    key: str,
    column: str,
    places: IntArray,
    *,
    above_zero: bool = False,
    others: Sequence[str] = (),
) -> Iterator[Fault]:
    """Yield a fault for a column that does not exist, and for the places where it is empty (or 0).

    ``others`` are further columns that the key takes.
    """
    if column not in whole_columns(layout):
        known = sorted([*whole_columns(layout), *others])
        yield key, "unknown_place_column", {"given": column, "known": known}
        return
    number = layout.place_numbers(column)[places]
    wrong = [("place_cell_missing", np.isnan(number)), ("place_cell_zero", above_zero & (number == 0))]
    for code, bad in wrong:
        if bad.any():
            ids = [layout.places.ids[i] for i in places[bad]]
            yield key, code, {"column": column, "places": ids[:SHOWN], "count": len(ids)}


def whole_cells(layout: Layout, column: str, places: IntArray) -> IntArray:
    """A column of whole numbers at some places, shape *(places,)*."""
    return layout.place_numbers(column)[places].astype(np.int64)
