"""What an import refuses or says of a sheet that would otherwise be read wrongly without a word."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from tests.sheets.imitations import BATCH, TITLE, Cell, Drawn, Rows, draw_workbook
from tests.sheets.test_import import rows_of
from zxsim.cli import run
from zxsim.core.money import public_cost

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


def test_a_bad_number_renumbers_no_other_project(tmp_path: Path, capsys: Capture) -> None:
    """Only projects without a good number get one, and none that is taken."""
    rows: list[Sequence[Cell]] = [["项目编号", *HEADING[1:]]]
    rows += [[code, "东镇", f"{code}大棚", "产业", 10] for code in ("LY01", "", "LY-03", "P002")]
    summary = done(drawn(tmp_path, rows), capsys)
    ids = [row["id"] for row in rows_of(tmp_path / "out" / "projects.csv")]
    assert ids == ["LY01", "P003", "P004", "P002"]
    (said,) = texts(summary, "import_ids_numbered")
    assert "A4、A5" in said


def test_one_number_for_two_projects_is_a_fault(tmp_path: Path, capsys: Capture) -> None:
    """Both rows are named; rows of one name are one project."""
    rows: list[Sequence[Cell]] = [["项目编号", *HEADING[1:]], ["A1", "东镇", "甲大棚", "产业", 10]]
    assert refused(drawn(tmp_path, [*rows, ["A1", "西乡", "乙大棚", "产业", 5]]), capsys) == [
        ("import_id_doubled", "Sheet1!A4")
    ]
    assert run(["import", str(tmp_path / "表.xlsx"), "--to", str(tmp_path / "out")]) == 3
    assert "Sheet1!A3" in capsys.readouterr().err
    assert done(drawn(tmp_path, [*rows, ["A1", "西乡", "甲大棚", "产业", 5]]), capsys)["projects"] == 1


BARE = ["序号", "乡镇", "项目名称", "项目类别", "金额"]


def test_units_mixed_in_a_column_are_a_fault(tmp_path: Path, capsys: Capture) -> None:
    """A bare number ten thousand times those with a unit beside it is named; one that fits is read."""
    rows: list[Sequence[Cell]] = [BARE, [1, "东镇", "甲路", "", "248万元"], [2, "东镇", "乙路", "", "30万元"]]
    assert refused(drawn(tmp_path, [*rows, [3, "东镇", "丙路", "", 2480000]]), capsys, "--unit", "wan") == [
        ("import_units_mixed", "Sheet1!E5")
    ]
    assert refused(drawn(tmp_path, [*rows, [3, "东镇", "丙路", "", 248]]), capsys, "--unit", "yuan") == [
        ("import_units_mixed", "Sheet1!E5")
    ]
    assert done(drawn(tmp_path, [*rows, [3, "东镇", "丙路", "", 12]]), capsys)["total_wan"] == 290


def test_a_total_ten_thousand_times_off_is_a_fault(tmp_path: Path, capsys: Capture) -> None:
    """A unit read wrongly shows in the sheet's own total."""
    rows: list[Sequence[Cell]] = [HEADING]
    rows += [[i, "东镇", f"{i}号路", "", 300000 + i] for i in range(1, 5)]
    path = drawn(tmp_path, [*rows, ["合计", "", "", "", "121万元"]])
    assert refused(path, capsys) == [("import_unit_off", "Sheet1!E7")]
    assert run(["import", str(path), "--to", str(tmp_path / "out")]) == 3
    said = capsys.readouterr().err
    assert "--unit yuan" in said
    assert '[sheet.Sheet1] 下写 units = { E = "元" }' in said
    assert "--skip-rows 7" in said


def test_a_lone_giant_is_named(tmp_path: Path, capsys: Capture) -> None:
    """An amount two thousand times the middle one is said."""
    rows: list[Sequence[Cell]] = [HEADING]
    rows += [[i, "东镇", f"{i}号路", "", 30] for i in range(1, 8)]
    summary = done(drawn(tmp_path, [*rows, [9, "东镇", "大路", "", 300000]]), capsys)
    assert "E10" in texts(summary, "import_amount_outlier")[0]


def test_years_that_contradict_the_sheet_are_said(tmp_path: Path, capsys: Capture) -> None:
    """--years counts more than the title, not without a word."""
    path = drawn(tmp_path, [HEADING, [1, "东镇", "甲路", "", 30]])
    (said,) = texts(done(path, capsys, "--years", "2025-2026"), "import_years_contradict")
    assert "2024" in said
    assert "2025-2026" in said


def test_money_outside_the_years_is_a_fault(tmp_path: Path, capsys: Capture) -> None:
    """A year of a cell that --years leaves out is named: its money would be lost."""
    heading = [*HEADING, "年度"]
    rows: list[Sequence[Cell]] = [heading]
    rows += [[1, "东镇", "甲路", "", 30, "2024年"], [2, "东镇", "乙路", "", 30, "2025年"]]
    path = drawn(tmp_path, rows, title="青山县项目表")
    assert refused(path, capsys, "--years", "2024") == [("import_year_outside", "Sheet1!F4")]


@pytest.mark.parametrize(
    ("heading", "rows", "code"),
    [
        (["序号", "乡镇", "金额(万元)"], [1, "东镇", 5], "name"),
        (["序号", "乡镇", "项目名称"], [1, "东镇", "路"], "money"),
        (["项目名称", "金额(万元)"], ["路", 5], "columns"),
        (["序号", "甲", "乙"], [1, "东镇", "路"], "both"),
    ],
)
def test_what_a_table_lacks_is_named(
    heading: list[str], rows: list[Cell], code: str, tmp_path: Path, capsys: Capture
) -> None:
    """A sheet that is no project table is told what is missing."""
    path = drawn(tmp_path, [heading, rows])
    assert [found for found, _ in refused(path, capsys)] == [f"import_no_table_{code}"]


