"""What is to be told of a whole sheet after it was read: hidden rows and columns, twins, whole amounts."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from zxsim.errors import Message
from zxsim.sheets.mapping import IDENTITY, UNUSED, ImportMapping, letters_of
from zxsim.sheets.notes import Notes
from zxsim.sheets.record import Record, SheetRecords
from zxsim.sheets.rows import Kind
from zxsim.sheets.titles import is_illustrative, telling, years_of

_READ = (Kind.PROJECT, Kind.CONTINUED)


def remarks(read: SheetRecords, whole: ImportMapping) -> Iterator[Message]:
    """Go through what a planner should know of a sheet."""
    grid, mapping = read.sheet.grid, read.sheet.mapping
    yield from _years(read, mapping.years or whole.years)
    rows = sorted({*grid.hidden.rows} & {line.row for line in read.lines if line.kind in _READ})
    if rows:
        yield _message("import_hidden_rows", read, count=len(rows), rows=_spans([row + 1 for row in rows]))
    used = {m: cs for m, cs in read.sheet.columns.items() if m not in (IDENTITY, UNUSED)}
    columns = sorted({*grid.hidden.columns} & {c for cs in used.values() for c in cs})
    if columns:
        yield _message(
            "import_hidden_columns", read, count=len(columns), columns=[letters_of(c) for c in columns]
        )
    if twins := _twins(read):
        yield _message("import_twins", read, count=len(twins), cells=twins)
    if is_illustrative(read.sheet.lines_above):
        yield _message("import_illustrative", read)
    if "金额" not in read.sheet.columns:
        yield _message("import_cost_from_funds", read)
    if mapping.fill_down:
        yield _message("import_fill_down", read, columns=list(mapping.fill_down))


def _years(read: SheetRecords, used: tuple[int, int] | None) -> Iterator[Message]:
    """Say where title, name of the sheet or file name other years than those that are used."""
    grid = read.sheet.grid
    stated = years_of(telling(read.sheet.lines_above, [grid.name, Path(grid.file).stem]))
    if stated and used and (stated[1] < used[0] or used[1] < stated[0]):
        yield _message("import_years_contradict", read, stated=_span(stated), used=_span(used))


def _span(years: tuple[int, int]) -> str:
    return f"{years[0]}-{years[1]}" if years[0] < years[1] else str(years[0])


def note_years_outside(read: SheetRecords, mapping: ImportMapping, notes: Notes) -> None:
    """Note money of a year that the scenario does not have: it would be lost."""
    years = mapping.years
    columns = read.sheet.columns
    if years is None:
        return
    for record in read.records:
        for fund, year in record.funds:
            if year and not years[0] <= year <= years[1]:
                at = columns.get(f"资金:{fund}:{year}") or columns.get("年度") or columns["项目名称"]
                span = (min(year, years[0]), max(year, years[1]))
                fields = {"given": year, "years": _span(years), "wider": _span(span)}
                notes.fault("import_year_outside", read.sheet, record.row, at[0], **fields)


def _message(code: str, read: SheetRecords, **fields: object) -> Message:
    return Message(code, fields, read.sheet.grid.file, 0, read.sheet.grid.name)


def _spans(numbers: Sequence[int]) -> list[str]:
    """Write runs of numbers as first-last.

    >>> _spans([5, 6, 7, 9])
    ['5-7', '9']
    """
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    return [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]


def _twins(read: SheetRecords) -> list[str]:
    """Cells of the projects that repeat another one of the sheet: same name, places and amount."""
    column = read.sheet.columns["项目名称"][0]
    first: dict[tuple[object, ...], Record] = {}
    found = []
    for record in read.records:
        other = first.setdefault((record.name, str(record.parts), record.cost), record)
        if other is not record and not (record.code and other.code and record.code == other.code):
            cells = (read.sheet.grid.address(one.row, column) for one in (other, record))
            found.append("=".join(cells))
    return found
