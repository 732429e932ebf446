"""Rows of the long table of a simulation as series over years or months; rows of 0 are not written there."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from zxsim.report.page.charts import Band, Line, Values

MONTHS = 12


@dataclass(frozen=True)
class Series:
    """Mean and interval of one indicator over periods."""

    mean: Values
    low: Values
    high: Values

    def band(self, name: str, shade: int = 0) -> Band:
        """Return the interval."""
        return Band(name, self.low, self.high, shade)

    def line(self, name: str, look: int = 0) -> Line:
        """Return the mean."""
        return Line(name, self.mean, look)


class Long:
    """The long table, looked up by indicator, place and group."""

    def __init__(self, table: pl.DataFrame) -> None:
        self._table = table
        self._parts = table.partition_by("indicator", "place_id", "group", as_dict=True)

    def keys(self, indicator: str) -> list[tuple[str, str]]:
        """Places and groups that an indicator has figures of, in the order of the table."""
        rows = self._table.filter(pl.col("indicator") == indicator).select("place_id", "group")
        return list(rows.unique(maintain_order=True).iter_rows())

    def series(self, indicator: str, periods: Sequence[str], place: str = "", group: str = "") -> Series:
        """Return the figures of the periods, 0 where there is no row."""
        part = self._parts.get((indicator, place, group))
        rows = () if part is None else part.select("statistic", "period", "value").iter_rows()
        value = {(statistic, period): v for statistic, period, v in rows}
        low, mean, high = (
            [value.get((statistic, period), 0.0) for period in periods]
            for statistic in ("low", "mean", "high")
        )
        return Series(mean, low, high)

    def single(self, indicator: str, statistic: str, group: str = "") -> float | None:
        """Return a figure that has no period."""
        part = self._parts.get((indicator, "", group))
        if part is None:
            return None
        found = part.filter(pl.col("statistic") == statistic)["value"]
        return float(found[0]) if len(found) else None


def months_of(years: Sequence[int]) -> list[str]:
    """Names of all months.

    >>> months_of([2021])[::11]
    ['2021-01', '2021-12']
    """
    return [f"{year}-{month:02d}" for year in years for month in range(1, MONTHS + 1)]
