"""What stands on a page: the figures of the run, every name escaped, nothing asked of any network."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path

import polars as pl
import pytest

from tests.page.conftest import EVENT, IMAGE, SCRIPT, TEMPLATE
from tests.page.reading import Reader, harmless
from zxsim import api
from zxsim.report.page.assemble import TOPICS
from zxsim.report.page.limits import MOST_ROWS

Paths = Mapping[str, Path]
NAMES = ["simulated", "planned", "hostile"]
CHINESE = re.compile("[\u4e00-\u9fff]+")
ONLY_CHINESE = {"万元"}
"""Words that English pages keep."""


def read(path: Path) -> Reader:
    """Read a page."""
    return Reader(path.read_text(encoding="utf-8"))


def money(text: str) -> int:
    """Units of 0.01 万元."""
    return round(100 * float(text.replace(",", "")))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_amount_of_the_run_stands_in_the_table(
    name: str, language: str, runs: Paths, pages: Paths
) -> None:
    """All rows of the allocation, which add up to what the summary says is allocated."""
    page = read(pages[f"{name}-{language}"])
    table = page.tables["资金分配" if language == "zh" else "Allocation"][0]
    allocation = pl.read_parquet(runs[name] / "allocation.parquet")
    amounts = [money(row[-1]) for row in table.rows]
    assert amounts == [round(100 * amount) for amount in allocation["amount_wan"]]
    spent = json.loads((runs[name] / "run.json").read_text(encoding="utf-8"))["spent_wan"]
    assert f"{spent:,.2f}" in page.topics["headline"]
    assert sum(amounts) == round(100 * spent)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_asks_for_nothing_and_names_stay_names(language: str, pages: Paths) -> None:
    """No address, no script but the page's own, no attribute that runs: names are shown as they are."""
    text = pages[f"hostile-{language}"].read_text(encoding="utf-8")
    page = harmless(text)
    assert "@import" not in text
    assert not re.search(r"url\((?!#)", text)
    rows = page.tables["资金分配" if language == "zh" else "Allocation"][0].rows
    assert {SCRIPT, TEMPLATE, "&lt;道路&gt;"} <= {row[1] for row in rows}
    assert IMAGE in {row[4] for row in rows}
    assert f"<h1>{escape(SCRIPT)}" in text
    assert escape(EVENT) in text.replace("&#34;", "&quot;")
    assert EVENT not in text
    assert any(EVENT in (attributes.get("aria-label") or "") for _, attributes in page.elements)


def test_an_english_page_has_no_chinese_of_its_own(runs: Paths, pages: Paths) -> None:
    """Chinese on an English page is that of the run's own names, but for the unit of money."""
    page = pages["simulated-en"].read_text(encoding="utf-8")
    body = re.sub(r"<style>.*?</style>|<script>.*?</script>", "", page, flags=re.DOTALL)
    inputs = "".join(path.read_text(encoding="utf-8") for path in (runs["simulated"] / "inputs").iterdir())
    unknown = {word for word in CHINESE.findall(body) if word not in inputs} - ONLY_CHINESE
    assert unknown == set()


def test_the_same_run_gives_the_same_bytes(runs: Paths, pages: Paths, tmp_path: Path) -> None:
    """No clock and no order of a set is in a page."""
    api.report([runs["simulated"]], tmp_path / "x.html", "zh")
    assert (tmp_path / "x.html").read_bytes() == pages["simulated-zh"].read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_every_topic_has_its_place_and_links_lead_somewhere(name: str, pages: Paths) -> None:
    """Sections in order, each with a heading of its name; every link and every label finds its element."""
    page = read(pages[f"{name}-zh"])
    assert list(page.topics) == list(TOPICS)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page.elements:
        for key in ("href", "aria-labelledby"):
            if key in attributes:
                assert (attributes[key] or "").removeprefix("#") in ids


def test_the_summary_puts_the_figures_into_sentences(pages: Paths) -> None:
    """Money, projects, benefit beside other plans, rules: each with the figures of the run."""
    said = read(pages["planned-en"]).topics["headline"]
    assert "Of 5,810.80 万元 for 2021–2025, 5,810.80 万元 (100.0%) is allocated, 0.00 万元 is left." in said
    assert "Projects in the library: 55; paid in full: 49, in part: 4, not at all: 2." in said
    assert "The benefit is 52.00 个项目, 26.61 个项目 (104.8%) more than with money in library order." in said
    assert "Rows of rules that must be kept: 15, all kept; at their limit: 10." in said
    said = read(pages["simulated-zh"]).topics["headline"]
    assert "效益 75.45 万元，比按项目库顺序安排多 8.77 万元（高 13.2%）" in said
    assert "，比按人均均等安排多 7.59 万元（高 11.2%）。" in said
    assert "考核目标 16 项（按地区和年度计），计划全部达到。" in said
    assert "另有 1 项只能由模拟判断，看达标概率。" in said
    assert "（2023 年）：放宽 1 个百分点，效益多 0.0245 万元。" in said
    assert "加大 --replications 重新运行可以减小。" in said
    said = read(pages["planned-zh"]).topics["headline"]
    assert "约束 项目管理费上限 的类别（项目管理费）在项目库里没有项目，不起作用" in said


