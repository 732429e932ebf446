"""A run as a comparison reads it: a label, amounts in whole units, names."""

from functools import cached_property

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.runs.data import RunData
from zxsim.runs.facts import damaged

CELL = ("project_id", "place_id", "fund_id", "year")
"""What one amount is for."""

CELL_KINDS = {
    "project_id": pl.String,
    "place_id": pl.String,
    "category": pl.String,
    "fund_id": pl.String,
    "year": pl.Int64,
    "units": pl.Int64,
}


class ComparedRun:
    """One of the runs of a comparison.

    Raises
    ------
    DataError
        On reading, when a file of the run is missing or damaged.
    """

    def __init__(self, label: str, data: RunData) -> None:
        self.label, self.data = label, data

    @property
    def has_plan(self) -> bool:
        """Whether it is more than a simulation of no plan."""
        return "spent_wan" in self.data.manifest

    @cached_property
    def cells(self) -> pl.DataFrame:
        """Amounts in whole units of 0.01 万元; empty without a plan."""
        if not self.has_plan:
            return pl.DataFrame(schema=CELL_KINDS)
        units = (pl.col("amount_wan") * UNITS_PER_WAN).round().cast(pl.Int64).alias("units")
        try:
            found = self.data.table("allocation").select(*CELL, "category", units)
        except pl.exceptions.PolarsError as error:
            raise damaged(self.data.folder, "allocation.parquet", str(error)) from None
        return found.select(pl.col(name).cast(kind) for name, kind in CELL_KINDS.items())

    @cached_property
    def spent(self) -> int:
        """Units spent in all."""
        return int(self.cells["units"].sum())

    @cached_property
    def simulation(self) -> dict[str, object]:
        """What run.json says of the simulation; empty where there was none."""
        return dict(self.data.manifest.get("simulation") or {})

    @property
    def has_replications(self) -> bool:
        """Whether the figures of single replications are there; runs of older versions have none."""
        return (self.data.folder / "replications.parquet").is_file()

    @cached_property
    def levels(self) -> dict[str, str]:
        """Level of each place."""
        return dict(self.data.places.select("id", "level").iter_rows())


def label_of(number: int) -> str:
    """Return A, B, …, Z, AA, AB, … for 0, 1, ….

    >>> [label_of(number) for number in (0, 25, 26, 27)]
    ['A', 'Z', 'AA', 'AB']
    """
    letters = ""
    number += 1
    while number:
        number, last = divmod(number - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters
