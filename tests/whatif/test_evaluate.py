"""Evaluating plans by hand: what is broken and by how much, what is reached, how far from the best."""

import polars as pl
import pytest

from tests.scenarios import COMMITMENT, Case, amounts, fund, loaded, planned, project
from tests.whatif.plans import ONE, SMALL, Amounts, evaluated, simply

A21, A22 = ("A", "v1", "city", 2021), ("A", "v1", "city", 2022)
ODD: Amounts = {A21: 3000, ("B", "v2", "city", 2021): 7500}


def broken_of(case: Case, given: Amounts) -> list[tuple[object, ...]]:
    """Kind, clause, project, year, both sides and by how much, of all that a plan breaks."""
    found = evaluated(loaded(case), given).broken
    return found.select("kind", "clause", "project_id", "year", "lhs", "rhs", "missing").rows()


def test_the_best_plan_is_no_distance_from_itself() -> None:
    """The optimum keeps all rules and has its own benefit, stages and tables."""
    plan = planned(SMALL)
    found = evaluated(loaded(SMALL), amounts(plan))
    assert found.kept
    assert found.plan.benefit == plan.benefit
    assert found.distance is not None
    assert (found.distance.benefit, found.distance.moved_wan, found.distance.share) == (0.0, 0.0, 0.0)
    assert [stage.name for stage in found.plan.chain.stages] == [stage.name for stage in plan.chain.stages]
    for here, there in zip(found.plan.chain.stages, plan.chain.stages, strict=True):
        assert here.value == pytest.approx(there.value, abs=1e-9)


def test_rules_costs_and_money_are_broken_by_exact_amounts() -> None:
    """Industry has 30 of 100 where half is asked for; the fund pays 105 of 100; a part costs 50, not 75."""
    assert broken_of(SMALL, ODD) == [
        ("budget", "甲-01", "", 2021, 105.0, 100.0, 5.0),
        ("category_share", "乙-02", "", 2021, 0.3, 0.5, 0.2),
        ("cost", "", "B", None, 75.0, 50.0, 25.0),
    ]


def test_money_where_none_may_be_is_named_by_cell_and_counted_everywhere() -> None:
    """Category, place and window are broken each in its own cell; the sums hold the money all the same."""
    given: Amounts = {
        A21: 5000,
        ("C", "v2", "town", 2021): 100,
        ("C", "v2", "city", 2021): 200,
        ("B", "v2", "town", 2022): 300,
    }
    found = evaluated(loaded(SMALL), given)
    assert found.broken.select("kind", "project_id", "fund_id", "cell").rows() == [
        ("window", "C", "city", "C-v2-city-2021"),
        ("window", "C", "town", "C-v2-town-2021"),
        ("fund_category", "C", "town", "C-v2-town-2021"),
        ("fund_place", "B", "town", "B-v2-town-2022"),
        ("fund_place", "C", "town", "C-v2-town-2021"),
    ]
    assert found.plan.spent_units == 5600
    assert found.plan.benefit == pytest.approx(160 * 50 / 80 + 3 + 20 * 3 / 40)


def test_distance_is_the_money_that_differs_over_the_money_of_both() -> None:
    """A 70 and B 30 is best of 100; A 50 and C 50 differs by 20 + 30 + 50 of 200, and is worth 70 less."""
    found = evaluated(loaded(ONE), simply({"A": 5000, "C": 5000}))
    assert found.kept
    assert found.distance is not None
    assert found.distance.moved_wan == 100.0
    assert found.distance.share == 0.5
    assert found.distance.benefit == pytest.approx(270 - 200)
    reached = {name: values for name, *values in found.distance.stages}
    assert reached["benefit"] == pytest.approx([200, 270])


def test_interchangeable_funds_are_no_distance() -> None:
    """Two funds of the same kind: the same money from the other one is the same plan."""
    case = ONE.but(funds={"f": fund(50), "g": fund(50)})
    found = evaluated(
        loaded(case), {("A", "v", "g", 2021): 5000, ("A", "v", "f", 2021): 2000, ("B", "v", "f", 2021): 3000}
    )
    assert found.distance is not None
    assert found.distance.moved_wan == 0.0


