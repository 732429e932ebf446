"""The page of a comparison: figures worked out by hand, names escaped, nothing where nothing differs."""

import json
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path

import pytest

from tests.page.chromium import NEEDS_CHROMIUM, SCREENS, Browser
from tests.page.conftest import EVENT, HOSTILE, IMAGE, SCRIPT, TEMPLATE
from tests.page.reading import Reader, harmless
from tests.scenarios import fund, write
from tests.whatif.pairs import case, run_of, simulated
from zxsim import api
from zxsim.cli import run as command
from zxsim.report.compare_file import write_file
from zxsim.report.page.comparison import TOPICS

Paths = Mapping[str, Path]
Capture = pytest.CaptureFixture[str]
FIRST = {("", "", "income"): (1.0, 2.0, 3.0, 4.0), ("w", "", "unresolved"): (0.0, 4.0, 0.0, 0.0)}
SECOND = {("", "", "income"): (2.0, 4.0, 4.0, 6.0), ("w", "", "unresolved"): (0.0, 0.0, 0.0, 0.0)}
CHINESE = re.compile("[\u4e00-\u9fff]+")


@pytest.fixture(name="folders", scope="module")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """Two plans by hand, simulated four times; a third that may build more; two whose names are HTML."""
    results = tmp_path_factory.mktemp("compared")
    found = {
        "a": simulated(run_of(case(0.3), results), FIRST),
        "b": simulated(run_of(case(0.5), results), SECOND),
        "c": run_of(case(0.35), results),
    }
    more = HOSTILE.but(funds={**HOSTILE.funds, "city": fund({2024: 60}, level="市", label=IMAGE)})
    for name, made in (("hostile", HOSTILE), ("other", more)):
        run = api.optimize(write(made, results / name), settings=[f"name='{SCRIPT}'"], results=results)
        assert run.folder is not None
        found[name] = run.folder
    return found


