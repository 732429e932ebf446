"""What is to be told of an import: faults, what was assumed, what was not understood, each with cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from zxsim.errors import DataError, Message
from zxsim.sheets.rows import Sheet

MOST_FAULTS = 50
_MOST_CELLS = 31

ASSUMED = frozenset(
    {
        "import_category_guessed",
        "import_category_other",
        "import_shares_equal",
        "import_places_partly",
        "import_places_paired",
        "import_fill_down",
        "import_rows_joined",
        "import_projects_joined",
        "import_ids_numbered",
        "import_money_over_years",
        "import_window_clipped",
        "import_cost_from_funds",
        "import_illustrative",
        "import_column_part",
        "import_fund_guessed",
    }
)
"""Codes of what was assumed; every other one is something that a planner should look at."""


@dataclass(eq=False)
class Notes:
    """Collects while reading; cells of the same kind become one message."""

    faults: list[tuple[int, int, int, Message]] = field(default_factory=list)
    cells: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    def fault(self, code: str, sheet: Sheet, row: int, column: int, **fields: object) -> None:
        """Note a cell that is at fault."""
        message = Message(code, {"row": row + 1, **fields}, sheet.grid.file, 0, sheet.where(row, column))
        self.faults.append((len(self.faults), row, column, message))

    def cell(self, code: str, sheet: Sheet, row: int, column: int) -> None:
        """Note a cell of which something was assumed, or that was not understood."""
        self.cells.setdefault((code, sheet.grid.file, sheet.grid.name), []).append(
            sheet.grid.address(row, column)
        )

    def raise_any(self) -> None:
        """Raise all faults at once, in the order of rows.

        Raises
        ------
        DataError
            With at most :data:`MOST_FAULTS` cells and how many more there are.
        """
        if not self.faults:
            return
        shown = [message for *_, message in self.faults[:MOST_FAULTS]]
        if len(self.faults) > MOST_FAULTS:
            shown.append(Message("import_more_faults", {"count": len(self.faults) - MOST_FAULTS}))
        raise DataError(shown)

    def told(self) -> list[Message]:
        """Everything noted beside faults, one message a kind and sheet."""
        return [*self.messages, *(_told(*key, cells) for key, cells in self.cells.items())]

    def taken(self, code: str) -> list[Message]:
        """Take out what was noted of one kind."""
        keys = [key for key in self.cells if key[0] == code]
        return [_told(*key, self.cells.pop(key)) for key in keys]


def _told(code: str, file: str, name: str, cells: Sequence[str]) -> Message:
    return Message(code, {"count": len(cells), "cells": cells[:_MOST_CELLS]}, file, 0, name)


def assumed(messages: Sequence[Message]) -> list[Message]:
    """Return what was assumed."""
    return [message for message in messages if message.code in ASSUMED]
