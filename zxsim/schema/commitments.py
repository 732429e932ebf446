"""From commitments.csv to lower bounds on money columns: what is already decided cannot be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import polars as pl

from zxsim.core.layout import IntArray, Layout
from zxsim.core.messages import Faults, unknown_fields
from zxsim.core.money import UNITS_PER_WAN, units_down, wan_text
from zxsim.errors import Message
from zxsim.schema.projects import Change
from zxsim.schema.tables import Table

SCHEMA: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "project": pl.String,
    "place": pl.String,
    "fund": pl.String,
    "year": pl.Int64,
    "amount_wan": pl.Decimal(38, 9),
}


@dataclass(frozen=True, eq=False)
class Commitments:
    """What commitments.csv says.

    ``frame`` has one row a commitment with its place filled in and its amount in whole 0.01;
    ``committed`` the units of each money column, shape *(columns,)*.
    """

    frame: pl.DataFrame
    committed: IntArray
    changes: list[Change]


def commitments_of(table: Table, frame: pl.DataFrame, layout: Layout, faults: Faults) -> Commitments:
    """Find the money column of every row, and note rows that no fund may pay or that stand twice."""
    at = {key: column for column, key in enumerate(_keys(layout))}
    committed = np.zeros(len(layout), dtype=np.int64)
    rows: list[tuple[str, str, str, int, Decimal]] = []
    changes: list[Change] = []
    seen: set[tuple[str, str, str, int]] = set()
    for row, cells in enumerate(frame.iter_rows(named=True)):
        place = _place(table, row, cells, layout, faults)
        if place is None:
            continue
        key = (cells["project"], place, cells["fund"], cells["year"])
        units = units_down(cells["amount_wan"])
        if key in seen:
            faults.add(table.message("commitment_doubled", row, "project", given=", ".join(map(str, key))))
        elif key not in at:
            faults.add(_not_payable(table, row, key, layout))
        else:
            committed[at[key]] = units
            rows.append((*key, Decimal(units) / UNITS_PER_WAN))
        seen.add(key)
        if cells["amount_wan"] * UNITS_PER_WAN != units:
            given = f"{cells['amount_wan'].normalize():f}"
            changes.append(Change(table.name, cells["project"], "amount_wan", given, wan_text(units)))
    _note_above_cost(table, committed, layout, faults)
    return Commitments(pl.DataFrame(rows, schema=SCHEMA, orient="row").sort(pl.all()), committed, changes)


def _keys(layout: Layout) -> list[tuple[str, str, str, int]]:
    """Project, place, fund and year of each money column."""
    projects, places = layout.project_ids, layout.places.ids
    columns = zip(
        layout.column_project,
        layout.column_place,
        layout.column_fund,
        layout.years[layout.column_year].tolist(),
        strict=True,
    )
    return [(projects[p], places[v], layout.funds[f].fund_id, year) for p, v, f, year in columns]


def _not_payable(table: Table, row: int, key: tuple[str, str, str, int], layout: Layout) -> Message:
    """Say why no money column has a key: project, place, fund and year."""
    project, place, fund, year = key
    first, last, forbidden = (
        layout.projects.filter(id=project).select("first_year", "last_year", "forbidden").row(0)
    )
    first, last = first or int(layout.years[0]), last or int(layout.years[-1])
    fields = {"project": project, "place": place, "fund": fund, "year": str(year)}
    if forbidden:
        return table.message("commitment_forbidden", row, "project", **fields)
    if not first <= year <= last:
        return table.message("commitment_outside_project", row, "year", **fields, first=first, last=last)
    money = layout.funds[layout.fund_position[fund]]
    if not money.pays[year - int(layout.years[0])]:
        return table.message("commitment_without_money", row, "year", **fields)
    return table.message("commitment_not_payable", row, "fund", **fields)


def _place(table: Table, row: int, cells: dict[str, str], layout: Layout, faults: Faults) -> str | None:
    """Return the place of a commitment, or note why it, the project, fund or year is not known."""
    known = (
        ("project", "unknown_project", layout.project_position),
        ("fund", "unknown_fund", layout.fund_position),
        ("place", "unknown_place", layout.places.position),
    )
    before = len(faults)
    for column, code, words in known:
        if cells[column] is not None and cells[column] not in words:
            faults.add(table.message(code, row, column, **unknown_fields(cells[column], words)))
    first, last = int(layout.years[0]), int(layout.years[-1])
    if not first <= int(cells["year"]) <= last:
        fields = {"given": cells["year"], "first": first, "last": last}
        faults.add(table.message("year_outside_horizon", row, "year", **fields))
    if len(faults) > before:
        return None
    parts = layout.part_place[layout.part_project == layout.project_position[cells["project"]]]
    own = [layout.places.ids[place] for place in parts]
    if cells["place"] in own:
        return cells["place"]
    if cells["place"] is None and len(own) == 1:
        return own[0]
    code = "commitment_without_place" if cells["place"] is None else "commitment_elsewhere"
    faults.add(table.message(code, row, "place", given=cells["place"] or "", allowed=own))
    return None


def _note_above_cost(table: Table, committed: IntArray, layout: Layout, faults: Faults) -> None:
    """Note parts of projects that more is committed for than they may cost."""
    paid = np.bincount(layout.column_part, committed, len(layout.part_cost))
    for part in np.flatnonzero(paid > layout.part_cost):
        project = layout.project_ids[layout.part_project[part]]
        row = table.frame["project"].to_list().index(project)
        place = layout.places.ids[layout.part_place[part]]
        cost = wan_text(int(layout.part_cost[part]))
        fields = {"given": wan_text(int(paid[part])), "cost": cost, "place": place}
        faults.add(table.message("commitments_above_cost", row, "amount_wan", **fields))
