"""From an optimal vertex to whole units of 0.01 万元 that keep every hard rule exactly.

Values within 1e-6 of the grid are snapped; the others go up or down by a small integer programme
over the hard rules, budgets and costs, with targets and soft rules kept within one unit. Its
objective Σ g·|change| makes the choice unique. What a fund spent to the last cent stays spent to the
last cent where that is possible; where nothing fits, cells that lie between their bounds may move
further, then all cells, at last targets give way and cells go where they must, so that "not roundable"
is a proof. Only the blocks of the programme in which nothing fitted go on to the next attempt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from scipy import sparse

from zxsim.core.blocks import RowBlock, in_words
from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.rows import RuleRows, kept
from zxsim.errors import InternalError, LimitError, Message
from zxsim.optimize.apart import solve_apart
from zxsim.optimize.build import Model
from zxsim.optimize.implied import without_implied
from zxsim.optimize.objectives import unique_weights
from zxsim.optimize.solution import Face, IntegerLimits, IntegerSolution, SolverSettings, Status
from zxsim.optimize.solvers import solve_integer
from zxsim.optimize.target_rounding import KeptTarget
from zxsim.rules.budget import KIND as BUDGET

SNAP_WAN = 1e-6
MARGIN_UNITS = 2e-6
"""What a row is tightened by when the integer solver's own tolerance let it be broken."""

MOST_TIGHTENINGS = 3
ABOVE_HALF = 0.51
"""What half a unit counts as: up and down are equally far from it, which would leave the choice open."""

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


def _attempts(off: IntArray, between: IntArray, every: IntArray) -> Iterator[Attempt]:
    """From the smallest change to the last resort."""
    for spend_fully in (True, False):
        yield Attempt(off, 0, 1, spend_fully)
        yield Attempt(between, -1, 2, spend_fully)
        yield Attempt(every, -2, 2, spend_fully)
    yield Attempt(every, -2, 2, spend_fully=False, keep_targets=False)
    yield Attempt(every, -ANYWHERE, ANYWHERE, spend_fully=False, keep_targets=False)


