"""Reading places.csv and projects.csv: every cell as text first, then checked column by column.

A row's line in the file is worked out only when there is a fault to report.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import polars as pl
from pydantic import ValidationError

from zxsim.core.messages import Faults, nearest
from zxsim.core.spec import LARGEST, Figure, mended_id
from zxsim.errors import AFTER_ALL_LINES, DataError, Message
from zxsim.schema.columns import Cell, Column, passes_through
from zxsim.schema.source import Source, read_text

MOST_FAULTS = 20
"""Faults of one kind shown for one column; the rest is counted."""

MONEY_TYPE = pl.Decimal(38, 9)
_SEPARATORS = re.compile("[;\t\uff1b\uff0c]")
_FLAGS = {"true": True, "1": True, "是": True, "false": False, "0": False, "否": False}
_ROW = "__row"


@dataclass(eq=False)
class Table:
    """A CSV as text cells, with what is needed to say where a cell came from.

    ``frame`` has the columns of the file as strings (empty = null) and ``__row``, the record's
    number in the file; ``overridden`` holds (id, column) of the cells that TOML set.
    """

    name: str
    section: str
    text: str
    frame: pl.DataFrame
    source: Source
    overridden: set[tuple[str, str]] = field(default_factory=set)
    figures: list[tuple[str, str, str, Figure]] = field(default_factory=list)

    @cached_property
    def _lines(self) -> list[int]:
        reader = csv.reader(io.StringIO(self.text, newline=""))
        starts, last = [], 0
        for _ in reader:
            starts.append(last + 1)
            last = reader.line_num
        return starts

    def message(self, code: str, row: int, column: str = "", **fields: object) -> Message:
        """Make a message about a cell; ``row`` is the position in ``frame``."""
        name = next((name for name in ("id", "project") if name in self.frame.columns), None)
        record = self.frame[row, name] if name else None
        if (str(record), column) in self.overridden:
            return self.source.message(code, (self.section, str(record), column), **fields)
        number = self.frame[row, _ROW] + 1
        line = self._lines[number] if number < len(self._lines) else 0
        return Message(code, fields, self.name, line, f"{record or ''} {column}".strip())

    def note(
        self,
        faults: Faults,
        bad: pl.Series,
        code: str,
        column: str,
        fields: Callable[[str], Mapping[str, object]] = lambda given: {"given": given},
    ) -> None:
        """Note a fault for each row where ``bad`` is true, up to :data:`MOST_FAULTS`."""
        rows = bad.fill_null(value=False).arg_true().to_list()
        for row in rows[:MOST_FAULTS]:
            given = self.frame[row, column] if column in self.frame.columns else ""
            faults.add(self.message(code, row, column, **fields(str(given or ""))))
        if len(rows) > MOST_FAULTS:
            more = {"count": len(rows) - MOST_FAULTS, "column": column}
            faults.add(Message("more_faults", more, self.name, AFTER_ALL_LINES))


def read_table(path: Path, section: str, source: Source, faults: Faults) -> Table | None:
    """Read a CSV as text; ``None`` when it cannot be read as a table (noted in ``faults``)."""
    try:
        text = read_text(path)
    except DataError as error:
        for message in error.messages:
            faults.add(message)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    names = _header(text, path.name, faults)
    frame = None if names is None else _frame(text, names, path.name, faults)
    return None if frame is None else Table(path.name, section, text, frame, source)


def _header(text: str, file: str, faults: Faults) -> list[str] | None:
    """Return the column names, ``""`` for a column without one, or note why there are none."""
    names = [name.strip() for name in next(csv.reader(io.StringIO(text, newline="")), [])]
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if not any(names):
        faults.add(Message("no_header", {}, file, 1))
    elif len(names) == 1 and (found := _SEPARATORS.search(names[0])):
        given = "Tab" if found[0] == "\t" else found[0]
        faults.add(Message("wrong_separator", {"given": given}, file, 1))
    elif doubled:
        faults.add(Message("columns_doubled", {"columns": doubled}, file, 1))
    else:
        return names
    return None


def _frame(text: str, names: list[str], file: str, faults: Faults) -> pl.DataFrame | None:
    """Return the named columns and filled rows as text; columns and rows without any content are left out."""
    try:
        frame = pl.read_csv(io.BytesIO(text.encode()), infer_schema=False, has_header=True)
    except pl.exceptions.PolarsError:
        _note_ragged(text, len(names), file, faults)
        return None
    if len(frame.columns) != len(names):
        faults.add(Message("csv_syntax", {}, file, 1))
        return None
    frame = frame.with_columns(pl.all().str.strip_chars().replace("", None))
    for position, (column, name) in enumerate(zip(frame.columns, names, strict=True), start=1):
        if name:
            frame = frame.rename({column: name})
        elif frame[column].count():
            faults.add(Message("column_without_name", {"position": position}, file, 1))
    named = frame.select(name for name in names if name).with_row_index(_ROW)
    return named.filter(pl.any_horizontal(pl.exclude(_ROW).is_not_null()))


def _note_ragged(text: str, width: int, name: str, faults: Faults) -> None:
    reader = csv.reader(io.StringIO(text, newline=""))
    count = 0
    for cells in reader:
        if len(cells) > width:
            count += 1
            if count <= MOST_FAULTS:
                fields = {"found": len(cells), "allowed": width}
                faults.add(Message("row_too_long", fields, name, reader.line_num))
    if not count:
        faults.add(Message("csv_syntax", {}, name, 1))


def override(table: Table, cells: Mapping[str, object], known: Mapping[str, Column], faults: Faults) -> None:
    """Lay the cells that TOML sets over the table, figures with their origin noted."""
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
    present = [column for column in table.frame.columns if column != _ROW]
    for column in present:
        if column not in known and not passes_through(column):
            fields = {"given": column, "allowed": sorted(known), "nearest": nearest(column, known)}
            faults.add(Message("unknown_column", fields, table.name, 1, column))
    columns = []
    for name, spec in known.items():
        if name not in present:
            if spec.needed:
                faults.add(Message("missing_column", {"given": name}, table.name, 1, name))
            series = pl.Series(name, [spec.default] * len(table.frame), dtype=pl.String)
        else:
            series = table.frame[name]
            if spec.needed:
                table.note(faults, series.is_null(), "empty_cell", name)
            if spec.default is not None:
                series = series.fill_null(spec.default)
        columns.append(_checked(table, name, spec, series, faults).alias(name))
    return pl.DataFrame([*columns, *(table.frame[c] for c in present if passes_through(c))])


def _checked(table: Table, name: str, column: Column, text: pl.Series, faults: Faults) -> pl.Series:
    if column.cell is Cell.TEXT:
        return text
    if column.cell is Cell.IDENT:
        bad = text.str.contains(r"[^\w.]")
        table.note(
            faults, bad, "id_characters", name, lambda given: {"given": given, "mended": mended_id(given)}
        )
        return text
    if column.cell is Cell.WORD:
        words = list(column.words)
        bad = ~text.is_in(words) & text.is_not_null()
        table.note(
            faults,
            bad,
            "unknown_word",
            name,
            lambda given: {"given": given, "allowed": words, "nearest": nearest(given, words)},
        )
        return text
    if column.cell is Cell.FLAG:
        flags = text.str.to_lowercase().replace_strict(_FLAGS, default=None, return_dtype=pl.Boolean)
        table.note(faults, flags.is_null() & text.is_not_null(), "not_a_flag", name)
        return flags.fill_null(value=False)
    return _number(table, name, column, text, faults)


def _number(table: Table, name: str, column: Column, text: pl.Series, faults: Faults) -> pl.Series:
    # Polars reads a decimal exactly; a cell in scientific notation or with 40 digits is refused alike.
    exact = text.cast(MONEY_TYPE, strict=False)
    table.note(faults, exact.is_null() & text.is_not_null(), "not_a_number", name)
    number = exact.cast(pl.Float64)
    most = f"{LARGEST:g}"
    table.note(
        faults, number.abs() > LARGEST, "number_too_large", name, lambda g: {"given": g, "limit": most}
    )
    number = number.clip(-LARGEST, LARGEST)
    if column.cell is Cell.SHARE:
        table.note(faults, number > 1, "number_less_than_equal", name, lambda g: {"given": g, "limit": "1"})
        table.note(
            faults, number < 0, "number_greater_than_equal", name, lambda g: {"given": g, "limit": "0"}
        )
    if column.low is not None:
        limit = f"{column.low:g}"
        bad = number < column.low
        table.note(faults, bad, "number_greater_than_equal", name, lambda g: {"given": g, "limit": limit})
    if column.high is not None:
        top = f"{column.high:g}"
        bad = number > column.high
        table.note(faults, bad, "number_less_than_equal", name, lambda g: {"given": g, "limit": top})
    if column.above is not None:
        over = f"{column.above:g}"
        table.note(
            faults, number <= column.above, "number_greater_than", name, lambda g: {"given": g, "limit": over}
        )
    if column.cell in (Cell.WHOLE, Cell.YEAR):
        bad = number.is_not_null() & (number != number.round())
        table.note(faults, bad, "not_whole", name)
        return number.round().cast(pl.Int64)
    return exact if column.cell in (Cell.MONEY, Cell.SHARE) else number
