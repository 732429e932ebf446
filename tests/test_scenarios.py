"""Every shipped scenario, end to end, against its headline figures: a regression, not a theory."""

import csv
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from zxsim import api
from zxsim.indicators import BUILT_IN
from zxsim.optimize.plan import optimize
from zxsim.outcomes import SimulationSettings
from zxsim.schema.load import load

ROOT = Path(__file__).parent.parent
SCENARIOS = sorted(path.parent for path in (ROOT / "scenarios").glob("*/scenario.toml"))
HEADLINES = Path(__file__).parent / "headlines"


def beside(scenario: str) -> list[list[Any]]:
    """Return published figures and the model's own path: indicator, place, year, published, model.

    The path is the one without any plan, which a scenario assumes from an earlier figure.
    """
    with (HEADLINES / "published.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["scenario"] == scenario]
    found = []
    for row in rows:
        layout, year = load(ROOT / "scenarios" / scenario).layout, int(row["year"])
        path = BUILT_IN[row["indicator"]].path(row["indicator"], layout, np.array([year]))
        model = round(float(path[layout.places.position[row["place"]], 0]))
        found.append([row["indicator"], row["place"], year, float(row["published"]), model])
    return found


def headline(folder: Path) -> dict[str, Any]:
    """What a planner would quote of a run."""
    manifest = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    shown = ("status", "unique", "available_wan", "spent_wan", "benefit", "library_benefit")
    targets = pl.read_parquet(folder / "targets.parquet")
    return {
        **{key: manifest[key] for key in shown},
        "stages": {stage["name"]: stage["value"] for stage in manifest["stages"]},
        "by_year": pl.read_parquet(folder / "by_year.parquet")["amount_wan"].to_list(),
        "targets": targets.select("target", "place_id", "planned", "state").rows(),
        "binding": pl.read_parquet(folder / "rules.parquet")["binding"].sum(),
    }


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.name)
def test_a_shipped_scenario_gives_its_headline(scenario: Path, tmp_path: Path) -> None:
    """The run verifies, and money, benefit, stages and targets are those kept in tests/headlines."""
    run = api.optimize(scenario, results=tmp_path)
    assert run.folder is not None
    assert api.verify(run.folder) == []
    found = json.loads(json.dumps({**headline(run.folder), "published_and_model": beside(scenario.name)}))
    kept = HEADLINES / f"{scenario.name}.json"
    if os.environ.get("ZXSIM_UPDATE_HEADLINES"):
        kept.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    expected = json.loads(kept.read_text(encoding="utf-8"))
    assert found.keys() == expected.keys()
    for key in ("status", "unique", "binding", "by_year", "published_and_model"):
        assert found[key] == expected[key]
    for key in ("available_wan", "spent_wan", "benefit", "library_benefit", "stages"):
        assert found[key] == pytest.approx(expected[key], rel=1e-6, abs=1e-6)
    for row, wanted in zip(found["targets"], expected["targets"], strict=True):
        assert (row[0], row[1], row[3]) == (wanted[0], wanted[1], wanted[3])
        assert row[2] == pytest.approx(wanted[2], rel=1e-6)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.name)
def test_the_inputs_of_a_run_are_a_scenario_with_the_same_plan(scenario: Path, tmp_path: Path) -> None:
    """``inputs/resolved.toml`` can be optimised again and gives the same money."""
    run = api.optimize(scenario, results=tmp_path)
    assert run.folder is not None
    again = optimize(load(run.folder / "inputs" / "resolved.toml"))
    assert again.units.tolist() == run.plan.units.tolist()


WITH_HOUSEHOLDS = [path for path in SCENARIOS if load(path).spec.simulated]


@pytest.mark.parametrize("scenario", WITH_HOUSEHOLDS, ids=lambda path: path.name)
def test_a_shipped_scenario_is_simulated(scenario: Path, tmp_path: Path) -> None:
    """Every target gets a chance, somebody is found and helped, and the run still verifies."""
    few = SimulationSettings(replications=2, workers=1)
    run = api.optimize(scenario, results=tmp_path, simulation=few)
    assert run.folder is not None
    assert api.verify(run.folder) == []
    rows = pl.read_parquet(run.folder / "simulated_targets.parquet")
    asked = {target for target, spec in load(scenario).spec.target.items() if spec.enabled}
    assert set(rows["target"]) == asked
    assert rows["probability"].is_between(0, 1).all()
    table = pl.read_parquet(run.folder / "simulation.parquet").filter(pl.col("place_id") == "")
    most = dict(table.group_by("indicator").agg(pl.col("value").max()).iter_rows())
    assert most["entries"] > 0
    assert most["exits"] > 0


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    """Two runs differ in the folder's name and the times in run.json, and in nothing else."""
    folders = [api.optimize(SCENARIOS[0], results=tmp_path).folder for _ in range(2)]
    first, second = (folder for folder in folders if folder is not None)
    assert first != second
    for path in sorted(first.rglob("*")):
        if path.is_file() and path.name != "run.json":
            assert path.read_bytes() == (second / path.relative_to(first)).read_bytes()
    ours, theirs = (json.loads((f / "run.json").read_text(encoding="utf-8")) for f in (first, second))
    for manifest in (ours, theirs):
        del manifest["timings"], manifest["created"]
    assert ours == theirs


def test_the_demo_is_the_published_library() -> None:
    """55 rows of 17,432.42 万元 in all, a third of it as funds, a fifth of that each year."""
    loaded = load(ROOT / "scenarios" / "published-library")
    assert len(loaded.projects) == 55
    assert round(float(loaded.projects["cost_wan"].sum()), 2) == 17432.42
    assert loaded.layout.funds[0].amount.tolist() == [116216] * 5


@pytest.mark.parametrize(
    ("settings", "worth"), [((), 52.00), (("rule.industry_share.enabled=false",), 52.10)]
)
def test_the_share_rule_costs_a_tenth_of_a_project(settings: tuple[str, ...], worth: float) -> None:
    """The figures that the README quotes: 52.00 with the rule, 52.10 without."""
    run = api.optimize(ROOT / "scenarios" / "published-library", settings=settings, results=None)
    assert round(run.plan.benefit, 2) == worth
