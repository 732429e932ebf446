"""Where a sheet holds an allocation: the row of its headings, and which column says what.

The headings are those that ``zxsim export`` writes in either language, and those of ``allocation.csv``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zxsim.core.messages import nearest
from zxsim.errors import DataError, Message
from zxsim.sheets.grid import Grid

HEADINGS: Mapping[str, Sequence[str]] = {
    "project_id": ("项目编号", "project_id"),
    "project_name": ("项目名称", "project_name"),
    "place_id": ("地区编号", "place_id"),
    "place_name": ("地区", "place_name"),
    "category": ("类别", "category"),
    "fund_id": ("资金编号", "fund_id"),
    "year": ("年度", "year"),
    "amount_wan": ("金额(万元)", "amount_wan"),
}
"""Column of a plan → headings that name it; only the blanks and capitals of a heading do not matter."""

NEEDED = ("project_id", "fund_id", "year", "amount_wan")
MOST_ROWS_ABOVE = 40
"""Rows in which the headings are looked for."""

FEWEST_KNOWN = 2
"""Known headings that make a row look like the headings of a plan."""

_OTHER_UNIT = re.compile(r"[(:/](?:元|千元|百万元|亿元|yuan)\)?$")
"""End of a heading of money in another unit."""


@dataclass(frozen=True, eq=False)
class PlanTable:
    """A sheet, the row of its headings (from 0), and the column of each thing that it says."""

    grid: Grid
    heading_row: int
    columns: Mapping[str, int]

    def address(self, row: int, column: str) -> str:
        """Name of a cell, with its sheet where there are several."""
        name = self.grid.address(row, self.columns[column])
        return f"{self.grid.name}!{name}" if self.grid.name else name


def plan_table(grids: Sequence[Grid]) -> PlanTable:
    """Find the one sheet that holds an allocation.

    Raises
    ------
    DataError
        None does, several do, a heading is missing or stands twice.
    """
    rows = [found for grid in grids if (found := _heading_row(grid)) is not None]
    if not rows:
        raise DataError([Message("plan_no_table", {"allowed": _shown(NEEDED)}, grids[0].file)])
    whole = [row for row in rows if set(NEEDED) <= set(row.columns)]
    if len(whole) > 1:
        names = [row.grid.name for row in whole]
        raise DataError([Message("plan_several_sheets", {"sheets": names}, grids[0].file)])
    if not whole:
        raise DataError([_missing(rows[0])])
    return _single(whole[0])


def _heading_row(grid: Grid) -> PlanTable | None:
    """The row that holds most of the headings."""
    known = {_plain(word): column for column, words in HEADINGS.items() for word in words}
    best: PlanTable | None = None
    for row, cells in enumerate(grid.cells[:MOST_ROWS_ABOVE]):
        columns: dict[str, int] = {}
        for at, text in enumerate(cells):
            if (column := known.get(_plain(text))) is not None:
                columns.setdefault(column, at)
        if len(columns) >= FEWEST_KNOWN and (best is None or len(columns) > len(best.columns)):
            best = PlanTable(grid, row, columns)
    return best


def _single(table: PlanTable) -> PlanTable:
    cells = [_plain(text) for text in table.grid.cells[table.heading_row]]
    doubled = [
        HEADINGS[column][0]
        for column in table.columns
        if sum(cells.count(_plain(word)) for word in HEADINGS[column]) > 1
    ]
    if doubled:
        line = table.heading_row + 1
        raise DataError([Message("columns_doubled", {"columns": doubled}, table.grid.file, line)])
    return table


def _missing(table: PlanTable) -> Message:
    """Say which headings are missing, and which of the others is nearest to the first of them."""
    missing = [column for column in NEEDED if column not in table.columns]
    others = [
        text
        for at, text in enumerate(table.grid.cells[table.heading_row])
        if at not in table.columns.values()
    ]
    file, line = table.grid.file, table.heading_row + 1
    unit = next((text for text in others if _OTHER_UNIT.search(_plain(text))), None)
    if missing == ["amount_wan"] and unit is not None:
        return Message("plan_unit", {"found": unit}, file, line)
    found = nearest(HEADINGS[missing[0]][0], others)
    fields = {"columns": _shown(missing), "found": found}
    if found:
        return Message("plan_column_near", fields, file, line)
    return Message("plan_column_missing", fields, file, line)


def _shown(columns: Sequence[str]) -> list[str]:
    return [HEADINGS[column][0] for column in columns]


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
