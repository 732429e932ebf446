"""What pages, forms, workbooks, explain and verify say of plans that were evaluated or replanned."""

import json
import re
import shlex
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pytest

from tests.page.reading import Reader
from tests.scenarios import write
from tests.whatif.given_runs import CASE, EDITED, Capture, exported, said
from tests.whatif.plans import write_csv
from zxsim.cli import run
from zxsim.library_runs import SavedRun


def command_on_page(folder: Path, page: Path, capsys: Capture) -> list[str]:
    """Arguments of the command that a page gives to get the tables again."""
    assert run(["report", str(folder), "--to", str(page), "--lang", "en"]) == 0
    capsys.readouterr()
    found = re.search(r"zxsim ((?:optimize|evaluate|replan) .*)", topics_of(page)["reproduce"])
    assert found is not None
    return shlex.split(found[1])


def topics_of(page: Path) -> dict[str, str]:
    """Text of each topic of a page."""
    return Reader(page.read_text(encoding="utf-8")).topics


def assert_same_tables(again: Path, folder: Path) -> None:
    """Assert that two runs hold the same tables, but for the cells of the file that one was read from."""
    names = sorted(path.stem for path in folder.glob("*.parquet"))
    assert names == sorted(path.stem for path in again.glob("*.parquet"))
    for name in names:
        tables = [pl.read_parquet(one / f"{name}.parquet") for one in (again, folder)]
        kept = [table.drop("cell") if name == "broken" else table for table in tables]
        assert kept[0].equals(kept[1]), name


