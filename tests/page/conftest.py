"""Runs that pages are made of: simulated, without a simulation, and with names that are HTML."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.page.chromium import Browser, opened
from tests.scenarios import Case, fund, project, write
from zxsim import api

ROOT = Path(__file__).parent.parent.parent
SCRIPT, EVENT = "<script>alert(1)</script>", '"onload="alert(1)'
IMAGE, TEMPLATE = "</td><img src=x onerror=alert(1)>", "{{ 7 * 7 }}{% raw %}"

HOSTILE = Case(
    funds={
        "city": fund({2024: 50, 2025: 50}, level="市", label=IMAGE),
        "county": fund({2024: 20, 2025: 30}, level="区县", kind="sector", categories=("产业发展",)),
    },
    years=(2024, 2025),
    places=(
        {"id": "c", "name": "甲县", "level": "county"},
        {"id": "a", "name": "<b>甲村</b>", "level": "village", "parent": "c", "population": 500},
        {"id": "b", "name": EVENT, "level": "village", "parent": "c", "population": 400},
    ),
    projects=(
        {**project("P1", 80, place="a:0.6;b:0.4", benefit=9), "name": SCRIPT},
        {**project("P2", 40, "就业项目", "b", benefit=6), "name": TEMPLATE},
        {**project("P3", 60, "乡村建设行动", "a", benefit=3), "name": "&lt;道路&gt;"},
    ),
    rules={
        "share": {
            "kind": "category_share",
            "categories": ["产业发展"],
            "at_least": 0.5,
            "clause": "<i>1</i>",
            "label": EVENT,
        },
    },
)


@pytest.fixture(name="runs", scope="session")
def _runs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Folder of each run by name."""
    folder = tmp_path_factory.mktemp("page")
    few = api.SimulationSettings(replications=2, workers=1)
    hostile = write(HOSTILE, folder / "hostile")
    made = {
        "simulated": api.optimize(
            ROOT / "scenarios" / "changjiang", results=folder / "results", simulation=few
        ),
        "planned": api.optimize(ROOT / "scenarios" / "published-library", results=folder / "results"),
        "hostile": api.optimize(hostile, settings=[f"name='{SCRIPT}'"], results=folder / "results"),
    }
    found = {name: run.folder for name, run in made.items() if run.folder is not None}
    assert len(found) == len(made)
    return found


@pytest.fixture(name="pages", scope="session")
def _pages(runs: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A page of each run in both languages, and one of two runs."""
    folder = tmp_path_factory.mktemp("pages")
    asked = {name: [run] for name, run in runs.items()} | {"two": [runs["simulated"], runs["hostile"]]}
    for name, chosen in asked.items():
        api.report(chosen, folder / f"{name}-zh.html", "zh")
        api.report(chosen, folder / f"{name}-en.html", "en")
    return {path.stem: path for path in folder.iterdir()}


@pytest.fixture(name="browser", scope="session")
def _browser() -> Iterator[Browser]:
    """One Chromium for all pages."""
    with opened() as browser:
        yield browser
