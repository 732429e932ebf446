"""Small scenarios with households; every test here starts from one of them."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tests.scenarios import Case, Row, fund, project, write
from zxsim.core.layout import IntArray
from zxsim.schema.load import Loaded

COLUMNS = ("id", "name", "level", "parent", "population", "households", "lifted_population", "income_yuan")
PLACES: tuple[Row, ...] = tuple(
    dict(zip((*COLUMNS, "income_year", "trend", "x_workers"), cells, strict=True))
    for cells in (
        ("t", "镇", "town", None, 700, None, None, 11000, 2021, 0.05, None),
        ("e", "东村", "village", "t", 300, 90, 60, 10000, 2020, 0.05, 10),
        ("w", "西村", "village", "t", 400, 110, 40, 12000, 2021, 0.04, None),
    )
)
TABLES = """
[household]
[procedure]
line_yuan = 6500
"""


def case(**changes: object) -> Case:
    """Two villages of a town, an orchard in each, a road of the town, jobs that only ten heads can use."""
    whole = Case(
        years=(2021, 2024),
        places=PLACES,
        funds={"f": fund(60)},
        projects=(
            project("P1", 80, place="e"),
            project("P2", 70, place="w"),
            project("P3", 40, category="就业项目", place="e"),
            project("P4", 30, category="乡村建设行动", place="t"),
        ),
        effects={
            "orchard": {
                "kind": "asset_yield",
                "projects": ["P1", "P2"],
                "yield": {"value": 0.08, "low": 0.04, "high": 0.12, "assumed": True},
                "life": 10,
                "decay": 0.1,
            },
            "jobs": {
                "kind": "jobs",
                "projects": ["P3"],
                "posts": 20,
                "wage_yuan": 8000,
                "life": 3,
                "eligible": "x_workers",
                "gap_yuan": 900,
            },
        },
        targets={
            "income": {
                "indicator": "income",
                "places": ["e", "w", "t"],
                "years": [2021, 2024],
                "relation": ">=",
                "value": 12500,
                "tier": 1,
            }
        },
        benefit={"source": "effects"},
    )
    return whole.but(**changes)


def folder(path: Path, toml: str = TABLES, files: Mapping[str, str] | None = None, **changes: object) -> Path:
    """Write the case with these tables of the simulation, and further files."""
    made = write(case(**changes), path / "case")
    with (made / "scenario.toml").open("a", encoding="utf-8") as file:
        file.write(toml)
    for name, text in (files or {}).items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def units_of(loaded: Loaded, paid: Mapping[tuple[str, int], int]) -> IntArray:
    """Units a money column of a plan given as project and year → 万元."""
    layout = loaded.layout
    units = np.zeros(len(layout), dtype=np.int64)
    for (name, year), wan in paid.items():
        at = (layout.column_project == layout.project_position[name]) & (
            layout.years[layout.column_year] == year
        )
        units[np.flatnonzero(at)[0]] = wan * 100
    return units
