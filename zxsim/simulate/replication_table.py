"""Year-end figures of each replication: what a pair of runs is compared by.

Rows of 0 are not written. A place of "" is all of them together.
"""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
import polars as pl

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.shockspec import MONTHS
from zxsim.simulate.population import Population
from zxsim.simulate.records import Kind
from zxsim.simulate.summary import GROUPS, YEAR_DAYS, Summary

SCHEMA = {
    "replication": pl.Int64,
    "place_id": pl.String,
    "group": pl.String,
    "indicator": pl.String,
    "year": pl.Int64,
    "value": pl.Float64,
}
DIGITS = 4
"""Digits of a mean income that are kept: the file is half as long for what nobody reads."""


def replication_table(summary: Summary) -> pl.DataFrame:
    """Income, stocks at the year's end and flows of the year; columns as :data:`SCHEMA`."""
    parts = [_incomes(summary), *_stocks(summary), *_flows(summary)]
    table = pl.concat([pl.DataFrame(schema=SCHEMA), *parts]).filter(pl.col("value") != 0)
    return table.sort("indicator", "group", "place_id", "year", "replication")


def digest(population: Population, place_ids: Sequence[str]) -> str:
    """Eight hex digits of who lives where: the same for two runs whose households are the same people."""
    found = hashlib.sha256("\n".join(place_ids).encode())
    for array in (population.group, population.size, population.labour):
        found.update(np.ascontiguousarray(array, dtype=np.int64).tobytes())
    for mark in (population.lifted, population.delayed):
        found.update(np.packbits(mark).tobytes())
    return found.hexdigest()[:8]


def _incomes(summary: Summary) -> pl.DataFrame:
    income = np.concatenate([outcome.income for outcome in summary.outcomes], axis=1)
    persons = summary.setup.population.persons
    everybody = income @ (persons / persons.sum())
    values = np.concatenate([income, everybody[:, :, None]], axis=2).round(DIGITS)
    return _frame(summary, "income", values, [*summary.place_ids, ""])


def _stocks(summary: Summary) -> Iterator[pl.DataFrame]:
    for name in ("open_cases", "unresolved"):
        arrays = [getattr(outcome, name)[MONTHS - 1 :: MONTHS] for outcome in summary.outcomes]
        counts = np.concatenate(arrays, axis=1)
        whole = counts.sum(axis=2)
        for number, group in enumerate(GROUPS):
            yield _frame(summary, name, whole[:, :, None, number], [""], group)
        by_place = counts.sum(axis=3)
        values = np.concatenate([by_place, whole.sum(axis=2)[:, :, None]], axis=2)
        yield _frame(summary, name, values, [*summary.place_ids, ""])


def _flows(summary: Summary) -> Iterator[pl.DataFrame]:
    first, last = int(summary.setup.years[0]), int(summary.setup.years[-1])
    year = ((pl.col("day") - 1) // YEAR_DAYS).cast(pl.Int64) + first
    for kind, name in ((Kind.ENTRY, "entries"), (Kind.EXIT, "exits")):
        rows = summary.events.filter(pl.col("kind") == int(kind)).with_columns(year=year, group=pl.lit(""))
        rows = rows.filter(pl.col("year") <= last)
        everywhere = rows.with_columns(place_id=pl.lit(""))
        parts = [rows, everywhere]
        if kind is Kind.ENTRY:
            names = pl.Series(GROUPS, dtype=pl.String)
            parts += [everywhere.with_columns(group=names.gather(rows["detail"]))]
        keys = ["replication", "place_id", "group", "year"]
        counted = pl.concat(parts).group_by(keys).agg(pl.len().cast(pl.Float64).alias("value"))
        yield counted.with_columns(indicator=pl.lit(name)).select(*SCHEMA)


def _frame(
    summary: Summary, indicator: str, values: FloatArray | IntArray, places: Sequence[str], group: str = ""
) -> pl.DataFrame:
    """Rows of values of shape *(years, replications, places)*."""
    numbers = np.concatenate([outcome.replications for outcome in summary.outcomes])
    year, replication, place = np.indices(values.shape).reshape(3, -1)
    count = values.size
    return pl.DataFrame(
        {
            "replication": numbers[replication],
            "place_id": pl.Series(places, dtype=pl.String).gather(place),
            "group": [group] * count,
            "indicator": [indicator] * count,
            "year": summary.setup.years[year],
            "value": values.ravel().astype(np.float64),
        },
        schema=SCHEMA,
    )
