"""A small case, its plan edited by hand, and the commands that evaluate and replan it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.whatif.plans import SMALL
from zxsim.cli import run

Capture = pytest.CaptureFixture[str]
PEOPLE = [{**row, "population": 100 + 50 * at, "base_w": 0.2} for at, row in enumerate(SMALL.places)]
CASE = SMALL.but(
    places=PEOPLE,
    indicators={"w": {"counts": "persons"}},
    effects={"w": {"kind": "coverage", "categories": ["乡村建设行动"], "indicator": "w", "heads": 90}},
    targets={
        "w": {
            "indicator": "w",
            "each": "village",
            "years": [2022, 2022],
            "relation": ">=",
            "value": 0.5,
            "tier": 1,
        }
    },
)
EDITED = [
    ["A", "A", "v1", "东村", "产业发展", "city", 2021, 30],
    ["B", "B", "v2", "西村", "乡村建设行动", "city", 2021, 75],
    ["C", "C", "v2", "西村", "就业项目", "town", 2022, 1],
]


def said(arguments: Sequence[object], capsys: Capture, code: int = 0) -> dict[str, Any]:
    """Run a command with ``--json`` and return what it says."""
    assert run([*map(str, arguments), "--json"]) == code
    printed = capsys.readouterr()
    assert printed.err == ""
    found: dict[str, Any] = json.loads(printed.out)
    return found


def exported(run_folder: Path, to: Path, language: str, capsys: Capture) -> Path:
    """Export the allocation of a run as a planner would."""
    export = ["export", str(run_folder), "--table", "allocation", "--to", str(to), "--lang", language]
    assert run(export) == 0
    capsys.readouterr()
    return to
