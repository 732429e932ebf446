"""Targets in the programme: rows of their form, and columns of what is missing that a tier minimises."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.core.program import Triplets
from zxsim.optimize.levels import LevelColumns
from zxsim.optimize.saturation import CountedColumns
from zxsim.optimize.targets import TargetRows

Ends = Sequence[tuple[float, IntArray]]
"""Sign and columns of what is missing or too much, −1 where a row has none."""


def add_target(columns: CountedColumns, rows: TargetRows) -> tuple[IntArray, FloatArray]:
    """Add the rows of a target; return its shortfall columns and what each counts in the tier.

    Where both sides are limited and the level is not one straight line, the sides are rows of their own.
    """
    apart = ~rows.level.simple[rows.cells.place] & (rows.needs_more and rows.needs_less)
    target = _TargetProgram(columns, rows, apart)
    short = target.ends("short", used=rows.needs_more)
    over = target.ends("over", used=rows.needs_less)
    everywhere = np.arange(len(rows.place))
    lower = rows.form.lower if rows.needs_more else -np.inf
    upper = rows.form.upper if rows.needs_less else np.inf
    target.add_rows(
        "target",
        everywhere,
        (np.full(len(apart), lower), np.where(apart, np.inf, upper)),
        [(1.0, short), (-1.0, np.where(apart, -1, over))],
        exact=rows.needs_more,
    )
    if apart.any():
        at = np.flatnonzero(apart)
        bounds = np.full(len(at), -np.inf), np.full(len(at), upper)
        target.add_rows("most", at, bounds, [(-1.0, over[at])], exact=False)
    found = np.concatenate([short, over])
    return found[found >= 0], np.tile(rows.weight, 2)[found >= 0]


class _TargetProgram:
    """One target and the columns of its level."""

    def __init__(self, columns: CountedColumns, rows: TargetRows, apart: BoolArray) -> None:
        self._columns, self._rows = columns, rows
        count = len(rows.level.places)
        unlimited, exact = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
        (exact if rows.needs_more else unlimited)[rows.cells.place] = True
        unlimited[rows.cells.place[apart]] = True
        unlimited[rows.form.other[rows.form.other >= 0]] = True
        self._level = LevelColumns(rows.level, columns, unlimited, exact)

    def ends(self, word: str, *, used: bool) -> IntArray:
        """Add a column to each row for what is missing or too much; −1 where that side has no limit."""
        count = len(self._rows.place)
        if not used:
            return np.full(count, -1, dtype=np.int64)
        labels = partial(self._labels, word, np.arange(count))
        return self._columns.builder.add_columns(np.zeros(count), np.full(count, np.inf), labels)

    def add_rows(
        self, word: str, at: IntArray, bounds: tuple[FloatArray, FloatArray], ends: Ends, *, exact: bool
    ) -> None:
        """Add the form of some rows of the target, divided by its scale."""
        rows, form, cells = self._rows, self._rows.form, self._rows.cells
        position, scale = np.arange(len(at)), form.scale[at]
        read = self._level.exact if exact else self._level.unlimited
        nonzeros = [read(position, cells.place[at], cells.year[at], form.plus[at] / scale)]
        other = np.flatnonzero(form.other[at] >= 0)
        taken = at[other]
        nonzeros.append(
            self._level.unlimited(
                other, form.other[taken], form.other_year[taken], -(form.minus / form.scale)[taken]
            )
        )
        for sign, column in ends:
            used = np.flatnonzero(column >= 0)
            nonzeros.append(Triplets(used, column[used], np.full(len(used), sign)))
        already = rows.form_without_plan[at]
        lower, upper = ((bound - already) / scale for bound in bounds)
        labels = partial(self._labels, word, at)
        self._columns.builder.add_rows(lower, upper, Triplets.joined(nonzeros), labels)

    def _labels(self, word: str, at: IntArray) -> list[str]:
        return [f"{word}({self._rows.label(self._columns.payments.layout, int(i))})" for i in at]
