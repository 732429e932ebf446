"""Relations of targets solved by hand: met, missed, and short by less than 0.01 万元 can change."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios import OWN, Case, by_project, fund, loaded, planned, project, stage_values
from zxsim.errors import DataError
from zxsim.optimize.plan import Plan
from zxsim.runs.resolved import write_inputs
from zxsim.runs.tables import targets
from zxsim.schema.load import load

INDUSTRY = "产业发展"


def incomes(money: object, target: Mapping[str, Any], years: tuple[int, int] = (2021, 2022)) -> Case:
    """Villages v and o of 100 in a county of 1,000; 1 万元 of P raises v by 100 yuan a year from then on.

    v starts at 10,000 yuan in 2020, the county at 20,000; both grow by nothing of their own.
    """
    return Case(
        {"f": fund(money)},
        [project("P", 100, INDUSTRY, benefit=0)],
        years=years,
        places=[
            _place("c", "county", "", 1000, 20000),
            _place("v", "village", "c", 100, 10000),
            _place("o", "village", "c", 100, 10000),
        ],
        effects={"e": {"kind": "asset_yield", "projects": ["P"], "yield": 1, "lag": 0, "life": 50}},
        targets={"i": {"indicator": "income", "tier": 1, "places": ["v"], **target}},
        benefit=OWN,
    )


def _place(name: str, level: str, parent: str, population: int, income: int) -> dict[str, object]:
    return {
        "id": name,
        "name": name,
        "level": level,
        "parent": parent,
        "population": population,
        "income_yuan": income,
        "income_year": 2020,
        "trend": 0,
    }


def row_of(plan: Plan) -> dict[str, Any]:
    """The only row of the targets table."""
    (row,) = targets(plan).to_dicts()
    return row


@pytest.mark.parametrize(
    ("target", "enough", "value", "scale"),
    [
        ({"relation": ">", "value": 10500}, 5.01, 10501, 10500),
        ({"relation": ">", "value": 10500, "margin": 100}, 6, 10600, 10500),
        ({"relation": "between", "value": 10300, "upper": 10400}, 3, 10300, 10300),
        ({"relation": "growth", "value": 0.05}, 10.25, 0.05, 11025),
        ({"relation": "growth", "value": 0.05, "base_year": 2018}, 21.550625, 0.05, 10000 * 1.05**4),
        ({"relation": "growth_above_parent", "value": 0.019}, 2, 0.019, 0.019),
        ({"relation": "growth_above_parent", "value": 0.02, "than": "o"}, 2, 0.02, 0.02),
        ({"relation": "ratio_to_parent", "value": 0.6}, 1.25 / 0.0625 + 1.2766, 0.6, 12000),
        ({"relation": "ratio_to_parent", "value": 1.2, "than": "o"}, 20, 1.2, 12000),
        ({"relation": "not_below_previous"}, 0, 0, 10000),
    ],
)
def test_a_relation_is_met_with_enough_money_and_missed_with_less(
    target: Mapping[str, Any], enough: float, value: float, scale: float
) -> None:
    """How much money (万元, paid in both years) each relation asks for v in 2022, at 100 yuan a 万元.

    `>` 501 yuan, or 600 with its own margin; `between` 300; growth of 5 % for two years from 2020 to 2022:
    10,000 · 0.1025 yuan, for four from 2018 on: 10,000 · 0.21550625. v above the county by 0.019: 0.01·x less
    the county's 0.0005·x (10 yuan on 20,000 for 1 万元) = 0.0095·x; above o: 0.01·x. 0.6 of the county, which
    rises by 10 yuan a 万元: 10,000 + 100·x = 0.6 · (20,000 + 10·x), x = 2,000/94; 1.2 of o: 2,000 yuan.
    """
    wanted = {**target, "years": [2022, 2022]}
    if target["relation"] == "ratio_to_parent" and "than" not in target:
        enough = 2000 / 94
    met = row_of(planned(incomes(round(enough / 2 + 0.01, 2), wanted)))
    assert (met["state"], met["shortfall"], met["value"]) == ("met", 0, pytest.approx(value))
    if enough == 0:
        return
    plan = planned(incomes(round(enough / 4, 2), wanted))
    missed = row_of(plan)
    assert missed["state"] == "missed"
    assert missed["shortfall"] == pytest.approx(abs(missed["value"] - missed["planned"]))
    (rows,) = plan.model.targets
    assert rows.form.scale.tolist() == pytest.approx([scale])
    exact = plan.chain.x
    assert stage_values(plan)["tier1"] == pytest.approx(rows.shortfall(exact).sum())
    assert rows.shortfall(exact).sum() == pytest.approx(rows.gap(exact).sum() / scale)


def test_printed_values_are_in_the_unit_of_the_relation() -> None:
    """4 万元 in 2021, none in 2022: v at 10,400 (+4 %), the county at 20,040 (+0.2 %), o at 10,000."""
    money = {2021: 4}
    years = {"years": [2022, 2022]}
    shown = {
        relation: row_of(planned(incomes(money, {**years, "relation": relation, "value": 0.001})))
        for relation in ("growth", "growth_above_parent", "ratio_to_parent")
    }
    assert shown["growth"]["planned"] == pytest.approx(1.04**0.5 - 1)
    assert shown["growth_above_parent"]["planned"] == pytest.approx(0.04 - 0.002)
    assert shown["ratio_to_parent"]["planned"] == pytest.approx(10400 / 20040)
    assert {row["baseline"] for row in shown.values()} == {10000}
    assert [row["plan"] for row in shown.values()] == pytest.approx([400] * 3)


def test_an_upper_limit_below_a_value_is_passed_by_its_margin() -> None:
    """Below 10,300 by 1 yuan: P is worth money, so it gets 2.99 万元 of 50 and v stands at 10,299."""
    case = incomes({2021: 50}, {"relation": "<", "value": 10300, "years": [2022, 2022]})
    plan = planned(case.but(projects=[project("P", 100, INDUSTRY, benefit=100)]))
    assert by_project(plan) == {"P": 299}
    row = row_of(plan)
    assert (row["relation"], row["value"], row["state"]) == ("<", 10299, "met")


def test_between_is_kept_from_above_as_well() -> None:
    """Between 10,300 and 10,400, with a use for 50 万元: 4 are spent."""
    case = incomes({2021: 50}, {"relation": "between", "value": 10300, "upper": 10400, "years": [2022, 2022]})
    plan = planned(case.but(projects=[project("P", 100, INDUSTRY, benefit=100)]))
    assert by_project(plan) == {"P": 400}
    assert row_of(plan)["upper"] == 10400


def test_growth_from_a_year_of_the_horizon_is_not_had_by_being_poor_in_it() -> None:
    """5 % from 2021 to 2022: money of 2021 raises the base too. All of 2022's 5 万元 at 100 yuan: 10,500."""
    target = {"relation": "growth", "value": 0.05, "base_year": 2021, "years": [2022, 2022]}
    row = row_of(planned(incomes({2021: 5, 2022: 5}, target)))
    assert (row["state"], row["planned"]) == ("met", pytest.approx(0.05))


