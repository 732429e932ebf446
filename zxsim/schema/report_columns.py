"""The columns of the two tables that only reports use: progress.csv and tasks.csv."""

from collections.abc import Mapping

from zxsim.schema.columns import Cell, Column

PROGRESS = "progress.csv"
TASKS = "tasks.csv"

PROGRESS_COLUMNS: Mapping[str, Column] = {
    "project": Column(Cell.IDENT, needed=True, meaning="Id of the project.", chinese="项目编号。"),
    "place": Column(
        Cell.IDENT,
        meaning="Id of the place; needed where the project has several.",
        chinese="地区编号；项目有几个地区时必填。",
    ),
    "quarter": Column(
        Cell.TEXT,
        needed=True,
        meaning="Quarter, such as `2023Q1`, within the horizon.",
        chinese="季度，如 `2023Q1`，在规划期内。",
    ),
    "paid_wan": Column(
        Cell.MONEY,
        needed=True,
        low=0,
        meaning="Public money paid in this quarter alone, 万元, rounded down to 0.01.",
        chinese="本季度支付的财政资金（不是累计数），万元，舍到 0.01。",
    ),
    "physical_share": Column(
        Cell.SHARE,
        meaning="Share of the work done by the quarter's end, counted from the start; it never falls.",
        chinese="到季末完成的形象进度（从开工起累计），不会下降。",
    ),
}
"""One row a project, place and quarter: what was paid in it, and how much is built at its end."""

TASK_COLUMNS: Mapping[str, Column] = {
    "number": Column(
        Cell.WHOLE, needed=True, low=1, meaning="Number of the task, each once.", chinese="任务序号，不重复。"
    ),
    "title": Column(Cell.TEXT, needed=True, meaning="What is to be done.", chinese="任务内容。"),
    "lead": Column(Cell.TEXT, needed=True, meaning="Lead department.", chinese="牵头单位。"),
    "units": Column(
        Cell.TEXT, meaning="Other units, separated by `;`.", chinese="责任单位，几个用 `;` 分隔。"
    ),
    "target": Column(
        Cell.TEXT,
        meaning="Targets that measure it, ids separated by `;`; empty where no figure does.",
        chinese="衡量它的考核目标的编号，几个用 `;` 分隔；没有量化目标就不填。",
    ),
}
"""One row a task of a policy paper's ledger."""
