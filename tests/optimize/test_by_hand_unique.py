"""Earmarks and the last stages solved by hand: which of equally good plans is picked."""

import hashlib

import pytest

from tests.scenarios import Case, amounts, by_project, fund, planned, project, stage_values
from zxsim.runs.tables import rules

PAIRS = ("AB", "BC", "CD", "DE", "甲乙", "乙丙")


def test_an_earmark_keeps_money_in_a_place_that_could_use_it_less_well() -> None:
    """Money of each place is spent there, and its budget rows bind.

    City 40 anywhere, county 30 for each of a and b. In a a 万元 is worth 3, in b 1. So a gets 40 + 30, b
    its own 30: 70 · 3 + 30 = 240. As one purse of 100 it would be 300.
    """
    places = [{"id": p, "name": p, "level": "village"} for p in "ab"]
    plan = planned(
        Case(
            {"city": fund(40), "county": fund(30, per_place=["a", "b"])},
            [project("P", 100, place="a", benefit=300), project("Q", 100, place="b", benefit=100)],
            places=places,
        )
    )
    assert amounts(plan) == {
        ("P", "a", "city", 2021): 4000,
        ("P", "a", "county", 2021): 3000,
        ("Q", "b", "county", 2021): 3000,
    }
    assert plan.benefit == pytest.approx(240)
    assert rules(plan).filter(rule="county")["binding"].to_list() == [True, True]


def _hash_weight(name: str) -> float:
    """Return 1 + the first 20 bits of SHA-256 of the name, over 2²⁰, read from the hexadecimal digits."""
    return 1 + int(hashlib.sha256(name.encode("utf-8")).hexdigest()[:5], 16) / 2**20


@pytest.mark.parametrize("pair", PAIRS)
def test_of_two_equally_good_projects_the_one_with_the_smaller_hash_weight_is_paid(pair: str) -> None:
    """Cost 60 each, 60 万元, the same benefit, no ranks: only Σ g·x tells them apart."""
    plan = planned(Case({"f": fund(60)}, [project(name, 60, benefit=60) for name in pair]))
    cheaper = min(pair, key=lambda name: _hash_weight(f"x({name},v,f,2021)"))
    assert by_project(plan) == {cheaper: 6000}
    assert stage_values(plan)["unique"] == pytest.approx(60 * _hash_weight(f"x({cheaper},v,f,2021)"))


def test_the_pairs_of_the_hash_test_are_decided_either_way() -> None:
    """Among the pairs are some where the first and some where the second of them wins."""
    weights = [[_hash_weight(f"x({name},v,f,2021)") for name in pair] for pair in PAIRS]
    first_wins = {first < second for first, second in weights}
    assert first_wins == {True, False}


def test_of_two_interchangeable_funds_the_first_pays_and_the_other_keeps_its_money() -> None:
    """One project of 60, two funds of 60 each: one class in the programme, then the first id pays."""
    plan = planned(Case({"f2": fund(60), "f1": fund(60)}, [project("A", 60, benefit=60)]))
    assert plan.model.layout.labels == ["x(A,v,f1+f2,2021)"]
    assert amounts(plan) == {("A", "v", "f1", 2021): 6000}
    assert stage_values(plan)["unallocated"] == pytest.approx(60)


def test_of_equally_good_projects_the_first_in_the_library_is_paid_in_full() -> None:
    """Equal benefit a 万元, 60 + 30 万元 in two years, two projects of 60 with ranks 7 (A) and 2 (B).

    Ranks are dense, so B counts 1 and A 2, and a year later 1/3 more (T + 1 = 3). B gets 60, A 30; 30 of
    the money is paid in 2022: 60 · 1 + 30 · 2 + 30 · 1/3 = 130.
    """
    plan = planned(
        Case(
            {"f": fund({2021: 60, 2022: 30})},
            [project("A", 60, benefit=60, rank=7), project("B", 60, benefit=60, rank=2)],
            years=(2021, 2022),
        )
    )
    assert by_project(plan) == {"A": 3000, "B": 6000}
    assert stage_values(plan)["order"] == pytest.approx(130)


def test_of_equally_good_years_the_earlier_one_pays() -> None:
    """60 万元 a year for three years and one project of 60: all of it in 2021."""
    plan = planned(Case({"f": fund(60)}, [project("A", 60, benefit=60)], years=(2021, 2023)))
    assert amounts(plan) == {("A", "v", "f", 2021): 6000}


def test_a_project_without_a_rank_comes_after_all_that_have_one() -> None:
    """Equal benefit, 60 万元 for B (rank 9) and A (no rank), 60 each: B is paid."""
    plan = planned(
        Case({"f": fund(60)}, [project("A", 60, benefit=60), project("B", 60, benefit=60, rank=9)])
    )
    assert by_project(plan) == {"B": 6000}
