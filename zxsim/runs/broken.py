"""Every hard rule that a plan breaks: rows of budgets and rules, facts about projects, and promises."""

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from zxsim.core.layout import IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.optimize.build import each_rule_block, required_parts
from zxsim.runs.given import Given, reasons_against
from zxsim.runs.tables import DIGITS, rule_frame

SCHEMA = {
    "kind": pl.String,
    "rule": pl.String,
    "clause": pl.String,
    "project_id": pl.String,
    "scope": pl.String,
    "fund_id": pl.String,
    "since": pl.Int64,
    "year": pl.Int64,
    "lhs": pl.Float64,
    "relation": pl.String,
    "rhs": pl.Float64,
    "missing": pl.Float64,
    "unit": pl.String,
    "other_project": pl.String,
    "cell": pl.String,
}
"""Of a broken rule.

``scope`` is the place, ``missing`` by how much it is broken, ``other_project`` the second of a pair, ``cell``
where the amount stands in the file.
"""

Row = Mapping[str, object]


def broken_rules(given: Given) -> pl.DataFrame:
    """List what a plan breaks, clauses first; empty when it keeps every hard rule."""
    facts = pl.DataFrame([*_misplaced(given), *_facts(given)], schema=SCHEMA, orient="row")
    return pl.concat([_rows(given), facts])


def _rows(given: Given) -> pl.DataFrame:
    """Broken rows of budgets and rules."""
    layout, frames = given.loaded.layout, [pl.DataFrame(schema=SCHEMA)]
    for block in each_rule_block(given.loaded.spec, layout):
        if block.soft is None and len(block):
            wrong = np.flatnonzero((block.slack(given.units) < 0).astype(np.bool_))
            if len(wrong):
                found = rule_frame(block, given.units, layout)[wrong]
                named = found.with_columns(
                    project_id=pl.lit(""),
                    fund_id=pl.lit(""),
                    missing=-pl.col("slack"),
                    other_project=pl.lit(""),
                    cell=pl.lit(""),
                )
                frames.append(named.select(list(SCHEMA)))
    return pl.concat(frames)


def _row(kind: str, **values: object) -> Row:
    empty = {name: "" if how == pl.String else None for name, how in SCHEMA.items()}
    return {**empty, "kind": kind, "unit": "wan", **values}


def _misplaced(given: Given) -> Iterator[Row]:
    """Money where none may be, cell by cell."""
    spec = given.loaded.spec
    for reason, rule, columns in reasons_against(given):
        for column in columns.tolist():
            clause = spec.rule[rule].clause if rule else ""
            words = _cell(given, column)
            clause = clause or (spec.fund[str(words["fund_id"])].clause if reason.startswith("fund") else "")
            yield _row(reason, **words, **_against(given.units[column], "<=", 0), rule=rule, clause=clause)


def _facts(given: Given) -> Iterator[Row]:
    yield from _costs(given)
    yield from _minima(given)
    yield from _outlays(given)
    yield from _links(given)
    yield from _promises(given)


def _against(units: int, relation: str, limit: int) -> Row:
    """Both sides of a fact about money, and by how much it is missed, in 万元."""
    return {
        "lhs": int(units) / UNITS_PER_WAN,
        "relation": relation,
        "rhs": int(limit) / UNITS_PER_WAN,
        "missing": round(abs(int(units) - int(limit)) / UNITS_PER_WAN, DIGITS),
    }


def _costs(given: Given) -> Iterator[Row]:
    """Parts that take more than their cost, or less where all of it is needed."""
    layout = given.loaded.layout
    paid = _by_part(layout, given.units)
    begun = np.bincount(layout.column_project, given.units, len(layout.projects)) > 0
    needed = required_parts(layout)
    in_full = needed | (layout.modes.whole & begun)[layout.part_project]
    for part in np.flatnonzero((paid > layout.part_cost) | (in_full & (paid < layout.part_cost))).tolist():
        cost = layout.part_cost[part]
        above = paid[part] > cost
        kind = "cost" if above else "required" if needed[part] else "whole"
        yield _row(
            kind,
            project_id=layout.project_ids[layout.part_project[part]],
            scope=layout.places.ids[layout.part_place[part]],
            **_against(paid[part], "<=" if above else ">=", cost),
        )


