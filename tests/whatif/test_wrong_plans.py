"""Wrong plan files: each is refused with exact words in both languages, and nothing is written."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter

from tests.scenarios import write
from tests.sheets.imitations import Cell, Drawn, draw_workbook
from tests.whatif.plans import SMALL
from zxsim.cli import run

EXPECTED = Path(__file__).parent / "wrong"
HEADING = ["项目编号", "项目名称", "地区编号", "地区", "类别", "资金编号", "年度", "金额（万元）"]
A: list[Cell] = ["A", "A", "v1", "东村", "产业发展", "city", 2021, 40]
B: list[Cell] = ["B", "B", "v1", "东村", "乡村建设行动", "city", 2021, 20]


@dataclass(frozen=True)
class Wrong:
    """One kind of fault: the sheets, and more of the command line."""

    name: str
    sheets: Sequence[Drawn]
    arguments: Sequence[str] = ()


def _with(*rows: Sequence[Cell], heading: Sequence[str] = HEADING) -> list[Drawn]:
    return [Drawn([["测试：资金安排"], list(heading), *rows], name="allocation")]


def _but(row: Sequence[Cell], column: str, value: Cell) -> list[Cell]:
    return [value if name == column else cell for name, cell in zip(HEADING, row, strict=True)]


WRONG = (
    Wrong(
        "unknown_names",
        _with(
            _but(A, "项目编号", "AA"),
            _but(A, "资金编号", "市级资金金"),
            _but(A, "地区编号", "v3"),
            _but(A, "年度", 2024),
        ),
    ),
    Wrong(
        "amounts",
        _with(
            _but(A, "金额（万元）", -5),
            _but(A, "金额（万元）", 12.345),
            _but(B, "金额（万元）", "约二十"),
            _but(B, "金额（万元）", "10-20"),
            _but(B, "金额（万元）", "99999999999999"),
        ),
    ),
    Wrong("twice", _with(A, B, _but(A, "金额（万元）", 1))),
    Wrong("place_elsewhere", _with(_but(_but(A, "地区编号", ""), "地区", "西村"))),
    Wrong("place_needed", _with(_but(_but(B, "地区编号", ""), "地区", ""))),
    Wrong("category_of_another", _with(_but(A, "类别", "就业项目"))),
    Wrong(
        "year_in_words", _with(_but(A, "年度", "明年"), _but(B, "年度", "2021-2022年"), _but(B, "年度", ""))
    ),
    Wrong(
        "total_differs",
        _with(A, B, ["小计", "", "", "", "", "", "", 60], ["合计", "", "", "", "", "", "", 61]),
    ),
    Wrong("merged_amount", [Drawn([HEADING, A, _but(B, "金额（万元）", "")], ["H2:H3"], "allocation")]),
    Wrong("heading_missing", _with(A, heading=[*HEADING[:7], "金额（元）"])),
    Wrong("heading_doubled", _with([*A, 5], heading=[*HEADING, "金额（万元）"])),
    Wrong("no_table", [Drawn([["关于下达资金的通知"], ["一、总体要求"]])]),
    Wrong("two_sheets", [Drawn([HEADING, A], name="甲"), Drawn([HEADING, B], name="乙")]),
    Wrong("unknown_sheet", [Drawn([HEADING, A], name="资金安排")], ["--sheet", "资金安徘"]),
    Wrong("many", _with(*(_but(A, "项目编号", f"Q{n}") for n in range(30)))),
)


def _said(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    said = []
    for language in ("zh", "en"):
        assert run([*arguments, "--lang", language]) == 3
        printed = capsys.readouterr()
        assert printed.out == ""
        said.append(printed.err)
    return "\n".join(said)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda one: one.name)
def test_a_wrong_plan_is_refused_in_words(
    wrong: Wrong, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every fault names its row and cell, what is allowed and the nearest word; no run appears."""
    monkeypatch.chdir(tmp_path)
    write(SMALL, tmp_path / "case")
    draw_workbook(tmp_path / "安排.xlsx", wrong.sheets)
    found = _said(["evaluate", "case", "--plan", "安排.xlsx", "--no-simulate", *wrong.arguments], capsys)
    assert not (tmp_path / "results").exists()
    expected = EXPECTED / f"{wrong.name}.txt"
    if os.environ.get("ZXSIM_UPDATE_EXPECTED"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_a_formula_that_was_never_worked_out_is_no_zero(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another program wrote the formula without its value: the cell says how to get one."""
    book = xlsxwriter.Workbook(tmp_path / "安排.xlsx")
    sheet = book.add_worksheet("allocation")
    for at, row in enumerate([HEADING, A]):
        sheet.write_row(at, 0, row)
    sheet.write_formula("H2", "=20+20", None, "")
    book.close()
    said = _said(
        ["evaluate", str(write(SMALL, tmp_path / "case")), "--plan", str(tmp_path / "安排.xlsx")], capsys
    )
    assert "H2" in said
    assert "save it once" in said


def test_a_missing_plan_is_a_fault_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither evaluate nor replan writes anything where the plan is not there."""
    case = str(write(SMALL, tmp_path / "case"))
    for command, option in (("evaluate", "--plan"), ("replan", "--from")):
        assert "nowhere.xlsx" in _said(
            [command, case, option, str(tmp_path / "nowhere.xlsx"), "--results", str(tmp_path / "r")], capsys
        )
    assert not (tmp_path / "r").exists()