def test_a_corner_is_warned_of_before_everything(runs: Paths, tmp_path: Path) -> None:
    """The notice of the run stands in a box above the sentences."""
    copy = tmp_path / "run"
    shutil.copytree(runs["planned"], copy)
    manifest = json.loads((copy / "run.json").read_text(encoding="utf-8"))
    manifest["notices"].append({"code": "corner", "category": "产业发展", "amount_wan": 12.5})
    (copy / "run.json").write_text(json.dumps(manifest), encoding="utf-8")
    api.report([copy], tmp_path / "x.html", "en")
    said = read(tmp_path / "x.html").topics["headline"]
    assert "All money (12.5 万元) goes to 产业发展: the plan is a corner" in said
    assert said.index("corner") < said.index("5,810.80")
    assert said.count("corner") == 1


def test_the_share_path_is_drawn_against_the_rule(runs: Paths, pages: Paths) -> None:
    """Actual and required share of each year, as the table of rules has them."""
    table = read(pages["planned-en"]).tables["产业占比逐年提高"][0]
    rules = pl.read_parquet(runs["planned"] / "rules.parquet").filter(pl.col("rule") == "industry_share")
    wanted = [
        [str(year), f"{lhs:.2%}", f"{rhs:.2%}"]
        for year, lhs, rhs in rules.select("year", "lhs", "rhs").rows()
    ]
    assert table.rows == wanted


def test_a_run_without_households_says_so(pages: Paths) -> None:
    """Topics of the simulation are there and say that there was none."""
    page = read(pages["planned-en"])
    for topic in ("headline", "incomes", "monitored"):
        assert "No households were simulated" in page.topics[topic]
    assert "There are no targets." in page.topics["targets"]


def test_a_simulation_without_a_plan_says_so(tmp_path: Path, runs: Paths, pages: Paths) -> None:
    """Incomes and targets stand there, and each topic of money says that there is no allocation."""
    few = api.SimulationSettings(replications=2, workers=1)
    inputs = runs["simulated"] / "inputs"
    found = api.simulate(inputs / "resolved.toml", results=tmp_path, simulation=few)
    assert found.folder is not None
    api.report([found.folder], tmp_path / "x.html", "en")
    page = read(tmp_path / "x.html")
    for topic in ("headline", "allocation", "shares", "clauses"):
        assert "without any allocation" in page.topics[topic]
    assert len(page.tables["Targets: planned, simulated, both probabilities, basis"][0].rows) == 17
    assert "zxsim simulate" in page.topics["reproduce"]
    assumed = read(pages["simulated-en"]).tables["Assumptions"][0].column("Address")
    assert {address.split(" ")[0] for address in assumed} == {
        address.split(" ")[0] for address in page.tables["Assumptions"][0].column("Address")
    }


def test_targets_stand_with_both_probabilities_and_basis(runs: Paths, pages: Paths) -> None:
    """One row a target, place and year, the plan's and the simulation's figures side by side."""
    table = read(pages["simulated-en"]).tables["Targets: planned, simulated, both probabilities, basis"][0]
    simulated = pl.read_parquet(runs["simulated"] / "simulated_targets.parquet")
    assert table.column("Probability") == [f"{value:.1%}" for value in simulated["probability"]]
    assert table.column("Parameters fixed") == [f"{value:.1%}" for value in simulated["probability_fixed"]]
    assert set(table.column("Basis")) == {"assumed"}
    last = table.rows[-1]
    assert last[5:7] == ["", "known by simulation only"]
    assert table.column("Result")[0] == "✓ met"


def test_fans_and_flows_show_the_long_table(runs: Paths, tmp_path: Path) -> None:
    """Figures written by hand come back in the tables of the charts; rows that are not written are 0."""
    copy = tmp_path / "run"
    shutil.copytree(runs["simulated"], copy)
    rows = [
        *(
            ["", "", f"income_p{share}", "yuan", "2023", "mean", 100.0 * share]
            for share in (10, 25, 50, 75, 90)
        ),
        ["liuyang", "", "income", "yuan", "2022", "mean", 4321.0],
        ["liuyang", "", "income", "yuan", "2022", "high", 5000.0],
        ["", "", "entries", "households", "2024", "mean", 7.25],
        ["", "", "entries", "households", "2024", "high", 9.0],
        ["", "", "open_cases", "households", "2023-05", "mean", 3.14],
        ["", "sudden", "open_cases", "households", "2021", "mean", 2.0],
    ]
    schema = pl.read_parquet(copy / "simulation.parquet").schema
    pl.DataFrame(rows, schema=schema, orient="row").write_parquet(copy / "simulation.parquet")
    api.report([copy], tmp_path / "x.html", "en")
    tables = read(tmp_path / "x.html").tables
    spread = tables["Incomes of households (all places)"][0]
    assert spread.rows[2] == ["2023", "1,000", "9,000", "2,500", "7,500", "5,000", "0"]
    assert tables["留阳村"][0].rows[1] == ["2022", "0", "5,000", "4,321"]
    assert tables["Entries, exits and relapses in the year"][0].rows[3] == ["2024", "7.2", "0", "0"]
    assert tables["Monitored households: mean (90 % interval)"][0].rows[3][1] == "7.2 (0–9)"
    stock = tables["Monitored households (end of month)"][0]
    assert stock.rows[28] == ["2023-05", "0", "0", "3.1", "0"]
    groups = tables["Monitored households by group (end of year)"][0]
    assert groups.rows[0] == ["2021", "0", "0", "2"]


