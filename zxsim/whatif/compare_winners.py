"""Which villages and which groups of monitored households gain from one plan rather than another."""

from collections.abc import Sequence

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.whatif.compare_years import SIMULATED, YUAN
from zxsim.whatif.compared import ComparedRun
from zxsim.whatif.comparison import GAIN, LOSS, UNCLEAR, WINNER_SCHEMA

MONEY = "money_per_head"
YUAN_PER_WAN = 10_000
LESS_IS_BETTER = ("open_cases", "unresolved")
NEITHER = ("entries", "exits")
"""Fewer enter the list where nobody leaves it, more leave where more were on it: neither better nor worse."""
LEAST, LEAST_SHARE = 0.005, 0.0005
"""Half of the last digit that is shown of a change: nobody gains or loses what is written as 0."""


def winners(reference: ComparedRun, other: ComparedRun, trajectories: pl.DataFrame) -> pl.DataFrame:
    """Return who gains and who loses, columns as in a comparison; the largest changes first.

    ``trajectories`` are those of the two runs.
    """
    population = _population(other)
    at_end = _at_end(trajectories, population)
    both = pl.concat([_money(reference, other, population), at_end])
    size = pl.col("difference").abs()
    return both.sort("kind", "indicator", "basis", size, "item", descending=[True, *[False] * 2, True, False])


def _population(run: ComparedRun) -> pl.DataFrame:
    """Persons of the lowest places that have any: columns item, name, level, population."""
    places = run.data.places
    persons = pl.col("population").cast(pl.Float64).round().cast(pl.Int64)
    known = persons if "population" in places.columns else pl.lit(None, pl.Int64)
    parent = pl.col("parent") if "parent" in places.columns else pl.lit(None, pl.String)
    table = places.select(
        "name", "level", pl.col("id").alias("item"), known.alias("population"), parent.alias("parent")
    ).filter(pl.col("population") > 0)
    above = run.data.above
    holders = {higher for place in table["item"] for higher in above[place].values() if higher != place}
    return table.filter(~pl.col("item").is_in(list(holders))).drop("parent")


def _money(reference: ComparedRun, other: ComparedRun, population: pl.DataFrame) -> pl.DataFrame:
    """Yuan per head over the whole of each plan; money below a place counts as its own."""
    if not (reference.has_plan and other.has_plan):
        return pl.DataFrame(schema=WINNER_SCHEMA)
    found = population
    for side, run in (("before", reference), ("after", other)):
        per_head = pl.col("units").fill_null(0) * YUAN_PER_WAN / UNITS_PER_WAN / pl.col("heads")
        heads = _population(run).select("item", pl.col("population").alias("heads"))
        sums = heads.join(_with_all_below(run), on="item", how="left")
        found = found.join(sums.select("item", per_head.alias(side)), on="item", how="inner")
    moved = found.with_columns(difference=pl.col("after") - pl.col("before"))
    return _finished(
        moved.filter(pl.col("difference") != 0).with_columns(
            run=pl.lit(other.label),
            kind=pl.lit("place"),
            indicator=pl.lit(MONEY),
            unit=pl.lit(YUAN),
            basis=pl.lit("planned"),
        )
    )


def _with_all_below(run: ComparedRun) -> pl.DataFrame:
    """Units of each place with all below it: columns item, units."""
    chains = [(place, above) for place, chain in run.data.above.items() for above in chain.values()]
    pairs = pl.DataFrame(chains, schema={"place_id": pl.String, "item": pl.String}, orient="row").unique()
    return run.cells.join(pairs, on="place_id").group_by("item").agg(pl.col("units").sum())


def _at_end(trajectories: pl.DataFrame, population: pl.DataFrame) -> pl.DataFrame:
    """Figures of the last year: of each place, and of each group of households everywhere."""
    wanted = trajectories.filter(~pl.col("indicator").is_in(list(NEITHER)))
    last = wanted.filter(pl.col("year") == pl.col("year").max())
    of_places = last.filter(pl.col("group") == "").rename({"place_id": "item"})
    of_places = of_places.drop("level").join(population, on="item").with_columns(kind=pl.lit("place"))
    of_groups = last.filter(pl.col("group") != "").with_columns(
        item="group", name=pl.lit(""), kind=pl.lit("group"), population=pl.lit(None, pl.Int64)
    )
    return pl.concat([_finished(of_places), _finished(of_groups)])


def _finished(found: pl.DataFrame) -> pl.DataFrame:
    missing = [name for name in WINNER_SCHEMA if name not in (*found.columns, "verdict")]
    filled = found.with_columns(
        *(pl.lit("" if WINNER_SCHEMA[name] == pl.String else None).alias(name) for name in missing)
    )
    return filled.with_columns(verdict=verdict()).select(
        pl.col(name).cast(kind) for name, kind in WINNER_SCHEMA.items()
    )


def verdict() -> pl.Expr:
    """Gain or loss; unclear where an interval holds 0, a simulation has none, or the change is shown as 0."""
    sign = pl.when(pl.col("indicator").is_in(list(LESS_IS_BETTER))).then(-1).otherwise(1)
    better = sign * pl.col("difference")
    low, high = (pl.col(name).cast(pl.Float64) for name in ("low", "high"))
    sure = pl.when(pl.col("basis") == SIMULATED).then((low > 0) | (high < 0)).otherwise(pl.lit(value=True))
    least = pl.when(pl.col("unit") == "share").then(LEAST_SHARE).otherwise(LEAST)
    clear = sure.fill_null(value=False) & (better.abs() >= least)
    return (
        pl.when(clear & (better > 0))
        .then(pl.lit(GAIN))
        .when(clear & (better < 0))
        .then(pl.lit(LOSS))
        .otherwise(pl.lit(UNCLEAR))
    )


def counted(rows: pl.DataFrame, indicator: str, basis: str | None = None) -> Sequence[int]:
    """How many places gain, lose, and are unclear by an indicator."""
    chosen = rows.filter((pl.col("indicator") == indicator) & (pl.col("kind") == "place"))
    if basis is not None:
        chosen = chosen.filter(pl.col("basis") == basis)
    return [int((chosen["verdict"] == verdict).sum()) for verdict in (GAIN, LOSS, UNCLEAR)]