@pytest.fixture(name="compared", scope="module")
def _compared(folders: Paths, tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """The pages by name and language."""
    to = tmp_path_factory.mktemp("pages")
    asked = {"two": "ab", "three": "abc", "same": "aa"}
    chosen = {name: [folders[one] for one in runs] for name, runs in asked.items()}
    chosen["hostile"] = [folders["hostile"], folders["other"]]
    for name, runs in chosen.items():
        for language in ("zh", "en"):
            found = api.compare(runs)
            write_file(found, to / f"{name}-{language}.html", "zh" if language == "zh" else "en")
    return {path.stem: path for path in to.iterdir()}


def read(path: Path) -> Reader:
    """Read a page."""
    return Reader(path.read_text(encoding="utf-8"))


def test_a_run_beside_itself_says_no_difference_and_no_more(compared: Paths) -> None:
    """The sentence, the runs and how to reproduce them; no table of differences."""
    page = read(compared["same-zh"])
    assert list(page.topics) == ["differences", "reproduce"]
    assert "A、B 的输入和结果完全相同，没有差别。" in page.topics["differences"]
    assert "same inputs and results: no difference." in read(compared["same-en"]).topics["differences"]


def test_what_was_changed_stands_first_with_its_clause(folders: Paths, compared: Paths) -> None:
    """The parameter in the heading of B, then clause, before and after in the table."""
    page = read(compared["two-zh"])
    assert list(page.topics) == list(TOPICS)
    assert "B 与基准 A 相比：建设占比 rule.build.at_most 0.3 → 0.5" in page.topics["differences"]
    (table,) = page.tables["输入的差别"]
    assert table.headings == ["变化", "参数", "名称", "条款", "A（基准）", "B"]
    assert table.rows == [["改动", "rule.build.at_most", "建设占比", "X-01", "0.3", "0.5"]]
    (runs,) = page.tables["比较的运行"]
    assert runs.column("代号") == ["A", "B"]
    assert runs.column("效益") == ["8.50", "8.00"]
    names = [folders[name].name for name in "ab"]
    assert [text.rsplit("/", 1)[-1] for text in runs.column("文件夹")] == names


def test_money_that_moved_is_that_worked_out_by_hand(compared: Paths) -> None:
    """10 万元 from the orchard in the east to the pipe in the west, in sums, bars and single amounts."""
    page = read(compared["two-en"])
    (sums,) = page.tables["Money moved, by place, category, fund, year and project (万元)"]
    moved = {(row[0], row[1]): row[2:] for row in sums.rows}
    assert moved["place", "东村"] == ["70.00", "60.00", "-10.00"]
    assert moved["category", "乡村建设行动"] == ["30.00", "40.00", "10.00"]
    assert len(sums.rows) == 6
    (bars,) = page.tables["Money by category"]
    assert bars.headings[1:] == ["A", "B"]
    assert sorted(row[1:] for row in bars.rows) == [["30.00", "40.00"], ["70.00", "60.00"]]
    (cells,) = page.tables["Single amounts that moved (2, 万元)"]
    assert [row[-3:] for row in cells.rows] == [["70.00", "60.00", "-10.00"], ["30.00", "40.00", "10.00"]]
    (distances,) = page.tables["Distance between plans"]
    assert distances.rows[0] == ["A–B", "total", "", "10.00", "100.00", "10.0%"]


def test_targets_stand_side_by_side(compared: Paths) -> None:
    """35 % and 40 % of 40 %: missed and met, which is better."""
    (table,) = read(compared["two-zh"]).tables["目标对照"]
    row = dict(zip(table.headings, table.rows[0], strict=True))
    assert (row["要求"], row["计划值 A"], row["计划值 B"]) == ("≥ 40.0%", "35.0%", "40.0%")
    assert (row["结果 A"], row["结果 B"], row["结论 B"]) == ("未达到", "达到", "变好")


def test_the_difference_is_drawn_with_its_interval_in_pairs(compared: Paths) -> None:
    """Differences 1, 2, 1, 2: 1.5 ± t(0.95, 3) · √(1/3)/2 = 1.5 ± 0.68; both means are in the other chart."""
    page = read(compared["two-zh"])
    (both,) = page.tables["人均可支配收入（全部，模拟）：A 和 B"]
    assert (both.headings[1:], both.rows) == (["A", "B"], [["2021", "2", "4"]])
    (less,) = page.tables["人均可支配收入（全部，模拟）：B 减 A"]
    assert less.rows == [["2021", "0.82", "2.18", "1.50"]]
    (planned,) = page.tables["饮水（西村，计划）：B 减 A"]
    assert planned.rows == [["2021", "5.0%"]]
    assert "90% 区间 +0.82 到 +2.18，4 对重复" in page.topics["differences"]


def test_the_winners_are_named_with_unit_and_verdict(compared: Paths) -> None:
    """Yuan per head of 300 and 400 persons."""
    (table,) = read(compared["two-zh"]).tables["受益和受损"]
    rows = {(row[0], row[3]): row for row in table.rows}
    east = rows["人均投入", "东村"]
    assert [east[1], *east[6:9], east[-1]] == ["元", "2,333.33", "2,000.00", "-333.33", "受损"]
    assert rows["饮水", "西村"][-1] == "受益"


def test_each_figure_of_three_runs_has_the_label_of_its_run(folders: Paths, compared: Paths) -> None:
    """A column for the label, a heading for each run, and each run with the command that gives it again."""
    page = read(compared["three-zh"])
    (table,) = page.tables["输入的差别"]
    assert [row[:1] + row[-2:] for row in table.rows] == [["B", "0.3", "0.5"], ["C", "0.3", "0.35"]]
    assert table.headings[-2:] == ["A（基准）", "本次（见代号）"]
    assert "C 没有模拟，A 和 C 的模拟结果不能比较。" in page.topics["differences"]
    for label, name in zip("ABC", "abc", strict=True):
        assert re.search(f"{label} .*（运行 {folders[name].name}）", page.topics["reproduce"])
        assert f"{folders[name].name}/inputs/resolved.toml" in page.topics["reproduce"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_that_are_html_stay_names(language: str, compared: Paths) -> None:
    """Nothing of a name becomes an element, an attribute that runs, or an address."""
    text = compared[f"hostile-{language}"].read_text(encoding="utf-8")
    page = harmless(text)
    rows = [row for tables in page.tables.values() for table in tables for row in table.rows]
    shown = {cell for row in rows for cell in row}
    assert {SCRIPT, TEMPLATE, IMAGE, EVENT} <= shown
    assert escape(SCRIPT) in text


def test_an_english_page_has_no_chinese_of_its_own(folders: Paths, compared: Paths) -> None:
    """Chinese on it is that of the scenario's names, but for the unit of money."""
    page = compared["two-en"].read_text(encoding="utf-8")
    body = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", page, flags=re.DOTALL)
    inputs = "".join(path.read_text(encoding="utf-8") for path in (folders["a"] / "inputs").iterdir())
    assert {word for word in CHINESE.findall(body) if word not in inputs} - {"万元"} == set()


def test_the_command_writes_the_page_and_refuses_too_many_runs(
    folders: Paths, compared: Paths, tmp_path: Path, capsys: Capture
) -> None:
    """The same bytes as before; seven runs are a wrong command line, and nothing is left."""
    runs, to = [str(folders["a"]), str(folders["b"])], tmp_path / "x.html"
    assert command(["compare", *runs, "--to", str(to), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["to"] == str(to)
    assert to.read_bytes() == compared["two-zh"].read_bytes()
    assert command(["compare", *[runs[0]] * 7, "--to", str(tmp_path / "y.html")]) == 2
    assert "最多放 6 次" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]


@NEEDS_CHROMIUM
@pytest.mark.parametrize("name", ["two-zh", "three-en", "same-zh", "hostile-zh"])
def test_a_comparison_opens_without_an_error_and_asks_for_nothing(
    name: str, browser: Browser, compared: Paths
) -> None:
    """Nothing on the console, no request, nothing wider than the screen, no text outside a chart."""
    for screen, (width, _) in SCREENS.items():
        browser.open(compared[name], screen)
        assert browser.said() == []
        assert browser.ask("performance.getEntriesByType('resource').length") == 0
        assert browser.ask("document.documentElement.scrollWidth") <= width
        wide = (
            "[...document.querySelectorAll('svg.chart text')].filter((one) => {"
            "const box = one.getBBox(); return box.x < -0.5 || box.x + box.width > 480.5; }).length"
        )
        assert browser.ask(wide) == 0


@NEEDS_CHROMIUM
def test_money_that_moved_is_sorted_by_its_heading(browser: Browser, compared: Paths) -> None:
    """By the difference, the largest loss first, then the largest gain."""
    browser.open(compared["three-zh"], topic="money")
    at = 5
    browser.heading(at).click()
    found = [float(text.replace(",", "")) for text in browser.column(at)]
    assert found == sorted(found)
    assert found[0] == -10
    browser.heading(at).click()
    assert browser.column(at)[0] == "10.00"
    assert browser.sorting() == ["none"] * at + ["descending"]


@NEEDS_CHROMIUM
def test_one_run_of_three_is_chosen(browser: Browser, compared: Paths) -> None:
    """The filter leaves the rows of that run."""
    browser.open(compared["three-zh"], topic="money")
    assert set(browser.column(0)) == {"B", "C"}
    browser.find("#money .filter select").send_keys("C")
    assert set(browser.column(0)) == {"C"}
    assert browser.said() == []
