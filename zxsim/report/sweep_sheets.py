"""A sweep as a sheet: the table of its points in words, with the frontier as a native chart."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from zxsim.exporters import EXPORTERS, SHEET_EXPORTERS
from zxsim.exporters.sheet import Column, Format, Scatter, Series, Sheet
from zxsim.report.labels import LABELS
from zxsim.report.plain_sheets import SheetWriter
from zxsim.report.wording import Language
from zxsim.runs.export import aside
from zxsim.whatif.sweep_figures import COUNTS, PROBABILITY, SIMULATED
from zxsim.whatif.sweep_frontier import Axes
from zxsim.whatif.sweep_read import SweepData

STAR = "*"
MOST_SERIES = 12
"""With more values of the first key all points are one series."""

_FORMATS: Mapping[str, Format] = {
    "gap": "rate",
    "tier1": "worth",
    "tier2": "worth",
    "tier3": "worth",
    "benefit": "money",
    "industry_share": "rate",
    "mean_income_yuan": "count",
    "mean_simulated_income_yuan": "count",
    "household_gain_wan": "money",
    "low_income_gain_wan": "money",
    "open_cases": "number",
    "unresolved": "number",
    "least_probability": "rate",
}


def export_sheet(sweep: SweepData, axes: Axes, to: Path, language: Language) -> None:
    """Write a sweep as ``.xlsx``, ``.md``, ``.csv`` or ``.parquet``.

    Raises
    ------
    DataError
        The file cannot be written.
    """
    ending = to.suffix.lower()
    with aside(to) as unfinished:
        if ending in SHEET_EXPORTERS:
            SHEET_EXPORTERS[ending]([sweep_sheet(SheetWriter(sweep, language), sweep, axes)], unfinished)
        else:
            EXPORTERS[ending](sweep.points, unfinished)


def sweep_sheet(make: SheetWriter, sweep: SweepData, axes: Axes) -> Sheet:
    """One row a point; the chart shows one axis against the other."""
    table, keys = sweep.points, [one.key for one in sweep.keys]
    best = set(axes.frontier(table))
    stars = [STAR if point in best else "" for point in table["point"]]
    shown = ["point", *keys, *(name for name in table.columns if name not in ("point", *keys))]
    columns = [_column(make, table, name) for name in shown]
    columns.insert(1 + len(keys), make.column("sweep_frontier", stars))
    at = {name: place + (place > len(keys)) for place, name in enumerate(shown)}
    title = chart_title(make, axes)
    charts = [Scatter(title, _series(make, table, keys), at[axes.x], at[axes.y])]
    return make.sheet(
        "sheet_sweep", columns, notes=notes(make, sweep, axes), charts=charts, frozen=1 + len(keys)
    )


def _column(make: SheetWriter, table: pl.DataFrame, name: str) -> Column:
    text = heading(make, name)
    values: Sequence[str | int | float | None] = table[name].to_list()
    if name == "status":
        values = [status(make, str(value)) for value in values]
    column = make.column(text, values, format_of(name, table.schema[name]))
    return replace(column, heading=name) if text == name else column  # a key is written as it must be


def heading(make: SheetWriter, name: str) -> str:
    """Name of a column; what was varied keeps the name of its key."""
    if name.startswith(PROBABILITY):
        target = make.run.label("target", name.removeprefix(PROBABILITY))
        return make.words("sweep_probability", target=target)
    return make.words(f"sweep_{name}") if f"sweep_{name}" in LABELS else name


def format_of(name: str, kind: pl.DataType) -> Format:
    """How a column of the table is shown."""
    if name.startswith(PROBABILITY):
        return "rate"
    if name in _FORMATS:
        return _FORMATS[name]
    if name in (*COUNTS, "point"):
        return "count"
    return "money" if name.endswith("_wan") and "." not in name else "text" if kind == pl.String else "number"


def status(make: SheetWriter, code: str) -> str:
    """How a point ended, in words."""
    return make.words(f"sweep_{code}")


def chart_title(make: SheetWriter, axes: Axes) -> str:
    """What is drawn against what."""
    return make.words("sweep_chart", x=heading(make, axes.x), y=heading(make, axes.y))


def _series(make: SheetWriter, table: pl.DataFrame, keys: Sequence[str]) -> list[Series]:
    """One series for each value of the first key, where a second one varies within it."""
    ends = len(table) - 1
    first = table[keys[0]]
    starts = [0, *((first != first.shift(1)).fill_null(value=False).arg_true().to_list())]
    if len(keys) == 1 or len(starts) > MOST_SERIES:
        return [Series(make.words("sweep_all_points"), 0, ends)]
    bounds = zip(starts, [*(start - 1 for start in starts[1:]), ends], strict=True)
    return [
        Series(make.words("sweep_series", varied=keys[0], value=first[start]), start, end)
        for start, end in bounds
    ]


def notes(make: SheetWriter, sweep: SweepData, axes: Axes) -> list[str]:
    """What a reader must know of the table."""
    manifest = sweep.manifest
    simulated = any(name in sweep.points.columns for name in SIMULATED)
    conflicts = (sweep.points["status"] == "conflict").any()
    frontier = make.words("sweep_frontier_note", x=heading(make, axes.x), y=heading(make, axes.y))
    return [
        frontier,
        make.words("sweep_basis"),
        *([make.words("sweep_simulated_note")] if simulated else []),
        *([make.words("sweep_conflict_note")] if conflicts else []),
        *(
            [make.words("sweep_assumptions", count=manifest["assumptions"])]
            if manifest["assumptions"]
            else []
        ),
    ]
