"""The tables of projects in the sheets given, with what each column was guessed to mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from zxsim.errors import DataError, Message
from zxsim.sheets.columns import guess_columns
from zxsim.sheets.find import Found, find_table, known_headings
from zxsim.sheets.grid import Grid
from zxsim.sheets.mapping import SheetMapping, holds_amounts, letters_of
from zxsim.sheets.money_columns import Guess
from zxsim.sheets.record import clean
from zxsim.sheets.rows import Kind, Sheet
from zxsim.sheets.vocabulary import PLAN_SHEET, REPEATING_SHEETS


@dataclass(eq=False)
class Table:
    """A table of projects in a sheet, before its mapping is complete."""

    grid: Grid
    found: Found
    guess: Guess
    titles: tuple[str, ...]
    skip_rows: tuple[int, ...]

    @cached_property
    def columns(self) -> dict[str, str]:
        """Letters and meanings."""
        return {letters_of(c): self.guess.meanings[c] for c in sorted(self.guess.meanings)}

    @cached_property
    def read(self) -> Sheet:
        """The sheet as these columns read it; what its rows are depends on nothing else."""
        rows = (self.found.first_row + 1, self.found.last_row + 1)
        own = SheetMapping(heading_rows=rows, columns=self.columns, skip_rows=self.skip_rows)
        return Sheet(self.grid, own, "")

    def texts(self, meaning: str) -> list[str]:
        """Different texts of a column in the rows of projects, in their order."""
        rows = (line.row for line in self.read.lines if line.kind is Kind.PROJECT)
        return [text for text in dict.fromkeys(self.read.cell(row, meaning) for row in rows) if text]


def find_tables(grids: Sequence[Grid], skip_rows: tuple[int, ...]) -> tuple[list[Table], list[Message]]:
    """Find the table of every sheet that has one, and name the sheets that have none.

    Raises
    ------
    DataError
        No sheet has one.
    """
    tables: list[Table] = []
    without: list[Grid] = []
    for grid in grids:
        found = find_table(grid)
        guess = guess_columns(grid, found) if found else Guess()
        meanings = guess.meanings.values()
        if found is None or "项目名称" not in meanings or not any(map(holds_amounts, meanings)):
            without.append(grid)
            continue
        titles = tuple(dict.fromkeys(t for row in grid.cells[: found.first_row] for t in row if t))
        tables.append(Table(grid, found, guess, titles, skip_rows))
    if not tables:
        raise DataError([_no_table(grid) for grid in without])
    own, again = _once(tables)
    left = {"import_sheets_without_table": without, "import_sheets_repeating": [one.grid for one in again]}
    return own, [
        Message(code, {"count": len(grids), "sheets": [g.name or g.file for g in grids]}, grids[0].file)
        for code, grids in left.items()
        if grids
    ]


def _once(tables: Sequence[Table]) -> tuple[list[Table], list[Table]]:
    """Part the tables into those that are read, and those that repeat the plan of their file."""
    planned = {one.grid.file for one in tables if one.grid.name.startswith(PLAN_SHEET)}
    again = [
        one
        for one in tables
        if one.grid.file in planned and one.grid.name.startswith(tuple(REPEATING_SHEETS))
    ]
    return [one for one in tables if one not in again], again


def _no_table(grid: Grid) -> Message:
    known, missing = known_headings(grid)
    headings = [clean(text)[0][:40] for text in known]
    return Message(f"import_no_table_{missing}", {"headings": headings}, grid.file, 0, grid.name)
