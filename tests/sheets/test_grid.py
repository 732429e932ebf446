"""Grids: what a cell of each kind becomes, merged cells, hidden sheets, separated texts."""

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets.asked import OLD
from tests.sheets.books import cell, sheet_file
from zxsim.sheets.grid import Grid, Span, address
from zxsim.sheets.reading import grids, sheets_of
from zxsim.sheets.sheetxml import column_number
from zxsim.sheets.text import normalised, number_text

ROWS = [["序号", "项目名称", "资金"], ["1", "道路,硬化", "12.5"], ["2", "饮水", "30"]]


def test_a_cell_of_every_kind(tmp_path: Path) -> None:
    """Numbers are the shortest decimal, dates ISO, booleans words, errors their name, texts normalised."""
    path = tmp_path / "kinds.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("表")
        day = book.add_format({"num_format": 'yyyy"年"m"月"'})
        sheet.write_row(0, 0, [30, 12.5, 1e20, 1e-12, -0.25, 1234567.1])
        sheet.write_datetime(1, 0, dt.date(2024, 3, 1), day)
        sheet.write_boolean(1, 1, boolean=True)
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 3, "=1+1", None, "")
        sheet.write_string(2, 0, " １２０\u00a0万元（合）\r\n第二行\u200b ")
        sheet.write_rich_string(2, 1, "红", book.add_format({"bold": True}), "字")
        sheet.write_formula(3, 5, "=NA()", None, "#N/A")
    (grid,) = grids(path)
    assert grid.cells == [
        ["30", "12.5", "100000000000000000000", "0", "-0.25", "1234567.1"],
        ["2024-03-01", "TRUE", "#DIV/0!", "", "", ""],
        ["120 万元(合)\n第二行", "红字", "", "", "", ""],
        ["", "", "", "", "", "#N/A"],
    ]


def test_binary_noise_in_a_number_goes(tmp_path: Path) -> None:
    """What a program stored with all its digits is read as it was meant."""
    (grid,) = grids(sheet_file(tmp_path / "n.xlsx", cell("A1", 0.1 + 0.2) + cell("A2", "1.0E-2")))
    assert grid.cells == [["0.3"], ["0.01"]]


def test_the_old_format_is_read_alike() -> None:
    """An .xls with a title, two header rows, merged cells, a date and a hidden sheet."""
    (grid,) = grids(OLD)
    assert (grid.file, grid.name, grid.rows, grid.columns) == ("old.xls", "项目库", 7, 6)
    assert grid.cells[4] == ["1", "道路硬化", "东村", "12.5", "0.3", "2024-03-01"]
    assert Span(0, 0, 0, 5) in grid.merged
    assert grid.filled().cells[3] == ["序号", "项目名称", "村", "资金", "中央", "开工日期"]
    assert grid.cells[3][0] == "", "filling makes a copy"
    (hidden,) = grids(OLD, "隐藏")
    assert hidden.cells == [["不显示"]]


def test_hidden_and_empty_sheets_are_passed_over(tmp_path: Path) -> None:
    """All sheets that are shown and hold anything are read; a hidden one where it is named."""
    path = tmp_path / "sheets.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("甲", "空", "藏", "深藏", "乙 & <丙>"):
            sheet = book.add_worksheet(name)
            if name != "空":
                sheet.write(1, 1, name)
        book.get_worksheet_by_name("藏").hide()
        book.get_worksheet_by_name("深藏").very_hidden()
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=甲!$B$2:$B$2"})
        book.add_chartsheet("图").set_chart(chart)
    assert sheets_of(path) == ["甲", "空", "藏", "深藏", "乙 & <丙>"]
    assert [grid.name for grid in grids(path)] == ["甲", "乙 & <丙>"]
    assert grids(path, "深藏")[0].cells == [["", ""], ["", "深藏"]]


def test_rows_in_any_order(tmp_path: Path) -> None:
    """A row's own number counts."""
    (grid,) = grids(sheet_file(tmp_path / "d.xlsx", cell("A3", 3) + cell("B1", 1)))
    assert grid.cells == [["", "1"], ["", ""], ["3", ""]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_separated_text_in_any_encoding(tmp_path: Path, encoding: str, separator: str) -> None:
    """Separator and encoding are found; quoted separators and line breaks stay inside their cell."""
    lines = [separator.join(f'"{text}"' if "," in text else text for text in row) for row in ROWS]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join([*lines, separator * 2, ""]).encode(encoding))
    (grid,) = grids(path)
    assert grid == Grid("a.csv", "", ROWS)
    assert sheets_of(path) == [""]


def test_rows_of_a_text_are_made_equally_long(tmp_path: Path) -> None:
    """Short rows are filled up, empty columns at the end go, a title line does not mislead."""
    path = tmp_path / "a.csv"
    path.write_text("某县;2024年计划\n序号,名称,资金,,\n1,路\n", encoding="utf-8")
    (grid,) = grids(path)
    assert grid.cells == [["某县;2024年计划", "", ""], ["序号", "名称", "资金"], ["1", "路", ""]]


def test_merged_ranges_are_clipped() -> None:
    """A range beyond the content shrinks; one of a single cell or outside goes."""
    spans = [Span(0, 0, 9, 1), Span(1, 1, 1, 9), Span(5, 5, 6, 6)]
    grid = Grid.trimmed("f", "s", [["a", "", ""], ["", "b"], ["", ""]], spans)
    assert grid.cells == [["a", ""], ["", "b"]]
    assert grid.merged == (Span(0, 0, 1, 1),)


@given(st.integers(0, 2**20 - 1), st.integers(0, 2**14 - 1))
def test_an_address_names_its_cell(row: int, column: int) -> None:
    """Letters give the column back, digits the row."""
    name = address(row, column)
    letters = name.rstrip("0123456789")
    assert (int(name[len(letters) :]) - 1, column_number(letters)) == (row, column)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_a_decimal_survives_being_a_binary_number(digits: int, decimals: int) -> None:
    """A decimal of up to ten digits that was stored as a binary number comes back as typed."""
    text = number_text(digits / 10**decimals)
    assert float(text) == digits / 10**decimals
    assert "e" not in text
    assert not text.endswith(".")
    assert "." not in text or not text.endswith("0")


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    """One form is one form."""
    assert normalised(normalised(text)) == normalised(text)
