"""Two plans small enough to be worked out by hand, as run folders; and simulations of four replications."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from tests.scenarios import Case, fund, planned, project
from zxsim.optimize.solution import SolverSettings
from zxsim.runs.store import save_run
from zxsim.simulate.replication_table import SCHEMA

TOWN = {"id": "t", "name": "镇", "level": "town"}
EAST = {"id": "e", "name": "东村", "level": "village", "parent": "t", "population": 300}
WEST = {"id": "w", "name": "西村", "level": "village", "parent": "t", "population": 400, "base_water": 0.2}


def case(most: float = 0.3, **changes: Any) -> Case:
    """100 万元 for an orchard in the east (worth 10) and a pipe in the west (worth 5, half the village).

    At most ``most`` of the fund may go into building. The target asks for 40 % of the west: base 20 % and
    0.5 % a 万元. With 0.3 the pipe gets 30, the west has 35 %, the benefit is 7 + 1.5; with 0.5 or more the
    pipe gets the 40 that the target asks for and the benefit is 6 + 2.
    """
    whole = Case(
        funds={"f": fund(100, label="衔接资金")},
        places=(TOWN, EAST, WEST),
        projects=(
            project("P1", 100, place="e", benefit=10),
            project("P2", 100, "乡村建设行动", place="w", benefit=5),
        ),
        rules={
            "build": {
                "kind": "category_share",
                "label": "建设占比",
                "clause": "X-01",
                "categories": ["乡村建设行动"],
                "at_most": most,
            }
        },
        indicators={"water": {"counts": "persons", "label": "饮水"}},
        effects={"pipe": {"kind": "coverage", "projects": ["P2"], "indicator": "water", "heads": 200}},
        targets={
            "water": {
                "indicator": "water",
                "places": ["w"],
                "years": [2021, 2021],
                "relation": ">=",
                "value": 0.4,
                "tier": 3,
                "clause": "X-02",
            }
        },
    )
    return whole.but(**changes)


def run_of(made: Case, results: Path) -> Path:
    """Plan a case and write it as a run."""
    return save_run(planned(made), results, SolverSettings(), {})


Figures = Mapping[tuple[str, str, str], Sequence[float]]
"""(place, group, indicator) → value of each replication."""


def simulated(run: Path, figures: Figures, *, seed: int = 1, population: str = "aa") -> Path:
    """Make a run one that was simulated, with these year-end figures of 2021."""
    count = len(next(iter(figures.values())))
    rows = [
        (number, place, group, indicator, 2021, value)
        for (place, group, indicator), values in figures.items()
        for number, value in enumerate(values)
        if value
    ]
    pl.DataFrame(rows, schema=SCHEMA, orient="row").write_parquet(run / "replications.parquet")
    targets = pl.read_parquet(run / "targets.parquet").select(
        "target", "clause", "place_id", "year", "relation", "value", "planned"
    )
    targets.with_columns(mean="planned", probability=pl.lit(0.5)).write_parquet(
        run / "simulated_targets.parquet"
    )
    manifest = json.loads((run / "run.json").read_text(encoding="utf-8"))
    manifest["simulation"] = {
        "seed": seed,
        "population": population,
        "replications": count,
        "precision": 0.05,
        "half_width": 0.04,
        "households": 700,
        "precise_enough": True,
    }
    (run / "run.json").write_text(json.dumps(manifest), encoding="utf-8")
    return run
