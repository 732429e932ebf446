"""clauses.csv: every clause of the policy paper, and what carries it in the scenario, or why nothing does.

The file is optional. With it a clause that the scenario names must be listed, and what a row points at must
exist; a figure that differs from the paper's, or a record that is switched off, is told as a warning, because
a what-if is made to differ.
"""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from zxsim.core.messages import Faults, nearest
from zxsim.errors import Message
from zxsim.schema.clause_columns import CLAUSE_COLUMNS, CLAUSES, WITHOUT_KEY, agrees, numbers_in
from zxsim.schema.clause_keys import (
    Cells,
    found_at,
    named_in,
    named_in_cells,
    number_of,
    record_of,
    records_of,
)
from zxsim.schema.columns import listed
from zxsim.schema.scenario import Scenario
from zxsim.schema.source import Source
from zxsim.schema.tables import Table, read_table, typed


def clauses_of(
    folder: Path, scenario: Scenario, tables: Cells, source: Source, faults: Faults, warnings: list[Message]
) -> pl.DataFrame | None:
    """Read clauses.csv where there is one, and check it against the resolved scenario.

    Returns
    -------
    polars.DataFrame or None
        The columns of :data:`CLAUSE_COLUMNS`, in the order of the file.
    """
    path = folder / CLAUSES
    table = read_table(path, "clause", source, faults) if path.exists() else None
    if table is None:
        return None
    found = Faults()
    frame = typed(table, CLAUSE_COLUMNS, found)
    table.note(
        found,
        frame["clause"].is_duplicated() & ~frame["clause"].is_first_distinct(),
        "clause_doubled",
        "clause",
    )
    if not len(found):
        _Check(table, frame, scenario, tables, found, warnings).rows()
    known = frame["clause"].drop_nulls().to_list()
    for at, clause in [*named_in((), scenario), *named_in_cells(source)]:
        if clause not in known:
            found.unknown("clause_not_listed", clause, known, source.message("", at))
    for message in found:
        faults.add(message)
    return frame


class _Check:
    """Rows of the file against the scenario."""

    def __init__(
        self,
        table: Table,
        frame: pl.DataFrame,
        scenario: Scenario,
        tables: Cells,
        faults: Faults,
        warnings: list[Message],
    ) -> None:
        self._table, self._frame = table, frame
        self._scenario, self._tables = scenario, tables
        self._faults, self._warnings = faults, warnings

    def rows(self) -> None:
        """Check every row."""
        for row, cells in enumerate(self._frame.iter_rows(named=True)):
            keys = listed(cells["where"])
            if not keys and cells["carried_as"] not in WITHOUT_KEY:
                self._fault("clause_without_key", row, "where", given=cells["carried_as"])
            for key in keys:
                self._key(row, key)
            self._figures(row, cells)

    def _key(self, row: int, key: str) -> None:
        value = found_at(key, self._scenario, self._tables)
        if value is None:
            fields = {"given": key, "nearest": nearest(key, records_of(self._scenario))}
            self._fault("clause_key_unknown", row, "where", **fields)
        elif getattr(record_of(key, self._scenario), "enabled", True) is False:
            self._warnings.append(self._table.message("clause_switched_off", row, "where", key=key))

    def _figures(self, row: int, cells: Mapping[str, str]) -> None:
        """Compare the numbers that the row names with the paper's."""
        keys, stated = listed(cells["figures"]), numbers_in(cells["value"])
        if not keys:
            return
        if not stated or (len(stated) > 1 and len(keys) != len(stated)):
            self._fault("clause_value_no_number", row, "value", given=str(cells["value"] or ""))
            return
        for key, asked in zip(keys, stated * (len(keys) // len(stated)), strict=True):
            found = number_of(found_at(key, self._scenario, self._tables))
            if found is None:
                self._fault("clause_figure_unknown", row, "figures", given=key)
            elif not agrees(found, asked, cells["conversion"]):
                fields = {"key": key, "found": f"{found:f}", "stated": f"{asked:f}"}
                code = f"clause_figure_{cells['conversion']}"
                self._warnings.append(self._table.message(code, row, "figures", **fields))

    def _fault(self, code: str, row: int, column: str, **fields: object) -> None:
        self._faults.add(self._table.message(code, row, column, **fields))
