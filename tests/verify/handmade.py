"""Run folders written by hand, for what is worked out with pencil and paper.

The world of all of them: county 县 over town 镇 over villages 甲 and 乙, the years 2021 to 2024 and one
fund ``city``. A test gives the records, projects, amounts and the rows of rules.csv and targets.csv;
budgets and plain sums are added here.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from zxsim.errors import Message
from zxsim.verify import verify
from zxsim.verify.indicators import gains
from zxsim.verify.inputs import Inputs
from zxsim.verify.plan import Plan

YEARS = range(2021, 2025)
OWN = 'source = "own"'
EFFECTS = 'source = "effects"\ndiscount_rate = 0\nlow_income_weight = 3'
PLACES = """\
id,level,parent,population,households,poor,income_yuan,income_year,trend,base_water,leading_industries
县,county,,1000,300,,10000,2020,0,0.5,a;b
镇,town,县,400,120,30,10000,2020,0,0.5,
甲,village,镇,100,30,10,8000,2020,0,0.7,茶
乙,village,镇,200,60,,9000,2020,0.1,0.4,
"""
ABOVE = {"甲": ("甲", "镇", "县"), "乙": ("乙", "镇", "县"), "镇": ("镇", "县"), "县": ("县",)}
LEVELS = {"甲": "village", "乙": "village", "镇": "town", "县": "county"}
PROJECT_HEADER = "id,places,category,cost_wan,mode,minimum_wan,requires,excludes,outlay,posts"
PROJECTS = """\
P1,甲,产业发展,40,,,,,,4
P2,乙,产业发展,30,,,,,,3
P3,甲:0.5;乙:0.5,乡村建设行动,20,,,,,,2
P4,镇,乡村建设行动,50,,,,,,5
"""
RULE_HEADER = (
    "rule,kind,scope,since,year,lhs,relation,rhs,slack,binding,unit,numerator,denominator,tier,clause"
)
TARGET_HEADER = (
    "target,place_id,year,clause,indicator,tier,relation,value,upper,planned,shortfall,baseline,trend,plan,"
    "state,unavoidable"
)
Cell = tuple[str, str, str, str, int, float]
"""Project, place, category, fund, year, 万元."""
Keys = Callable[[Cell], Iterable[tuple[str, ...]]]


@dataclass(frozen=True)
class Handmade:
    """One run: ``paid`` holds words ``project,place,fund,year,amount``, ``held`` 万元 of the fund a year.

    ``rules`` and ``targets`` hold lines of the tables, ``records`` the TOML of rules, effects and targets,
    ``head`` and ``fund`` more keys of the scenario and of the fund; ``worth`` is the benefit of run.json.
    """

    paid: str
    rules: str = ""
    targets: str = ""
    records: str = ""
    projects: str = PROJECTS
    held: tuple[float, ...] = (100, 100, 100, 100)
    benefit: str = OWN
    worth: float = 0
    commitments: str = ""
    head: str = ""
    fund: str = ""
    budgets: bool = True

    def write(self, folder: Path) -> Path:
        """Write the run into a new folder and return it."""
        cells = self._cells()
        self._write_inputs(folder / "inputs")
        amounts = [(*map(str, cell[:5]), f"{cell[5]:.2f}") for cell in cells]
        _table(folder, "allocation", "project_id,place_id,category,fund_id,year,amount_wan", amounts)
        _table(folder, "excluded", "project_id,fund_id,rule,clause", [])
        _table(folder, "rules", RULE_HEADER, [*self._budget_rows(cells), *_rows(self.rules)])
        _table(folder, "targets", TARGET_HEADER, _rows(self.targets))
        self._write_sums(folder, cells)
        digests = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "inputs").iterdir()
        }
        spent = sum(cell[5] for cell in cells)
        totals = {"spent_wan": spent, "available_wan": sum(self.held), "benefit": self.worth}
        (folder / "run.json").write_text(json.dumps({"inputs": digests, **totals}), encoding="utf-8")
        return folder

    def _cells(self) -> list[Cell]:
        category = {line.split(",")[0]: line.split(",")[2] for line in self.projects.splitlines()}
        words = [word.split(",") for word in self.paid.split()]
        return [(p, place, category[p], fund, int(year), float(wan)) for p, place, fund, year, wan in words]

    def _write_inputs(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        held = "\n".join(f"{year} = {amount}" for year, amount in zip(YEARS, self.held, strict=True))
        resolved = (
            f"years = [2021, 2024]\n{self.head}\n[fund.city]\n{self.fund}\n[fund.city.amount_wan]\n{held}\n"
            f"[indicator.water]\ncounts = 'persons'\n[benefit]\n{self.benefit}\n{self.records}"
        )
        (folder / "resolved.toml").write_text(resolved, encoding="utf-8")
        (folder / "places.csv").write_text(PLACES, encoding="utf-8")
        (folder / "projects.csv").write_text(f"{PROJECT_HEADER}\n{self.projects}", encoding="utf-8")
        if self.commitments:
            text = f"project,place,fund,year,amount_wan\n{self.commitments}"
            (folder / "commitments.csv").write_text(text, encoding="utf-8")

    def _years(self, cells: Sequence[Cell]) -> list[tuple[int, float, float]]:
        spent = _sums(cells, lambda cell: [(str(cell[4]),)])
        return [
            (year, spent.get((str(year),), 0.0), held) for year, held in zip(YEARS, self.held, strict=True)
        ]

    def _budget_rows(self, cells: Sequence[Cell]) -> list[list[str]]:
        return [
            f"city,budget,,,{year},{paid},<=,{held},{held - paid},{_word(held - paid)},wan,,,,".split(",")
            for year, paid, held in self._years(cells)
            if self.budgets
        ]

    def _write_sums(self, folder: Path, cells: Sequence[Cell]) -> None:
        against = [
            [str(year), str(paid), str(held), str(held - paid)]
            for year, paid, held in self._years(cells)
            if paid or held
        ]
        _table(folder, "by_year", "year,amount_wan,available_wan,left_wan", against)
        funds = [["city", *row] for row in against]
        _table(folder, "by_fund", "fund_id,year,amount_wan,available_wan,left_wan", funds)
        places = _sums(cells, lambda cell: [(up, LEVELS[up], str(cell[4])) for up in ABOVE[cell[1]]])
        kinds = _sums(cells, lambda cell: [(cell[2], "", str(cell[4]))])
        for name, header, sums in (
            ("place", "place_id,level", places),
            ("category", "category,subcategory", kinds),
        ):
            rows = [[*key, str(amount)] for key, amount in sums.items()]
            _table(folder, f"by_{name}", f"{header},year,amount_wan", rows)


def _sums(cells: Sequence[Cell], keys: Keys) -> dict[tuple[str, ...], float]:
    sums: dict[tuple[str, ...], float] = defaultdict(float)
    for cell in cells:
        for key in keys(cell):
            sums[key] += cell[5]
    return {key: round(amount, 2) for key, amount in sums.items()}


def _word(slack: float) -> str:
    """Write whether a row is within 0.01 of its limit."""
    return "true" if slack < 0.011 else "false"


def _rows(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.splitlines() if line]


def _table(folder: Path, name: str, header: str, rows: Sequence[Sequence[str]]) -> None:
    columns = header.split(",")
    frame = pl.DataFrame([tuple(row) for row in rows], schema=dict.fromkeys(columns, pl.String), orient="row")
    frame.write_csv(folder / f"{name}.csv")
    frame.write_parquet(folder / f"{name}.parquet")


def heard(folder: Path, run: Handmade, **changes: Any) -> list[tuple[str, str, str, str]]:
    """Write a run with some changes, and return code, address, expected and found of each message.

    Figures and rows of tables are left out of a changed run: they say no more than that it is changed.
    """
    messages = verify(replace(run, **changes).write(folder))
    tables = {"verify_figure", "verify_row_missing", "verify_row_extra"} if changes else set()
    return [_told(message) for message in messages if message.code not in tables]


def _told(message: Message) -> tuple[str, str, str, str]:
    return message.code, message.address, str(message.fields["expected"]), str(message.fields["found"])


def gained(indicator: str, places: Iterable[str], plan: Plan, inputs: Inputs) -> dict[tuple[str, int], float]:
    """What a plan adds to an indicator by place and year."""
    at = inputs.places.at(places)
    found = gains(indicator, at, plan, inputs)
    return {
        (inputs.places.ids[i], year): float(found[i, t]) for i in at for t, year in enumerate(inputs.years)
    }
