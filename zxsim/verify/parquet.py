"""Check 6: each Parquet beside its CSV holds the same rows."""

from pathlib import Path

import polars as pl

from zxsim.errors import Message
from zxsim.verify.compare import RELATIVE_TOLERANCE
from zxsim.verify.findings import finding, some
from zxsim.verify.reading import parquet_table, read, text_table

ALONE = "replications"
"""The table that has no CSV: figures of single replications, from which no printed figure follows."""


def check_parquets(run: Path, findings: list[Message]) -> None:
    """Compare every table of the run folder in its two forms."""
    names = {path.stem for kind in ("*.csv", "*.parquet") for path in run.glob(kind)}
    if not (run / f"{ALONE}.csv").is_file():
        names.discard(ALONE)
    for name in sorted(names):
        table = read(run, f"{name}.csv", text_table, findings)
        twin = read(run, f"{name}.parquet", parquet_table, findings)
        if table is not None and twin is not None:
            findings += _differences(table, twin, f"{name}.parquet")


def _differences(table: pl.DataFrame, twin: pl.DataFrame, file: str) -> list[Message]:
    columns = [column for column in table.columns if column != "line"]
    if columns != twin.columns:
        return [finding("verify_parquet", some(columns), some(twin.columns), file=file)]
    if len(table) != len(twin):
        return [finding("verify_parquet", len(table), len(twin), file=file)]
    found: list[Message] = []
    for column in columns:
        pair = pl.DataFrame({"line": table["line"], "csv": table[column], "twin": twin[column]})
        for line, expected, given in pair.filter(~_same(twin.schema[column])).iter_rows():
            shown = "" if given is None else given
            found.append(finding("verify_parquet", expected, shown, file=file, address=column, line=line))
    return sorted(found, key=lambda message: message.line)


def _same(kind: pl.DataType) -> pl.Expr:
    """Whether a cell of the CSV says what the Parquet holds; the CSV rounds floats, and has no null."""
    text, value = pl.col("csv"), pl.col("twin")
    if not kind.is_float():
        return text == value.cast(pl.String).fill_null("")
    shown = text.cast(pl.Float64, strict=False)
    close = (shown - value).abs() <= RELATIVE_TOLERANCE * pl.max_horizontal(pl.lit(1.0), value.abs())
    return (close & value.is_finite()).fill_null(value=False) | ((text == "") & value.is_null())
