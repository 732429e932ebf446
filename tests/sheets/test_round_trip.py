"""What a run files upward comes back: the official plan of every shipped scenario, exported and imported."""

import csv
import json
import tomllib
from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from pathlib import Path

import pytest

from zxsim.cli import run

ROOT = Path(__file__).parents[2] / "scenarios"
SCENARIOS = sorted(path.name for path in ROOT.iterdir() if (path / "scenario.toml").is_file())

CENT = Decimal("0.01")
Money = Mapping[tuple[str, str, str, str], Decimal]
"""万元 by project, name of the place, level of the fund and year."""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _money(table: Path, inputs: Path, scenario: str) -> Money:
    """Add a table of money up; columns of a run's table end in ``_id``."""
    funds = tomllib.loads((inputs / scenario).read_text(encoding="utf-8"))["fund"]
    names = {place["id"]: place["name"] for place in _rows(inputs / "places.csv")}
    found: dict[tuple[str, str, str, str], Decimal] = {}
    for row in _rows(table):
        cells = {name.removesuffix("_id"): cell for name, cell in row.items()}
        key = (cells["project"], names[cells["place"]], funds[cells["fund"]]["level"], cells["year"])
        found[key] = found.get(key, Decimal(0)) + Decimal(cells["amount_wan"])
    return {key: amount for key, amount in found.items() if amount}


@pytest.mark.parametrize("form", [["--form", "项目计划表"], []], ids=["plan", "workbook"])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_filed_plan_comes_back(
    scenario: str, form: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Same projects, places, categories, cost and money by level and year; the form's own sums agree.

    Places of a project that get no money are not filed, nor is their part of its cost.
    """
    results = str(tmp_path / "results")
    assert run(["optimize", str(ROOT / scenario), "--results", results, "--json", "--no-simulate"]) == 0
    folder = Path(json.loads(capsys.readouterr().out)["run"])
    filed, out = tmp_path / "上报.xlsx", tmp_path / "out"
    assert run(["export", str(folder), "--to", str(filed), *form]) == 0
    capsys.readouterr()
    assert run(["import", str(filed), "--to", str(out), "--json"]) == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["checks"] > 0
    assert summary["differences"] == []
    told = {message["code"] for message in summary["assumed"]}
    assert "import_cost_from_funds" not in told
    made_up = json.loads((folder / "run.json").read_text(encoding="utf-8"))["illustrative"]
    assert (
        tomllib.loads((out / "scenario.toml").read_text(encoding="utf-8")).get("illustrative", False)
        == made_up
    )
    assert ("import_illustrative" in told) == made_up
    money = _money(folder / "allocation.csv", folder / "inputs", "resolved.toml")
    assert _money(out / "plan.csv", out, "scenario.toml") == money
    paid = {key[0] for key in money}
    filed_as = {p["id"]: (p["name"], p["category"]) for p in _rows(folder / "inputs" / "projects.csv")}
    assert {p["id"]: (p["name"], p["category"]) for p in _rows(out / "projects.csv")} == {
        key: filed_as[key] for key in paid
    }
    library = {p["id"]: p for p in _rows(folder / "inputs" / "projects.csv")}
    for own in _rows(out / "projects.csv"):
        cost = Decimal(library[own["id"]]["cost_wan"]).quantize(CENT, ROUND_CEILING)
        filed_at = {key[1] for key in money if key[0] == own["id"]}
        part = len(filed_at) < library[own["id"]]["places"].count(";") + 1
        assert Decimal(own["cost_wan"]) < cost if part else Decimal(own["cost_wan"]) == cost
    assert run(["validate", str(out)]) == 0
    capsys.readouterr()
