"""Whole projects against published optima: one fund of one year is a 0/1 knapsack."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tests.scenarios import Case, by_project, fund, planned, project, stage_values


@dataclass(frozen=True)
class Knapsack:
    """Items with their profits and weights, what the knapsack holds, and the published optimum."""

    profits: Sequence[int]
    weights: Sequence[int]
    capacity: int
    optimum: int
    chosen: str

    def case(self) -> Case:
        """Return a project an item: weight in 万元, profit as its benefit."""
        items = zip(self.profits, self.weights, strict=True)
        rows = [
            project(f"P{i:02d}", weight, mode="whole", benefit=profit)
            for i, (profit, weight) in enumerate(items)
        ]
        return Case({"f": fund(self.capacity)}, rows)


P08_PROFITS = [
    *(825594, 1677009, 1676628, 1523970, 943972, 97426, 69666, 1296457, 1679693, 1902996),
    *(1844992, 1049289, 1252836, 1319836, 953277, 2067538, 675367, 853655, 1826027, 65731),
    *(901489, 577243, 466257, 369261),
]
P08_WEIGHTS = [
    *(382745, 799601, 909247, 729069, 467902, 44328, 34610, 698150, 823460, 903959),
    *(853665, 551830, 610856, 670702, 488960, 951111, 323046, 446298, 931161, 31385),
    *(496951, 264724, 224916, 169684),
]
PUBLISHED = {
    # Martello & Toth, Knapsack Problems (Wiley 1990), example 2.2.
    "martello and toth 2.2": Knapsack(
        (70, 20, 39, 37, 7, 5, 10), (31, 10, 20, 19, 4, 3, 6), 50, 107, "1001000"
    ),
    # J. Burkardt, KNAPSACK_01: data for the 01 knapsack problem, P01 to P08 (P05 is from Martello & Toth).
    "p01": Knapsack(
        (92, 57, 49, 68, 60, 43, 67, 84, 87, 72),
        (23, 31, 29, 44, 53, 38, 63, 85, 89, 82),
        165,
        309,
        "1111010000",
    ),
    "p02": Knapsack((24, 13, 23, 15, 16), (12, 7, 11, 8, 9), 26, 51, "01110"),
    "p03": Knapsack((50, 50, 64, 46, 50, 5), (56, 59, 80, 64, 75, 17), 190, 150, "110010"),
    "p05": Knapsack((350, 400, 450, 20, 70, 8, 5, 5), (25, 35, 45, 5, 25, 3, 2, 2), 104, 900, "10111011"),
    "p06": Knapsack((442, 525, 511, 593, 546, 564, 617), (41, 50, 49, 59, 55, 57, 60), 170, 1735, "0101001"),
    "p07": Knapsack(
        (135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240),
        (70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120),
        750,
        1458,
        "101010111000011",
    ),
    "p08": Knapsack(
        P08_PROFITS,
        P08_WEIGHTS,
        6404180,
        13549094,
        "110111000110100100000111",
    ),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_best_projects_are_those_of_the_textbook(name: str) -> None:
    """The benefit is the published optimum, and the projects are those of the published solution."""
    knapsack = PUBLISHED[name]
    plan = planned(knapsack.case())
    chosen = {f"P{i:02d}" for i, taken in enumerate(knapsack.chosen) if taken == "1"}
    weights = {f"P{i:02d}": 100 * weight for i, weight in enumerate(knapsack.weights)}
    assert stage_values(plan)["benefit"] == pytest.approx(knapsack.optimum, abs=1e-6)
    assert by_project(plan) == {name: weights[name] for name in chosen}
    assert plan.status == "optimal"
    assert plan.cells_rounded == 0


def test_money_of_two_years_is_one_knapsack_for_whole_projects_and_two_for_fixed_ones() -> None:
    """50 a year for costs 60, 50, 40 worth 7, 5, 4.5.

    Whole projects are paid across the years: 60 + 40 fills both, worth 11.5. In one year each, 60 fits in
    none; 50 and 40 take a year each, worth 9.5.
    """
    rows = [project("A", 60, benefit=7), project("B", 50, benefit=5), project("C", 40, benefit=4.5)]
    case = Case({"f": fund(50)}, rows, years=(2021, 2022))
    whole = planned(case.but(projects=[{**row, "mode": "whole"} for row in rows]))
    assert stage_values(whole)["benefit"] == pytest.approx(11.5)
    assert by_project(whole) == {"A": 6000, "C": 4000}
    fixed = planned(case.but(projects=[{**row, "mode": "fixed"} for row in rows]))
    assert stage_values(fixed)["benefit"] == pytest.approx(9.5)
    assert by_project(fixed) == {"B": 5000, "C": 4000}


def test_money_that_is_left_goes_to_a_whole_project_of_no_worth() -> None:
    """10 of worth 9 first; then as much as possible is spent: 7 rather than 6, which does not fit as well."""
    rows = [project("A", 10, benefit=9), project("B", 7), project("C", 6)]
    plan = planned(Case({"f": fund(19)}, [{**row, "mode": "whole"} for row in rows]))
    assert by_project(plan) == {"A": 1000, "B": 700}
    assert stage_values(plan)["unallocated"] == pytest.approx(2)
