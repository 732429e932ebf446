"""Official sheets to a scenario: guess or take the mapping, read every row, write the folder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from zxsim.core.messages import nearest
from zxsim.errors import DataError, Message
from zxsim.schema.source import Source, read_text
from zxsim.sheets.checks import Check, checks_of
from zxsim.sheets.grid import Grid
from zxsim.sheets.guess import guess_mapping, years_within
from zxsim.sheets.mapping import IDENTITY, ImportMapping, SheetMapping, letter_index, read_mapping
from zxsim.sheets.notes import Notes
from zxsim.sheets.places import Places
from zxsim.sheets.project_rows import project_rows
from zxsim.sheets.projects import Project, over_years, projects_of
from zxsim.sheets.reading import grids
from zxsim.sheets.record import SheetRecords
from zxsim.sheets.records import read_records
from zxsim.sheets.remarks import note_years_outside, remarks
from zxsim.sheets.rows import Sheet
from zxsim.sheets.tomltext import mapping_text
from zxsim.sheets.units import note_mixed_units, units_off
from zxsim.sheets.wishes import Wishes

CommentsOf = Callable[[Sequence[Message]], Sequence[str]]
"""Makes the words at the top of a mapping out of what was assumed."""

_ZERO = Decimal(0)
_TWICE = 0.5
_FEWEST_TWICE = 3


@dataclass(eq=False)
class Understood:
    """What was read out of official sheets, before it is written.

    ``guessed`` are the messages of guessing the mapping, ``told`` those of reading with it; ``given`` is
    the text of the mapping file when there was one.
    """

    mapping: ImportMapping
    sheets: Sequence[SheetRecords]
    projects: Sequence[Project]
    places: Places
    project_table: Sequence[Mapping[str, str]]
    checks: Sequence[Check]
    guessed: Sequence[Message]
    told: Sequence[Message]
    identity: Sequence[Message]
    given: str = ""

    @cached_property
    def amounts(self) -> dict[tuple[str, int], Decimal]:
        """万元 of each fund by year."""
        found: dict[tuple[str, int], Decimal] = {}
        for project in self.projects:
            for (_, fund, year), amount in project.paid.items():
                found[fund, year] = found.get((fund, year), _ZERO) + amount
        return found

    @property
    def total(self) -> Decimal:
        """Cost of all projects in 万元."""
        return sum((project.cost for project in self.projects), _ZERO)


def understand(files: Sequence[Path], sheet: str | None, mapping: Path | None, wishes: Wishes) -> Understood:
    """Read official sheets.

    Raises
    ------
    DataError
        No table, no year, or cells at fault: all of them with their addresses; a mapping that is at fault.
    """
    found: list[Grid] = [grid for path in files for grid in grids(path, sheet)]
    if mapping is None:
        guess = guess_mapping(found, wishes)
        return _read(_paired(guess.mapping, found, None), guess.mapping, guess.messages, "")
    given, source = read_mapping(mapping)
    changed = _with_wishes(given, wishes)
    text = read_text(mapping) if changed is given else ""
    sheets = _paired(changed, found, source)
    return _read(sheets, changed, _elsewhere(sheets), text)


def _elsewhere(sheets: Sequence[Sheet]) -> list[Message]:
    """Say where the only sheet of a file was read for one of another name."""
    return [
        Message("import_other_sheet", {"given": own.name or own.file}, sheet.grid.file, 0, sheet.grid.name)
        for sheet in sheets
        if (own := sheet.mapping) and (own.name != sheet.grid.name or own.file not in ("", sheet.grid.file))
    ]


def draft(files: Sequence[Path], sheet: str | None, wishes: Wishes, comments: CommentsOf) -> str:
    """Return the guessed mapping of sheets alone, whatever their cells hold.

    Raises
    ------
    DataError
        No table, or no year.
    """
    found = [grid for path in files for grid in grids(path, sheet)]
    guess = guess_mapping(found, wishes)
    return mapping_text(guess.mapping, comments(guess.messages), ())


def _with_wishes(mapping: ImportMapping, wishes: Wishes) -> ImportMapping:
    """Lay what the command line says over a mapping."""
    update: dict[str, object] = {}
    if wishes.years:
        update["years"] = wishes.years
    if wishes.name:
        update["name"] = wishes.name
    if wishes.unit or wishes.skip_rows or wishes.years:
        update["sheet"] = {key: _wished(sheet, wishes) for key, sheet in mapping.sheet.items()}
    return mapping.model_copy(update=update) if update else mapping


def _wished(sheet: SheetMapping, wishes: Wishes) -> SheetMapping:
    skipped = tuple(dict.fromkeys([*sheet.skip_rows, *wishes.skip_rows]))
    years = years_within(sheet.years, wishes.years) if wishes.years else sheet.years
    update = {"unit": wishes.unit or sheet.unit, "skip_rows": skipped, "years": years}
    return sheet.model_copy(update=update)


def _paired(mapping: ImportMapping, found: Sequence[Grid], source: Source | None) -> list[Sheet]:
    """Find the grid of every sheet of a mapping."""
    sheets, faults = [], []
    for key, own in mapping.sheet.items():
        fitting = [g for g in found if own.file in ("", g.file) and own.name in ("", g.name)]
        if not fitting and len(found) == len(mapping.sheet) == 1:
            fitting = list(found)
        if not fitting and source is not None:
            names = [grid.name or grid.file for grid in found]
            given = own.name or own.file
            fields = {"given": given, "allowed": names, "nearest": nearest(given, names)}
            faults.append(source.message("import_sheet_missing", ("sheet", key), **fields))
            continue
        sheets += [_sheet(key, grid, own, source, faults) for grid in fitting]
    if faults:
        raise DataError(faults)
    return sheets


def _sheet(key: str, grid: Grid, own: SheetMapping, source: Source | None, faults: list[Message]) -> Sheet:
    if source is not None:
        for letters in own.columns:
            if letter_index(letters) >= grid.columns:
                where = ("sheet", key, "columns", letters)
                faults.append(
                    source.message("import_column_beyond", where, given=letters, count=grid.columns)
                )
        if own.heading_rows[1] >= grid.rows:
            fields = {"given": own.heading_rows[1], "count": grid.rows}
            faults.append(source.message("import_rows_beyond", ("sheet", key, "heading_rows"), **fields))
    return Sheet(grid, own, key)


def _read(
    sheets: Sequence[Sheet], mapping: ImportMapping, guessed: Sequence[Message], given: str
) -> Understood:
    if mapping.years is None:
        raise DataError([Message("import_years_needed", {}, s.grid.file, 0, s.grid.name) for s in sheets])
    notes = Notes()
    read = [read_records(i, sheet, mapping, notes) for i, sheet in enumerate(sheets)]
    for one in read:
        note_mixed_units(one, notes)
        note_years_outside(one, mapping, notes)
    notes.raise_any()
    _require_projects(read, notes)
    places = Places()
    projects = projects_of(read, mapping, places, notes)
    notes.raise_any()
    places.name_all()
    table = project_rows(projects, places, mapping, notes)
    for one in read:
        if over_years(one, mapping):
            notes.messages.append(
                Message("import_money_over_years", {}, one.sheet.grid.file, 0, one.sheet.grid.name)
            )
        notes.messages += remarks(one, mapping)
    if not any(amount for project in projects for amount in project.paid.values()):
        raise DataError([Message("import_no_fund_money", {}, read[0].sheet.grid.file)])
    checks = _checks(read)
    identity = _identity(read, notes)
    return Understood(mapping, read, projects, places, table, checks, guessed, notes.told(), identity, given)


def _checks(read: Sequence[SheetRecords]) -> list[Check]:
    """Compare every sum of the sheets; refuse those that are ten thousand times off."""
    found = [checks_of(one) for one in read]
    off = [m for one, checks in zip(read, found, strict=True) for m in units_off(one, checks)]
    if off:
        raise DataError(off)
    return [check for checks in found for check in checks]


def _require_projects(read: Sequence[SheetRecords], notes: Notes) -> None:
    """Refuse sheets without a project, and sheets that hold the same projects twice."""
    if not any(one.records for one in read):
        zeros = {m.address: m.fields for m in notes.taken("import_zero_left_out")}
        raise DataError(
            Message(
                "import_all_zero" if one.sheet.grid.name in zeros else "import_no_projects",
                zeros.get(one.sheet.grid.name, {}),
                one.sheet.grid.file,
                0,
                one.sheet.grid.name,
            )
            for one in read
        )
    for i, one in enumerate(read):
        own = _contents(one)
        for other in read[:i]:
            if one.sheet.mapping.years != other.sheet.mapping.years:
                continue
            both = own & _contents(other)
            if len(both) >= _FEWEST_TWICE and len(both) > _TWICE * len(own):
                fields = {"other": other.sheet.grid.name or other.sheet.grid.file, "count": len(both)}
                raise DataError(
                    [Message("import_sheets_doubled", fields, one.sheet.grid.file, 0, one.sheet.grid.name)]
                )


def _contents(read: SheetRecords) -> set[tuple[str, str, Decimal, str]]:
    return {(r.code, r.name, r.cost, str(r.parts)) for r in read.records}


def _identity(read: Sequence[SheetRecords], notes: Notes) -> list[Message]:
    """Say what identity data was left out; never the data itself."""
    found = []
    for one in read:
        grid, first = one.sheet.grid, one.sheet.mapping.heading_rows[1]
        for column in one.sheet.columns.get(IDENTITY, ()):
            count = sum(bool(row[column]) for row in grid.cells[first:])
            fields = {"column": grid.address(0, column)[:-1], "count": count}
            found.append(Message("import_identity_column", fields, grid.file, 0, grid.name))
    return [*found, *notes.taken("import_identity_cut")]
