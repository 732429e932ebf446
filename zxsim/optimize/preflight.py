"""What cannot be kept for a reason that can be said in one sentence, before any search.

A demand is a row with a lower bound and no negative coefficient. It cannot be kept where its bound is above
all the money that its funds hold for it, or above what the projects that count for it can take; nor can the
demands of one rule at places that do not lie in each other where together they are above the money.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.rows import RuleRows
from zxsim.errors import Message
from zxsim.optimize.build import Model, required_parts
from zxsim.optimize.clauses import Clause, clauses_of, years_text
from zxsim.rules.budget import KIND as BUDGET
from zxsim.schema.scenario import Scenario

MOST_LINES = 20
LEAST_UNITS = 0.5
"""Units that a demand must be above what there is: both are whole, sums in floats are not exactly so."""


@dataclass(frozen=True, eq=False)
class _Limits:
    """What a money column can draw on: its budget row and its part, with their units."""

    budget: IntArray
    budget_units: FloatArray
    part: IntArray
    part_units: FloatArray

    def money(self, row: IntArray, column: IntArray, coefficient: FloatArray, count: int) -> FloatArray:
        """Largest left side of each row with all money that there is for its columns."""
        return _most(row, self.budget[column], coefficient, self.budget_units, count)

    def projects(self, row: IntArray, column: IntArray, coefficient: FloatArray, count: int) -> FloatArray:
        """Largest left side of each row with all public costs of its parts."""
        return _most(row, self.part[column], coefficient, self.part_units, count)


def _most(
    row: IntArray, source: IntArray, coefficient: FloatArray, units: FloatArray, count: int
) -> FloatArray:
    """Sum over the sources of a row of units times the largest coefficient, shape *(count,)*."""
    pairs, at = np.unique(row * len(units) + source, return_inverse=True)
    largest = np.zeros(len(pairs))
    np.maximum.at(largest, at, coefficient)
    width = max(len(units), 1)
    sums: FloatArray = np.bincount(pairs // width, largest * units[pairs % width], count).astype(np.float64)
    return sums


def preflight(model: Model, scenario: Scenario) -> list[Message]:
    """Say which demands cannot be kept whatever else is given up; at most 20 lines and how many more."""
    limits = _limits(model)
    names = {(clause.kind, clause.record): clause for clause in clauses_of(model, scenario)}
    found: list[Message] = []
    for block in model.rules:
        if block.kind == BUDGET or block.relation == "<=" or block.soft is not None or not len(block):
            continue
        if isinstance(block, RuleRows):
            found += _rule(block, limits, names["rule", block.rule], model)
    found += _required(model, limits)
    found = _years_joined(found)
    rest = len(found) - MOST_LINES
    return found if rest <= 0 else [*found[:MOST_LINES], Message("preflight_more", {"count": rest})]


def _limits(model: Model) -> _Limits:
    layout = model.layout
    budgets = [block for block in model.rules if isinstance(block, RuleRows) and block.kind == BUDGET]
    of_column = np.zeros(len(layout), dtype=np.int64)
    first, units = 0, []
    for block in budgets:
        of_column[block.column] = block.row + first
        first += len(block)
        units += [float(bound) for bound in block.bound]
    costs = layout.part_cost.astype(float)
    return _Limits(of_column, np.array(units), layout.column_part, costs)


def _rule(block: RuleRows, limits: _Limits, clause: Clause, model: Model) -> Iterator[Message]:
    count, norm = len(block), block.norm.astype(float)
    coefficient = block.coefficient / norm[block.row]
    demand = block.bound.astype(float) / norm
    plain = np.bincount(block.row, coefficient < 0, count) == 0
    money = limits.money(block.row, block.column, coefficient, count)
    takes = limits.projects(block.row, block.column, coefficient, count)
    for i in np.flatnonzero(plain & (demand > np.minimum(money, takes) + LEAST_UNITS)):
        code = "preflight_money" if demand[i] > money[i] + LEAST_UNITS else "preflight_projects"
        least = money[i] if code == "preflight_money" else takes[i]
        yield _message(code, clause, block, [int(i)], model, demand[i], least)
    fits = plain & (demand <= np.minimum(money, takes) + LEAST_UNITS)
    for year in np.unique(block.year):
        yield from _together(block, limits, clause, model, np.flatnonzero(fits & (block.year == year)))


def _together(
    block: RuleRows, limits: _Limits, clause: Clause, model: Model, rows: IntArray
) -> Iterator[Message]:
    """Compare the demands at the lowest places of a year, and at the highest, with their money."""
    if len(rows) < 2 or (block.place[rows] < 0).any():  # noqa: PLR2004 (one row alone is no sum)
        return
    norm, demand = block.norm.astype(float), block.bound.astype(float)
    for chosen in _apart(rows, block.place, model.layout.places.parent):
        inside = np.isin(block.row, chosen)
        column = block.column[inside]
        coefficient = block.coefficient[inside] / norm[block.row[inside]]
        money = limits.money(np.zeros_like(column), column, coefficient, 1)[0]
        wanted = float((demand[chosen] / norm[chosen]).sum())
        if len(chosen) > 1 and wanted > money + LEAST_UNITS:
            yield _message("preflight_together", clause, block, list(chosen), model, wanted, money)
            return


def _apart(rows: IntArray, place: IntArray, parent: IntArray) -> Iterator[IntArray]:
    """Rows whose places have no other of them below, then those that have none above."""
    here = {int(place[i]) for i in rows}
    above: set[int] = set()
    top = []
    for i in rows:
        ancestor = int(parent[place[i]])
        met = False
        while ancestor >= 0:
            if ancestor in here:
                above.add(ancestor)
                met = True
            ancestor = int(parent[ancestor])
        if not met:
            top.append(i)
    yield np.array([i for i in rows if int(place[i]) not in above], dtype=np.int64)
    yield np.array(top, dtype=np.int64)


def _message(
    code: str, clause: Clause, block: RuleRows, rows: Sequence[int], model: Model, wanted: float, least: float
) -> Message:
    names, places = model.layout.places.names, block.place[list(rows)]
    where = [names[place] for place in places if place >= 0]
    year = int(block.year[rows[0]])
    return Message(
        code,
        {
            "clause": clause.name,
            "where": f" [{where[0]}]" if len(where) == 1 else "",
            "count": len(where),
            "years": [year] if year else [],
            "places": [model.layout.places.ids[place] for place in places if place >= 0],
            "wanted_wan": f"{wanted / UNITS_PER_WAN:,.2f}",
            "least_wan": f"{least / UNITS_PER_WAN:,.2f}",
        },
    )


def _years_joined(found: Sequence[Message]) -> list[Message]:
    """Say once what is the same in several years."""
    alike: dict[str, list[Message]] = {}
    for message in found:
        same = {key: value for key, value in message.fields.items() if key != "years"}
        alike.setdefault(f"{message.code} {same}", []).append(message)
    joined = []
    for first, *others in alike.values():
        years = [year for message in (first, *others) for year in _years(message)]
        where = str(first.fields.get("where", "")) + (f" [{years_text(years)}]" if years else "")
        code = f"{first.code}_each" if len(years) > 1 else first.code
        joined.append(Message(code, {**first.fields, "years": years, "where": where}))
    return joined


def _years(message: Message) -> list[int]:
    years = message.fields.get("years", [])
    return years if isinstance(years, list) else []


def _required(model: Model, limits: _Limits) -> Iterator[Message]:
    """Compare the public cost of each required project with all money that may pay it."""
    layout = model.layout
    parts = required_parts(layout)
    columns = np.flatnonzero(parts[layout.column_part])
    count = len(layout.projects)
    by_part = limits.money(layout.column_part[columns], columns, np.ones(len(columns)), len(parts))
    by_project = limits.money(layout.column_project[columns], columns, np.ones(len(columns)), count)
    for project in np.unique(layout.part_project[parts]):
        own = np.flatnonzero(layout.part_project == project)
        cost = layout.part_cost[own].astype(float)
        gets = min(float(np.minimum(by_part[own], cost).sum()), float(by_project[project]))
        if cost.sum() > gets + LEAST_UNITS:
            fields = {
                "project": layout.project_ids[project],
                "name": str(layout.projects["name"][int(project)]),
                "wanted_wan": f"{cost.sum() / UNITS_PER_WAN:,.2f}",
                "least_wan": f"{gets / UNITS_PER_WAN:,.2f}",
            }
            yield Message("preflight_required", fields)
