"""The commands evaluate and replan end to end, in both languages, on exports of a run and on edited ones."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.page.reading import Reader
from tests.scenarios import fund, write
from tests.whatif.given_runs import CASE, EDITED, Capture, exported, said
from tests.whatif.plans import ONE, write_csv
from zxsim.cli import run

ROOT = Path(__file__).parent.parent.parent
HEADING = {"zh": "违反的硬性约束", "en": "Hard rules broken"}
TABLES = ("allocation", "rules", "targets", "by_place", "by_category", "by_fund", "by_year", "excluded")


def assert_scores_of(run_folder: Path, summary: dict[str, Any]) -> None:
    """Assert that an evaluation gives the very scores of a run: tables, benefit, stages."""
    again = Path(summary["run"])
    for name in TABLES:
        assert pl.read_parquet(again / f"{name}.parquet").equals(
            pl.read_parquet(run_folder / f"{name}.parquet")
        ), name
    own, found = (json.loads((at / "run.json").read_text(encoding="utf-8")) for at in (run_folder, again))
    for key in ("benefit", "spent_wan", "available_wan", "library_benefit", "inputs"):
        assert found[key] == own[key]
    assert [stage["name"] for stage in found["stages"]] == [stage["name"] for stage in own["stages"]]
    values = [[stage["value"] for stage in one["stages"]] for one in (found, own)]
    # a run states its stages before its money is rounded to 0.01 万元, an evaluation those of whole units
    assert values[0] == pytest.approx(values[1], rel=1e-6, abs=1e-3)
    assert summary["distance"]["moved_wan"] == summary["distance"]["benefit"] == 0
    assert all(here == best for _, here, best in summary["distance"]["stages"])
    assert found["status"] == "evaluated"


@pytest.mark.parametrize(
    ("name", "language"), [("a.csv", "zh"), ("a.csv", "en"), ("a.xlsx", "zh"), ("a.xlsx", "en")]
)
def test_an_exported_plan_has_the_scores_of_its_run(
    name: str, language: str, case: Path, first: Path, tmp_path: Path, capsys: Capture
) -> None:
    """CSV and XLSX, in Chinese and in English: the same rules, targets, benefit and stages, to the bit."""
    file = exported(first, tmp_path / name, language, capsys)
    summary = said(["evaluate", case, "--plan", file, "--results", tmp_path / "e"], capsys)
    assert summary["kept"]
    assert_scores_of(first, summary)
    assert run(["verify", summary["run"]]) == 0
    assert run(["export", summary["run"], "--to", str(tmp_path / "book.xlsx")]) == 0


def test_a_shipped_scenario_is_scored_as_it_was_found(tmp_path: Path, capsys: Capture) -> None:
    """The allocation table of a run itself is a plan as well."""
    demo = ROOT / "scenarios" / "getashang"
    own = said(["optimize", demo, "--results", tmp_path / "r", "--no-simulate"], capsys)["run"]
    plan = Path(own, "allocation.csv")
    evaluate = ["evaluate", demo, "--plan", plan, "--results", tmp_path / "e", "--no-simulate"]
    assert_scores_of(Path(own), said(evaluate, capsys))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["已评估", "违反硬性约束 5 处", "产业占比", "甲-01", "资金不能用于这个类别", "H4", "离最优"]),
        (
            "en",
            [
                "evaluated",
                "hard rules broken: 5",
                "产业占比",
                "甲-01",
                "does not pay for this category",
                "H4",
            ],
        ),
    ],
)
def test_a_plan_that_breaks_rules_ends_with_7_and_so_does_verify(
    language: str, words: list[str], case: Path, tmp_path: Path, capsys: Capture
) -> None:
    """What is broken is on the screen with clause and cell; the run is there, and verify agrees."""
    plan = write_csv(tmp_path / "手工.csv", EDITED)
    results = tmp_path / "e"
    assert (
        run(["evaluate", str(case), "--plan", str(plan), "--results", str(results), "--lang", language]) == 7
    )
    screen = capsys.readouterr().out
    assert [word for word in words if word not in screen] == []
    (folder,) = results.glob("case/*")
    broken = pl.read_csv(folder / "broken.csv")
    assert broken["kind"].to_list() == ["budget", "category_share", "fund_category", "fund_place", "cost"]
    manifest = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert manifest["notices"][0] == {"code": "evaluated_broken", "given": "手工.csv", "count": 5}
    found = said(["verify", folder], capsys, code=7)
    codes = {message["code"] for message in found["differences"]}
    assert codes == {
        "verify_budget",
        "verify_rule",
        "verify_fund_category",
        "verify_fund_place",
        "verify_cost",
    }
    assert run(["export", str(folder), "--to", str(tmp_path / "book.md"), "--lang", language]) == 0
    page = tmp_path / "page.html"
    assert run(["report", str(folder), "--to", str(page), "--lang", language]) == 0
    (table,) = Reader(page.read_text(encoding="utf-8")).tables[HEADING[language]]
    assert len(table.rows) == len(broken)


def test_a_plan_of_rules_in_conflict_is_scored_and_the_conflict_told(tmp_path: Path, capsys: Capture) -> None:
    """There is no best plan; what the given one breaks is told all the same, and the run is written."""
    rule = {"kind": "place_floor", "places": ["v1"], "at_least_wan": 500, "per": "year", "clause": "丁-04"}
    case = write(CASE.but(rules={"floor": rule}), tmp_path / "case")
    plan = write_csv(tmp_path / "a.csv", [["A", "", "", "", "", "city", 2021, 70]])
    evaluate = ["evaluate", str(case), "--plan", str(plan), "--results", str(tmp_path / "e")]
    assert run(evaluate) == 7
    screen = capsys.readouterr().out
    assert "没有最优方案可比" in screen
    assert "丁-04" in screen
    assert "没有写出" not in screen
    summary = said(evaluate, capsys, code=7)
    assert (summary["distance"], summary["no_optimum"][0]) == (None, "infeasible")
    assert said(["verify", summary["run"]], capsys, code=7)["status"] == "rules_broken"


def test_replan_with_nothing_changed_is_the_same_run_again(
    case: Path, first: Path, tmp_path: Path, capsys: Capture
) -> None:
    """From the run, from its export: the same allocation to the byte, no change listed."""
    file = exported(first, tmp_path / "a.xlsx", "zh", capsys)
    for origin in (first, file):
        summary = said(["replan", case, "--from", origin, "--results", tmp_path / "r2"], capsys)
        assert summary["changes"] == []
        assert summary["moved_wan"] == 0
        again = Path(summary["run"], "allocation.csv")
        assert again.read_bytes() == (first / "allocation.csv").read_bytes()
        assert run(["verify", summary["run"]]) == 0
        capsys.readouterr()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh",
            [
                "离原安排最近",
                "增减合计 20.00 万元",
                "市级资金",
                "如果不变",
                "违反硬性约束 1 处",
                "尽量不变的代价",
            ],
        ),
        (
            "en",
            [
                "nearest to the approved plan",
                "20.00 万元 more or less",
                "市级资金",
                "Staying put",
                "hard rules broken: 1",
            ],
        ),
    ],
)
def test_a_fund_cut_is_replanned_and_told(
    language: str, words: list[str], case: Path, first: Path, tmp_path: Path, capsys: Capture
) -> None:
    """The city gives 80 in 2021, not 100: what changes, why, and what staying put would break."""
    arguments = [
        "replan",
        str(case),
        "--from",
        str(first),
        "--results",
        str(tmp_path / "r2"),
        "--lang",
        language,
    ]
    assert run([*arguments, "--set", "fund.city.amount_wan={ 2021 = 80, 2022 = 60 }"]) == 0
    screen = capsys.readouterr().out
    assert [word for word in words if word not in screen] == []
    (folder,) = (tmp_path / "r2").glob("case/*")
    changes = pl.read_csv(folder / "plan_changes.csv")
    assert changes["change_wan"].sum() == -20
    assert set(changes["reason"]) == {"because_rule"}
    assert (
        pl.read_parquet(folder / "plan_changes.parquet")["fund_id"].to_list() == changes["fund_id"].to_list()
    )
    assert run(["verify", str(folder)]) == 0
    assert run(["export", str(folder), "--table", "plan_changes", "--to", str(tmp_path / "c.xlsx")]) == 0


def test_a_project_that_is_gone_is_listed_as_dropped(first: Path, tmp_path: Path, capsys: Capture) -> None:
    """The library has no project B any more: its money is dropped, and the next ones may not have it."""
    smaller = CASE.but(projects=[CASE.projects[0], CASE.projects[2]], funds={**CASE.funds, "new": fund(10)})
    case = write(smaller, tmp_path / "smaller")
    summary = said(["replan", case, "--from", first, "--results", tmp_path / "r2"], capsys)
    dropped = [row for row in summary["changes"] if row["reason"] == "because_dropped"]
    assert {row["project_id"] for row in dropped} == {"B"}
    assert sum(row["before_wan"] for row in dropped) == pytest.approx(summary["moved_wan"])


def test_a_plan_of_another_scenario_is_no_approved_plan(first: Path, tmp_path: Path, capsys: Capture) -> None:
    """Nothing of the run is known here: most likely the wrong run was named, so nothing is planned."""
    other = write(ONE, tmp_path / "other")
    found = said(["replan", other, "--from", first, "--results", tmp_path / "r2"], capsys, code=3)
    assert [message["code"] for message in found["messages"]] == ["plan_of_another"]
    found = said(["replan", other, "--from", tmp_path / "r", "--results", tmp_path / "r2"], capsys, code=3)
    assert str(first) in found["messages"][0]["text"]
    assert not (tmp_path / "r2").exists()


def test_more_benefit_than_the_best_plan_is_said_as_more(tmp_path: Path, capsys: Capture) -> None:
    """70 + 30 of 100 万元 is the best, worth 270; 70 + 60 overspends and is worth 60 more, not -60 less."""
    plan = write_csv(
        tmp_path / "plan.csv", [["A", "", "", "", "", "f", 2021, 70], ["B", "", "", "", "", "f", 2021, 60]]
    )
    case = str(write(ONE, tmp_path / "case"))
    evaluate = ["evaluate", case, "--plan", str(plan), "--results", str(tmp_path / "e"), "--lang", "en"]
    assert run(evaluate) == 7
    screen = capsys.readouterr().out
    assert "60.00 more benefit" in screen
    assert "carried over" not in screen
    (folder,) = (tmp_path / "e").glob("case/*")
    assert run(["report", str(folder), "--to", str(tmp_path / "page.html"), "--lang", "en"]) == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Hard rules broken: 1;" in page
    assert "all kept" not in page
