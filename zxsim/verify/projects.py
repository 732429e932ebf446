"""Projects of a run and their parts: what each may cost at each of its places, in units of 0.01 万元."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import polars as pl

from zxsim.core.money import largest_remainder, public_cost, units_up

_OPTIONAL = {
    "subcategory": "",
    "self_raised_share": "0",
    "required": "false",
    "forbidden": "false",
    "first_year": "",
    "last_year": "",
    "mode": "",
    "minimum_wan": "",
    "requires": "",
    "excludes": "",
    "outlay": "",
}
"""Columns that may be absent from projects.csv, with what an absent one means."""

WHOLE, FIXED = "whole", "fixed"
"""Modes of projects that are paid in full or not at all; any other project is divisible."""

PART_SCHEMA = {"project_id": pl.String, "place_id": pl.String, "cost": pl.Int64}


def projects_of(table: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    """Return one row a project: the text cells, with years, flags and the public ``cost`` typed.

    ``minimum`` is the least useful amount in units, rounded up, null for none; ``needed`` what makes
    the project count as done: its minimum where it has one, else all its public cost. ``in_one`` says
    whether it is paid in full or not at all.

    Raises
    ------
    ValueError
        An id stands twice.
    """
    if table["id"].is_duplicated().any():
        raise ValueError("an id stands twice")
    absent = [pl.lit(text).alias(name) for name, text in _OPTIONAL.items() if name not in table.columns]
    cells = table.drop("line").with_columns(absent)
    year = [_year("first_year", first), _year("last_year", last)]
    flag = [pl.col(name) == "true" for name in ("required", "forbidden")]
    cost = [
        public_cost(Decimal(given), Decimal(raised or "0"))
        for given, raised in cells.select("cost_wan", "self_raised_share").iter_rows()
    ]
    public = pl.Series("cost", cost, dtype=pl.Int64)
    least = [units_up(Decimal(text)) if text else None for text in cells["minimum_wan"]]
    minimum = pl.Series("minimum", least, dtype=pl.Int64)
    typed = cells.with_columns(*year, *flag, public, minimum, pl.col("id").alias("project_id"))
    needed = pl.coalesce("minimum", "cost").alias("needed")
    return typed.with_columns(needed, in_one=pl.col("mode").is_in([WHOLE, FIXED]))


def _year(column: str, default: int) -> pl.Expr:
    return pl.col(column).replace("", str(default)).cast(pl.Int64)


def parts_of(projects: pl.DataFrame) -> pl.DataFrame:
    """Return one row a project and place with its own public ``cost``."""
    rows = [
        (project, place, cost)
        for project, places, total in projects.select("project_id", "places", "cost").iter_rows()
        for place, cost in _split(places, total)
    ]
    return pl.DataFrame(rows, schema=PART_SCHEMA, orient="row")


def _split(places: str, total: int) -> Iterator[tuple[str, int]]:
    """Split a cost over ``A:0.6;B:0.4`` by largest remainder, ties to the smaller place id.

    >>> list(_split("A:0.5;B:0.5", 101))
    [('A', 51), ('B', 50)]
    """
    if ":" not in places:
        yield places.strip("; "), total
        return
    entries = [entry.partition(":") for entry in places.split(";") if entry.strip()]
    names = [name.strip() for name, _, _ in entries]
    shares = [Fraction(Decimal(share.strip())) for _, _, share in entries]
    if sum(shares) != 1:
        raise ValueError(f"shares of {places}")
    yield from zip(names, largest_remainder(total, shares, names), strict=True)
