"""Money that moved between two plans, summed up in every way, and how far plans are from each other."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.whatif.compared import CELL, ComparedRun
from zxsim.whatif.comparison import CELL_SCHEMA, DISTANCE_SCHEMA, MONEY_SCHEMA, SPENDING_SCHEMA

DIMENSIONS = {"total": "", "place": "place_id", "category": "category", "fund": "fund_id"} | {
    "year": "year",
    "project": "project_id",
}
"""Column of the allocation that each dimension sums by."""


def spending(runs: Sequence[ComparedRun]) -> pl.DataFrame:
    """Return what each run spends by category, fund and year, columns as in a comparison."""
    frames = [pl.DataFrame(schema=SPENDING_SCHEMA)]
    for dimension in ("category", "fund", "year"):
        names = names_of(dimension, *runs)
        for run in runs:
            item = pl.col(DIMENSIONS[dimension]).cast(pl.String).alias("item")
            sums = run.cells.group_by(item).agg(pl.col("units").sum()).sort("item")
            frames.append(
                sums.select(
                    run=pl.lit(run.label),
                    dimension=pl.lit(dimension),
                    item="item",
                    name=pl.col("item").replace_strict(names, default=pl.col("item"), return_dtype=pl.String),
                    amount_wan=pl.col("units") / UNITS_PER_WAN,
                )
            )
    return pl.concat(frames)


def money_differences(reference: ComparedRun, other: ComparedRun) -> pl.DataFrame:
    """Return the sums that differ, columns as in a comparison."""
    frames = [_summed(reference, other, name, column) for name, column in DIMENSIONS.items()]
    frames.insert(2, _areas(reference, other))
    return pl.concat([pl.DataFrame(schema=MONEY_SCHEMA), *frames])


def _summed(reference: ComparedRun, other: ComparedRun, dimension: str, column: str) -> pl.DataFrame:
    item = pl.col(column).cast(pl.String) if column else pl.lit("")
    sums = [run.cells.group_by(item.alias("item")).agg(pl.col("units").sum()) for run in (reference, other)]
    return _differences(sums, dimension, reference, other)


def _areas(reference: ComparedRun, other: ComparedRun) -> pl.DataFrame:
    """Sums of places that hold others, with all below them; a place that holds none is a place only."""
    sums = []
    for run in (reference, other):
        rows = [
            (below, above)
            for below, chain in run.data.above.items()
            for above in chain.values()
            if above != below
        ]
        holders = pl.DataFrame(rows, schema={"place_id": pl.String, "item": pl.String}, orient="row")
        own = holders.select(pl.col("item").alias("place_id"), "item").unique()
        joined = run.cells.join(pl.concat([holders, own]), on="place_id")
        sums.append(joined.group_by("item").agg(pl.col("units").sum()))
    return _differences(sums, "area", reference, other)


def _differences(
    sums: Sequence[pl.DataFrame], dimension: str, reference: ComparedRun, other: ComparedRun
) -> pl.DataFrame:
    joined = sums[0].join(sums[1], on="item", how="full", coalesce=True, suffix="_after")
    found = joined.select(
        "item", before=pl.col("units").fill_null(0), after=pl.col("units_after").fill_null(0)
    )
    moved = found.filter(pl.col("before") != pl.col("after")).sort("item")
    names = names_of(dimension, reference, other)
    levels = {**reference.levels, **other.levels} if dimension in ("place", "area") else {}
    return moved.select(
        run=pl.lit(other.label),
        dimension=pl.lit(dimension),
        item="item",
        name=pl.col("item").replace_strict(names, default=pl.col("item"), return_dtype=pl.String),
        level=pl.col("item").replace_strict(levels, default="", return_dtype=pl.String),
        **_in_wan(),
    )


def _in_wan() -> dict[str, pl.Expr]:
    return {
        "before_wan": pl.col("before") / UNITS_PER_WAN,
        "after_wan": pl.col("after") / UNITS_PER_WAN,
        "difference_wan": (pl.col("after") - pl.col("before")) / UNITS_PER_WAN,
    }


def names_of(dimension: str, *runs: ComparedRun) -> Mapping[str, str]:
    """Names of the items of a dimension; a later run's counts where runs differ."""
    found: dict[str, str] = {}
    for run in runs:
        if dimension in ("place", "area"):
            found |= run.data.place_names
        elif dimension == "project":
            found |= run.data.project_names
        elif dimension == "fund":
            found |= {fund: run.data.label("fund", fund) for fund in run.data.funds}
    return found


