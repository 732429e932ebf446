"""A county so small that every point of a sweep is worked out by hand, and folders compared byte by byte.

One village of 100 persons with 1,000 yuan a head, 100 万元 in one year. Industry (at most 80 万元) is worth
0.1 a 万元 and brings households 0.1 万元 a year, half of it low-income ones; roads are worth 0.3 a 万元. With
a share of at least s for industry, 100·s goes there: benefit 30 − 20·s, income 1,000·(1 + s), 10·s 万元 to
households, 5·s of it to low-income ones; above 0.8 there is no plan.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.scenarios import Case, fund, project, write

SHARE = "rule.r.at_least"
VILLAGE = {
    "id": "v",
    "name": "村",
    "level": "village",
    "population": 100,
    "income_yuan": 1000,
    "income_year": 2021,
    "trend": 0,
}
TINY = Case(
    funds={"f": fund(100)},
    projects=[
        project("P1", 80, benefit=8),
        project("P2", 100, "乡村建设行动", benefit=30),
    ],
    places=[VILLAGE],
    rules={"r": {"kind": "category_share", "clause": "C-1", "categories": ["产业发展"], "at_least": 0.1}},
    effects={
        "e": {
            "kind": "asset_yield",
            "categories": ["产业发展"],
            "yield": 0.1,
            "low_income_share": 0.5,
            "lag": 0,
            "life": 5,
        }
    },
    targets={
        "income": {
            "indicator": "income",
            "places": ["v"],
            "years": [2021, 2021],
            "relation": ">=",
            "value": 1500,
            "tier": 1,
        }
    },
)
TIMED = {"created", "timings"}


def tiny(folder: Path, case: Case = TINY) -> Path:
    """Write the county (or one like it) and return its folder."""
    return write(case, folder / "tiny")


def content(sweep: Path) -> Mapping[str, Any]:
    """Every file of a sweep by its name: bytes, and sweep.json without its times."""
    files: dict[str, Any] = {
        str(path.relative_to(sweep)): path.read_bytes() for path in sweep.rglob("*") if path.is_file()
    }
    said = json.loads(files["sweep.json"])
    files["sweep.json"] = {key: value for key, value in said.items() if key not in TIMED}
    return files
