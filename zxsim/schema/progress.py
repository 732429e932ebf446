"""From progress.csv to a checked table: what was paid and built, quarter by quarter.

Only reports use it; the plan does not change with it.
"""

import re
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from zxsim.core.layout import Layout
from zxsim.core.messages import Faults, unknown_fields
from zxsim.core.money import UNITS_PER_WAN, wan_text
from zxsim.schema.projects import Change
from zxsim.schema.tables import Table

QUARTER = r"^([0-9]{4})Q([1-4])$"
_NEARLY = re.compile("([0-9]{4})[年 ]*[Qq第/.-]? *0?([1-4一二三四]) *(?:季度?)?")
_NUMERALS = "一二三四"
_ROW, _KEY = "row", ("project", "place", "quarter")


@dataclass(frozen=True, eq=False)
class Progress:
    """What progress.csv says.

    ``frame`` has one row a project, place and quarter with its place filled in and its amount in whole
    0.01, sorted by these; ``changes`` lists the amounts that were rounded.
    """

    frame: pl.DataFrame
    changes: list[Change]


def progress_of(table: Table, frame: pl.DataFrame, layout: Layout, faults: Faults) -> Progress:
    """Check every row against the projects, their places, the horizon and the rows before it.

    Parameters
    ----------
    frame : polars.DataFrame
        Columns as in :data:`zxsim.schema.report_columns.PROGRESS_COLUMNS`.
    faults : Faults
        Of this file alone: with any in a cell, rows are not compared with each other.
    """
    parts = pl.DataFrame(
        {
            "project": pl.Series(layout.project_ids, dtype=pl.String).gather(layout.part_project),
            "place": pl.Series(layout.places.ids, dtype=pl.String).gather(layout.part_place),
            "cost": layout.part_cost,
        }
    )
    _note_quarters(table, frame, layout, faults)
    _note_unknown(table, frame, layout, faults)
    if len(faults):
        return Progress(frame, [])
    placed = _placed(table, frame, parts, faults).with_row_index(_ROW)
    units = (pl.col("paid_wan") * UNITS_PER_WAN).floor()
    rows = placed.with_columns(units=units.cast(pl.Int64)).sort("project", "place", "quarter", _ROW)
    table.note(faults, _in_file(rows, pl.struct(_KEY).is_duplicated()), "progress_doubled", "quarter")
    _note_falling(table, rows, faults)
    _note_above_cost(table, rows, parts, faults)
    exact = rows.with_columns(paid_wan=(pl.col("units").cast(pl.Decimal(38, 9)) / UNITS_PER_WAN))
    return Progress(exact.drop(_ROW, "units"), _changes(table, rows))


def _in_file(rows: pl.DataFrame, bad: pl.Expr) -> pl.Series:
    """Put what is wrong row by row back into the order of the file."""
    return rows.select(_ROW, bad=bad).sort(_ROW)["bad"]


def _note_quarters(table: Table, frame: pl.DataFrame, layout: Layout, faults: Faults) -> None:
    quarter, first, last = frame["quarter"], int(layout.years[0]), int(layout.years[-1])
    known = quarter.str.contains(QUARTER)
    table.note(
        faults, ~known, "not_a_quarter", "quarter", lambda given: {"given": given, "nearest": mended(given)}
    )
    year = quarter.str.slice(0, 4).cast(pl.Int64, strict=False)
    outside = known & ~year.is_between(first, last)
    fields = {"first": first, "last": last}
    table.note(
        faults, outside, "quarter_outside_horizon", "quarter", lambda given: {"given": given, **fields}
    )


def mended(given: str) -> str:
    """Return the quarter that a text nearly says, or nothing.

    >>> mended("2023年第3季度"), mended("2023-2"), mended("2023年四季度"), mended("春")
    ('2023Q3', '2023Q2', '2023Q4', '')
    """
    found = _NEARLY.fullmatch(given.strip())
    if found is None:
        return ""
    number = _NUMERALS.find(found[2]) + 1 or int(found[2])
    return f"{found[1]}Q{number}"


def _note_unknown(table: Table, frame: pl.DataFrame, layout: Layout, faults: Faults) -> None:
    known = (("project", layout.project_position), ("place", layout.places.position))
    for column, words in known:
        bad = frame[column].is_not_null() & ~frame[column].is_in(list(words))
        table.note(faults, bad, f"unknown_{column}", column, partial(unknown_fields, known=words))


def _placed(table: Table, frame: pl.DataFrame, parts: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Fill in the place of a project that has one only; note rows without a place of their project."""
    own = dict(parts.group_by("project", maintain_order=True).agg("place").iter_rows())
    alone = {project: places[0] for project, places in own.items() if len(places) == 1}
    filled = frame.with_columns(
        pl.col("place").fill_null(
            pl.col("project").replace_strict(alone, default=None, return_dtype=pl.String)
        )
    )
    at_home = filled.join(
        parts.with_columns(home=True), on=["project", "place"], how="left", maintain_order="left"
    )
    missing = filled["place"].is_null()
    elsewhere = ~missing & at_home["home"].is_null()
    for bad, code in ((missing, "progress_without_place"), (elsewhere, "progress_elsewhere")):
        for row in bad.arg_true().to_list():
            given, project = filled[row, "place"] or "", filled[row, "project"]
            faults.add(table.message(code, row, "place", given=given, allowed=own[project]))
    return filled


def _note_falling(table: Table, rows: pl.DataFrame, faults: Faults) -> None:
    share, key = pl.col("physical_share"), ["project", "place"]
    before = share.forward_fill().shift(1).over(key)
    found = rows.with_columns(before=before).filter(share < pl.col("before"))
    for row, given, earlier in found.select(_ROW, "physical_share", "before").sort(_ROW).iter_rows():
        fields = {"given": f"{float(given):g}", "before": f"{float(earlier):g}"}
        faults.add(table.message("progress_falls", row, "physical_share", **fields))


def _note_above_cost(table: Table, rows: pl.DataFrame, parts: pl.DataFrame, faults: Faults) -> None:
    """Note parts of projects that more is paid for than their public cost."""
    paid = rows.group_by("project", "place").agg(pl.col("units").sum(), pl.col(_ROW).last())
    over = paid.join(parts, on=["project", "place"]).filter(pl.col("units") > pl.col("cost")).sort(_ROW)
    for place, units, row, cost in over.select("place", "units", _ROW, "cost").iter_rows():
        fields = {"place": place, "given": wan_text(units), "cost": wan_text(cost)}
        faults.add(table.message("progress_above_cost", row, "paid_wan", **fields))


def _changes(table: Table, rows: pl.DataFrame) -> list[Change]:
    exact = (pl.col("paid_wan") * UNITS_PER_WAN).cast(pl.Float64)
    rounded = rows.filter((exact - pl.col("units")).abs() > np.finfo(float).eps).sort(_ROW)
    return [
        Change(table.name, f"{project} {quarter}", "paid_wan", f"{given.normalize():f}", wan_text(units))
        for project, quarter, given, units in rounded.select(
            "project", "quarter", "paid_wan", "units"
        ).iter_rows()
    ]
