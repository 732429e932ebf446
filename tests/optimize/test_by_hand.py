"""Scenarios solved by hand: the arithmetic stands in each docstring, amounts in units of 0.01 万元."""

import hashlib

import numpy as np
import polars as pl
import pytest

from tests.scenarios import VILLAGE, Case, amounts, by_project, fund, planned, project, stage_values
from zxsim.errors import ConflictError, LimitError
from zxsim.optimize.highs import SolverSettings
from zxsim.runs.tables import allocation, rules, targets

INDUSTRY, BUILDING, OTHER = "产业发展", "乡村建设行动", "其他"
PAIRS = ("AB", "BC", "CD", "DE", "甲乙", "乙丙")
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


def test_of_two_interchangeable_funds_the_smaller_hash_weight_pays_and_the_other_keeps_its_money() -> None:
    """One project of 60, two funds of 60 each: the whole cost comes from the fund of smaller g."""
    plan = planned(Case({"f1": fund(60), "f2": fund(60)}, [project("A", 60, benefit=60)]))
    cheaper = min(["f1", "f2"], key=lambda name: _hash_weight(f"x(A,v,{name},2021)"))
    assert amounts(plan) == {("A", "v", cheaper, 2021): 6000}
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


def test_income_follows_the_payments_with_lag_life_and_decay() -> None:
    """Two payments, followed year by year.

    Yield 0.1, a fifth to the collective: k = 0.08. Lag 1, life 2, decay 0.5, 1,000 persons.
    100 万元 in 2021: 8 万元 in 2022, 4 in 2023, then its life is over. 50 in 2022: 4 in 2023, 2 in 2024.
    Together 0, 8, 8, 2, 0, 0 万元, that is 10⁴/1000 = 10 yuan a head each.
    Without a plan: 5,000 yuan in 2020, growing by a tenth.
    Benefit at r = 0.25, all to low-income households, who count 2: 2 · (8/1.25 + 8/1.25² + 2/1.25³).
    """
    plan = planned(
        Case(
            {"f": fund({2021: 100, 2022: 50})},
            [
                project("A", 100, last_year=2021, required="true"),
                project("B", 50, first_year=2022, last_year=2022, required="true"),
            ],
            years=(2021, 2026),
            places=[
                {
                    **VILLAGE,
                    "population": 1000,
                    "income_yuan": 5000,
                    "income_year": 2020,
                    "trend": 0.1,
                }
            ],
            effects={
                "o": {
                    "kind": "asset_yield",
                    "categories": [INDUSTRY],
                    "yield": 0.1,
                    "collective_share": 0.2,
                    "low_income_share": 1,
                    "lag": 1,
                    "life": 2,
                    "decay": 0.5,
                }
            },
            targets={
                "income": {
                    "indicator": "income",
                    "relation": ">=",
                    "value": 6000,
                    "tier": 2,
                    "years": [2021, 2026],
                }
            },
            benefit={"discount_rate": 0.25, "low_income_weight": 2},
        )
    )
    table = targets(plan)
    without = [5500, 6050, 6655, 7320.5, 8052.55, 8857.805]
    assert table["plan"].to_list() == pytest.approx([0, 80, 80, 20, 0, 0], abs=1e-9)
    assert table["planned"].to_list() == pytest.approx(
        [w + g for w, g in zip(without, [0, 80, 80, 20, 0, 0], strict=True)]
    )
    assert table["shortfall"].to_list() == pytest.approx([500, 0, 0, 0, 0, 0])
    assert stage_values(plan)["tier2"] == pytest.approx(500 / 6000)
    assert plan.benefit == pytest.approx(2 * (8 / 1.25 + 8 / 1.25**2 + 2 / 1.25**3))


def test_an_asset_yields_for_its_whole_life_beyond_the_horizon_in_the_benefit() -> None:
    """10 万元 at 0.1 from the next year on for 3 years, decay 0.2, undiscounted: 1 + 0.8 + 0.64 = 2.44."""
    plan = planned(
        Case(
            {"f": fund(10)},
            [project("A", 10)],
            effects={
                "o": {
                    "kind": "asset_yield",
                    "projects": ["A"],
                    "yield": 0.1,
                    "life": 3,
                    "decay": 0.2,
                }
            },
            benefit={"discount_rate": 0, "low_income_weight": 1},
        )
    )
    assert plan.benefit == pytest.approx(2.44)


