"""The ledger of tasks: one row a task and target, with the state of what measures it."""

from collections.abc import Sequence

import polars as pl

from zxsim.exporters.sheet import Format, Value
from zxsim.forms.records import Records
from zxsim.forms.scope import Scope
from zxsim.forms.targets import target_frame
from zxsim.forms.template import Form
from zxsim.forms.words import NO_TARGET, SWITCHED_OFF, format_of
from zxsim.runs.data import RunData, text
from zxsim.runs.states import REACHED
from zxsim.schema.columns import listed, passes_through

_SHOWN = ("target_name", "indicator", "clause", "required", "year", "planned", "mean", "probability")
_STATE = (*_SHOWN, "places", "reached", "state", "format")
_WHOLE, _NUMBERS = ("task_number", "year", "places", "reached"), ("planned", "mean", "probability")
_SCHEMA = {
    name: pl.Int64 if name in _WHOLE else pl.Float64 if name in _NUMBERS else pl.String
    for name in ("task_number", "target", *_STATE)
}


def task_records(form: Form, run: RunData, scope: Scope) -> Records:
    """One row a task and target by number; a task without a target has one row."""
    del form
    tasks = run.tasks
    assert tasks is not None
    targets = target_frame(run)
    passed = [name for name in tasks.columns if passes_through(name)]
    known = tasks.select(
        pl.col("number").cast(pl.Int64).alias("task_number"),
        *(text(tasks, name) for name in ("title", "lead", "units", "target")),
        *(pl.col(name).fill_null("") for name in passed),
    ).with_columns(pl.col("units").str.replace_all(";", "、"))
    rows = [
        {"task_number": number, "target": name, **_state(run, name, targets, scope.years)}
        for number, cell in known.select("task_number", "target").iter_rows()
        for name in listed(cell) or [""]
    ]
    frame = known.drop("target").join(
        pl.DataFrame(rows, schema=_SCHEMA), on="task_number", maintain_order="left_right"
    )
    formats: dict[str, Format] = {
        "task_number": "year",
        "year": "year",
        "probability": "rate",
        "places": "count",
        "reached": "count",
    }
    return Records(frame, formats=formats, cell_formats=dict.fromkeys(("planned", "mean"), "format"))


def _state(run: RunData, target: str, targets: pl.DataFrame, years: Sequence[int]) -> dict[str, Value]:
    """State of a target in the last of the years, or in the first one after them."""
    empty: dict[str, Value] = dict.fromkeys(_STATE)
    if not target:
        return {**empty, "target_name": NO_TARGET, "format": "text"}
    rows = targets.filter(pl.col("target") == target)
    if not len(rows):
        return {**empty, "target_name": run.label("target", target), "state": SWITCHED_OFF, "format": "text"}
    past = rows.filter(pl.col("year") <= years[-1])
    rows = past.filter(pl.col("year") == pl.col("year").max()) if len(past) else rows
    rows = rows.filter(pl.col("year") == pl.col("year").min())
    worst = farthest(rows)
    same = {name: worst[name] for name in ("indicator", "clause", "required", "year", "planned", "mean")}
    least = rows["probability"].min()
    return {
        **same,
        "target_name": worst["name"],
        "probability": least if isinstance(least, float) else None,
        "places": len(rows),
        "reached": int(rows["state"].is_in(REACHED).sum()) if worst["planned"] is not None else None,
        "state": worst["met"],
        "format": format_of(str(worst["unit"])),
    }


def farthest(rows: pl.DataFrame) -> dict[str, Value]:
    """Return the row of the place that is farthest from its target, by the plan, else by the simulation."""
    downward = rows["relation"][0] in ("<=", "<", "=")
    order, down = ["shortfall", "planned", "probability", "mean"], [True, downward, False, downward]
    found: dict[str, Value] = rows.sort(order, descending=down, nulls_last=True).row(0, named=True)
    return found
