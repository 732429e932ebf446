"""Project count: a place has at least (or at most) so many projects, with those it had before.

A floor counts the projects that are done with the money of the rule's funds and years, a cap those
that get any of it. A project counts at each place that holds one of its parts or lies above one.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import polars as pl

from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import AT_LEAST, AT_MOST, Judged, Verdict, grid_cells, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.ratios import Ratios, repeated
from zxsim.verify.reading import number

INDUSTRIES = "leading_industries"
_HUNDREDTHS = 100


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a number of projects, one row a place for the whole period."""
    scope = scope_of(rule, inputs)
    floor = "at_least" in rule
    limit = Fraction(number(rule["at_least" if floor else "at_most"]))
    money = plan.of(funds=scope.funds, categories=rule.get("categories"), years=scope.years)
    counted = _by_place(_counted(money, inputs, floor=floor), scope.places, plan, inputs)
    already = [_already(rule.get("already"), place, inputs) for place in scope.shown_places]
    left = _ratios([Fraction(n) + before for n, before in zip(counted, already, strict=True)])
    right = repeated(limit, left.top.shape)
    gap = left - right if floor else right - left
    row = Judged(
        rule=rule_id,
        kind="project_count",
        clause=rule.get("clause", ""),
        cells=grid_cells(scope.shown_places, [None]),
        left=left,
        relation=AT_LEAST if floor else AT_MOST,
        right=right,
        room=Ratios(_HUNDREDTHS * gap.top, gap.below),
        is_count=True,
    )
    return Verdict(row)


def _counted(money: pl.DataFrame, inputs: Inputs, *, floor: bool) -> pl.DataFrame:
    """Projects that got what a project needs in order to count."""
    paid = money.group_by("project_id").agg(pl.col("units").sum()).filter(pl.col("units") > 0)
    if floor:
        needed = inputs.projects.select("project_id", "needed")
        paid = paid.join(needed, on="project_id").filter(pl.col("units") >= pl.col("needed"))
    return paid.select("project_id")


def _by_place(
    counted: pl.DataFrame, places: Sequence[str] | None, plan: Plan, inputs: Inputs
) -> Sequence[int]:
    """How many of the projects have a part in each place; all of them without places."""
    if places is None:
        return [len(counted)]
    inside = plan.carried_up(inputs.parts.join(counted, on="project_id"), places)
    projects = inside.group_by("within").agg(pl.col("project_id").n_unique())
    found = dict(projects.iter_rows())
    return [found.get(place, 0) for place in places]


def _ratios(numbers: Sequence[Fraction]) -> Ratios:
    return Ratios(
        np.array([number.numerator for number in numbers], dtype=object),
        np.array([number.denominator for number in numbers], dtype=object),
    )


def _already(column: str | None, place: str, inputs: Inputs) -> Fraction:
    """Return what a place has, as its own row in places.csv says; the top places for all together."""
    if column is None:
        return Fraction(0)
    at = inputs.places.at([place]) if place else inputs.places.tops
    cells = inputs.places.cells(column).gather(at)
    if column == INDUSTRIES:
        return Fraction(sum(1 for cell in cells for entry in cell.split(";") if entry.strip()))
    return sum((Fraction(Decimal(cell or "0")) for cell in cells), Fraction(0))
