"""Tables of a run: written as CSV and Parquet side by side, money with two digits in CSV."""

from pathlib import Path

import polars as pl

MONEY_SUFFIX = "_wan"
"""Columns that end so hold 万元; a money table also names its amounts ``lhs``, ``rhs``, ``slack``."""


def as_csv(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame as CSV shows it: 万元 with exactly two digits."""
    money = [c for c, kind in frame.schema.items() if c.endswith(MONEY_SUFFIX) and kind == pl.Float64]
    return frame.with_columns(pl.col(money).round(2).cast(pl.Decimal(38, 2)))


def write_table(frame: pl.DataFrame, folder: Path, name: str) -> None:
    """Write ``name.csv`` and ``name.parquet`` into ``folder``."""
    as_csv(frame).write_csv(folder / f"{name}.csv")
    frame.write_parquet(folder / f"{name}.parquet")
