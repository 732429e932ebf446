"""The only door to python-calamine, and a process of its own around it.

An old .xls says itself how much room its cells take and may say anything; reading it here ends at worst
this process: :func:`opened` starts it, hands the file in and takes texts back. Formulas are not evaluated:
the value that was stored with a formula counts.
"""

import datetime as dt
import gc
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from zxsim.errors import DataError, Message
from zxsim.sheets import limits
from zxsim.sheets.sheetxml import too_large
from zxsim.sheets.text import normalised, number_text

_SECONDS_OF_DAY = 86_400
Opened = dict[str, Any]


def opened(file: str, raw: bytes, sheet: str | None, *, names_only: bool = False) -> Opened:
    """Read a workbook in a process of its own.

    Returns
    -------
    dict
        ``sheets``: [name, whether shown] of each worksheet; ``grids``: {name, cells, merged} of the named
        one, or of all that are shown.

    Raises
    ------
    DataError
        Damaged, too large, or too slow.
    """
    asked = json.dumps({"sheet": sheet, "names_only": names_only}).encode() + b"\n"
    path = os.pathsep.join(filter(None, [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH")]))
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "zxsim.sheets.workbook"],
            input=asked + raw,
            capture_output=True,
            timeout=limits.MOST_SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": path},
        )
    except subprocess.TimeoutExpired:
        raise DataError([Message("sheet_too_slow", {"most": limits.MOST_SECONDS}, file)]) from None
    if done.returncode != 0:
        raise DataError([Message("sheet_damaged", {}, file)])
    answer: Opened = json.loads(done.stdout)
    if "too_large" in answer:
        raise too_large(file, *answer["too_large"])
    return answer


def _answer(raw: bytes, sheet: str | None, *, names_only: bool) -> Opened:
    """Read a workbook here."""
    import python_calamine as calamine  # noqa: PLC0415 only this process needs it

    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
    sheets = [
        (one.name, one.visible is calamine.SheetVisibleEnum.Visible)
        for one in book.sheets_metadata
        if one.typ is calamine.SheetTypeEnum.WorkSheet
    ]
    grids: list[Opened] = []
    left = limits.MOST_CELLS
    for name, visible in sheets if not names_only else []:
        if name == sheet if sheet is not None else visible:
            found = book.get_sheet_by_name(name)
            row, column = found.end or (-1, -1)
            left -= (row + 1) * (column + 1)
            if left < 0 or row >= limits.MOST_ROWS or column >= limits.MOST_COLUMNS:
                return {"too_large": (name, row, column)}
            cells = [[cell_text(cell) for cell in line] for line in found.to_python(skip_empty_area=False)]
            merged = [(*first, *last) for first, last in found.merged_cell_ranges or []]
            grids.append({"name": name, "cells": cells, "merged": merged[: limits.MOST_MERGED + 1]})
    return {"sheets": sheets, "grids": grids}


def cell_text(cell: object) -> str:
    """Write a cell's value as :class:`zxsim.sheets.grid.Grid` holds it.

    >>> cell_text(True), cell_text(30.0), cell_text(dt.date(2024, 3, 1))
    ('TRUE', '30', '2024-03-01')
    >>> cell_text(dt.datetime(2024, 3, 1, 8, 30)), cell_text(dt.timedelta(days=1.5))
    ('2024-03-01 08:30:00', '36:00:00')
    """
    if isinstance(cell, str):
        return normalised(cell) if cell else ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return number_text(cell)
    if isinstance(cell, dt.timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return str(cell)


def _hold_memory() -> None:
    """Hold this process to its memory, where the system can; what it inherited may be less."""
    try:
        import resource  # noqa: PLC0415 there is none on Windows
    except ImportError:
        return
    inherited = [most for most in resource.getrlimit(resource.RLIMIT_AS) if most != resource.RLIM_INFINITY]
    most = min([limits.MOST_MEMORY, *inherited])
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _main() -> None:
    """Answer one request: a line of JSON, then the file; the answer is JSON."""
    _hold_memory()
    gc.disable()
    asked = json.loads(sys.stdin.buffer.readline())
    answer = _answer(sys.stdin.buffer.read(), asked["sheet"], names_only=asked["names_only"])
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    _main()