def test_coverage_is_worth_nothing_more_once_all_heads_are_served() -> None:
    """Coverage saturates at those not yet served, however much more could be paid.

    100 persons, 0.6 served: 40 left. Water serves 2 heads a 万元 (100 for 50), a head is worth 5,000 yuan
    = 0.5 万元, so 1 a 万元 up to 20 万元. The orchard is worth 0.5 a 万元 (yield 0.5 for one year, at
    once). 50 万元: water 20, orchard 30, worth 20 + 15 = 35. Without saturation water would take all.
    """
    plan = planned(_water_and_orchard({"discount_rate": 0, "low_income_weight": 1}, lag=0))
    assert by_project(plan) == {"water": 2000, "orchard": 3000}
    assert plan.benefit == pytest.approx(35)


def test_coverage_is_discounted_to_the_year_in_which_heads_are_first_served() -> None:
    """Served two years after payment at r = 0.25: 20 万元 of worth become 20/1.25² = 12.8 (0.64 a 万元).

    The orchard yields at once, 0.5 a 万元, undiscounted in the first year: water still goes first.
    12.8 + 30 · 0.5 = 27.8.
    """
    plan = planned(_water_and_orchard({"discount_rate": 0.25, "low_income_weight": 1}, lag=2))
    assert by_project(plan) == {"water": 2000, "orchard": 3000}
    assert plan.benefit == pytest.approx(27.8)


def test_coverage_that_comes_late_enough_loses_to_a_lower_yield_at_once() -> None:
    """Served four years after payment: 1/1.25⁴ = 0.4096 a 万元 < 0.5, so the orchard takes all 50."""
    plan = planned(_water_and_orchard({"discount_rate": 0.25, "low_income_weight": 1}, lag=4))
    assert by_project(plan) == {"orchard": 5000}
    assert plan.benefit == pytest.approx(25)


def _water_and_orchard(benefit: dict[str, object], lag: int) -> Case:
    return Case(
        {"f": fund(50)},
        [project("water", 50, BUILDING, beneficiary_persons=100), project("orchard", 50)],
        places=[{**PEOPLE, "base_w": 0.6}],
        indicators={"w": {"counts": "persons"}},
        effects={
            "w": {
                "kind": "coverage",
                "projects": ["water"],
                "indicator": "w",
                "heads": "beneficiary_persons",
                "lag": lag,
            },
            "o": {"kind": "asset_yield", "projects": ["orchard"], "yield": 0.5, "lag": 0, "life": 1},
        },
        benefit={**benefit, "coverage_yuan": {"w": 5000}},
    )


def test_the_cost_of_a_project_at_several_places_is_split_by_largest_remainder() -> None:
    """0.05 万元 is 5 units: a 0.333 → 1.665, b 0.333 → 1.665, c 0.334 → 1.67.

    Floors 1, 1, 1; of the two units left one goes to c (remainder .67), one to a (.665, tie with b by id).
    """
    plan = planned(
        Case(
            {"f": fund(1)},
            [project("P", 0.05, place="c:0.334;b:0.333;a:0.333", required="true", benefit=1)],
            places=[{"id": p, "name": p, "level": "village"} for p in "abc"],
        )
    )
    assert [(row["place_id"], row["amount_wan"]) for row in allocation(plan).to_dicts()] == [
        ("a", 0.02),
        ("b", 0.01),
        ("c", 0.02),
    ]


def test_a_place_takes_only_its_own_part_of_a_shared_project() -> None:
    """Of 100 at a:0.7;b:0.3, money earmarked for b pays 30 of 50 and the rest stays."""
    plan = planned(
        Case(
            {"f": fund(50, per_place=["b"])},
            [project("P", 100, place="a:0.7;b:0.3", benefit=100)],
            places=[{"id": p, "name": p, "level": "village"} for p in "ab"],
        )
    )
    assert amounts(plan) == {("P", "b", "f", 2021): 3000}
    assert plan.benefit == pytest.approx(30)
    assert stage_values(plan)["unallocated"] == pytest.approx(20)


