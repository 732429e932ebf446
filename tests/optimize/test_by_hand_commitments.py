"""What is already decided, worked out by hand: lower bounds, and years that are over."""

import pytest

from tests.scenarios import Case, Row, amounts, by_project, fund, loaded, planned, project, stage_values
from zxsim.errors import ConflictError
from zxsim.runs.tables import targets

INDUSTRY, BUILDING = "产业发展", "乡村建设行动"


def decided(name: str, amount_wan: object, year: int = 2021, fund_id: str = "f", place: str = "") -> Row:
    """One row of commitments.csv."""
    return {"project": name, "place": place, "fund": fund_id, "year": year, "amount_wan": amount_wan}


PAIR = Case(
    {"f": fund(50)},
    [project("A", 40, benefit=40), project("B", 200, BUILDING, benefit=1000)],
    commitments=[decided("A", "20.005")],
)


def test_a_commitment_is_a_lower_bound_rounded_down_to_a_unit() -> None:
    """B is worth five times as much, yet A keeps its 20.00 of 20.005; what was changed is listed."""
    plan = planned(PAIR)
    assert by_project(plan) == {"A": 2000, "B": 3000}
    (change,) = plan.loaded.changes
    assert (change.file, change.record, change.given, change.used) == (
        "commitments.csv",
        "A",
        "20.005",
        "20.00",
    )


def test_more_than_is_committed_may_be_paid() -> None:
    """Where A is worth more, it gets all its 40."""
    better = PAIR.but(projects=[project("A", 40, benefit=400), PAIR.projects[1]])
    assert by_project(planned(better)) == {"A": 4000, "B": 1000}


def test_commitments_of_a_project_at_several_places_stand_at_theirs() -> None:
    """12 of the 30 in b are committed; the 70 in a, worth as much, get what is left but come first by id."""
    case = PAIR.but(
        projects=[project("P", 100, place="a:0.7;b:0.3", benefit=100)],
        places=[{"id": p, "name": p, "level": "village"} for p in "ab"],
        commitments=[decided("P", 12, place="b")],
    )
    found = amounts(planned(case))
    assert found[("P", "b", "f", 2021)] >= 1200
    assert sum(found.values()) == 5000


def test_commitments_that_a_rule_forbids_are_a_conflict() -> None:
    """20 of 50 for A, and no more than 10 % for industry: 5."""
    cap = {"kind": "category_share", "categories": [INDUSTRY], "at_most": 0.1}
    with pytest.raises(ConflictError):
        planned(PAIR.but(rules={"r": cap}))


PAST = Case(
    {"f": fund(50)},
    [project("A", 40, benefit=40), project("B", 90, BUILDING, benefit=450)],
    years=(2021, 2022),
    commitments=[decided("A", "12.34")],
    decided_through=2021,
)


def test_in_a_year_that_is_over_exactly_what_is_listed_is_paid() -> None:
    """12.34 of the 50 of 2021 were paid to A; B, not listed, got nothing. The 50 of 2022 go to B."""
    plan = planned(PAST)
    assert amounts(plan) == {("A", "v", "f", 2021): 1234, ("B", "v", "f", 2022): 5000}
    assert stage_values(plan)["unallocated"] == pytest.approx(37.66)


def test_what_a_year_that_is_over_left_can_be_carried_over() -> None:
    """The 37.66 left in 2021 are B's as well: 87.66 of its 90."""
    plan = planned(PAST.but(funds={"f": fund(50, carry_over=1)}))
    assert amounts(plan) == {("A", "v", "f", 2021): 1234, ("B", "v", "f", 2022): 8766}


def test_without_the_file_nothing_was_paid_in_a_year_that_is_over() -> None:
    """A warning says so."""
    plan = planned(PAST.but(commitments=None))
    assert amounts(plan) == {("B", "v", "f", 2022): 5000}
    assert [warning.code for warning in plan.loaded.warnings] == ["decided_without_commitments"]


def test_later_commitments_are_lower_bounds_still() -> None:
    """5 of 2022 for A beside what is over."""
    plan = planned(PAST.but(commitments=[decided("A", "12.34"), decided("A", 5, 2022)]))
    assert amounts(plan) == {
        ("A", "v", "f", 2021): 1234,
        ("A", "v", "f", 2022): 500,
        ("B", "v", "f", 2022): 4500,
    }


@pytest.mark.parametrize("paid", ["0.01", "7.77", "33.33"])
def test_rounding_never_moves_a_year_that_is_over(paid: str) -> None:
    """Both years together are to have 0.333333 for A, which is off the grid; only 2022 can give way."""
    share = {"kind": "category_share", "categories": [INDUSTRY], "at_least": 0.333333, "of": "spent"}
    target = {"indicator": "income", "places": ["v"], "relation": ">=", "value": 10003, "tier": 1}
    case = PAST.but(
        funds={"f": fund(50.01, carry_over=1)},
        rules={"r": {**share, "years": [2022, 2022]}},
        commitments=[decided("A", paid), decided("B", "0.03")],
        places=[
            {"id": "v", "name": "村", "level": "village", "population": 777}
            | {"income_yuan": 10000, "income_year": 2021, "trend": 0}
        ],
        effects={"o": {"kind": "asset_yield", "categories": [INDUSTRY], "yield": 0.1, "life": 3, "lag": 0}},
        targets={"t": target},
    )
    plan = planned(case)
    found = amounts(plan)
    assert found[("A", "v", "f", 2021)] == round(float(paid) * 100)
    assert found[("B", "v", "f", 2021)] == 3
    assert plan.cells_rounded > 0
    assert targets(plan)["state"].to_list() in (["met"], ["met_within_unit"])


def test_a_whole_project_that_has_begun_is_finished_and_counts_from_its_last_payment() -> None:
    """10 of 40 were paid in 2021: 30 follow in 2022, and the village is served from then on alone."""
    case = PAST.but(
        projects=[
            project("A", 40, BUILDING, mode="whole", beneficiary_persons=50),
            project("B", 90, benefit=450),
        ],
        commitments=[decided("A", 10)],
        places=[{"id": "v", "name": "村", "level": "village", "population": 100, "base_w": 0}],
        indicators={"w": {"counts": "persons"}},
        effects={
            "w": {
                "kind": "coverage",
                "indicator": "w",
                "categories": [BUILDING],
                "heads": "beneficiary_persons",
            }
        },
        targets={
            "t": {
                "indicator": "w",
                "places": ["v"],
                "relation": ">=",
                "value": 0.5,
                "tier": 1,
                "years": [2021, 2022],
            }
        },
    )
    plan = planned(case)
    assert amounts(plan) == {
        ("A", "v", "f", 2021): 1000,
        ("A", "v", "f", 2022): 3000,
        ("B", "v", "f", 2022): 2000,
    }
    assert targets(plan).select("year", "planned").rows() == [(2021, 0), (2022, 0.5)]


def test_what_is_decided_is_read_back_from_the_inputs_sorted() -> None:
    """The order of the rows means nothing; a place that need not be said is filled in."""
    rows = [decided("B", 3, 2022), decided("A", 1)]
    frame = loaded(PAST.but(commitments=rows, decided_through=None)).commitments
    assert frame is not None
    assert [row[:4] for row in frame.rows()] == [("A", "v", "f", 2021), ("B", "v", "f", 2022)]
