"""What differs in the tables of the inputs of two runs: rows are matched by their ids, never by position."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from zxsim.runs.data import RunData
from zxsim.whatif.input_rows import ADDED, CHANGED, REMOVED, Row, difference, number_text, union


@dataclass(frozen=True)
class _Table:
    """A table of the inputs: what names a row, in words too, and the figure that one alone is shown with."""

    section: str
    of: Callable[[RunData], pl.DataFrame | None]
    keys: Sequence[str]
    name: str = ""
    figure: str = ""


_TABLES = (
    _Table("place", lambda run: run.places, ["id"], name="name"),
    _Table("project", lambda run: run.projects, ["id"], name="name"),
    _Table(
        "commitment", lambda run: run.commitments, ["project", "place", "fund", "year"], figure="amount_wan"
    ),
    _Table("progress", lambda run: run.progress, ["project", "place", "quarter"], figure="paid_wan"),
    _Table("task", lambda run: run.tasks, ["number"], name="title"),
)


def table_differences(before: RunData, after: RunData) -> Iterator[Row]:
    """Yield rows that one run has not, and cells that differ, table by table."""
    for table in _TABLES:
        yield from _differences(table, *(_keyed(table, side) for side in (before, after)))


def _keyed(table: _Table, run: RunData) -> pl.DataFrame:
    """Return a table of a run, a text in every cell, with the key of each row; empty where there is none."""
    frame = table.of(run)
    needed = [name for name in (*table.keys, table.name, table.figure) if name]
    if frame is None:
        frame = pl.DataFrame(schema=dict.fromkeys(needed, pl.String))
    absent = [pl.lit(None, pl.String).alias(name) for name in needed if name not in frame.columns]
    key = pl.concat_str(table.keys, separator=".", ignore_nulls=True).alias("key")
    return frame.with_columns(absent).with_columns(key).fill_null("")


def _differences(table: _Table, before: pl.DataFrame, after: pl.DataFrame) -> Iterator[Row]:
    named = pl.col(table.name) if table.name else pl.lit("")
    figure = pl.col(table.figure) if table.figure else pl.lit("")
    for kind, here, there in ((REMOVED, before, after), (ADDED, after, before)):
        alone = here.join(there.select("key"), on="key", how="anti", maintain_order="left")
        for key, name, shown in alone.select("key", named.alias("name"), figure.alias("shown")).iter_rows():
            sides = (shown, "") if kind == REMOVED else ("", shown)
            yield difference(kind, f"{table.section}.{key}", *sides, name=name)
    joined = before.join(after, on="key", how="inner", suffix="\0", maintain_order="left")
    for column in union(dict.fromkeys(before.columns), dict.fromkeys(after.columns)):
        if column in (*table.keys, "key"):
            continue
        first = pl.col(column) if column in before.columns else pl.lit("")
        second_name = f"{column}\0" if column in before.columns else column
        second = pl.col(second_name) if column in after.columns else pl.lit("")
        rows = joined.select("key", named.alias("name"), first.alias("one"), second.alias("two"))
        for key, name, *pair in rows.filter(pl.col("one") != pl.col("two")).iter_rows():
            texts = [number_text(text) for text in pair]
            if texts[0] != texts[1]:
                yield difference(CHANGED, f"{table.section}.{key}.{column}", *texts, name=name)
