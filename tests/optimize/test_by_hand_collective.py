"""Income of the village collective solved by hand: what assets leave to it, growth, what a target asks."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios import Case, by_project, fund, planned, project, stage_values, write
from zxsim import api
from zxsim.runs.tables import targets

ASSET: Mapping[str, Any] = {
    "kind": "asset_yield",
    "categories": ["产业发展"],
    "yield": 0.1,
    "collective_share": 0.4,
    "lag": 1,
    "life": 2,
    "decay": 0.5,
}
PLACES = [
    {"id": "t", "name": "镇", "level": "town", "collective_income_wan": 20},
    {"id": "v", "name": "村", "level": "village", "parent": "t", "collective_income_wan": 5},
]


def case(**changes: Any) -> Case:
    """Return 100 万元 in 2021 and 50 in 2022 for two assets of the village that must be paid."""
    made = Case(
        {"f": fund({2021: 100, 2022: 50})},
        [
            project("A", 100, last_year=2021, required="true"),
            project("B", 50, first_year=2022, last_year=2022, required="true"),
        ],
        years=(2021, 2025),
        places=PLACES,
        effects={"asset": ASSET},
        benefit={},
    )
    return made.but(**changes)


def target(relation: str, value: float, **keys: Any) -> dict[str, Any]:
    """Return a target on the collective's income of both places."""
    found = {"indicator": "collective_income", "relation": relation, "value": value, "tier": 2}
    return {"c": {**found, "places": ["t", "v"], **keys}}


def test_assets_leave_their_share_to_the_collective_with_lag_life_and_decay() -> None:
    """With k = 0.1 · 0.4, 100 万元 leave 4 in 2022 and 2 in 2023, 50 leave 2 in 2023 and 1 in 2024.

    So 5, 9, 9, 6, 5 in the village; the town's 20 gains the same, not divided by anything. What is missing to
    12, whatever the money: in the village 7, 3, 3, 6, 7 of 12, in the town nothing; each counts half.
    """
    plan = planned(case(targets=target(">=", 12, years=[2021, 2025])))
    rows = targets(plan).sort("place_id", "year")
    assert rows["planned"].to_list() == pytest.approx([20, 24, 24, 21, 20, 5, 9, 9, 6, 5])
    assert rows["plan"].to_list() == pytest.approx([0, 4, 4, 1, 0] * 2)
    assert rows["baseline"].to_list() == [20] * 5 + [5] * 5
    assert stage_values(plan)["tier2_out_of_reach"] == pytest.approx((7 + 3 + 3 + 6 + 7) / 12 / 2)


def test_what_stays_with_the_collective_is_no_benefit_and_no_income_of_households() -> None:
    """Benefit is what reaches households, 0.6 of the yield: 6 + 3 + 3 + 1.5 万元 undiscounted."""
    assert planned(case(benefit={"discount_rate": 0})).benefit == pytest.approx(6 + 3 + 3 + 1.5)


def test_growth_is_a_yearly_rate_on_what_the_collective_has() -> None:
    """From 5 in 2020 to 9 in 2022: 1.8^(1/2) − 1 a year; from 20 to 24: 1.2^(1/2) − 1."""
    plan = planned(case(targets=target("growth", 0.2, years=[2022, 2022])))
    rows = targets(plan).sort("place_id")
    assert rows["planned"].to_list() == pytest.approx([1.2**0.5 - 1, 1.8**0.5 - 1])


def test_more_than_a_sum_is_passed_by_a_hundredth() -> None:
    """For more than 9 万元 in 2022, 4.01 / 0.04 = 100.25 万元 of assets in 2021."""
    rows = [project("A", 100, "其他"), project("B", 200, last_year=2021), project("C", 200, "其他")]
    funds = {"f": fund({2021: 200})}
    wanted = target(">", 9, years=[2022, 2022], places=["v"])
    plan = planned(
        case(projects=rows, funds=funds, targets=wanted, benefit={"source": "own"}).but(
            projects=[{**row, "benefit": 0 if row["id"] == "B" else 100} for row in rows]
        )
    )
    assert by_project(plan)["B"] == 10025
    assert targets(plan)["planned"].to_list() == pytest.approx([9.01])


def test_the_independent_check_works_the_incomes_out_anew(tmp_path: Path) -> None:
    """A run verifies; a figure of the collective that is changed afterwards is found."""
    folder = write(case(targets=target(">=", 8, years=[2022, 2023])), tmp_path / "case")
    run = api.optimize(folder, results=tmp_path / "results")
    assert run.folder is not None
    assert api.verify(run.folder) == []
    table = run.folder / "targets.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("24.0", "24.5", 1), encoding="utf-8")
    assert any("planned" in message.address for message in api.verify(run.folder))
