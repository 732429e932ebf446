"""The columns that places.csv and projects.csv may have, and what each cell may hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from zxsim.core.modes import MODES
from zxsim.core.places import LEVELS
from zxsim.schema.scenario import CATEGORIES

OFFICIAL = (
    "序号",
    "项目编号",
    "项目子类型",
    "建设性质",
    "建设内容",
    "实施地点",
    "时间进度",
    "绩效目标",
    "群众参与",
    "联农带农机制",
    "受益对象",
    "实施单位",
    "责任单位",
    "责任人",
    "备注",
)
"""Official headings that pass through the run and the exports untouched."""

FREE_PREFIX = "x_"
"""Columns of the user's own start with this and pass through as well."""


class Cell(Enum):
    """What a cell holds."""

    TEXT = "text"
    IDENT = "ident"
    WORD = "word"
    NUMBER = "number"
    WHOLE = "whole"
    SHARE = "share"
    MONEY = "money"
    YEAR = "year"
    FLAG = "flag"


@dataclass(frozen=True)
class Column:
    """One known column: ``needed`` must be filled; a number is ``low`` … ``high`` and above ``above``."""

    cell: Cell
    needed: bool = False
    words: Sequence[str] = ()
    low: float | None = None
    above: float | None = None
    high: float | None = None
    default: str | None = None
    meaning: str = ""


def place_columns(indicators: Sequence[str]) -> Mapping[str, Column]:
    """Columns of places.csv; every declared indicator adds ``base_‹id›``."""
    columns = {
        "id": Column(Cell.IDENT, needed=True, meaning="Id of the place."),
        "name": Column(Cell.TEXT, needed=True, meaning="Name for people."),
        "level": Column(Cell.WORD, needed=True, words=LEVELS, meaning="Level of the place."),
        "parent": Column(Cell.IDENT, meaning="Id of the place it lies in; empty for a top place."),
        "population": Column(Cell.WHOLE, low=1, meaning="Persons."),
        "households": Column(Cell.WHOLE, low=1, meaning="Households."),
        "lifted_population": Column(Cell.WHOLE, low=0, meaning="Persons lifted out of poverty (脱贫人口)."),
        "labour_share": Column(Cell.SHARE, meaning="Share of persons able to work."),
        "income_yuan": Column(Cell.NUMBER, above=0, meaning="Disposable income, yuan per person and year."),
        "income_year": Column(Cell.WHOLE, low=1949, meaning="Year of `income_yuan`."),
        "trend": Column(Cell.NUMBER, above=-1, high=1, meaning="Yearly growth of income without the plan."),
        "collective_income_wan": Column(Cell.NUMBER, low=0, meaning="Yearly income of the collective, 万元."),
        "leading_industries": Column(Cell.TEXT, meaning="Existing leading industries, separated by `;`."),
    }
    for indicator in indicators:
        meaning = f"Coverage of `{indicator}` before the plan."
        columns[f"base_{indicator}"] = Column(Cell.SHARE, meaning=meaning)
    return columns


PROJECT_COLUMNS: Mapping[str, Column] = {
    "id": Column(Cell.IDENT, needed=True, meaning="Id of the project."),
    "name": Column(Cell.TEXT, needed=True, meaning="Name for people."),
    "places": Column(
        Cell.TEXT, needed=True, meaning="Id of its place, or `A:0.6;B:0.4` with shares adding to 1."
    ),
    "category": Column(Cell.WORD, needed=True, words=CATEGORIES, meaning="Official category."),
    "subcategory": Column(Cell.TEXT, meaning="Second level."),
    "cost_wan": Column(Cell.MONEY, needed=True, above=0, meaning="Whole cost in 万元, rounded up to 0.01."),
    "self_raised_share": Column(
        Cell.SHARE, default="0", meaning="Share of the cost that is not public money."
    ),
    "first_year": Column(Cell.YEAR, meaning="First year in which it can be paid; the horizon's first."),
    "last_year": Column(Cell.YEAR, meaning="Last year in which it can be paid; the horizon's last."),
    "mode": Column(
        Cell.WORD,
        words=MODES,
        default="divisible",
        meaning="Paid in any part; its whole public cost or nothing; or whole, in the amounts of `outlay`.",
    ),
    "minimum_wan": Column(
        Cell.MONEY, above=0, meaning="Least useful amount of public money: less than this is never paid."
    ),
    "outlay": Column(
        Cell.TEXT,
        meaning="Public money of a `fixed` project by year, `2022:30;2023:20`, or from its start on, `30;20` "
        "(the plan chooses the start within the project's years); empty: all in one year.",
    ),
    "requires": Column(
        Cell.TEXT, meaning="Projects, separated by `;`, that must be paid in full if this one gets money."
    ),
    "excludes": Column(
        Cell.TEXT, meaning="Projects, separated by `;`, of which none gets money together with this one."
    ),
    "required": Column(Cell.FLAG, default="false", meaning="Paid in full within the horizon."),
    "forbidden": Column(Cell.FLAG, default="false", meaning="Gets nothing."),
    "status": Column(Cell.TEXT, meaning="Status in the library."),
    "beneficiary_persons": Column(Cell.WHOLE, low=0, meaning="Persons that benefit."),
    "beneficiary_households": Column(Cell.WHOLE, low=0, meaning="Households that benefit."),
    "rank": Column(Cell.NUMBER, low=0, meaning="Rank in the library, 1 is first."),
    "department": Column(Cell.TEXT, meaning="Lead department."),
    "benefit": Column(Cell.NUMBER, low=0, meaning="The planner's own benefit of the whole project."),
}

COMMITMENT_COLUMNS: Mapping[str, Column] = {
    "project": Column(Cell.IDENT, needed=True, meaning="Id of the project."),
    "place": Column(Cell.IDENT, meaning="Id of the place; needed where the project has several."),
    "fund": Column(Cell.IDENT, needed=True, meaning="Id of the fund that pays."),
    "year": Column(Cell.YEAR, needed=True, meaning="Year of the payment."),
    "amount_wan": Column(
        Cell.MONEY, needed=True, above=0, meaning="Amount already decided in 万元, rounded down to 0.01."
    ),
}


def passes_through(column: str) -> bool:
    """Whether a column is carried along without being read."""
    return column.startswith(FREE_PREFIX) or column in OFFICIAL
