"""The sheet of clauses: what carries each clause, and how it came out."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from tests.forms.books import cells
from zxsim import api

Runs = Mapping[str, Path]


def test_the_sheet_says_what_carries_each_clause_and_how_it_came_out(runs: Runs, tmp_path: Path) -> None:
    """One row a clause with the paper's number, and how many rows of its target or rule are met."""
    api.export(runs["xixian"], tmp_path / "x.xlsx")
    rows = {row[0]: row for row in cells(tmp_path / "x.xlsx")["条款落实"]}
    table = pl.read_parquet(runs["xixian"] / "targets.parquet").filter(pl.col("target") == "town_income")
    met = int(table["state"].is_in(["met", "met_within_unit"]).sum())
    assert rows["XX-05"][1:6] == ["一", "2025", "≥ 1 倍", "目标", f"2 行中 {met} 行做到"]
    assert rows["XX-08"][3:6] == ["≥ 1 个", "约束", "6 行中 6 行做到"]
    assert rows["XX-17"][2:6] == ["每年", "= 0 个", "目标", "24 行中 24 行做到"]
    assert rows["XX-21"][4:6] == ["报表", ""]
    assert sum(str(name).startswith("XX-") for name in rows) == 22


def test_the_sheet_follows_the_language_and_is_left_out_without_clauses(runs: Runs, tmp_path: Path) -> None:
    """In English its words and notes are English; a scenario without clauses.csv has no such sheet."""
    api.export(runs["changjiang"], tmp_path / "en.xlsx", language="en")
    english = {row[0]: row for row in cells(tmp_path / "en.xlsx")["Clauses"]}
    assert english["CJ-15"][4] == "not modelled"
    assert english["CJ-15"][6].startswith("neither loans nor rates")
    api.export(runs["mixed"], tmp_path / "mixed.xlsx")
    assert "条款落实" not in cells(tmp_path / "mixed.xlsx")
