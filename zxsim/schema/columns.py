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

SEPARATOR = ";"
"""Between the entries of a cell that holds several."""

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
    """One known column: ``needed`` must be filled; a number is ``low`` … ``high`` and above ``above``.

    ``meaning`` says in English what it holds, ``chinese`` in Chinese.
    """

    cell: Cell
    needed: bool = False
    words: Sequence[str] = ()
    low: float | None = None
    above: float | None = None
    high: float | None = None
    default: str | None = None
    meaning: str = ""
    chinese: str = ""


def place_columns(indicators: Sequence[str]) -> Mapping[str, Column]:
    """Columns of places.csv; every declared indicator adds ``base_‹id›``."""
    columns = {
        "id": Column(Cell.IDENT, needed=True, meaning="Id of the place.", chinese="地区编号。"),
        "name": Column(Cell.TEXT, needed=True, meaning="Name for people.", chinese="地区名称。"),
        "level": Column(
            Cell.WORD,
            needed=True,
            words=LEVELS,
            meaning="Level of the place.",
            chinese="级别：province 省、city 市、county 区县、town 乡镇、village 村、"
            "natural_village 自然村。",
        ),
        "parent": Column(
            Cell.IDENT,
            meaning="Id of the place it lies in; empty for a top place.",
            chinese="上级地区的编号；最上一级不填。",
        ),
        "population": Column(Cell.WHOLE, low=1, meaning="Persons.", chinese="人口，人。"),
        "households": Column(Cell.WHOLE, low=1, meaning="Households.", chinese="户数，户。"),
        "lifted_population": Column(
            Cell.WHOLE, low=0, meaning="Persons lifted out of poverty (脱贫人口).", chinese="脱贫人口，人。"
        ),
        "monitored_households": Column(
            Cell.WHOLE,
            low=0,
            meaning="Households on the monitoring list at the start; empty counts 0.",
            chinese="期初在册的监测户，户；不填按 0 计。",
        ),
        "labour_share": Column(
            Cell.SHARE,
            meaning="Share of persons (in the simulation, of households) able to work.",
            chinese="有劳动能力人口的比例；模拟中按户计。",
        ),
        "income_yuan": Column(
            Cell.NUMBER,
            above=0,
            meaning="Disposable income, yuan per person and year.",
            chinese="人均可支配收入，元/年。",
        ),
        "income_year": Column(
            Cell.WHOLE, low=1949, meaning="Year of `income_yuan`.", chinese="`income_yuan` 的年份。"
        ),
        "trend": Column(
            Cell.NUMBER,
            above=-1,
            high=1,
            meaning="Yearly growth of income without the plan.",
            chinese="没有本计划时收入的年增长率。",
        ),
        "collective_income_wan": Column(
            Cell.NUMBER,
            low=0,
            meaning="Yearly income of the collective, 万元.",
            chinese="村集体经济年收入，万元。",
        ),
        "posts": Column(
            Cell.NUMBER,
            low=0,
            meaning="Posts in the year before the horizon, which the plan must pay anew to keep them.",
            chinese="规划期前一年的岗位数，个；要由计划的资金逐年续聘。",
        ),
        "leading_industries": Column(
            Cell.TEXT,
            meaning="Existing leading industries, separated by `;`; prices of the first fall together "
            "in the simulation.",
            chinese="已有主导产业，用 `;` 分隔；模拟中，第一个产业相同的地区价格一起下跌。",
        ),
    }
    for indicator in indicators:
        columns[f"base_{indicator}"] = Column(
            Cell.SHARE,
            meaning=f"Coverage of `{indicator}` before the plan.",
            chinese=f"没有本计划时 `{indicator}` 的覆盖率。",
        )
    return columns


