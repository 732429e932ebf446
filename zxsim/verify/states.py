"""Check 5: whether each target is met, met but for less than one unit of money, or missed."""

from collections.abc import Sequence
from itertools import product

import polars as pl

from zxsim.errors import Message
from zxsim.verify.compare import RELATIVE_TOLERANCE
from zxsim.verify.findings import finding
from zxsim.verify.reading import lacks_columns
from zxsim.verify.relations import gap_of, planned_of
from zxsim.verify.steps import Range, Steps
from zxsim.verify.targets import KEYS, TARGETS, Row

MET, WITHIN_UNIT, MISSED, OUT_OF_REACH = "met", "met_within_unit", "missed", "out_of_reach"


def check_states(found: pl.DataFrame, rows: Sequence[Row], steps: Steps) -> list[Message]:
    """Compare the word of each row of targets.csv with its figures worked out anew.

    What a target lacks even with unlimited money (``unavoidable``) only a solver can tell; it is taken
    as given, and must agree with the word.
    """
    findings: list[Message] = []
    if lacks_columns(found, ["state", "unavoidable", *KEYS], TARGETS.file, findings):
        return findings
    expected = {row.key: row for row in rows}
    cells = found.select("line", "state", "unavoidable", *KEYS)
    for line, state, unavoidable, *key in cells.iter_rows():
        row = expected.get(tuple(key))
        if row is None:
            continue
        missed = OUT_OF_REACH if unavoidable else MISSED
        allowed = _states(row, _one_unit(row, steps), missed)
        if state not in allowed:
            wanted, address = " | ".join(allowed), f"{' '.join(key)} state"
            findings.append(
                finding("verify_figure", wanted, state, file=TARGETS.file, address=address, line=line)
            )
    return findings


def _states(row: Row, one_unit: Range, missed: str) -> Sequence[str]:
    """Words that fit a row; several where it lies at a border, by ``nothing`` or within ``one_unit``."""
    gap = gap_of(row.target, row.planned)
    nothing = RELATIVE_TOLERANCE * max(1.0, abs(row.planned or 0.0))
    fits = {
        MET: gap <= nothing,
        WITHIN_UNIT: -nothing <= gap <= one_unit[1] + nothing,
        missed: gap > max(one_unit[0], nothing),
    }
    return [word for word, right in fits.items() if right]


def _one_unit(row: Row, steps: Steps) -> Range:
    """Least and most by which 0.01 万元 can change what a row holds against its value.

    The least is a change of its own level alone, the most one of all the levels that it compares.
    """
    if row.planned is None:
        return 0.0, 0.0
    ranges = [steps.of(row.target["indicator"], *cell) for cell in row.cells]
    own = [ranges[0][0], *([0.0] * (len(ranges) - 1))]
    corners = product(*[(-most, most) for _, most in ranges])
    return _change(row, row.planned, own), max(_change(row, row.planned, corner) for corner in corners)


def _change(row: Row, planned: float, steps: Sequence[float]) -> float:
    levels = [level + step for level, step in zip(row.levels, steps, strict=True)]
    changed = planned_of(row.target, row.cells, levels)
    return 0.0 if changed is None else abs(changed - planned)
