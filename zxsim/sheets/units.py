"""Amounts that are ten thousand times off: 元 read as 万元, or the other way round."""

import re
from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from zxsim.errors import Message
from zxsim.sheets.checks import Check
from zxsim.sheets.mapping import letter_index, letters_of
from zxsim.sheets.notes import Notes
from zxsim.sheets.record import SheetRecords, clean
from zxsim.sheets.rows import Kind

_READ = (Kind.PROJECT, Kind.CONTINUED)
_UNIT = re.compile("[元圆万亿]")
_LARGER, _SMALLER = 1_000, 5_000
_OUTLIER = 2_000
_FEWEST = 3
_TEN_THOUSAND = (Decimal(5_000), Decimal(20_000))
_MOST = 10


def note_mixed_units(read: SheetRecords, notes: Notes) -> None:
    """Note numbers without a unit that do not fit those with one in their column, and lone giants.

    Beside 248万元 a bare number is at fault where it would be a thousand times as much, or a five
    thousandth: no column of projects is so wide.
    """
    grid = read.sheet.grid
    for column, amounts in read.money.items():
        rows = [
            (line.row, grid.cells[line.row][column], amount)
            for line, amount in zip(read.lines, amounts, strict=True)
            if line.kind in _READ and amount > 0
        ]
        named = [amount for _, text, amount in rows if _UNIT.search(text)]
        usual = median(named) if named else None
        whole = median(amount for *_, amount in rows) if len(rows) >= _FEWEST else None
        for row, text, amount in rows:
            if _UNIT.search(text):
                continue
            if usual and (amount >= usual * _LARGER or amount * _SMALLER <= usual):
                fields = {"given": clean(text)[0], "usual": f"{usual.normalize():f}", **_units(read, column)}
                notes.fault("import_units_mixed", read.sheet, row, column, **fields)
            elif whole and amount >= whole * _OUTLIER:
                notes.cell("import_amount_outlier", read.sheet, row, column)


def _units(read: SheetRecords, column: int) -> dict[str, str]:
    """Unit of a column, its letters, and the option that says the other unit."""
    letters = letters_of(column)
    unit = read.sheet.mapping.units.get(letters, read.sheet.mapping.unit)
    return {"unit": unit, "letter": letters, "other": "yuan" if unit == "万元" else "wan"}


def units_off(read: SheetRecords, checks: Sequence[Check]) -> list[Message]:
    """Messages on the sheet's own sums that are ten thousand times what their parts add up to."""
    key = read.sheet.label
    return [
        Message(
            "import_unit_off",
            {
                "stated": f"{check.stated:f}",
                "found": f"{check.found:f}",
                "key": key,
                **_units(read, letter_index(re.sub(r"\d+$", "", check.where.rpartition("!")[2]))),
                "row": re.sub(r"^\D+", "", check.where.rpartition("!")[2]),
            },
            check.file,
            0,
            check.where,
        )
        for check in checks
        if _is_off(check)
    ][:_MOST]


def _is_off(check: Check) -> bool:
    if check.stated <= 0 or check.found <= 0:
        return False
    low, high = _TEN_THOUSAND
    return low <= max(check.stated / check.found, check.found / check.stated) <= high
