"""Scenarios of ``province.py`` made ready to solve."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
from province import PROJECTS, write_counties


@dataclass(frozen=True)
class Place:
    """Where a benchmark takes place: its folder, how many projects, and whether its money is one sum."""

    folder: Path
    projects: int
    pooled: bool = False

    @classmethod
    def written(cls, folder: Path, counties: int, *, each: int = PROJECTS, pooled: bool = False) -> "Place":
        """Write the scenario of so many counties with so many projects each into a folder."""
        write_counties(folder, counties, projects=each, pooled=pooled)
        return cls(folder, counties * each, pooled)

    def named(self, work: str) -> str:
        """Name of a work of one stage here."""
        return f"{work}, pooled" if self.pooled else work


def with_choices(county: Path, count: int) -> None:
    """Make the first so many projects of a scenario all or nothing."""
    path = county / "projects.csv"
    frame = pl.read_csv(path).with_row_index("row")
    mode = pl.when(pl.col("row") < count).then(pl.lit("whole")).otherwise(pl.lit("divisible"))
    frame.with_columns(mode=mode).drop("row").write_csv(path)
