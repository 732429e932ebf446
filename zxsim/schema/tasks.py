"""From tasks.csv to a checked table: the tasks of a policy paper and the targets that measure them."""

import polars as pl

from zxsim.core.messages import Faults, unknown_fields
from zxsim.schema.columns import SEPARATOR, listed
from zxsim.schema.scenario import Scenario
from zxsim.schema.tables import Table


def tasks_of(table: Table, frame: pl.DataFrame, scenario: Scenario, faults: Faults) -> pl.DataFrame:
    """Return the tasks by number; note numbers that stand twice and targets that are not known.

    Parameters
    ----------
    frame : polars.DataFrame
        Columns as in :data:`zxsim.schema.report_columns.TASK_COLUMNS`, and those that pass through.
    """
    number = frame["number"]
    table.note(faults, number.is_duplicated() & number.is_not_null(), "task_doubled", "number")
    known = sorted(scenario.target)
    for row, cell in enumerate(frame["target"]):
        for name in listed(cell):
            if name not in scenario.target:
                faults.add(table.message("unknown_target", row, "target", **unknown_fields(name, known)))
    tidy = [
        pl.Series(name, [SEPARATOR.join(listed(cell)) or None for cell in frame[name]], pl.String)
        for name in ("units", "target")
    ]
    return frame.with_columns(tidy).sort("number")
