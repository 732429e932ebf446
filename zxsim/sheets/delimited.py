"""A text file with separators: UTF-8 with or without BOM, UTF-16 as Excel saves it, or GB18030."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from zxsim.errors import DataError, Message
from zxsim.sheets import limits
from zxsim.sheets.sheetxml import too_large
from zxsim.sheets.text import normalised

_SEPARATORS = (",", "\t", ";")
_ROWS_TRIED = 50
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decoded(file: str, raw: bytes) -> str:
    """Decode a text, or raise :class:`DataError` when it is none."""
    for encoding in ["utf-16"] if raw[:2] in _UTF16 else ["utf-8-sig", "gb18030"]:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DataError([Message("sheet_not_known", {}, file)])


def cells_of(file: str, text: str) -> list[list[str]]:
    """Split a text into cells by the separator that gives it most columns.

    Raises
    ------
    DataError
        A quote that is not closed, or too many rows or columns.
    """
    csv.field_size_limit(limits.MOST_FILE_BYTES)
    separator = max(_SEPARATORS, key=lambda one: _columns(file, text, one))
    cells: list[list[str]] = []
    left = limits.MOST_CELLS
    reader = csv.reader(_lines(file, text, separator), delimiter=separator, strict=True)
    try:
        for row in reader:
            left -= len(row)
            cells.append([normalised(cell) for cell in row])
            if left < 0 or len(cells) > limits.MOST_ROWS or len(row) > limits.MOST_COLUMNS:
                raise too_large(file, "", len(cells) - 1, len(row) - 1)
    except csv.Error:
        raise DataError([Message("csv_syntax", {}, file, reader.line_num)]) from None
    return cells


def _columns(file: str, text: str, separator: str) -> int:
    """Count the cells of the first rows that have more than one."""
    rows = csv.reader(_lines(file, text, separator), delimiter=separator)
    try:
        return sum(len(row) for row in islice(rows, _ROWS_TRIED) if len(row) > 1)
    except csv.Error:
        return 0


def _lines(file: str, text: str, separator: str) -> Iterator[str]:
    """Go through the lines; one with more separators than a file has cells is not split."""
    for number, line in enumerate(io.StringIO(text, newline="")):
        if line.count(separator) > limits.MOST_CELLS:
            raise too_large(file, "", number, limits.MOST_COLUMNS)
        yield line
