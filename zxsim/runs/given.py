"""A plan from outside as units of money columns, with columns of its own for money where none may be.

A cell that no fund may pay is a broken rule, not a fault of the file: its money is counted everywhere, so
that every other figure is that of the plan as it was given.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from zxsim.core.layout import BoolArray, IntArray, Layout
from zxsim.schema.layout import excluded_projects
from zxsim.schema.load import Loaded

WINDOW, FORBIDDEN, FUND_CATEGORY, FUND_PLACE, ELIGIBILITY = (
    "window",
    "forbidden",
    "fund_category",
    "fund_place",
    "eligibility",
)
"""Why a cell may not hold money; a year in which its fund has none breaks the fund's budget instead."""


@dataclass(frozen=True, eq=False)
class Given:
    """A plan from outside.

    ``loaded`` is the scenario with a column for each of its cells; ``units`` are the amounts of its columns,
    ``cell`` says for each column where in the file its amount stands ("" where it has none), and ``own``
    are the positions of the scenario's own columns.
    """

    loaded: Loaded
    units: IntArray
    cell: Sequence[str]
    own: IntArray

    @property
    def misplaced(self) -> IntArray:
        """Positions of the columns that the scenario does not have."""
        return np.setdiff1d(np.arange(len(self.units)), self.own)


def given_plan(loaded: Loaded, cells: pl.DataFrame) -> Given:
    """Put the cells of a plan on money columns.

    Parameters
    ----------
    cells : polars.DataFrame
        project_id, place_id, fund_id, year, units and cell; each names a place of its project.
    """
    layout = loaded.layout
    wanted = cells.filter(pl.col("units") > 0)
    key = _keys(layout, *_positions(layout, wanted))
    own_key = _keys(layout, layout.column_part, layout.column_fund, layout.column_year)
    every = np.union1d(own_key, key)
    own = np.searchsorted(every, own_key)
    units, cell = np.zeros(len(every), dtype=np.int64), np.full(len(every), "", dtype=object)
    at = np.searchsorted(every, key)
    np.add.at(units, at, wanted["units"].to_numpy())
    cell[at] = wanted["cell"].to_numpy()
    wider = loaded if len(every) == len(own) else replace(loaded, layout=_with_columns(loaded, every, own))
    return Given(wider, units, cell.tolist(), own)


def _positions(layout: Layout, cells: pl.DataFrame) -> tuple[IntArray, IntArray, IntArray]:
    """Part, fund and year of each cell."""
    count = len(layout.places)
    parts = layout.part_project * count + layout.part_place
    order = np.argsort(parts)
    project = np.array([layout.project_position[name] for name in cells["project_id"]], dtype=np.int64)
    place = np.array([layout.places.position[name] for name in cells["place_id"]], dtype=np.int64)
    fund = np.array([layout.fund_position[name] for name in cells["fund_id"]], dtype=np.int64)
    part = order[np.searchsorted(parts[order], project * count + place)]
    return part, fund, cells["year"].to_numpy() - int(layout.years[0])


def _keys(layout: Layout, part: IntArray, fund: IntArray, year: IntArray) -> IntArray:
    """One number a cell that grows with part, fund and year, the order of the columns."""
    key: IntArray = (part * len(layout.funds) + fund) * len(layout.years) + year
    return key


def _with_columns(loaded: Loaded, key: IntArray, own: IntArray) -> Layout:
    """Return the layout with a column for each key, of which ``own`` are its own already."""
    layout, last = loaded.layout, loaded.spec.decided_through
    years, funds = len(layout.years), len(layout.funds)
    year = key % years
    committed = np.zeros(len(key), dtype=np.int64)
    committed[own] = layout.committed
    decided = np.zeros(len(key), dtype=np.bool_) if last is None else layout.years[year] <= last
    return layout.with_columns(
        column_part=key // years // funds,
        column_fund=key // years % funds,
        column_year=year,
        committed=committed,
        decided=decided,
    )


def reasons_against(given: Given) -> Iterator[tuple[str, str, IntArray]]:
    """Yield why columns may not hold money: the reason, the eligibility rule ("" for others), the columns."""
    at = given.misplaced
    if not len(at):
        return
    layout = given.loaded.layout
    project, year = layout.column_project[at], layout.years[layout.column_year[at]]
    first, last = (layout.projects[name].to_numpy() for name in ("first_year", "last_year"))
    early = ~np.isnan(first.astype(float))[project] & (year < np.nan_to_num(first.astype(float))[project])
    late = ~np.isnan(last.astype(float))[project] & (year > np.nan_to_num(last.astype(float))[project])
    yield WINDOW, "", at[early | late]
    yield FORBIDDEN, "", at[layout.projects["forbidden"].to_numpy()[project]]
    for reason, barred in _fund_bars(given.loaded).items():
        yield reason, "", at[barred[layout.column_fund[at], layout.column_part[at]]]
    for rule_id, barred in _rule_bars(given.loaded).items():
        inside = np.isin(year, given.loaded.spec.rule[rule_id].year_scope(layout))
        yield ELIGIBILITY, rule_id, at[inside & barred[layout.column_fund[at], project]]


def _fund_bars(loaded: Loaded) -> Mapping[str, BoolArray]:
    """Reason → whether a fund may not pay a part for it, shape *(funds, parts)*."""
    layout = loaded.layout
    category = np.zeros((len(layout.funds), len(layout.part_cost)), dtype=np.bool_)
    place = category.copy()
    for at, money in enumerate(layout.funds):
        spec = loaded.spec.fund[money.fund_id]
        payable = layout.projects_in(spec.categories)
        if spec.not_categories:
            payable &= ~layout.projects_in(spec.not_categories)
        category[at] = ~payable[layout.part_project]
        where = money.places
        if where is None and spec.places is not None:
            where = layout.place_positions(spec.places)
        if where is not None:
            place[at] = ~layout.places.inside(where)[layout.part_place]
    return {FUND_CATEGORY: category, FUND_PLACE: place}


def _rule_bars(loaded: Loaded) -> Mapping[str, BoolArray]:
    """Eligibility rule → whether it keeps a project from a fund, shape *(funds, projects)*."""
    layout = loaded.layout
    found: dict[str, BoolArray] = {}
    for at, (_, rules) in enumerate(excluded_projects(loaded.spec, layout).items()):
        for rule_id, barred in rules.items():
            table = found.setdefault(
                rule_id, np.zeros((len(layout.funds), len(layout.projects)), dtype=np.bool_)
            )
            table[at] = barred
    return found
