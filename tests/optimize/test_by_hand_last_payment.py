"""Projects that take effect with their last payment, by hand: coverage by year, benefit by date."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.scenarios import VILLAGE, Case, amounts, fund, planned, project, stage_values
from zxsim.optimize.plan import Plan
from zxsim.runs.tables import targets

BUILDING = "乡村建设行动"
YEARS = (2021, 2023)
PLACE = {**VILLAGE, "population": 100, "base_w": 0}
WATER: Mapping[str, Any] = {
    "indicators": {"w": {"counts": "persons"}},
    "effects": {"w": {"kind": "coverage", "indicator": "w", "categories": [BUILDING], "heads": 60}},
}
REACHED: Mapping[str, Any] = {
    "indicator": "w",
    "places": ["v"],
    "years": list(YEARS),
    "relation": ">=",
    "value": 0.6,
    "tier": 1,
}
"""Pipes for 60 of 100 heads: 0.6 is reached in the year in which all of them are paid for."""


def piped(money: Mapping[int, int], target: Mapping[str, Any] = REACHED, **cells: Any) -> Case:
    """Return a case with one project of 30 万元 for 60 heads and so much money a year."""
    return Case(
        {"f": fund(money)},
        [project("P", 30, BUILDING, **cells)],
        years=YEARS,
        places=[PLACE],
        targets={"w": target},
        benefit={"discount_rate": 0},
        **WATER,
    )


def coverage(plan: Plan) -> list[float]:
    """Coverage by year as the table of targets prints it."""
    return [round(value, 9) for value in targets(plan)["planned"].to_list()]


@pytest.mark.parametrize(
    ("cells", "planned_"),
    [
        ({"mode": "divisible"}, [0.2, 0.4, 0.6]),
        ({"mode": "whole"}, [0, 0, 0.6]),
        ({"mode": "whole", "last_year": 2022}, [0, 0, 0]),
        ({"mode": "fixed", "outlay": "10;10;10"}, [0, 0, 0.6]),
        ({"mode": "fixed", "outlay": "10;20"}, [0, 0, 0]),
        ({"mode": "divisible", "minimum_wan": 15}, [0.2, 0.4, 0.6]),
    ],
    ids=["in any part", "whole", "too late to be whole", "fixed", "no year has 20", "a minimum is no whole"],
)
def test_coverage_rises_with_the_last_payment(cells: Mapping[str, Any], planned_: list[float]) -> None:
    """Ten a year for three years; the pipes cost thirty."""
    assert coverage(planned(piped({2021: 10, 2022: 10, 2023: 10}, **cells))) == planned_


@pytest.mark.parametrize(
    ("cells", "year"),
    [
        ({"mode": "whole"}, 2021),
        ({"mode": "whole", "first_year": 2022}, 2022),
        ({"mode": "fixed", "outlay": "2021:10;2023:20"}, 2023),
        ({"mode": "fixed", "outlay": "20;10"}, 2022),
        ({"mode": "fixed"}, 2021),
    ],
)
def test_last_payment_comes_as_early_as_the_mode_allows(cells: Mapping[str, Any], year: int) -> None:
    """There is money for all of it in each year, and the target is worth most if it is reached early."""
    found = coverage(planned(piped({2021: 30, 2022: 30, 2023: 30}, **cells)))
    assert found == [0.6 if y >= year else 0 for y in range(YEARS[0], YEARS[1] + 1)]


def test_a_limit_from_above_is_not_met_by_calling_a_paid_project_incomplete() -> None:
    """Twenty-nine and a half years' work is no pipe: at most 0.5 until 2022 makes the last cent wait.

    The tier allows nothing above 0.5 in 2021 and 2022; benefit wants all thirty spent. So a cent at least is
    paid in 2023, although nothing else stands against paying all of it at once.
    """
    target = {**REACHED, "relation": "<=", "value": 0.5, "years": [2021, 2022]}
    case = piped({2021: 30, 2022: 30, 2023: 30}, target, mode="whole", benefit=1).but(
        benefit={"source": "own"}
    )
    plan = planned(case)
    assert stage_values(plan)["tier1"] == 0
    assert coverage(plan) == [0, 0]
    assert amounts(plan) == {("P", "v", "f", 2021): 2999, ("P", "v", "f", 2023): 1}


def test_benefit_is_discounted_from_the_year_of_the_last_payment() -> None:
    """60 heads of 1,000 yuan are 6 万元, paid for in the third year: 6 / 1.1²; in any part, 2 a year."""
    case = piped({2021: 10, 2022: 10, 2023: 10}).but(
        targets={}, benefit={"discount_rate": 0.1, "coverage_yuan": {"w": 1000}}
    )
    assert planned(case).benefit == pytest.approx(2 + 2 / 1.1 + 2 / 1.21)
    (row,) = case.projects
    whole = case.but(projects=[{**row, "mode": "whole"}])
    assert planned(whole).benefit == pytest.approx(6 / 1.21)
    fixed = case.but(projects=[{**row, "mode": "fixed", "outlay": "2021:10;2022:10;2023:10"}])
    assert planned(fixed).benefit == pytest.approx(6 / 1.21)


def test_two_halves_of_a_whole_project_take_effect_together() -> None:
    """The part at a is paid in 2021, the part at b in 2022; both places are served from 2022 on."""
    places = [{**PLACE, "id": "a"}, {**PLACE, "id": "b"}]
    case = Case(
        {"f": fund({2021: 15, 2022: 15}), "g": fund(0.01, places=["a"])},
        [project("P", 30, BUILDING, "a:0.5;b:0.5", mode="whole")],
        years=(2021, 2022),
        places=places,
        targets={"w": {**REACHED, "places": ["a", "b"], "years": [2021, 2022], "value": 0.3}},
        benefit={"discount_rate": 0},
        **WATER,
    )
    found = targets(planned(case)).sort("place_id", "year")["planned"].to_list()
    assert found == pytest.approx([0, 0.3, 0, 0.3])
