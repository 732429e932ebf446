"""CSV with a byte order mark, which Excel and WPS need to read Chinese."""

from pathlib import Path

import polars as pl

_FORMULA = r"^([=+\-@\t\r])"
"""A text that starts so would be run as a formula by a spreadsheet."""


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as CSV UTF-8 with BOM, its texts such that no spreadsheet will run them."""
    safe = frame.with_columns(pl.col(pl.String).str.replace(_FORMULA, "'$1"))
    safe.write_csv(path, include_bom=True)
