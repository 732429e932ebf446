"""From an optimal vertex to whole units of 0.01 万元 that keep every hard rule exactly.

Values within 1e-6 of the grid are snapped; the others go up or down by a small integer programme
over the hard rules, budgets and costs, with targets and soft rules kept within one unit. Its
objective Σ g·|change| makes the choice unique. What a fund spent to the last cent stays spent to the
last cent where that is possible; where nothing fits, basic cells may move further, then all cells, at
last targets give way and cells go where they must, so that "not roundable" is a proof.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from zxsim.core.blocks import RowBlock
from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.rows import RuleRows
from zxsim.errors import InternalError, LimitError, Message
from zxsim.optimize.build import Model
from zxsim.optimize.highs import Face, IntegerLimits, SolverSettings, Status
from zxsim.optimize.objectives import unique_weights
from zxsim.optimize.solvers import solve_integer
from zxsim.optimize.target_rounding import KeptTarget
from zxsim.rules.budget import KIND as BUDGET

SNAP_WAN = 1e-6
MARGIN_UNITS = 2e-6
"""What a row is tightened by when the integer solver's own tolerance let it be broken."""

MOST_TIGHTENINGS = 3
ANYWHERE = 10**9
"""Units that a cell may move when nothing nearer keeps the hard rules: only the rules limit it."""


@dataclass(frozen=True)
class Attempt:
    """Which ``cells`` may move from their floor by ``low`` … ``high`` units.

    ``spend_fully`` keeps the budgets that the vertex uses up as equalities; ``keep_targets`` keeps
    targets and soft rules within one unit.
    """

    cells: IntArray
    low: int
    high: int
    spend_fully: bool = True
    keep_targets: bool = True


def _attempts(off: IntArray, basic: IntArray, every: IntArray) -> Iterator[Attempt]:
    """From the smallest change to the last resort."""
    for spend_fully in (True, False):
        yield Attempt(off, 0, 1, spend_fully)
        yield Attempt(basic, -1, 2, spend_fully)
        yield Attempt(every, -2, 2, spend_fully)
    yield Attempt(every, -2, 2, spend_fully=False, keep_targets=False)
    yield Attempt(every, -ANYWHERE, ANYWHERE, spend_fully=False, keep_targets=False)


def rounded(model: Model, x: FloatArray, basic: IntArray, settings: SolverSettings) -> IntArray:
    """Round a vertex to whole units.

    Parameters
    ----------
    x : float array (columns of the programme,)
        万元 of each money column, then all other columns; choices are made.
    basic : int array
        Positions of the basic money columns.

    Raises
    ------
    LimitError
        No whole amounts keep all hard rules; a rule in the way is named.
    """
    layout = model.layout
    hard = hard_blocks(model, x)
    units = x[: len(layout)] * UNITS_PER_WAN
    nearest = np.maximum(np.rint(units), 0).astype(np.int64)
    off = np.abs(units - nearest) > SNAP_WAN * UNITS_PER_WAN
    if not off.any() and not broken(hard, layout, nearest):
        return nearest
    movable = np.flatnonzero(~layout.decided)
    for attempt in _attempts(np.flatnonzero(off), np.intersect1d(basic, movable), movable):
        if len(attempt.cells):
            found = _Rounding(model, hard, units, nearest, attempt).solved(settings)
            if found is not None:
                return found
    # Rounding down keeps every budget and cost, so what it breaks is a rule that is really in the way.
    down = np.maximum(np.floor(units + SNAP_WAN), 0).astype(np.int64)
    named = broken(hard, layout, down) or broken(hard, layout, nearest) or ["?"]
    raise LimitError([Message("not_roundable", {"rule": named[0]})])


def broken(hard: Sequence[RowBlock], layout: Layout, units: IntArray) -> list[str]:
    """Names of the hard rows that a plan in whole units breaks."""
    return [block.label(layout, int(i)) for block in hard for i in np.flatnonzero(block.slack(units) < 0)]


def hard_blocks(model: Model, x: FloatArray) -> list[RowBlock]:
    """Blocks whose rows every plan must keep, once the choices are those of a point ``x``."""
    return [block for block in (*model.rules, *model.decided(x)) if block.soft is None]


