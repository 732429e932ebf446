"""Scenarios of ``province.py`` made ready to solve."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
from province import PROJECTS, write_counties


@dataclass(frozen=True)
class Place:
    """Where a benchmark takes place: so many counties, their folder, and whether their money is one sum."""

    counties: int
    folder: Path
    pooled: bool = False

    @classmethod
    def written(cls, inside: Path, counties: int, *, pooled: bool = False) -> "Place":
        """Write the scenario of so many counties into a folder of its own."""
        folder = inside / f"{counties}{'-pooled' if pooled else ''}"
        return cls(counties, write_counties(folder, counties, pooled=pooled), pooled)

    @property
    def projects(self) -> int:
        """How many projects it has."""
        return PROJECTS * self.counties

    def named(self, work: str) -> str:
        """Name of a work of one stage here."""
        return f"{work}, pooled" if self.pooled else work


def with_choices(county: Path, count: int) -> None:
    """Make the first so many projects of a scenario all or nothing."""
    path = county / "projects.csv"
    frame = pl.read_csv(path).with_row_index("row")
    mode = pl.when(pl.col("row") < count).then(pl.lit("whole")).otherwise(pl.lit("divisible"))
    frame.with_columns(mode=mode).drop("row").write_csv(path)
