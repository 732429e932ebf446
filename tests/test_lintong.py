"""The district with 26 demonstration villages: its ledger of tasks, and which threshold of waste binds."""

import csv
from pathlib import Path

import polars as pl
import pytest

from zxsim import api
from zxsim.forms.words import RELATION_WORDS
from zxsim.report.labels import LABELS
from zxsim.runs.tables import targets
from zxsim.schema.load import load
from zxsim.schema.shipped import shipped_scenarios

FOLDER = shipped_scenarios()["lintong"]
GRID = 0.001
"""A tenth of a point: what a coverage is printed to."""


def tasks() -> list[dict[str, str]]:
    """Rows of the ledger."""
    with (FOLDER / "tasks.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def waste(scenario: Path) -> tuple[pl.DataFrame, float]:
    """Return the rows of both thresholds, and the benefit."""
    plan = api.optimize(scenario, results=None).plan
    rows = targets(plan).filter(pl.col("target").is_in(["waste_99", "waste_90"]))
    return rows.select("target", "place_id", "value", "planned", "state"), plan.benefit


def test_the_ledger_has_56_tasks_with_units_and_known_targets() -> None:
    """Numbers run from 1 to 56, titles differ, someone leads and does each, and its targets exist."""
    rows, spec = tasks(), load(FOLDER).spec
    assert [int(row["number"]) for row in rows] == list(range(1, 57))
    assert len({row["title"] for row in rows}) == len(rows)
    assert all(row["lead"] and row["units"] for row in rows)
    named = {name for row in rows for name in row["target"].split(";") if name}
    assert named == set(spec.target)
    also = {key for row in rows for key in row["x_also"].split(";") if key}
    assert also == {
        "effect.work_relief",
        "fund.land",
        "rule.asset_income_use",
        "rule.industry_share",
        "rule.library",
        "rule.maintenance_first",
        "rule.transfers_first",
    }
    for key in also:
        section, record = key.split(".")
        assert record in getattr(spec, section)


def test_the_paper_s_village_count_is_the_scenario_s() -> None:
    """26 demonstration villages; the nation is a reference place that holds none of them."""
    places = load(FOLDER).places
    assert places["name"].str.contains("^示范村[0-9]+$").sum() == 26
    assert places.filter(pl.col("parent") == "quanguo").height == 0


def test_the_stricter_threshold_of_waste_binds_unless_a_what_if_takes_its_weight() -> None:
    """Both are reported either way; with the what-if some villages stop at 90 % and the money does more."""
    both, benefit = waste(FOLDER / "scenario.toml")
    assert both.height == 52
    assert both["planned"].min() == pytest.approx(0.99, abs=GRID)
    assert not both["state"].is_in(["missed", "out_of_reach"]).any()
    loose, more = waste(FOLDER / "waste_90.toml")
    assert loose.height == 52
    assert loose["planned"].min() == pytest.approx(0.90, abs=GRID)
    assert more > benefit
    states = dict(loose.group_by("target").agg(pl.col("state").unique()).iter_rows())
    assert not {"missed", "out_of_reach"} & set(states["waste_90"])
    assert "missed" in states["waste_99"]


@pytest.mark.parametrize("relation", ["growth_above_parent", "ratio_to_parent"])
def test_no_word_calls_the_place_compared_with_a_parent(relation: str) -> None:
    """The nation that ``than`` names is no parent of the villages, so neither screen nor form may say so."""
    target = load(FOLDER).spec.target["income"]
    assert (target.relation, target.than) == ("growth_above_parent", "quanguo")
    zh, en = LABELS[relation]
    assert "对照" in zh
    assert "comparison" in en
    assert "对照" in RELATION_WORDS[relation]
