"""Stages solved by hand: knapsacks, budgets, shares and tiers."""

from typing import Any

import pytest

from tests.scenarios import VILLAGE, Case, amounts, by_project, fund, loaded, planned, project, stage_values
from zxsim.optimize.agenda import agenda_of
from zxsim.optimize.build import build
from zxsim.optimize.chain import run_chain
from zxsim.optimize.highs import LinearSolver
from zxsim.optimize.solution import Solution, SolverSettings
from zxsim.runs.tables import rules

INDUSTRY, BUILDING, OTHER = "产业发展", "乡村建设行动", "其他"
PEOPLE = {**VILLAGE, "population": 100, "households": 25}


def test_money_goes_to_the_best_benefit_per_wan_and_the_marginal_project_is_cut() -> None:
    """A fractional knapsack is filled by ratio.

    100 万元 for A (60 for 120: 2.0 a 万元), B (50 for 75: 1.5) and C (40 for 20: 0.5): A takes 60, B the
    other 40, C nothing; benefit 120 + 40 · 1.5 = 180. In library order (ids): the same here.
    """
    plan = planned(
        Case(
            {"f": fund(100)},
            [
                project("A", 60, benefit=120),
                project("B", 50, benefit=75),
                project("C", 40, benefit=20),
            ],
        )
    )
    assert by_project(plan) == {"A": 6000, "B": 4000}
    assert plan.benefit == pytest.approx(180)
    assert stage_values(plan)["benefit"] == pytest.approx(180)


def test_the_headline_compares_with_the_money_spent_in_library_order() -> None:
    """Library order pays rank 1 in full first, whatever it is worth.

    70 万元; C (rank 1) 40 for 20, B (rank 2) 50 for 75, A (rank 3) 60 for 120. In order: C 40 and B 30,
    worth 20 + 45 = 65. Best: A 60 and B 10, worth 120 + 15 = 135.
    """
    plan = planned(
        Case(
            {"f": fund(70)},
            [
                project("A", 60, benefit=120, rank=3),
                project("B", 50, benefit=75, rank=2),
                project("C", 40, benefit=20, rank=1),
            ],
        )
    )
    assert plan.library_benefit == pytest.approx(65)
    assert plan.benefit == pytest.approx(135)
    assert by_project(plan) == {"A": 6000, "B": 1000}


def test_a_project_that_may_wait_leaves_the_early_money_to_one_that_may_not() -> None:
    """Two years are planned together, not one after the other.

    2021 holds 50, 2022 holds 30. A (30 for 90) may be paid in either year, B (50 for 50) only in 2021,
    C (50 for 10) only in 2022. A waits: B 50 + A 30, worth 50 + 90 = 140. Year by year A would go first:
    A 30 and B 20 in 2021, C 30 in 2022, worth 90 + 20 + 6 = 116.
    """
    plan = planned(
        Case(
            {"f": fund({2021: 50, 2022: 30})},
            [
                project("A", 30, benefit=90),
                project("B", 50, benefit=50, last_year=2021),
                project("C", 50, benefit=10, first_year=2022),
            ],
            years=(2021, 2022),
        )
    )
    assert amounts(plan) == {("A", "v", "f", 2022): 3000, ("B", "v", "f", 2021): 5000}
    assert plan.benefit == pytest.approx(140)


