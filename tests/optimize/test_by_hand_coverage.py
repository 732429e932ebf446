"""Coverage of places that hold others, solved by hand: no village uses more than it has heads for."""

import pytest

from tests.scenarios import OWN, Case, by_project, fund, planned, project, stage_values
from zxsim.runs.tables import targets

BUILDING = "乡村建设行动"


def town(relation: str, value: float, money: float, **keys: object) -> Case:
    """A town of villages a (half of 100 served) and b (none of 100): WA serves 100 in a, WB 100 in b."""
    return Case(
        {"f": fund(money)},
        [
            project("WA", 20, BUILDING, place="a", benefit=40),
            project("WB", 40, BUILDING, place="b", benefit=1),
        ],
        places=[
            {"id": "t", "name": "t", "level": "town", "population": 200, "base_w": 0.25},
            {"id": "a", "name": "a", "level": "village", "parent": "t", "population": 100, "base_w": 0.5},
            {"id": "b", "name": "b", "level": "village", "parent": "t", "population": 100, "base_w": 0},
        ],
        indicators={"w": {"counts": "persons"}},
        effects={"w": {"kind": "coverage", "indicator": "w", "categories": [BUILDING], "heads": 100}},
        targets={
            "w": {"indicator": "w", "relation": relation, "value": value, "tier": 1, "places": ["t"], **keys}
        },
        benefit=OWN,
    )


def test_a_town_does_not_count_heads_that_a_village_cannot_use() -> None:
    """A can use 50 of its 100 heads: 10 万元. 0.75 of 200 is 150: 50 served, 50 in a, so 50 in b for 20 万元.

    With every head counted, 20 万元 in a alone would do.
    """
    plan = planned(town(">=", 0.75, 30))
    assert by_project(plan) == {"WA": 1000, "WB": 2000}
    assert targets(plan)["planned"].to_list() == pytest.approx([0.75])
    assert targets(plan)["state"].to_list() == ["met"]


def test_what_is_missing_in_the_programme_is_what_is_missing_in_the_table() -> None:
    """25 万元 reach 100 + 37.5 of 150 heads that 0.75 asks: (0.75 − 0.6875)/0.75."""
    plan = planned(town(">=", 0.75, 25))
    assert stage_values(plan)["tier1"] == pytest.approx((0.75 - 0.6875) / 0.75)
    assert targets(plan)["shortfall"].to_list() == pytest.approx([0.75 - 0.6875])


def test_paying_for_more_heads_than_a_village_has_is_not_forbidden() -> None:
    """60 万元 pay all, 100 heads in a among them, of which 50 count: the town is full, and so is a."""
    case = town(">=", 1, 60)
    villages = {**case.targets["w"], "places": ["a", "b"]}
    plan = planned(case.but(targets={**case.targets, "v": villages}))
    assert by_project(plan) == {"WA": 2000, "WB": 4000}
    assert targets(plan)["planned"].to_list() == pytest.approx([1, 1, 1])
    assert set(targets(plan)["state"]) == {"met"}


def test_a_cap_on_a_town_is_not_kept_by_counting_fewer_heads_than_are_paid_for() -> None:
    """At most 0.5 of 200: 50 more heads. Which count is not for it to choose: 10 万元, worth 20."""
    plan = planned(town("<=", 0.5, 60))
    assert by_project(plan) == {"WA": 1000}
    assert stage_values(plan)["tier1"] == pytest.approx(0)


def test_both_sides_of_a_town_are_rows_of_their_own() -> None:
    """Between 0.5 and 0.6: 50 to 70 more heads, so 10 万元 in a and 8 in b, or 14 in a by the line above.

    The upper side counts all that is paid for: 70 heads, 14 万元 in a (worth 28); the lower side sees 50
    of them, 0.5 in all, and is met.
    """
    plan = planned(town("between", 0.5, 60, upper=0.6))
    assert by_project(plan) == {"WA": 1400}
    (row,) = targets(plan).to_dicts()
    assert (row["planned"], row["upper"], row["state"]) == (pytest.approx(0.5), 0.6, "met")


def test_a_parent_is_not_understated_to_look_good_beside_it() -> None:
    """Village b must reach 0.6 of the town; 20 万元 go to a, which can use half of its heads, and 20 to b.

    b reaches 0.5. The programme sees a town of 0.25 + (100 + 50)/200 = 1 with every head counted, and misses
    (0.6 − 0.5)/(0.6 · 0.25). Could it choose how many heads of a count, it would choose none. Printed is
    what is there: the town is at 0.25 + (50 + 50)/200 = 0.75 and the ratio 2/3, so the target is met.
    """
    case = town("ratio_to_parent", 0.6, 40)
    rows = [dict(row, required="true") if row["id"] == "WA" else row for row in case.projects]
    plan = planned(case.but(targets={"r": {**case.targets["w"], "places": ["b"]}}, projects=rows))
    (row,) = targets(plan).to_dicts()
    assert by_project(plan) == {"WA": 2000, "WB": 2000}
    assert stage_values(plan)["tier1"] == pytest.approx(0.1 / 0.15)
    assert (row["planned"], row["shortfall"], row["state"]) == (pytest.approx(2 / 3), 0, "met")


def test_a_ratio_above_one_is_not_reached_by_heads_that_nobody_uses() -> None:
    """Village a must be 1.25 times the town: 100 heads paid in a count 50, so it is at 1 and the town at 0.5.

    0.8 · 1 = 0.8 is all that the town could be at. Money for b brings the town to 0.8 with 60 heads.
    """
    case = town("ratio_to_parent", 1.25, 60)
    plan = planned(case.but(targets={"r": {**case.targets["w"], "places": ["a"]}}))
    (row,) = targets(plan).to_dicts()
    assert row["planned"] <= 1 / (0.25 + 50 / 200) + 1e-9
    assert row["state"] == "met"
