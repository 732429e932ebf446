"""A CSV file as a table of text cells: its header, its rows, and what is wrong with it as a file.

The bytes of the file go to polars as they are. Text is decoded only for what a fault needs, and cells are
stripped only where the file holds white space or quotes at all: both would cost more than reading does.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from zxsim.core.messages import Faults
from zxsim.errors import DataError, Message
from zxsim.schema.source import decoded, read_bytes

MOST_FAULTS = 20
"""Faults of one kind shown for one column; the rest is counted."""

ROW = "__row"
"""Column with the record's number in the file."""

_SEPARATORS = re.compile("[;\t\uff1b\uff0c]")
_NO_TEXT = "\ufffd"
"""Stands in a header for bytes that are no text; in cells, polars refuses them."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
TO_CLEAN = (b'"', b"\t", b"\v", b"\f", b" ", b"\xc2", b"\xe1", b"\xe2", b"\xe3")
"""A file must hold one of these where stripping could change a cell: a quote (a quoted cell may be empty, or
end in a new line) or the first byte of a white space in UTF-8."""


def read_cells(path: Path, faults: Faults) -> tuple[bytes, pl.DataFrame] | None:
    """Read a CSV as text; ``None`` when it cannot be read as a table (noted in ``faults``).

    Returns
    -------
    raw : bytes
        The file in UTF-8 without byte order mark, its lines ended by a line feed.
    frame : polars.DataFrame
        The named columns as strings, stripped, empty = null, and :data:`ROW`; rows without content are left
        out.
    """
    found = Faults()
    try:
        given = read_bytes(path)
        cells = _cells(given, path.name, found)
        if found or cells is None or any(_NO_TEXT in name for name in cells[1].columns):
            decoded(given, path.name)  # bytes that are no text are the fault behind all others
    except DataError as error:
        cells, messages = None, list(error.messages)
    else:
        messages = list(found)
    for message in messages:
        faults.add(message)
    return cells


def record_lines(raw: bytes) -> list[int]:
    """Line of the file on which each record begins, the header being the first."""
    starts, last = [], 0
    reader = csv.reader(_lines(raw))
    for _ in reader:
        starts.append(last + 1)
        last = reader.line_num
    return starts


def _cells(given: bytes, file: str, faults: Faults) -> tuple[bytes, pl.DataFrame] | None:
    raw = given.removeprefix(_BYTE_ORDER_MARK)
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    names = _header(raw, file, faults)
    frame = None if names is None else _frame(raw, names, file, faults)
    return None if frame is None else (raw, frame)


def _lines(raw: bytes) -> Iterator[str]:
    return io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8", errors="replace", newline="")


def _header(raw: bytes, file: str, faults: Faults) -> list[str] | None:
    """Return the column names, ``""`` for a column without one, or note why there are none."""
    names = [name.strip() for name in next(csv.reader(_lines(raw)), [])]
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


def _frame(raw: bytes, names: list[str], file: str, faults: Faults) -> pl.DataFrame | None:
    """Return the named columns and filled rows as text; columns and rows without any content are left out."""
    try:
        frame = pl.read_csv(raw, infer_schema=False, has_header=True)
    except pl.exceptions.PolarsError:
        _note_ragged(raw, len(names), file, faults)
        return None
    if len(frame.columns) != len(names):
        faults.add(Message("csv_syntax", {}, file, 1))
        return None
    if any(byte in raw for byte in TO_CLEAN):
        frame = frame.with_columns(pl.all().str.strip_chars().replace("", None))
    for position, (column, name) in enumerate(zip(frame.columns, names, strict=True), start=1):
        if not name and frame[column].count():
            faults.add(Message("column_without_name", {"position": position}, file, 1))
    columns = [pl.col(old).alias(name) for old, name in zip(frame.columns, names, strict=True) if name]
    named = frame.select(columns).with_row_index(ROW)
    return named.filter(pl.any_horizontal(pl.exclude(ROW).is_not_null()))


def _note_ragged(raw: bytes, width: int, name: str, faults: Faults) -> None:
    reader = csv.reader(_lines(raw))
    count = 0
    for cells in reader:
        if len(cells) > width:
            count += 1
            if count <= MOST_FAULTS:
                fields = {"found": len(cells), "allowed": width}
                faults.add(Message("row_too_long", fields, name, reader.line_num))
    if not count:
        faults.add(Message("csv_syntax", {}, name, 1))
