"""Why each project is funded or not: every fact, and what the stages say."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings

from tests import strategies
from tests.scenarios import Case, fund, planned, project
from zxsim.errors import ConflictError
from zxsim.optimize.reasons import Reason

INDUSTRY, BUILDING, JOBS = "产业发展", "乡村建设行动", "就业项目"


def why(case: Case) -> dict[str, Reason]:
    """Reason of each project by id."""
    return {reason.project_id: reason for reason in planned(case).reasons}


def test_facts_that_keep_a_project_without_a_column_are_told_apart() -> None:
    """Forbidden, no public cost, no fund for it, not eligible, no money in its years."""
    case = Case(
        {"f": fund({2021: 100}, not_categories=[JOBS])},
        [
            project("A", 10, benefit=1, status="planned"),
            project("B", 10, benefit=1, status="planned", forbidden="true"),
            project("C", 10, benefit=1, status="planned", self_raised_share=1),
            project("D", 10, JOBS, benefit=1, status="planned"),
            project("E", 10, benefit=1, status="idea"),
            project("F", 10, benefit=1, status="planned", first_year=2022),
        ],
        years=(2021, 2022),
        rules={"open": {"kind": "eligibility", "clause": "XX-09", "where": {"status": ["planned"]}}},
    )
    found = why(case)
    reasons = {name: reason.reason for name, reason in found.items()}
    assert reasons == {
        "A": "funded",
        "B": "forbidden",
        "C": "no_public_cost",
        "D": "no_fund",
        "E": "not_eligible",
        "F": "no_money_then",
    }
    assert (found["E"].rule, found["E"].clause) == ("open", "XX-09")


def test_a_project_worth_less_says_how_much_more_it_needs() -> None:
    """A at 3 a 万元 takes part of the money, B at 1 needs 2 more; with 2 more a 万元 it is a tie."""
    case = Case(
        {"f": fund(50, clause="XX-01")}, [project("A", 80, benefit=240), project("B", 40, benefit=40)]
    )
    found = why(case)
    assert (found["A"].status, found["A"].reason) == ("partly", "at_margin")
    assert (found["B"].status, found["B"].reason, found["B"].rule) == ("none", "worth_less", "f")
    assert found["B"].clause == "XX-01"
    assert found["B"].worth_missing == pytest.approx(2)


def test_a_rule_that_keeps_a_project_out_is_named() -> None:
    """B is worth most, but a cap on building is used up by C."""
    rule = {"kind": "category_share", "categories": [BUILDING], "at_most": 0.2, "clause": "XX-02"}
    case = Case(
        {"f": fund(100)},
        [
            project("A", 200, benefit=200),
            project("B", 40, BUILDING, benefit=120),
            project("C", 20, BUILDING, benefit=100),
        ],
        rules={"cap": rule},
    )
    found = why(case)["B"]
    assert (found.reason, found.rule, found.clause) == ("held_by_rule", "cap", "XX-02")


def test_targets_come_first() -> None:
    """All money is needed for water, so a project worth more gets nothing."""
    case = Case(
        {"f": fund(50)},
        [project("A", 80, benefit=400), project("W", 100, BUILDING, beneficiary_persons=100, benefit=0)],
        places=[{"id": "v", "name": "村", "level": "village", "population": 100, "base_w": 0}],
        targets={"w": {"indicator": "w", "places": ["v"], "relation": ">=", "value": 1, "tier": 1}},
        **strategies.WATER,
    )
    found = why(case)["A"]
    assert (found.reason, found.stage, found.rule) == ("targets_first", "tier1", "f")


def test_of_equals_the_later_in_the_library_waits() -> None:
    """Same benefit, rank 2 behind rank 1; where the money ends exactly between them, it ran out."""
    rows = [project("A", 50, benefit=50, rank=2), project("B", 50, benefit=50, rank=1)]
    assert why(Case({"f": fund(40)}, rows))["A"].reason == "later_in_library"
    assert why(Case({"f": fund(50)}, rows))["A"].reason in {"later_in_library", "money_ran_out"}


def test_a_cent_that_rounding_took_is_no_reason_of_its_own() -> None:
    """A third of the money each way: amounts of a project paid in full may round down by 0.01."""
    case = Case({"f": fund(10)}, [project("A", 8, benefit=9), project("B", Decimal("33.33"), benefit=1)])
    assert {reason.reason for reason in why(case).values()} <= {"funded", "rounding", "at_margin"}


@settings(max_examples=40)
@given(strategies.cases())
def test_what_a_project_gets_and_its_status_agree(case: Case) -> None:
    """Every project has one reason; ``full`` is its public cost, ``none`` is nothing."""
    try:
        plan = planned(case)
    except ConflictError:
        assume(False)  # noqa: FBT003 (hypothesis)
    assert [reason.project_id for reason in plan.reasons] == plan.loaded.layout.project_ids
    assert sum(reason.paid_units for reason in plan.reasons) == plan.spent_units
    for reason in plan.reasons:
        full = reason.paid_units == reason.public_units and reason.paid_units > 0
        assert reason.status == ("full" if full else "partly" if reason.paid_units else "none")
        assert (reason.reason == "funded") == full
        assert reason.worth_missing is None or reason.worth_missing > 0
