"""The sheet's own totals and subtotals against the sums of its projects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from zxsim.sheets.find import headings_at
from zxsim.sheets.mapping import checked_of, letter_index, letters_of
from zxsim.sheets.record import SheetRecords
from zxsim.sheets.rows import Kind

TOLERANCE = Decimal("0.01")
"""万元 by which a printed total may be off: its last digit."""

_PROJECTS = (Kind.PROJECT, Kind.CONTINUED)
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Check:
    """A sum that the sheet states: where, what it is the sum of, what it says and what was found, in 万元.

    ``partly``: what was found are only parts of it.
    """

    file: str
    where: str
    kind: str
    words: str
    meaning: str
    stated: Decimal
    found: Decimal
    partly: bool = False

    @property
    def holds(self) -> bool:
        """Whether both agree to the printed digit; where only parts (其中) are given, whether they fit in."""
        return abs(self.stated - self.found) <= TOLERANCE or (self.partly and self.found <= self.stated)


def checks_of(read: SheetRecords) -> list[Check]:
    """Compare every total, subtotal, group row and sum column with what its rows add up to."""
    return [*_row_checks(read), *_column_checks(read)]


def _row_checks(read: SheetRecords) -> Iterator[Check]:
    sheet, lines = read.sheet, read.lines
    totals = sum(line.kind is Kind.TOTAL for line in lines)
    for column, amounts in read.money.items():
        projects = [a if line.kind in _PROJECTS else _ZERO for a, line in zip(amounts, lines, strict=True)]
        before = list(accumulate(projects, initial=_ZERO))
        for at, line in enumerate(lines):
            if line.kind not in (Kind.TOTAL, Kind.SUBTOTAL, Kind.GROUP) or not amounts[at]:
                continue
            ranges = _ranges(read, at, totals)
            sums = [before[last] - before[first] for first, last in ranges]
            found = min(sums, key=lambda s, stated=amounts[at]: abs(s - stated))  # type: ignore[misc]
            meaning = sheet.mapping.columns[letters_of(column)]
            yield Check(
                sheet.grid.file,
                sheet.where(line.row, column),
                line.kind.value,
                line.text,
                meaning,
                amounts[at],
                found,
            )


def _ranges(read: SheetRecords, at: int, totals: int) -> list[tuple[int, int]]:
    """Rows that a sum may stand for: a total all, a group those below it, a subtotal those beside it."""
    lines = read.lines
    kind, end = lines[at].kind, len(lines)
    if kind is Kind.GROUP:
        level = len(lines[at].groups)
        after = (
            i for i in range(at + 1, end) if lines[i].kind is Kind.GROUP and len(lines[i].groups) <= level
        )
        return [(at, next(after, end))]
    if kind is Kind.TOTAL and totals == 1:
        return [(0, end)]
    marks = (kind,) if kind is Kind.TOTAL else (Kind.SUBTOTAL, Kind.GROUP, Kind.TOTAL)
    previous = next((i for i in range(at - 1, -1, -1) if lines[i].kind in marks), 0)
    following = next((i for i in range(at + 1, end) if lines[i].kind in marks), end)
    found = [(previous, at), (at, following)]
    if kind is Kind.TOTAL:
        return [*found, (0, end)]
    wide = next(
        (i for i in range(at - 1, -1, -1) if lines[i].kind is Kind.GROUP and len(lines[i].groups) == 1), 0
    )
    near = next((i for i in range(at - 1, -1, -1) if lines[i].kind is Kind.GROUP), 0)
    return [*found, (near, at), (wide, at)]


def _column_checks(read: SheetRecords) -> Iterator[Check]:
    """Sum columns, and the whole amount where funds and self-raised money are given as well."""
    sheet = read.sheet
    first, last = sheet.mapping.heading_rows
    headings = headings_at(sheet.grid, first - 1, last - 1).headings
    for column in sheet.money:
        meaning = sheet.mapping.columns[letters_of(column)]
        letters = checked_of(meaning)
        parts = [letter_index(x) for x in letters] if letters else _parts(read) if meaning == "金额" else []
        if not parts:
            continue
        partly = not letters and any(headings[part].is_part for part in parts)
        for at, line in enumerate(read.lines):
            stated = read.money[column][at]
            if line.kind in _PROJECTS and stated:
                rows = _rows_of(read, column, at)
                found = sum((read.money[c][i] for c in parts for i in rows if c in read.money), _ZERO)
                if found or letters:
                    where = sheet.where(line.row, column)
                    yield Check(sheet.grid.file, where, "row", "", meaning, stated, found, partly)


def _parts(read: SheetRecords) -> Sequence[int]:
    columns = read.sheet.columns
    funds = [c for m, cs in columns.items() if m.startswith("资金:") for c in cs]
    return [*funds, *columns.get("自筹", ())] if funds else []


def _rows_of(read: SheetRecords, column: int, at: int) -> Sequence[int]:
    """Positions of the rows that a cell stands for: those it is merged down over."""
    first, above = read.lines[at].row, read.sheet.above.get(column, {})
    last = at
    while last + 1 < len(read.lines) and above.get(read.lines[last + 1].row) == first:
        last += 1
    return range(at, last + 1)
