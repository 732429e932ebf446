"""The sheet of clauses: each clause of the paper, what carries it, and how that came out."""

from collections.abc import Mapping

import polars as pl

from zxsim.exporters.sheet import Sheet
from zxsim.report.clause_text import asks
from zxsim.report.clause_words import CARRIER_WORDS
from zxsim.report.plain_sheets import SheetWriter
from zxsim.runs.states import REACHED
from zxsim.schema.columns import listed


def clauses(make: SheetWriter) -> Sheet:
    """One row a clause of clauses.csv, none where the scenario has no such file."""
    at = 0 if make.language == "zh" else 1
    rows = make.run.clauses
    note = "note_zh" if make.language == "zh" else "note_en"
    columns = [
        make.column("clause", [row["clause"] for row in rows]),
        make.column("stands_in", [row.get("section") or "" for row in rows]),
        make.column("year", [_years(make, row.get("year") or "") for row in rows]),
        make.column("required", [asks(_with_number(row), make.language) for row in rows]),
        make.column("carried_as", [CARRIER_WORDS[row["carried_as"] or ""][at] for row in rows]),
        make.column("state", [_state(make, row) for row in rows]),
        make.column("note", [row.get(note) or row["note_zh"] for row in rows]),
        make.column("address", [" ".join(listed(row.get("where"))) for row in rows]),
    ]
    return make.sheet("sheet_clauses", columns, frozen=1)


def _with_number(row: Mapping[str, str | None]) -> Mapping[str, str | None]:
    return {key: row.get(key) for key in ("op", "value", "unit")}


def _years(make: SheetWriter, given: str) -> str:
    return make.words("each_year") if given == "each" else given.replace("-", "–")


def _state(make: SheetWriter, row: Mapping[str, str | None]) -> str:
    """How the targets and rules came out that carry a clause."""
    records = [key.split(".")[:2] for key in listed(row.get("where"))]
    targets = [key[1] for key in records if key[0] == "target"]
    rules = [key[1] for key in records if key[0] == "rule"]
    found = make.run.table("targets").filter(pl.col("target").is_in(targets))
    if row["carried_as"] == "target" and len(found):
        met = int(found["state"].is_in(REACHED).sum())
        return make.words("clause_met", met=met, all=len(found))
    kept = make.run.table("rules").filter(pl.col("rule").is_in(rules))
    if row["carried_as"] == "rule" and len(kept):
        return make.words("clause_met", met=int((kept["slack"] >= -_NOTHING).sum()), all=len(kept))
    return ""


_NOTHING = 1e-9
"""Slack of a row that is kept exactly, in floating point."""
