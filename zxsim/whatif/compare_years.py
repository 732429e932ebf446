"""Year-end figures of two runs beside each other: what plans expect, and what simulations find, in pairs."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from zxsim.runs.facts import damaged
from zxsim.simulate import replication_table
from zxsim.whatif.compared import ComparedRun
from zxsim.whatif.comparison import TRAJECTORY_SCHEMA
from zxsim.whatif.intervals import paired_half_width, unpaired_half_width, without_noise

KEYS = ("place_id", "group", "indicator", "year")
PLANNED, SIMULATED = "planned", "simulated"
INCOME, SHARE, HOUSEHOLDS, YUAN = "income", "share", "households", "yuan"


def paired(reference: ComparedRun, other: ComparedRun) -> bool:
    """Whether replication r of one run has the luck of replication r of the other.

    That is so where seed and households are the same: a draw depends on the seed, the replication and the
    household, never on the plan.
    """
    keys = ("seed", "population")
    return all(
        key in reference.simulation and reference.simulation[key] == other.simulation.get(key) for key in keys
    )


def differing(paths: pl.DataFrame) -> pl.DataFrame:
    """Return the rows whose means differ, or that differ in single replications."""
    width = (pl.col("high") - pl.col("low")).fill_null(0.0)
    return paths.filter((pl.col("difference") != 0) | (width != 0))


def simulated_paths(reference: ComparedRun, other: ComparedRun) -> pl.DataFrame:
    """Return the simulated figures of both, columns as in a comparison.

    In pairs only the replications that both runs have are counted, so that before, after and difference are
    of the same ones. Without figures of single replications the means stand alone.
    """
    if not (reference.simulation and other.simulation):
        return pl.DataFrame(schema=TRAJECTORY_SCHEMA)
    if not (reference.has_replications and other.has_replications):
        return _finished(_means_only(reference, other), reference, other, SIMULATED)
    counts = [int(str(run.simulation["replications"])) for run in (reference, other)]
    shared = _shared(reference, other)
    sides = [_of_replications(run).filter(shared) for run in (reference, other)]
    found = _in_pairs(sides, min(counts)) if paired(reference, other) else _apart(sides, counts)
    return _finished(found, reference, other, SIMULATED)


def _shared(reference: ComparedRun, other: ComparedRun) -> pl.Expr:
    """Years and places that both runs have, and all places together."""
    years = set(reference.data.years) & set(other.data.years)
    places = {"", *(reference.levels.keys() & other.levels.keys())}
    return pl.col("year").is_in(list(years)) & pl.col("place_id").is_in(list(places))


def _of_replications(run: ComparedRun) -> pl.DataFrame:
    try:
        found = run.data.table("replications")
        return found.select(pl.col(name).cast(kind) for name, kind in replication_table.SCHEMA.items())
    except pl.exceptions.PolarsError as error:
        raise damaged(run.data.folder, "replications.parquet", str(error)) from None


def _in_pairs(sides: Sequence[pl.DataFrame], count: int) -> pl.DataFrame:
    """Means and intervals of the differences of pairs; a figure that is not there is 0."""
    shared = [side.filter(pl.col("replication") < count) for side in sides]
    pairs = shared[0].join(shared[1], on=["replication", *KEYS], how="full", coalesce=True, suffix="_after")
    one, two = pl.col("value").fill_null(0.0), pl.col("value_after").fill_null(0.0)
    difference = without_noise(two - one, one, two)
    sums = (
        pairs.with_columns(difference=difference)
        .group_by(KEYS)
        .agg(
            before=one.sum() / count,
            after=two.sum() / count,
            variance=_variance(pl.col("difference"), count),
            moved=pl.col("difference").sum() / count,
        )
    )
    half = paired_half_width(sums["variance"].to_numpy(), count)
    return _with_interval(sums, half).with_columns(count=pl.lit(count), paired=pl.lit(value=True))


def _variance(values: pl.Expr, count: int) -> pl.Expr:
    """Variance of ``count`` numbers, of which those that are 0 have no row."""
    mean = values.sum() / count
    squares = ((values - mean) ** 2).sum() + (count - pl.len()) * mean**2
    return squares / max(count - 1, 1)


def _apart(sides: Sequence[pl.DataFrame], counts: Sequence[int]) -> pl.DataFrame:
    """Means and intervals of runs that have nothing in common but what they are about."""
    sums = [
        side.group_by(KEYS).agg(
            mean=pl.col("value").sum() / count, variance=_variance(pl.col("value"), count)
        )
        for side, count in zip(sides, counts, strict=True)
    ]
    joined = sums[0].join(sums[1], on=KEYS, how="full", coalesce=True, suffix="_after").fill_null(0.0)
    one, two = pl.col("mean"), pl.col("mean_after")
    table = joined.with_columns(before=one, after=two, moved=without_noise(two - one, one, two))
    variances = (table["variance"].to_numpy(), table["variance_after"].to_numpy())
    half = unpaired_half_width(variances, (counts[0], counts[1]))
    return _with_interval(table, half).with_columns(count=pl.lit(min(counts)), paired=pl.lit(value=False))


def _with_interval(table: pl.DataFrame, half: np.ndarray[tuple[int], np.dtype[np.float64]]) -> pl.DataFrame:
    width = pl.Series(half).fill_nan(None)
    moved = table["moved"]
    return table.with_columns(difference="moved", low=moved - width, high=moved + width)


def _means_only(reference: ComparedRun, other: ComparedRun) -> pl.DataFrame:
    wanted = ("income", "open_cases", "unresolved", "entries", "exits")
    yearly = (
        (pl.col("statistic") == "mean")
        & pl.col("indicator").is_in(wanted)
        & pl.col("period").str.contains(r"^\d{4}$")
    )
    sides = [
        run.data.table("simulation")
        .filter(yearly)
        .select("place_id", "group", "indicator", pl.col("period").cast(pl.Int64).alias("year"), "value")
        for run in (reference, other)
    ]
    found = _joined(sides[0], sides[1], reference, other, missing=0.0)
    return found.with_columns(count=pl.lit(None, pl.Int64), paired=pl.lit(None, pl.Boolean))


def planned_paths(
    reference: ComparedRun, other: ComparedRun, levels: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """Return what the plans expect, columns as in a comparison.

    ``levels`` holds the frame of :func:`zxsim.whatif.planned.planned_levels` by label of a run.
    """
    if reference.label not in levels or other.label not in levels:
        return pl.DataFrame(schema=TRAJECTORY_SCHEMA)
    sides = [levels[run.label].with_columns(group=pl.lit("")) for run in (reference, other)]
    found = _joined(sides[0], sides[1], reference, other, missing=None)
    found = found.with_columns(count=pl.lit(None, pl.Int64), paired=pl.lit(None, pl.Boolean))
    return _finished(found, reference, other, PLANNED)


def _joined(
    before: pl.DataFrame,
    after: pl.DataFrame,
    reference: ComparedRun,
    other: ComparedRun,
    missing: float | None,
) -> pl.DataFrame:
    """Figures that both could have; one side alone counts ``missing``, or not at all."""
    how = "inner" if missing is None else "full"
    joined = before.join(after, on=KEYS, how=how, coalesce=True, suffix="_after")  # type: ignore[arg-type]
    one, two = (pl.col(name).fill_null(missing or 0.0) for name in ("value", "value_after"))
    return (
        joined.filter(_shared(reference, other))
        .with_columns(before=one, after=two, difference=without_noise(two - one, one, two))
        .with_columns(low=pl.lit(None, pl.Float64), high=pl.lit(None, pl.Float64))
    )


def _finished(found: pl.DataFrame, reference: ComparedRun, other: ComparedRun, basis: str) -> pl.DataFrame:
    """Add names, levels and units, and put the rows in order."""
    names = {**reference.data.place_names, **other.data.place_names}
    levels = {**reference.levels, **other.levels}
    scenario = [run.data.scenario.get("indicator", {}) for run in (reference, other)]
    labels = {name: str(spec.get("label") or name) for side in scenario for name, spec in side.items()}
    units = {INCOME: YUAN, **dict.fromkeys(labels, SHARE)}

    def replaced(column: str, known: Mapping[str, str], default: str) -> pl.Expr:
        return pl.col(column).replace_strict(known, default=pl.lit(default), return_dtype=pl.String)

    table = found.with_columns(
        run=pl.lit(other.label),
        basis=pl.lit(basis),
        place_name=replaced("place_id", names, ""),
        level=replaced("place_id", levels, ""),
        indicator_name=replaced("indicator", labels, ""),
        unit=replaced("indicator", units, HOUSEHOLDS),
    )
    order = ["indicator", "group", "place_id", "year"]
    return table.select(pl.col(name).cast(kind) for name, kind in TRAJECTORY_SCHEMA.items()).sort(order)