def test_a_required_project_is_paid_in_full_and_a_forbidden_one_not_at_all() -> None:
    """100 万元: worthless R (required, 40) comes first, the best F (forbidden) gets nothing, G the rest.

    Half of R is self-raised, so its public cost is 20: G gets 80 of its 90.
    """
    plan = planned(
        Case(
            {"f": fund(100)},
            [
                project("R", 40, required="true", self_raised_share=0.5),
                project("F", 50, forbidden="true", benefit=5000),
                project("G", 90, benefit=90),
            ],
        )
    )
    assert by_project(plan) == {"R": 2000, "G": 8000}
    assert plan.benefit == pytest.approx(80)


def test_what_a_self_raised_share_leaves_is_rounded_up_to_a_unit() -> None:
    """0.33 万元 with a third (0.333) self-raised: 0.33 · 0.667 = 0.22011, so 0.23 万元 of public money."""
    plan = planned(Case({"f": fund(1)}, [project("A", 0.33, self_raised_share=0.333, benefit=1)]))
    assert by_project(plan) == {"A": 23}
    assert plan.benefit == pytest.approx(1)


def test_a_plan_that_cannot_keep_all_rules_is_a_conflict() -> None:
    """A village of 20 万元 projects cannot take 30."""
    floor = {"kind": "place_floor", "each": "village", "at_least_wan": 30}
    case = Case({"f": fund(50)}, [project("A", 20, benefit=1)], rules={"floor": floor})
    with pytest.raises(ConflictError) as caught:
        planned(case)
    assert [message.code for message in caught.value.messages] == ["infeasible"]
    assert by_project(planned(case.but(rules={"floor": {**floor, "at_least_wan": 20}}))) == {"A": 2000}


def test_two_required_projects_above_the_money_are_a_conflict() -> None:
    """60 + 50 > 100."""
    case = Case(
        {"f": fund(100)},
        [
            project("A", 60, required="true", benefit=1),
            project("B", 50, required="true", benefit=1),
        ],
    )
    with pytest.raises(ConflictError):
        planned(case)


@pytest.mark.parametrize("method", ["simplex", "ipm"])
def test_an_iteration_limit_ends_in_a_limit_error_that_names_the_stage(method: str) -> None:
    """One iteration is not enough for forty projects under a rising share."""
    case = Case(
        {"f": fund(100), "g": fund(70, categories=[INDUSTRY])},
        [
            project(f"P{i}", 7 + i % 5, INDUSTRY if i % 2 else BUILDING, benefit=3 + i * i % 11)
            for i in range(40)
        ],
        years=(2021, 2023),
        rules={
            "r": {"kind": "rising_share", "categories": [INDUSTRY], "start": 0.4, "step": 0.05},
        },
    )
    settings = SolverSettings(method="ipm" if method == "ipm" else "simplex", iterations=1)
    with pytest.raises(LimitError) as caught:
        planned(case, settings)
    (message,) = caught.value.messages
    assert (message.code, message.fields) == ("limit_reached", {"stage": "benefit"})


def test_the_allocation_table_says_the_money_in_wan_by_project_place_fund_and_year() -> None:
    """One row a cell with money, sorted, nothing for cells at zero."""
    plan = planned(
        Case(
            {"g": fund(10.5, categories=[OTHER]), "f": fund(20)},
            [project("B", 10.5, OTHER, benefit=2), project("A", 20, benefit=1)],
        )
    )
    expected = pl.DataFrame(
        {
            "project_id": ["A", "B"],
            "place_id": ["v", "v"],
            "category": [INDUSTRY, OTHER],
            "fund_id": ["f", "g"],
            "year": np.array([2021, 2021]),
            "amount_wan": [20.0, 10.5],
        }
    )
    assert allocation(plan).equals(expected)
