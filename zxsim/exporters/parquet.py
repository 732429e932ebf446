"""Parquet, for analysts: typed columns."""

from pathlib import Path

import polars as pl


def write_parquet(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as Parquet."""
    frame.write_parquet(path)
