"""A little of what :mod:`tests.proof.solvers` tries by the thousand, and that it would see what is wrong."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from tests.proof import solvers
from tests.proof.exact import ExactProgramme
from tests.proof.proofs import proof_faults, recorded
from tests.proof.solvers import scaled_case, tied_case
from tests.proof.stated import exact_plan
from tests.scenarios import Case, fund, planned, project
from zxsim.optimize.plan import Plan

FAILED_ONCE = {
    "tied": (79, 117, 73, 241, 389, 601),  # conflicts, uniqueness, and interior points that were none
    "scaled": (7, 18, 10, 43, 167),  # small worths that were not weighed, worse roundings and choices
}


@pytest.mark.parametrize("number", [0, *FAILED_ONCE["tied"][:2]])
def test_three_solvers_give_one_plan_or_one_reason(number: int) -> None:
    """Simplex, interior point and CBC; all proofs, the independent check and exact arithmetic agree."""
    assert tied_case(number, Counter()) is None


@pytest.mark.parametrize("number", [0, *FAILED_ONCE["scaled"][:2]])
def test_figures_far_apart_are_solved_right(number: int) -> None:
    """The same, of figures 1e-4 to 1e8 in one scenario."""
    assert scaled_case(number, Counter()) is None


@pytest.mark.slow
@pytest.mark.parametrize("kind", FAILED_ONCE)
def test_forty_more_of_each(kind: str) -> None:
    """The same with more numbers, and all that failed once."""
    counts: Counter[str] = Counter()
    case = {"tied": tied_case, "scaled": scaled_case}[kind]
    numbers = [*range(1, 41), *FAILED_ONCE[kind]]
    assert [fault for number in numbers if (fault := case(number, counts))] == []
    assert min(counts[kind] for kind in ("plan", "choices", "infeasible", "exact plan")) > 0


TWO = Case({"f": fund(11)}, [project("A", 10, benefit=10), project("B", 10, benefit=20)], years=(2021, 2022))
"""11 万元 a year for A and B, worth 1 and 2 a 万元."""


def test_exact_arithmetic_finds_the_plan_that_is_worked_out_by_hand() -> None:
    """Both are paid in full, the earlier the better: 2021 pays 11 and 2022 pays 9."""
    found = exact_plan(TWO)
    assert found is not None
    by_project = {name: sum(v for cell, v in found.items() if cell[0] == name) for name in "AB"}
    by_year = {year: sum(v for cell, v in found.items() if cell[3] == year) for year in (2021, 2022)}
    assert by_project == {"A": 10, "B": 10}
    assert by_year == {2021: 11, 2022: 9}
    floor = {"kind": "place_floor", "at_least_wan": 12, "places": ["v"], "per": "year"}
    assert exact_plan(TWO.but(rules={"r": floor})) is None


def test_exact_optima_are_fractions_and_taken_in_turn() -> None:
    """Of 3x + y ≥ 1, x + 3y ≥ 1 the least x + y is ¼ + ¼; of x + y = 1 the least x is 0; x ≥ 2 is none."""
    one = Fraction(1)
    programme = ExactProgramme(2)
    programme.add({0: 3 * one, 1: one}, ">=", one)
    programme.add({0: one, 1: 3 * one}, ">=", one)
    assert programme.minimised([{0: one, 1: one}]) == [Fraction(1, 4), Fraction(1, 4)]
    programme.add({0: one, 1: one}, "=", one)
    assert programme.minimised([{0: one, 1: one}, {0: one}]) == [0 * one, one]
    programme.add({0: -one}, "<=", -2 * one)
    assert programme.minimised([{0: one}]) is None


def test_a_plan_with_other_money_is_told() -> None:
    """A cell that is a unit off, before and after rounding."""
    plan = planned(TWO)
    assert solvers.differences(plan, plan, Counter()) == []
    moved = plan.units.copy()
    moved[0] += 1
    off = replace(
        plan, units=moved, chain=replace(plan.chain, x=plan.chain.x + np.eye(1, len(plan.chain.x))[0])
    )
    told = solvers.differences(plan, off, Counter())
    assert [fault.split(" ")[0] for fault in told] == ["columns", "other"]
    assert solvers.differences(plan, [("infeasible", "")], Counter()) != []


def test_a_proof_that_does_not_hold_is_told() -> None:
    """A point that is another one, duals that are others."""
    with recorded() as claims:
        assert isinstance(planned(TWO), Plan)
    assert list(proof_faults(claims)) == []
    found = claims[0].found
    for wrong in (replace(found, x=found.x + 1), replace(found, dual=found.dual + 1)):
        assert len(list(proof_faults([replace(claims[0], found=wrong)]))) == 1
