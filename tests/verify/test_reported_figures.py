"""Every figure that a run reports is worked out anew; a changed one is caught."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.verify.spoil import Row, codes, edited, read_rows
from zxsim.verify import verify


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("rules", "lhs", "0.5"),
        ("rules", "rhs", "0.5"),
        ("rules", "slack", "0.5"),
        ("rules", "clause", "T-99"),
        ("rules", "binding", ""),
        ("rules", "unit", "元"),
        ("rules", "tier", "2"),
        ("targets", "value", "0.91"),
        ("targets", "upper", "0.99"),
        ("targets", "relation", "="),
        ("targets", "planned", "0.95"),
        ("targets", "baseline", "0.5"),
        ("targets", "trend", "0.1"),
        ("targets", "plan", "0.2"),
        ("targets", "shortfall", "0.001"),
        ("targets", "state", "missed?"),
        ("targets", "tier", "3"),
        ("by_place", "amount_wan", "0.01"),
        ("by_category", "amount_wan", "0.01"),
        ("by_fund", "amount_wan", "0.01"),
        ("by_fund", "available_wan", "0.01"),
        ("by_fund", "left_wan", "0.01"),
        ("by_year", "amount_wan", "0.01"),
        ("by_year", "available_wan", "0.01"),
        ("by_year", "left_wan", "0.01"),
        ("excluded", "clause", "T-99"),
    ],
)
def test_changed_figure_is_caught_in_every_row(run: Path, table: str, column: str, value: str) -> None:
    """Each cell of each reported table is worked out anew."""

    def change(rows: list[Row]) -> None:
        for row in rows:
            row[column] = value

    found = [m for m in edited(run, change, table) if m.code == "verify_figure"]
    rows = read_rows(run / f"{table}.csv")
    assert [(m.file, m.line) for m in found] == [(f"{table}.csv", i + 2) for i in range(len(rows))]
    assert all(m.fields["found"] == value and m.address.endswith(column) for m in found)


@pytest.mark.parametrize(
    "table", ["rules", "targets", "by_place", "by_category", "by_fund", "by_year", "excluded"]
)
def test_row_dropped_from_or_doubled_in_a_report_is_caught(run: Path, table: str) -> None:
    """A reported table has each row that it should have, once."""
    path = run / f"{table}.csv"
    original = path.read_bytes()
    assert "verify_row_missing" in codes(edited(run, lambda rows: rows.pop(), table))
    path.write_bytes(original)
    assert "verify_row_extra" in codes(edited(run, lambda rows: rows.append(dict(rows[0])), table))


@pytest.mark.parametrize(("column", "value"), [("since", "2023"), ("relation", "=")])
def test_changed_name_of_a_row_of_rules_is_caught(run: Path, column: str, value: str) -> None:
    """A row that counts other years, or is compared the other way, is another row."""
    messages = edited(run, lambda rows: rows[0].update({column: value}), "rules")
    assert {"verify_row_missing", "verify_row_extra"} <= codes(messages)


@pytest.mark.parametrize(("table", "column"), [("rules", "since"), ("rules", "tier"), ("targets", "upper")])
def test_column_that_is_gone_is_caught(run: Path, table: str, column: str) -> None:
    """A table without one of its columns is not the table of a run."""
    messages = edited(run, lambda rows: [row.pop(column) for row in rows], table)
    assert "verify_file_unreadable" in codes(messages)


@pytest.mark.parametrize(("key", "step"), [("spent_wan", 0.01), ("available_wan", 0.01), ("benefit", 1e-6)])
def test_changed_total_is_caught(run: Path, key: str, step: float) -> None:
    """The totals in run.json follow from the allocation."""
    path = run / "run.json"
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {key: manifest[key] + step}), encoding="utf-8")
    (found,) = verify(run)
    assert (found.code, found.file, found.address) == ("verify_figure", "run.json", key)


def test_missing_total_is_caught(run: Path) -> None:
    """A total that is not there is a difference as well."""
    path = run / "run.json"
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    del manifest["benefit"]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert [(m.code, m.fields["found"]) for m in verify(run)] == [("verify_figure", "")]


@pytest.mark.parametrize("table", ["allocation", "rules", "targets", "by_place", "excluded", "assumptions"])
def test_parquet_that_differs_is_caught(run: Path, table: str) -> None:
    """A Parquet with a changed cell, a row less, or another column does not pass as its CSV."""
    path = run / f"{table}.parquet"
    frame = pl.read_parquet(path)
    first = frame.columns[0]
    for other in (
        frame.with_columns(
            pl.when(pl.int_range(pl.len()) == 0).then(pl.lit("?")).otherwise(first).alias(first)
        ),
        frame.head(-1),
        frame.rename({first: "other"}),
    ):
        other.write_parquet(path)
        assert codes(verify(run)) == {"verify_parquet"}


def test_parquet_amount_off_by_a_tenth_of_a_unit_is_caught(run: Path) -> None:
    """The CSV shows two digits; the Parquet may hide no more than a float's error behind them."""
    path = run / "allocation.parquet"
    frame = pl.read_parquet(path)
    frame.with_columns(pl.col("amount_wan") + 0.001).write_parquet(path)
    assert len([m for m in verify(run) if m.code == "verify_parquet"]) == len(frame)
