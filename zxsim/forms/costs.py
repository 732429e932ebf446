"""What projects cost in whole units: in all, from public money and raised themselves, place by place."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import polars as pl

from zxsim.core.money import UNITS_PER_WAN, largest_remainder, units_up
from zxsim.runs.data import RunData

COSTS = ("cost_wan", "public_cost_wan", "self_raised_wan")
"""Columns of money that a project has whatever it gets."""

_BEHIND = ":"
_BETWEEN = ";"


@lru_cache(maxsize=1)
def costs_by_place(run: RunData) -> pl.DataFrame:
    """One row a project and place: its part of the cost in units, public and self-raised adding up to it.

    The public part is what the plan may pay there; what is self-raised is split in the same way.
    """
    public = (pl.col("public_cost_wan") * UNITS_PER_WAN).round().cast(pl.Int64)
    known = dict(run.table("projects").select("project_id", public).iter_rows())
    rows = [
        (project, place, paid + raised, paid, raised)
        for project, places, cost in run.projects.select("id", "places", "cost_wan").iter_rows()
        for place, paid, raised in _parts(places, units_up(Decimal(cost)), known[project])
    ]
    schema = {"project_id": pl.String, "place_id": pl.String, **dict.fromkeys(COSTS, pl.Int64)}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _parts(places: str, cost: int, public: int) -> Iterator[tuple[str, int, int]]:
    """Place, public and self-raised units of each part: as loading splits them, by largest remainder."""
    entries = [entry.strip().partition(_BEHIND) for entry in places.split(_BETWEEN)]
    names = [place.strip() for place, _, _ in entries]
    if len(names) == 1:
        yield names[0], public, cost - public
        return
    shares = [Fraction(share.strip()) for _, _, share in entries]
    split = (largest_remainder(units, shares, names) for units in (public, cost - public))
    yield from zip(names, *split, strict=True)


def raised_beside(run: RunData, money: pl.DataFrame) -> int:
    """Units that projects raise themselves in proportion to the public money of ``money``."""
    costs = costs_by_place(run).group_by("project_id").agg(pl.col("public_cost_wan", "self_raised_wan").sum())
    paid = money.group_by("project_id").agg(pl.col("units").sum())
    rows = paid.join(costs.filter(pl.col("self_raised_wan") > 0), on="project_id")
    return sum(
        round(Fraction(units * raised, public))
        for units, public, raised in rows.select("units", "public_cost_wan", "self_raised_wan").iter_rows()
    )
