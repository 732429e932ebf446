"""Solving a finished chain again with the rows of one clause and year changed.

The stages are solved in their order, each over the optimal face of those before it *for the changed rows*,
up to the first whose value changes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from zxsim.core.blocks import RowBlock, whole
from zxsim.core.layout import BoolArray, FundMoney, IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.program import Program
from zxsim.errors import ConflictError, InternalError, LimitError
from zxsim.optimize.blocks import BlockSolver, PartSolver
from zxsim.optimize.build import Model
from zxsim.optimize.clauses import Placed, changed, placed_blocks
from zxsim.optimize.concessions import loosened_blocks, most_steps
from zxsim.optimize.linked import linear_solver
from zxsim.optimize.objectives import TIERS
from zxsim.optimize.solution import TOLERANCE, ZERO, Face, SolverSettings, Status, hold
from zxsim.optimize.stages import Chain, Stages
from zxsim.rules.budget import KIND as BUDGET
from zxsim.schema.scenario import Scenario

NOT_MEASURED = ("order", "unique")
"""Stages that are no results: they only make the plan unique."""

AT_LIMIT_WAN = 0.01
CHANGED = 1e-6
"""Change of a stage, its costs scaled to 1, below which it counts as none."""


@dataclass(frozen=True, eq=False)
class ClauseYear:
    """All rows of a rule or budget in one year (0: the whole period): positions in block and programme.

    ``fund`` is the fund (or class of funds) of a budget: a year is the year of its money.
    """

    placed: Sequence[Placed]
    year: int
    fund: FundMoney | None = None

    @property
    def block(self) -> RowBlock:
        """Its first block: of a rule with several, they share all but the relation."""
        return self.placed[0].block

    @property
    def local(self) -> Sequence[IntArray]:
        """Rows of the year in each block; of a budget, all rows that the money of the year counts in."""
        return [np.flatnonzero(self._here(placed.block)) for placed in self.placed]

    def _here(self, block: RowBlock) -> BoolArray:
        if self.fund is None:
            return np.asarray(block.year == self.year)
        since = np.where(block.since > 0, block.since, block.year) - self.fund.carry_over
        here: BoolArray = (since <= self.year) & (self.year <= block.year)
        return here

    @property
    def at(self) -> IntArray:
        """Rows of the year in the programme."""
        pairs = zip(self.placed, self.local, strict=True)
        return np.concatenate([placed.rows[local] for placed, local in pairs])


@dataclass(frozen=True)
class Answered:
    """How one change ended: the stage that shows it and by how much it got better; or no plan, or a limit."""

    stage: str = ""
    better: float | None = 0.0
    mark: str = ""


@dataclass(eq=False)
class Prober:
    """Solves the stages of a finished chain again with some rows changed."""

    model: Model
    scenario: Scenario
    chain: Chain
    settings: SolverSettings
    _solver: PartSolver = field(init=False)
    _faces: list[Face] = field(init=False)
    """What each stage was solved over, then what the last one left free."""

    def __post_init__(self) -> None:
        self._solver = linear_solver(self.model.program, self.settings)
        self.stages = [name for name in self.chain.answers if name not in NOT_MEASURED]
        self._faces = [Face.of(self.model.program)]
        for name in self.stages:
            face = self._faces[-1].copy()
            for level in self.chain.answers[name].levels:
                hold(face, level.found)
            self._faces.append(face)

    def binding(self) -> list[ClauseYear]:
        """Clause-years with a row at its limit, earliest stage and largest |dual| first."""
        found = [one for one in self.clause_years() if self._at_limit(one)]
        return sorted(found, key=self._weight)

    def clause_years(self) -> Iterator[ClauseYear]:
        """Yield each rule or budget in each of its years."""
        of_rule: dict[tuple[str, str], list[Placed]] = {}
        for placed in placed_blocks(self.model):
            block = placed.block
            if block.kind == BUDGET or block.rule in self.scenario.rule:  # else a fact
                of_rule.setdefault((block.kind, block.rule), []).append(placed)
        for blocks in of_rule.values():
            for year in np.unique(np.concatenate([placed.block.year for placed in blocks])):
                yield ClauseYear(blocks, int(year), self._fund(blocks[0].block))

    def _fund(self, block: RowBlock) -> FundMoney | None:
        if block.kind != BUDGET:
            return None
        (fund,) = (fund for fund in self.model.layout.funds if fund.fund_id == block.rule)
        return fund

    def _at_limit(self, one: ClauseYear) -> bool:
        program, at = self.model.program, one.at
        value = self._row_values[at]
        slack = np.minimum(value - program.row_lower[at], program.row_upper[at] - value)
        return bool((slack <= AT_LIMIT_WAN).any())

    @property
    def _row_values(self) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        last = self.chain.answers["unique"].found
        return last.row_value

    def _weight(self, one: ClauseYear) -> tuple[int, float]:
        for place, name in enumerate(self.stages):
            for level in self.chain.answers[name].levels:
                size = float(np.abs(level.dual[one.at]).sum())
                if size > ZERO * level.size:
                    return place, -round(size / level.size, 6)
        return len(self.stages), 0.0

    def grid(self, one: ClauseYear) -> tuple[float, str, int, int]:
        """Size and unit of a grid step, and how many steps the clause can be loosened and tightened."""
        if one.fund is not None:
            held = one.fund.amount[self.model.layout.years == one.year]
            return 1 / UNITS_PER_WAN, "wan", 10**9, int(held[0])
        rule = self.scenario.rule[one.block.rule]
        size, unit = rule.grid
        return float(size), unit, most_steps(rule), most_steps(rule, -1)

    def moved(self, one: ClauseYear, steps: int) -> Program:
        """Return the programme with a clause loosened (or tightened) in one year."""
        block, fresh = one.block, list[RowBlock]()
        if block.kind == BUDGET:
            fresh = [replace(block, bound=whole([int(bound) + steps for bound in block.bound]))]
        else:
            rule = self.scenario.rule[block.rule]
            fresh = list(loosened_blocks(rule, steps, block.rule, self.model.layout))
        parts = zip(one.placed, fresh, one.local, strict=True)
        return changed(self.model.program, [old.changed_to(new, local) for old, new, local in parts])

    def answer(self, one: ClauseYear, steps: int) -> Answered:
        """Say which stage shows a change first, and by how much it gets better."""
        program = self.moved(one, steps)
        solver = self._solver
        if program.matrix is not self.model.program.matrix:
            solver = linear_solver(program, self.settings)
        try:
            return self._first_change(program, solver, one.at)
        except ConflictError:
            return Answered(better=None, mark="infeasible")
        except (LimitError, InternalError):
            return Answered(better=None, mark="limit")

    def _first_change(self, program: Program, solver: PartSolver, at: IntArray) -> Answered:
        """Hold the first stages that cannot get better as they are; solve them where they must give way."""
        held = self._unmoved(at)
        face = self._faces[held].copy()
        face.row_lower[at], face.row_upper[at] = program.row_lower[at], program.row_upper[at]
        if held == len(self.stages):
            if self._kept(program, solver, face):
                return Answered()
        else:
            stages = Stages(self.model, self.settings, face, program, solver)
            held += self._pin_kept(stages, self.stages[held:])
            try:
                return self._compared(stages, solver, self.stages[held:])
            except ConflictError:
                if not held:
                    raise
        whole = Stages(self.model, self.settings, program=program, solver=solver)
        return self._compared(whole, solver, self.stages)

    def _unmoved(self, at: IntArray) -> int:
        """How many of the first stages do not feel the rows: their duals there are 0.

        With such rows changed the duals are as good a bound as before, so that any plan on the old optimal
        face is best.
        """
        for place, name in enumerate(self.stages):
            for level in self.chain.answers[name].levels:
                if np.abs(level.found.dual[at]).max(initial=0) > TOLERANCE:
                    return place
        return len(self.stages)

    def _kept(self, program: Program, solver: PartSolver, face: Face) -> bool:
        """Whether a plan is left on a face: the old one, or any."""
        value = program.matrix @ self.chain.x
        if (value >= face.row_lower - TOLERANCE).all() and (value <= face.row_upper + TOLERANCE).all():
            return True
        solver.start_from(self.chain.answers[self.stages[-1]].found.basis)
        return solver.status(np.zeros(len(face.column_lower)), face) is Status.OPTIMAL

    def _pin_kept(self, stages: Stages, names: Sequence[str]) -> int:
        """Hold the first tiers that miss nothing, without a solve: what misses something is 0."""
        for place, name in enumerate(names):
            answer = self.chain.answers[name]
            if not name.startswith(TIERS) or answer.value > CHANGED * answer.size:
                return place
            short = answer.cost > 0
            stages.face.column_upper[short] = stages.face.column_lower[short]
        return len(names)

    def _compared(self, stages: Stages, solver: PartSolver, names: Sequence[str]) -> Answered:
        for name in names:
            before = self.chain.answers[name]
            solver.start_from(before.found.basis)
            if solver is self._solver and isinstance(solver, BlockSolver):
                solver.keep(self._faces[self.stages.index(name)], before.found)
            stages.minimise(name, before.cost)
            better = before.value - stages.answers[name].value
            if abs(better) > CHANGED * before.size + 1e-9 * abs(before.value):
                return Answered(name, better)
        return Answered()
