"""CSV with a byte order mark, which Excel and WPS need to read Chinese."""

from pathlib import Path

import polars as pl

from zxsim.core.tables import as_csv


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as CSV UTF-8 with BOM, money with two digits."""
    as_csv(frame).write_csv(path, include_bom=True)
