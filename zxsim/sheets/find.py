"""Where in a sheet the table of projects is: its heading rows, and what each heading says."""

from collections.abc import Sequence
from dataclasses import dataclass

from zxsim.sheets.grid import Grid
from zxsim.sheets.values import is_subtotal, is_total, whole_number
from zxsim.sheets.vocabulary import (
    WEAK_NAMES,
    fund_level,
    heading_meaning,
    is_money_heading,
    is_part_heading,
    is_subtotal_heading,
    is_total_heading,
    plain,
)

_SEARCHED = 60
_HIGHEST = 3
_FEWEST = 3
_LONGEST = 40


@dataclass(frozen=True)
class Heading:
    """One column of the heading: its texts from the top row down, each once, and where it starts.

    ``span`` is the first column of the merged cells that it shares with its neighbours, else its own.
    """

    column: int
    texts: tuple[str, ...]
    span: int

    @property
    def last(self) -> str:
        """The text nearest to the data."""
        return self.texts[-1] if self.texts else ""

    @property
    def is_part(self) -> bool:
        """Whether it says that the column is a part of another one (其中)."""
        return any(is_part_heading(text) for text in self.texts)

    @property
    def path(self) -> str:
        """All its texts."""
        return " ".join(self.texts)


@dataclass(frozen=True)
class Found:
    """Heading rows of a table, from 0, the last one belonging to it, and its headings by column."""

    first_row: int
    last_row: int
    headings: tuple[Heading, ...]


def find_table(grid: Grid) -> Found | None:
    """Find the heading rows of the project table; None where the sheet has none.

    The rows whose cells name most of what a project has, a name and money among it.
    """
    best, most = None, 0
    for first in range(min(grid.rows, _SEARCHED)):
        if not _may_begin(grid, first):
            continue
        for last in range(first, min(first + _HIGHEST, grid.rows)):
            if last > first and not _may_go_on(grid, first, last):
                break
            found = headings_at(grid, first, last)
            score = _score(found)
            if score > most:
                best, most = found, score
    return best


def known_headings(grid: Grid) -> tuple[list[str], str]:
    """Headings of the row that looks most like one, and what it lacks: name, money, columns or amounts."""
    best: list[str] = []
    for row in grid.cells[:_SEARCHED]:
        texts = list(dict.fromkeys(text for text in row if text and len(text) <= _LONGEST))
        several = len(texts) > 1
        known = [text for text in texts if several and (heading_meaning(text) or is_money_heading(text))]
        best = known if len(known) > len(best) else best
    named = any(heading_meaning(text) == "项目名称" or plain(text) in WEAK_NAMES for text in best)
    money = any(heading_meaning(t) in {None, "金额"} and is_money_heading(t) for t in best)
    money = money or any(heading_meaning(t) == "金额" or is_total_heading(t) for t in best)
    if not named or not money:
        return best, "both" if not named and not money else "name" if not named else "money"
    return best, "columns" if len(best) < _FEWEST else "amounts"


def headings_at(grid: Grid, first: int, last: int) -> Found:
    """Read the headings from given rows: merged cells spread, groups carried over their columns."""
    rows = [list(grid.cells[row]) for row in range(first, last + 1)]
    owner = [list(range(grid.columns)) for _ in rows]
    covered = [[False] * grid.columns for _ in rows]
    for span in grid.merged:
        text = grid.cells[span.first_row][span.first_column] if first <= span.first_row else ""
        for row in range(max(span.first_row, first), min(span.last_row, last) + 1):
            for column in range(span.first_column, span.last_column + 1):
                rows[row - first][column] = text
                owner[row - first][column] = span.first_column
                covered[row - first][column] = True
    for i in range(len(rows) - 1):
        _carry(rows, owner, covered, i)
    headings = []
    for column in range(grid.columns):
        texts = dict.fromkeys(row[column] for row in rows if row[column])
        headings.append(Heading(column, tuple(texts), owner[-1][column]))
    return Found(first, last, tuple(headings))


def _carry(rows: list[list[str]], owner: list[list[int]], covered: list[list[bool]], at: int) -> None:
    """Carry a group's heading to the right where only the rows below have text (merges lost in a CSV)."""
    for column in range(1, len(rows[at])):
        below = any(row[column] for row in rows[at + 1 :])
        left = any(row[column - 1] for row in rows[at + 1 :])
        group = rows[at][column - 1] if below and left and not _whole_column(rows, at, column - 1) else ""
        if group and not rows[at][column] and not covered[at][column]:
            rows[at][column] = group
            owner[at][column] = owner[at][column - 1]


def _whole_column(rows: list[list[str]], at: int, column: int) -> bool:
    """Whether a cell heads its own column alone: nothing else stands below it."""
    return all(not row[column] or row[column] == rows[at][column] for row in rows[at + 1 :])


def _may_begin(grid: Grid, row: int) -> bool:
    texts = {text for text in grid.cells[row] if text}
    return len(texts) > 1 and not _has_data(grid, row)


def _may_go_on(grid: Grid, first: int, last: int) -> bool:
    """Whether a row still belongs to the heading: it names parts of a group, and holds no data."""
    if _has_data(grid, last):
        return False
    texts = [text for text in grid.cells[last] if text]
    if any(
        span.first_row <= last - 1 and span.last_row >= last and span.first_row >= first
        for span in grid.merged
    ):
        return True
    known = [
        t
        for t in texts
        if heading_meaning(t) or fund_level(t) or is_money_heading(t) or is_subtotal_heading(t)
    ]
    return bool(texts) and len(known) * 2 > len(texts)


def _has_data(grid: Grid, row: int) -> bool:
    """Whether a row holds numbers, or the word for a total with one: no heading does."""
    texts = [text for text in grid.cells[row] if text]
    numbers = [text for text in texts if whole_number(text) is not None or _is_number(text)]
    marked = any(is_total(text) or is_subtotal(text) for text in grid.cells[row][:4])
    return len(numbers) > 0 and (marked or len(numbers) * 5 >= len(texts))


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).lstrip("-").isdigit()


def _score(found: Found) -> int:
    """Say how many things of a project a heading names; 0 where it is none of a project table."""
    meanings = {heading_meaning(h.last) for h in found.headings if h.last and len(h.last) <= _LONGEST}
    named = "项目名称" in meanings or any(plain(h.last) in WEAK_NAMES for h in found.headings)
    money = [h for h in found.headings if h.last and _is_money(h)]
    known = len(meanings - {None, "金额"}) + len({h.path for h in money})
    if not named or not money or known < _FEWEST:
        return 0
    rows = found.last_row - found.first_row
    return known * 10 + (5 if "项目名称" in meanings else 0) - rows


def _is_money(heading: Heading) -> bool:
    if heading_meaning(heading.last) == "金额" or is_total_heading(heading.last):
        return True
    if heading_meaning(heading.last) not in {None, "县", "自筹"}:
        return False
    return is_money_heading(heading.path)


def neighbours(headings: Sequence[Heading], column: int) -> list[Heading]:
    """Columns that stand under the same group as ``column``."""
    own = headings[column].texts[:-1]
    return [h for h in headings if h.column != column and own and h.texts[: len(own)] == own]
