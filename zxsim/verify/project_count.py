"""Project count: a place has at least (or at most) so many projects, with those it had before.

A floor counts the projects that are done with the money of the rule's funds and years, a cap those
that get any of it. A project counts at each place that holds one of its parts or lies above one.
"""

from decimal import Decimal
from fractions import Fraction

import polars as pl

from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.judged import AT_LEAST, AT_MOST, Judged, Verdict, scope_of
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number

INDUSTRIES = "leading_industries"
_HUNDREDTHS = 100


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Judge a number of projects, one row a place for the whole period."""
    scope = scope_of(rule, inputs)
    floor = "at_least" in rule
    limit = Fraction(number(rule["at_least" if floor else "at_most"]))
    money = plan.of(funds=scope.funds, categories=rule.get("categories"), years=scope.years)
    counted = _counted(money, inputs, floor=floor)
    rows = []
    for place in scope.shown_places:
        inside = counted if not place else counted & _projects_in(place, inputs)
        left = len(inside) + _already(rule.get("already"), place, inputs)
        rows.append(
            Judged(
                rule=rule_id,
                kind="project_count",
                clause=rule.get("clause", ""),
                place=place,
                year=None,
                left=left,
                relation=AT_LEAST if floor else AT_MOST,
                right=limit,
                room=_HUNDREDTHS * (left - limit if floor else limit - left),
                is_count=True,
            )
        )
    return Verdict(rows)


def _counted(money: pl.DataFrame, inputs: Inputs, *, floor: bool) -> set[str]:
    """Ids of projects that got what a project needs in order to count."""
    paid = money.group_by("project_id").agg(pl.col("units").sum()).filter(pl.col("units") > 0)
    if floor:
        needed = inputs.projects.select("project_id", "needed")
        paid = paid.join(needed, on="project_id").filter(pl.col("units") >= pl.col("needed"))
    return set(paid["project_id"])


def _projects_in(place: str, inputs: Inputs) -> set[str]:
    inside = pl.col("place_id").is_in(list(inputs.places.inside([place])))
    return set(inputs.parts.filter(inside)["project_id"])


def _already(column: str | None, place: str, inputs: Inputs) -> Fraction:
    """Return what a place has, as its own row in places.csv says; the top places for all together."""
    if column is None:
        return Fraction(0)
    cells = [inputs.places.cells[p].get(column, "") for p in ([place] if place else inputs.places.tops)]
    if column == INDUSTRIES:
        return Fraction(sum(1 for cell in cells for entry in cell.split(";") if entry.strip()))
    return sum((Fraction(Decimal(cell or "0")) for cell in cells), Fraction(0))
