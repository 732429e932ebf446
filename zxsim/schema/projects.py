"""From projects.csv to projects and parts: costs in units, places with shares, years, flags."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

import numpy as np
import polars as pl

from zxsim.core.layout import IntArray
from zxsim.core.messages import Faults, nearest
from zxsim.core.money import UNITS_PER_WAN, largest_remainder, public_cost, wan_text
from zxsim.core.places import PlaceTree
from zxsim.errors import AFTER_ALL_LINES, Message
from zxsim.schema.places import note_doubled_ids
from zxsim.schema.tables import MOST_FAULTS, Table


@dataclass(frozen=True)
class Change:
    """A number that was rounded on loading: where, what was given, what is used."""

    file: str
    record: str
    column: str
    given: str
    used: str


@dataclass(frozen=True, eq=False)
class Library:
    """Projects sorted by id with their public cost, and their parts by project, then place.

    ``part_share`` holds what the parts of a project were given as, ``None`` for a single place.
    """

    frame: pl.DataFrame
    cost: IntArray
    part_project: IntArray
    part_place: IntArray
    part_cost: IntArray
    changes: Sequence[Change]


def note_faults(table: Table, frame: pl.DataFrame, years: tuple[int, int] | None, faults: Faults) -> None:
    """Check what concerns several cells of a row, or several rows."""
    note_doubled_ids(table, frame, faults)
    if not len(frame):
        faults.add(table_message(table))
    both = frame["required"] & frame["forbidden"]
    table.note(faults, both, "required_and_forbidden", "required")
    table.note(faults, frame["first_year"] > frame["last_year"], "years_reversed", "first_year")
    if years is None:
        return
    for column in ("first_year", "last_year"):
        outside = (frame[column] < years[0]) | (frame[column] > years[1])
        table.note(
            faults,
            outside,
            "year_outside_horizon",
            column,
            lambda given: {"given": given, "first": years[0], "last": years[1]},
        )


def table_message(table: Table) -> Message:
    """Say that a table has no rows."""
    return Message("empty_table", {}, table.name, 1)


def library(table: Table, frame: pl.DataFrame, places: PlaceTree, faults: Faults) -> Library | None:
    """Split projects into parts and round their costs; ``None`` where a place is at fault."""
    rows = frame.with_row_index("__at").sort("id")
    shares, before = [], len(faults)
    for done, (at, text) in enumerate(zip(rows["__at"].to_list(), rows["places"].to_list(), strict=True)):
        shares.append(_shares(table, at, text or "", places, faults))
        if len(faults) - before >= MOST_FAULTS:
            left = {"count": len(rows) - done - 1, "column": "places"}
            faults.add(Message("rows_not_checked", left, table.name, AFTER_ALL_LINES))
            break
    if faults:
        return None
    cost, changes = _public_costs(table, rows)
    project, place, parts = [], [], []
    for i, split in enumerate(shares):
        ordered = sorted(split, key=lambda pair: pair[0])
        keys = [key for key, _ in ordered]
        project += [i] * len(keys)
        place += [places.position[key] for key in keys]
        parts += (
            largest_remainder(int(cost[i]), [share for _, share in ordered], keys)
            if keys[1:]
            else [int(cost[i])]
        )
    whole = np.int64
    return Library(
        rows.drop("__at"),
        cost,
        np.array(project, whole),
        np.array(place, whole),
        np.array(parts, whole),
        changes,
    )


def _public_costs(table: Table, rows: pl.DataFrame) -> tuple[IntArray, list[Change]]:
    """Public money of each project in units, rounded up, with every rounding listed."""
    hundredfold = rows["cost_wan"] * UNITS_PER_WAN
    units = hundredfold.ceil().cast(pl.Int64).to_numpy().copy()
    raised = rows["self_raised_share"].to_list()
    partly = rows["self_raised_share"].cast(pl.Float64) > 0
    for i in partly.arg_true():
        units[i] = public_cost(rows[i, "cost_wan"], raised[i])
    changes = []
    for i in ((hundredfold != hundredfold.ceil()) | partly).arg_true():
        exact: Decimal = rows[i, "cost_wan"] * (1 - raised[i])
        if exact * UNITS_PER_WAN != int(units[i]):
            given = f"{exact.normalize():f}"
            changes.append(Change(table.name, rows[i, "id"], "cost_wan", given, wan_text(int(units[i]))))
    return units, changes


def _shares(
    table: Table, row: int, text: str, places: PlaceTree, faults: Faults
) -> list[tuple[str, Fraction]]:
    """Read ``A`` or ``A:0.6;B:0.4``."""
    if text in places.position:
        return [(text, Fraction(1))]
    found: list[tuple[str, Fraction]] = []
    entries = [entry.strip() for entry in text.split(";") if entry.strip()]
    if not entries:
        return []  # an empty cell has been noted
    for entry in entries:
        place, colon, share = (part.strip() for part in entry.partition(":"))
        if place not in places.position:
            fields = {"given": place, "nearest": nearest(place, places.ids), "count": len(places)}
            faults.add(table.message("unknown_place", row, "places", **fields))
            continue
        try:
            amount = Decimal(share) if colon or len(entries) > 1 else Decimal(1)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or not 0 < amount <= 1:
            faults.add(table.message("bad_place_share", row, "places", given=entry))
            continue
        found.append((place, Fraction(amount)))
    names = [name for name, _ in found]
    if len(names) == len(entries):
        if len(set(names)) < len(names):
            faults.add(table.message("place_twice", row, "places", given=text))
        elif sum(share for _, share in found) != 1:
            total = f"{float(sum(share for _, share in found)):g}"
            faults.add(table.message("place_shares_sum", row, "places", given=text, total=total))
    return found


def note_suspicious_costs(table: Table, frame: pl.DataFrame, money: int, faults: Faults) -> list[Message]:
    """Refuse costs that look like 元; return a warning for each cost far above the median.

    ``money`` is all that the funds hold over the horizon, in units; 0 skips the comparison.
    """
    cost = frame["cost_wan"].cast(pl.Float64)
    median = cost.median()
    if not isinstance(median, float):
        return []
    if money and median * UNITS_PER_WAN > money:
        fields = {"median": f"{median:,.2f}", "money": wan_text(money)}
        faults.add(Message("looks_like_yuan", fields, table.name, 1, "cost_wan"))
        return []
    far = (cost > 5_000 * median).arg_true().to_list()
    return [
        table.message(
            "cost_far_above_median", row, "cost_wan", given=f"{cost[row]:,.2f}", median=f"{median:,.2f}"
        )
        for row in far
    ]
