"""A county's own form: what a template can say, and what is said of a wrong one."""

import os
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from tests.forms.books import cells, form_of
from zxsim.cli import run as command
from zxsim.forms.read import read_form, shipped_forms
from zxsim.forms.sources import (
    HEAD_SOURCES,
    INDICATOR_SOURCES,
    OF_EACH,
    PROGRESS_HEAD,
    QUARTER_PLACEHOLDERS,
    SOURCES,
)
from zxsim.forms.template import Form, FormColumn, FormHead, FormIndicator
from zxsim.schema.report_columns import PROGRESS_COLUMNS, TASK_COLUMNS

Runs = Mapping[str, Path]
Capture = pytest.CaptureFixture[str]
BAD = sorted((Path(__file__).parent.parent / "bad_forms").glob("*.toml"))

OWN = """
name = "项目公示表"
title = "{place}{year}年衔接资金项目公示（{name}）"
unit = "单位：万元、人"
rows = "project"
group_by = "town"
total = "first"
total_label = "总计"
subtotal_label = "本乡镇小计"
notes = ["公示单位：{place}乡村振兴局"]
landscape = false
font = "仿宋"

[column.number]
heading = "序号"
[column.where]
heading = "地点"
source = "place"
[column.project_name]
heading = "项目"
[column.amount_by_fund]
heading = "{item}"
group = "资金"
[column.amount_wan]
heading = "合计"
group = "资金"
[column.amount_by_year]
heading = "{item}"
group = "年度"
[column.department]
heading = "部门"
omit = "empty"
[column."备注"]
heading = "备注"
omit = "empty"
[column.years_paid]
heading = "实施期限"
[column.signed]
heading = "签字"
text = ""
"""


def own_form(folder: Path, text: str = OWN) -> Path:
    """Write a template and return its file."""
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_county_writes_its_own_form_without_code(runs: Runs, tmp_path: Path) -> None:
    """Own words, grouping, funds by name, years side by side, and columns that the office fills in."""
    to = tmp_path / "own.xlsx"
    assert command(["export", str(runs["mixed"]), "--form", str(own_form(tmp_path)), "--to", str(to)]) == 0
    ((name, rows),) = cells(to).items()
    assert name == "项目公示表"
    assert rows[0][0] == "甲县2024-2025年衔接资金项目公示（测试）"
    assert "单位：万元、人" in rows[1]
    assert rows[-1][0] == "公示单位：甲县乡村振兴局"
    form = form_of(rows)
    assert form.rows[0][0] == "总计"
    assert "资金-中央衔接资金" in form.headings
    assert {"年度-2024年", "年度-2025年", "部门", "备注", "签字"} <= set(form.headings)
    spent = pl.read_parquet(runs["mixed"] / "allocation.parquet")["amount_wan"].sum()
    assert form.total("资金-合计", "总计") == pytest.approx(spent)
    assert [row[0] for row in form.rows].count("本乡镇小计") >= 2


