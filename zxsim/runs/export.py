"""Tables and the model of a run as files to hand on: names beside ids, headings for people."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import polars as pl

from zxsim.core.messages import Faults, nearest
from zxsim.core.tables import as_csv
from zxsim.errors import DataError, Message, UsageError
from zxsim.exporters import EXPORTERS, SHEET_EXPORTERS
from zxsim.runs.model import MODEL_FORMATS, write_model
from zxsim.schema.columns import passes_through

Words = Callable[[pl.DataFrame], pl.DataFrame]


def require_run(run: Path) -> Path:
    """Return the folder of a run, or raise :class:`DataError` when it is none."""
    if not (run / "run.json").is_file():
        raise DataError([Message("not_a_run", {"given": str(run)})])
    return run


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
        with aside(to) as unfinished:
            write_model(
                run, unfinished, json.loads((run / "run.json").read_text(encoding="utf-8"))["scenario"]
            )
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
        allowed = sorted({*EXPORTERS, *SHEET_EXPORTERS, *MODEL_FORMATS})
        fields: Mapping[str, object] = {"given": to.suffix or to.name, "allowed": allowed}
        faults.add(Message("unknown_format", {**fields, "nearest": nearest(to.suffix, allowed)}))
    faults.raise_any()
    assert write is not None
    frame = pl.read_parquet(run / f"{table}.parquet")
    if table == "allocation":
        frame = with_names(frame, run)
    if to.suffix.lower() == ".csv":
        frame = for_people(as_csv(frame))
    with aside(to) as unfinished:
        write(frame, unfinished)


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
        raise DataError([Message("export_unwritable", {"given": str(to), "reason": str(error)})]) from None


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