def cell_differences(reference: ComparedRun, other: ComparedRun) -> pl.DataFrame:
    """Return the single amounts that differ, columns as in a comparison."""
    joined = _joined(reference, other).filter(pl.col("before") != pl.col("after")).sort(CELL)
    named = {kind: names_of(kind, reference, other) for kind in ("project", "place", "fund")}
    return joined.select(
        run=pl.lit(other.label),
        **{
            f"{kind}_name": pl.col(f"{kind}_id").replace_strict(
                names, default=pl.col(f"{kind}_id"), return_dtype=pl.String
            )
            for kind, names in named.items()
        },
        **{name: pl.col(name) for name in (*CELL, "category")},
        **_in_wan(),
    ).select(pl.col(name).cast(kind) for name, kind in CELL_SCHEMA.items())


def _joined(one: ComparedRun, other: ComparedRun) -> pl.DataFrame:
    """Every cell of either plan with the units of both; its category is that of the second."""
    joined = one.cells.join(other.cells, on=CELL, how="full", coalesce=True, suffix="_after")
    return joined.select(
        *CELL,
        category=pl.coalesce("category_after", "category"),
        before=pl.col("units").fill_null(0),
        after=pl.col("units_after").fill_null(0),
    )


def plan_distances(runs: Sequence[ComparedRun]) -> pl.DataFrame:
    """Return the distance of each two plans, columns as in a comparison; none where nothing moved.

    Σ|a − b| / Σ(a + b) over the cells project × place × fund × year: where both spend the same, half the sum
    of absolute differences over the money spent (Bray & Curtis 1957, Ecological Monographs 27:325). 0 is the
    same plan, 1 is no cell in common. ``moved_wan`` is half the sum of absolute differences, ``spent_wan``
    the mean of what both spend.
    """
    planned = [run for run in runs if run.has_plan]
    frames = [_distances(one, other) for one, other in combinations(planned, 2)]
    return pl.concat([pl.DataFrame(schema=DISTANCE_SCHEMA), *frames])


def _distances(one: ComparedRun, other: ComparedRun) -> pl.DataFrame:
    joined = _joined(one, other)
    parts = list(_parts(joined, one, other))
    return pl.concat([pl.DataFrame(schema=DISTANCE_SCHEMA), *parts]).filter(pl.col("distance") > 0)


def _parts(joined: pl.DataFrame, one: ComparedRun, other: ComparedRun) -> Iterator[pl.DataFrame]:
    for dimension, column in (("total", ""), ("fund", "fund_id"), ("category", "category")):
        item = pl.col(column) if column else pl.lit("")
        sums = joined.group_by(item.alias("item")).agg(
            moved=(pl.col("after") - pl.col("before")).abs().sum(),
            both=(pl.col("after") + pl.col("before")).sum(),
        )
        names = names_of(dimension, one, other)
        yield (
            sums.filter(pl.col("both") > 0)
            .sort("item")
            .select(
                run_a=pl.lit(one.label),
                run_b=pl.lit(other.label),
                dimension=pl.lit(dimension),
                item="item",
                name=pl.col("item").replace_strict(names, default=pl.col("item"), return_dtype=pl.String),
                moved_wan=pl.col("moved") / (2 * UNITS_PER_WAN),
                spent_wan=pl.col("both") / (2 * UNITS_PER_WAN),
                distance=pl.col("moved") / pl.col("both"),
            )
        )
