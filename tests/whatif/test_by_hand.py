"""Every frame of a comparison against figures worked out by hand; see :mod:`tests.whatif.pairs`."""

from pathlib import Path
from shutil import copytree
from typing import Any

import numpy as np
import polars as pl
import pytest
from scipy import stats

from tests.scenarios import fund, project
from tests.whatif.pairs import EAST, TOWN, WEST, case, run_of, simulated
from zxsim.report.wording import WORDS
from zxsim.whatif.compare import compare
from zxsim.whatif.compare_findings import ABOUT_HOUSEHOLDS
from zxsim.whatif.compare_winners import verdict
from zxsim.whatif.comparison import GAIN, LOSS, UNCLEAR, Comparison


@pytest.fixture(name="runs", scope="module")
def _runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    results = tmp_path_factory.mktemp("results")
    return run_of(case(0.3), results), run_of(case(0.5), results)


@pytest.fixture(name="found", scope="module")
def _found(runs: tuple[Path, Path]) -> Comparison:
    return compare(runs)


def rows(frame: pl.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """Cells of some columns, floats rounded."""
    return [
        tuple(round(cell, 6) if isinstance(cell, float) else cell for cell in row)
        for row in frame.select(columns).iter_rows()
    ]


def codes(found: Comparison) -> list[str]:
    """Codes of the notes; every message has words."""
    assert {message.code for message in (*found.findings, *found.notes)} <= WORDS.keys()
    return [note.code for note in found.notes]


def test_a_run_beside_itself_is_empty(runs: tuple[Path, Path]) -> None:
    """Every frame of differences has no row."""
    found = compare([runs[0], runs[0]])
    assert found.same
    assert {name: len(frame) for name, frame in found.differences.items()} == dict.fromkeys(
        ("inputs", "money", "cells", "distances", "targets", "trajectories", "winners"), 0
    )


def test_the_changed_parameter_has_its_key_and_clause(found: Comparison) -> None:
    """One input differs: the dotted key that ``--set`` takes, with name and clause."""
    assert rows(found.inputs, "run", "kind", "address", "name", "clause", "before", "after", "detail") == [
        ("B", "changed", "rule.build.at_most", "建设占比", "X-01", "0.3", "0.5", False)
    ]


def test_money_that_moved_is_summed_in_every_way(found: Comparison) -> None:
    """10 万元 go from the orchard to the pipe; the town, the fund and the year are where they were."""
    assert rows(found.money, "dimension", "item", "name", "before_wan", "after_wan", "difference_wan") == [
        ("place", "e", "东村", 70, 60, -10),
        ("place", "w", "西村", 30, 40, 10),
        ("category", "乡村建设行动", "乡村建设行动", 30, 40, 10),
        ("category", "产业发展", "产业发展", 70, 60, -10),
        ("project", "P1", "P1", 70, 60, -10),
        ("project", "P2", "P2", 30, 40, 10),
    ]
    assert rows(found.cells, "project_id", "place_name", "fund_name", "year", "difference_wan") == [
        ("P1", "东村", "衔接资金", 2021, -10),
        ("P2", "西村", "衔接资金", 2021, 10),
    ]


def test_the_distance_is_the_share_of_the_money_that_moved(found: Comparison) -> None:
    """Half of 10 + 10 over 100; within the categories over the mean of what both spend there."""
    assert rows(found.distances, "dimension", "item", "moved_wan", "spent_wan", "distance") == [
        ("total", "", 10, 100, 0.1),
        ("fund", "f", 10, 100, 0.1),
        ("category", "乡村建设行动", 5, 35, round(10 / 70, 6)),
        ("category", "产业发展", 5, 65, round(10 / 130, 6)),
    ]


def test_the_target_is_met_by_one_of_them(found: Comparison) -> None:
    """35 % and 40 % of 40 %: the second meets it, which is a gain."""
    (row,) = found.targets.iter_rows(named=True)
    assert (row["target"], row["clause"], row["place_name"], row["verdict"]) == (
        "water",
        "X-02",
        "西村",
        "gain",
    )
    assert (row["planned_before"], row["planned_after"]) == pytest.approx((0.35, 0.4))
    assert (row["state_before"], row["state_after"]) == ("missed", "met")
    assert row["shortfall_before"] == pytest.approx(0.05)
    assert row["probability_before"] is None
    assert rows(found.scorecard, "run", "target") == [("A", "water"), ("B", "water")]


def test_the_villages_gain_and_lose(found: Comparison) -> None:
    """Yuan per head of 300 and 400 persons, and the share that has water."""
    assert rows(found.winners, "item", "indicator", "before", "after", "verdict") == [
        ("e", "money_per_head", round(7e5 / 300, 6), 2000, "loss"),
        ("w", "money_per_head", 750, 1000, "gain"),
        ("w", "water", 0.35, 0.4, "gain"),
    ]
    assert rows(found.trajectories, "basis", "place_id", "indicator", "year", "difference", "low") == [
        ("planned", "w", "water", 2021, 0.05, None)
    ]


def test_every_headline_has_words(found: Comparison) -> None:
    """Those that are put together of parts as well."""
    assert not codes(found)
    for indicator, _ in ABOUT_HOUSEHOLDS:
        for kind in ("", "_pairs", "_apart"):
            assert f"compare_found_{indicator}{kind}" in WORDS


def test_the_headlines_name_their_runs_and_figures(found: Comparison) -> None:
    """Inputs, what moved, the benefit 8.5 against 8, both categories, the target, the villages."""
    said = {message.code: dict(message.fields) for message in found.findings}
    assert said["compare_found_moved"] == {"a": "A", "b": "B", "share": "10.0%", "moved": "10.00"}
    assert said["compare_found_benefit"]["one"] == "8.50"
    assert said["compare_found_benefit"]["two"] == "8.00"
    assert said["compare_found_benefit"]["difference"] == "-0.50"
    assert said["compare_found_category_up"]["name"] == "乡村建设行动"
    assert said["compare_found_targets"] == {"a": "A", "b": "B", "gains": 1, "losses": 0}
    assert said["compare_found_places_money"] == {"a": "A", "b": "B", "gains": 1, "losses": 1}
    assert "compare_found_spent" not in said


ONE, TWO = (1.0, 2.0, 3.0, 4.0), (2.0, 4.0, 4.0, 6.0)
FIRST = {("", "", "income"): ONE, ("w", "", "unresolved"): (0.0, 4.0, 0.0, 0.0)}
SECOND = {("", "", "income"): TWO, ("w", "", "unresolved"): (0.0, 0.0, 0.0, 0.0)}


def income(found: Comparison) -> dict[str, Any]:
    """The row of everybody's simulated income."""
    return found.trajectories.filter(
        (pl.col("indicator") == "income") & (pl.col("place_id") == "")
    ).to_dicts()[0]


def test_intervals_of_pairs(tmp_path: Path) -> None:
    """Differences 1, 2, 1, 2: mean 1.5, s² = 1/3; t(0.95, 3) = 2.3534; half-width 2.3534·√(1/12) = 0.6794."""
    one = simulated(run_of(case(), tmp_path / "1"), FIRST)
    two = simulated(run_of(case(), tmp_path / "2"), SECOND)
    found = compare([one, two])
    row = income(found)
    assert (row["before"], row["after"], row["difference"], row["count"], row["paired"]) == (
        2.5,
        4,
        1.5,
        4,
        True,
    )
    assert (row["low"], row["high"]) == pytest.approx((1.5 - 0.6794, 1.5 + 0.6794), abs=5e-5)
    known = stats.ttest_1samp(np.subtract(TWO, ONE), 0).confidence_interval(0.9)
    assert (row["low"], row["high"]) == pytest.approx((known.low, known.high))
    (west,) = found.trajectories.filter(pl.col("indicator") == "unresolved").iter_rows(named=True)
    known = stats.ttest_1samp([0, -4, 0, 0], 0).confidence_interval(0.9)
    assert west["difference"] == -1
    assert (west["low"], west["high"]) == pytest.approx((known.low, known.high))  # rows of 0 count
    assert found.winners.filter(pl.col("indicator") == "unresolved")["verdict"].to_list() == ["unclear"]
    assert compare([one, one]).same


@pytest.mark.parametrize(
    ("other", "code"),
    [({"seed": 2}, "compare_unpaired_seed"), ({"population": "bb"}, "compare_unpaired_population")],
)
def test_intervals_of_independent_runs(tmp_path: Path, other: dict[str, Any], code: str) -> None:
    """Another seed or other households: the wider interval of two samples (Welch), and a note."""
    one = simulated(run_of(case(), tmp_path / "1"), FIRST)
    two = simulated(run_of(case(), tmp_path / "2"), SECOND, **other)
    found = compare([one, two])
    row = income(found)
    known = stats.ttest_ind(TWO, ONE, equal_var=False).confidence_interval(0.9)
    assert (row["low"], row["high"]) == pytest.approx((known.low, known.high))
    assert row["paired"] is False
    assert codes(found) == [code]


def test_only_shared_replications_make_pairs(tmp_path: Path) -> None:
    """Four and three replications: three pairs, means of these, and a note; one pair has no interval."""
    one = simulated(run_of(case(), tmp_path / "1"), {("", "", "income"): ONE})
    for count, code in ((3, "compare_fewer_pairs"), (1, "compare_one_replication")):
        two = simulated(run_of(case(), tmp_path / str(count)), {("", "", "income"): TWO[:count]})
        found = compare([one, two])
        row = income(found)
        assert (row["count"], row["before"], row["after"]) == (
            count,
            *(np.mean(x[:count]) for x in (ONE, TWO)),
        )
        assert (row["low"] is None) == (count == 1)
        assert code in codes(found)


def test_without_single_replications_means_stand_alone(tmp_path: Path) -> None:
    """A run of an older version: the means of its summary, no interval, nobody surely gains, and a note."""
    made = []
    for at, values in enumerate((ONE, TWO)):
        run = simulated(run_of(case(), tmp_path / str(at)), {("e", "", "income"): values})
        mean = {"place_id": "e", "group": "", "indicator": "income", "unit": "yuan", "period": "2021"}
        table = pl.DataFrame([{**mean, "statistic": "mean", "value": float(np.mean(values))}])
        table.write_parquet(run / "simulation.parquet")
        made.append(run)
    (made[1] / "replications.parquet").unlink()
    found = compare(made)
    assert rows(found.trajectories, "place_id", "before", "after", "difference", "low", "count") == [
        ("e", 2.5, 4, 1.5, None, None)
    ]
    assert found.winners["verdict"].to_list() == ["unclear"]
    assert codes(found) == ["compare_no_replications"]


def test_inputs_that_do_not_load_are_said(runs: tuple[Path, Path], tmp_path: Path) -> None:
    """Another version's scenario: what plans expect is left out, the rest is compared."""
    old = tmp_path / "old"
    copytree(runs[1], old)
    scenario = old / "inputs" / "resolved.toml"
    text = "zxsim_later = true\n" + scenario.read_text(encoding="utf-8")
    scenario.write_text(text, encoding="utf-8")
    found = compare([runs[0], old])
    assert codes(found) == ["compare_unloadable"]
    assert not len(found.trajectories)
    assert len(found.money)


def test_runs_of_other_scenarios(runs: tuple[Path, Path], tmp_path: Path) -> None:
    """Nothing in common is said, and all money counts as moved; a place that only one has is left out."""
    elsewhere = case(
        places=({"id": "x", "name": "远村", "level": "village", "population": 50},),
        projects=(project("Q", 40, place="x", benefit=1),),
        funds={"g": fund(40)},
        rules={},
        effects={},
        targets={},
        years=(2023, 2023),
    )
    found = compare([runs[0], run_of(elsewhere, tmp_path)])
    assert codes(found) == [
        "compare_no_common_places",
        "compare_no_common_projects",
        "compare_no_common_funds",
        "compare_years",
    ]
    assert found.distances.filter(pl.col("dimension") == "total")["distance"].to_list() == [1.0]
    assert found.distances["moved_wan"][0] == 70  # half of 100 + 40
    assert not len(found.winners)
    removed = found.inputs.filter(pl.col("kind") == "removed")["address"].to_list()
    assert {"rule.build", "target.water", "fund.f", "place.e", "project.P1"} <= set(removed)


def test_inputs_are_compared_by_id_never_by_position(tmp_path: Path) -> None:
    """Other order, another cell, a row more, a row less, a range given up: each stands by its own key."""
    east = {**EAST, "population": 310}
    ranged = {"value": 0.3, "low": 0.2, "high": 0.4, "assumed": True, "source": "所知"}
    rule = dict(case().rules["build"])
    one = case(rules={"build": {**rule, "at_most": ranged}})
    two = case(
        places=(TOWN, WEST, east),
        projects=(case().projects[1], project("P3", 10, place="e"), {**case().projects[0], "rank": 1}),
        rules={"build": rule},
    )
    found = compare([run_of(one, tmp_path / "1"), run_of(two, tmp_path / "2")])
    assert rows(found.inputs, "kind", "address", "before", "after", "detail") == [
        ("changed", "rule.build.at_most", "0.3 (0.2–0.4)", "0.3", False),
        ("changed", "rule.build.at_most.source", "所知", "", True),
        ("changed", "rule.build.at_most.assumed", "true", "", True),
        ("changed", "place.e.population", "300", "310", False),
        ("added", "project.P3", "", "", False),
        ("changed", "project.P1.rank", "", "1", False),
    ]


def test_what_was_paid_and_who_has_which_task_is_compared_too(tmp_path: Path) -> None:
    """Cells of progress.csv and tasks.csv by project and quarter, and by number; a run may have none."""
    paid = {"project": "P1", "quarter": "2021Q1", "paid_wan": "2.50"}
    task = {"number": 3, "title": "产业到户", "lead": "农业农村局"}
    one = case(progress=[paid], tasks=[task])
    two = case(progress=[{**paid, "paid_wan": 4}, {**paid, "quarter": "2021Q2", "paid_wan": 5}])
    found = compare([run_of(one, tmp_path / "1"), run_of(two, tmp_path / "2")])
    assert rows(found.inputs, "kind", "address", "name", "before", "after") == [
        ("added", "progress.P1.e.2021Q2", "", "", "5"),
        ("changed", "progress.P1.e.2021Q1.paid_wan", "", "2.5", "4"),
        ("removed", "task.3", "产业到户", "", ""),
    ]


@pytest.mark.parametrize(
    ("unit", "difference", "expected"),
    [
        ("yuan", 0.004, UNCLEAR),
        ("yuan", 0.006, GAIN),
        ("yuan", -0.006, LOSS),
        ("share", 0.0004, UNCLEAR),
        ("share", -0.0006, LOSS),
    ],
)
def test_nobody_gains_or_loses_what_is_shown_as_0(unit: str, difference: float, expected: str) -> None:
    """Half of the last digit of a planned figure is the least that counts."""
    row = {"unit": unit, "difference": difference, "indicator": "i", "basis": "planned"}
    frame = pl.DataFrame([{**row, "low": None, "high": None}])
    assert frame.select(found=verdict())["found"].to_list() == [expected]
