"""Tables and the model of a run as files to hand on: names beside ids, headings for people."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import polars as pl

from zxsim.core.inside import link_outside
from zxsim.core.messages import Faults, nearest
from zxsim.core.tables import as_csv
from zxsim.errors import DataError, Message, UsageError
from zxsim.exporters import EXPORTERS, SHEET_EXPORTERS
from zxsim.runs.data import RunData
from zxsim.runs.model import MODEL_FORMATS, write_model
from zxsim.schema.columns import passes_through

SWEEP, SWEEP_UNFINISHED = "sweep.json", ".sweep-"
"""File that only a finished or unfinished sweep holds; what the name of an unfinished one begins with."""
"""What lies in the folder of a sweep."""
MADE_BY_OFFICE = (".pdf", ".doc", ".docx", ".et", ".ods", ".xlsm", ".html")
"""Formats that an office program makes out of a workbook."""

Words = Callable[[pl.DataFrame], pl.DataFrame]


def require_run(run: Path) -> Path:
    """Return the folder of a run, or raise :class:`DataError` when it is none, or reads from elsewhere."""
    if (run / SWEEP).is_file():
        raise DataError([Message("sweep_is_no_run", {"given": str(run)})])
    if not (run / "run.json").is_file():
        raise DataError([Message("not_a_run", {"given": str(run), "nearest": _latest_below(run)})])
    require_whole(run)
    return run


def require_whole(folder: Path) -> None:
    """Raise :class:`DataError` when something in the folder of a run or a sweep is read from elsewhere."""
    if link := link_outside(folder):
        raise DataError([Message("run_leads_outside", {"given": str(folder), "link": link.name})])


def _latest_below(folder: Path) -> str:
    """The latest run in a folder of results, or in one of a scenario in it; empty where there is none."""
    found = [path.parent for depth in ("*", "*/*") for path in folder.glob(f"{depth}/run.json")]
    return str(max(found, key=lambda run: run.name)) if found else ""


def export(run: Path, to: Path, table: str | None, for_people: Words) -> None:
    """Write one table of a run (``None``: the allocation), or its model, to a file whose ending says which.

    Raises
    ------
    DataError
        No such run, table or format, or the file cannot be written.
    UsageError
        A table is named for a model.
    """
    outside_run(run, to)
    if to.suffix.lower() in MODEL_FORMATS:
        if table is not None:
            raise UsageError([Message("model_has_no_tables", {"given": table, "to": to.name})])
        held = RunData(run)
        held.need("scenario")
        with aside(to) as unfinished:
            write_model(run, unfinished, str(held.manifest["scenario"]))
    else:
        _export_table(run, to, table or "allocation", for_people)


def outside_run(run: Path, to: Path) -> None:
    """Raise :class:`DataError` when ``run`` is no run, or ``to`` lies within it: a run is evidence."""
    require_run(run)
    if run.resolve() in to.resolve().parents:
        raise DataError([Message("export_into_run", {"given": str(to)})])


def known_table(run: Path, table: str) -> None:
    """Raise :class:`DataError` when the run has no such table."""
    faults = Faults()
    _note_table(run, table, faults)
    faults.raise_any()


def _note_table(run: Path, table: str, faults: Faults) -> None:
    tables = sorted(path.stem for path in run.glob("*.parquet"))
    if table not in tables:
        faults.unknown("unknown_table", table, tables, Message(""))


def _export_table(run: Path, to: Path, table: str, for_people: Words) -> None:
    faults = Faults()
    _note_table(run, table, faults)
    write = EXPORTERS.get(to.suffix.lower())
    if write is None:
        faults.add(unknown_format(to, sorted({*EXPORTERS, *SHEET_EXPORTERS, *MODEL_FORMATS})))
    faults.raise_any()
    assert write is not None
    frame = pl.read_parquet(run / f"{table}.parquet")
    if table == "allocation":
        frame = with_names(frame, run)
    if to.suffix.lower() == ".csv":
        frame = for_people(as_csv(frame))
    with aside(to) as unfinished:
        write(frame, unfinished)


def unknown_format(to: Path, allowed: Sequence[str], code: str = "unknown_format") -> Message:
    """Say that a file cannot be written in the format of its name, and what to do instead."""
    ending = to.suffix.lower()
    if ending in MADE_BY_OFFICE:
        return Message("format_made_by_office", {"given": ending})
    fields = {"given": to.suffix or to.name, "allowed": allowed, "nearest": nearest(ending, allowed)}
    return Message(code, fields)


def _unwritable(to: Path, error: Exception) -> Message:
    """Say why a file cannot be written, and what to do about it."""
    if to.is_dir():
        return Message("export_onto_folder", {"given": str(to)})
    if not to.parent.is_dir():
        return Message("export_folder_missing", {"given": str(to), "folder": str(to.parent)})
    if isinstance(error, PermissionError):
        return Message("export_refused", {"given": str(to)})
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Message("export_unwritable", {"given": str(to), "reason": reason})


@contextmanager
def aside(to: Path) -> Iterator[Path]:
    """Give a file beside ``to`` that becomes it in the end, so that no half-written file is left."""
    unfinished = to.with_name(f".unfinished.{to.name}")
    try:
        yield unfinished
        unfinished.replace(to)
    except (OSError, pl.exceptions.PolarsError) as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise DataError([_unwritable(to, error)]) from None


def with_names(allocation: pl.DataFrame, run: Path) -> pl.DataFrame:
    """Put names beside ids, and the columns that pass through behind."""
    projects = pl.read_csv(run / "inputs" / "projects.csv", infer_schema=False)
    places = pl.read_csv(run / "inputs" / "places.csv", infer_schema=False)
    kept = [column for column in projects.columns if passes_through(column)]
    named = allocation.join(
        projects.select(
            pl.col("id").alias("project_id"),
            pl.col("name").alias("project_name"),
            *([pl.col("subcategory")] if "subcategory" in projects.columns else []),
            *kept,
        ),
        on="project_id",
        how="left",
        maintain_order="left",
    ).join(
        places.select(pl.col("id").alias("place_id"), pl.col("name").alias("place_name")),
        on="place_id",
        how="left",
        maintain_order="left",
    )
    order = [
        "project_id",
        "project_name",
        "place_id",
        "place_name",
        "category",
        "subcategory",
        "fund_id",
        "year",
    ]
    shown = [column for column in order if column in named.columns]
    return named.select(*shown, "amount_wan", *kept)