def test_parts_of_a_fund_are_no_addends(tmp_path: Path, capsys: Capture) -> None:
    """A column headed 其中 behind a fund is a part of it; behind the whole cost it is a fund of its own."""
    heading = ["序号", "乡镇", "项目名称", "总投资", "中央资金", "其中:少数民族发展资金", "省级资金"]
    rows: list[Sequence[Cell]] = [
        heading,
        [1, "东镇", "甲路", 50, 30, 10, 20],
        [2, "东镇", "乙路", 40, 40, 5, 0],
    ]
    summary = done(drawn(tmp_path, rows, title=f"{TITLE}(单位:万元)"), capsys)
    assert {(f["id"], f["amount_wan"]) for f in summary["funds"]} == {("central", 70), ("province", 20)}
    assert summary["differences"] == []
    assert len(texts(summary, "import_column_part")) == 1


def test_parts_of_the_cost_need_not_add_up(tmp_path: Path, capsys: Capture) -> None:
    """Where only 其中:衔接资金 of the cost is told, less is no difference, more is one."""
    heading = ["序号", "乡镇", "项目名称", "总投资(万元)", "其中:衔接资金(万元)"]
    rows: list[Sequence[Cell]] = [heading, [1, "东镇", "甲路", 50, 30], [2, "东镇", "乙路", 40, 45]]
    summary = done(drawn(tmp_path, rows), capsys)
    assert [one["cell"] for one in summary["differences"]] == ["Sheet1!D4"]


def test_the_guess_of_a_fund_is_an_assumption(tmp_path: Path, capsys: Capture) -> None:
    """A column that names no kind of fund keeps its name, and what it was taken for is listed."""
    heading = ["序号", "乡镇", "项目名称", "中央衔接资金(万元)", "县级配套(万元)"]
    summary = done(drawn(tmp_path, [heading, [1, "东镇", "甲路", 30, 5]]), capsys)
    (said,) = texts(summary, "import_fund_guessed")
    assert "「县级配套」（级次 区县，类别 衔接资金）" in said
    assert 'label = "县级配套"' in (tmp_path / "out" / "scenario.toml").read_text(encoding="utf-8")
    assert len(texts(summary, "import_cost_from_funds")) == 1


def test_names_that_are_no_villages_are_said(tmp_path: Path, capsys: Capture) -> None:
    """Words of a place that are left out, and villages written without a mark between, are named."""
    heading = ["序号", "实施地点", "项目名称", "项目类别", "金额(万元)"]
    rows: list[Sequence[Cell]] = [heading]
    for i, place in enumerate(("东镇甲村、乙村", "东镇甲村、东沟", "东镇甲村乙村丙村", "东镇新村")):
        rows += [[i, place, f"{i}号路", "基础设施", 10]]
    summary = done(drawn(tmp_path, rows), capsys)
    assert "B4" in texts(summary, "import_places_lost")[0]
    (said,) = texts(summary, "import_places_joined")
    assert "B5" in said
    assert "B6" not in said


@pytest.mark.parametrize(
    ("cost", "raised", "share"),
    [(30, 10, "0.33334"), (100, 30, "0.3"), (35, 5, "0.14286"), (3000, 1000, "0.3333334"), (8, 1, "0.125")],
)
def test_a_self_raised_share_has_sensible_digits(
    cost: int, raised: int, share: str, tmp_path: Path, capsys: Capture
) -> None:
    """As few digits as leave the public money what the sheet says."""
    heading = [*HEADING, "自筹资金(万元)"]
    done(drawn(tmp_path, [heading, [1, "东镇", "甲路", "", cost, raised]]), capsys)
    (project,) = rows_of(tmp_path / "out" / "projects.csv")
    assert project["self_raised_share"] == share
    assert public_cost(Decimal(cost), Decimal(share)) == 100 * (cost - raised)


def test_made_up_data_stay_marked(tmp_path: Path, capsys: Capture) -> None:
    """The line of a filed form that its data are made up goes into the scenario."""
    marked = "示例:其中有虚构或假定的数据,不能当作实际方案,只用来说明格式如何填写"
    rows: list[Sequence[Cell]] = [[marked], HEADING, [1, "东镇", "甲路", "", 5]]
    summary = done(drawn(tmp_path, rows), capsys)
    assert len(texts(summary, "import_illustrative")) == 1
    text = (tmp_path / "out" / "scenario.toml").read_text(encoding="utf-8")
    assert "illustrative = true" in text
    assert f'name = "{TITLE}"' in text


def test_what_comes_next_is_said_and_ready_in_the_scenario(tmp_path: Path, capsys: Capture) -> None:
    """The screen names where rules go; the samples are valid once their # is gone; notes hold assumptions."""
    path = BATCH.draw(tmp_path)
    out = tmp_path / "out"
    for language in ("zh", "en"):
        assert run(["import", str(path), "--to", str(tmp_path / language), "--lang", language]) == 0
    assert "zxsim validate" in capsys.readouterr().out
    assert run(["import", str(path), "--to", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "政策约束、考核目标、效益写在" in shown
    text = (out / "scenario.toml").read_text(encoding="utf-8")
    assert "各资金的金额是表中各列之和" in text
    assert "资金 central「中央衔接资金」：级次 中央，类别 衔接资金" in text
    assert "没有总投资列" in text
    (out / "scenario.toml").write_text(re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE), encoding="utf-8")
    assert run(["validate", str(out), "--json"]) in (0, 4)
    assert json.loads(capsys.readouterr().out)["status"] in ("valid", "infeasible")
