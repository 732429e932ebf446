"""The money of a plan as whole units, and its sums by place and year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.verify.inputs import in_categories
from zxsim.verify.places import Places
from zxsim.verify.ratios import Whole

PLAN_SCHEMA = {
    "line": pl.Int64,
    "project_id": pl.String,
    "place_id": pl.String,
    "fund_id": pl.String,
    "year": pl.Int64,
    "units": pl.Int64,
    "category": pl.String,
    "subcategory": pl.String,
}


@dataclass(frozen=True, eq=False)
class Plan:
    """Rows of allocation.csv that say which project gets how much, where, from what and when.

    ``rows`` has the columns of :data:`PLAN_SCHEMA`; category and second level are those of
    projects.csv, never what the allocation claims.
    """

    rows: pl.DataFrame
    places: Places

    def of(
        self,
        funds: Iterable[str] | None = None,
        categories: Iterable[str] | None = None,
        years: Iterable[int] | None = None,
        projects: Iterable[str] | None = None,
    ) -> pl.DataFrame:
        """Rows of the given funds, categories, years and projects; ``None`` leaves one open."""
        chosen = pl.lit(value=True)
        if funds is not None:
            chosen &= pl.col("fund_id").is_in(list(funds))
        if categories is not None:
            chosen &= in_categories(categories)
        if years is not None:
            chosen &= pl.col("year").is_in(list(years))
        if projects is not None:
            chosen &= pl.col("project_id").is_in(list(projects))
        return self.rows.filter(chosen)

    @cached_property
    def paid(self) -> pl.DataFrame:
        """Units over the horizon of each project with money: ``project_id`` and ``paid``."""
        sums = self.rows.group_by("project_id").agg(paid=pl.col("units").sum())
        return sums.filter(pl.col("paid") > 0)

    def carried_up(self, rows: pl.DataFrame, places: Sequence[str] | None = None) -> pl.DataFrame:
        """Repeat each row for every one of ``places`` that it lies in, named ``within``."""
        ancestry = self.places.ancestry
        if places is not None:
            ancestry = ancestry.filter(pl.col("within").is_in(list(places)))
        return rows.join(ancestry, on="place_id")

    def sums(self, rows: pl.DataFrame, places: Sequence[str] | None, years: Sequence[int]) -> Whole:
        """Units by place (itself and all below it) and year; one row for all together without places.

        Returns
        -------
        object array of int (places or 1, years)
        """
        own = rows.group_by("place_id", "year").agg(pl.col("units").sum())
        return self.places.added_up(own, places, years)


def in_wan(units: int) -> str:
    """Write units as 万元 for a message.

    >>> in_wan(1205)
    '12.05'
    """
    return f"{units / UNITS_PER_WAN:.2f}"
