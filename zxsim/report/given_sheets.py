"""What is told of plans that came from outside: hard rules that one breaks, changes to an approved one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from zxsim.exporters.sheet import Column, Format, Sheet
from zxsim.report.labels import LABELS
from zxsim.report.plain_sheets import SheetWriter
from zxsim.report.rule_sheets import UNIT_FORMATS, kind_words, note_on_shares, sign, years_of

CHANGES = "plan_changes"
_UNITLESS = ("share",)
"""Units that a figure shows by itself."""


def given_sheets(make: SheetWriter) -> Iterator[Sheet]:
    """Yield the sheets that only a run of a plan from outside has."""
    if make.run.broken_count:
        frame = make.run.table("broken")
        yield make.sheet("sheet_broken", broken_columns(make, frame), notes=note_on_shares(make, frame))
    if make.run.replanned:
        yield make.sheet("sheet_plan_changes", change_columns(make, make.run.table(CHANGES)))


def broken_columns(make: SheetWriter, frame: pl.DataFrame) -> list[Column]:
    """Columns of the hard rules that a plan breaks; those that say nothing are left out."""
    rows = list(frame.iter_rows(named=True))
    formats: list[Format] = [UNIT_FORMATS.get(row["unit"], "number") for row in rows]
    units = ["" if row["unit"] in _UNITLESS else make.words(row["unit"]) for row in rows]
    return _telling(
        make.column("rule", [_name(make, row) for row in rows]),
        make.column("clause", [row["clause"] for row in rows]),
        make.column("page_project_id", [" ↔ ".join(_projects(row)) for row in rows]),
        make.column("scope", [make.place(row["scope"]) for row in rows]),
        make.column("year", [years_of(row) for row in rows]),
        make.column("actual", [row["lhs"] for row in rows], formats=formats),
        make.column("relation", [sign(row["relation"]) for row in rows]),
        make.column("required", [row["rhs"] for row in rows], formats=formats),
        make.column("short_by", [row["missing"] for row in rows], formats=formats),
        make.column("unit", units),
        make.column("cell", [row["cell"] for row in rows]),
    )


def _telling(*columns: Column) -> list[Column]:
    """Return the columns in which something stands; all of them where there is no row."""
    return [
        one for one in columns if not len(one.values) or any(cell not in ("", None) for cell in one.values)
    ]


def _name(make: SheetWriter, row: Mapping[str, Any]) -> str:
    """Name of a rule; of a fund, or of a fact with the fund that it is about."""
    if row["rule"] in make.run.scenario.get("rule", {}):
        return make.label_of(row["rule"])
    key = f"broken_{row['kind']}"
    kind = make.words(key) if key in LABELS else kind_words(make, row["kind"])
    fund = row["fund_id"] or row["rule"]
    return f"{kind} {make.label_of(fund)}" if fund in make.run.funds else kind


def _projects(row: Mapping[str, Any]) -> list[str]:
    return [row[key] for key in ("project_id", "other_project") if row[key]]


def change_columns(make: SheetWriter, frame: pl.DataFrame) -> Sequence[Column]:
    """Columns of the amounts that a nearest plan changes, and why."""
    data, rows = make.run, list(frame.iter_rows(named=True))
    return [
        make.column("page_project_id", [row["project_id"] for row in rows]),
        make.column("page_project_name", [data.project_names.get(row["project_id"], "") for row in rows]),
        make.column("place", [make.place(row["place_id"]) for row in rows]),
        make.column("fund", [data.label("fund", row["fund_id"]) for row in rows]),
        make.column("year", [row["year"] for row in rows], "year"),
        make.column("replan_before", [row["before_wan"] for row in rows], "money"),
        make.column("replan_after", [row["after_wan"] for row in rows], "money"),
        make.column("replan_change", [row["change_wan"] for row in rows], "money"),
        make.column("replan_reason", [_why(make, row) for row in rows]),
    ]


def _why(make: SheetWriter, row: Mapping[str, Any]) -> str:
    """Reason of a change, with the clause and the name of the rule or fund that asks for it."""
    named = " ".join(
        text for text in (row["clause"], make.label_of(row["rule"]) if row["rule"] else "") if text
    )
    colon = "：" if make.language == "zh" else ": "
    return colon.join(text for text in (make.words(row["reason"]), named) if text)
