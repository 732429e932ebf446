"""Effects and benefit solved by hand: income, coverage and what they are worth."""

import pytest

from tests.scenarios import VILLAGE, Case, by_project, fund, planned, project, stage_values
from zxsim.runs.tables import targets

INDUSTRY, BUILDING, OTHER = "产业发展", "乡村建设行动", "其他"
PEOPLE = {**VILLAGE, "population": 100, "households": 25}


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
    assert stage_values(plan)["tier2_out_of_reach"] == pytest.approx(500 / 6000)
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
