"""Money that was promised before the plan: commitments.csv in the inputs of a run, where there is one."""

from decimal import Decimal
from pathlib import Path

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.errors import Message
from zxsim.verify.reading import guarded, lacks_columns, read, text_table

COMMITMENTS = "inputs/commitments.csv"
CELL = ("project_id", "place_id", "fund_id", "year")
"""What names an amount of a plan."""

_COLUMNS = ("project", "place", "fund", "year", "amount_wan")
_SCHEMA = dict.fromkeys(CELL, pl.String) | {"year": pl.Int64, "promised": pl.Int64}


def commitments_of(run: Path, findings: list[Message]) -> pl.DataFrame | None:
    """Read the commitments of a run: the columns of :data:`CELL` and ``promised`` in units.

    No rows where the run has no such file; ``None`` when the file makes no sense (noted).
    """
    if not (run / COMMITMENTS).exists():
        return pl.DataFrame(schema=_SCHEMA)
    table = read(run, COMMITMENTS, text_table, findings)
    if table is None or lacks_columns(table, _COLUMNS, COMMITMENTS, findings):
        return None
    return guarded(COMMITMENTS, "", lambda: _typed(table), findings)


def _typed(table: pl.DataFrame) -> pl.DataFrame:
    rows = [(*cell, int(year), _units(amount)) for *cell, year, amount in table.select(_COLUMNS).iter_rows()]
    typed = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    if typed.select(CELL).is_duplicated().any():
        raise ValueError("a commitment stands twice")
    return typed


def _units(text: str) -> int:
    units = Decimal(text) * UNITS_PER_WAN
    if units <= 0 or units != int(units):
        raise ValueError(f"amount_wan: {text}")
    return int(units)