def rounded(model: Model, x: FloatArray, settings: SolverSettings) -> IntArray:
    """Round a vertex to whole units.

    Parameters
    ----------
    x : float array (columns of the programme,)
        万元 of each money column, then all other columns; choices are made. The answer depends on nothing
        else: a degenerate vertex has many bases, and every solver stops at another one.

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
    open_cells = np.ones(len(layout), dtype=np.bool_)
    between = movable[_between(model, x)[movable]]
    for attempt in _attempts(np.flatnonzero(off), between, movable):
        tried = open_cells.copy()
        while tried[attempt.cells].any():
            within = replace(attempt, cells=attempt.cells[tried[attempt.cells]])
            plan, stuck = _Rounding(model, hard, units, nearest, within).solved(settings)
            if not len(stuck):
                nearest, open_cells = plan, open_cells & ~tried
                break
            block = model.blocks()
            tried &= ~np.isin(block, block[stuck])
        if not open_cells.any():
            return _kept(hard, layout, nearest)
    # Rounding down keeps every budget and cost, so what it breaks is a rule that is really in the way.
    down = np.maximum(np.floor(units + SNAP_WAN), 0).astype(np.int64)
    named = broken(hard, layout, down) or broken(hard, layout, nearest) or ["?"]
    raise LimitError([Message("not_roundable", {"rule": named[0]})])


def _between(model: Model, x: FloatArray) -> BoolArray:
    """Which money columns lie between their bounds: these are basic whatever basis a solver stopped at."""
    size = len(model.layout)
    lower, upper = model.program.column_lower[:size], model.program.column_upper[:size]
    strictly: BoolArray = np.minimum(x[:size] - lower, upper - x[:size]) > SNAP_WAN
    return strictly


def _kept(hard: Sequence[RowBlock], layout: Layout, units: IntArray) -> IntArray:
    """Return the plan after a last look at every hard rule."""
    slips = broken(hard, layout, units)
    if slips:
        raise InternalError([Message("rounding_slips", {"rule": slips[0]})])
    return units


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
        fraction = np.round(np.clip(self.units[self.cells] - self.base[self.cells], 0, 1), 7)
        self.fraction = np.where(fraction == 0.5, ABOVE_HALF, fraction)  # noqa: PLR2004 (a half)
        self.at = np.full(len(self.units), -1, dtype=np.int64)
        self.at[self.cells] = np.arange(len(self.cells))
        self.touched = [self._moving(block) for block in self.hard if isinstance(block, RuleRows)]
        self.soft = [
            self._moving(block)
            for block in self.model.rules
            if self.attempt.keep_targets and isinstance(block, RuleRows) and block.soft is not None
        ]
        vertex, base = self.units / UNITS_PER_WAN, self.base / UNITS_PER_WAN
        self.targets = [
            KeptTarget(rows, self.model.payments, vertex, base, self.cells)
            for rows in self.model.targets
            if self.attempt.keep_targets
        ]

    def solved(self, settings: SolverSettings) -> tuple[IntArray, IntArray]:
        """Solve until no target loses more than a unit.

        Returns
        -------
        (plan, stuck)
            Units of every money column, and the cells for which nothing fits; where there are any, the
            plan means nothing.
        """
        while True:
            plan, stuck = self._keeping_rules(settings)
            losing = [target.loses(plan / UNITS_PER_WAN) for target in self.targets if not len(stuck)]
            if not any(losing):
                return plan, stuck

    def _keeping_rules(self, settings: SolverSettings) -> tuple[IntArray, IntArray]:
        """Solve, check every rule in whole numbers, and tighten what the solver's tolerance let slip."""
        pieces = self._pieces()
        for tightening in range(MOST_TIGHTENINGS):
            matrix, lower, upper = self._rows(tightening * MARGIN_UNITS)
            solve = partial(_whole_moves, (matrix, lower, upper), pieces, settings)
            moved, stuck = solve_apart(matrix, solve)
            plan = self.base.copy()
            plan[self.cells] += moved.astype(np.int64)
            slips = [] if len(stuck) else broken(self.touched, self.model.layout, plan)
            if not slips:
                return plan, self.cells[stuck]
        raise InternalError([Message("rounding_slips", {"rule": slips[0]})])

    def _pieces(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Cost, least and most of each piece of g·|change|, shape *(pieces, cells)*.

        The step from floor to ceiling, and whole steps beyond on either side. The slopes −1,
        1 − 2·fraction, 1 rise, so the sum is convex and the pieces fill in order.
        """
        weight = unique_weights(self.model.layout.labels_at(self.cells))
        step = weight * (1 - 2 * self.fraction)
        zero, one = np.zeros(len(self.cells)), np.ones(len(self.cells))
        if (self.attempt.low, self.attempt.high) == (0, 1):
            return step[None, :], zero[None, :], one[None, :]
        committed = self.model.layout.committed[self.cells]
        down = np.maximum(self.attempt.low, committed - self.base[self.cells]).astype(float)
        return (
            np.stack([step, -weight, weight]),
            np.stack([zero, down, zero]),
            np.stack([one, zero, np.full(len(self.cells), float(self.attempt.high - 1))]),
        )

    def _moving(self, block: RuleRows) -> RuleRows:
        """Rows of a block with a moving cell: the others cannot change."""
        part = np.zeros(len(block), dtype=np.bool_)
        part[block.row[self.at[block.column] >= 0]] = True
        if block.averages is not None:
            part[block.averages.rows_with(self.at >= 0)] = True
        return kept(part, block)

    def _rows(self, margin: float) -> tuple["sparse.csr_array", FloatArray, FloatArray]:
        blocks = [self._hard(block, margin) for block in self.touched]
        blocks += [self._soft_rule(block) for block in self.soft]
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
        return block.in_units(in_words(block.bound) - in_words(block.left(self.base)))

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


def _whole_moves(
    limits: tuple["sparse.csr_array", FloatArray, FloatArray],
    pieces: tuple[FloatArray, FloatArray, FloatArray],
    settings: SolverSettings,
    columns: IntArray,
    rows: IntArray,
) -> IntegerSolution:
    """Solve for some cells and the rows that they stand in, to the end; the values are whole."""
    matrix, lower, upper = limits
    cost, least, most = (part[:, columns].ravel() for part in pieces)
    wide = sparse.csc_array(sparse.hstack([matrix[rows][:, columns]] * len(pieces[0])))
    face = without_implied(Face(least, most, lower[rows], upper[rows]), wide)
    found = solve_integer(cost, face, wide, settings, IntegerLimits(settings.nodes))
    if found.status is Status.LIMIT:
        raise LimitError([Message("limit_reached", {"stage": "rounding"})])
    return replace(found, x=np.rint(found.x) if found.status.has_solution else np.zeros(0))


def _touched(
    matrix: "sparse.csr_array", lower: FloatArray, upper: FloatArray
) -> tuple["sparse.csr_array", FloatArray, FloatArray]:
    """Leave out rows without a moving cell: they cannot change."""
    touched: BoolArray = np.diff(matrix.indptr) > 0
    return matrix[touched], lower[touched], upper[touched]
