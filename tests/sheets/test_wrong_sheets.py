"""Wrong sheets and mappings: each is refused with exact words in both languages, and nothing is written."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.sheets.imitations import BATCH, TITLE, Cell, Drawn, Rows, draw_workbook
from zxsim.cli import run

EXPECTED = Path(__file__).parent / "wrong"

HEADING = ["序号", "乡镇", "项目名称", "项目类别", "金额(万元)"]
GOOD: Rows = [
    [TITLE],
    HEADING,
    [1, "东镇", "甲项目", "产业", 10],
    [2, "东镇", "乙项目", "产业", 20],
    [3, "东镇", "丙项目", "产业", 30],
]

MAPPING = """\
name = "试"
county = "青山县"
years = [2024, 2024]

[fund.funds]
label = "衔接资金"
level = "其他"

[sheet.Sheet1]
heading_rows = [2, 2]
fund = "funds"
columns = { B = "乡镇", C = "项目名称", D = "类别", E = "金额" }
"""


@dataclass(frozen=True)
class Wrong:
    """One kind of fault: what is drawn, the mapping if any, and more of the command line."""

    name: str
    sheets: Sequence[Drawn]
    arguments: Sequence[str] = ()
    mapping: str | None = None
    code: int = 3


def _with(*rows: Sequence[Cell], heading: Sequence[str] = HEADING) -> list[Drawn]:
    return [Drawn([[TITLE], list(heading), *rows])]


def _mapping(name: str, old: str, new: str) -> Wrong:
    assert old in MAPPING
    return Wrong(f"mapping_{name}", [Drawn(GOOD)], mapping=MAPPING.replace(old, new, 1))


SELF_RAISED = ["序号", "乡镇", "项目名称", "项目类别", "金额(万元)", "自筹资金(万元)"]

NUMBERED = ["项目编号", *HEADING[1:]]

SIXTY: Rows = [[i, "东镇", f"项目{i}", "产业", "另定"] for i in range(1, 61)]

WRONG = (
    Wrong(
        "many_cells",
        _with(
            [1, "东镇", "甲项目", "产业", "待定"],
            [2, "东镇", "乙项目", "产业", -5],
            [3, "东镇", "丙项目", "产业", ""],
            [4, "东镇", "", "产业", 20],
            [5, "东镇", "丁项目", "产业", "10-20"],
            [6, "东镇", "戊项目", "产业", 20],
        ),
    ),
    Wrong("self_raised_above_cost", _with([1, "东镇", "甲项目", "产业", 10, 12], heading=SELF_RAISED)),
    Wrong("sixty_cells", _with(*SIXTY)),
    Wrong("no_table", [Drawn([["青山县2024年工作总结"], ["项目名称", "联系方式"], ["甲", "乙"]])]),
    Wrong("no_years", [Drawn([["青山县项目表"], *GOOD[1:]])]),
    Wrong("no_projects", _with(["合计", "", "", "", 0])),
    Wrong("sheets_doubled", [Drawn(GOOD, name="甲表"), Drawn(GOOD, name="乙表")]),
    Wrong("unknown_sheet", [Drawn(GOOD, name="项目计划表")], ["--sheet", "项目计画表"]),
    Wrong("years_syntax", [Drawn(GOOD)], ["--years", "24年"], code=2),
    Wrong("years_reversed", [Drawn(GOOD)], ["--years", "2025-2024"], code=2),
    Wrong("unit_unknown", [Drawn(GOOD)], ["--unit", "dollar"], code=2),
    Wrong("rows_syntax", [Drawn(GOOD)], ["--skip-rows", "5-"], code=2),
    _mapping("unknown_key", "[sheet.Sheet1]\n", "[sheet.Sheet1]\nheading_row = 2\n"),
    _mapping("unknown_key_above", 'name = "试"', 'name = "试"\ncountry = "青山县"'),
    _mapping("unknown_meaning", 'C = "项目名称"', 'C = "项目名秤"'),
    _mapping("unknown_fund", 'E = "金额"', 'E = "资金:fund"'),
    _mapping("unknown_fund_of_sheet", 'fund = "funds"', 'fund = "central"'),
    _mapping("bad_column", 'B = "乡镇"', 'b2 = "乡镇"'),
    _mapping("no_name_column", 'C = "项目名称", ', ""),
    _mapping("no_money_column", ', E = "金额"', ""),
    _mapping("heading_rows", "[2, 2]", "[3, 2]"),
    _mapping("one_heading_row", "[2, 2]", "[2]"),
    _mapping("heading_rows_beyond", "[2, 2]", "[2, 90]"),
    _mapping("column_beyond", 'D = "类别"', 'Z = "类别"'),
    _mapping("checks_no_column", 'D = "类别"', 'D = "核对:E+ZZ"'),
    _mapping("checks_no_money", 'D = "类别"', 'D = "核对:B+E"'),
    _mapping("two_amounts", 'D = "类别"', 'D = "金额"'),
    Wrong("all_zero", _with([1, "东镇", "甲项目", "产业", 0], [2, "东镇", "乙项目", "产业", 0])),
    Wrong("id_doubled", _with(["A1", "东镇", "甲", "", 5], ["A1", "", "乙", "", 6], heading=NUMBERED)),
    Wrong("units_mixed", _with([1, "", "甲", "", "248万元"], [2, "", "乙", "", 2480000])),
    Wrong("unit_off", _with([1, "", "甲", "", 2480000], [2, "", "乙", "", 20000], ["合计", "", "", "", 250])),
    Wrong(
        "mapping_unknown_sheet",
        [Drawn(GOOD, name="计划表"), Drawn(GOOD[:1])],
        mapping=MAPPING.replace("[sheet.Sheet1]", '[sheet.Sheet1]\nname = "计画表"'),
    ),
    _mapping("unknown_unit", "[sheet.Sheet1]", '[sheet.Sheet1]\nunit = "万"'),
    _mapping("unit_of_no_column", "[sheet.Sheet1]", '[sheet.Sheet1]\nunits = { K = "元" }'),
    _mapping("unknown_category", "[fund.funds]", '[categories]\n"种养" = "产业"\n\n[fund.funds]'),
    _mapping("missing_county", 'county = "青山县"\n', ""),
    _mapping("wrong_type", "heading_rows = [2, 2]", 'heading_rows = "2"'),
    _mapping("fund_words", "[fund.funds]", '[fund_words]\n"中央" = "central"\n\n[fund.funds]'),
    _mapping("toml_syntax", "[fund.funds]", "[fund.funds"),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda one: one.name)
def test_a_wrong_sheet_is_refused_in_words(
    wrong: Wrong, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every fault names its file, cell or line, what is allowed and the nearest word; no folder appears."""
    monkeypatch.chdir(tmp_path)
    draw_workbook(tmp_path / "项目表.xlsx", wrong.sheets)
    arguments = ["import", "项目表.xlsx", "--to", "out", *wrong.arguments]
    if wrong.mapping is not None:
        (tmp_path / "import.toml").write_text(wrong.mapping, encoding="utf-8")
        arguments += ["--mapping", "import.toml"]
    said = []
    for language in ("zh", "en"):
        assert run([*arguments, "--lang", language]) == wrong.code
        printed = capsys.readouterr()
        assert printed.out == ""
        said.append(printed.err)
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix not in (".xlsx", ".toml")) == []
    found = f"exit {wrong.code}\n{said[0]}\n{said[1]}"
    expected = EXPECTED / f"{wrong.name}.txt"
    if os.environ.get("ZXSIM_UPDATE_EXPECTED"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


def test_a_folder_in_use_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--to`` must be new or empty; what is in it stays as it was."""
    path = BATCH.draw(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    (out / "scenario.toml").write_text("mine", encoding="utf-8")
    assert run(["import", str(path), "--to", str(out), "--lang", "en"]) == 3
    assert "is not empty" in capsys.readouterr().err
    assert (out / "scenario.toml").read_text(encoding="utf-8") == "mine"
    assert [p.name for p in out.iterdir()] == ["scenario.toml"]


def test_rows_that_are_no_projects_can_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--skip-rows`` leaves rows unread, and the mapping remembers them."""
    path = tmp_path / "项目表.xlsx"
    draw_workbook(path, _with([1, "东镇", "甲项目", "产业", "待定"], [2, "东镇", "乙项目", "产业", 5]))
    out = tmp_path / "out"
    assert run(["import", str(path), "--to", str(out)]) == 3
    assert "--skip-rows 3" in capsys.readouterr().err
    assert run(["import", str(path), "--to", str(out), "--skip-rows", "3"]) == 0
    assert "skip_rows = [3]" in (out / "import.toml").read_text(encoding="utf-8")
    capsys.readouterr()


def test_the_mapping_alone_can_be_written_and_mended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--write-mapping`` works where cells are at fault; mended, it imports."""
    path, draft = tmp_path / "项目表.xlsx", tmp_path / "m.toml"
    draw_workbook(path, _with([1, "东镇", "甲项目", "产业", "待定"], [2, "东镇", "乙项目", "产业", 5]))
    assert run(["import", str(path), "--write-mapping", str(draft)]) == 0
    text = draft.read_text(encoding="utf-8")
    draft.write_text(text.replace("heading_rows", "skip_rows = [3]\nheading_rows"), encoding="utf-8")
    assert run(["import", str(path), "--to", str(tmp_path / "out"), "--mapping", str(draft)]) == 0
    capsys.readouterr()
    assert run(["import", str(path), "--write-mapping", str(draft)]) == 3
    assert "已存在" in capsys.readouterr().err
    assert run(["import", str(path)]) == 2
    assert "--to" in capsys.readouterr().err


def test_a_mapping_reads_next_years_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mapping is good for a sheet of another name; it says so, and ``--years`` counts more than it."""
    path, later = tmp_path / "项目表.xlsx", tmp_path / "明年.xlsx"
    draw_workbook(path, [Drawn(GOOD, name="2024")])
    draw_workbook(later, [Drawn(GOOD, name="2025")])
    assert run(["import", str(path), "--to", str(tmp_path / "a")]) == 0
    mapping = str(tmp_path / "a" / "import.toml")
    capsys.readouterr()
    arguments = ["--to", str(tmp_path / "b"), "--mapping", mapping, "--years", "2025", "--lang", "en"]
    assert run(["import", str(later), *arguments]) == 0
    assert "the mapping names the sheet '2024'" in capsys.readouterr().out
    assert "2025 = {value = 60" in (tmp_path / "b" / "scenario.toml").read_text(encoding="utf-8")


def test_an_empty_folder_is_filled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--to`` may name a folder that is there already and empty."""
    path = BATCH.draw(tmp_path)
    (tmp_path / "out").mkdir()
    assert run(["import", str(path), "--to", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "scenario.toml").is_file()
    capsys.readouterr()
