"""Names of households, ID-card and telephone numbers are read past: no file and no screen shows them."""

from pathlib import Path

import pytest

from tests.sheets.imitations import Cell, Drawn, draw_workbook
from zxsim.cli import run

Capture = pytest.CaptureFixture[str]

CARD, OLD_CARD, PHONE, LINE = "360203198801012345", "360203680101234", "13812345678", "0798-8331234"
HOLDER, ACCOUNT, HOME = "欧阳甲乙", "6222021502001234567", "某巷十八号"
PLANTED = (CARD, OLD_CARD, PHONE, LINE, HOLDER, ACCOUNT, HOME, "王二小", "8331234")

HEADINGS = [
    "序号", "乡镇", "村", "户主姓名", "身份证号", "联系电话", "银行账号", "家庭住址", "项目名称", "项目类别",
    "建设内容", "金额(万元)", "受益对象", "责任人及联系电话", "备注", "不认识的一列",
]  # fmt: skip


def _sheet(amount: str | int) -> Drawn:
    return Drawn(
        [
            [f"青山县2024年到户项目表(联系电话:{PHONE})"],
            HEADINGS,
            [1, "东镇", "甲村", HOLDER, CARD, PHONE, ACCOUNT, HOME, f"养牛补助({CARD})", "产业",
             f"户主{OLD_CARD}", amount, "王二小、李四", f"某局 {LINE}", f"电话{PHONE}", HOLDER],
            [2, "东镇", f"乙村{PHONE}", HOLDER, CARD, PHONE, ACCOUNT, HOME, "修路", f"基础设施{PHONE}", "",
             f"30(电话{PHONE})", "10户20人", "", "", CARD],
            [f"二、就业项目{PHONE}"],
            [3, "西乡", "丙村", HOLDER, CARD, PHONE, ACCOUNT, HOME, "务工补助", "", "", 5, "", "", "", ""],
            ["小计", *[""] * 10, 99, *[""] * 4],
            [f"填表人:王二小 电话:{PHONE}"],
        ]
    )  # fmt: skip


def _has_none(text: str) -> None:
    assert [word for word in PLANTED if word in text] == []


def test_no_identity_data_leaves_the_sheet(tmp_path: Path, capsys: Capture) -> None:
    """Columns of identity are dropped, numbers inside texts cut out, and the count of both is told."""
    draw_workbook(tmp_path / "到户.xlsx", [_sheet(20)])
    for i, arguments in enumerate(([], ["--json"], ["--lang", "en"])):
        out = tmp_path / f"out{i}"
        assert run(["import", str(tmp_path / "到户.xlsx"), "--to", str(out), *arguments]) == 0
        printed = capsys.readouterr()
        _has_none(printed.out + printed.err)
        assert "import_identity_column" in printed.out or "D" in printed.out
        for path in out.iterdir():
            _has_none(path.read_text(encoding="utf-8"))
        assert run(["validate", str(out)]) == 0
        _has_none(capsys.readouterr().out)


def test_a_fault_shows_no_identity_data(tmp_path: Path, capsys: Capture) -> None:
    """The text of a cell at fault is shown without the numbers in it."""
    draw_workbook(tmp_path / "到户.xlsx", [_sheet(f"待定,电话{PHONE}")])
    assert run(["import", str(tmp_path / "到户.xlsx"), "--to", str(tmp_path / "out")]) == 3
    printed = capsys.readouterr()
    assert "L3" in printed.err
    _has_none(printed.out + printed.err)


def test_a_fault_of_a_table_shows_no_identity_data(tmp_path: Path, capsys: Capture) -> None:
    """A sheet of households without projects is refused without showing any."""
    rows: list[list[Cell]] = [["户主姓名", "身份证号", "联系电话", "金额"], [HOLDER, CARD, PHONE, 5]]
    draw_workbook(tmp_path / "名单.xlsx", [Drawn(rows)])
    assert run(["import", str(tmp_path / "名单.xlsx"), "--to", str(tmp_path / "out")]) == 3
    _has_none(capsys.readouterr().err)
