"""Damaged official sheets: each becomes a scenario that loads or is refused in words; never half a folder."""

import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.proof.fuzz import command
from tests.proof.mutations import flip_bytes
from tests.sheets import imitations
from tests.sheets.imitations import Cell, Drawn, Imitation
from zxsim.errors import ExitCode

IMITATIONS = [found for found in vars(imitations).values() if isinstance(found, Imitation)]

CELLS: Sequence[Cell] = (
    *("", 0, -5, 1e15, "约30万元", "合计", "小计", "１２３", "=SUM(A1:A9)", "110101199003074514", "x" * 3000),
    *("2024年", "第一批", "<b>村</b>", "；", "张三,李四", "/", "-", "2099", "甲村、乙村", True),
)
"""What a cell becomes."""


def sheet_case(number: int, work: Path) -> str | None:
    """Damage a sheet and import it; say what is wrong with what happened."""
    draw = random.Random(number)  # noqa: S311 (cases to try, no secrets)
    here = work / f"sheet-{number}"
    here.mkdir()
    imitation = IMITATIONS[number % len(IMITATIONS)]
    damaged = replace(imitation, sheets=[_damaged(sheet, draw) for sheet in imitation.sheets])
    path = damaged.draw(here)
    if draw.random() < 0.2:
        path.write_bytes(flip_bytes(path.read_bytes(), draw))
    code, said, errors = command("import", str(path), "--to", str(here / "made"), *imitation.arguments)
    fault = _fault(code, said, errors, here / "made")
    shutil.rmtree(here)
    return f"{fault} [{imitation.name}]" if fault else None


def _fault(code: int, said: dict[str, object], errors: str, made: Path) -> str | None:
    if code == ExitCode.OK:
        code, said, errors = command("validate", str(made))
        # What a sheet asks for may be impossible; it must be possible to load it.
        return None if code in (ExitCode.OK, ExitCode.CONFLICT) else f"made, but exit {code}: {said} {errors}"
    if code not in (ExitCode.USAGE, ExitCode.DATA) or not said.get("messages") or "Traceback" in errors:
        return f"exit {code}: {said} {errors}"
    return "a folder is left behind" if made.exists() else None


def _damaged(sheet: Drawn, draw: random.Random) -> Drawn:
    """Change cells, rows and columns; merged cells stay where they are only if no row moved."""
    rows, merged = [list(row) for row in sheet.rows], sheet.merged
    for _ in range(draw.choice([1, 1, 2, 4])):
        kind = draw.randrange(6)
        row = draw.choice(rows)
        if kind < 3 and row:
            row[draw.randrange(len(row))] = draw.choice(CELLS)
        elif kind == 3:
            merged = ()
            draw.shuffle(rows)
        elif kind == 4 and len(rows) > 1:
            merged = ()
            rows.remove(row)
        else:
            merged = ()
            column = draw.randrange(max(len(row), 1))
            rows = [[*each[:column], *each[column + 1 :]] for each in rows]
    return replace(sheet, rows=rows, merged=merged)
