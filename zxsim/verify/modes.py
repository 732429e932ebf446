"""Check 3: projects that are all or nothing, are paid on stated dates, or need a least amount.

``whole``: every part gets exactly its public cost over the horizon, or all of them nothing. ``fixed``:
the same, and each year's money over all parts is the project's ``outlay``. ``minimum_wan``: nothing,
or at least that much over the horizon and all parts.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

import polars as pl

from zxsim.core.money import units_up
from zxsim.errors import Message
from zxsim.verify.findings import finding
from zxsim.verify.inputs import Inputs
from zxsim.verify.plan import Plan, in_wan
from zxsim.verify.projects import FIXED

Outlay = dict[int, int]
"""Units by calendar year, or by year counted from the start."""


def check_modes(plan: Plan, inputs: Inputs) -> list[Message]:
    """Find what is paid against the mode or the minimum of its project."""
    started = inputs.projects.join(plan.paid, on="project_id", maintain_order="left")
    return [
        *_parts(plan, inputs, started.filter("in_one")),
        *_outlays(plan, started.filter(pl.col("mode") == FIXED)),
        *_minima(started.filter(pl.col("minimum").is_not_null())),
    ]


def _parts(plan: Plan, inputs: Inputs, projects: pl.DataFrame) -> Iterator[Message]:
    """Find the parts of started projects that are not paid in full; too much is found with the costs."""
    key = ["project_id", "place_id"]
    paid = plan.rows.group_by(key).agg(pl.col("units").sum())
    begun = inputs.parts.filter(pl.col("project_id").is_in(projects["project_id"].to_list()))
    parts = begun.join(paid, on=key, how="left", maintain_order="left").with_columns(
        pl.col("units").fill_null(0)
    )
    for project, place, cost, units in parts.filter(pl.col("units") < pl.col("cost")).iter_rows():
        yield finding("verify_whole", f"0.00 | {in_wan(cost)}", in_wan(units), address=f"{project} {place}")


def _minima(projects: pl.DataFrame) -> Iterator[Message]:
    below = projects.filter(pl.col("paid") < pl.col("minimum"))
    for project, minimum, paid in below.select("project_id", "minimum", "paid").iter_rows():
        yield finding("verify_minimum", f"0.00 | >= {in_wan(minimum)}", in_wan(paid), address=project)


def _outlays(plan: Plan, projects: pl.DataFrame) -> Iterator[Message]:
    chosen = plan.of(projects=projects["project_id"].to_list())
    paid: dict[str, Outlay] = defaultdict(dict)
    for project, year, units in (
        chosen.group_by("project_id", "year").agg(pl.col("units").sum()).sort("year").iter_rows()
    ):
        paid[project][year] = units
    for project, text, cost, first, last in projects.select(
        "project_id", "outlay", "cost", "first_year", "last_year"
    ).iter_rows():
        wanted = _nearest(paid[project], _outlay(text, cost), range(first, last + 1))
        if paid[project] != wanted:
            yield finding("verify_outlay", _shown(wanted), _shown(paid[project]), address=project)


def _outlay(text: str, cost: int) -> Outlay:
    """Read an outlay; one without calendar years counts from 0, an empty one is all in one year.

    >>> _outlay("2022:30;2023:20.5", 5050), _outlay("30;20", 5000), _outlay("", 5000)
    ({2022: 3000, 2023: 2050}, {0: 3000, 1: 2000}, {0: 5000})
    """
    entries = [entry.strip() for entry in text.split(";") if entry.strip()]
    pairs = [
        entry.partition(":") if ":" in entry else (str(i), ":", entry) for i, entry in enumerate(entries)
    ]
    outlay = {int(year): units_up(Decimal(amount.strip())) for year, _, amount in pairs} or {0: cost}
    if sum(outlay.values()) != cost:
        raise ValueError(f"outlay {text} against {in_wan(cost)}")
    return {year: units for year, units in outlay.items() if units}


def _nearest(paid: Outlay, outlay: Outlay, starts: range) -> Outlay:
    """Put an outlay that counts from its start where it meets most of what was paid, early first."""
    if not outlay or min(outlay) >= starts[0]:
        return outlay
    shifted = [{start + after: units for after, units in outlay.items()} for start in starts]
    return min(shifted, key=lambda wanted: sum(wanted.get(y) != paid.get(y) for y in {*wanted, *paid}))


def _shown(outlay: Outlay) -> str:
    """Write an outlay as projects.csv does."""
    return ";".join(f"{year}:{in_wan(units)}" for year, units in outlay.items())