@dataclass(eq=False)
class _Rounding:
    """One integer programme: the cells of an attempt move, all others stay where they are."""

    model: Model
    hard: Sequence[RowBlock]
    units: FloatArray
    nearest: IntArray
    attempt: Attempt

    def __post_init__(self) -> None:
        self.cells = self.attempt.cells
        self.base = self.nearest.copy()
        self.base[self.cells] = np.maximum(np.floor(self.units[self.cells] + SNAP_WAN), 0).astype(np.int64)
        self.fraction = np.round(np.clip(self.units[self.cells] - self.base[self.cells], 0, 1), 7)
        self.at = np.full(len(self.units), -1, dtype=np.int64)
        self.at[self.cells] = np.arange(len(self.cells))
        vertex, base = self.units / UNITS_PER_WAN, self.base / UNITS_PER_WAN
        self.targets = [
            KeptTarget(rows, self.model.payments, vertex, base, self.cells)
            for rows in self.model.targets
            if self.attempt.keep_targets
        ]

    def solved(self, settings: SolverSettings) -> IntArray | None:
        """Solve until no target loses more than a unit; ``None`` where that cannot be."""
        while True:
            plan = self._keeping_rules(settings)
            if plan is None:
                return None
            losing = [target.loses(plan / UNITS_PER_WAN) for target in self.targets]
            if not any(losing):
                return plan

    def _keeping_rules(self, settings: SolverSettings) -> IntArray | None:
        """Solve, check every rule in whole numbers, and tighten what the solver's tolerance let slip."""
        count = len(self.cells)
        cost, lower, upper = self._columns()
        for tightening in range(MOST_TIGHTENINGS):
            matrix, row_lower, row_upper = self._rows(tightening * MARGIN_UNITS)
            wide = sparse.csc_array(sparse.hstack([matrix] * (len(cost) // count)))
            face = Face(lower, upper, row_lower, row_upper)
            found = solve_integer(cost, face, wide, settings, IntegerLimits(settings.nodes))
            if found.status is Status.LIMIT:
                raise LimitError([Message("limit_reached", {"stage": "rounding"})])
            if not found.status.has_solution:
                return None
            moved = np.rint(found.x).astype(np.int64).reshape(-1, count).sum(axis=0)
            plan = self.base.copy()
            plan[self.cells] += moved
            slips = broken(self.hard, self.model.layout, plan)
            if not slips:
                return plan
        raise InternalError([Message("rounding_slips", {"rule": slips[0]})])

    def _columns(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Pieces of g·|change|: the step from floor to ceiling, and whole steps beyond on either side.

        The slopes −1, 1 − 2·fraction, 1 rise, so the sum is convex and the pieces fill in order.
        """
        labels = self.model.layout.labels
        weight = unique_weights([labels[j] for j in self.cells])
        step = weight * (1 - 2 * self.fraction)
        zero, one = np.zeros(len(self.cells)), np.ones(len(self.cells))
        if (self.attempt.low, self.attempt.high) == (0, 1):
            return step, zero, one
        committed = self.model.layout.committed[self.cells]
        down = np.maximum(self.attempt.low, committed - self.base[self.cells]).astype(float)
        return (
            np.concatenate([step, -weight, weight]),
            np.concatenate([zero, down, zero]),
            np.concatenate([one, zero, np.full(len(self.cells), float(self.attempt.high - 1))]),
        )

    def _rows(self, margin: float) -> tuple["sparse.csr_array", FloatArray, FloatArray]:
        blocks = [self._hard(block, margin) for block in self.hard if isinstance(block, RuleRows)]
        if self.attempt.keep_targets:
            soft = [b for b in self.model.rules if isinstance(b, RuleRows) and b.soft is not None]
            blocks += [self._soft_rule(block) for block in soft]
        blocks += [_touched(*limit) for target in self.targets for limit in target.limits()]
        kept = [(matrix, lower, upper) for matrix, lower, upper in blocks if matrix.shape[0]]
        if not kept:
            return sparse.csr_array((0, len(self.cells))), np.zeros(0), np.zeros(0)
        matrices, lowers, uppers = zip(*kept, strict=True)
        return sparse.vstack(matrices, format="csr"), np.concatenate(lowers), np.concatenate(uppers)

    def _hard(self, block: RuleRows, margin: float) -> tuple["sparse.csr_array", FloatArray, FloatArray]:
        """Rows of a rule over the moving cells; the rest of each row is a constant, taken exactly."""
        room, matrix = self._room(block), self._matrix(block)
        inexact = np.where(block.norm.astype(float) > 1, margin, 0)
        free = np.full(len(block), np.inf)
        lower = -free if block.relation == "<=" else room + inexact
        upper = free if block.relation == ">=" else room - inexact
        if self.attempt.spend_fully and block.kind == BUDGET:
            spent = np.bincount(block.row, self.units[block.column], len(block))
            used_up = np.abs(spent - block.bound.astype(float)) < SNAP_WAN * UNITS_PER_WAN
            lower[used_up] = upper[used_up]
        return _touched(matrix, lower, upper)

    def _room(self, block: RuleRows) -> FloatArray:
        """Units between each row's bound and what the cells give before they move."""
        left = block.left(self.base)
        return np.array(
            [float(b - have) / float(n) for b, have, n in zip(block.bound, left, block.norm, strict=True)]
        ).reshape(-1)

    def _matrix(self, block: RuleRows) -> "sparse.csr_array":
        """Coefficients of a block on the moving cells, with sums of groups written out over these alone."""
        norm, shape = block.norm.astype(float), (len(block), len(self.cells))
        inside = self.at[block.column] >= 0
        matrix = sparse.csr_array(
            (block.coefficient[inside], (block.row[inside], self.at[block.column[inside]])), shape=shape
        ).astype(float)
        if block.averages is not None:
            matrix = matrix + block.averages.written_out(self.at, shape)
        return sparse.csr_array(sparse.diags_array(1 / norm) @ matrix)

    def _soft_rule(self, block: RuleRows) -> tuple["sparse.csr_array", FloatArray, FloatArray]:
        """Keep a soft row within one unit of its bound, or of what the vertex reaches where that is less."""
        room, matrix = self._room(block), self._matrix(block)
        step = np.ones(len(block))
        np.maximum.at(step, block.row, np.abs(block.program_values()))
        reached = matrix @ (self.units[self.cells] - self.base[self.cells])
        free = np.full(len(block), np.inf)
        if block.relation == ">=":
            return _touched(matrix, np.minimum(room, reached) - step, free)
        return _touched(matrix, -free, np.maximum(room, reached) + step)


def _touched(
    matrix: "sparse.csr_array", lower: FloatArray, upper: FloatArray
) -> tuple["sparse.csr_array", FloatArray, FloatArray]:
    """Leave out rows without a moving cell: they cannot change."""
    touched: BoolArray = np.diff(matrix.indptr) > 0
    return matrix[touched], lower[touched], upper[touched]