def test_an_income_that_ends_falls_below_the_year_before() -> None:
    """What lasts a year makes 2021 better than 2022; the plan spreads its money so that no year falls.

    6 万元 that only 2021 can pay: 600 yuan in 2021, 0 in 2022, so nothing is paid at all until the benefit
    asks for it, which comes after the tiers.
    """
    target = {"relation": "not_below_previous", "years": [2021, 2022]}
    case = incomes({2021: 6}, target).but(
        effects={"e": {"kind": "asset_yield", "projects": ["P"], "yield": 1, "lag": 0, "life": 1}},
        projects=[project("P", 100, INDUSTRY, benefit=100)],
    )
    assert by_project(planned(case)) == {}
    required = [project("P", 6, INDUSTRY, required="true", benefit=0)]
    plan = planned(case.but(projects=required))
    table = targets(plan)
    assert table["planned"].to_list() == pytest.approx([600, -600])
    assert table["shortfall"].to_list() == pytest.approx([0, 600])
    assert table["state"].to_list() == ["met", "out_of_reach"]
    assert stage_values(plan)["tier1_out_of_reach"] == pytest.approx(600 / 10000)


@pytest.mark.parametrize(("short", "state"), [(0.2, "met_within_unit"), (1.2, "missed")])
def test_growth_short_by_less_than_a_unit_changes_is_met_within_a_unit(short: float, state: str) -> None:
    """0.01 万元 are 1 yuan for v. 5 万元 give 10,500 yuan; growth in a year asks for 0.2 or 1.2 yuan more."""
    rate = (10500 + short) / 10000 - 1
    target = {"relation": "growth", "value": round(rate, 6), "base_year": 2020, "years": [2021, 2021]}
    row = row_of(planned(incomes({2021: 5}, target)))
    assert row["state"] == state
    assert row["shortfall"] == pytest.approx(short / 10000)


