"""The workbook of a run: its sheets, what a spreadsheet programme makes of them, and its bytes."""

import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import polars as pl
import pytest

from tests.forms.books import cells, form_of
from tests.forms.conftest import SHIPPED
from zxsim import api
from zxsim.cli import run as command
from zxsim.core.rulespec import Soft
from zxsim.effects import EFFECT_KINDS
from zxsim.report.input_words import INPUT_NAMES
from zxsim.rules import RULE_KINDS
from zxsim.schema.columns import PROJECT_COLUMNS, place_columns
from zxsim.schema.households import Household, IncomeShares, MonthSpread
from zxsim.schema.insurance import Insurance
from zxsim.schema.measure import Measure
from zxsim.schema.procedure import Procedure
from zxsim.schema.scenario import Benefit, Fund
from zxsim.schema.simulation import Simulation
from zxsim.schema.target import Target
from zxsim.shocks import SHOCK_KINDS

Runs = Mapping[str, Path]
NAMES = [*SHIPPED, "mixed"]
OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(
    OFFICE is None and not os.environ.get("ZXSIM_REQUIRE_OFFICE"), reason="LibreOffice is not installed"
)


def parts(path: Path, pattern: str) -> Mapping[str, str]:
    """XML files in a workbook."""
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode() for name in book.namelist() if re.fullmatch(pattern, name)}