@pytest.mark.parametrize(
    ("cells", "given", "kinds"),
    [
        ({"mode": "whole"}, {"A": 6900}, ["whole"]),
        ({"mode": "whole"}, {"A": 7000}, []),
        ({"minimum_wan": 30}, {"A": 2999}, ["minimum"]),
        ({"minimum_wan": 30}, {"A": 3000}, []),
        ({"required": "true"}, {"A": 6999}, ["required"]),
        ({"requires": "B"}, {"A": 100, "B": 5999}, ["requires"]),
        ({"requires": "B"}, {"A": 100, "B": 6000}, []),
        ({"excludes": "C"}, {"A": 100, "C": 1}, ["excludes"]),
        ({"forbidden": "true"}, {"A": 1}, ["forbidden"]),
        ({"mode": "fixed", "outlay": "2021:70"}, {"A": 7000}, []),
        ({"mode": "fixed", "outlay": "2021:70"}, {"A": 4000}, ["whole", "outlay"]),
    ],
)
def test_facts_about_projects(cells: dict[str, object], given: dict[str, int], kinds: list[str]) -> None:
    """All or nothing, least amounts, outlays, links, required and forbidden: broken by a unit, kept at it."""
    rows = [{**ONE.projects[0], **cells}, *ONE.projects[1:]]
    found = evaluated(loaded(ONE.but(projects=rows)), simply(given))
    assert found.broken["kind"].to_list() == kinds


def test_promises_and_decided_years() -> None:
    """A decided year must be as it is, a later promise is a least amount."""
    promised = [
        dict(zip(COMMITMENT, row, strict=True))
        for row in (("A", "", "f", 2021, 20), ("B", "", "f", 2022, 10))
    ]
    case = ONE.but(years=(2021, 2022), commitments=promised, decided_through=2021)
    given = {("A", "v", "f", 2021): 2100, ("B", "v", "f", 2022): 999}
    assert broken_of(case, given) == [
        ("decided", "", "A", 2021, 21.0, 20.0, 1.0),
        ("commitment", "", "B", 2022, 9.99, 10.0, 0.01),
    ]


def test_an_eligibility_rule_is_named_with_its_clause() -> None:
    """A project that the rule keeps out of the fund is broken by its clause."""
    rows = [{**row, "status": "planned" if row["id"] != "C" else "idea"} for row in ONE.projects]
    rule = {"kind": "eligibility", "clause": "丙-03", "where": {"status": ["planned"]}}
    found = broken_of(ONE.but(projects=rows, rules={"library": rule}), simply({"A": 100, "C": 50}))
    assert found == [("eligibility", "丙-03", "C", 2021, 0.5, 0.0, 0.5)]


def test_a_plan_is_scored_where_no_plan_keeps_the_rules() -> None:
    """Rules in conflict leave no best plan to compare with, and every score of the given one."""
    rule = {"kind": "place_floor", "places": ["v"], "at_least_wan": 200, "per": "year"}
    found = evaluated(loaded(ONE.but(rules={"floor": rule})), simply({"A": 7000}))
    assert found.distance is None
    assert found.no_optimum
    assert found.plan.benefit == pytest.approx(210)
    assert found.broken["missing"].to_list() == [130.0]


def test_a_soft_rule_counts_in_its_tier_and_breaks_nothing() -> None:
    """A floor of 80 for project B's category, 60 missing of 80 at weight 1."""
    rows = [ONE.projects[0], {**ONE.projects[1], "category": "就业项目"}, ONE.projects[2]]
    rule = {
        "kind": "category_share",
        "categories": ["就业项目"],
        "at_least": 0.4,
        "soft": {"tier": 1, "weight": 1},
    }
    found = evaluated(loaded(ONE.but(projects=rows, rules={"jobs": rule})), simply({"A": 7000, "B": 1000}))
    assert found.kept
    assert found.plan.chain.stages[0].name == "tier1"
    assert found.plan.chain.stages[0].value == pytest.approx(0.75)
    assert found.plan.reasons[0].status == "full"
    assert isinstance(found.broken, pl.DataFrame)


def test_the_plan_without_any_money_is_a_plan() -> None:
    """Nothing allocated keeps budgets, and all money is left."""
    case = ONE.but(projects=[project("A", 70, benefit=210)])
    found = evaluated(loaded(case), {})
    assert found.kept
    assert found.plan.chain.stages[-3].value == 100.0
