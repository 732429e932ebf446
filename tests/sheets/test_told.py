"""What an import refuses or says of a sheet that would otherwise be read wrongly without a word."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from tests.sheets.imitations import TITLE, Cell, Drawn, Rows, draw_workbook
from zxsim.cli import run

if TYPE_CHECKING:
    from collections.abc import Sequence

Capture = pytest.CaptureFixture[str]
HEADING = ["序号", "乡镇", "项目名称", "项目类别", "金额(万元)"]


def done(path: Path, capsys: Capture, *arguments: str) -> dict[str, Any]:
    """Import a file that can be read, and return the summary."""
    code = run(["import", str(path), "--to", str(path.parent / "out"), "--json", *arguments])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert code == 0, found
    return found


def refused(path: Path, capsys: Capture, *arguments: str, code: int = 3) -> list[tuple[str, str]]:
    """Import a file that is refused, and return code and address of what is said."""
    out = path.parent / "out"
    assert run(["import", str(path), "--to", str(out), "--json", *arguments]) == code
    assert not out.exists()
    return [(m["code"], m["address"]) for m in json.loads(capsys.readouterr().out)["messages"]]


def drawn(folder: Path, rows: Rows, name: str = "表.xlsx", title: str = TITLE) -> Path:
    """Draw a sheet of a title and these rows."""
    draw_workbook(folder / name, [Drawn([[title], *rows])])
    return folder / name


def texts(summary: dict[str, Any], code: str) -> list[str]:
    """Sentences of one code among all that was said."""
    messages = [m for key in ("assumed", "look_at", "identity") for m in summary[key]]
    return [m["text"] for m in messages if m["code"] == code]


def with_formulas(path: Path, value: Cell) -> Path:
    """Draw three projects whose central money is a formula with this stored value."""
    heading = [*HEADING[:4], "中央(万元)", "省级(万元)"]
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [TITLE])
        page.write_row(1, 0, heading)
        for i, name in enumerate(("甲项目", "乙项目", "丙项目")):
            page.write_row(i + 2, 0, [i + 1, "东镇", name, "产业"])
            page.write_formula(i + 2, 4, "=10+20", value=value)
            page.write(i + 2, 5, 0 if i == 1 else 5)
    return path


def test_a_formula_that_nobody_worked_out_is_a_fault(tmp_path: Path, capsys: Capture) -> None:
    """Stored without a value, or with 0 for all of them, the cells are named with the remedy."""
    path = with_formulas(tmp_path / "a.xlsx", 0)
    cells = ["Sheet1!E3", "Sheet1!E4", "Sheet1!E5"]
    assert refused(path, capsys) == [("import_formula_unsaved", cell) for cell in cells]
    assert run(["import", str(path), "--to", str(tmp_path / "out")]) == 3
    assert "保存一次" in capsys.readouterr().err
    summary = done(with_formulas(tmp_path / "b.xlsx", 30), capsys)
    assert summary["total_wan"] == 100


def test_amounts_of_zero_are_called_that(tmp_path: Path, capsys: Capture) -> None:
    """A sheet with projects, all of them without money, is not called one without projects."""
    path = drawn(tmp_path, [HEADING, [1, "东镇", "甲项目", "产业", 0], [2, "东镇", "乙项目", "产业", 0]])
    assert [code for code, _ in refused(path, capsys)] == ["import_all_zero"]


def test_hidden_rows_and_columns_are_named(tmp_path: Path, capsys: Capture) -> None:
    """What an office program does not show is read and said."""
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, [TITLE])
        page.write_row(1, 0, HEADING)
        for i in range(6):
            page.write_row(i + 2, 0, [i + 1, "东镇", f"{i}号大棚", "产业", 10 + i])
        for row in (3, 4, 6):
            page.set_row(row, None, None, {"hidden": True})
        page.set_column("D:D", 10, None, {"hidden": True})
    summary = done(path, capsys)
    assert summary["projects"] == 6
    (rows,) = texts(summary, "import_hidden_rows")
    assert "3 个" in rows
    assert "4-5、7" in rows
    (columns,) = texts(summary, "import_hidden_columns")
    assert "D" in columns


def test_projects_that_are_the_same_are_named(tmp_path: Path, capsys: Capture) -> None:
    """Same name, place and amount: both are read, and the two cells are named."""
    rows: list[Sequence[Cell]] = [HEADING, *([i, "东镇", "道路", "基础设施", 10] for i in (1, 2))]
    summary = done(drawn(tmp_path, [*rows, [3, "西乡", "道路", "基础设施", 10]]), capsys)
    (said,) = texts(summary, "import_twins")
    assert "C3=C4" in said
    assert "C5" not in said
