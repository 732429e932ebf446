"""CSV with a byte order mark, which Excel and WPS need to read Chinese."""

import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from zxsim.exporters.sheet import Format, Sheet, Value, joined_heading

_FORMULA = r"^([=+\-@\t\r\n＝＋－＠])"
"""A spreadsheet would run a text that starts so as a formula; Chinese ones take full-width signs, too."""


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as CSV UTF-8 with BOM, its texts such that no spreadsheet will run them."""
    _safe(frame).write_csv(path, include_bom=True)


def write_sheet_csv(sheets: Sequence[Sheet], path: Path) -> None:
    """Write the one sheet as CSV: a row of headings, then its rows with totals; no title, no notes."""
    (sheet,) = sheets
    rows = range(len(sheet.kinds))
    cells = {
        str(place): [
            _text(joined_heading(column), "text"),
            *(_text(column.values[at], column.format_of(at)) for at in rows),
        ]
        for place, column in enumerate(sheet.columns)
    }
    frame = pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))
    frame.write_csv(path, include_bom=True, include_header=False)


def _text(value: Value, how: Format) -> str | None:
    """Write a number without thousands separators, money with two digits."""
    if value is None:
        return None
    if isinstance(value, str):
        return f"'{value}" if re.match(_FORMULA, value) else value
    return f"{value:.2f}" if how in ("money", "part") else f"{value:.10g}"


def _safe(frame: pl.DataFrame) -> pl.DataFrame:
    headings = {name: _text(name, "text") or "" for name in frame.columns}
    return frame.with_columns(pl.col(pl.String).str.replace(_FORMULA, "'$1")).rename(headings)