def test_a_resolved_target_is_read_back_as_it_is(tmp_path: Path) -> None:
    """``resolved.toml`` states all that was filled in, and loading it changes nothing."""
    wanted: list[Mapping[str, Any]] = [
        {"relation": ">", "value": 9},
        {"relation": "between", "value": 9, "upper": 10},
        {"relation": "growth", "value": 0.01},
        {"relation": "growth_above_parent", "value": 0.01},
        {"relation": "not_below_previous"},
    ]
    for number, target in enumerate(wanted):
        found = loaded(incomes(1, target))
        folder = tmp_path / str(number)
        folder.mkdir()
        write_inputs(found, folder)
        assert load(folder / "resolved.toml").spec.target == found.spec.target


def test_what_is_compared_with_is_written_out() -> None:
    """Margin, base year, parent and the value 0 are filled in on loading."""
    spec = loaded(incomes(1, {"relation": ">", "value": 9})).spec.target["i"]
    assert spec.margin is not None
    assert float(spec.margin) == 1
    spec = loaded(incomes(1, {"relation": "growth_above_parent", "value": 0.01})).spec.target["i"]
    assert (spec.base_year, spec.than) == (2020, "c")
    spec = loaded(incomes(1, {"relation": "not_below_previous"})).spec.target["i"]
    assert spec.value is not None


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ({"relation": ">=", "value": 1, "upper": 2}, "not_for_relation"),
        ({"relation": ">=", "value": 1, "margin": 2}, "not_for_relation"),
        ({"relation": "ratio_to_parent", "value": 1, "base_year": 2019}, "not_for_relation"),
        ({"relation": "growth", "value": 1, "than": "c"}, "not_for_relation"),
        ({"relation": "growth"}, "missing_for_relation"),
        ({"relation": "between", "value": 1}, "missing_for_relation"),
        ({"relation": "between", "value": 2, "upper": 1}, "upper_below_value"),
        ({"relation": "growth_above_parent", "value": 0}, "scale_missing"),
        ({"relation": "not_below_previous", "value": 3}, "value_not_zero"),
        ({"relation": "growth", "value": -1}, "value_out_of_relation"),
        ({"relation": "growth", "value": 0.1, "base_year": 2022}, "base_year_outside"),
        ({"relation": "growth_above_parent", "value": 0.1, "base_year": 2021}, "base_year_outside"),
        ({"relation": "growth", "value": 0.1, "base_year": 1990}, "base_year_outside"),
        ({"relation": "ratio_to_parent", "value": 1, "places": ["c"]}, "target_without_parent"),
        ({"relation": "ratio_to_parent", "value": 1, "than": "x"}, "unknown_place"),
        ({"relation": "growth", "value": 0.1, "indicator": "w"}, "relation_of_income"),
    ],
)
def test_a_relation_is_refused_with_keys_or_values_that_do_not_fit(
    target: Mapping[str, Any], code: str
) -> None:
    """Each mistake has its own words."""
    case = incomes(1, target).but(indicators={"w": {"counts": "persons"}})
    with pytest.raises(DataError) as caught:
        loaded(case)
    assert [message.code for message in caught.value.messages] == [code]


def test_a_place_to_compare_with_needs_its_data_too() -> None:
    """The county without an income cannot be compared with."""
    case = incomes(1, {"relation": "ratio_to_parent", "value": 1})
    bare = [{**case.places[0], "income_yuan": ""}, *case.places[1:]]
    with pytest.raises(DataError) as caught:
        loaded(case.but(places=bare))
    (message,) = caught.value.messages
    assert (message.code, message.fields["places"]) == ("place_cell_missing", ["c"])
