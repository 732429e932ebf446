"""Links, outlays, minima and counts worked out by hand: which projects are chosen, and what they get when."""

from typing import Any

import numpy as np
import pytest

from tests.scenarios import VILLAGE, Case, amounts, by_project, fund, loaded, planned, project
from zxsim.errors import ConflictError
from zxsim.optimize.build import build
from zxsim.optimize.highs import solve_integer
from zxsim.optimize.solution import Face, IntegerLimits

INDUSTRY = "产业发展"


def case_of(*rows: Any, wan: Any = 10, **parts: Any) -> Case:
    """Return a case of some projects and one fund."""
    return Case({"f": fund(wan)}, rows, **parts)


@pytest.mark.parametrize(
    ("outlay", "paid"),
    [
        ("2021:4;2023:6", {2021: 400, 2023: 600}),
        ("4;6", {2021: 400, 2022: 600}),
        ("7;3", {2022: 700, 2023: 300}),
        ("", {2022: 1000}),
    ],
    ids=[
        "by calendar year",
        "from the first year",
        "from the second year",
        "all in the one year that has it",
    ],
)
def test_a_fixed_project_gets_its_outlay_and_nothing_else(outlay: str, paid: dict[int, int]) -> None:
    """There are 6, 10 and 6 a year: 7 can be paid in the second only, and the earlier start is preferred."""
    row = project("P", 10, mode="fixed", outlay=outlay, benefit=100)
    plan = planned(case_of(row, wan={2021: 6, 2022: 10, 2023: 6}, years=(2021, 2023)))
    assert {year: units for (_, _, _, year), units in amounts(plan).items()} == paid


def test_the_outlay_of_a_year_is_shared_by_places_and_funds() -> None:
    """10 and 10 a year over two places of 12 and 8; f has 6 a year, so g pays at least 4 and 4."""
    case = Case(
        {"f": fund(6), "g": fund(5, places=["a"])},
        [project("P", 20, place="a:0.6;b:0.4", mode="fixed", outlay="10;10", benefit=1)],
        years=(2021, 2022),
        places=[{**VILLAGE, "id": "a"}, {**VILLAGE, "id": "b"}],
    )
    paid = amounts(planned(case))
    for key, wanted in (("a", 1200), ("b", 800), (2021, 1000), (2022, 1000)):
        assert sum(units for cell, units in paid.items() if key in cell) == wanted


def test_an_outlay_that_no_year_can_pay_is_left_out() -> None:
    """7 a year is less than 8, although the two years together hold 14."""
    plan = planned(case_of(project("P", 8, mode="fixed", benefit=1), wan=7, years=(2021, 2022)))
    assert by_project(plan) == {}


def test_a_choice_that_the_presolve_of_highs_cuts_off_is_found() -> None:
    """60 fit in the third year beside 3 that must be paid; HiGHS 1.12 to 1.15 presolves the 60 away."""
    rows = [
        project("B", 1, place="a", mode="whole", required="true"),
        project("D", 1, place="a", mode="whole", last_year=2021, forbidden="true"),
        project("F", 1, place="a", mode="whole", last_year=2021, forbidden="true", requires="B"),
        project("H", 1, place="a", mode="whole", required="true", requires="B"),
        project("K", 60, place="a:0.5;b:0.5", mode="fixed"),
        project("W", 1, place="a", required="true", benefit=0),
    ]
    places = [{**VILLAGE, "id": "a"}, {**VILLAGE, "id": "b"}]
    found = loaded(case_of(*rows, wan={2021: 20, 2022: 46, 2023: 60}, years=(2021, 2023), places=places))
    program = build(found.spec, found.layout).program
    spent = np.where(np.arange(len(program.integer)) < len(found.layout), -1.0, 0.0)
    answer = solve_integer(
        spent, Face.of(program), program.matrix, program.integer, limits=IntegerLimits(guessing=True)
    )
    assert float(spent @ answer.x) == pytest.approx(-63)


