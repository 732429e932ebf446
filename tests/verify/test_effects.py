"""Effects on incomes and coverage, and the benefit, against figures worked out by hand."""

from pathlib import Path

import pytest

from tests.verify.handmade import EFFECTS, PROJECTS, Handmade, gained
from zxsim.verify.allocation import check_rows
from zxsim.verify.benefit import benefit_of
from zxsim.verify.inputs import Inputs, read_inputs
from zxsim.verify.plan import Plan
from zxsim.verify.reading import text_table

YEARS = range(2021, 2025)
ALL = "[effect.e]\nprojects = ['P1', 'P2', 'P3', 'P4']\n"


def judge(folder: Path, run: Handmade) -> tuple[Plan, Inputs]:
    """Write a run and read it back."""
    run.write(folder)
    inputs = read_inputs(folder, [])
    assert inputs is not None
    plan = check_rows(text_table((folder / "allocation.csv").read_bytes()), inputs, [])
    assert plan is not None
    return plan, inputs


def incomes(
    folder: Path, effect: str, paid: str, projects: str = PROJECTS
) -> tuple[dict[str, list[float]], float]:
    """Yuan by place and year that an effect brings, and the benefit."""
    run = Handmade(paid=paid, records=ALL + effect, projects=projects, benefit=EFFECTS)
    plan, inputs = judge(folder, run)
    places = {"甲": 100, "乙": 200, "镇": 400, "县": 1000}
    gain = gained("income", places, plan, inputs)
    yuan = {place: [gain[place, year] * heads for year in YEARS] for place, heads in places.items()}
    return yuan, benefit_of(plan, inputs)


def test_posts_pay_wages_in_the_year_of_payment(tmp_path: Path) -> None:
    """A quarter of P1 pays one of its four posts: 12,000 yuan in 2022, and again for what is paid later."""
    effect = 'kind = "jobs"\nposts = "posts"\nwage_yuan = 12000\nlag = 0\nlife = 1\ndecay = 0\n'
    yuan, benefit = incomes(tmp_path, effect, "P1,甲,city,2022,10 P1,甲,city,2023,20")
    assert yuan["甲"] == pytest.approx([0, 12000, 24000, 0])
    assert yuan["县"] == pytest.approx([0, 12000, 24000, 0])
    assert yuan["乙"] == [0, 0, 0, 0]
    assert benefit == pytest.approx(3.6)


def test_wages_close_no_more_than_the_gaps_of_the_eligible(tmp_path: Path) -> None:
    """甲 has 10 poor, 镇 30: at most 10·500 and 30·500 yuan; nothing limits 乙 and 县."""
    effect = (
        'kind = "jobs"\nposts = 1\nwage_yuan = 9000\nlag = 0\nlife = 2\ndecay = 0.5\n'
        'eligible = "poor"\ngap_yuan = 500\nlow_income_share = 1\n'
    )
    yuan, benefit = incomes(tmp_path, effect, "P1,甲,city,2021,40 P2,乙,city,2022,30 P4,镇,city,2024,50")
    assert yuan["甲"] == pytest.approx([5000, 4500, 0, 0])
    assert yuan["乙"] == pytest.approx([0, 9000, 4500, 0])
    assert yuan["镇"] == pytest.approx([5000, 13500, 4500, 9000])
    assert benefit == pytest.approx((5000 + 13500 + 4500 + 9000 + 4500) / 10000 * 3)
    yuan, _ = incomes(
        tmp_path / "more", effect.replace("9000", "12000"), "P1,甲,city,2022,40 P2,乙,city,2022,30"
    )
    assert yuan["镇"] == pytest.approx([0, 15000, 11000, 0])


def test_households_gain_for_the_life_of_what_was_set_up(tmp_path: Path) -> None:
    """Half of P2 sets up 3 of 6 households: 3 · 2000 from the year after, a fifth less each year."""
    effect = 'kind = "household_output"\nhouseholds = 6\ngain_yuan = 2000\nlag = 1\nlife = 2\ndecay = 0.2\n'
    yuan, benefit = incomes(tmp_path, effect, "P2,乙,city,2021,15")
    assert yuan["乙"] == pytest.approx([0, 6000, 4800, 0])
    assert benefit == pytest.approx(1.08)
    limited = effect + 'eligible = "poor"\n'
    yuan, _ = incomes(tmp_path / "x", limited.replace("= 6", "= 12"), "P1,甲,city,2021,40")
    assert yuan["甲"] == pytest.approx([0, 20000, 19200, 0])


