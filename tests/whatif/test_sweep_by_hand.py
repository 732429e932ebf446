"""Sweeps of a county worked out by hand: figures, targets, conflicts, the frontier, and what a grid holds."""

from pathlib import Path

import polars as pl
import pytest

from tests.whatif.tiny import SHARE, TINY, tiny
from zxsim.errors import UsageError
from zxsim.whatif.sweep import sweep
from zxsim.whatif.sweep_frontier import Axes, axes_of
from zxsim.whatif.sweep_grid import Varied, grid, keys_of, varied


def test_every_figure_of_a_sweep_is_as_worked_out_by_hand(tmp_path: Path) -> None:
    """Shares of 0, 0.5 and 0.8 in their rows; 0.8 alone brings the income above 1,500."""
    found = sweep(tiny(tmp_path), [f"{SHARE}=0.2,0.5,0.8"], results=tmp_path, count=1).table
    assert found[SHARE].to_list() == [0.2, 0.5, 0.8]
    assert found["status"].to_list() == ["optimal"] * 3
    assert found["spent_wan"].to_list() == [100.0] * 3
    assert found["left_wan"].to_list() == [0.0] * 3
    # The target is in tier 1 and comes before benefit: at least 50 万元 of industry for 1,500 yuan.
    assert found["industry_share"].to_list() == [0.5, 0.5, 0.8]
    assert found["benefit"].to_list() == pytest.approx([20, 20, 14])
    assert found["mean_income_yuan"].to_list() == pytest.approx([1500, 1500, 1800])
    assert found["household_gain_wan"].to_list() == pytest.approx([5, 5, 8])
    assert found["low_income_gain_wan"].to_list() == pytest.approx([2.5, 2.5, 4])
    assert found["targets_met"].to_list() == [1, 1, 1]


def test_a_shortfall_and_a_missed_target_are_told(tmp_path: Path) -> None:
    """Without the effect on income, 1,000 of 1,250 yuan: a fifth is missing; of 1,000 nothing."""
    case = TINY.but(effects={})
    found = sweep(tiny(tmp_path, case), ["target.income.value=1000,1250"], results=tmp_path, count=1).table
    assert found["tier1"].to_list() == [0, 0.2]
    assert found["targets_met"].to_list() == [1, 0]
    assert found["household_gain_wan"].to_list() == [None, None]
    assert found["mean_income_yuan"].to_list() == [1000, 1000]


def test_the_last_key_of_a_grid_changes_fastest(tmp_path: Path) -> None:
    """Two shares and two amounts are four points; the money follows the amount, industry the share."""
    vary = [f"{SHARE}=0.6,0.8", "fund.f.amount_wan=50,100"]
    found = sweep(tiny(tmp_path, TINY.but(targets={})), vary, results=tmp_path, count=1).table
    assert found["point"].to_list() == [1, 2, 3, 4]
    assert found["fund.f.amount_wan"].to_list() == [50, 100, 50, 100]
    assert found["spent_wan"].to_list() == [50, 100, 50, 100]
    assert found["industry_share"].to_list() == [0.6, 0.6, 0.8, 0.8]
    assert found["benefit"].to_list() == pytest.approx([9, 18, 7, 14])


def test_an_impossible_point_is_a_row_that_names_its_clauses(tmp_path: Path) -> None:
    """0.9 of 100 万元 is more than the 80 that industry costs: no plan, no figures, the others stay."""
    ended = sweep(tiny(tmp_path), [f"{SHARE}=0.7:0.9:3"], results=tmp_path, count=1)
    assert ended.table["status"].to_list() == ["optimal", "optimal", "conflict"]
    assert ended.table["benefit"][2] is None
    assert ended.table["clauses"].to_list() == ["", "", "[rule.r] C-1"]
    assert sorted(path.name for path in (ended.folder / "points" / "0003").iterdir()) == ["point.json"]


def test_facts_that_contradict_each_other_are_a_conflict_too(tmp_path: Path) -> None:
    """A required project that costs more than there is money: its clause and the fund's."""
    projects = [{**TINY.projects[0], "required": True}, TINY.projects[1]]
    case = TINY.but(projects=projects)
    found = sweep(tiny(tmp_path, case), ["fund.f.amount_wan=60,100"], results=tmp_path, count=1).table
    assert found["status"].to_list() == ["conflict", "optimal"]
    assert found["clauses"][0] == "projects.csv P1 required + [fund.f]"


def test_a_sweep_without_any_plan_still_has_its_table(tmp_path: Path) -> None:
    """All points in conflict: every column is there and empty, and nothing is on the frontier."""
    ended = sweep(tiny(tmp_path), [f"{SHARE}=0.9,1"], results=tmp_path, count=1)
    assert ended.table["status"].to_list() == ["conflict", "conflict"]
    assert ended.table["benefit"].to_list() == [None, None]
    assert ended.axes.frontier(ended.table) == []


