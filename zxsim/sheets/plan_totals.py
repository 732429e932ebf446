"""Totals between the rows of a plan (合计, 小计): left out of the sums, and held against them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from zxsim.core.messages import Faults
from zxsim.errors import Message
from zxsim.sheets.plan_headings import PlanTable
from zxsim.sheets.values import is_subtotal, is_total

Total = Literal["", "total", "subtotal"]
_WORDS: Mapping[str, Total] = {"total": "total", "grandtotal": "total", "subtotal": "subtotal"}
_NAMES = ("project_id", "project_name", "place_id", "place_name", "category")


@dataclass(frozen=True)
class Line:
    """A row with money (from 0): 万元, and whether it adds up others."""

    row: int
    total: Total
    wan: Decimal | None


def total_word(texts: Mapping[str, str]) -> Total:
    """Whether a row is a total, by the first of its cells that says anything.

    >>> total_word({"project_id": "合 计"}), total_word({"project_id": "", "category": "产业小计"})
    ('total', 'subtotal')
    """
    first = next((texts[name] for name in _NAMES if texts.get(name)), "")
    if is_total(first):
        return "total"
    return "subtotal" if is_subtotal(first) else _WORDS.get("".join(first.split()).casefold(), "")


def note_totals(lines: Sequence[Line], table: PlanTable, faults: Faults) -> None:
    """Note totals that are not the sum of the sheet's rows, and subtotals of neither side of theirs.

    A subtotal stands below its rows or above them: either will do.
    """
    whole = sum((line.wan or Decimal(0) for line in lines if not line.total), Decimal(0))
    marks = [-1, *(at for at, line in enumerate(lines) if line.total), len(lines)]
    for before, at, behind in zip(marks, marks[1:], marks[2:], strict=False):
        line = lines[at]
        if line.wan is None:
            continue
        sums = [whole] if line.total == "total" else [_sum(lines, before, at), _sum(lines, at, behind)]
        if line.wan not in sums:
            fields = {"given": f"{line.wan:f}", "expected": f"{sums[0]:f}"}
            where = table.address(line.row, "amount_wan")
            faults.add(Message("plan_total_differs", fields, table.grid.file, line.row + 1, where))


def _sum(lines: Sequence[Line], first: int, end: int) -> Decimal:
    return sum((line.wan or Decimal(0) for line in lines[first + 1 : end]), Decimal(0))
