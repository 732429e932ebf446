"""The arithmetic of verify against figures worked out by hand."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.verify.handmade import gained
from zxsim.verify.allocation import check_rows
from zxsim.verify.benefit import benefit_of
from zxsim.verify.indicators import without_plan
from zxsim.verify.inputs import Inputs, read_inputs
from zxsim.verify.plan import Plan
from zxsim.verify.reading import text_table

if TYPE_CHECKING:
    from zxsim.errors import Message

RESOLVED = """
years = [2021, 2024]
[fund.city.amount_wan]
2021 = { value = 100.009, source = "made up" }
[indicator.water]
counts = "persons"
[indicator.road]
counts = "households"
[effect.orchard]
kind = "asset_yield"
projects = ["P1"]
yield = 0.1
collective_share = 0.25
low_income_share = { value = 0.5, assumed = true }
lag = 1
life = 2
decay = 0.5
[effect.taps]
kind = "coverage"
indicator = "water"
projects = ["P2"]
heads = 40
lag = 1
[target.income]
indicator = "income"
[benefit]
source = "effects"
discount_rate = 0.04
low_income_weight = 2
coverage_yuan = { water = 1000 }
"""
PLACES = """\
id,level,parent,population,households,income_yuan,income_year,trend,base_water
town,town,,1000,300,10000,2020,0.1,0.96
village,village,town,100,30,8000,2020,0.1,0.7
"""
PROJECTS = """\
id,places,category,cost_wan,self_raised_share,benefit
P1,village,产业发展,25,0.2,
P2,village,乡村建设行动,20,,7
P3,town:0.335;village:0.665,乡村建设行动,10.001,,
"""
NESTED = "P2,village,乡村建设行动,city,2021,10.00\nP3,town,乡村建设行动,city,2021,2.50\n"
HEADER = "project_id,place_id,category,fund_id,year,amount_wan\n"


def judge(folder: Path, allocation: str, resolved: str = RESOLVED) -> tuple[Plan, Inputs]:
    """Read inputs and an allocation that have no fault."""
    (folder / "inputs").mkdir()
    (folder / "inputs" / "resolved.toml").write_text(resolved, encoding="utf-8")
    (folder / "inputs" / "places.csv").write_text(PLACES, encoding="utf-8")
    (folder / "inputs" / "projects.csv").write_text(PROJECTS, encoding="utf-8")
    findings: list[Message] = []
    inputs = read_inputs(folder, findings)
    assert inputs is not None
    plan = check_rows(text_table((HEADER + allocation).encode()), inputs, findings)
    assert plan is not None
    assert not findings
    return plan, inputs


def test_funds_are_rounded_down_and_unnamed_years_are_empty(tmp_path: Path) -> None:
    """100.009 万元 in 2021 are 10000 units; the other years have nothing."""
    _, inputs = judge(tmp_path, "")
    assert dict(inputs.funds["city"].units) == {2021: 10000, 2022: 0, 2023: 0, 2024: 0}


def test_costs_are_public_rounded_up_and_split_by_largest_remainder(tmp_path: Path) -> None:
    """25·0.8 = 20.00; 10.001 → 10.01 = 3.35335 + 6.65665, whose larger remainder is the village's."""
    _, inputs = judge(tmp_path, "")
    parts = {(project, place): cost for project, place, cost in inputs.parts.iter_rows()}
    assert parts["P1", "village"] == 2000
    assert (parts["P3", "town"], parts["P3", "village"]) == (335, 666)


def test_asset_pays_from_its_lag_to_the_end_of_its_life(tmp_path: Path) -> None:
    """10 万元 at 7.5 % are 7,500 yuan in 2022, half of it in 2023 and nothing in 2024."""
    plan, inputs = judge(tmp_path, "P1,village,产业发展,city,2021,10.00\n")
    gain = gained("income", ["town", "village"], plan, inputs)
    assert [gain["village", year] for year in inputs.years] == pytest.approx([0, 75, 37.5, 0])
    assert [gain["town", year] for year in inputs.years] == pytest.approx([0, 7.5, 3.75, 0])
    at, year = inputs.places.at(["village"]), np.array([2022])
    assert without_plan("income", at, year, inputs) == pytest.approx([8000 * 1.21])


def test_asset_benefit_counts_its_whole_life_discounted(tmp_path: Path) -> None:
    """Paid in 2024 it yields in 2025 and 2026, beyond the horizon; half goes to low incomes, weight 2."""
    plan, inputs = judge(tmp_path, "P1,village,产业发展,city,2024,10.00\n")
    expected = 0.1 * 0.75 * 1.5 * (1.04**-4 + 0.5 * 1.04**-5)
    assert benefit_of(plan, inputs) == pytest.approx(10 * expected, rel=1e-12)


def test_coverage_rises_in_proportion_to_money_paid_after_its_lag(tmp_path: Path) -> None:
    """Half the cost serves half the 40 heads a year later, of 100 in the village, 1000 in the town."""
    plan, inputs = judge(tmp_path, "P2,village,乡村建设行动,city,2021,10.00\n")
    gain = gained("water", ["town", "village"], plan, inputs)
    assert [gain["village", year] for year in inputs.years] == pytest.approx([0, 0.2, 0.2, 0.2])
    assert gain["town", 2024] == pytest.approx(0.02)


def test_heads_are_worth_something_once_until_all_are_served(tmp_path: Path) -> None:
    """20 of 30 unserved heads in 2022; of 20 more in 2025, after the horizon, only 10 were unserved."""
    rows = "P2,village,乡村建设行动,city,2021,10.00\nP2,village,乡村建设行动,city,2024,10.00\n"
    plan, inputs = judge(tmp_path, rows)
    assert benefit_of(plan, inputs) == pytest.approx(0.1 * (20 / 1.04 + 10 / 1.04**4), rel=1e-12)


def test_heads_of_a_village_are_not_counted_again_for_its_town(tmp_path: Path) -> None:
    """20 heads in the village and the quarter of 40 that P3 pays for in the town are 30, not 50."""
    resolved = RESOLVED.replace('projects = ["P2"]', 'projects = ["P2", "P3"]')
    plan, inputs = judge(tmp_path, NESTED, resolved)
    assert benefit_of(plan, inputs) == pytest.approx(0.1 * (20 + 40 * 2.5 / 10.01) / 1.04, rel=1e-12)


def test_town_serves_no_more_heads_than_it_has(tmp_path: Path) -> None:
    """60 heads paid for in the village are its 30 unserved; 30 more of the town come to its 40 in all."""
    resolved = RESOLVED.replace('projects = ["P2"]', 'projects = ["P2", "P3"]').replace(
        "heads = 40", "heads = 120"
    )
    plan, inputs = judge(tmp_path, NESTED, resolved)
    assert benefit_of(plan, inputs) == pytest.approx(0.1 * 40 / 1.04, rel=1e-12)


def test_own_benefit_is_in_proportion_to_money_paid(tmp_path: Path) -> None:
    """Half of P2's money brings half of its worth, undiscounted; P1 has no worth of its own."""
    rows = "P1,village,产业发展,city,2021,10.00\nP2,village,乡村建设行动,city,2024,10.00\n"
    plan, inputs = judge(tmp_path, rows, RESOLVED.replace('source = "effects"', 'source = "own"'))
    assert benefit_of(plan, inputs) == pytest.approx(3.5, rel=1e-12)
