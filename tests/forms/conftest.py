"""Runs that the forms are filled from: every shipped scenario, and one with several funds and places."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.scenarios import Case, fund, project, write
from zxsim import api

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted(path.name for path in (ROOT / "scenarios").iterdir() if path.is_dir())
FORMULA = "=cmd|' /C calc'!A0"

MIXED = Case(
    funds={
        "central": fund({2024: 60.05, 2025: 40}, label="中央衔接资金"),
        "county": fund({2024: 20, 2025: 30.07}, level="区县"),
        "city": fund(10, level="市", per_place=("b",)),
    },
    years=(2024, 2025),
    places=(
        {"id": "c", "name": "甲县", "level": "county"},
        {"id": "a", "name": "甲镇", "level": "town", "parent": "c"},
        {"id": "b", "name": "乙镇", "level": "town", "parent": "c"},
        {"id": "a1", "name": "东村", "level": "village", "parent": "a", "population": 500, "households": 120},
        {"id": "b1", "name": "西村", "level": "village", "parent": "b", "population": 400, "households": 100},
    ),
    projects=(
        project(
            "P1", 90, place="a1:0.6;b1:0.4", benefit=9, subcategory="种植业基地", beneficiary_persons=300
        ),
        project("P2", 40, "就业项目", "b", benefit=6, department="人社局", beneficiary_households=80),
        {
            **project("P3", 30, "乡村建设行动", "c", benefit=3),
            "name": FORMULA,
            "建设内容": "-修路|<b>\n两公里",
        },
        project("P4", 25, "乡村建设行动", "a1", benefit=2, 备注="@注"),
    ),
    rules={"share": {"kind": "category_share", "categories": ["产业发展"], "at_least": 0.3, "clause": "M-1"}},
)


FILED = Case(
    funds={
        "central": fund({2024: 70, 2025: 30}, label="中央衔接资金"),
        "twin": fund({2025: 25}, level="其他", kind="cooperation"),
    },
    years=(2024, 2025),
    places=MIXED.places,
    projects=(
        {
            **project("F1", 100, place="a1:0.6;b1:0.4", benefit=9, self_raised_share=0.2),
            "时间进度": "2024年3月-2025年6月",
            "建设性质": "新建",
            "绩效目标": "产业增收",
            "群众参与": "投工投劳",
            "联农带农机制": "土地流转",
            "实施单位": "合作社",
            "责任人": "王某",
        },
        project("F2", 20, "乡村建设行动", "b", benefit=6, first_year=2024, last_year=2024),
        project("F3", 25, "乡村建设行动", "a1", benefit=2),
    ),
)
"""A scenario with everything that the official forms ask for."""


def _paid(
    name: str, quarter: str, paid_wan: float, share: object = "", place: str = ""
) -> Mapping[str, object]:
    keys = {"project": name, "place": place, "quarter": quarter, "paid_wan": paid_wan}
    return {**keys, "physical_share": share}


REPORTED = Case(
    funds={"central": fund({2024: 100, 2025: 20}, label="中央衔接资金")},
    years=(2024, 2025),
    places=(
        {"id": "c", "name": "甲县", "level": "county"},
        {"id": "a", "name": "甲镇", "level": "town", "parent": "c", "population": 500},
        {"id": "b", "name": "乙镇", "level": "town", "parent": "c", "population": 400},
        {"id": "a1", "name": "东村", "level": "village", "parent": "a", "population": 300, "base_water": 0.5},
        {"id": "a2", "name": "西村", "level": "village", "parent": "a", "population": 200, "base_water": 0.9},
        {"id": "b1", "name": "南村", "level": "village", "parent": "b", "population": 400, "base_water": 0.4},
    ),
    projects=(
        project("P1", 40, place="a1", benefit=9, required=True, last_year=2024, department="农业农村局"),
        project(
            "P2",
            20,
            "乡村建设行动",
            "a2",
            benefit=8,
            required=True,
            last_year=2024,
            department="水务局",
            beneficiary_persons=10,
        ),
        project("P3", 10, place="a", benefit=7, required=True, last_year=2024, department="农业农村局"),
        project("P4", 5, place="a1", benefit=6, required=True, last_year=2024),
        project("P5", 25, place="b1", benefit=5, required=True, last_year=2024),
        project("P6", 20, place="a1:0.5;b1:0.5", benefit=4, required=True, first_year=2025),
    ),
    rules={
        "floor": {
            "kind": "place_floor",
            "label": "每镇投入",
            "each": "town",
            "at_least_wan": 25,
            "per": "year",
            "years": [2024, 2024],
            "clause": "R-1",
        },
        "south": {
            "kind": "place_floor",
            "label": "南村投入",
            "places": ["b1"],
            "at_least_wan": 30,
            "per": "year",
            "years": [2024, 2024],
            "clause": "R-2",
            "soft": {"tier": 3},
        },
    },
    indicators={"water": {"label": "自来水普及率", "counts": "persons"}},
    effects={
        "pipes": {
            "kind": "coverage",
            "indicator": "water",
            "projects": ["P2"],
            "heads": "beneficiary_persons",
        }
    },
    targets={
        "tap": {
            "indicator": "water",
            "each": "village",
            "label": "自来水",
            "years": [2025, 2025],
            "relation": ">=",
            "value": 0.95,
            "tier": 1,
            "clause": "R-3",
            "lead": "水务局",
        },
        "off": {
            "indicator": "water",
            "relation": ">=",
            "value": 0.5,
            "tier": 3,
            "enabled": False,
            "places": ["a1"],
        },
    },
    progress=(
        _paid("P1", "2024Q1", 12.5, 0.2),
        _paid("P1", "2024Q2", 10, 0.5),
        _paid("P1", "2024Q3", 7.5, 0.7),
        _paid("P2", "2024Q1", 0, 0),
        _paid("P2", "2024Q3", 5, 0.3),
        _paid("P3", "2024Q2", 10, 1),
        _paid("P4", "2024Q3", 0, 0),
        _paid("P5", "2024Q2", 20, 1),
        _paid("P6", "2024Q3", 1, "", "b1"),
    ),
    tasks=(
        {"number": 2, "title": "供水工程", "lead": "水务局", "units": "各镇;财政局", "target": "tap;off"},
        {"number": 1, "title": "茶园", "lead": "农业农村局", "units": "", "target": ""},
        {"number": 3, "title": "管护", "lead": "水务局", "units": "各镇", "target": "tap", "备注": "按年"},
    ),
)
"""Six projects with progress in three quarters of 2024, whose report is worked out by hand in a test."""


@pytest.fixture(name="runs", scope="session")
def _runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Folder of a run of each shipped scenario, of ``mixed``, ``filed`` and ``reported``."""
    folder = tmp_path_factory.mktemp("forms")
    paths = {name: ROOT / "scenarios" / name for name in SHIPPED}
    paths["mixed"] = write(MIXED, folder / "mixed")
    paths["filed"] = write(FILED, folder / "filed")
    paths["reported"] = write(REPORTED, folder / "reported")
    return {name: _run(path, folder / "results") for name, path in paths.items()}


def _run(scenario: Path, results: Path) -> Path:
    found = api.optimize(scenario, results=results).folder
    assert found is not None
    return found
