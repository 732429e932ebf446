"""The open family of exporters: one format a file, and this one visible list by file ending."""

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from zxsim.exporters.csv import write_csv
from zxsim.exporters.parquet import write_parquet

EXPORTERS: Mapping[str, Callable[[pl.DataFrame, Path], None]] = {".csv": write_csv, ".parquet": write_parquet}
