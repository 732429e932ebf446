"""Targets as rows: what is asked for, what the plan and the simulation come to, and whether it is met."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import polars as pl

from zxsim.exporters.sheet import Format
from zxsim.forms.records import Records
from zxsim.forms.scope import Scope, tree_order
from zxsim.forms.template import Form
from zxsim.forms.words import (
    STATE_WORDS,
    format_of,
    indicator_name,
    required_words,
    unit_of,
)
from zxsim.indicators import SIMULATED
from zxsim.runs.data import RunData

KEY = ("target", "place_id", "year")
STRICT = (">", "<")
_SIMULATED = ("mean", "low", "high", "probability")
_SHOWN = ("value", "planned", *_SIMULATED[:3])
"""Figures in the unit of the target's relation."""

_FORMATS: Mapping[str, Format] = {"probability": "rate", "year": "year"}


@lru_cache(maxsize=1)
def target_frame(run: RunData) -> pl.DataFrame:
    """One row a target, place and year, with those that only a simulation knows.

    Columns are those of the tables of the run, texts of the target, and ``state`` in words.
    """
    planned = run.table("targets").select(*KEY, "relation", "value", "upper", "planned", "shortfall", "state")
    simulated = _simulated(run)
    rows = planned.join(simulated, on=KEY, how="full", coalesce=True, suffix="_simulated").with_columns(
        pl.col(name).fill_null(pl.col(f"{name}_simulated")) for name in ("relation", "value")
    )
    state = pl.when(pl.col("probability").is_null()).then(pl.lit("unknown")).otherwise(pl.lit("simulated"))
    words = pl.DataFrame(
        list(_texts(run, rows)),
        schema=dict.fromkeys(_TEXTS, pl.String),
        orient="row",
    )
    return (
        rows.with_columns(pl.col("state").fill_null(state))
        .with_columns(met=pl.col("state").replace_strict(STATE_WORDS))
        .join(words, on="target", how="left")
        .sort("tier", "clause", *KEY)
    )


_TEXTS = ("target", "tier", "name", "indicator", "clause", "lead", "required", "unit", "format")


def _texts(run: RunData, rows: pl.DataFrame) -> Iterator[tuple[str, ...]]:
    """Texts of each target, in the order of :data:`_TEXTS`."""
    for row in rows.unique("target", keep="first").iter_rows(named=True):
        target = row["target"]
        spec = run.scenario["target"][target]
        unit = unit_of(spec["indicator"], row["relation"])
        indicator = indicator_name(run, spec["indicator"])
        name = spec.get("label") or indicator
        upper = row["upper"] if row["upper"] is not None or "upper" not in spec else _number(spec["upper"])
        strict = row["relation"] in STRICT  # in tables its margin is in the value
        value = _number(spec["value"]) if strict else row["value"]
        required = required_words({**row, "value": value, "upper": upper}, unit)
        texts = (spec.get("clause", ""), spec.get("lead", ""), required)
        yield target, str(spec["tier"]), name, indicator, *texts, unit, format_of(unit)


def _simulated(run: RunData) -> pl.DataFrame:
    """What the simulation found, or the rows that it would have found; ``value`` is what is asked for."""
    if run.manifest.get("simulation"):
        return run.table("simulated_targets").select(*KEY, "relation", "value", *_SIMULATED)
    schema = {"target": pl.String, "place_id": pl.String, "year": pl.Int64, "relation": pl.String}
    figures = dict.fromkeys(("value", *_SIMULATED), pl.Float64)
    empty = (None,) * len(_SIMULATED)
    rows = [
        (target, place, year, spec["relation"], _number(spec["value"]), *empty)
        for target, spec in run.scenario.get("target", {}).items()
        if spec["indicator"] in SIMULATED and spec.get("enabled", True)
        for place in spec["places"]
        for year in range(spec["years"][0], spec["years"][1] + 1)
    ]
    return pl.DataFrame(rows, schema={**schema, **figures}, orient="row")


def _number(figure: Any) -> float:  # noqa: ANN401 (a number or a table with its origin)
    return float(figure["value"] if isinstance(figure, Mapping) else figure)


def target_records(form: Form, run: RunData, scope: Scope) -> Records:
    """One row a target, place and year, by town and place."""
    del form
    frame = target_frame(run).filter(pl.col("year").is_in(list(scope.years)))
    if scope.inside is not None:
        frame = frame.filter(pl.col("place_id").is_in(scope.inside))
    placed = frame.join(run.levels_by_place, on="place_id", how="left", maintain_order="left").with_columns(
        place=pl.col("place_id").replace(run.place_names)
    )
    own = pl.format("{}（本级）", pl.col("place"))
    area = pl.when(pl.col("town") != "").then(pl.col("town")).otherwise(own)
    order = tree_order(run)
    rows = placed.with_columns(
        area=area, _at=pl.col("place_id").replace_strict({p: i for i, p in enumerate(order)})
    )
    rows = rows.with_columns(_first=pl.col("_at").min().over("area")).sort(
        "_first", "_at", "year", "tier", "clause", "target"
    )
    named = rows.rename({"name": "target_name"}).drop("state")
    return Records(named, formats=_FORMATS, cell_formats=dict.fromkeys(_SHOWN, "format"))