def test_a_column_that_no_row_fills_can_be_left_out(runs: Runs, tmp_path: Path) -> None:
    """``omit = "empty"`` drops a column of a run that has nothing in it; a fixed column stays."""
    to = tmp_path / "own.xlsx"
    run = str(runs["changjiang"])
    assert command(["export", run, "--form", str(own_form(tmp_path)), "--to", str(to)]) == 0
    (rows,) = cells(to).values()
    headings = form_of(rows).headings
    assert "部门" not in headings
    assert "签字" in headings


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_wrong_template_is_refused_in_words(
    path: Path, runs: Runs, tmp_path: Path, capsys: Capture
) -> None:
    """Each fault says, in zh and en, in which line it is and what is allowed; nothing is written."""
    said = []
    for language in ("zh", "en"):
        to = tmp_path / "out.xlsx"
        ask = ["export", str(runs["mixed"]), "--form", str(path), "--to", str(to), "--lang", language]
        assert command(ask) == 3
        said.append(capsys.readouterr().err)
        assert list(tmp_path.iterdir()) == []
    found, expected = "\n".join(said), path.with_suffix(".txt")
    if os.environ.get("ZXSIM_UPDATE_EXPECTED"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (["--form", "项目计画表"], 3, "是不是要写「项目计划表」"),
        (["--form", "nowhere.toml"], 3, "nowhere.toml"),
        (["--form", "项目计划表", "--table", "rules"], 2, "只能写一个"),
        (["--table", "rules", "--year", "2024"], 2, "--year"),
        (["--form", "项目计划表", "--year", "2031"], 3, "2031 不在 2024–2025 年内"),
        (["--table", "rulse"], 3, "是不是要写「rules」"),
    ],
)
def test_a_wrong_command_is_answered_in_words(
    more: list[str], code: int, words: str, runs: Runs, tmp_path: Path, capsys: Capture
) -> None:
    """What is not there is named with the nearest that is; nothing is written."""
    assert command(["export", str(runs["mixed"]), "--to", str(tmp_path / "x.xlsx"), *more]) == code
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("to", "words"),
    [("x.parquet", ".csv、.md、.xlsx"), ("x.csv", "项目计划表2024、项目计划表2025"), ("no/x.xlsx", "写不了")],
)
def test_a_form_goes_only_into_a_format_that_can_hold_it(
    to: str, words: str, runs: Runs, tmp_path: Path, capsys: Capture
) -> None:
    """Two years do not fit into one CSV, and a form is no Parquet."""
    assert command(["export", str(runs["mixed"]), "--form", "项目计划表", "--to", str(tmp_path / to)]) == 3
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_run_is_a_fault_in_words(runs: Runs, tmp_path: Path, capsys: Capture) -> None:
    """A run without one of its tables is named with the file that is missing."""
    run = tmp_path / "run"
    run.mkdir()
    (run / "run.json").write_bytes((runs["mixed"] / "run.json").read_bytes())
    assert command(["export", str(run), "--to", str(tmp_path / "x.xlsx")]) == 3
    assert "inputs/resolved.toml" in capsys.readouterr().err


def test_the_run_itself_is_never_written_into(runs: Runs, capsys: Capture) -> None:
    """A workbook inside the run folder is refused."""
    assert command(["export", str(runs["mixed"]), "--to", str(runs["mixed"] / "x.xlsx")]) == 3
    assert "x.xlsx" in capsys.readouterr().err


def test_the_shipped_templates_are_read_by_both_their_names(runs: Runs, tmp_path: Path) -> None:
    """A form is asked for by its Chinese name or by the name of its file."""
    for name in ("project_plan", shipped_forms()[0].name):
        to = tmp_path / f"{name}.md"
        assert command(["export", str(runs["mixed"]), "--form", name, "--to", str(to)]) == 0
    first, second = (path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    assert first == second


def test_the_example_on_the_page_about_forms_is_a_form(tmp_path: Path) -> None:
    """What docs/forms.md shows can be copied and used."""
    page = (Path(__file__).parent.parent.parent / "docs" / "forms.md").read_text(encoding="utf-8")
    example = page.split("```toml\n", 1)[1].split("```", 1)[0]
    assert read_form(own_form(tmp_path, example)).name == "项目公示表"


def test_the_page_about_forms_names_every_key_and_source() -> None:
    """docs/forms.md is complete: keys of forms, columns and lines, sources and placeholders."""
    page = (Path(__file__).parent.parent.parent / "docs" / "forms.md").read_text(encoding="utf-8")
    words = {name for names in SOURCES.values() for name in names} | set(INDICATOR_SOURCES)
    words |= {f"{{{name}}}" for names in OF_EACH.values() for name in names}
    words |= {*HEAD_SOURCES, *PROGRESS_HEAD, *(f"{{{name}}}" for name in QUARTER_PLACEHOLDERS)}
    words |= {*PROGRESS_COLUMNS, *TASK_COLUMNS, *(form.name for form in shipped_forms())}
    words |= {name for model in (Form, FormColumn, FormHead, FormIndicator) for name in model.model_fields}
    assert {word for word in words if word not in page} == set()
