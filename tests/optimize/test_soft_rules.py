"""Rules that may be missed: their tier comes before the benefit, and what is missing is said."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tests.scenarios import VILLAGE, Case, by_project, fund, loaded, planned, project, stage_values, write
from zxsim.optimize.plan import Plan
from zxsim.report.terminal import PlanScreen
from zxsim.report.wording import Language, sentence
from zxsim.rules.priority import Priority
from zxsim.runs.notices import notices
from zxsim.runs.resolved import write_inputs
from zxsim.runs.tables import rules
from zxsim.schema.load import load

INDUSTRY, BUILDING, OTHER = "产业发展", "乡村建设行动", "其他"
FLOOR = {"kind": "place_floor", "places": ["a"], "at_least_wan": 50}
PAIR = Case(
    {"f": fund(60)},
    [project("A", 30, place="a", benefit=30), project("B", 100, place="b", benefit=500)],
    places=[{**VILLAGE, "id": "a", "population": 100}, {**VILLAGE, "id": "b", "population": 100}],
    rules={"r": {**FLOOR, "soft": {"tier": 2}}},
)


def printed(plan: Plan, language: Language) -> str:
    """Return what the screen says of a plan."""
    text = StringIO()
    PlanScreen(language, Console(file=text, width=140, highlight=False)).plan(plan)
    return text.getvalue()


def test_a_soft_rule_takes_money_from_a_better_project_and_gives_up_what_cannot_be_had() -> None:
    """A floor of 50 in a, where only A (30) can be paid; B is worth five times as much a 万元.

    Hard, it could not be kept. Soft, A gets all its 30 before B, and 20 of 50 are missing: 0.4.
    """
    plan = planned(PAIR)
    assert by_project(plan) == {"A": 3000, "B": 3000}
    assert stage_values(plan)["tier2"] == pytest.approx(0.4)
    row = rules(plan).filter(rule="r").row(0, named=True)
    assert (row["lhs"], row["rhs"], row["slack"], row["tier"]) == (30, 50, -20, 2)
    assert rules(plan).filter(kind="budget")["tier"].to_list() == [None]


def test_the_missing_amount_is_divided_by_the_bound_and_by_the_rows_and_weighed() -> None:
    """Two floors of 50 in one rule, weight 3: A misses 20 of 50 and B nothing: 3 · 0.4 / 2."""
    both = {**FLOOR, "places": ["a", "b"], "soft": {"tier": 1, "weight": 3}}
    plan = planned(PAIR.but(rules={"r": both}, funds={"f": fund(90)}))
    assert by_project(plan) == {"A": 3000, "B": 6000}
    assert stage_values(plan)["tier1"] == pytest.approx(0.6)


def test_a_soft_cap_counts_what_is_above_it() -> None:
    """At least 0.9 of 60 must be for building, hard; at most 0.5 soft: 24 above 30 are 0.8 of it."""
    share = {"kind": "category_share", "categories": [BUILDING]}
    case = PAIR.but(
        projects=[project("I", 100, benefit=900, place="a"), project("H", 100, BUILDING, "a", benefit=1)],
        rules={
            "hard": {**share, "at_least": 0.9},
            "r": {**share, "at_most": 0.5, "soft": {"tier": 3}},
        },
    )
    plan = planned(case)
    assert by_project(plan) == {"H": 5400, "I": 600}
    assert stage_values(plan)["tier3"] == pytest.approx(0.8)
    assert rules(plan).filter(rule="r")["slack"].to_list() == pytest.approx([-0.4])


def test_a_row_without_a_bound_is_measured_against_the_money_of_its_funds() -> None:
    """Balance with band 0: a must have its 50 beside b, by a hard floor; b can have 4 only.

    Mean 27 for each of two equal villages: a is 23 above, b 23 below it. Four rows, 60 万元 held:
    (23 + 23) / 60 / 4.
    """
    case = PAIR.but(
        projects=[project("A", 50, place="a", required="true", benefit=1), project("B", 4, place="b")],
        rules={"r": {"kind": "balance", "each": "village", "band": 0, "soft": {"tier": 1}}},
    )
    plan = planned(case)
    assert by_project(plan) == {"A": 5000, "B": 400}
    assert stage_values(plan)["tier1"] == pytest.approx(46 / 60 / 4)


def test_a_missed_row_is_on_the_screen_with_what_is_missing_and_in_the_notes() -> None:
    """The hard rows are said to be kept; the missed one follows, with 20.00 missing and its tier."""
    plan = planned(PAIR)
    text = printed(plan, "en")
    assert "all 1 rows are kept" in text
    assert "Soft rules: 1 rows are missed" in text
    (line,) = [line for line in text.splitlines() if line.startswith("r ")]
    assert line.split() == ["r", "村", "2021", "30.00", ">=", "50.00", "20.00", "connection", "万元"]
    (notice,) = [notice for notice in notices(plan) if notice.code == "soft_rule_missed"]
    assert sentence(notice, "zh").startswith("软约束 r 有 1 行没有做到，最多差 20.00 万元")
    assert "软约束：1 行没有做到" in printed(plan, "zh")


def test_a_soft_rule_that_is_kept_is_not_called_missed() -> None:
    """A floor of 30 is met to the last cent: at its limit, and nothing more is said."""
    plan = planned(PAIR.but(rules={"r": {**FLOOR, "at_least_wan": 30, "soft": {"tier": 2}}}))
    assert stage_values(plan)["tier2"] == pytest.approx(0)
    assert rules(plan).filter(rule="r")["binding"].to_list() == [True]
    assert "missed" not in printed(plan, "en")


def test_a_lower_tier_of_rules_and_targets_comes_first() -> None:
    """Two floors compete for 60 万元: 50 in a (tier 3) and 40 in b (tier 1). B gets 40 first, A 20."""
    case = PAIR.but(
        projects=[project("A", 90, place="a", benefit=900), project("B", 90, place="b")],
        rules={
            "late": {**FLOOR, "soft": {"tier": 3}},
            "early": {**FLOOR, "places": ["b"], "at_least_wan": 40, "soft": {"tier": 1}},
        },
    )
    plan = planned(case)
    assert by_project(plan) == {"A": 2000, "B": 4000}
    values = stage_values(plan)
    assert (values["tier1"], values["tier3"]) == pytest.approx((0, 0.6))


def test_rounding_keeps_a_soft_row_within_one_unit_of_what_the_vertex_has() -> None:
    """A third of the money spent is to go to I: 20 of 60 is whole, 33.34 of 100.01 is the next unit."""
    share = {"kind": "category_share", "categories": [INDUSTRY], "of": "spent", "soft": {"tier": 1}}
    case = Case(
        {"f": fund(100.01)},
        [project("I", 90, benefit=1), project("H", 90, BUILDING, benefit=90)],
        rules={"r": {**share, "at_least": 0.333333}},
    )
    (slack,) = rules(planned(case)).filter(rule="r")["slack"].to_list()
    assert abs(slack) < 0.01 / 100.01


@pytest.mark.parametrize("soft", [False, {"tier": 3, "weight": 2}])
def test_a_resolved_rule_is_read_back_as_soft_or_hard_as_it_was(soft: object, tmp_path: Path) -> None:
    """A hard priority is written as ``soft = false``: left out, it would be soft again by default."""
    rule = {"kind": "priority", "funds": ["f"], "projects": ["A"], "soft": soft}
    first = loaded(PAIR.but(rules={"r": rule, "s": FLOOR | {"at_least_wan": 1}}))
    write_inputs(first, tmp_path)
    (tmp_path / "resolved.toml").rename(tmp_path / "scenario.toml")
    again = load(tmp_path).spec.rule
    assert again["r"].softness == first.spec.rule["r"].softness
    assert (again["r"].softness is None) == (soft is False)
    assert again["s"].softness is None


def test_a_what_if_may_name_key_projects_where_the_base_has_categories(tmp_path: Path) -> None:
    """``projects`` in a what-if takes the place of ``categories`` in the base."""
    rule = {"kind": "priority", "funds": ["f"], "categories": [INDUSTRY]}
    write(PAIR.but(rules={"r": rule}), tmp_path)
    what_if = tmp_path / "key.toml"
    what_if.write_text('extends = "scenario.toml"\n[rule.r]\nprojects = ["A"]\n', encoding="utf-8")
    found = load(what_if).spec.rule["r"]
    assert isinstance(found, Priority)
    assert (found.categories, found.projects) == (None, ("A",))
