"""Interchangeable funds, worked out by hand: one class in the programme, told apart again by fixed rules."""

from collections.abc import Mapping
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from tests.scenarios import Case, amounts, fund, planned, project
from zxsim.optimize.plan import Plan
from zxsim.report.terminal import PlanScreen
from zxsim.report.wording import Language
from zxsim.runs.tables import roll_ups, rules

INDUSTRY, BUILDING = "产业发展", "乡村建设行动"
TWINS = Case(
    {"b": fund(10), "a": fund(10)},
    [project("P", 8, rank=2, benefit=8), project("Q", 12, rank=1, benefit=12)],
)
SHARE: Mapping[str, Any] = {"kind": "category_share", "categories": [INDUSTRY], "at_least": 0.1}


def classes(plan: Plan) -> list[str]:
    """Ids of the funds that the programme knows."""
    return [money.fund_id for money in plan.model.layout.funds]


def test_funds_for_the_same_are_one_column_whose_name_joins_their_ids() -> None:
    """Sorted and joined by a plus; the tables of the run are by fund."""
    plan = planned(TWINS)
    assert plan.model.layout.labels == ["x(P,v,a+b,2021)", "x(Q,v,a+b,2021)"]
    assert rules(plan).select("rule", "lhs", "rhs").rows() == [("a", 10, 10), ("b", 10, 10)]
    assert roll_ups(plan)["by_fund"].select("fund_id", "amount_wan").rows() == [("a", 10), ("b", 10)]


def test_the_money_is_dealt_out_to_projects_by_rank_from_the_first_fund_on() -> None:
    """Q (rank 1, 12) takes the 10 of a and 2 of b, P the 8 left of b."""
    assert amounts(planned(TWINS)) == {
        ("Q", "v", "a", 2021): 1000,
        ("Q", "v", "b", 2021): 200,
        ("P", "v", "b", 2021): 800,
    }


def test_projects_without_a_rank_come_last_and_by_id() -> None:
    """R has rank 5; P and Q have none: P before Q."""
    case = TWINS.but(
        projects=[
            project("P", 8, benefit=8),
            project("Q", 6, benefit=6),
            project("R", 6, rank=5, benefit=6),
        ]
    )
    assert amounts(planned(case)) == {
        ("R", "v", "a", 2021): 600,
        ("P", "v", "a", 2021): 400,
        ("P", "v", "b", 2021): 400,
        ("Q", "v", "b", 2021): 600,
    }


def test_the_oldest_money_is_paid_first() -> None:
    """A and b hold 10 a year, carried over a year. P takes 5 of 2021; Q takes 30 in 2022.

    P: a's 2021. Q: what is left of 2021, 5 of a and 10 of b, then of 2022 10 of a and 5 of b.
    """
    case = Case(
        {"b": fund(10, carry_over=1), "a": fund(10, carry_over=1)},
        [project("P", 5, last_year=2021, benefit=5), project("Q", 30, first_year=2022, benefit=30)],
        years=(2021, 2022),
    )
    plan = planned(case)
    assert amounts(plan) == {
        ("P", "v", "a", 2021): 500,
        ("Q", "v", "a", 2022): 1500,
        ("Q", "v", "b", 2022): 1500,
    }
    assert (rules(plan)["slack"] >= 0).all()


def test_earmarked_money_is_dealt_out_place_by_place() -> None:
    """10 of each fund for each of two villages, 15 spent in each: 10 of a and 5 of b in both."""
    case = TWINS.but(
        funds={name: fund(10, per_place=["v", "w"]) for name in "ab"},
        projects=[project("P", 15, place="v", benefit=15), project("Q", 15, place="w", benefit=15)],
        places=[{"id": p, "name": p, "level": "village"} for p in "vw"],
    )
    assert amounts(planned(case)) == {
        ("P", "v", "a", 2021): 1000,
        ("P", "v", "b", 2021): 500,
        ("Q", "w", "a", 2021): 1000,
        ("Q", "w", "b", 2021): 500,
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["a+b"]),
        ({"rules": {"r": {**SHARE, "funds": ["a"]}}}, ["a", "b"]),
        ({"rules": {"r": {**SHARE, "funds": ["a", "b"]}}}, ["a+b"]),
        ({"rules": {"r": SHARE}}, ["a+b"]),
        ({"rules": {"r": {**SHARE, "funds": ["a"], "enabled": False}}}, ["a+b"]),
        ({"funds": {"a": fund(10), "b": fund(10, categories=[INDUSTRY])}}, ["a", "b"]),
        ({"funds": {"a": fund(10), "b": fund(10, carry_over=1)}}, ["a", "b"]),
        ({"funds": {"a": fund(10), "b": fund({2022: 10})}, "years": (2021, 2022)}, ["a", "b"]),
        ({"funds": {"a": fund(10), "b": fund(3)}}, ["a+b"]),
        (
            {"commitments": [{"project": "P", "place": "", "fund": "b", "year": 2021, "amount_wan": 1}]},
            ["a", "b"],
        ),
    ],
    ids=[
        "alike",
        "a rule names one",
        "a rule names both",
        "a rule names all",
        "a rule that is off",
        "other uses",
        "carried over",
        "other years",
        "other amounts",
        "a commitment",
    ],
)
def test_only_funds_that_nothing_tells_apart_are_one_class(
    changes: Mapping[str, Any], expected: list[str]
) -> None:
    """What a rule or a commitment says of one fund is never said of its class."""
    assert classes(planned(TWINS.but(**changes))) == expected


def test_a_rule_for_one_of_two_funds_binds_that_fund_alone() -> None:
    """All of a's 10 go to P (building); b's 10 to Q, worth more."""
    case = TWINS.but(
        projects=[project("P", 30, BUILDING, benefit=1), project("Q", 30, benefit=90)],
        rules={"r": {**SHARE, "categories": [BUILDING], "at_least": 1, "funds": ["a"]}},
    )
    assert amounts(planned(case)) == {("P", "v", "a", 2021): 1000, ("Q", "v", "b", 2021): 1000}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_plan_with_a_class_is_shown_with_what_each_category_brings(language: Language) -> None:
    """P and Q bring 1 a 万元, worked out over the columns of the class."""
    text = StringIO()
    PlanScreen(language, Console(file=text, width=140, highlight=False)).plan(planned(TWINS))
    assert "1.0000 #1" in text.getvalue()


def test_a_project_that_no_fund_of_a_class_may_pay_is_told_why() -> None:
    """The reasons are worked out fund by fund: both may pay for building alone."""
    case = TWINS.but(
        funds={name: fund(10, categories=[BUILDING]) for name in "ab"},
        projects=[project("P", 8, benefit=8), project("Q", 12, BUILDING, benefit=12)],
    )
    plan = planned(case)
    assert classes(plan) == ["a+b"]
    assert [(one.project_id, one.reason) for one in plan.reasons] == [("P", "no_fund"), ("Q", "funded")]


def test_a_filter_that_names_both_funds_of_a_class_is_the_reason() -> None:
    """An idea is not eligible for money of a or b."""
    rule = {"kind": "eligibility", "funds": ["a", "b"], "where": {"status": ["planned"]}}
    case = TWINS.but(
        projects=[project("P", 8, status="idea", benefit=8), project("Q", 12, status="planned", benefit=12)],
        rules={"r": rule},
    )
    plan = planned(case)
    assert classes(plan) == ["a+b"]
    assert [(one.reason, one.rule) for one in plan.reasons] == [("not_eligible", "r"), ("funded", "")]
