"""From the column ``places`` of projects.csv to parts: one for each project and place.

Every distinct cell is read once; nearly always it is the id of one place. Rows are looked at one by one only
where a cell is at fault.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import lcm

import numpy as np
import polars as pl

from zxsim.core.layout import IntArray
from zxsim.core.messages import Faults, unknown_fields
from zxsim.core.money import largest_remainder
from zxsim.core.places import PlaceTree
from zxsim.errors import AFTER_ALL_LINES, Message
from zxsim.schema.columns import listed
from zxsim.schema.csvfile import MOST_FAULTS
from zxsim.schema.tables import Table

Shares = Sequence[tuple[str, Fraction]]
"""Places of a project, sorted, each with its share of the cost."""

_LARGEST_INTEGER = np.iinfo(np.int64).max


@dataclass(frozen=True)
class _Entry:
    """``A:0.6`` as it stands in a cell; ``share`` is ``None`` where it is no number above 0 and up to 1."""

    given: str
    place: str
    share: Fraction | None


@dataclass(frozen=True, eq=False)
class Split:
    """Projects by place: the distinct ways to split a cost, and which way each project takes.

    ``way`` has shape *(projects,)*; it is ``None`` where every project has one place, ``place`` its position.
    """

    places: PlaceTree
    place: IntArray
    way: IntArray | None
    ways: Sequence[Shares]

    def parts(self, cost: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Return project, place and cost in units of each part, by project, then place.

        ``cost`` has shape *(projects,)*; it is split by largest remainder, ties to the smaller place id.
        """
        if self.way is None:
            return np.arange(len(cost)), self.place, cost.copy()
        width = np.array([len(shares) for shares in self.ways], dtype=np.int64)
        cell, project = _spread(width, self.way)
        place = np.array([self.places.position[name] for shares in self.ways for name, _ in shares])
        part_cost = cost[project]
        several = np.flatnonzero(width[self.way] > 1)
        if len(several):
            part_cost[width[self.way[project]] > 1] = split_costs(cost[several], self.way[several], self.ways)
        return project, place[cell], part_cost


def split_of(table: Table, rows: pl.DataFrame, places: PlaceTree, faults: Faults) -> Split | None:
    """Read where every project is, or note what is wrong; ``rows`` says (``__at``) where in ``table``."""
    cells = rows["places"].fill_null("")
    positions = pl.Series(np.arange(len(places)))
    place = cells.replace_strict(pl.Series(places.ids), positions, default=None, return_dtype=pl.Int64)
    if not place.null_count():
        return Split(places, place.to_numpy(), None, ())
    texts = cells.unique()
    read = {text: _entries(text, places) for text in texts.to_list()}
    several = {text: entries for text, entries in read.items() if text not in places.position}
    wrong = [text for text, entries in several.items() if next(_faults(text, entries, places), None)]
    if wrong:
        bad = rows.with_row_index("__done").filter(cells.is_in(wrong))
        _note_rows(table, bad, len(rows), places, faults)
        return None
    ways = [
        sorted((entry.place, entry.share or Fraction()) for entry in entries) for entries in read.values()
    ]
    way = cells.replace_strict(texts, pl.Series(np.arange(len(texts))))
    return Split(places, way.to_numpy(), way.to_numpy(), ways)


def _entries(text: str, places: PlaceTree) -> list[_Entry]:
    """Read ``A`` or ``A:0.6;B:0.4``."""
    if text in places.position:
        return [_Entry(text, text, Fraction(1))]
    given = listed(text)
    found = []
    for entry in given:
        place, colon, share = (part.strip() for part in entry.partition(":"))
        try:
            amount = Decimal(share) if colon or len(given) > 1 else Decimal(1)
        except InvalidOperation:
            amount = Decimal("NaN")
        inside = amount.is_finite() and 0 < amount <= 1
        found.append(_Entry(entry, place, Fraction(amount) if inside else None))
    return found


def _faults(text: str, entries: Sequence[_Entry], places: PlaceTree) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with a cell: column, code of the message, and what was given."""
    wrong = False
    for entry in entries:
        if entry.place not in places.position:
            wrong = True
            yield "places", "unknown_place", entry.place
        elif entry.share is None:
            wrong = True
            yield "places", "bad_place_share", entry.given
    if wrong or not text:  # an empty cell has been noted
        return
    if len({entry.place for entry in entries}) < len(entries):
        yield "places", "place_twice", text
    elif sum(entry.share or 0 for entry in entries) != 1:
        yield "places", "place_shares_sum", text


def _fields(code: str, given: str, entries: Sequence[_Entry], places: PlaceTree) -> Mapping[str, object]:
    if code == "unknown_place":
        return unknown_fields(given, places.ids)
    if code == "place_shares_sum":
        return {"given": given, "total": f"{float(sum(entry.share or 0 for entry in entries)):g}"}
    return {"given": given}


def _note_rows(table: Table, rows: pl.DataFrame, count: int, places: PlaceTree, faults: Faults) -> None:
    """Note the faults of rows at fault, ``__done`` of ``count`` rows having been read before each."""
    before = len(faults)
    for done, at, text in rows.select("__done", "__at", pl.col("places").fill_null("")).iter_rows():
        entries = _entries(text, places)
        for column, code, given in _faults(text, entries, places):
            faults.add(table.message(code, at, column, **_fields(code, given, entries, places)))
        if len(faults) - before >= MOST_FAULTS:
            left = {"count": count - done - 1, "column": "places"}
            faults.add(Message("rows_not_checked", left, table.name, AFTER_ALL_LINES))
            return


def _spread(width: IntArray, way: IntArray) -> tuple[IntArray, IntArray]:
    """For every part, its position among the cells of all ways, laid end to end, and its project."""
    count = width[way]
    project = np.repeat(np.arange(len(way)), count)
    within = np.arange(len(project)) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat((np.cumsum(width) - width)[way], count) + within, project


def split_costs(cost: IntArray, way: IntArray, ways: Sequence[Shares]) -> IntArray:
    """Split costs in units by largest remainder, each in one of some ways, shape *(parts,)*.

    The shares of a way are whole numbers over one denominator. Where their product with a cost might leave 64
    bits (shares of more than ten digits), the cost is split in Python's integers.
    """
    over = [lcm(*(share.denominator for _, share in shares)) for shares in ways]
    most = _LARGEST_INTEGER // max(1, int(cost.max(initial=1)))
    small = np.array([denominator <= most for denominator in over])
    numerator = np.array(
        [
            share.numerator * (d // share.denominator) if d <= most else 0
            for shares, d in zip(ways, over, strict=True)
            for _, share in shares
        ]
    )
    denominator = np.array([d if d <= most else 1 for d in over])
    width = np.array([len(shares) for shares in ways], dtype=np.int64)
    cell, project = _spread(width, way)
    floor, remainder = np.divmod(numerator[cell] * cost[project], denominator[way[project]])
    left = cost - np.bincount(project, floor, len(cost)).astype(np.int64)
    order = np.lexsort((-remainder, project))  # stable: ties stay in the order of places
    first = np.cumsum(width[way]) - width[way]
    floor[order] += np.arange(len(project)) - first[project] < left[project]
    for i in np.flatnonzero(~small[way]):
        names, shares = zip(*ways[way[i]], strict=True)
        floor[first[i] : first[i] + len(names)] = largest_remainder(int(cost[i]), shares, names)
    return floor