def test_words_are_varied_too_but_are_no_axis(tmp_path: Path) -> None:
    """A share of what a fund holds, or of what is spent of it: the same here; a column of texts."""
    vary = [f'{SHARE[:-9]}.of="fund",spent']
    found = sweep(tiny(tmp_path), vary, results=tmp_path, count=1)
    assert found.table["rule.r.of"].to_list() == ['"fund"', "spent"]
    assert found.table["benefit"].to_list() == pytest.approx([20, 20])
    with pytest.raises(UsageError):
        sweep(tiny(tmp_path), vary, results=tmp_path, x="rule.r.of", count=1)


def test_the_frontier_holds_the_points_that_no_other_beats() -> None:
    """More is better but for shortfalls; points without figures are no part of it."""
    table = pl.DataFrame(
        {
            "point": [1, 2, 3, 4, 5],
            "benefit": [1.0, 2.0, 3.0, 2.0, None],
            "tier1": [0.0, 1.0, 2.0, 2.0, 0.0],
            "spent_wan": [3.0, 2.0, 2.0, 1.0, 9.0],
        }
    )
    assert Axes("tier1", "benefit").frontier(table) == [1, 2, 3]
    assert Axes("spent_wan", "benefit").frontier(table) == [1, 3]


def test_axes_are_chosen_among_what_differs() -> None:
    """The same industry share everywhere is no axis: what was varied takes its place."""
    table = pl.DataFrame(
        {
            "rule.r.start": [0.1, 0.2],
            "industry_share": [0.5, 0.5],
            "low_income_gain_wan": [None, None],
            "benefit": [1.0, 2.0],
        },
        schema_overrides={"low_income_gain_wan": pl.Float64},
    )
    keys = [Varied("rule.r.start", ("0.1", "0.2"))]
    assert axes_of(table, keys, None, None) == Axes("rule.r.start", "benefit")
    assert axes_of(table, keys, "benefit", "industry_share") == Axes("benefit", "industry_share")


@pytest.mark.parametrize(
    ("given", "values"),
    [
        ("a=0.1:0.7:7", ("0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7")),
        ("a=1000:2000:3", ("1000", "1500", "2000")),
        ("a=1:0:3", ("1", "0.5", "0")),
        ("a=-1:1:3", ("-1", "0", "1")),
        ("a=0:1:4", ("0", "0.333333", "0.666667", "1")),
        ("a=1e-3:1:2", ("0.001", "1")),
        ('a=["x","y"],["z"]', ('["x","y"]', '["z"]')),
        ("a={2023=1, 2024=2},3", ("{2023=1, 2024=2}", "3")),
        ("a='1,2',b", ("'1,2'", "b")),
        ("a=上，下", ("上", "下")),
        ("a=true,false", ("true", "false")),
        ("a=v1:0.5;v2:0.5", ("v1:0.5;v2:0.5",)),
        ("a=10:30", None),
        ("a=10:30:x", None),
        ("a=1:2:1", None),
        ("a=1:2:2.5", None),
        ("a=2:2:3", None),
        ("a=1,1.0", None),
        ("a=1,,2", None),
        ("a=", None),
        ("=1", None),
        ("a=0:1:20000", None),
    ],
)
def test_values_are_read_as_a_range_or_a_list(given: str, values: tuple[str, ...] | None) -> None:
    """N values with both ends, exact where they can be; commas within brackets and quotes do not cut."""
    if values is None:
        with pytest.raises(UsageError):
            varied(given)
    else:
        assert varied(given) == Varied("a", values)


def test_a_grid_is_refused_whole() -> None:
    """Every fault at once: syntax, a key twice, a key that is set or lies within another."""
    with pytest.raises(UsageError) as error:
        keys_of(["a", "b.c=1,2", "b.c=3", "d.e=1", "d=2"], ["b=1"])
    codes = [message.code for message in error.value.messages]
    assert codes == ["vary_syntax", "vary_twice", "vary_twice", "vary_twice"]
    with pytest.raises(UsageError) as error:
        keys_of(["a=0:1:200", "b=0:1:200"], [])
    assert [message.code for message in error.value.messages] == ["too_many_points"]


def test_points_are_numbered_from_one() -> None:
    """Numbers and settings follow the order of the grid."""
    points = list(grid([Varied("a", ("1", "2")), Varied("b", ("x",))]))
    assert [point.number for point in points] == [1, 2]
    assert [point.settings for point in points] == [("a=1", "b=x"), ("a=2", "b=x")]
