"""The page of a sweep: the frontier as a chart, every point in a table, how to get it again."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from zxsim import __version__
from zxsim.report.page.charts import Line, Scatter
from zxsim.report.page.limits import MOST_ROWS
from zxsim.report.page.origin import solver_options, solver_text
from zxsim.report.page.parts import Facts, Figure, Page, Panel, Part, Table, Text, Topic
from zxsim.report.page.write import write
from zxsim.report.plain_sheets import SheetWriter, capitalised, warning
from zxsim.report.sweep_sheets import STAR, chart_title, format_of, heading, notes, sweep_sheet
from zxsim.report.wording import Language
from zxsim.whatif.sweep_frontier import Axes
from zxsim.whatif.sweep_read import SweepData


def write_sweep(sweep: SweepData, axes: Axes, to: Path, language: Language = "zh") -> None:
    """Write a sweep as one HTML page that opens offline.

    Raises
    ------
    DataError
        The file cannot be written.
    """
    write(sweep_page(SheetWriter(sweep, language), sweep, axes), to, language)


def sweep_page(make: SheetWriter, sweep: SweepData, axes: Axes) -> Page:
    """Return the page of a sweep."""
    topics = {
        "page_sweep_frontier": _frontier(make, sweep, axes),
        "page_sweep_points": _points(make, sweep, axes),
        "page_reproduce": _reproduce(make, sweep),
    }
    title = make.words("sheet_title", name=sweep.manifest["name"], sheet=make.words("sheet_sweep"))
    subtitle = make.words("page_subtitle", version=__version__)
    sections = [
        Topic(key.removeprefix("page_").removeprefix("sweep_"), make.words(key), [Panel(parts)])
        for key, parts in topics.items()
    ]
    return Page(title, subtitle, sections)


def _frontier(make: SheetWriter, sweep: SweepData, axes: Axes) -> list[Part]:
    """What was varied, and one axis against the other, with the points that no other one beats."""
    varied = [(_name(sweep, one.key), "、".join(one.values)) for one in sweep.keys]
    known = sweep.points.drop_nulls([axes.x, axes.y]).sort(axes.x, axes.y, "point")
    first = warning(sweep, make.language)
    parts: list[Part] = [*([Text(capitalised(first), "warning")] if first else []), Facts(varied)]
    if not len(known):
        return [*parts, Text(make.words("page_sweep_nothing"))]
    return [*parts, Figure(_chart(make, sweep, axes, known)), Text(_said(make, axes), "note")]


def _name(sweep: SweepData, key: str) -> str:
    """Name a key with the label of the record that it belongs to, where there is one."""
    section, _, rest = key.partition(".")
    records = sweep.scenario.get(section)
    record = records.get(rest.partition(".")[0]) if isinstance(records, Mapping) else None
    label = record.get("label") if isinstance(record, Mapping) else None
    return f"{label} {key}" if label else key


def _said(make: SheetWriter, axes: Axes) -> str:
    return make.words("sweep_frontier_note", x=heading(make, axes.x), y=heading(make, axes.y))


def _chart(make: SheetWriter, sweep: SweepData, axes: Axes, known: pl.DataFrame) -> Scatter:
    best = set(axes.frontier(sweep.points))
    on = [point in best for point in known["point"]]
    upwards = known[axes.y].cast(pl.Float64).to_list()

    def only(wanted: bool) -> list[float | None]:  # noqa: FBT001 (which of two)
        return [value if here is wanted else None for value, here in zip(upwards, on, strict=True)]

    return Scatter(
        title=chart_title(make, axes),
        unit=f"{heading(make, axes.y)} ↑   {heading(make, axes.x)} →",
        axis=make.words("sweep_point"),
        positions=[make.words("page_sweep_point", point=point) for point in known["point"]],
        how=format_of(axes.y, known.schema[axes.y]),
        lines=[
            Line(make.words("page_sweep_others"), only(wanted=False), 1, joined=False),
            Line(make.words("sweep_frontier"), only(wanted=True), 0),
        ],
        from_zero=False,
        across=known[axes.x].cast(pl.Float64).to_list(),
        name_across=heading(make, axes.x),
        how_across=format_of(axes.x, known.schema[axes.x]),
    )


def _points(make: SheetWriter, sweep: SweepData, axes: Axes) -> list[Part]:
    """Every point; columns that say nothing are left out, those of what was varied can be chosen by."""
    sheet = sweep_sheet(make, sweep, axes)
    columns = [
        replace(column, values=column.values[:MOST_ROWS], formats=None)
        for column in sheet.columns
        if any(value not in (None, "") for value in column.values)
    ]
    chosen = {*(one.key for one in sweep.keys), make.words("sweep_status"), make.words("sweep_frontier")}
    choices = [at for at, column in enumerate(columns) if column.heading in chosen]
    left = len(sheet.kinds) - MOST_ROWS
    note = make.words("sweep_more", count=left) if left > 0 else ""
    table = Table(make.words("page_sweep_points"), columns, choices=choices, searched=True, note=note)
    told = [text for text in notes(make, sweep, axes) if not text.startswith(STAR)]
    return [table, *(Text(capitalised(text), "note") for text in told)]


def _reproduce(make: SheetWriter, sweep: SweepData) -> list[Part]:
    """The command that works it out again, and what it was made with."""
    manifest = sweep.manifest
    facts = [
        (make.words("page_run_id"), _place(sweep)),
        (make.words("page_created"), str(manifest["created"])),
        (make.words("zxsim_version"), str(manifest["zxsim_version"])),
        (make.words("page_solver"), solver_text(manifest["solver"])),
        (make.words("page_versions"), ", ".join(f"{a} {b}" for a, b in manifest["versions"].items())),
        *((make.words("page_hash", file=name), str(value)) for name, value in manifest["inputs"].items()),
    ]
    return [
        Text(make.words("page_how_alone")),
        Facts([(make.words("page_command"), shlex.join(_command(sweep)))], code=True),
        Facts(facts, code=True),
    ]


def _place(sweep: SweepData) -> str:
    folder = sweep.folder.resolve()
    return f"{folder.parent.name}/{folder.name}"


def _command(sweep: SweepData) -> Sequence[str]:
    words = ["zxsim", "sweep", f"{_place(sweep)}/inputs/resolved.toml"]
    for one in sweep.keys:
        words += ["--vary", f"{one.key}={','.join(one.values)}"]
    words += solver_options(sweep.manifest["solver"])
    wanted: dict[str, Any] = sweep.manifest["simulation"] or {}
    words += ["--simulate"] if wanted else []
    for key in ("seed", "replications", "precision"):
        words += [f"--{key}", str(wanted[key])] if wanted.get(key) is not None else []
    return words