@pytest.fixture(name="books", scope="module")
def _books(runs: Runs, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The workbook of each run."""
    folder = tmp_path_factory.mktemp("books")
    found = {}
    for name, run in runs.items():
        found[name] = folder / f"{name}.xlsx"
        api.export(run, found[name])
    return found


def test_the_sheets_stand_in_order(books: Mapping[str, Path]) -> None:
    """Summary, official forms, then what explains them."""
    years = range(2021, 2026)
    assert list(cells(books["changjiang"])) == [
        "说明",
        *(f"项目计划表{year}" for year in years),
        "资金分配表",
        "绩效目标表",
        *(f"实施方案{place}" for place in ("丽阳镇", "江联村", "鲇鱼山镇", "留阳村")),
        *(f"年度考核{year}" for year in (2021, 2022, 2025)),
        "分类别分年度",
        "政策约束",
        "考核目标",
        "边际价值",
        "假定",
        "条款落实",
        "审计",
    ]


def test_official_forms_stay_chinese_and_the_rest_follows_the_language(runs: Runs, tmp_path: Path) -> None:
    """``--lang en`` gives English headings except on the forms that go upward."""
    to = tmp_path / "en.xlsx"
    assert command(["export", str(runs["changjiang"]), "--to", str(to), "--lang", "en"]) == 0
    found = cells(to)
    assert {"Summary", "Rules", "Targets", "Assumptions", "Audit", "绩效目标表"} <= set(found)
    assert found["Rules"][2][:3] == ["Clause", "Rule", "Kind"]
    assert "序号" in {row[0] for row in found["项目计划表2021"]}


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_is_a_formula_or_a_link(name: str, books: Mapping[str, Path]) -> None:
    """Every cell is a text or a number, and the workbook points to nothing outside."""
    for text in parts(books[name], r"xl/worksheets/.*\.xml").values():
        assert "<f>" not in text
        assert "<hyperlink" not in text
    assert not parts(books[name], r"xl/externalLinks/.*")


def test_texts_like_formulas_carry_the_mark_that_keeps_them_texts(books: Mapping[str, Path]) -> None:
    """Excel keeps such a cell a text even when somebody edits it (quotePrefix)."""
    assert 'quotePrefix="1"' in parts(books["mixed"], r"xl/styles\.xml")["xl/styles.xml"]


def test_sheets_print_on_one_page_width_with_headings_on_each_page(books: Mapping[str, Path]) -> None:
    """Fitted to one page wide, headings repeated and frozen, a print area on every sheet."""
    book = parts(books["changjiang"], r"xl/workbook\.xml")["xl/workbook.xml"]
    sheets = parts(books["changjiang"], r"xl/worksheets/sheet\d+\.xml")
    assert book.count("_xlnm.Print_Titles") == book.count("_xlnm.Print_Area") == len(sheets)
    for text in sheets.values():
        assert 'fitToPage="1"' in text
        assert 'fitToWidth="0"' not in text
        assert 'fitToHeight="0"' in text or "<drawing" in text
        assert 'state="frozen"' in text


def test_the_paper_follows_the_width_of_a_sheet(books: Mapping[str, Path]) -> None:
    """Narrow sheets upright on A4, wide ones across, the widest (项目计划表) on A3."""
    names = list(cells(books["changjiang"]))
    sheets = parts(books["changjiang"], r"xl/worksheets/sheet\d+\.xml")
    set_up = {
        name: re.search(r"<pageSetup ([^>]*)>", sheets[f"xl/worksheets/sheet{at}.xml"])
        for at, name in enumerate(names, start=1)
    }
    found = {name: match[1] for name, match in set_up.items() if match}
    for name, paper, way in (
        ("说明", 9, "portrait"),
        ("项目计划表2021", 8, "landscape"),
        ("资金分配表", 9, "landscape"),
    ):
        assert f'paperSize="{paper}"' in found[name]
        assert f'orientation="{way}"' in found[name]


def test_headings_of_two_rows_are_merged(books: Mapping[str, Path]) -> None:
    """A plain heading covers both rows, a group its columns, the title all of them, 合计 up to the money."""
    (text,) = parts(books["changjiang"], r"xl/worksheets/sheet2\.xml").values()
    merged = set(re.findall(r'ref="(\w+:\w+)"', text))
    assert {"A1:T1", "A4:A5", "L4:M4", "A6:T6"} <= merged
    assert any(re.fullmatch(r"A\d+:J\d+", one) for one in merged)


def test_the_share_path_is_a_native_chart_of_cells(books: Mapping[str, Path]) -> None:
    """A line chart refers to the rows of actual and required shares, which equal the rules table."""
    found = cells(books["changjiang"])["分类别分年度"]
    charts = parts(books["changjiang"], r"xl/charts/chart\d+\.xml").values()
    (line,) = [text for text in charts if "<c:lineChart>" in text]
    rows = [int(row) for row in re.findall(r"<c:val>.*?\$(\d+):", line)]
    assert [found[row - 1][0] for row in rows] == ["产业占比逐年提高：实际", "产业占比逐年提高：要求 >="]


SHARE_RULE = {
    "getashang": ("产业占比", "at_least", "不低于"),
    "changjiang": ("产业占比逐年提高", "start", "首年占比"),
    "published-library": ("产业占比逐年提高", "start", "首年占比"),
}
"""Label of each scenario's rule on industry, an assumed key of it and that key's name."""

ASSUMED = {
    name: (f"[rule.industry_share] {key}", label, words, words)
    for name, (label, key, words) in SHARE_RULE.items()
} | dict.fromkeys(
    ("chongqing", "xixian"),
    (
        "[effect.growing] gain_yuan",
        "产业基地带动农户增收",
        "每人（户）年增收（元）",
        "产业基地带动农户增收 每人（户）年增收（元）",
    ),
)
"""An assumed input of each scenario: its address, the names of record and key, what the audit says."""


@pytest.mark.parametrize("name", SHARE_RULE)
def test_shares_and_sums_by_category_equal_the_run(name: str, runs: Runs, books: Mapping[str, Path]) -> None:
    """The sheet by category and year shows the roll-ups and both sides of the share rule."""
    rows = cells(books[name])["分类别分年度"]
    by_year = pl.read_parquet(runs[name] / "by_year.parquet").sort("year")
    total = next(row for row in rows[3:] if row[0] == "合计")
    assert total[2:-1] == pytest.approx(by_year["amount_wan"].to_list())
    rules = (
        pl.read_parquet(runs[name] / "rules.parquet").filter(pl.col("rule") == "industry_share").sort("year")
    )
    for word, side in (("实际", "lhs"), ("要求", "rhs")):
        row = next(row for row in rows if str(row[0]).startswith(f"{SHARE_RULE[name][0]}：{word}"))
        assert row[2:-1] == pytest.approx(rules[side].to_list())


@pytest.mark.parametrize("name", ASSUMED)
def test_every_assumed_figure_is_listed_with_its_range(
    name: str, runs: Runs, books: Mapping[str, Path]
) -> None:
    """One row an assumption: address, value, lowest, highest."""
    frame = pl.read_parquet(runs[name] / "assumptions.parquet")
    rows = cells(books[name])["假定"][3:]
    assert [row[6] for row in rows] == frame["address"].to_list()
    names = dict(zip(frame["address"], (row[:2] for row in rows), strict=True))
    address, label, words, _ = ASSUMED[name]
    assert names[address] == [label, words]
    for place, column in ((2, "value"), (3, "low"), (4, "high")):
        assert [row[place] for row in rows] == pytest.approx([float(text) for text in frame[column]])
    assert all(row[5].startswith("假定") for row in rows)


@pytest.mark.parametrize("name", ASSUMED)
def test_the_audit_lists_every_row_and_every_assumed_input(
    name: str, runs: Runs, books: Mapping[str, Path]
) -> None:
    """Both sides and slack of every row of a rule and target; assumed inputs are marked so."""
    rows = cells(books[name])["审计"]
    results = [row for row in rows if row[0] == "结果"]
    rules, targets = (pl.read_parquet(runs[name] / f"{table}.parquet") for table in ("rules", "targets"))
    left = sorted([*rules["lhs"], *targets["planned"]])
    assert sorted(row[3] for row in results) == pytest.approx(left)
    for row in results:
        assert abs(row[6]) == pytest.approx(abs(row[5] - row[3]))
    inputs = {row[12]: row for row in rows if row[0] == "输入"}
    address, _, _, words = ASSUMED[name]
    start = inputs[address]
    assert start[7] == words
    assert not any("[" in row[0] or "_" in str(row[7]) for row in rows[2:])
    assert start[9] <= start[8] < start[10]
    assert start[11].startswith("假定：")


def test_a_made_up_scenario_says_so_on_every_sheet(books: Mapping[str, Path]) -> None:
    """The warning stands above every table; a scenario with real data has none."""
    for rows in cells(books["changjiang"]).values():
        assert rows[1][0].startswith("示例：")
    for rows in cells(books["mixed"]).values():
        assert not str(rows[1][0]).startswith("示例：")


def test_marginal_values_name_funds_steps_and_what_is_gained(books: Mapping[str, Path]) -> None:
    """Funds of one class stand by their names, a step of a share in points, a gain with its unit."""
    rows = cells(books["mixed"])["边际价值"][2:]
    assert "中央衔接资金＋county" in {row[1] for row in rows}
    rows = cells(books["changjiang"])["边际价值"]
    shares = [row for row in rows if row[1] == "产业占比逐年提高"]
    assert {tuple(row[4:6]) for row in shares} == {(1.0, "个百分点")}
    assert {row[7] for row in shares} == {"效益（万元）"}


def test_a_shortfall_that_a_clause_costs_is_named_with_its_tier(runs: Runs, tmp_path: Path) -> None:
    """What is measured in the shortfall of a tier says so."""
    copy = tmp_path / "tiers"
    shutil.copytree(runs["mixed"], copy)
    table = copy / "marginals.parquet"
    stages = (
        pl.lit("tier1_out_of_reach").alias("measured_in"),
        pl.lit("unallocated").alias("measured_in_tight"),
    )
    pl.read_parquet(table).with_columns(stages).write_parquet(table)
    words: Mapping[Literal["zh", "en"], list[str]] = {
        "zh": ["守底线（项目库达不到的部分）缺口", "未安排资金（万元）"],
        "en": ["bottom line (out of reach) shortfall", "money unallocated (万元)"],
    }
    for language, said in words.items():
        api.export(copy, tmp_path / "x.xlsx", table="marginals", language=language)
        (rows,) = cells(tmp_path / "x.xlsx").values()
        assert [rows[-1][7], rows[-1][9]] == said


def test_every_input_has_a_name_in_words() -> None:
    """Every key of a fund, rule, effect and target and every column of the tables, in zh and en."""
    households = (Household, IncomeShares, MonthSpread, Insurance, Procedure, Measure, Simulation)
    models = (*RULE_KINDS, *EFFECT_KINDS, *SHOCK_KINDS, *households, Fund, Target, Benefit, Soft)
    keys = {field.alias or name for one in models for name, field in one.model_fields.items()}
    keys |= {*place_columns([]), *PROJECT_COLUMNS}
    unnamed = {"label", "clause", "kind", "negotiable", "lead", "indicator"}
    assert keys - unnamed <= set(INPUT_NAMES)
    assert all(zh and en for zh, en in INPUT_NAMES.values())


def test_the_name_of_the_program_keeps_its_small_letter(books: Mapping[str, Path]) -> None:
    """Headings begin with a capital in English; zxsim does not."""
    items = [row[0] for row in cells(books["changjiang"])["说明"]]
    assert "zxsim 版本" in items


def test_same_inputs_same_bytes(runs: Runs, tmp_path: Path) -> None:
    """Neither the time nor the folder of the run is in the workbook."""
    copy = tmp_path / "another"
    shutil.copytree(runs["changjiang"], copy)
    text = (copy / "run.json").read_text(encoding="utf-8")
    created = re.sub(r'"created": "\d+', '"created": "1999', text)
    assert created != text
    (copy / "run.json").write_text(created, encoding="utf-8")
    for number, run in enumerate((runs["changjiang"], runs["changjiang"], copy)):
        api.export(run, tmp_path / f"{number}.xlsx")
    first, *others = ((tmp_path / f"{number}.xlsx").read_bytes() for number in range(3))
    assert others == [first, first]


def test_a_plan_without_money_still_gives_a_workbook(runs: Runs, tmp_path: Path) -> None:
    """An empty table is written as one, with 合计 0."""
    copy = tmp_path / "empty"
    shutil.copytree(runs["mixed"], copy)
    for name in ("allocation", "by_category", "targets", "rules", "marginals", "assumptions"):
        path = copy / f"{name}.parquet"
        pl.read_parquet(path).clear().write_parquet(path)
    api.export(copy, tmp_path / "x.xlsx")
    found = cells(tmp_path / "x.xlsx")
    assert form_of(found["项目计划表2024"]).total("其中：本年资金安排-合计") == 0
    assert {"边际价值", "假定", "审计"} & set(found) == {"审计"}
    assert any("考核目标、边际价值、假定" in str(row[0]) for row in found["说明"])


@needs_office
@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_opens_every_sheet_and_reads_the_same(
    name: str, runs: Runs, books: Mapping[str, Path], tmp_path: Path
) -> None:
    """Opened headless and saved again by LibreOffice, cell for cell the same, and equal to the run."""
    assert OFFICE is not None, "ZXSIM_REQUIRE_OFFICE is set and soffice is missing"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    ask = [OFFICE, profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(books[name])]
    subprocess.run(ask, check=True, capture_output=True, timeout=120)
    ours, theirs = cells(books[name]), cells(tmp_path / f"{name}.ods")
    assert list(theirs) == list(ours)
    for sheet, rows in ours.items():
        assert_same_cells(rows, theirs[sheet])
    allocation = pl.read_parquet(runs[name] / "allocation.parquet")
    for (year,), paid in allocation.group_by("year"):
        form = form_of(theirs[f"项目计划表{year}"])
        assert form.total("其中：本年资金安排-合计") == pytest.approx(paid["amount_wan"].sum(), abs=0.005)


def assert_same_cells(ours: list[list[object]], theirs: list[list[object]]) -> None:
    """Same texts, and numbers equal to 0.01; what lies beyond the table is empty."""
    for at, row in enumerate(ours):
        found = theirs[at] if at < len(theirs) else []
        for place, cell in enumerate(row):
            other = found[place] if place < len(found) else ""
            if isinstance(cell, float):
                assert other == pytest.approx(cell, abs=0.005), (at, place)
            else:
                assert other == cell, (at, place)


@pytest.mark.parametrize("ending", ["xlsx", "md"])
def test_every_table_can_be_a_sheet(ending: str, runs: Runs, tmp_path: Path) -> None:
    """``--table`` with .xlsx or .md gives one sheet with as many rows as the table, headings in words."""
    run = runs["changjiang"]
    for table in sorted(path.stem for path in run.glob("*.parquet")):
        to = tmp_path / f"{table}.{ending}"
        assert command(["export", str(run), "--table", table, "--to", str(to)]) == 0
        count = len(pl.read_parquet(run / f"{table}.parquet"))
        if ending == "md":
            lines = [line for line in to.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
            assert len(lines) >= min(count, 1) + 2
        elif table != "by_category":
            (rows,) = cells(to).values()
            assert len(rows) >= count + 3
