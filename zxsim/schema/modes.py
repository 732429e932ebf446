"""From the columns of projects.csv to the modes of the library: all or nothing, minimum, outlays, links."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import numpy as np
import polars as pl

from zxsim.core.layout import IntArray
from zxsim.core.messages import Faults, unknown_fields
from zxsim.core.modes import Modes
from zxsim.core.money import units_up, wan_text
from zxsim.schema.columns import listed
from zxsim.schema.projects import Library
from zxsim.schema.tables import Table

Payments = list[tuple[int | None, Decimal | None]]
"""Year (``None``: counted from the start) and 万元 (``None``: the whole cost), in the order of the cell."""


@dataclass(frozen=True, eq=False)
class _Reader:
    """Reads the rows of projects.csv one by one; only rows that say something are looked at."""

    table: Table
    cost: IntArray
    position: dict[str, int]
    years: tuple[int, int]
    faults: Faults

    def links(self, row: int, project: str, column: str, text: str | None) -> Iterator[tuple[int, int]]:
        """Read the ids of a cell as pairs of positions."""
        for given in listed(text):
            if given == project:
                self.faults.add(self.table.message("names_itself", row, column, given=given))
            elif given in self.position:
                yield self.position[project], self.position[given]
            else:
                fields = unknown_fields(given, self.position)
                self.faults.add(self.table.message("unknown_project", row, column, **fields))

    def minimum(self, row: int, project: str, given: Decimal | None) -> int:
        """Read the least useful amount in units, rounded up, never above the cost."""
        units = units_up(given) if given is not None else 0
        cost = int(self.cost[self.position[project]])
        if given is not None and units > cost:
            fields = {"given": f"{given.normalize():f}", "cost": wan_text(cost)}
            self.faults.add(self.table.message("minimum_above_cost", row, "minimum_wan", **fields))
        return units

    def outlay(self, row: int, project: str, text: str | None, window: tuple[int, int]) -> IntArray | None:
        """Read how a fixed project may be paid: units of each way and year, or note why it cannot."""
        payments: Payments | None = self._payments(row, text) if text else [(None, None)]
        if payments is None:
            return None
        cost = int(self.cost[self.position[project]])
        units = [cost if wan is None else units_up(wan) for _, wan in payments]
        if sum(units) != cost:
            fields = {"total": wan_text(sum(units)), "cost": wan_text(cost)}
            self.faults.add(self.table.message("outlay_sum", row, "outlay", **fields))
            return None
        if payments[0][0] is not None:
            paid_in = [[int(year or 0) for year, _ in payments]]
        else:
            last_start = window[1] - len(units) + 1
            paid_in = [[start + i for i in range(len(units))] for start in range(window[0], last_start + 1)]
        if not paid_in or not all(window[0] <= year <= window[1] for years in paid_in for year in years):
            fields = {"given": text or "", "first": str(window[0]), "last": str(window[1])}
            self.faults.add(self.table.message("outlay_outside_window", row, "outlay", **fields))
            return None
        ways = np.zeros((len(paid_in), self.years[1] - self.years[0] + 1), dtype=np.int64)
        for way, years in enumerate(paid_in):
            ways[way, np.array(years) - self.years[0]] = units
        return ways

    def _payments(self, row: int, text: str) -> Payments | None:
        """Read ``2022:30;2023:20`` or ``30;20``."""
        found: Payments = []
        for entry in listed(text):
            year, colon, wan = (part.strip() for part in entry.rpartition(":"))
            try:
                amount = Decimal(wan)
                found.append((int(year) if colon else None, amount))
            except (InvalidOperation, ValueError):
                amount = Decimal("NaN")
            if not amount.is_finite() or amount <= 0:
                self.faults.add(self.table.message("outlay_syntax", row, "outlay", given=text))
                return None
        years = [year for year, _ in found]
        if not found or (None in years and any(years)) or (any(years) and len(set(years)) < len(years)):
            self.faults.add(self.table.message("outlay_syntax", row, "outlay", given=text))
            return None
        return found


def modes_of(
    table: Table, frame: pl.DataFrame, library: Library, years: tuple[int, int], faults: Faults
) -> Modes:
    """Read how every project may be paid; ``frame`` has the rows in the order of ``table.frame``."""
    modes = Modes.divisible(len(frame))
    says = pl.any_horizontal(
        pl.col("mode") != "divisible",
        *(pl.col(name).is_not_null() for name in ("minimum_wan", "requires", "excludes", "outlay")),
    )
    rows = frame.with_row_index("__at").filter(says)
    if not len(rows):
        return modes
    position = {project: i for i, project in enumerate(library.frame["id"].to_list())}
    reader = _Reader(table, library.cost, position, years, faults)
    requires: list[tuple[int, int]] = []
    excludes: list[tuple[int, int]] = []
    outlays: dict[int, IntArray] = {}
    for row in rows.iter_rows(named=True):
        at, project = row["__at"], row["id"]
        here = position[project]
        modes.whole[here] = row["mode"] != "divisible"
        modes.minimum[here] = reader.minimum(at, project, row["minimum_wan"])
        requires += reader.links(at, project, "requires", row["requires"])
        excludes += [
            (min(pair), max(pair)) for pair in reader.links(at, project, "excludes", row["excludes"])
        ]
        if row["mode"] == "fixed":
            window = (row["first_year"] or years[0], row["last_year"] or years[1])
            ways = reader.outlay(at, project, row["outlay"], window)
            if ways is not None:
                outlays[here] = ways
        elif row["outlay"]:
            faults.add(table.message("outlay_not_fixed", at, "outlay", given=row["mode"]))
    return Modes(modes.whole, modes.minimum, _pairs(requires), _pairs(excludes), outlays)


def _pairs(pairs: list[tuple[int, int]]) -> IntArray:
    return np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2)