PROJECT_COLUMNS: Mapping[str, Column] = {
    "id": Column(Cell.IDENT, needed=True, meaning="Id of the project.", chinese="项目编号。"),
    "name": Column(Cell.TEXT, needed=True, meaning="Name for people.", chinese="项目名称。"),
    "places": Column(
        Cell.TEXT,
        needed=True,
        meaning="Id of its place, or `A:0.6;B:0.4` with shares adding to 1.",
        chinese="所在地区的编号；几个地区写 `A:0.6;B:0.4`，各份合计为 1。",
    ),
    "category": Column(
        Cell.WORD,
        needed=True,
        words=CATEGORIES,
        meaning="Official category.",
        chinese="项目类别，用规定的叫法。",
    ),
    "subcategory": Column(Cell.TEXT, meaning="Second level.", chinese="二级类别。"),
    "cost_wan": Column(
        Cell.MONEY,
        needed=True,
        above=0,
        meaning="Whole cost in 万元, rounded up to 0.01.",
        chinese="总投资，万元，进到 0.01。",
    ),
    "self_raised_share": Column(
        Cell.SHARE,
        default="0",
        meaning="Share of the cost that is not public money.",
        chinese="总投资中自筹的比例（不用财政资金）。",
    ),
    "first_year": Column(
        Cell.YEAR,
        meaning="First year in which it can be paid; the horizon's first.",
        chinese="可以开始安排资金的年份；不填就是规划期首年。",
    ),
    "last_year": Column(
        Cell.YEAR,
        meaning="Last year in which it can be paid; the horizon's last.",
        chinese="可以安排资金的最后一年；不填就是规划期末年。",
    ),
    "mode": Column(
        Cell.WORD,
        words=MODES,
        default="divisible",
        meaning="Paid in any part; its whole public cost or nothing; or whole, in the amounts of `outlay`.",
        chinese="divisible 可分，安排多少都行；whole 要么足额、要么不安排；fixed 也是足额，"
        "各年金额由 `outlay` 定。",
    ),
    "minimum_wan": Column(
        Cell.MONEY,
        above=0,
        meaning="Least useful amount of public money: less than this is never paid.",
        chinese="财政投入的起点金额，万元：要么不安排，要么不少于它。",
    ),
    "outlay": Column(
        Cell.TEXT,
        meaning="Public money of a `fixed` project by year, `2022:30;2023:20`, or from its start on, `30;20` "
        "(the plan chooses the start within the project's years); empty: all in one year.",
        chinese="`fixed` 项目各年的财政投入：按年份写 `2022:30;2023:20`，或从开工年起写 `30;20`"
        "（开工年由计划在项目年份内选定）；不填就是一年付清。",
    ),
    "requires": Column(
        Cell.TEXT,
        meaning="Projects, separated by `;`, that must be paid in full if this one gets money.",
        chinese="前提项目，用 `;` 分隔：本项目要用资金，它们必须足额安排。",
    ),
    "excludes": Column(
        Cell.TEXT,
        meaning="Projects, separated by `;`, of which none gets money together with this one.",
        chinese="互斥项目，用 `;` 分隔：不能与本项目同时安排。",
    ),
    "required": Column(
        Cell.FLAG,
        default="false",
        meaning="Paid in full within the horizon.",
        chinese="写 true 表示规划期内必须足额安排。",
    ),
    "forbidden": Column(Cell.FLAG, default="false", meaning="Gets nothing.", chinese="写 true 表示不安排。"),
    "status": Column(Cell.TEXT, meaning="Status in the library.", chinese="项目库中的状态。"),
    "beneficiary_persons": Column(Cell.WHOLE, low=0, meaning="Persons that benefit.", chinese="受益人数。"),
    "beneficiary_households": Column(
        Cell.WHOLE, low=0, meaning="Households that benefit.", chinese="受益户数。"
    ),
    "rank": Column(
        Cell.NUMBER, low=0, meaning="Rank in the library, 1 is first.", chinese="项目库中的排序，1 排最前。"
    ),
    "department": Column(Cell.TEXT, meaning="Lead department.", chinese="牵头部门。"),
    "benefit": Column(
        Cell.NUMBER,
        low=0,
        meaning="The planner's own benefit of the whole project.",
        chinese="整个项目的自定效益。",
    ),
}

COMMITMENT_COLUMNS: Mapping[str, Column] = {
    "project": Column(Cell.IDENT, needed=True, meaning="Id of the project.", chinese="项目编号。"),
    "place": Column(
        Cell.IDENT,
        meaning="Id of the place; needed where the project has several.",
        chinese="地区编号；项目有几个地区时必填。",
    ),
    "fund": Column(Cell.IDENT, needed=True, meaning="Id of the fund that pays.", chinese="付款资金的编号。"),
    "year": Column(Cell.YEAR, needed=True, meaning="Year of the payment.", chinese="付款年份。"),
    "amount_wan": Column(
        Cell.MONEY,
        needed=True,
        above=0,
        meaning="Amount already decided in 万元, rounded down to 0.01.",
        chinese="已定的金额，万元，舍到 0.01。",
    ),
}


def passes_through(column: str) -> bool:
    """Whether a column is carried along without being read."""
    return column.startswith(FREE_PREFIX) or column in OFFICIAL


def listed(cell: str | None) -> list[str]:
    """Return the entries of a cell.

    >>> listed("a; b ;"), listed(None)
    (['a', 'b'], [])
    """
    return [entry.strip() for entry in (cell or "").split(SEPARATOR) if entry.strip()]
