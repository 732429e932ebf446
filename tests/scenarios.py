"""Small scenario folders from Python data, loaded and optimised; every test that needs one starts here."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from zxsim.core.blocks import RowBlock
from zxsim.optimize.build import rule_blocks
from zxsim.optimize.plan import Plan, optimize
from zxsim.optimize.solution import SolverSettings
from zxsim.schema.load import Loaded, load

Row = Mapping[str, object]
Records = Mapping[str, Mapping[str, Any]]
Amounts = Mapping[tuple[str, str, str, int], int]

COMMITMENT = ("project", "place", "fund", "year", "amount_wan")
VILLAGE: Row = {"id": "v", "name": "村", "level": "village"}
OWN: Mapping[str, Any] = {"source": "own"}


@dataclass(frozen=True)
class Case:
    """What stands in a scenario folder; a row of a CSV is a mapping, a missing key an empty cell."""

    funds: Records
    projects: Sequence[Row]
    years: tuple[int, int] = (2021, 2021)
    places: Sequence[Row] = (VILLAGE,)
    rules: Records = field(default_factory=dict)
    indicators: Records = field(default_factory=dict)
    effects: Records = field(default_factory=dict)
    targets: Records = field(default_factory=dict)
    benefit: Mapping[str, Any] = field(default_factory=lambda: OWN)
    commitments: Sequence[Row] | None = None
    progress: Sequence[Row] | None = None
    tasks: Sequence[Row] | None = None
    decided_through: int | None = None

    def but(self, **changes: Any) -> "Case":
        """Return a copy with some parts replaced."""
        return replace(self, **changes)


def fund(amount_wan: object, **keys: object) -> dict[str, Any]:
    """Return a fund of so much money: one number, or a number by year."""
    return {"level": "中央", "amount_wan": amount_wan, **keys}


def project(
    name: str, cost_wan: object, category: str = "产业发展", place: str = "v", **cells: object
) -> Row:
    """Return a project row; ``name`` is its id as well."""
    return {
        "id": name,
        "name": name,
        "places": place,
        "category": category,
        "cost_wan": cost_wan,
        **cells,
    }


def write(case: Case, folder: Path) -> Path:
    """Write the case as a scenario folder and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ['zxsim_version = "0.1"', 'name = "测试"', f"years = {_toml(case.years)}", "units_checked = true"]
    if case.decided_through is not None:
        lines.append(f"decided_through = {case.decided_through}")
    sections = {
        "fund": case.funds,
        "rule": case.rules,
        "indicator": case.indicators,
        "effect": case.effects,
        "target": case.targets,
    }
    for section, records in sections.items():
        for record, keys in records.items():
            lines += ["", f"[{section}.{_toml(record)}]"]
            lines += [f"{key} = {_toml(value)}" for key, value in keys.items() if value is not None]
    lines += ["", "[benefit]", *(f"{key} = {_toml(value)}" for key, value in case.benefit.items()), ""]
    (folder / "scenario.toml").write_text("\n".join(lines), encoding="utf-8")
    _write_rows(case.places, folder / "places.csv")
    _write_rows(case.projects, folder / "projects.csv")
    if case.commitments is not None:
        _write_rows(case.commitments, folder / "commitments.csv", COMMITMENT)
    for name, rows in (("progress", case.progress), ("tasks", case.tasks)):
        if rows is not None:
            _write_rows(rows, folder / f"{name}.csv")
    return folder


def _write_rows(rows: Sequence[Row], path: Path, columns: Sequence[str] = ()) -> None:
    header = list(dict.fromkeys([*columns, *(key for row in rows for key in row)]))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_toml(str(key))} = {_toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Sequence):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    assert isinstance(value, int | float | Decimal)
    return str(value)


def loaded(case: Case) -> Loaded:
    """Load the case from a folder that is gone afterwards: nothing is read from it again."""
    with TemporaryDirectory() as folder:
        return load(write(case, Path(folder) / "case"))


def planned(case: Case, settings: SolverSettings | None = None) -> Plan:
    """Load and optimise the case."""
    return optimize(loaded(case), settings)


def block_of(case: Case, rule: str = "r") -> RowBlock:
    """Return the one block of rows of a rule."""
    found = loaded(case)
    (block,) = [block for block in rule_blocks(found.spec, found.layout) if block.rule == rule]
    return block


def amounts(plan: Plan) -> Amounts:
    """Units of 0.01 万元 by project, place, fund and year, without zeros."""
    layout = plan.loaded.layout
    return {
        (
            layout.project_ids[layout.column_project[j]],
            layout.places.ids[layout.column_place[j]],
            layout.funds[layout.column_fund[j]].fund_id,
            int(layout.years[layout.column_year[j]]),
        ): int(units)
        for j, units in enumerate(plan.units)
        if units
    }


def by_project(plan: Plan) -> Mapping[str, int]:
    """Units of each project that gets money."""
    sums: dict[str, int] = {}
    for (name, _, _, _), units in amounts(plan).items():
        sums[name] = sums.get(name, 0) + units
    return sums


def stage_values(plan: Plan) -> Mapping[str, float]:
    """Value of each stage that was run, by name."""
    return {stage.name: stage.value for stage in plan.chain.stages}
