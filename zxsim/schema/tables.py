"""Reading places.csv and projects.csv: every cell as text first, then checked column by column.

A row's line in the file is worked out only when there is a fault to report.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import polars as pl
from pydantic import ValidationError

from zxsim.core.messages import Faults, nearest
from zxsim.core.spec import LARGEST, Figure, mended_id
from zxsim.errors import AFTER_ALL_LINES, Message
from zxsim.schema.columns import Cell, Column, passes_through
from zxsim.schema.csvfile import MOST_FAULTS, ROW, read_cells, record_lines
from zxsim.schema.plain_texts import Cut, clean_columns, headings_not_plain, identifying
from zxsim.schema.source import Source

MONEY_TYPE = pl.Decimal(38, 9)
_MOST_LINES = 10
"""Lines named in one message; the others are counted."""

_AMOUNTS = (Cell.MONEY, Cell.SHARE)
_FLAGS = {"true": True, "1": True, "是": True, "false": False, "0": False, "否": False}


@dataclass(eq=False)
class Table:
    """A CSV as text cells, with what is needed to say where a cell came from.

    ``frame`` has the columns of the file as strings (empty = null) and ``__row``, the record's
    number in the file; ``overridden`` holds (id, column) of the cells that TOML set; ``notices`` says what
    was cut on reading.
    """

    name: str
    section: str
    raw: bytes
    frame: pl.DataFrame
    source: Source
    overridden: set[tuple[str, str]] = field(default_factory=set)
    figures: list[tuple[str, str, str, Figure]] = field(default_factory=list)
    notices: list[Message] = field(default_factory=list)

    @cached_property
    def _lines(self) -> list[int]:
        return record_lines(self.raw)

    def message(self, code: str, row: int, column: str = "", **fields: object) -> Message:
        """Make a message about a cell; ``row`` is the position in ``frame``."""
        name = next((name for name in ("id", "project", "clause") if name in self.frame.columns), None)
        record = self.frame[row, name] if name else None
        if (str(record), column) in self.overridden:
            return self.source.message(code, (self.section, str(record), column), **fields)
        return Message(code, fields, self.name, self.line(row), f"{record or ''} {column}".strip())

    def line(self, row: int) -> int:
        """Line of the file on which a row begins, 0 where it has none."""
        number = self.frame[row, ROW] + 1
        return self._lines[number] if number < len(self._lines) else 0

    def note(
        self,
        faults: Faults,
        bad: pl.Series,
        code: str,
        column: str,
        fields: Callable[[str], Mapping[str, object]] = lambda given: {"given": given},
    ) -> None:
        """Note a fault for each row where ``bad`` is true, up to :data:`MOST_FAULTS`."""
        if not bad.any():
            return
        rows = bad.fill_null(value=False).arg_true().to_list()
        for row in rows[:MOST_FAULTS]:
            given = self.frame[row, column] if column in self.frame.columns else ""
            faults.add(self.message(code, row, column, **fields(str(given or ""))))
        if len(rows) > MOST_FAULTS:
            more = {"count": len(rows) - MOST_FAULTS, "column": column}
            faults.add(Message("more_faults", more, self.name, AFTER_ALL_LINES))


def read_table(path: Path, section: str, source: Source, faults: Faults) -> Table | None:
    """Read a CSV as text; ``None`` when it cannot be read as a table (noted in ``faults``)."""
    cells = read_cells(path, faults)
    return None if cells is None else Table(path.name, section, *cells, source)


def override(table: Table, cells: Mapping[str, object], known: Mapping[str, Column], faults: Faults) -> None:
    """Lay the cells that TOML sets over the table, figures with their origin noted."""
    if not cells:
        return
    ids = set(table.frame["id"].to_list()) if "id" in table.frame.columns else set()
    by_column: dict[str, dict[str, str]] = {}
    for record, values in cells.items():
        if not isinstance(values, Mapping):
            continue  # not a table: the schema has said so
        where = table.source.message("", (table.section, record))
        if record not in ids:
            faults.unknown("override_unknown_id", record, [i for i in ids if i], where)
            continue
        for column, value in values.items():
            if column == "id":
                faults.add(table.source.message("id_override", (table.section, record, column)))
                continue
            here = table.source.message("", (table.section, record, column))
            if column not in known and not passes_through(column):
                faults.unknown("unknown_key", column, known, here)
                continue
            if (text := _cell_text(table, record, column, value, faults)) is not None:
                by_column.setdefault(column, {})[record] = text
                table.overridden.add((record, column))
    for column, texts in by_column.items():
        old = pl.col(column) if column in table.frame.columns else pl.lit(None, dtype=pl.String)
        new = pl.col("id").replace_strict(texts, default=None, return_dtype=pl.String)
        table.frame = table.frame.with_columns(
            pl.when(pl.col("id").is_in(list(texts))).then(new.replace("", None)).otherwise(old).alias(column)
        )


def _cell_text(table: Table, record: str, column: str, value: object, faults: Faults) -> str | None:
    path = (table.section, record, column)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(str(part) for part in value)
    if isinstance(value, dict):
        try:
            figure = Figure.model_validate(value)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            known = first["type"] in ("assumed_without_range", "outside_own_range")
            fields = {"given": str(value), **first.get("ctx", {})}
            faults.add(table.source.message(first["type"] if known else "not_a_figure", path, **fields))
            return None
        table.figures.append((table.section, record, column, figure))
        return str(figure.value)
    return str(value)


def typed(table: Table, known: Mapping[str, Column], faults: Faults) -> pl.DataFrame:
    """Return the table with a checked, typed column for each known one; what passes through stays text."""
    as_given = table.frame
    _clean(table, known, faults)
    given = [column for column in table.frame.columns if column != ROW]
    free = [column for column in given if passes_through(column)]
    for column in given:
        if column not in known and column not in free:
            fields = {"given": column, "allowed": sorted(known), "nearest": nearest(column, known)}
            faults.add(Message("unknown_column", fields, table.name, 1, column))
    for name in [name for name, column in known.items() if column.needed and name not in given]:
        faults.add(Message("missing_column", {"given": name}, table.name, 1, name))
    for name in [name for name, column in known.items() if column.needed and name in given]:
        blank = as_given[name].is_null()
        table.note(faults, blank, "empty_cell", name)
        table.note(faults, table.frame[name].is_null() & ~blank, "cell_all_cut", name, lambda _: {})
    present = {name: column for name, column in known.items() if name in given}
    absent = {name: column for name, column in known.items() if name not in given}
    columns = _checked(table, table.frame, present, faults)
    empty = pl.DataFrame({name: [None] for name in absent}, schema=dict.fromkeys(absent, pl.String))
    for name, series in _checked(table, empty, absent, faults).items():
        columns[name] = series.new_from_index(0, len(table.frame))
    return pl.DataFrame(
        [*(columns[name].alias(name) for name in known), *(table.frame[name] for name in free)]
    )


def _clean(table: Table, known: Mapping[str, Column], faults: Faults) -> None:
    """Cut what identifies persons out of free texts, and note ids and headings that do."""
    table.frame, found = clean_columns(table.frame, known)
    table.notices += [_notice(table, cut) for cut in found]
    table.source.notices += table.notices
    for position in headings_not_plain(table.frame):
        faults.add(Message("heading_not_plain", {"position": position}, table.name, 1))
    for name, column in known.items():
        if column.cell is Cell.IDENT and name in table.frame.columns:
            bad = identifying(table.frame[name])
            table.note(faults, bad, "id_identifies", name, lambda _: {})


def _notice(table: Table, cut: Cut) -> Message:
    """Tell of what was cut where it stood first, with the lines of all where there are several."""
    lines = [table.line(row) for row in cut.rows[:_MOST_LINES]] if len(cut.rows) > 1 else []
    fields = {"count": len(cut.rows), "lines": lines, "more_lines": max(0, len(cut.rows) - _MOST_LINES)}
    return table.message(cut.code, cut.rows[0], cut.column, **fields)


def _checked(
    table: Table, frame: pl.DataFrame, known: Mapping[str, Column], faults: Faults
) -> dict[str, pl.Series]:
    """Read the known columns of a frame of text, all in one pass, and note what is wrong with each."""
    filled = frame.select(
        pl.col(name) if column.default is None else pl.col(name).fill_null(column.default)
        for name, column in known.items()
    )
    read = filled.select(_reading(name, column) for name, column in known.items())
    return {
        name: _column(table, name, column, filled[name], read[name], faults) for name, column in known.items()
    }


def _reading(name: str, column: Column) -> pl.Expr:
    """Read numbers and flags, null where a cell is none; say of ids and words where they are at fault."""
    text = pl.col(name)
    if column.cell is Cell.TEXT:
        return text
    if column.cell is Cell.IDENT:
        return text.str.contains(r"[^\w.]")
    if column.cell is Cell.WORD:
        return ~text.is_in(list(column.words))
    if column.cell is Cell.FLAG:
        return text.str.to_lowercase().replace_strict(_FLAGS, default=None, return_dtype=pl.Boolean)
    return text.cast(MONEY_TYPE if column.cell in _AMOUNTS else pl.Int64, strict=False)


def _column(
    table: Table, name: str, column: Column, text: pl.Series, read: pl.Series, faults: Faults
) -> pl.Series:
    """Note the faults of a column as it was read, and return it typed."""
    if column.cell is Cell.IDENT:
        table.note(
            faults, read, "id_characters", name, lambda given: {"given": given, "mended": mended_id(given)}
        )
    elif column.cell is Cell.WORD:
        words = list(column.words)
        table.note(
            faults,
            read,
            "unknown_word",
            name,
            lambda given: {"given": given, "allowed": words, "nearest": nearest(given, words)},
        )
    elif column.cell is Cell.FLAG:
        table.note(faults, read.is_null() & text.is_not_null(), "not_a_flag", name)
        return read.fill_null(value=False)
    elif column.cell is not Cell.TEXT:
        return _number(table, name, column, text, read, faults)
    return text


def _number(
    table: Table, name: str, column: Column, text: pl.Series, read: pl.Series, faults: Faults
) -> pl.Series:
    if read.null_count() > text.null_count():
        # Polars reads a decimal exactly; a cell in scientific notation or with 40 digits is refused alike.
        read = text.cast(MONEY_TYPE, strict=False)
        table.note(faults, read.is_null() & text.is_not_null(), "not_a_number", name)
    number = read.cast(pl.Float64)
    ends = pl.Series([number.min(), number.max()], dtype=pl.Float64)
    for code, limit, outside in _limits(column):
        if outside(ends).any():
            table.note(faults, outside(number), code, name, partial(_with_limit, limit))
            number = number.clip(-LARGEST, LARGEST)
    if column.cell is Cell.NUMBER:
        return number
    if column.cell in _AMOUNTS or read.dtype == pl.Int64:
        return read
    whole = number.round()
    table.note(faults, number != whole, "not_whole", name)
    return whole.cast(pl.Int64)


def _with_limit(limit: float, given: str) -> Mapping[str, object]:
    return {"given": given, "limit": f"{limit:g}"}


def _limits(column: Column) -> Iterator[tuple[str, float, Callable[[pl.Series], pl.Series]]]:
    """Yield the limits of a column: code of the message, limit, and which numbers lie outside."""
    share = column.cell is Cell.SHARE
    low, high, above = 0.0 if share else column.low, 1.0 if share else column.high, column.above
    yield "number_too_large", LARGEST, lambda number: (number > LARGEST) | (number < -LARGEST)
    if high is not None:
        yield "number_less_than_equal", high, lambda number: number > high
    if low is not None:
        yield "number_greater_than_equal", low, lambda number: number < low
    if above is not None:
        yield "number_greater_than", above, lambda number: number <= above
