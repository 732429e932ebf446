"""Imitation sheets end to end: import, validate, import again by the mapping, optimise."""

import csv
import json
import time
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
    Cell,
    Drawn,
    Imitation,
    draw_workbook,
)
from zxsim.cli import run

Capture = pytest.CaptureFixture[str]


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a CSV."""
    with path.open(encoding="utf-8-sig", newline="") as file:
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


def test_a_mended_mapping_changes_what_is_read(tmp_path: Path, capsys: Capture) -> None:
    """Category words, meanings, own columns, units and skipped rows of the mapping all count."""
    path = BATCH.draw(tmp_path)
    imported(BATCH, tmp_path, capsys)
    text = (tmp_path / "out" / "import.toml").read_text(encoding="utf-8")
    for old, new in (
        ('"产业类" = "产业发展"', '"产业类" = "就业项目"'),
        ('F = "建设内容"', 'F = "x_content"'),
        ('J = "资金:county"', 'J = "不用"'),
        ("heading_rows = [3, 4]", "skip_rows = [6]\nheading_rows = [3, 4]"),
        ('unit = "万元"', 'unit = "千元"'),
        ('name = "青山县2024年第二批衔接资金项目安排表"', 'name = "试"'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    mended = tmp_path / "mended.toml"
    mended.write_text(text, encoding="utf-8")
    assert run(["import", str(path), "--to", str(tmp_path / "b"), "--mapping", str(mended)]) == 0
    (project,) = rows_of(tmp_path / "b" / "projects.csv")
    assert (project["category"], project["x_content"], project["cost_wan"]) == ("就业项目", "补植", "1.5")
    assert (tmp_path / "b" / "import.toml").read_text(encoding="utf-8") == text
    assert "2" in capsys.readouterr().out


def test_several_files_become_one_scenario(tmp_path: Path, capsys: Capture) -> None:
    """Sheets of several files are read together; the mapping keeps each file's name."""
    paths = [str(GROUPS.draw(tmp_path)), str(LOST_MERGES.draw(tmp_path))]
    assert run(["import", *paths, "--to", str(tmp_path / "out"), "--name", "两表", "--unit", "wan"]) == 0
    projects = rows_of(tmp_path / "out" / "projects.csv")
    assert len(projects) == len(GROUPS.projects) + len(LOST_MERGES.projects)
    again = [*paths, "--to", str(tmp_path / "again"), "--mapping", str(tmp_path / "out" / "import.toml")]
    assert run(["import", *again]) == 0
    for name in ("scenario.toml", "projects.csv", "plan.csv", "import.toml"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    capsys.readouterr()


def test_the_screen_names_what_differs_with_its_cell(tmp_path: Path, capsys: Capture) -> None:
    """A subtotal that does not add up is shown with cell, both amounts and their difference."""
    path = GROUPS.draw(tmp_path)
    assert run(["import", str(path), "--to", str(tmp_path / "out"), "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert (
        "Sheet1!E7 二、基础设施项目: stated 41.00 万元, parts add up to 40.00 万元, off by 1.00 万元" in shown
    )
    assert "E  金额(万元) → 金额" in shown


def test_twenty_thousand_rows_are_read_in_seconds(tmp_path: Path, capsys: Capture) -> None:
    """A province's library is read by rows in time that grows with them alone."""
    heading = [
        "序号",
        "乡镇",
        "村",
        "项目名称",
        "项目类别",
        "建设内容",
        "中央(万元)",
        "省级(万元)",
        "受益对象",
    ]
    rows: list[list[Cell]] = [
        [
            i,
            f"镇{i % 40}镇",
            f"村{i % 800}村",
            f"{i}号道路",
            "基础设施",
            f"硬化{i}米",
            10,
            i % 7,
            f"{i % 90 + 3}户",
        ]
        for i in range(1, 20_001)
    ]
    draw_workbook(tmp_path / "库.xlsx", [Drawn([["青山县2024年项目库"], heading, *rows])])
    started = time.process_time()
    assert run(["import", str(tmp_path / "库.xlsx"), "--to", str(tmp_path / "out")]) == 0
    assert time.process_time() - started < 30
    assert len(rows_of(tmp_path / "out" / "projects.csv")) == 20_000
    capsys.readouterr()
