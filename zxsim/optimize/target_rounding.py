"""Keeping targets within one unit while amounts are rounded to whole units.

The form of a target, as its lower limit sees it, is concave in the money: it lies below its tangent
everywhere. So the integer programme starts with the tangent at the vertex; where a rounded plan still
loses more than a unit, the tangent there is added and the programme is solved once more (Kelley 1960).
"""

import numpy as np
from scipy import sparse

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.optimize.payments import Payments
from zxsim.optimize.targets import TargetRows

Limits = tuple["sparse.csr_array", FloatArray, FloatArray]

MOST_TANGENTS = 1
"""Added at most to each target; then the plan is taken, and at worst its printed shortfall exceeds a unit.

Each one makes the integer programme harder: 249 cells took 0.1 s a solve with two and 7 s with four.
"""

SAME_WAN = 1e-9


class KeptTarget:
    """One target while some cells move.

    Parameters
    ----------
    vertex, base : float array (money columns,)
        万元 of the optimum, and of the whole amounts that moves are added to.
    cells : int array
        Positions of the money columns that move.
    """

    def __init__(
        self, rows: TargetRows, payments: Payments, vertex: FloatArray, base: FloatArray, cells: IntArray
    ) -> None:
        """Note what the vertex reaches or needs, less one unit."""
        self._rows, self._payments, self._cells = rows, payments, cells
        self._vertex = payments.amounts(vertex)
        self._base = payments.with_money(base, self._vertex)  # choices are made: only money moves
        self._near = [self._vertex]
        self._floor = np.minimum(rows.low_side(self._vertex), rows.form.lower) - rows.step
        self._top = np.maximum(rows.high_side(self._vertex), rows.form.upper) + rows.step
        self._size = np.where(rows.step > 0, rows.step, 1.0)

    def loses(self, plan: FloatArray) -> bool:
        """Whether a plan in 万元 loses more than a unit; if so, its tangent is added to the limits."""
        if not self._rows.needs_more or self._rows.level.simple.all() or len(self._near) > MOST_TANGENTS:
            return False
        paid = self._payments.with_money(plan, self._vertex)
        lost = self._rows.low_side(paid) < self._floor - 1e-6 * self._size
        if lost.any():
            self._near.append(paid)
        return bool(lost.any())

    def limits(self) -> list[Limits]:
        """Rows over the moving cells, in units of 0.01 万元."""
        limits = []
        if self._rows.needs_more:
            limits += [self._row(self._rows.low_side(near), near, near, low=True) for near in self._near]
        if self._rows.needs_less:
            limits.append(self._row(self._rows.high_side(self._vertex), self._vertex, None, low=False))
        return limits

    def _row(self, value: FloatArray, at: FloatArray, near: FloatArray | None, *, low: bool) -> Limits:
        """The line through ``value`` at given payments, over the moving cells."""
        moved = self._base - at
        cell = self._cell_of_payment()
        taken = np.flatnonzero((cell >= 0) | (np.abs(moved) > SAME_WAN))
        slopes = self._rows.slopes(taken, len(moved), near)
        free = np.full(len(value), np.inf)
        room = value + slopes @ moved
        lower, upper = (self._floor - room, free) if low else (-free, self._top - room)
        moving = np.flatnonzero(cell >= 0)
        pick = sparse.csr_array(
            (self._payments.scale[moving] / UNITS_PER_WAN, (moving, cell[moving])),
            shape=(len(moved), len(self._cells)),
        )
        scaled = sparse.diags_array(1 / self._size) @ slopes @ pick
        return sparse.csr_array(scaled), lower / self._size, upper / self._size

    def _cell_of_payment(self) -> IntArray:
        """Position of each payment among the moving cells, −1 where it does not move."""
        stands_for = self._payments.program_column
        width = max(int(stands_for.max(initial=0)), int(self._cells.max(initial=0))) + 1
        at = np.full(width, -1, dtype=np.int64)
        at[self._cells] = np.arange(len(self._cells))
        return at[stands_for]
