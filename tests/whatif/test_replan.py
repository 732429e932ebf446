"""Replanning by hand: least change first, the forced amount and no more, and why each cell changed."""

import pytest

from tests.scenarios import COMMITMENT, Case, amounts, by_project, fund, loaded, planned, project
from tests.whatif.plans import ONE, SMALL, Amounts, cells_of, change_wan, simply
from zxsim.errors import ConflictError, Message
from zxsim.sheets.plan_sheet import Stranger
from zxsim.whatif.replan import Replanned, replan


def replanned(case: Case, approved: Amounts) -> Replanned:
    """Stay near a plan."""
    return replan(loaded(case), cells_of(approved))


def whys(found: Replanned) -> list[tuple[object, ...]]:
    """Project, year, before, after and why."""
    return found.changes.select("project_id", "year", "before_wan", "after_wan", "reason", "rule").rows()


@pytest.mark.parametrize(
    "approved",
    [amounts(planned(ONE)), simply({"A": 1234, "B": 5000, "C": 3766}), simply({"C": 1}), simply({})],
    ids=["optimum", "by hand", "nearly nothing", "nothing"],
)
def test_nothing_changed_changes_nothing(approved: Amounts) -> None:
    """A plan that keeps the rules stays to the unit, however far from the best."""
    found = replanned(ONE, approved)
    assert amounts(found.plan) == approved
    assert not len(found.changes)
    assert found.staying.kept
    assert found.plan.chain.unique


def test_like_funds_are_not_exchanged() -> None:
    """Two funds of one kind stay as they were approved, not as the library would deal them out."""
    case = ONE.but(funds={"f": fund(50), "g": fund(50)})
    approved = {("A", "v", "g", 2021): 5000, ("B", "v", "f", 2021): 3000, ("A", "v", "f", 2021): 2000}
    assert amounts(replanned(case, approved).plan) == approved


def test_a_cut_takes_the_forced_amount_where_it_costs_least() -> None:
    """The fund holds 20 less: 20 are cut, from the project that is worth least, because of the fund."""
    approved = simply({"A": 5000, "B": 3000, "C": 2000})
    found = replanned(ONE.but(funds={"f": fund(80)}), approved)
    assert by_project(found.plan) == {"A": 5000, "B": 3000}
    assert whys(found) == [("C", 2021, 20.0, 0.0, "because_rule", "f")]
    assert found.moved_wan == 20.0
    assert change_wan(found.plan) == pytest.approx(20)
    assert found.benefit_given_up == pytest.approx((210 + 20) - (150 + 60))
    assert found.staying.broken.select("kind", "missing").rows() == [("budget", 20.0)]


def test_more_money_changes_nothing_by_itself() -> None:
    """Least change comes before benefit: new money is left, and what that gives up is said."""
    found = replanned(ONE.but(funds={"f": fund(130)}), simply({"A": 7000, "B": 3000}))
    assert not len(found.changes)
    assert found.benefit_given_up == pytest.approx(60)


def test_a_cheaper_project_gives_back_what_it_no_longer_costs() -> None:
    """Project A costs 60 now: 10 of its 70 go, because of its cost, and nobody else gets them."""
    case = ONE.but(projects=[project("A", 60, benefit=210), *ONE.projects[1:]])
    found = replanned(case, simply({"A": 7000, "B": 3000}))
    assert whys(found) == [("A", 2021, 70.0, 60.0, "because_cost", "")]


def test_a_new_floor_moves_what_it_asks_for() -> None:
    """Three quarters must be for industry: B gives way to A by what is missing, within the same budget."""
    rows = [{**ONE.projects[0], "cost_wan": 90}, {**ONE.projects[1], "category": "就业项目"}]
    rule = {"kind": "category_share", "categories": ["产业发展"], "at_least": 0.75}
    found = replanned(ONE.but(projects=rows, rules={"least": rule}), simply({"A": 5000, "B": 5000}))
    assert by_project(found.plan) == {"A": 7500, "B": 2500}
    assert whys(found) == [
        ("A", 2021, 50.0, 75.0, "because_rule", "least"),
        ("B", 2021, 50.0, 25.0, "because_rule", "f"),
    ]


