"""The optional tables of a scenario folder that reports use and plans do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from zxsim.core.layout import Layout
from zxsim.core.messages import Faults
from zxsim.schema.columns import Column
from zxsim.schema.progress import progress_of
from zxsim.schema.projects import Change
from zxsim.schema.report_columns import PROGRESS, PROGRESS_COLUMNS, TASK_COLUMNS, TASKS
from zxsim.schema.scenario import Scenario
from zxsim.schema.source import Source
from zxsim.schema.tables import Table, read_table, typed
from zxsim.schema.tasks import tasks_of


@dataclass(frozen=True, eq=False)
class Reported:
    """Tables by file name, those that the folder has, and every amount that was rounded."""

    tables: Mapping[str, pl.DataFrame]
    changes: Sequence[Change]


NOTHING_REPORTED = Reported({}, ())
"""Of a folder without these tables."""


def reported(folder: Path, scenario: Scenario, layout: Layout, source: Source, faults: Faults) -> Reported:
    """Read progress.csv and tasks.csv where they are; every fault is noted."""
    tables: dict[str, pl.DataFrame] = {}
    changes: list[Change] = []
    own = Faults()
    if (progress := _read(folder / PROGRESS, PROGRESS_COLUMNS, source, own)) is not None:
        found = progress_of(*progress, layout, own)
        tables[PROGRESS], changes = found.frame, found.changes
    if (tasks := _read(folder / TASKS, TASK_COLUMNS, source, own)) is not None:
        tables[TASKS] = tasks_of(*tasks, scenario, own)
    for message in own:
        faults.add(message)
    return Reported(tables, changes)


def _read(
    path: Path, columns: Mapping[str, Column], source: Source, faults: Faults
) -> tuple[Table, pl.DataFrame] | None:
    """Read a table; ``None`` where there is none, or none that can be read, which is noted."""
    table = read_table(path, path.stem, source, faults) if path.exists() else None
    return None if table is None else (table, typed(table, columns, faults))
