"""From places.csv to the tree of places: ids once, parents that exist, no cycle."""

import numpy as np
import polars as pl

from zxsim.core.messages import Faults, nearest
from zxsim.core.places import LEVELS, PlaceTree
from zxsim.schema.tables import Table


def note_doubled_ids(table: Table, frame: pl.DataFrame, faults: Faults) -> None:
    """Note every id that stands more than once."""
    table.note(faults, frame["id"].is_not_null() & ~frame["id"].is_first_distinct(), "id_doubled", "id")


def place_tree(table: Table, frame: pl.DataFrame, faults: Faults) -> PlaceTree | None:
    """Build the tree from checked rows sorted by id, or note why it is none.

    ``frame`` has the rows in the order of ``table.frame``; the tree is sorted by id.
    """
    if not len(frame):
        return None
    ids = frame["id"].to_list()
    known = set(ids)
    bad = frame["parent"].is_not_null() & ~frame["parent"].is_in(ids)
    table.note(
        faults,
        bad,
        "unknown_place",
        "parent",
        lambda given: {"given": given, "nearest": nearest(given, known), "count": len(known)},
    )
    ordered = frame.sort("id")
    position = {place: i for i, place in enumerate(ordered["id"].to_list())}
    parent = np.array([position.get(p, -1) if p else -1 for p in ordered["parent"].to_list()], dtype=np.int64)
    if bad.any() or len(position) < len(ids):
        return None
    if not _check_order(table, ids, frame, faults):
        return None
    return PlaceTree(ordered["id"].to_list(), ordered["name"].to_list(), ordered["level"].to_list(), parent)


def _check_order(table: Table, ids: list[str], frame: pl.DataFrame, faults: Faults) -> bool:
    """Note a parent that is not of a higher level: a cycle cannot then exist."""
    rank = {level: i for i, level in enumerate(LEVELS)}
    levels = dict(zip(ids, frame["level"].to_list(), strict=True))
    wrong = [
        parent is not None and rank.get(levels[place], 0) <= rank.get(levels[parent], -1)
        for place, parent in zip(ids, frame["parent"].to_list(), strict=True)
    ]
    bad = pl.Series(wrong, dtype=pl.Boolean)
    table.note(
        faults, bad, "parent_not_above", "parent", lambda given: {"given": given, "level": levels[given]}
    )
    return not bad.any()
