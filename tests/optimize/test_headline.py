"""The plan nearest to equal money per head that the headline compares with, solved by hand."""

from io import StringIO

import pytest
from rich.console import Console

from tests.scenarios import VILLAGE, Case, fund, planned, project
from zxsim.optimize.headline import compared, places_with_people
from zxsim.optimize.solution import SolverSettings
from zxsim.report.terminal import PlanScreen

BUILDING = "乡村建设行动"


def three(money: float = 40, **rules: dict[str, object]) -> Case:
    """Villages a (100 persons), b (300) and c (not given) in town t; worth 3, 1 and 2 a 万元."""
    return Case(
        {"f": fund(money)},
        [
            project("A", 100, place="a", benefit=300),
            project("B", 100, place="b", benefit=100),
            project("C", 100, place="c", benefit=200),
        ],
        places=[
            {"id": "t", "name": "t", "level": "town", "population": 500},
            {"id": "a", "name": "a", "level": "village", "parent": "t", "population": 100},
            {"id": "b", "name": "b", "level": "village", "parent": "t", "population": 300},
            {"id": "c", "name": "c", "level": "village", "parent": "t"},
        ],
        rules=rules,
    )


def shares(case: Case) -> dict[str, float]:
    """万元 by project in the plan nearest to equal money per head."""
    plan = planned(case)
    found = compared(plan.model, plan.chain, SolverSettings()).equal
    assert found is not None
    layout = plan.loaded.layout
    names = [layout.project_ids[i] for i in layout.column_project]
    return {name: round(amount, 6) for name, amount in zip(names, found.tolist(), strict=True)}


def test_places_with_people_are_the_lowest_that_have_a_population() -> None:
    """A and b; c has none, and t holds a and b."""
    layout = planned(three()).loaded.layout
    assert [layout.places.ids[i] for i in places_with_people(layout)] == ["a", "b"]


def test_money_is_shared_by_heads_where_no_rule_forbids_it() -> None:
    """Without C, 40 万元 at 0.1 a head: 10 for a, 30 for b, worth 30 + 30; the best plan is worth 120."""
    case = three()
    case = case.but(projects=case.projects[:2])
    assert shares(case) == {"A": 10, "B": 30}
    plan = planned(case)
    assert plan.benefit == pytest.approx(120)
    assert plan.equal_benefit == pytest.approx(60)


def test_a_rule_is_kept_before_money_is_shared() -> None:
    """B takes at most 20 by its cost: a gets the other 20 although it is beyond its share."""
    case = three()
    small = [case.projects[0], project("B", 20, place="b", benefit=20)]
    assert shares(case.but(projects=small)) == {"A": 20, "B": 20}


def test_a_tier_is_kept_before_money_is_shared() -> None:
    """20 of a's 100 persons need water, which costs 1 万元 each: 20 for a, 20 for b."""
    case = three()
    case = case.but(
        projects=[project("A", 100, BUILDING, place="a", benefit=1), case.projects[1]],
        places=[{**row, "base_w": 0.5} for row in case.places],
        indicators={"w": {"counts": "persons"}},
        effects={"w": {"kind": "coverage", "indicator": "w", "projects": ["A"], "heads": 100}},
        targets={"w": {"indicator": "w", "relation": ">=", "value": 0.7, "tier": 1, "places": ["a"]}},
    )
    assert shares(case) == {"A": 20, "B": 20}


def test_one_place_is_compared_with_nothing() -> None:
    """A single village has no equal."""
    village = {**VILLAGE, "population": 100}
    plan = planned(Case({"f": fund(10)}, [project("A", 10, benefit=1)], places=[village]))
    assert plan.equal_benefit is None


@pytest.mark.parametrize("money", [0, 40])
def test_the_screen_shows_both_plans_beside_the_best(money: float) -> None:
    """Both on the line of the benefit; without money there is nothing to be more than."""
    written = StringIO()
    PlanScreen("en", Console(file=written, width=200)).plan(planned(three(money)))
    (line,) = [line for line in written.getvalue().splitlines() if line.startswith("Benefit:")]
    assert "in library order" in line
    assert "nearest to equal per head" in line
    assert line.count("more by") == (2 if money else 0)
