"""Facts of projects solved by hand: places, required, forbidden, conflicts and limits."""

import numpy as np
import polars as pl
import pytest

from tests.scenarios import Case, amounts, by_project, fund, planned, project, stage_values
from zxsim.errors import ConflictError, LimitError
from zxsim.optimize.solution import SolverSettings
from zxsim.runs.tables import allocation

INDUSTRY, BUILDING, OTHER = "产业发展", "乡村建设行动", "其他"


def test_the_cost_of_a_project_at_several_places_is_split_by_largest_remainder() -> None:
    """0.05 万元 is 5 units: a 0.333 → 1.665, b 0.333 → 1.665, c 0.334 → 1.67.

    Floors 1, 1, 1; of the two units left one goes to c (remainder .67), one to a (.665, tie with b by id).
    """
    plan = planned(
        Case(
            {"f": fund(1)},
            [project("P", 0.05, place="c:0.334;b:0.333;a:0.333", required="true", benefit=1)],
            places=[{"id": p, "name": p, "level": "village"} for p in "abc"],
        )
    )
    assert [(row["place_id"], row["amount_wan"]) for row in allocation(plan).to_dicts()] == [
        ("a", 0.02),
        ("b", 0.01),
        ("c", 0.02),
    ]


def test_a_place_takes_only_its_own_part_of_a_shared_project() -> None:
    """Of 100 at a:0.7;b:0.3, money earmarked for b pays 30 of 50 and the rest stays."""
    plan = planned(
        Case(
            {"f": fund(50, per_place=["b"])},
            [project("P", 100, place="a:0.7;b:0.3", benefit=100)],
            places=[{"id": p, "name": p, "level": "village"} for p in "ab"],
        )
    )
    assert amounts(plan) == {("P", "b", "f", 2021): 3000}
    assert plan.benefit == pytest.approx(30)
    assert stage_values(plan)["unallocated"] == pytest.approx(20)


def test_a_required_project_is_paid_in_full_and_a_forbidden_one_not_at_all() -> None:
    """100 万元: worthless R (required, 40) comes first, the best F (forbidden) gets nothing, G the rest.

    Half of R is self-raised, so its public cost is 20: G gets 80 of its 90.
    """
    plan = planned(
        Case(
            {"f": fund(100)},
            [
                project("R", 40, required="true", self_raised_share=0.5),
                project("F", 50, forbidden="true", benefit=5000),
                project("G", 90, benefit=90),
            ],
        )
    )
    assert by_project(plan) == {"R": 2000, "G": 8000}
    assert plan.benefit == pytest.approx(80)


def test_what_a_self_raised_share_leaves_is_rounded_up_to_a_unit() -> None:
    """0.33 万元 with a third (0.333) self-raised: 0.33 · 0.667 = 0.22011, so 0.23 万元 of public money."""
    plan = planned(Case({"f": fund(1)}, [project("A", 0.33, self_raised_share=0.333, benefit=1)]))
    assert by_project(plan) == {"A": 23}
    assert plan.benefit == pytest.approx(1)


def test_a_plan_that_cannot_keep_all_rules_is_a_conflict() -> None:
    """A village of 20 万元 projects cannot take 30."""
    floor = {"kind": "place_floor", "each": "village", "at_least_wan": 30}
    case = Case({"f": fund(50)}, [project("A", 20, benefit=1)], rules={"floor": floor})
    with pytest.raises(ConflictError) as caught:
        planned(case)
    codes = [message.code for message in caught.value.messages]
    assert codes == ["infeasible", "preflight_projects", "conflict_alone", "concession_wan"]
    assert by_project(planned(case.but(rules={"floor": {**floor, "at_least_wan": 20}}))) == {"A": 2000}


def test_two_required_projects_above_the_money_are_a_conflict() -> None:
    """60 + 50 > 100."""
    case = Case(
        {"f": fund(100)},
        [
            project("A", 60, required="true", benefit=1),
            project("B", 50, required="true", benefit=1),
        ],
    )
    with pytest.raises(ConflictError):
        planned(case)


@pytest.mark.parametrize("method", ["simplex", "ipm"])
def test_an_iteration_limit_ends_in_a_limit_error_that_names_the_stage(method: str) -> None:
    """One iteration is not enough for forty projects under a rising share."""
    case = Case(
        {"f": fund(100), "g": fund(70, categories=[INDUSTRY])},
        [
            project(f"P{i}", 7 + i % 5, INDUSTRY if i % 2 else BUILDING, benefit=3 + i * i % 11)
            for i in range(40)
        ],
        years=(2021, 2023),
        rules={
            "r": {"kind": "rising_share", "categories": [INDUSTRY], "start": 0.4, "step": 0.05},
        },
    )
    settings = SolverSettings(method="ipm" if method == "ipm" else "simplex", iterations=1)
    with pytest.raises(LimitError) as caught:
        planned(case, settings)
    (message,) = caught.value.messages
    assert (message.code, message.fields) == ("limit_reached", {"stage": "benefit"})


def test_an_interior_point_that_goes_round_for_ever_is_decided_by_simplex(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As if no number of its steps were enough: the plan is the same, and nobody is told of a limit."""
    case = Case({"f": fund(100)}, [project(f"P{i}", 7 + i % 5, benefit=3 + i * i % 11) for i in range(40)])
    plan = planned(case)
    monkeypatch.setattr("zxsim.optimize.highs.MOST_IPM_ITERATIONS", 0)
    assert planned(case, SolverSettings(method="ipm")).units.tolist() == plan.units.tolist()


def test_the_allocation_table_says_the_money_in_wan_by_project_place_fund_and_year() -> None:
    """One row a cell with money, sorted, nothing for cells at zero."""
    plan = planned(
        Case(
            {"g": fund(10.5, categories=[OTHER]), "f": fund(20)},
            [project("B", 10.5, OTHER, benefit=2), project("A", 20, benefit=1)],
        )
    )
    expected = pl.DataFrame(
        {
            "project_id": ["A", "B"],
            "place_id": ["v", "v"],
            "category": [INDUSTRY, OTHER],
            "fund_id": ["f", "g"],
            "year": np.array([2021, 2021]),
            "amount_wan": [20.0, 10.5],
        }
    )
    assert allocation(plan).equals(expected)