def test_a_project_all_or_nothing_stays_or_goes_as_a_whole() -> None:
    """Of A 40, B 30, C 20 all or nothing, 15 less money is met by dropping C alone, the smallest change."""
    rows = [
        project(name, cost, mode="whole", benefit=cost) for name, cost in (("A", 40), ("B", 30), ("C", 20))
    ]
    found = replanned(Case(funds={"f": fund(75)}, projects=rows), simply({"A": 4000, "B": 3000, "C": 2000}))
    assert by_project(found.plan) == {"A": 4000, "B": 3000}
    assert whys(found) == [("C", 2021, 20.0, 0.0, "because_rule", "f")]
    assert found.plan.status == "optimal"


def test_whole_projects_stay_where_nothing_changed() -> None:
    """All or nothing, with better ones in the library: the approved choice stays."""
    rows = [
        project(name, 30, mode="whole", benefit=worth) for name, worth in (("A", 90), ("B", 30), ("C", 20))
    ]
    approved = simply({"B": 3000, "C": 3000})
    found = replanned(Case(funds={"f": fund(65)}, projects=rows), approved)
    assert amounts(found.plan) == approved


def test_what_the_scenario_lost_is_listed_and_its_money_is_free() -> None:
    """A project that is gone, one that is forbidden, a year outside its window: each with its reason."""
    rows = [
        {**ONE.projects[0], "forbidden": "true"},
        {**ONE.projects[1], "first_year": 2022},
        ONE.projects[2],
    ]
    case = ONE.but(projects=rows, years=(2021, 2022))
    gone = Stranger(("Z", "v", "f", "2021"), 1000, Message("plan_project_unknown", {"given": "Z"}))
    approved = cells_of(simply({"A": 5000, "B": 1500, "C": 2500}))
    found = replan(loaded(case), approved, [gone])
    assert by_project(found.plan) == {"C": 2500}
    assert whys(found) == [
        ("A", 2021, 50.0, 0.0, "because_forbidden", ""),
        ("B", 2021, 15.0, 0.0, "because_window", ""),
        ("Z", 2021, 10.0, 0.0, "because_dropped", ""),
    ]
    assert found.staying.broken["kind"].to_list() == ["window", "forbidden"]


def test_decided_years_stay_as_they_were_decided() -> None:
    """Of a year that is over the commitments count, whatever was approved."""
    promised = [dict(zip(COMMITMENT, ("A", "", "f", 2021, 30), strict=True))]
    case = ONE.but(years=(2021, 2022), commitments=promised, decided_through=2021)
    approved = {("A", "v", "f", 2021): 2000, ("B", "v", "f", 2022): 4000}
    found = replanned(case, approved)
    assert amounts(found.plan) == {("A", "v", "f", 2021): 3000, ("B", "v", "f", 2022): 4000}
    assert whys(found) == [("A", 2021, 20.0, 30.0, "because_decided", "")]


def test_a_required_project_is_brought_in() -> None:
    """C is required now: 50 come in for it, 50 go elsewhere."""
    rows = [*ONE.projects[:2], {**ONE.projects[2], "required": "true"}]
    found = replanned(ONE.but(projects=rows), simply({"A": 7000, "B": 3000}))
    assert by_project(found.plan) == {"A": 5000, "C": 5000}
    assert {row[0]: row[4] for row in whys(found)}["C"] == "because_required"
    assert found.moved_wan == 100.0


def test_rules_in_conflict_are_a_conflict_here_too() -> None:
    """No plan is near where there is none."""
    rule = {"kind": "place_floor", "places": ["v"], "at_least_wan": 200, "per": "year"}
    with pytest.raises(ConflictError):
        replanned(ONE.but(rules={"floor": rule}), simply({"A": 7000}))


def test_places_and_years_are_cells_of_their_own() -> None:
    """The optimum of the small scenario stays cell by cell, and the headline is that of the scenario."""
    plan = planned(SMALL)
    found = replanned(SMALL, amounts(plan))
    assert amounts(found.plan) == amounts(plan)
    assert found.plan.library_benefit == plan.library_benefit
    assert not found.plan.marginals
    assert {one.reason for one in found.plan.reasons} <= {
        "funded",
        "stays_as_approved",
        "at_margin",
        "held_by_rule",
    }
