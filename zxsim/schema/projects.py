"""From projects.csv to projects and parts: costs in units, places with shares, years, flags."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from zxsim.core.layout import IntArray
from zxsim.core.messages import Faults
from zxsim.core.money import UNITS_PER_WAN, public_cost, wan_text
from zxsim.core.places import PlaceTree
from zxsim.errors import Message
from zxsim.schema.parts import split_of
from zxsim.schema.places import note_doubled_ids
from zxsim.schema.tables import Table


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
    """Projects sorted by id with their public cost, and their parts by project, then place."""

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
    rows = frame.with_row_index("__at")
    if not rows["id"].is_sorted():
        rows = rows.sort("id")
    split = split_of(table, rows, places, faults)
    if faults or split is None:
        return None
    cost, changes = _public_costs(table, rows)
    return Library(rows.drop("__at"), cost, *split.parts(cost), changes)


def _public_costs(table: Table, rows: pl.DataFrame) -> tuple[IntArray, list[Change]]:
    """Public money of each project in units, rounded up, with every rounding listed."""
    hundredfold = rows["cost_wan"] * UNITS_PER_WAN
    rounded = hundredfold.ceil()
    units = rounded.cast(pl.Int64).to_numpy().copy()
    partly = rows["self_raised_share"] > 0
    unclear = (hundredfold != rounded) | partly
    if not unclear.any():
        return units, []
    exact = _exact_costs(rows.filter(unclear).select("id", "cost_wan", "self_raised_share"))
    units[unclear.to_numpy()] = exact["units"].to_numpy()
    changes = [
        Change(table.name, project, "cost_wan", given, wan_text(used))
        for project, given, used in exact.drop_nulls("given").select("id", "given", "units").iter_rows()
    ]
    return units, changes


def _exact_costs(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the public money of rows in ``units`` and, where it was rounded, what it was exactly as ``given``.

    Each distinct pair of cost and self-raised share is worked out once, in decimals of any length.
    """
    pair = ["cost_wan", "self_raised_share"]
    distinct = rows.select(pair).unique()
    found: dict[str, list[object]] = {"units": [], "given": []}
    for cost, raised in distinct.iter_rows():
        exact, units = cost * (1 - raised), public_cost(cost, raised)
        found["units"].append(units)
        found["given"].append(None if exact * UNITS_PER_WAN == units else f"{exact.normalize():f}")
    known = distinct.with_columns(pl.DataFrame(found, schema={"units": pl.Int64, "given": pl.String}))
    return rows.join(known, on=pair, how="left", maintain_order="left")


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
