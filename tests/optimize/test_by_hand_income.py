"""Effects on income solved by hand: what a 万元 brings, how long, and how much of it counts."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.scenarios import VILLAGE, Case, by_project, fund, planned, project, stage_values
from zxsim.runs.tables import targets

JOBS, BUILDING = "就业项目", "乡村建设行动"
PLAIN = {"discount_rate": 0, "low_income_weight": 1}
PEOPLE = {**VILLAGE, "population": 100, "income_yuan": 10000, "income_year": 2020, "trend": 0}
CELLS: Mapping[str, Any] = {"beneficiary_persons": 12, "x_reached": "3"}
WATCH = {"indicator": "income", "relation": ">=", "value": 10000, "tier": 3, "years": [2021, 2024]}


def paid_in_full(effect: dict[str, object]) -> Case:
    """One project of 20 万元, a quarter of it self-raised, paid in 2021 in a village of 100."""
    return Case(
        {"f": fund({2021: 100})},
        [project("P", 20, JOBS, self_raised_share=0.25, required="true", **CELLS)],
        years=(2021, 2024),
        places=[PEOPLE],
        effects={"e": {"projects": ["P"], **effect}},
        targets={"watch": WATCH},
        benefit=PLAIN,
    )


@pytest.mark.parametrize(
    ("effect", "yuan"),
    [
        ({"kind": "jobs", "posts": 5, "wage_yuan": 6000}, [30000, 0, 0, 0]),
        (
            {"kind": "jobs", "posts": "beneficiary_persons", "wage_yuan": 1000, "life": 2},
            [12000, 12000, 0, 0],
        ),
        ({"kind": "household_output", "households": 8, "gain_yuan": 500, "life": 2}, [0, 4000, 4000, 0]),
        (
            {
                "kind": "household_output",
                "households": "x_reached",
                "gain_yuan": 100,
                "life": 9,
                "decay": 0.5,
            },
            [0, 300, 150, 75],
        ),
        (
            {"kind": "training", "heads": 10, "employed_share": 0.4, "gain_yuan": 2000, "life": 1, "lag": 2},
            [0, 0, 8000, 0],
        ),
        ({"kind": "relief", "paid_share": 0.8}, [120000, 0, 0, 0]),
    ],
)
def test_what_a_project_paid_in_full_brings(effect: dict[str, object], yuan: list[float]) -> None:
    """The whole project brings posts · wage, households · gain, heads · share · gain, or its public money.

    5 posts · 6,000; 12 posts · 1,000 for two years; 8 · 500 from the next year on; 3 · 100, halved each
    year; 10 · 0.4 · 2,000 two years later; 0.8 of the 15 万元 of public money. The income of 100 persons
    rises by a hundredth of it, and the undiscounted benefit is its sum over the whole life, in 万元.
    """
    plan = planned(paid_in_full(effect))
    table = targets(plan)
    assert table["plan"].to_list() == pytest.approx([y / 100 for y in yuan], abs=1e-9)
    whole_life = sum(yuan) if effect.get("life") != 9 else sum(300 / 2**n for n in range(9))
    assert plan.benefit == pytest.approx(whole_life / 10000)


def test_yuan_to_low_income_households_weigh_more_and_later_ones_less() -> None:
    """6,000 yuan in 2021 and 2022 at r = 0.25, half to low-income households who count 3: 1 + 2 · 0.5 = 2.

    2 · (0.6 + 0.6/1.25) = 2.16 万元.
    """
    case = paid_in_full({"kind": "jobs", "posts": 1, "wage_yuan": 6000, "life": 2, "low_income_share": 0.5})
    plan = planned(case.but(benefit={"discount_rate": 0.25, "low_income_weight": 3}))
    assert plan.benefit == pytest.approx(2.16)


def relief_and_orchard(**cells: object) -> Case:
    """Relief of 1 yuan a yuan and an orchard of 0.5, for 50 万元 in two villages of a town."""
    people = {"population": 100, "income_yuan": 10000, "income_year": 2020, "trend": 0}
    return Case(
        {"f": fund(50)},
        [
            project("A", 40, JOBS, place="a"),
            project("B", 40, JOBS, place="b"),
            project("O", 50, place="a"),
        ],
        places=[
            {"id": "t", "name": "t", "level": "town", **people, "population": 200, **cells},
            {"id": "a", "name": "a", "level": "village", "parent": "t", **people, "lifted_population": 20},
            {"id": "b", "name": "b", "level": "village", "parent": "t", **people, "lifted_population": ""},
        ],
        effects={
            "r": {"kind": "relief", "categories": [JOBS], "eligible": "lifted_population", "gap_yuan": 5000},
            "o": {"kind": "asset_yield", "projects": ["O"], "yield": 0.5, "lag": 0, "life": 1},
        },
        benefit=PLAIN,
    )


def test_relief_counts_up_to_the_gap_of_those_eligible_and_without_limit_where_they_are_not_given() -> None:
    """20 · 5,000 yuan = 10 万元 count in a; b has no number, so 40 count there: 10 + 40 = 50 万元."""
    plan = planned(relief_and_orchard())
    assert by_project(plan) == {"A": 1000, "B": 4000}
    assert plan.benefit == pytest.approx(50)


def test_a_limit_of_the_town_holds_for_what_counts_in_its_villages() -> None:
    """60 eligible in the town: 30 万元 count in all; the other 20 go to the orchard, worth 10: 40."""
    plan = planned(relief_and_orchard(lifted_population=60))
    assert by_project(plan) == {"B": 3000, "O": 2000}
    assert plan.benefit == pytest.approx(40)


def test_what_counts_is_recomputed_for_any_money_from_the_lowest_places_up() -> None:
    """40 万元 paid in a: 10 count there; 40 in b: all; the town counts 30 of these 50."""
    plan = planned(relief_and_orchard(lifted_population=60))
    layout = plan.loaded.layout
    names = [layout.project_ids[i] for i in layout.column_project]
    paid = plan.model.payments.amounts(plan.units * 0 + [40.0 if name in "AB" else 0.0 for name in names])
    (worth,) = plan.model.worths
    counted = worth.saturation.counted(paid)[:, 0]
    assert dict(zip(layout.places.ids, counted.tolist(), strict=True)) == {"a": 10, "b": 40, "t": 30}
    assert plan.model.benefit(paid) == pytest.approx(30)


@pytest.mark.parametrize(
    ("place", "value", "met"), [("a", 11000, True), ("t", 11500, True), ("t", 11501, False)]
)
def test_an_income_target_counts_only_what_can_be_used(place: str, value: int, met: bool) -> None:  # noqa: FBT001
    """10 万元 of relief raise a by 1,000 yuan a head, 30 raise the town by 1,500; relief can do no more.

    Without the orchard, 11,501 in the town stays 1 yuan short, however much is paid.
    """
    case = relief_and_orchard(lifted_population=60)
    target = {"indicator": "income", "relation": ">=", "value": value, "tier": 1, "places": [place]}
    case = case.but(
        projects=case.projects[:2],
        effects={"r": case.effects["r"]},
        targets={"i": target},
        funds={"f": fund(80)},
    )
    plan = planned(case)
    (row,) = targets(plan).to_dicts()
    assert row["state"] == ("met" if met else "out_of_reach")
    assert row["unavoidable"] == (None if met else pytest.approx(1))
    assert row["planned"] == pytest.approx(min(value, 11500) if met else 11500)
    assert stage_values(plan)["tier1" if met else "tier1_out_of_reach"] == pytest.approx(
        0 if met else 1 / 11501
    )
