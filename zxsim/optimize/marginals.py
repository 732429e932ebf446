"""Marginal values: what the plan gains when a clause gives way a step in a year, and loses when it tightens.

Both sides are found by solving again, never read off duals, which are not unique where an optimum is
degenerate. All rows of a clause and year move together: money by 1 万元 a row, shares by one point; more
money in a fund does not count into the base of shares. The stages are solved in their order, each over the
optimal face of those before it *for the changed rows*, up to the first whose value changes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from zxsim.core.blocks import RowBlock, whole
from zxsim.core.layout import IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.program import Program
from zxsim.errors import ConflictError, InternalError, LimitError
from zxsim.optimize.build import Model
from zxsim.optimize.clauses import Placed, changed, placed_blocks
from zxsim.optimize.concessions import loosened_blocks, most_steps
from zxsim.optimize.highs import LinearSolver, SolverSettings
from zxsim.optimize.objectives import TIERS
from zxsim.optimize.stages import ZERO, Chain, Stages
from zxsim.rules.budget import KIND as BUDGET
from zxsim.schema.scenario import Scenario

MOST_CLAUSE_YEARS = 20
NOT_MEASURED = ("order", "unique")
"""Stages that are no results: they only make the plan unique."""

NOMINAL_STEPS: Mapping[str, int] = {"wan": 100, "share": 100, "yuan": 100, "count": 1}
"""Steps of the grid in one step of a marginal value: 1 万元, one point, 1 元, one."""

AT_LIMIT_WAN = 0.01
CHANGED = 1e-6
"""Change of a stage, its costs scaled to 1, below which it counts as none."""


@dataclass(frozen=True, eq=False)
class ClauseYear:
    """All rows of a rule or budget in one year (0: the whole period): positions in block and programme."""

    placed: Sequence[Placed]
    year: int

    @property
    def block(self) -> RowBlock:
        """Its first block: of a rule with several, they share all but the relation."""
        return self.placed[0].block

    @property
    def local(self) -> Sequence[IntArray]:
        """Rows of the year in each block."""
        return [np.flatnonzero(placed.block.year == self.year) for placed in self.placed]

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


@dataclass(frozen=True)
class Marginal:
    """One clause and year. ``step`` is in ``unit``; gains and losses are in the unit of their stage.

    ``mark`` is ``infeasible`` where no plan keeps the tightened clause, ``limit`` where it cannot be moved or
    the solver came to a limit. ``until`` and ``until_tight`` are in ``unit``, ``None`` where not sought.
    """

    clause: str
    rule: str
    kind: str
    year: int | None
    step: float
    unit: str
    gain: float | None
    until: float | None
    loss: float | None
    until_tight: float | None
    measured_in: str
    measured_in_tight: str
    mark: str


@dataclass(eq=False)
class Prober:
    """Solves the stages of a finished chain again with some rows changed."""

    model: Model
    scenario: Scenario
    chain: Chain
    settings: SolverSettings
    _solver: LinearSolver = field(init=False)

    def __post_init__(self) -> None:
        self._solver = LinearSolver(self.model.program, self.settings)
        self.stages = [name for name in self.chain.answers if name not in NOT_MEASURED]

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
                yield ClauseYear(blocks, int(year))

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
            answer = self.chain.answers[name]
            size = float(np.abs(answer.dual[one.at]).sum())
            if size > ZERO * answer.size:
                return place, -round(size / answer.size, 6)
        return len(self.stages), 0.0

    def grid(self, one: ClauseYear) -> tuple[float, str, int, int]:
        """Size and unit of a grid step, and how many steps the clause can be loosened and tightened."""
        if one.block.kind == BUDGET:
            least = int(min(one.block.bound[one.local[0]]))
            return 1 / UNITS_PER_WAN, "wan", 10**9, least
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
            solver = LinearSolver(program, self.settings)
        try:
            return self._first_change(program, solver, loosened=steps > 0)
        except ConflictError:
            return Answered(better=None, mark="infeasible")
        except (LimitError, InternalError):
            return Answered(better=None, mark="limit")

    def _first_change(self, program: Program, solver: LinearSolver, *, loosened: bool) -> Answered:
        stages = Stages(self.model, self.settings, program=program, solver=solver)
        pinned = self._pin_kept(stages)
        try:
            return self._compared(stages, solver, [name for name in self.stages if name not in pinned])
        except ConflictError:
            if not pinned or loosened:
                raise
        return self._compared(
            Stages(self.model, self.settings, program=program, solver=solver), solver, self.stages
        )

    def _pin_kept(self, stages: Stages) -> list[str]:
        """Hold the first tiers that miss nothing, without a solve: what misses something is 0."""
        pinned = []
        for name in self.stages:
            answer = self.chain.answers[name]
            if not name.startswith(TIERS) or answer.value > CHANGED * answer.size:
                break
            short = answer.cost > 0
            stages.face.column_upper[short] = stages.face.column_lower[short]
            pinned.append(name)
        return pinned

    def _compared(self, stages: Stages, solver: LinearSolver, names: Sequence[str]) -> Answered:
        for name in names:
            before = self.chain.answers[name]
            solver.start_from(before.found.basis)
            stages.minimise(name, before.cost)
            better = before.value - stages.answers[name].value
            if abs(better) > CHANGED * before.size + 1e-9 * abs(before.value):
                return Answered(name, better)
        return Answered()


def marginal(prober: Prober, one: ClauseYear, *, ranges: bool = False) -> Marginal | None:
    """Solve a step each way; ``None`` for a clause without a figure that could move.

    With ``ranges``, also find how far each of the two holds.
    """
    size, unit, looser, tighter = prober.grid(one)
    nominal = NOMINAL_STEPS[unit]
    steps = min(step for step in (looser or nominal, tighter or nominal, nominal) if step)
    if not looser and not tighter:
        return None
    loose = prober.answer(one, steps) if looser else Answered(mark="limit", better=None)
    tight = prober.answer(one, -steps) if tighter else Answered(mark="limit", better=None)
    until = holds_until(prober, one, loose, steps, looser) if ranges else None
    until_tight = holds_until(prober, one, tight, -steps, tighter) if ranges else None
    return Marginal(
        clause=one.block.clause,
        rule=one.block.rule,
        kind=one.block.kind,
        year=one.year or None,
        step=steps * size,
        unit=unit,
        gain=loose.better,
        until=None if until is None else until * size,
        loss=None if tight.better is None else -tight.better + 0.0,
        until_tight=None if until_tight is None else until_tight * size,
        measured_in=loose.stage,
        measured_in_tight=tight.stage,
        mark=tight.mark or loose.mark,
    )


def marginals(model: Model, scenario: Scenario, chain: Chain, settings: SolverSettings) -> list[Marginal]:
    """Marginal values of the binding clause-years with the largest duals, at most 20 of them."""
    prober = Prober(model, scenario, chain, settings)
    found: list[Marginal] = []
    for one in prober.binding():
        if len(found) == MOST_CLAUSE_YEARS:
            break
        value = marginal(prober, one)
        if value is not None:
            found.append(value)
    return found


MOST_SOLVES = 12
SAME = 1e-6
"""Relative difference of two rates that count as one."""


def holds_until(prober: Prober, one: ClauseYear, first: Answered, steps: int, most: int) -> int | None:
    """Steps up to which each step is worth as much as the very first, by halving and doubling.

    At most 12 solves. ``None`` where the clause cannot move this way, or no plan keeps a single step.
    """
    if first.better is None:
        return None
    sign, reach, solves = (1 if steps > 0 else -1), abs(steps), 0
    rate, stage = first.better / reach, first.stage

    def same(size: int) -> bool:
        nonlocal solves
        solves += 1
        found = prober.answer(one, sign * size)
        if found.better is None or found.stage != stage:
            return False
        return abs(found.better - rate * size) <= SAME * max(abs(rate) * size, CHANGED)

    low, high = reach, None
    while reach > 1 and solves < MOST_SOLVES // 2:
        half = prober.answer(one, sign * (reach // 2))
        solves += 1
        here = None if half.better is None else half.better / (reach // 2)
        if here is not None and half.stage == stage and abs(here - rate) <= SAME * max(abs(rate), CHANGED):
            break
        high, reach = reach, reach // 2
        if here is not None:
            rate, stage = here, half.stage
        low = reach
    while high is None and low < most and solves < MOST_SOLVES:
        further = min(low * 2, most)
        if same(further):
            low = further
        else:
            high = further
    while high is not None and high - low > 1 and solves < MOST_SOLVES:
        middle = (low + high) // 2
        low, high = (middle, high) if same(middle) else (low, middle)
    return low