@pytest.mark.parametrize(
    ("industry_per_wan", "shares", "benefit"),
    [(1.99, (0.5, 0.6), 398.9), (2.01, (0.9, 1.0), 401.9)],
)
def test_a_rising_share_is_the_least_or_the_most_it_can_be_as_industry_pays_less_or_more(
    industry_per_wan: float, shares: tuple[float, float], benefit: float
) -> None:
    """The plan switches where a 万元 of industry is worth as much as one of building, at 2.

    100 万元 a year; share ≥ 0.5 in 2021 and at least 0.1 more in 2022; both kinds have projects enough.
    Below 2: shares 0.5 and 0.6, industry 110, building 90: 1.99 · 110 + 180 = 398.9.
    Above 2: the second share is at most 1, so the first at most 0.9: 2.01 · 190 + 2 · 10 = 401.9.
    """
    plan = planned(
        Case(
            {"f": fund(100)},
            [
                project("I", 200, benefit=200 * industry_per_wan),
                project("H", 200, BUILDING, benefit=400),
            ],
            years=(2021, 2022),
            rules={
                "r": {
                    "kind": "rising_share",
                    "categories": [INDUSTRY],
                    "start": 0.5,
                    "step": 0.1,
                }
            },
        )
    )
    table = rules(plan).filter(kind="rising_share")
    assert table["lhs"].to_list() == pytest.approx(shares)
    assert plan.benefit == pytest.approx(benefit)


@pytest.mark.parametrize(
    ("money", "paid", "tiers"),
    [
        (100, {"water": 4000, "orchard": 4000, "road": 2000}, (0, 0, 0.1 / 0.8)),
        (60, {"water": 4000, "orchard": 2000}, (0, 200 / 1400, 0.3 / 0.8)),
        (30, {"water": 3000}, (0.1 / 0.9, 400 / 1400, 0.3 / 0.8)),
        (120, {"water": 4000, "orchard": 4000, "road": 3000, "show": 1000}, (0, 0, 0)),
    ],
)
def test_a_lower_tier_is_served_in_full_before_the_next_and_benefit_comes_last(
    money: int, paid: dict[str, int], tiers: tuple[float, float, float]
) -> None:
    """Three tiers and a benefit compete for the money of one year, in a village of 100 persons.

    Tier 1, water 0.5 → 0.9: the project serves 50 for 50 万元, so 40 heads need 40 万元.
    Tier 2, income 1000 → 1400 yuan: 0.1 yield at once, 10⁴ · 0.1 / 100 = 10 yuan a 万元: 40 万元.
    Tier 3, road 0.5 → 0.8: 40 heads for 40 万元: 30 万元. ``show`` alone has a benefit, 1 a 万元.
    With 60 万元 tier 2 misses 200 of 1400 and tier 3 all 0.3 of 0.8; with 120 the last 10 go to ``show``.
    """
    coverage = {"kind": "coverage"}
    plan = planned(
        Case(
            {"f": fund(money)},
            [
                project("water", 50),
                project("orchard", 100),
                project("road", 40),
                project("show", 200, benefit=200),
            ],
            places=[
                {
                    **PEOPLE,
                    "base_w": 0.5,
                    "base_r": 0.5,
                    "income_yuan": 1000,
                    "income_year": 2021,
                    "trend": 0,
                }
            ],
            indicators={"w": {"counts": "persons"}, "r": {"counts": "persons"}},
            effects={
                "w": {**coverage, "projects": ["water"], "indicator": "w", "heads": 50},
                "r": {**coverage, "projects": ["road"], "indicator": "r", "heads": 40},
                "o": {
                    "kind": "asset_yield",
                    "projects": ["orchard"],
                    "yield": 0.1,
                    "lag": 0,
                    "life": 1,
                },
            },
            targets={
                "r": {"indicator": "r", "relation": ">=", "value": 0.8, "tier": 3},
                "o": {"indicator": "income", "relation": ">=", "value": 1400, "tier": 2},
                "w": {"indicator": "w", "relation": ">=", "value": 0.9, "tier": 1},
            },
        )
    )
    assert by_project(plan) == paid
    values = stage_values(plan)
    assert [values[f"tier{k}"] for k in (1, 2, 3)] == pytest.approx(list(tiers), abs=1e-9)