def test_a_clause_leads_to_its_rows_and_what_a_step_is_worth(runs: Paths, pages: Paths) -> None:
    """The share rule has a row a year, those at the limit with the marginal value of the run."""
    page = read(pages["simulated-en"])
    overview = page.tables["Each rule: rows, rows at the limit, marginal value"][0]
    assert overview.column("Rows") == ["10", "5", "5"]
    assert overview.column("At the limit") == ["4", "4", "5"]
    (rows,) = (
        found[0] for caption, found in page.tables.items() if caption.startswith("产业占比逐年提高 CJ-03")
    )
    marginals = pl.read_parquet(runs["simulated"] / "marginals.parquet")
    worth = marginals.filter((pl.col("clause") == "CJ-03") & (pl.col("year") == 2023))["gain_if_loosened"][0]
    assert (
        dict(zip(rows.column("Year"), rows.column("Gain, loosened"), strict=True))["2023"] == f"{worth:.4f}"
    )
    assert rows.column("Gain, loosened")[0] == ""
    assert rows.column("Required")[0] == "50.00%"


def test_a_large_run_shows_its_largest_rows_and_says_what_is_left_out(runs: Paths, tmp_path: Path) -> None:
    """The page stays small; the rows in view are the largest, and the file with all of them is named."""
    copy = tmp_path / "run"
    shutil.copytree(runs["hostile"], copy)
    count = MOST_ROWS + 1234
    row = pl.read_parquet(copy / "allocation.parquet").head(1)
    amounts = pl.Series("amount_wan", [float(at % 3333) for at in range(count)])
    pl.concat([row] * count).with_columns(amounts).write_parquet(copy / "allocation.parquet")
    api.report([copy], tmp_path / "x.html", "en")
    page = read(tmp_path / "x.html")
    shown = [money(row[-1]) for row in page.tables["Allocation"][0].rows]
    assert shown == sorted((round(100 * amount) for amount in amounts), reverse=True)[:MOST_ROWS]
    assert "1,234 more are left out" in page.topics["allocation"]
    assert "allocation.csv" in page.topics["allocation"]


def test_two_runs_stand_side_by_side_on_the_same_scale(runs: Paths, pages: Paths) -> None:
    """Each topic has a panel a run, named by it; the overview has a column a run; charts share their axis."""
    page = read(pages["two-en"])
    panels = [attributes["data-run"] for tag, attributes in page.elements if "data-run" in attributes]
    assert panels == ["1", "2"] * len(TOPICS)
    overview = page.tables["The runs side by side"][0]
    assert runs["simulated"].name in overview.headings[1]
    assert runs["hostile"].name in overview.headings[2]
    assert overview.column(overview.headings[1])[1:3] == ["400.00 万元", "400.00 万元"]
    assert runs["hostile"].name in page.topics["targets"]
    text = pages["two-en"].read_text(encoding="utf-8")
    charts = re.findall(r'<svg class="chart".*?</svg>', text, flags=re.DOTALL)
    money_charts = [chart for chart in charts if "Money by category" in chart]
    ticks = [re.findall(r'text-anchor="end"[^>]*>([^<]*)<', chart) for chart in money_charts]
    assert len(ticks) == 2
    assert ticks[0] == ticks[1]


@pytest.mark.slow
def test_the_command_of_a_page_gives_the_same_tables(runs: Paths, pages: Paths, tmp_path: Path) -> None:
    """What stands under how to reproduce is run as it is, in the folder of results."""
    text = read(pages["simulated-en"]).topics["reproduce"]
    command = re.search(r"zxsim (optimize .*)", text)
    assert command is not None
    run = runs["simulated"]
    ask = [sys.executable, "-m", "zxsim", *command[1].split(), "--results", str(tmp_path), "--quiet"]
    subprocess.run(ask, check=True, cwd=run.parent.parent)
    (again,) = tmp_path.glob("*/2*")
    for name in ("allocation", "targets", "simulation", "simulated_targets"):
        assert (again / f"{name}.parquet").read_bytes() == (run / f"{name}.parquet").read_bytes()