def test_the_command_of_an_evaluated_page_gives_the_same_tables(
    case: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not those of the best plan: the page says evaluate, with the amounts that the run itself holds."""
    plan = write_csv(tmp_path / "hand made.csv", EDITED)
    folder = Path(
        said(["evaluate", case, "--plan", plan, "--results", tmp_path / "my runs"], capsys, 7)["run"]
    )
    command = command_on_page(folder, tmp_path / "page.html", capsys)
    assert command[0] == "evaluate"
    plan.unlink()
    monkeypatch.chdir(tmp_path / "my runs")
    again = Path(said([*command, "--results", tmp_path / "again"], capsys, 7)["run"])
    assert_same_tables(again, folder)
    assert command_on_page(again, tmp_path / "again.html", capsys)[0] == "evaluate"


@pytest.mark.parametrize("kind", ["run", "file"])
def test_the_command_of_a_replanned_page_gives_the_same_tables(
    kind: str,
    case: Path,
    first: Path,
    tmp_path: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The page says replan, and from what: another run by its folder, a file by its name and sheet."""
    results = tmp_path / "r"
    origin = first if kind == "run" else exported(first, results / "approved plan.xlsx", "zh", capsys)
    cut = ["--set", "fund.city.amount_wan={ 2021 = 80, 2022 = 60 }"]
    folder = Path(said(["replan", case, "--from", origin, "--results", results, *cut], capsys)["run"])
    command = command_on_page(folder, tmp_path / "page.html", capsys)
    assert command[0] == "replan"
    assert origin.name in topics_of(tmp_path / "page.html")["reproduce"]
    monkeypatch.chdir(results)
    again = Path(said([*command, "--results", tmp_path / "again"], capsys)["run"])
    assert len(pl.read_parquet(again / "plan_changes.parquet"))
    assert_same_tables(again, folder)


def test_a_broken_rising_share_is_not_said_to_be_kept(tmp_path: Path, capsys: Capture) -> None:
    """Of 150 and 110 held, 20 and 16 keep the share, 20 and 1 break it; of the money spent both fall."""
    rising = {"kind": "rising_share", "categories": ["产业发展"], "start": 0, "step": 0, "clause": "丙-03"}
    case = write(CASE.but(rules={"rising": rising}, targets={}), tmp_path / "case")
    told = {}
    for name, second in (("kept", 16), ("broken", 1)):
        rows = [["A", "", "", "", "", "city", 2021, 20], ["B", "", "v1", "", "", "city", 2021, 10]]
        rows += [["A", "", "", "", "", "city", 2022, second], ["B", "", "v1", "", "", "city", 2022, 40]]
        plan = write_csv(tmp_path / f"{name}.csv", rows)
        ask = ["evaluate", case, "--plan", plan, "--results", tmp_path / name]
        folder = Path(said(ask, capsys, 0 if name == "kept" else 7)["run"])
        notices = json.loads((folder / "run.json").read_text(encoding="utf-8"))["notices"]
        told[name] = [notice["code"] for notice in notices]
    assert "spent_share_falls" in told["kept"]
    assert "spent_share_falls" not in told["broken"]


@pytest.fixture(name="broken")
def _broken(case: Path, tmp_path: Path, capsys: Capture) -> Path:
    """The run of a plan that breaks five hard rules."""
    plan = write_csv(tmp_path / "plan.csv", EDITED)
    return Path(said(["evaluate", case, "--plan", plan, "--results", tmp_path / "e"], capsys, 7)["run"])


def written(run_folder: Path, to: Path, *more: str) -> str:
    """Export a run as Markdown and return the text."""
    assert run(["export", str(run_folder), "--to", str(to), *more]) == 0
    return to.read_text(encoding="utf-8")


WARNING = {
    "zh": "违反硬性约束 5 处，不能照此下达",
    "en": "hard rules broken: 5; not to be carried out as it stands",
}


@pytest.mark.parametrize("form", ["项目计划表", "资金分配表"])
def test_forms_of_a_plan_that_breaks_rules_say_so_on_every_sheet(
    form: str, broken: Path, first: Path, tmp_path: Path
) -> None:
    """A form is handed on by itself: it warns where the data are made up, and here too."""
    text = written(broken, tmp_path / "form.md", "--form", form)
    assert text.count(WARNING["zh"]) == text.count("## ") > 0
    assert "不能照此下达" not in written(first, tmp_path / "kept.md", "--form", form)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_of_a_plan_that_breaks_rules_lists_them(
    language: str, broken: Path, first: Path, tmp_path: Path
) -> None:
    """A warning on every sheet, a sheet of the broken rules with their units, no plan to compare with."""
    text = written(broken, tmp_path / "book.md", "--lang", language)
    sheets = text.split("## ")[1:]
    titles = [sheet.split("\n", 1)[0] for sheet in sheets]
    assert text.count(WARNING["zh"]) + text.count(WARNING["en"]) == len(sheets)
    name = "违反的硬性约束" if language == "zh" else "Hard rules broken"
    (found,) = [sheet for title, sheet in zip(titles, sheets, strict=True) if title.endswith(name)]
    rows = [line for line in found.splitlines() if line.startswith("|")][2:]
    assert len(rows) == 5
    assert sum("万元" in row for row in rows) == 4  # the fifth is a share
    assert ("按项目库顺序" if language == "zh" else "library order") not in sheets[0]
    assert not any(name in title for title in written(first, tmp_path / "kept.md").split("## "))


def test_the_page_of_a_plan_that_breaks_rules_warns_and_does_not_praise(broken: Path, tmp_path: Path) -> None:
    """The table has labels and units and no empty column; no comparison with plans that keep the rules."""
    page = page_of(broken, tmp_path / "page.html")
    (table,) = page.tables["Hard rules broken"]
    assert table.headings[:3] == ["Rule", "Clause", "Project id"]
    assert [heading for heading in table.headings if not any(table.column(heading))] == []
    assert sorted(table.column("Unit")) == ["", "万元", "万元", "万元", "万元"]
    assert "Hard rules broken: 5; not to be carried out as it stands" in page.topics["headline"]
    assert 'see "Hard rules broken"' in page.topics["headline"]
    assert "not compared with plans that keep the hard rules" in page.topics["headline"]
    assert "with money in library order" not in page.topics["headline"]
    assert not [caption for caption in page.tables if "with plans" in caption.lower()]


def test_a_column_of_the_broken_rules_that_says_nothing_is_left_out(
    first: Path, case: Path, tmp_path: Path, capsys: Capture
) -> None:
    """Only the fund is overspent: no project, no place and no cell to name."""
    cut = ["--set", "fund.city.amount_wan={ 2021 = 80, 2022 = 60 }"]
    plan = first / "allocation.csv"
    ask = ["evaluate", case, "--plan", plan, "--results", tmp_path / "e", *cut]
    (table,) = page_of(Path(said(ask, capsys, 7)["run"]), tmp_path / "page.html").tables["Hard rules broken"]
    assert "Cell" not in table.headings
    assert "Project id" not in table.headings


def test_the_page_and_the_workbook_of_a_nearest_plan_list_its_changes(
    case: Path, first: Path, tmp_path: Path, capsys: Capture
) -> None:
    """The summary names the table, and there it is."""
    cut = ["--set", "fund.city.amount_wan={ 2021 = 80, 2022 = 60 }"]
    ask = ["replan", case, "--from", first, "--results", tmp_path / "e", *cut]
    summary = said(ask, capsys)
    page = page_of(Path(summary["run"]), tmp_path / "page.html")
    (table,) = page.tables["Changes of the plan"]
    assert len(table.rows) == len(summary["changes"])
    assert sum(map(float, table.column("Change, 万元"))) == -20
    assert "市级资金" in " ".join(table.column("Reason"))
    assert 'see "Changes of the plan"' in page.topics["headline"]
    assert "Changes of the plan" in written(Path(summary["run"]), tmp_path / "book.md", "--lang", "en")


def page_of(folder: Path, page: Path) -> Reader:
    """Write the page of a run in English and read it."""
    assert run(["report", str(folder), "--to", str(page), "--lang", "en"]) == 0
    return Reader(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("ask", [["--project", "A"], ["--clause", "甲-01"], []])
def test_explain_says_that_it_is_not_about_a_given_plan(
    ask: list[str], broken: Path, first: Path, capsys: Capture
) -> None:
    """The answers are the best plan's: said first on the screen, as data, and by the library."""
    told = said(["explain", broken, *ask, "--lang", "en"], capsys)
    assert [notice["code"] for notice in told["notices"]] == ["explains_best_plan"]
    assert run(["explain", str(broken), *ask, "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith(told["notices"][0]["text"])
    assert said(["explain", first, *ask], capsys)["notices"] == []
    assert run(["explain", str(first), *ask, "--lang", "en"]) == 0
    assert "best plan of the same scenario" not in capsys.readouterr().out
    assert SavedRun(broken).explain()["notices"][0]["code"] == "explains_best_plan"


def test_verify_tells_broken_rules_of_a_given_plan_from_files_that_differ(
    broken: Path, capsys: Capture
) -> None:
    """A faithful run of a bad plan ends with 7 in a sentence of its own; a changed figure is a difference."""
    assert said(["verify", broken], capsys, 7)["status"] == "rules_broken"
    assert run(["verify", str(broken), "--lang", "en"]) == 7
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("Verified: ")
    assert last.endswith("hard rules that the plan breaks, as it says: 5")
    table = broken / "by_year.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("2022", "2023"), encoding="utf-8")
    found = said(["verify", broken], capsys, 7)
    assert found["status"] == "different"
    assert run(["verify", str(broken), "--lang", "en"]) == 7
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == f"{len(found['differences']) - 5} differences"


@pytest.mark.parametrize("wrong", ["[]", "{}", '{"kept": false}', "x"])
def test_verify_of_a_damaged_manifest_declares_nothing(wrong: str, broken: Path, capsys: Capture) -> None:
    """What cannot be read, or says nothing of broken rules, excuses none of them."""
    (broken / "run.json").write_text(wrong, encoding="utf-8")
    (broken / "broken.parquet").write_bytes(b"x")
    assert said(["verify", broken], capsys, 7)["status"] == "different"


def test_a_share_above_all_is_explained_and_drawn_at_100_per_cent(tmp_path: Path, capsys: Capture) -> None:
    """400 of 150 held in 2021 is 267 %, so 2022 should be more still: explained; the axis ends at 100 %."""
    rising = {"kind": "rising_share", "categories": ["产业发展"], "start": 0, "step": 0.01, "clause": "丙-03"}
    case = write(CASE.but(rules={"rising": rising}, targets={}), tmp_path / "case")
    rows = [["A", "", "", "", "", "city", 2021, 400], ["A", "", "", "", "", "city", 2022, 11]]
    plan = write_csv(tmp_path / "plan.csv", rows)
    ask = ["evaluate", case, "--plan", plan, "--results", tmp_path / "e", "--lang", "en"]
    folder = Path(said(ask, capsys, 7)["run"])
    page = page_of(folder, tmp_path / "page.html")
    (table,) = page.tables["Hard rules broken"]
    assert "267.67%" in table.column("Required")
    assert "A share above 100 % cannot be reached" in page.topics["clauses"]
    assert "is drawn at 100 %" in page.topics["shares"]
    ticks = {float(tick) for tick in re.findall(r"\b(\d+)%(?!\d)", page.topics["shares"])}
    assert max(ticks) == 100
    assert run([*map(str, ask)]) == 7
    assert "A share above 100 % cannot be reached" in " ".join(capsys.readouterr().out.split())
    assert "A share above 100 %" in written(folder, tmp_path / "rules.md", "--table", "rules", "--lang", "en")
    assert run(["export", str(folder), "--to", str(tmp_path / "book.xlsx")]) == 0
    with ZipFile(tmp_path / "book.xlsx") as book:
        charts = [book.read(name).decode() for name in book.namelist() if "charts/chart" in name]
    assert ['<c:max val="1"/>' in chart for chart in charts].count(True) == 1
