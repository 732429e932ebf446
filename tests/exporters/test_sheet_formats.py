"""One sheet as a workbook, as Markdown and as CSV."""

import csv
import zipfile
from pathlib import Path

import polars as pl
import pytest

from tests.forms.books import cells
from zxsim.exporters import SHEET_EXPORTERS
from zxsim.exporters.csv import write_csv
from zxsim.exporters.sheet import Column, Kind, Sheet

SHEET = Sheet(
    "表",
    "标题",
    [
        Column("名称", ["一、组", "=1+1", "a|b\n<i>", "小计", "合计"], 20),
        Column("中央", [None, 1234.5, 0.0, 1234.5, 1234.5], 12, group="资金", format="part", added=True),
        Column("占比", [None, 0.125, -0.5, None, None], 12, format="share"),
    ],
    [Kind.GROUP, Kind.PLAIN, Kind.PLAIN, Kind.SUBTOTAL, Kind.TOTAL],
    left="示例",
    right="单位：万元",
    notes=["注：-1"],
)


def test_markdown_is_one_table_with_its_line_of_units(tmp_path: Path) -> None:
    """Pipes, tags and line breaks in a text do not break the table; totals are bold."""
    SHEET_EXPORTERS[".md"]([SHEET], tmp_path / "x.md")
    assert (tmp_path / "x.md").read_text(encoding="utf-8").splitlines() == [
        "## 标题",
        "",
        "示例　单位：万元",
        "",
        "| 名称 | 资金-中央 | 占比 |",
        "| :--- | ---: | ---: |",
        "| **一、组** |  |  |",
        "| =1+1 | 1,234.50 | 12.50% |",
        r"| a\|b<br>&lt;i&gt; |  | -50.00% |",
        "| **小计** | **1,234.50** |  |",
        "| **合计** | **1,234.50** |  |",
        "",
        "注：-1",
        "",
    ]


def test_csv_has_one_row_of_headings_and_plain_numbers(tmp_path: Path) -> None:
    """A text that a spreadsheet would run is defused, a negative number is not."""
    SHEET_EXPORTERS[".csv"]([SHEET], tmp_path / "x.csv")
    raw = (tmp_path / "x.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    table = pl.read_csv(raw, infer_schema=False)
    assert table.columns == ["名称", "资金-中央", "占比"]
    assert table.rows()[1:3] == [("'=1+1", "1234.50", "0.125"), ("a|b\n<i>", "0.00", "-0.5")]


def test_a_workbook_holds_numbers_as_numbers_and_texts_as_texts(tmp_path: Path) -> None:
    """Zero money is there although it is shown as blank; a formula is a text."""
    SHEET_EXPORTERS[".xlsx"]([SHEET], tmp_path / "x.xlsx")
    rows = cells(tmp_path / "x.xlsx")["表"]
    assert rows[2:4] == [["名称", "资金", "占比"], ["", "中央", ""]]
    assert rows[5:7] == [["=1+1", 1234.5, 0.125], ["a|b\n<i>", 0.0, -0.5]]
    assert rows[-1][0] == "注：-1"


def test_a_text_longer_than_a_cell_is_cut(tmp_path: Path) -> None:
    """Excel would call the file damaged otherwise."""
    sheet = Sheet("表", "标题", [Column("名称", ["长" * 40_000], 20)], [Kind.PLAIN])
    SHEET_EXPORTERS[".xlsx"]([sheet], tmp_path / "x.xlsx")
    assert len(cells(tmp_path / "x.xlsx")["表"][2][0]) == 32_767


def test_letters_that_no_file_can_hold_are_left_out(tmp_path: Path) -> None:
    """A workbook with U+FFFE or a lone surrogate in it would not open."""
    sheet = Sheet("表", "标题", [Column("名称", ["甲\ufffe乙\ud800\x07丙"], 20)], [Kind.PLAIN])
    SHEET_EXPORTERS[".xlsx"]([sheet], tmp_path / "x.xlsx")
    assert cells(tmp_path / "x.xlsx")["表"][2] == ["甲乙\x07丙"]


@pytest.mark.parametrize("ending", [".xlsx", ".md", ".csv"])
def test_same_sheet_same_bytes(ending: str, tmp_path: Path) -> None:
    """No time is written."""
    for name in ("a", "b"):
        SHEET_EXPORTERS[ending]([SHEET], tmp_path / f"{name}{ending}")
    assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


def test_the_date_of_creation_is_fixed(tmp_path: Path) -> None:
    """The workbook says 2000-01-01, whenever it is written."""
    SHEET_EXPORTERS[".xlsx"]([SHEET], tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        assert b"2000-01-01T00:00:00Z" in book.read("docProps/core.xml")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠"])
def test_no_csv_holds_a_formula(sign: str, tmp_path: Path) -> None:
    """Cells and headings that a spreadsheet would run begin with an apostrophe; numbers stay numbers."""
    text = f"{sign}cmd|' /C calc'!A0"
    write_csv(pl.DataFrame({text: [text], "数": [-1.5]}), tmp_path / "t.csv")
    sheet = Sheet("表", "", [Column(text, [text], 20), Column("数", [-1.5], 9, format="money")], [Kind.PLAIN])
    SHEET_EXPORTERS[".csv"]([sheet], tmp_path / "s.csv")
    for name, number in (("t.csv", "-1.5"), ("s.csv", "-1.50")):
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
            assert list(csv.reader(file)) == [[f"'{text}", "数"], [f"'{text}", number]]
