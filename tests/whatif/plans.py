"""Plans from outside for the tests: as cells of a frame, as files, and as runs."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from tests.scenarios import VILLAGE, Case, fund, project
from zxsim.optimize.plan import Plan
from zxsim.optimize.reasons import CHANGE
from zxsim.runs.evaluate import Evaluated, evaluate
from zxsim.runs.given import given_plan
from zxsim.schema.load import Loaded
from zxsim.sheets.plan_sheet import SCHEMA

Amounts = Mapping[tuple[str, str, str, int], int]
"""Units by project, place, fund and year."""

VILLAGES = (
    {"id": "v1", "name": "东村", "level": "village"},
    {"id": "v2", "name": "西村", "level": "village"},
)
SMALL = Case(
    funds={
        "city": fund({2021: 100, 2022: 60}, label="市级资金", clause="甲-01"),
        "town": fund(50, level="其他", label="乡镇资金", not_categories=["就业项目"], places=["v1"]),
    },
    projects=[
        project("A", 80, "产业发展", "v1", benefit=160, rank=1),
        project("B", 100, "乡村建设行动", "v1:0.5;v2:0.5", benefit=100, rank=2),
        project("C", 40, "就业项目", "v2", benefit=20, rank=3, first_year=2022),
    ],
    years=(2021, 2022),
    places=VILLAGES,
    rules={
        "least": {
            "kind": "category_share",
            "clause": "乙-02",
            "label": "产业占比",
            "categories": ["产业发展"],
            "at_least": 0.5,
            "funds": ["city"],
            "years": [2021, 2021],
        }
    },
)
"""Two funds, three projects, two years, and a share of industry: everything by hand."""

ONE = Case(
    funds={"f": fund(100)},
    projects=[project("A", 70, benefit=210), project("B", 60, benefit=120), project("C", 50, benefit=50)],
    places=(VILLAGE,),
)
"""One fund of 100 for three projects, worth 3, 2 and 1 a 万元."""


def cells_of(amounts: Amounts) -> pl.DataFrame:
    """Cells of a plan as a file would give them; the cell is the key."""
    rows = [(*key, units, at, "-".join(map(str, key))) for at, (key, units) in enumerate(amounts.items())]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def evaluated(loaded: Loaded, amounts: Amounts) -> Evaluated:
    """Score a plan."""
    return evaluate(loaded, given_plan(loaded, cells_of(amounts)))


def simply(amounts: Mapping[str, int]) -> Amounts:
    """Units of projects of :data:`ONE`, paid by its one fund in its one year."""
    return {(name, "v", "f", 2021): units for name, units in amounts.items()}


def write_csv(path: Path, rows: Sequence[Sequence[object]], heading: str = "") -> Path:
    """Write a CSV with the headings of an export, or others."""
    lines = [heading or "项目编号,项目名称,地区编号,地区,类别,资金编号,年度,金额（万元）"]
    lines += [",".join(map(str, row)) for row in rows]
    path.write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def change_wan(plan: Plan) -> float:
    """What the first stage of a nearest plan reached before rounding, in 万元."""
    return next(stage.value for stage in plan.chain.stages if stage.name == CHANGE)