@pytest.mark.parametrize(
    ("cells", "wan", "paid"),
    [
        ({}, 10, {"A": 400, "B": 600}),
        ({}, 9, {"A": 300, "B": 600}),
        ({}, 6.5, {"A": 50, "B": 600}),
        ({}, 5, {"B": 200, "C": 300}),
        ({"minimum_wan": 2}, 5, {"A": 300, "B": 200}),
        ({"minimum_wan": 2}, 10, {"A": 400, "B": 300, "C": 300}),
        ({"mode": "whole"}, 9, {"A": 300, "B": 600}),
        ({"mode": "whole"}, 5, {"C": 300}),
    ],
)
def test_a_project_waits_until_what_it_requires_is_done(cells: Any, wan: Any, paid: dict[str, int]) -> None:
    """A is worth 10 a 万元, B 0.1 and C 1; A gets money only with all 6 of B, or with its minimum."""
    case = case_of(
        project("A", 4, benefit=40, requires="B"),
        project("B", 6, benefit=0.6, **cells),
        project("C", 3, benefit=3),
        wan=wan,
    )
    assert by_project(planned(case)) == paid


def test_a_chain_of_requirements_is_paid_from_its_end() -> None:
    """C requires B, B requires A, each costs 4: of 9 one would be left for C, of 11 there are three."""
    case = case_of(
        project("A", 4),
        project("B", 4, requires="A"),
        project("C", 4, requires="B", benefit=4),
        project("D", 9, mode="whole", benefit=2),
        wan=9,
    )
    assert by_project(planned(case)) == {"D": 900}
    richer = case.but(funds={"f": fund(11)})
    assert by_project(planned(richer)) == {"A": 400, "B": 400, "C": 300}


@pytest.mark.parametrize("named", [{"A": "B"}, {"B": "A"}, {"A": "B", "B": "A"}, {"B": "A;C"}])
@pytest.mark.parametrize(("wan", "paid"), [(10, {"A": 500, "C": 500}), (6, {"A": 500, "C": 100})])
def test_of_two_that_exclude_each_other_one_gets_nothing(
    named: dict[str, str], wan: int, paid: dict[str, int]
) -> None:
    """A 5 for 6 and C 5 for 3 beat B 10 for 8.5; alone, B would take all that A and C leave."""
    costs = {"A": (5, 6), "B": (10, 8.5), "C": (5, 3)}
    rows = [project(name, c, benefit=b, excludes=named.get(name, "")) for name, (c, b) in costs.items()]
    assert by_project(planned(case_of(*rows, wan=wan))) == paid
    rows = [project(name, c, benefit=b) for name, (c, b) in costs.items()]
    assert by_project(planned(case_of(*rows, wan=wan)))["B"] > 0


COUNT = {"kind": "project_count", "categories": [INDUSTRY], "each": "village"}


@pytest.mark.parametrize(
    ("limit", "there", "paid"),
    [
        ({"at_most": 2}, "", {"P": 300, "Q": 400}),
        ({"at_most": 2}, "茶", {"Q": 400}),
        ({"at_most": 2}, "茶;果", {}),
        ({"at_least": 1}, "茶", {"P": 300, "Q": 400}),
        ({"at_least": 2}, "茶", {"P": 600, "Q": 100}),
    ],
)
def test_a_count_takes_what_is_there_already(limit: Any, there: str, paid: dict[str, int]) -> None:
    """4 in 2021, 3 in 2022: Q, 8 for 16, ends in 2021; P, 6 for 6, takes the rest or, to count, its cost."""
    case = case_of(
        project("P", 6, benefit=6),
        project("Q", 8, benefit=16, last_year=2021),
        wan={2021: 4, 2022: 3},
        years=(2021, 2022),
        places=[{**VILLAGE, "leading_industries": there}],
        rules={"r": {**COUNT, "already": "leading_industries", **limit}},
    )
    assert by_project(planned(case)) == paid


def test_a_floor_that_whole_projects_cannot_reach_is_a_conflict() -> None:
    """Three must be paid in full and there is money for two."""
    rows = [project(name, 4, mode="whole", benefit=1) for name in "PQR"]
    with pytest.raises(ConflictError):
        planned(
            case_of(*rows, rules={"r": {"kind": "project_count", "categories": [INDUSTRY], "at_least": 3}})
        )
