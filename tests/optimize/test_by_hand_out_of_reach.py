"""Targets that no money can reach, worked out by hand: what is unavoidable, and who comes first."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.scenarios import Case, by_project, fund, planned, project, stage_values
from tests.strategies import WATER
from zxsim.runs.tables import targets

BUILDING = "乡村建设行动"
VILLAGE = {"level": "village", "population": 100, "base_w": 0}
FAR: Mapping[str, Any] = {"indicator": "w", "relation": ">=", "value": 1, "tier": 1, "places": ["a"]}
NEAR: Mapping[str, Any] = {**FAR, "places": ["b"], "value": 0.5}
TWO = Case(
    {"f": fund(30)},
    [
        project("A", 60, BUILDING, "a", beneficiary_persons=60, benefit=600),
        project("B", 30, BUILDING, "b", beneficiary_persons=50),
    ],
    places=[{"id": p, "name": p, **VILLAGE} for p in "ab"],
    **WATER,
    targets={"far": {**FAR, "weight": 100}, "near": NEAR},
)
COLUMNS = ("target", "planned", "shortfall", "unavoidable", "state")


def test_what_cannot_be_reached_takes_nothing_from_what_can() -> None:
    """The library serves 60 of the 100 in a, however much money: 0.4 is unavoidable, even at weight 100.

    So the 30 万元 go to B, which reaches its 0.5; the far target's stage comes after and finds nothing left.
    """
    plan = planned(TWO)
    assert by_project(plan) == {"B": 3000}
    assert list(stage_values(plan))[:2] == ["tier1", "tier1_out_of_reach"]
    assert stage_values(plan)["tier1"] == pytest.approx(0)
    assert stage_values(plan)["tier1_out_of_reach"] == pytest.approx(100)
    assert targets(plan).select(COLUMNS).rows() == [
        ("far", 0, 1, pytest.approx(0.4), "out_of_reach"),
        ("near", 0.5, 0, None, "met"),
    ]


def test_what_is_left_goes_as_far_as_it_can() -> None:
    """With 70 万元 the far target gets 40 of the 60 that A costs: 40 heads."""
    plan = planned(TWO.but(funds={"f": fund(70)}))
    assert by_project(plan) == {"A": 4000, "B": 3000}
    assert targets(plan)["planned"].to_list() == pytest.approx([0.4, 0.5])


def test_it_comes_before_the_next_tier() -> None:
    """Out of reach in tier 1 is still before what can be reached in tier 2."""
    plan = planned(TWO.but(targets={"far": FAR, "near": {**NEAR, "tier": 2}}))
    assert by_project(plan) == {"A": 3000}
    assert list(stage_values(plan))[:3] == ["tier1_out_of_reach", "tier2", "benefit"]


def test_a_target_missed_for_lack_of_money_or_because_of_a_rule_is_not_out_of_reach() -> None:
    """Unlimited money drops budgets and rules: 0.6 can be reached in a, were there 60 万元 and no cap."""
    cap = {"kind": "category_share", "categories": [BUILDING], "at_most": 0.5}
    plan = planned(TWO.but(targets={"far": {**FAR, "value": 0.6}}, rules={"r": cap}))
    assert targets(plan).select(COLUMNS).rows() == [("far", 0.15, pytest.approx(0.45), None, "missed")]


@pytest.mark.parametrize(
    ("cells", "unavoidable"),
    [({"first_year": 2022}, 1), ({"forbidden": "true"}, 1), ({"self_raised_share": 0.5}, 0.4)],
    ids=["later", "forbidden", "self-raised"],
)
def test_years_and_facts_of_the_library_are_kept(cells: Mapping[str, object], unavoidable: float) -> None:
    """In 2021 nobody can be served by a project of 2022, nor by one that is forbidden."""
    case = TWO.but(
        projects=[{**TWO.projects[0], **cells}, TWO.projects[1]],
        years=(2021, 2022),
        targets={"far": {**FAR, "years": [2021, 2021]}},
    )
    assert targets(planned(case))["unavoidable"].to_list() == pytest.approx([unavoidable])


INCOME = {"level": "village", "population": 100, "income_year": 2020, "trend": 0}


@pytest.mark.parametrize(
    ("keys", "missing"),
    [
        ({"relation": ">=", "value": 12000}, 800),
        ({"relation": "growth", "value": 0.2, "base_year": 2020}, 0.08),
        ({"relation": "ratio_to_parent", "than": "b", "value": 0.6}, 0.04),
    ],
)
def test_what_is_unavoidable_is_in_the_unit_of_the_relation(keys: Mapping[str, Any], missing: float) -> None:
    """10,000 yuan, and 12 万元 at most that yield all they cost for 100 people: 11,200, a growth of 0.12.

    b has 20,000: 11,200 is 0.56 of it. There is money enough, so that what is missing is unavoidable.
    """
    case = TWO.but(
        projects=[project("A", 12, place="a", benefit=1)],
        places=[{"id": p, "name": p, **INCOME, "income_yuan": y} for p, y in (("a", 10000), ("b", 20000))],
        indicators={},
        effects={"o": {"kind": "asset_yield", "projects": ["A"], "yield": 1, "life": 9, "lag": 0}},
        targets={"far": {**FAR, "indicator": "income", **keys}},
    )
    row = targets(planned(case)).row(0, named=True)
    assert (row["shortfall"], row["unavoidable"]) == pytest.approx((missing, missing))


def test_a_filter_of_eligible_projects_is_a_fact_as_well() -> None:
    """An idea cannot be paid by any money."""
    rule = {"kind": "eligibility", "where": {"status": ["planned"]}}
    rows = [{**row, "status": status} for row, status in zip(TWO.projects, ["idea", "planned"], strict=True)]
    plan = planned(TWO.but(projects=rows, rules={"r": rule}))
    assert targets(plan)["unavoidable"].to_list() == [1, None]


def test_years_that_are_over_are_kept() -> None:
    """In 2021 A got 6 万元 and serves 6 heads: the rest of that year can no longer be had."""
    paid = {"project": "A", "place": "", "fund": "f", "year": 2021, "amount_wan": 6}
    case = TWO.but(
        years=(2021, 2022),
        decided_through=2021,
        commitments=[paid],
        targets={"far": {**FAR, "value": 0.5, "years": [2021, 2022]}},
    )
    assert targets(planned(case)).select("year", "planned", "unavoidable", "state").rows() == [
        (2021, pytest.approx(0.06), pytest.approx(0.44), "out_of_reach"),
        (2022, pytest.approx(0.36), None, "missed"),
    ]


def test_a_band_that_cannot_be_kept_on_either_side_says_by_how_much() -> None:
    """Base 0.8 and nobody to take away: at most 0.7 is missed by 0.1, whatever is paid."""
    rows = [{**row, "base_w": 0.8} for row in TWO.places]
    target = {**FAR, "relation": "between", "value": 0.5, "upper": 0.7}
    plan = planned(TWO.but(places=rows, targets={"far": target}))
    assert by_project(plan).get("A", 0) == 0
    row = targets(plan).row(0, named=True)
    assert (row["unavoidable"], row["state"]) == (pytest.approx(0.1), "out_of_reach")


def test_two_targets_that_only_contradict_each_other_are_both_within_reach() -> None:
    """At least 0.5 and at most 0.2 of the same 100 heads: each alone can be had, so the tier weighs them.

    Missing 0.3 of 0.2 costs 1.5, missing 0.3 of 0.5 costs 0.6: the upper one is kept.
    """
    against: Mapping[str, Mapping[str, Any]] = {
        "least": {**FAR, "value": 0.5},
        "most": {**FAR, "relation": "<=", "value": 0.2},
    }
    plan = planned(TWO.but(targets=against))
    assert "tier1_out_of_reach" not in stage_values(plan)
    assert stage_values(plan)["tier1"] == pytest.approx(0.6)
    assert by_project(plan)["A"] == 2000
