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
    least = [units_up(Decimal(text)) if text else None for text in cells["minimum_wan"]]
    minimum = pl.Series("minimum", least, dtype=pl.Int64)
    typed = cells.with_columns(*year, *flag, _costs(cells), minimum, pl.col("id").alias("project_id"))
    needed = pl.coalesce("minimum", "cost").alias("needed")
    return typed.with_columns(needed, in_one=pl.col("mode").is_in([WHOLE, FIXED]))


def _costs(cells: pl.DataFrame) -> pl.Series:
    """Public cost in units; each pair of texts that stands in the table is worked out once."""
    pairs = ["cost_wan", "self_raised_share"]
    known = cells.select(pairs).unique()
    costs = [public_cost(Decimal(given), Decimal(raised or "0")) for given, raised in known.iter_rows()]
    found = known.with_columns(pl.Series("cost", costs, dtype=pl.Int64))
    return cells.select(pairs).join(found, on=pairs, how="left", maintain_order="left")["cost"]


def _year(column: str, default: int) -> pl.Expr:
    return pl.col(column).replace("", str(default)).cast(pl.Int64)


def parts_of(projects: pl.DataFrame) -> pl.DataFrame:
    """Return one row a project and place with its own public ``cost``."""
    columns = projects.select("project_id", "places", "cost").with_row_index("order")
    shared = pl.col("places").str.contains(":", literal=True)
    alone = columns.filter(~shared).select(
        "order", "project_id", pl.col("places").str.strip_chars("; ").alias("place_id"), "cost"
    )
    rows = [
        (order, project, place, cost)
        for order, project, places, total in columns.filter(shared).iter_rows()
        for place, cost in _split(places, total)
    ]
    split = pl.DataFrame(rows, schema=alone.schema, orient="row")
    return pl.concat([alone, split]).sort("order", maintain_order=True).select(list(PART_SCHEMA))


def _split(places: str, total: int) -> Iterator[tuple[str, int]]:
    """Split a cost over ``A:0.6;B:0.4`` by largest remainder, ties to the smaller place id.

    >>> list(_split("A:0.5;B:0.5", 101))
    [('A', 51), ('B', 50)]
    """
    entries = [entry.partition(":") for entry in places.split(";") if entry.strip()]
    names = [name.strip() for name, _, _ in entries]
    shares = [Fraction(Decimal(share.strip())) for _, _, share in entries]
    if sum(shares) != 1:
        raise ValueError(f"shares of {places}")
    yield from zip(names, largest_remainder(total, shares, names), strict=True)