def _minima(given: Given) -> Iterator[Row]:
    layout = given.loaded.layout
    paid = _by_project(layout, given.units)
    for project in np.flatnonzero((paid > 0) & (paid < layout.modes.minimum)).tolist():
        name = layout.project_ids[project]
        yield _row("minimum", project_id=name, **_against(paid[project], ">=", layout.modes.minimum[project]))


def _outlays(given: Given) -> Iterator[Row]:
    """Years of fixed projects that get another amount than the nearest of their ways of being paid."""
    layout = given.loaded.layout
    paid = _by_year(layout, given.units)
    for project in other_outlays(given):
        ways = layout.modes.outlays[project]
        nearest = ways[np.argmin((ways != paid[project]).sum(axis=1))]
        for year in np.flatnonzero(nearest != paid[project]).tolist():
            sides = _against(paid[project, year], "=", nearest[year])
            name, when = layout.project_ids[project], int(layout.years[year])
            yield _row("outlay", project_id=name, year=when, **sides)


def other_outlays(given: Given) -> list[int]:
    """Positions of the fixed projects that are paid in none of their ways."""
    layout = given.loaded.layout
    paid = _by_year(layout, given.units)
    return [
        project
        for project, ways in layout.modes.outlays.items()
        if paid[project].any() and not (ways == paid[project]).all(axis=1).any()
    ]


def _by_year(layout: Layout, units: IntArray) -> IntArray:
    """Units of each project and year, shape *(projects, years)*."""
    years = len(layout.years)
    cell = layout.column_project * years + layout.column_year
    return _sums(cell, units, len(layout.projects) * years).reshape(-1, years)


def _links(given: Given) -> Iterator[Row]:
    """Projects without what they require, and pairs that exclude each other."""
    layout, modes = given.loaded.layout, given.loaded.layout.modes
    paid, names = _by_project(layout, given.units), layout.project_ids
    needed = np.where(modes.minimum > 0, modes.minimum, layout.project_cost)
    for one, other in modes.requires.tolist():
        if paid[one] > 0 and paid[other] < needed[other]:
            sides = _against(paid[other], ">=", needed[other])
            yield _row("requires", project_id=names[one], other_project=names[other], **sides)
    for one, other in modes.excludes.tolist():
        if paid[one] > 0 and paid[other] > 0:
            sides = _against(paid[other], "<=", 0)
            yield _row("excludes", project_id=names[one], other_project=names[other], **sides)


def _promises(given: Given) -> Iterator[Row]:
    """Cells below what is committed, and cells of decided years that differ from it."""
    layout = given.loaded.layout
    less, changed = given.units < layout.committed, given.units != layout.committed
    for column in np.flatnonzero(np.where(layout.decided, changed, less)).tolist():
        fixed = bool(layout.decided[column])
        sides = _against(given.units[column], "=" if fixed else ">=", layout.committed[column])
        yield _row("decided" if fixed else "commitment", **_cell(given, column), **sides)


def _cell(given: Given, column: int) -> Row:
    layout = given.loaded.layout
    return {
        "project_id": layout.project_ids[layout.column_project[column]],
        "scope": layout.places.ids[layout.column_place[column]],
        "fund_id": layout.funds[layout.column_fund[column]].fund_id,
        "year": int(layout.years[layout.column_year[column]]),
        "cell": given.cell[column],
    }


def _sums(at: IntArray, units: IntArray, count: int) -> IntArray:
    found = np.zeros(count, dtype=np.int64)
    np.add.at(found, at, units)
    return found


def _by_part(layout: Layout, units: IntArray) -> IntArray:
    return _sums(layout.column_part, units, len(layout.part_cost))


def _by_project(layout: Layout, units: IntArray) -> IntArray:
    return _sums(layout.column_project, units, len(layout.projects))
