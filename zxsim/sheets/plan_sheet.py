"""A plan made or edited by hand: the exported allocation sheet, read cell by cell against a scenario.

Totals that the office writes between the rows are checked and left out; hidden rows count, with a warning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import polars as pl

from zxsim.core.messages import Faults
from zxsim.core.money import UNITS_PER_WAN, wan_text
from zxsim.errors import AFTER_ALL_LINES, Message
from zxsim.sheets.grid import Grid
from zxsim.sheets.money import Unit, money
from zxsim.sheets.plan_headings import PlanTable, plan_table
from zxsim.sheets.plan_names import PlanNames, Unknown
from zxsim.sheets.plan_totals import Line, note_totals, total_word
from zxsim.sheets.reading import grids
from zxsim.sheets.text import normalised
from zxsim.sheets.values import years_in

SCHEMA = {
    "project_id": pl.String,
    "place_id": pl.String,
    "fund_id": pl.String,
    "year": pl.Int64,
    "units": pl.Int64,
    "row": pl.Int64,
    "cell": pl.String,
}
MOST_FAULTS = 20
"""Faults of one code that are shown; the rest is counted."""

_MOST_UNITS = 10**13
_YEAR_DIGITS = 4


@dataclass(frozen=True, eq=False)
class Stranger:
    """A row that names what the scenario does not have: its texts as they stand, units, and the reason."""

    texts: tuple[str, str, str, str]
    units: int
    reason: Message


@dataclass(frozen=True, eq=False)
class PlanSheet:
    """What a sheet allocates: ``cells`` as in :data:`SCHEMA`, one a project, place, fund and year."""

    file: str
    cells: pl.DataFrame
    strangers: Sequence[Stranger]
    warnings: Sequence[Message]


def read_plan(path: Path, names: PlanNames, sheet: str | None = None, *, strict: bool = True) -> PlanSheet:
    """Read the allocation in a file.

    Parameters
    ----------
    strict : bool
        Whether a row that names something unknown is a fault; else it is a :class:`Stranger`, and the
        category beside a project is not compared with the library.

    Raises
    ------
    DataError
        No such file or sheet, no allocation in it, or cells at fault, all of them.
    """
    table = plan_table(grids(path, sheet))
    reader = _Reader(table, names, strict=strict)
    for row in range(table.heading_row + 1, table.grid.rows):
        reader.read(row)
    reader.note_hidden()
    reader.note_names()
    if not reader.lines:
        reader.warnings.append(Message("plan_without_rows", {}, table.grid.file))
    note_totals(reader.lines, table, reader.faults)
    faults = Faults()
    strange = [stranger.reason for stranger in reader.strangers] if strict else []
    for message in _capped([*reader.faults, *strange]):
        faults.add(message)
    faults.raise_any()
    rows = [(*key, units, row, cell) for key, (units, row, cell) in reader.found.items()]
    return PlanSheet(
        table.grid.file, pl.DataFrame(rows, schema=SCHEMA, orient="row"), reader.strangers, reader.warnings
    )


@dataclass(eq=False)
class _Reader:
    """Reads the rows of one table."""

    table: PlanTable
    names: PlanNames
    strict: bool
    faults: Faults = field(default_factory=Faults)
    warnings: list[Message] = field(default_factory=list)
    strangers: list[Stranger] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    found: dict[tuple[str, str, str, int], tuple[int, int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._other_names: list[tuple[int, str, str]] = []
        self.grid = _without_tall_cells(self.table.grid)
        at = self.table.columns["amount_wan"]
        self._tall = {
            row
            for span in self.table.grid.merged
            if span.first_column <= at <= span.last_column and span.last_row > span.first_row
            for row in range(span.first_row, span.last_row + 1)
        }

    def read(self, row: int) -> None:
        """Read a row: money, a total, or neither."""
        texts = {name: self.grid.cells[row][at] for name, at in self.table.columns.items()}
        if not any(texts[name] for name in ("fund_id", "year", "amount_wan")):
            return
        word = total_word(texts)
        if word and not texts["fund_id"]:
            amount = money(texts["amount_wan"], Unit.WAN)
            self.lines.append(Line(row, word, amount.wan if amount else None))
            return
        units = self._units(row, texts["amount_wan"])
        if units is None:
            return
        self.lines.append(Line(row, "", Decimal(units) / UNITS_PER_WAN))
        self._place(row, texts, units)

    def _units(self, row: int, text: str) -> int | None:
        """Units of an amount, or None with the fault noted; an empty cell is nothing allocated."""
        where = (row, self.table.columns["amount_wan"])
        if where in self.table.grid.formulas:
            self._fault("plan_formula", row, "amount_wan")
        elif row in self._tall:
            self._fault("plan_amount_merged", row, "amount_wan")
        elif not text:
            return 0
        elif (amount := money(text, Unit.WAN)) is None or amount.remark:
            self._fault("plan_amount_not_a_number", row, "amount_wan", given=text)
        elif amount.wan < 0:
            self._fault("plan_amount_negative", row, "amount_wan", given=text)
        elif (exact := amount.wan * UNITS_PER_WAN) != int(exact):
            self._fault("plan_amount_too_fine", row, "amount_wan", given=text)
        elif exact > _MOST_UNITS:
            self._fault("plan_amount_too_large", row, "amount_wan", given=text)
        else:
            return int(exact)
        return None

    def _place(self, row: int, texts: Mapping[str, str], units: int) -> None:
        """Find the project, place, fund and year that a row means."""
        before = len(self.faults)
        strange: list[Message] = []
        year = self._year(row, texts["year"], strange)
        fund = self._named(row, "fund_id", self.names.id_of("fund", texts["fund_id"]), strange)
        shown = "project_id" if texts["project_id"] else "project_name"
        given = texts.get(shown, "")
        project = self._named(
            row, shown if shown in texts else "project_id", self.names.id_of("project", given), strange
        )
        place = None
        if project is not None:
            word = texts.get("place_id") or texts.get("place_name", "")
            column = next((name for name in ("place_id", "place_name") if texts.get(name)), "project_id")
            place = self._named(row, column, self.names.place_of(project, word), strange)
            self._category(row, project, texts.get("category", ""))
            self._name(row, project, texts.get("project_name", ""))
        if strange:
            words = (
                given,
                texts.get("place_id") or texts.get("place_name", ""),
                texts["fund_id"],
                texts["year"],
            )
            self.strangers += [
                Stranger(words, units, reason) for reason in (strange if self.strict else strange[:1])
            ]
        elif len(self.faults) == before and project and place and fund and year is not None:
            self._keep(row, (project, place, fund, year), units)

    def _year(self, row: int, text: str, strange: list[Message]) -> int | None:
        first, last = int(self.names.layout.years[0]), int(self.names.layout.years[-1])
        found = years_in(text) or (
            (int(text),) * 2 if text.isdecimal() and len(text) == _YEAR_DIGITS else None
        )
        if found is None or found[0] != found[1]:
            self._fault("plan_year_not_read" if text else "plan_year_missing", row, "year", given=text)
            return None
        if not first <= found[0] <= last:
            fields = {"given": found[0], "first": first, "last": last}
            strange.append(self._message("year_outside_horizon", row, "year", fields))
            return None
        return found[0]

    def _named(self, row: int, column: str, found: str | Unknown, strange: list[Message]) -> str | None:
        if not isinstance(found, Unknown):
            return found
        strange.append(self._message(found.code, row, column, found.fields))
        return None

    def _category(self, row: int, project: str, text: str) -> None:
        own = self.names.categories[project]
        if self.strict and text and text != own:
            self._fault("plan_category", row, "category", given=text, project=project, category=own)

    def _name(self, row: int, project: str, text: str) -> None:
        own = normalised(self.names.names.get(project, ""))
        if self.strict and text and own and text != own:
            self._other_names.append((row, project, text))

    def note_names(self) -> None:
        """Warn where the name beside a project is not its own: part of the columns may have been sorted."""
        if self._other_names:
            row, project, given = self._other_names[0]
            named = {"project": project, "name": self.names.names[project], "given": given}
            fields = {**named, "count": len(self._other_names)}
            self.warnings.append(self._message("plan_name_of_another", row, "project_name", fields))

    def _keep(self, row: int, key: tuple[str, str, str, int], units: int) -> None:
        if key in self.found:
            first = self.found[key][1]
            self._fault("plan_twice", row, "project_id", given=", ".join(map(str, key)), first=first)
            return
        self.found[key] = (units, row + 1, self.table.address(row, "amount_wan"))

    def note_hidden(self) -> None:
        """Warn of hidden rows with money: they count, and nobody sees them."""
        hidden = set(self.table.grid.hidden.rows)
        rows = [line for line in self.lines if line.row in hidden and not line.total and line.wan]
        if rows:
            amount = sum(int((line.wan or 0) * UNITS_PER_WAN) for line in rows)
            fields = {"rows": [line.row + 1 for line in rows], "amount": wan_text(amount)}
            self.warnings.append(Message("plan_hidden_rows", fields, self.grid.file))

    def _fault(self, code: str, row: int, column: str, **fields: object) -> None:
        self.faults.add(self._message(code, row, column, fields))

    def _message(self, code: str, row: int, column: str, fields: Mapping[str, object]) -> Message:
        return Message(code, fields, self.grid.file, row + 1, self.table.address(row, column))


def _without_tall_cells(grid: Grid) -> Grid:
    """Repeat a text that is merged downwards in each of its rows; other merged cells stay as they are."""
    tall = tuple(span for span in grid.merged if span.first_column == span.last_column)
    return Grid(grid.file, grid.name, grid.cells, tall).filled()


def _capped(messages: Sequence[Message]) -> list[Message]:
    """Keep the first messages of each code, and count what is left out."""
    seen: dict[str, int] = {}
    kept = []
    for message in sorted(messages, key=lambda one: one.line):
        seen[message.code] = seen.get(message.code, 0) + 1
        if seen[message.code] <= MOST_FAULTS:
            kept.append(message)
    more = sum(max(0, count - MOST_FAULTS) for count in seen.values())
    if more:
        kept.append(Message("plan_more", {"count": more}, messages[0].file, AFTER_ALL_LINES))
    return kept
