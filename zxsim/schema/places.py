"""From places.csv to the tree of places: ids once, parents that exist, no cycle."""

import numpy as np
import polars as pl

from zxsim.core.messages import Faults, unknown_fields
from zxsim.core.places import LEVELS, PlaceTree
from zxsim.schema.tables import Table


def note_doubled_ids(table: Table, frame: pl.DataFrame, faults: Faults) -> None:
    """Note every id that stands more than once."""
    ids = frame["id"]
    if ids.null_count() or not (ids[1:] > ids[:-1]).all():  # ids that rise are distinct: the usual order
        table.note(faults, ids.is_not_null() & ~ids.is_first_distinct(), "id_doubled", "id")


def place_tree(table: Table, frame: pl.DataFrame, faults: Faults) -> PlaceTree | None:
    """Build the tree from checked rows sorted by id, or note why it is none.

    ``frame`` has the rows in the order of ``table.frame``; the tree is sorted by id.
    """
    if not len(frame):
        return None
    ids = frame["id"]
    unknown = frame["parent"].is_not_null() & ~frame["parent"].is_in(ids.implode())
    if unknown.any():
        known = set(ids.drop_nulls().to_list())
        table.note(
            faults,
            unknown,
            "unknown_place",
            "parent",
            lambda given: unknown_fields(given, known),
        )
    if unknown.any() or ids.n_unique() < len(ids) or not _check_order(table, frame, faults):
        return None
    ordered = frame.sort("id")
    positions = pl.Series(np.arange(len(ordered)))
    parent = ordered["parent"].replace_strict(ordered["id"], positions, default=-1).to_numpy().copy()
    parent[ordered["parent"].is_null().to_numpy()] = -1
    return PlaceTree(ordered["id"].to_list(), ordered["name"].to_list(), ordered["level"].to_list(), parent)


def _check_order(table: Table, frame: pl.DataFrame, faults: Faults) -> bool:
    """Note a parent that is not of a higher level: a cycle cannot then exist."""
    ranks = pl.Series(np.arange(len(LEVELS)))
    rank = frame["level"].replace_strict(pl.Series(LEVELS), ranks, default=None, return_dtype=pl.Int64)
    above = frame["parent"].replace_strict(frame["id"], rank, default=None, return_dtype=pl.Int64)
    # A word that is no level has been noted already; with it, the order counts as right where it can be.
    bad = frame["parent"].is_not_null() & (rank.fill_null(0) <= above.fill_null(-1))
    if bad.any():
        levels = dict(zip(frame["id"].to_list(), frame["level"].to_list(), strict=True))
        table.note(
            faults, bad, "parent_not_above", "parent", lambda given: {"given": given, "level": levels[given]}
        )
    return not bad.any()
