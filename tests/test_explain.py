"""``zxsim explain`` end to end, in both languages and as JSON, on scenarios and on runs."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.scenarios import Case, fund, project, write
from zxsim.cli import run

ROOT = Path(__file__).parent.parent
DEMO, COUNTY = ROOT / "scenarios" / "published-library", ROOT / "scenarios" / "changjiang"
Capture = pytest.CaptureFixture[str]
TOGETHER = {
    "zh": "这几条放在一起做不到，去掉或放宽其中任何一条，它们就不再冲突",
    "en": "these cannot be kept together, and could be once any one of them gives way",
}


@pytest.fixture(name="conflict")
def _conflict(tmp_path: Path) -> Path:
    floor = {"kind": "place_floor", "at_least_wan": 12, "clause": "XX-01", "label": "年投"}
    case = Case({"city": fund(10)}, [project("A", 100, benefit=1)], rules={"floor": floor})
    return write(case, tmp_path / "conflict")


def explained(capsys: Capture, *arguments: str) -> dict[str, Any]:
    """What ``explain --json`` prints."""
    assert run(["explain", *arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("command", ["explain", "optimize", "validate"])
@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "zh",
            [
                "各项硬性约束互相冲突，没有任何分配能同时满足；没有写出任何结果",
                "资金不够：[rule.floor] XX-01 年投 [2021] 要 12.00 万元，可用资金 10.00 万元",
                f"{TOGETHER['zh']}：[rule.floor] XX-01 年投、[fund.city]",
                "  · [rule.floor] XX-01 年投：每处放宽 2 万元（at_least_wan 12 → 10）",
                "  · [fund.city]：每年增加 2 万元（2021）",
            ],
        ),
        (
            "en",
            [
                "the hard rules contradict each other: no allocation keeps them all; nothing was written",
                "not enough money: [rule.floor] XX-01 年投 [2021] asks for 12.00 万元; there are 10.00 万元",
                f"{TOGETHER['en']}: [rule.floor] XX-01 年投, [fund.city]",
                "  · [rule.floor] XX-01 年投: give way by 2 万元 in each row (at_least_wan 12 → 10)",
                "  · [fund.city]: 2 万元 more a year (2021)",
            ],
        ),
    ],
)
def test_what_is_impossible_is_said_in_a_line_each(
    command: str, language: str, lines: list[str], conflict: Path, capsys: Capture
) -> None:
    """Preflight, conflict and menu on standard error with exit 4."""
    assert run([command, str(conflict), "--lang", language]) == 4
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == lines


def test_the_menu_is_data_as_well(conflict: Path, capsys: Capture) -> None:
    """``--json`` holds the fields of each line."""
    assert run(["explain", str(conflict), "--json"]) == 4
    found = json.loads(capsys.readouterr().out)
    assert found["status"] == "infeasible"
    fields = {message["code"]: message["fields"] for message in found["messages"]}
    assert fields["conflict"]["clauses"] == ["[rule.floor] XX-01 年投", "[fund.city]"]
    assert (fields["concession_wan"]["record"], fields["concession_wan"]["amount"]) == ("floor", "2")
    assert (fields["concession_money"]["record"], fields["concession_money"]["years"]) == ("city", "2021")


def test_a_concession_taken_makes_the_scenario_possible(conflict: Path, capsys: Capture) -> None:
    """What the menu says can be written with ``--set``; a cent less cannot."""
    for key, enough, too_little in (
        ("rule.floor.at_least_wan", "10", "10.01"),
        ("fund.city.amount_wan", "12", "11.99"),
    ):
        assert run(["validate", str(conflict), "--set", f"{key}={enough}"]) == 0
        assert run(["validate", str(conflict), "--set", f"{key}={too_little}"]) == 4
    capsys.readouterr()


@pytest.mark.parametrize(("language", "words"), [("zh", "边际价值"), ("en", "Marginal values")])
def test_a_possible_scenario_shows_what_its_clauses_cost(language: str, words: str, capsys: Capture) -> None:
    """Without options: marginal values, and whether the targets are met."""
    assert run(["explain", str(COUNTY), "--lang", language]) == 0
    said = capsys.readouterr().out
    assert words in said
    assert "CJ-03" in said
    assert len(said.splitlines()) <= 40


def test_a_run_is_explained_from_its_inputs_and_its_tables_say_the_same(
    tmp_path: Path, capsys: Capture
) -> None:
    """``marginals`` and ``projects`` of the run are what explain says of it, and verify passes."""
    assert run(["optimize", str(COUNTY), "--results", str(tmp_path), "--json", "--no-simulate"]) == 0
    folder = json.loads(capsys.readouterr().out)["run"]
    found = explained(capsys, folder)
    assert found["run"] == folder
    table = pl.read_csv(Path(folder) / "marginals.csv")
    assert table["gain_if_loosened"].to_list() == [row["gain_if_loosened"] for row in found["marginals"]]
    assert table["until"].null_count() == len(table)
    projects = {row["project_id"]: row for row in pl.read_csv(Path(folder) / "projects.csv").to_dicts()}
    assert explained(capsys, folder, "--project", "JL03")["project"]["reason"] == projects["JL03"]["reason"]
    assert run(["verify", folder]) == 0
    capsys.readouterr()
    for name in ("marginals", "projects"):
        assert run(["export", folder, "--table", name, "--to", str(tmp_path / f"{name}.csv")]) == 0


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "用在别的项目上效益更高"), ("en", "is worth more in other")]
)
def test_a_project_is_explained_in_a_few_sentences(language: str, words: str, capsys: Capture) -> None:
    """What it takes and gets, why, and what would bring it in."""
    assert run(["explain", str(COUNTY), "--project", "JL03", "--lang", language]) == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 3
    assert said[0].startswith("JL03 江联村小型农田水利")
    assert words in said[1]
    assert "0.22147" in said[2]


@pytest.mark.parametrize("clause", ["CJ-03", "industry_share", "产业占比逐年提高"])
def test_a_clause_is_found_by_its_id_its_number_or_its_label(clause: str, capsys: Capture) -> None:
    """Each gives the ranges as well, and the years in which it is idle."""
    (found,) = explained(capsys, str(COUNTY), "--clause", clause)["clauses"]
    assert found["record"] == "industry_share"
    assert found["not_at_limit"] == [2021]
    assert all(row["until"] > 0 and row["until_tight"] > 0 for row in found["marginals"])
    assert run(["explain", str(COUNTY), "--clause", clause]) == 0
    assert "26.5 个百分点" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "given", "near"),
    [
        ("--clause", "CJ-33", "CJ-03"),
        ("--clause", "industri_share", "industry_share"),
        ("--project", "JL3", "JL03"),
    ],
)
def test_an_unknown_word_is_answered_with_the_nearest(
    option: str, given: str, near: str, capsys: Capture
) -> None:
    """Exit 2."""
    assert run(["explain", str(COUNTY), option, given, "--lang", "en"]) == 2
    assert f"did you mean {near}?" in capsys.readouterr().err


def test_a_target_is_told_from_a_clause_that_costs_something(capsys: Capture) -> None:
    """Exit 2."""
    assert run(["explain", str(COUNTY), "--clause", "CJ-08", "--lang", "en"]) == 2
    assert "is a target (自来水普及率)" in capsys.readouterr().err


def test_gains_and_losses_have_one_heading_where_all_are_measured_alike(capsys: Capture) -> None:
    """Each says its own measure where they differ."""
    assert run(["explain", str(COUNTY), "--clause", "CJ-03"]) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith("（效益，万元）")
    tight = ["--set", "rule.village_floor.at_least_wan=39", "--set", "rule.industry_share.start=0.96"]
    assert run(["explain", str(COUNTY), "--clause", "CJ-03", *tight]) == 0
    assert "（守底线缺口）" in capsys.readouterr().out.splitlines()[0]


def test_rules_without_a_figure_and_missed_targets_have_their_words(tmp_path: Path, capsys: Capture) -> None:
    """An eligibility rule has nothing to loosen; a target that is missed is listed."""
    case = Case(
        {"f": fund(10)},
        [project("W", 100, "乡村建设行动", beneficiary_persons=100, status="planned")],
        places=[{"id": "v", "name": "村", "level": "village", "population": 100, "base_w": 0}],
        indicators={"w": {"counts": "persons"}},
        effects={
            "w": {
                "kind": "coverage",
                "categories": ["乡村建设行动"],
                "indicator": "w",
                "heads": "beneficiary_persons",
            }
        },
        rules={"open": {"kind": "eligibility", "where": {"status": ["planned"]}}},
        targets={"w": {"indicator": "w", "places": ["v"], "relation": ">=", "value": 1, "tier": 1}},
        benefit={"source": "effects"},
    )
    folder = str(write(case, tmp_path / "case"))
    assert run(["explain", folder, "--clause", "open", "--lang", "en"]) == 0
    assert "has no figure" in capsys.readouterr().out
    assert run(["explain", folder, "--lang", "en"]) == 0
    assert "missed: w" in capsys.readouterr().out
