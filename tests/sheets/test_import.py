"""Imitation sheets end to end: import, validate, import again by the mapping, optimise."""

import csv
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.sheets.imitations import (
    BATCH,
    GROUPS,
    IMITATIONS,
    LIBRARY,
    LOST_MERGES,
    SHEET_PER_YEAR,
    Imitation,
)
from zxsim.cli import run

Capture = pytest.CaptureFixture[str]


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def imported(imitation: Imitation, folder: Path, capsys: Capture, *more: str) -> dict[str, Any]:
    """Import an imitation into ``folder / "out"`` and return the summary."""
    path = imitation.draw(folder)
    code = run(["import", str(path), "--to", str(folder / "out"), "--json", *imitation.arguments, *more])
    printed = capsys.readouterr()
    assert code == 0, printed.out
    assert printed.err == ""
    found: dict[str, Any] = json.loads(printed.out)
    return found


def funds_of(folder: Path) -> dict[tuple[str, int], float]:
    """Amounts of scenario.toml by fund and year."""
    data = tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8"))
    return {
        (name, int(year)): figure["value"]
        for name, fund in data["fund"].items()
        for year, figure in fund["amount_wan"].items()
    }


def test_there_are_enough_imitations() -> None:
    """At least 25 kinds of published sheets are imitated."""
    assert len(IMITATIONS) >= 25


@pytest.mark.parametrize("imitation", IMITATIONS, ids=lambda one: one.name)
def test_a_sheet_becomes_the_scenario_that_it_means(
    imitation: Imitation, tmp_path: Path, capsys: Capture
) -> None:
    """Projects, places, categories, money and years are those of the sheet; ``validate`` accepts them."""
    summary = imported(imitation, tmp_path, capsys)
    out = tmp_path / "out"
    projects = rows_of(out / "projects.csv")
    assert [(p["name"], p["places"], p["category"], p["cost_wan"]) for p in projects] == list(
        imitation.projects
    )
    assert funds_of(out) == dict(imitation.funds)
    assert (summary["checks"], len(summary["differences"])) == (imitation.checks, imitation.differs)
    told = {message["code"] for key in ("assumed", "look_at") for message in summary[key]}
    assert set(imitation.told) <= told
    assert ("import_column_unknown" in told) == ("import_column_unknown" in imitation.told)
    assert ("import_row_unclear" in told) == ("import_row_unclear" in imitation.told)
    for column, expected in imitation.extra.items():
        assert _column(out, projects, column) == list(expected)
    assert run(["validate", str(out)]) == 0
    assert capsys.readouterr().err == ""


def _column(out: Path, projects: list[dict[str, str]], column: str) -> list[str]:
    if column != "parents":
        return [project.get(column, "") for project in projects]
    parents = {place["id"]: place["parent"] for place in rows_of(out / "places.csv")}
    return [parents[project["places"]] for project in projects]


@pytest.mark.parametrize("imitation", IMITATIONS, ids=lambda one: one.name)
def test_the_mapping_gives_the_same_files_again(
    imitation: Imitation, tmp_path: Path, capsys: Capture
) -> None:
    """Importing with the mapping that an import wrote gives the same bytes in every file."""
    imported(imitation, tmp_path, capsys)
    path = imitation.draw(tmp_path)
    mapping = tmp_path / "out" / "import.toml"
    assert run(["import", str(path), "--to", str(tmp_path / "again"), "--mapping", str(mapping)]) == 0
    first = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    again = {p.name: p.read_bytes() for p in (tmp_path / "again").iterdir()}
    assert first == again
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "imitation", [LIBRARY, BATCH, GROUPS, LOST_MERGES, SHEET_PER_YEAR], ids=lambda i: i.name
)
def test_what_was_imported_can_be_planned(imitation: Imitation, tmp_path: Path, capsys: Capture) -> None:
    """All of the sheet's money is allocated: it pays exactly for the sheet's projects."""
    imported(imitation, tmp_path, capsys)
    assert run(["optimize", str(tmp_path / "out"), "--results", str(tmp_path / "r"), "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["spent_wan"] == pytest.approx(sum(imitation.funds.values()))