def test_training_pays_those_who_find_work(tmp_path: Path) -> None:
    """Of 40 heads trained a quarter finds work at 3000: 30,000; beyond the horizon they still earn."""
    effect = 'kind = "training"\nheads = 40\nemployed_share = 0.25\ngain_yuan = 3000\nlag = 1\nlife = 3\n'
    yuan, benefit = incomes(tmp_path, effect, "P2,乙,city,2023,30")
    assert yuan["乙"] == pytest.approx([0, 0, 0, 30000])
    assert benefit == pytest.approx(9)
    limited = effect + 'eligible = "poor"\n'
    yuan, benefit = incomes(tmp_path / "x", limited, "P1,甲,city,2023,40")
    assert yuan["甲"] == pytest.approx([0, 0, 0, 10 * 0.25 * 3000])
    assert benefit == pytest.approx(3 * 0.75)


def test_relief_reaches_people_as_it_is_paid(tmp_path: Path) -> None:
    """Nine tenths of 0.4 万元 are 3600 yuan; of 0.6 more only the gap of 10 people, 5000, counts."""
    effect = 'kind = "relief"\npaid_share = 0.9\nlag = 0\nlife = 1\neligible = "poor"\ngap_yuan = 500\n'
    yuan, benefit = incomes(tmp_path, effect, "P1,甲,city,2021,0.4 P1,甲,city,2022,0.6")
    assert yuan["镇"] == pytest.approx([3600, 5000, 0, 0])
    assert benefit == pytest.approx(0.86)


def test_whole_project_has_its_effects_from_its_last_payment(tmp_path: Path) -> None:
    """P1 is paid 39.99 by 2022 and 0.01 in 2023: all of it counts from 2023, and none without the 0.01."""
    whole = PROJECTS.replace("40,,", "40,whole,")
    effect = 'kind = "asset_yield"\nyield = 0.1\ncollective_share = 0.5\nlag = 0\nlife = 2\n'
    paid = "P1,甲,city,2021,20 P1,甲,city,2022,19.99"
    yuan, benefit = incomes(tmp_path, effect, f"{paid} P1,甲,city,2023,0.01", whole)
    assert yuan["甲"] == pytest.approx([0, 0, 20000, 20000])
    assert benefit == pytest.approx(4)
    assert incomes(tmp_path / "short", effect, paid, whole)[1] == 0
    assert incomes(tmp_path / "parts", effect, paid)[1] == pytest.approx(3.999)


def test_whole_project_at_two_places_waits_for_both(tmp_path: Path) -> None:
    """Fixed P3 costs 10 in each village: 甲 has its part in 2021, 乙 in 2024, and both count from then."""
    fixed = PROJECTS.replace("20,,", "20,fixed,")
    effect = 'kind = "relief"\nlag = 0\nlife = 1\n'
    yuan, _ = incomes(tmp_path, effect, "P3,甲,city,2021,10 P3,乙,city,2024,10", fixed)
    assert (yuan["甲"], yuan["乙"]) == ([0, 0, 0, 100000], [0, 0, 0, 100000])


def test_own_benefit_of_a_whole_project_is_in_proportion_to_money(tmp_path: Path) -> None:
    """Half of the money brings half of the worth, whatever the mode."""
    projects = PROJECTS.replace("40,,", "40,whole,")
    run = Handmade(paid="P1,甲,city,2021,20", projects=projects)
    run.write(tmp_path)
    path = tmp_path / "inputs" / "projects.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("posts", "benefit"), encoding="utf-8")
    inputs = read_inputs(tmp_path, [])
    assert inputs is not None
    plan = check_rows(text_table((tmp_path / "allocation.csv").read_bytes()), inputs, [])
    assert plan is not None
    assert benefit_of(plan, inputs) == pytest.approx(2)


def test_coverage_counts_from_the_lowest_places_up(tmp_path: Path) -> None:
    """60 heads paid for in 甲 are its 30 unserved; with 100 of 乙 and 90 more 镇 reaches its own 200."""
    effect = "kind = 'coverage'\nindicator = 'water'\nheads = 100\nlag = 0\n"
    records = f"[effect.w]\nprojects = ['P1', 'P2', 'P4']\n{effect}"
    paid = "P1,甲,city,2021,24 P2,乙,city,2022,30 P4,镇,city,2023,45"
    plan, inputs = judge(tmp_path, Handmade(paid=paid, records=records))
    gain = gained("water", ["甲", "乙", "镇", "县"], plan, inputs)
    assert [gain["甲", year] for year in YEARS] == pytest.approx([0.3] * 4)
    assert [gain["乙", year] for year in YEARS] == pytest.approx([0, 0.5, 0.5, 0.5])
    assert [gain["镇", year] for year in YEARS] == pytest.approx([30 / 400, 130 / 400, 0.5, 0.5])
    assert [gain["县", year] for year in YEARS] == pytest.approx([0.03, 0.13, 0.2, 0.2])
