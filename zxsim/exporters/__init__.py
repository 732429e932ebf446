"""The open family of exporters: one format a file, and these two visible lists by file ending."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl

from zxsim.exporters.csv import write_csv, write_sheet_csv
from zxsim.exporters.markdown import write_markdown
from zxsim.exporters.parquet import write_parquet
from zxsim.exporters.sheet import Sheet
from zxsim.exporters.xlsx import write_workbook

EXPORTERS: Mapping[str, Callable[[pl.DataFrame, Path], None]] = {".csv": write_csv, ".parquet": write_parquet}
"""Formats of a single table."""

SHEET_EXPORTERS: Mapping[str, Callable[[Sequence[Sheet], Path], None]] = {
    ".csv": write_sheet_csv,
    ".md": write_markdown,
    ".xlsx": write_workbook,
}
"""Formats of forms and workbooks."""
