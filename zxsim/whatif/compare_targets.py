"""Targets of runs side by side: planned, simulated, how surely."""

from collections.abc import Mapping, Sequence

import polars as pl

from zxsim.runs.facts import damaged
from zxsim.runs.states import REACHED
from zxsim.whatif.compared import ComparedRun
from zxsim.whatif.comparison import GAIN, LOSS, SCORE_SCHEMA, TARGET_FIGURES, TARGET_SCHEMA, UNCLEAR
from zxsim.whatif.intervals import without_noise

KEYS = ("target", "place_id", "year")
NAMES = ("name", "clause", "indicator", "place_name", "relation")
CLEAR_POINTS = 0.005
"""Change of a probability below which nobody would speak of a gain or a loss."""


def scorecard(runs: Sequence[ComparedRun]) -> pl.DataFrame:
    """Every target of every run, columns as in a comparison."""
    order = {run.label: at for at, run in enumerate(runs)}
    every = pl.concat([pl.DataFrame(schema=SCORE_SCHEMA), *(_scores(run) for run in runs)])
    place_in_order = pl.col("run").replace_strict(order, return_dtype=pl.Int64)
    return every.sort(*KEYS, place_in_order)


def _scores(run: ComparedRun) -> pl.DataFrame:
    """Targets of one run: those that a plan knows, then those that only a simulation does."""
    joined = _planned(run).join(_simulated(run), on=KEYS, how="full", coalesce=True, suffix="_2")
    specs: Mapping[str, Mapping[str, str]] = run.data.scenario.get("target", {})
    target = pl.col("target")

    def of_spec(key: str) -> pl.Expr:
        known = {name: str(spec.get(key) or "") for name, spec in specs.items()}
        return target.replace_strict(known, default="", return_dtype=pl.String)

    named = joined.with_columns(
        run=pl.lit(run.label),
        name=pl.when(of_spec("label") != "").then(of_spec("label")).otherwise(target),
        clause=of_spec("clause"),
        indicator=of_spec("indicator"),
        place_name=pl.col("place_id").replace_strict(
            run.data.place_names, default=pl.col("place_id"), return_dtype=pl.String
        ),
        relation=pl.coalesce("relation", "relation_2"),
        value=pl.coalesce("value", "value_2"),
    )
    return named.select(pl.col(name).cast(kind) for name, kind in SCORE_SCHEMA.items())


def _planned(run: ComparedRun) -> pl.DataFrame:
    columns = (*KEYS, "relation", "value", "planned", "shortfall", "state")
    if not run.has_plan:
        kinds = {name: SCORE_SCHEMA[name] for name in columns}
        return pl.DataFrame(schema=kinds)
    return _taken(run, "targets", columns)


def _simulated(run: ComparedRun) -> pl.DataFrame:
    columns = (*KEYS, "relation", "value", "mean", "probability")
    if not run.simulation:
        return pl.DataFrame(schema={name: SCORE_SCHEMA[name] for name in columns})
    return _taken(run, "simulated_targets", columns)


def _taken(run: ComparedRun, table: str, columns: Sequence[str]) -> pl.DataFrame:
    try:
        return run.data.table(table).select(pl.col(name).cast(SCORE_SCHEMA[name]) for name in columns)
    except pl.exceptions.PolarsError as error:
        raise damaged(run.data.folder, f"{table}.parquet", str(error)) from None


def target_differences(scores: pl.DataFrame, reference: str, other: str) -> pl.DataFrame:
    """Return the targets that differ between two runs, columns as in a comparison."""
    sides = [scores.filter(pl.col("run") == label).drop("run") for label in (reference, other)]
    joined = sides[0].join(sides[1], on=KEYS, how="full", coalesce=True, suffix="_after")
    named = joined.select(
        *KEYS,
        *(pl.coalesce(f"{name}_after", name).alias(name) for name in NAMES),
        *(pl.col(key).alias(f"{key}_before") for key in TARGET_FIGURES),
        *(pl.col(f"{key}_after") for key in TARGET_FIGURES),
    )
    differs = pl.any_horizontal(_differ(key) for key in TARGET_FIGURES)
    found = named.filter(differs).with_columns(run=pl.lit(other), verdict=_verdict()).sort(KEYS)
    return found.select(pl.col(name).cast(kind) for name, kind in TARGET_SCHEMA.items())


def _differ(key: str) -> pl.Expr:
    one, two = pl.col(f"{key}_before"), pl.col(f"{key}_after")
    if TARGET_FIGURES[key] == pl.String:
        return one.ne_missing(two)
    moved = without_noise(two - one, one, two).fill_null(0.0) != 0
    return moved | (one.is_null() != two.is_null())


def _verdict() -> pl.Expr:
    """Whether a target is better off: met or not, then how surely, then how much is missing.

    What a target that is met both times lacks is less than a unit of money: no difference for anybody.
    """
    met = [pl.col(f"state_{side}").is_in(REACHED) for side in ("before", "after")]
    surer = pl.col("probability_after") - pl.col("probability_before")
    less = without_noise(
        pl.col("shortfall_before") - pl.col("shortfall_after"),
        pl.col("shortfall_before"),
        pl.col("shortfall_after"),
    )
    steps = (
        (met[1] & ~met[0], GAIN),
        (met[0] & ~met[1], LOSS),
        (surer >= CLEAR_POINTS, GAIN),
        (surer <= -CLEAR_POINTS, LOSS),
        (~(met[0] & met[1]) & (less > 0), GAIN),
        (~(met[0] & met[1]) & (less < 0), LOSS),
    )
    return pl.coalesce(
        *(pl.when(asked.fill_null(value=False)).then(pl.lit(found)) for asked, found in steps),
        pl.lit(UNCLEAR),
    )