def test_a_shortfall_counts_by_the_share_of_people_where_money_cannot_reach_all() -> None:
    """Within a tier the money goes where a 万元 removes most weighted shortfall.

    Coverage 0 → 1 in a (300 persons) and b (100 persons), 50 万元. In a 300 heads cost 100 (3 a 万元), in
    b 100 heads cost 20 (5 a 万元). Shortfall = missing · population/400, so a 万元 removes 3/400 in a and
    5/400 in b: b is served in full with 20, a gets 30, missing 0.7 · 300/400 = 0.525.
    """
    place = {"level": "village", "base_w": 0, "households": 1}
    plan = planned(
        Case(
            {"f": fund(50)},
            [
                project("P", 100, place="a", beneficiary_persons=300),
                project("Q", 20, place="b", beneficiary_persons=100),
                project("Z", 1, place="b", benefit=1),
            ],
            places=[
                {**place, "id": "a", "name": "a", "population": 300},
                {**place, "id": "b", "name": "b", "population": 100},
            ],
            indicators={"w": {"counts": "persons"}},
            effects={
                "w": {
                    "kind": "coverage",
                    "projects": ["P", "Q"],
                    "indicator": "w",
                    "heads": "beneficiary_persons",
                }
            },
            targets={
                "w": {
                    "indicator": "w",
                    "each": "village",
                    "relation": ">=",
                    "value": 1,
                    "tier": 1,
                }
            },
        )
    )
    assert by_project(plan) == {"P": 3000, "Q": 2000}
    assert stage_values(plan)["tier1"] == pytest.approx(0.525)


def test_a_tier_that_misses_nothing_already_is_not_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Water in tier 1 and 2, both reached by the first plan: one solve fewer, and the stage is certified."""
    target = {"indicator": "w", "relation": ">=", "value": 0.5, "places": ["v"], "years": [2021, 2021]}
    case = Case(
        {"f": fund(10)},
        [project("P", 10, "乡村建设行动", benefit=1, beneficiary_persons=100)],
        places=[{**VILLAGE, "population": 100, "base_w": 0.2}],
        indicators={"w": {"counts": "persons"}},
        effects={
            "w": {
                "kind": "coverage",
                "indicator": "w",
                "categories": ["乡村建设行动"],
                "heads": "beneficiary_persons",
                "lag": 0,
            }
        },
        targets={"one": {**target, "tier": 1}, "two": {**target, "tier": 2}},
    )
    solved: list[int] = []
    usual = LinearSolver.solve

    def counted(self: LinearSolver, *given: Any) -> Solution:
        solved.append(1)
        return usual(self, *given)

    found = loaded(case)
    model = build(found.spec, found.layout)
    settings = SolverSettings()
    agenda = agenda_of(model, settings)
    monkeypatch.setattr(LinearSolver, "solve", counted)
    chain = run_chain(model, settings, agenda)
    assert [stage.name for stage in chain.stages[:2]] == ["tier1", "tier2"]
    assert len(solved) == len(chain.certificates) - 1
    assert [proof.stage for proof in chain.certificates[:2]] == ["tier1", "tier2"]


def test_a_point_without_cost_is_not_the_best_where_a_column_may_fall_below_zero() -> None:
    """Nothing may be spent; mean and incomes are columns of their own, which the last stage weighs."""
    rows = [
        project("B", 1, mode="whole", requires="D", forbidden="true", benefit=0, place="v1"),
        project("D", 1, requires="B", forbidden="true", benefit=0, place="v1"),
    ]
    income = {"income_yuan": 9070, "income_year": 2020, "trend": 0.001, "population": 50}
    case = Case(
        {"f": fund(20)},
        rows,
        places=[{**VILLAGE, **income, "id": village} for village in ("v1", "v2")],
        rules={"even": {"kind": "balance", "each": "village", "band": 0}},
        effects={
            "o": {
                "kind": "asset_yield",
                "categories": [INDUSTRY],
                "yield": 0.02,
                "lag": 0,
                "life": 1,
            }
        },
        targets={
            "income": {
                "indicator": "income",
                "relation": ">=",
                "value": 9000,
                "tier": 1,
                "places": ["v1", "v2"],
                "years": [2021, 2021],
            }
        },
    )
    assert by_project(planned(case)) == {}
