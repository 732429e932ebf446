"""The scenario folder that an import writes: scenario.toml, places, projects, plan and the mapping."""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from zxsim.errors import DataError, Message
from zxsim.sheets.places import Places
from zxsim.sheets.project_rows import plain_number
from zxsim.sheets.projects import Project

SCENARIO, PLACES, PROJECTS, PLAN, MAPPING = (
    "scenario.toml",
    "places.csv",
    "projects.csv",
    "plan.csv",
    "import.toml",
)
_PLAN_COLUMNS = ("project", "place", "fund", "year", "amount_wan")


def csv_text(rows: Sequence[Mapping[str, str]], needed: Sequence[str]) -> str:
    """Write rows as CSV without the columns that no row fills."""
    names = list(rows[0]) if rows else []
    kept = [name for name in names if name in needed or any(row[name] for row in rows)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(kept or needed)
    writer.writerows([row[name] for name in kept] for row in rows)
    return out.getvalue()


def plan_rows(projects: Sequence[Project], places: Places) -> list[dict[str, str]]:
    """Return what the sheets themselves give to each project: project, place, fund, year, amount."""
    return [
        dict(zip(_PLAN_COLUMNS, (p.id, places.ids[key], fund, str(year), plain_number(amount)), strict=True))
        for p in projects
        for (key, fund, year), amount in p.paid.items()
    ]


@contextmanager
def new_folder(to: Path) -> Iterator[Path]:
    """Give a folder that becomes ``to`` when all went well, and leaves nothing behind otherwise.

    Raises
    ------
    DataError
        ``to`` holds something already, or cannot be written.
    """
    require_free(to)
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".zxsim-", dir=to.parent) as aside:
            folder = Path(aside) / to.name
            folder.mkdir()
            yield folder
            if to.exists():
                to.rmdir()
            folder.rename(to)
    except OSError as error:
        fields = {"folder": str(to), "reason": error.strerror or str(error)}
        raise DataError([Message("import_folder_unwritable", fields)]) from None


def require_free(to: Path) -> None:
    """Make sure that a folder is new or empty.

    Raises
    ------
    DataError
        It is not.
    """
    try:
        taken = to.exists() and (not to.is_dir() or any(to.iterdir()))
    except OSError as error:
        fields = {"folder": str(to), "reason": error.strerror or str(error)}
        raise DataError([Message("import_folder_unwritable", fields)]) from None
    if taken:
        raise DataError([Message("import_folder_not_empty", {"folder": str(to)})])


def write_text(path: Path, text: str) -> None:
    """Write a file whole, or not at all.

    Raises
    ------
    DataError
        It cannot be written.
    """
    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_text(text, encoding="utf-8", newline="\n")
        aside.replace(path)
    except OSError as error:
        fields = {"folder": str(path), "reason": error.strerror or str(error)}
        raise DataError([Message("import_folder_unwritable", fields)]) from None
