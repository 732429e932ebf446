"""Marginal values: what the plan gains when a clause gives way a step in a year, and loses when it tightens.

Both sides are found by solving again, never read off duals, which are not unique where an optimum is
degenerate. All rows of a clause and year move together: money by 1 万元 a row, shares by one point; more
money in a fund does not count into the base of shares. The stages are solved in their order, each over the
optimal face of those before it *for the changed rows*, up to the first whose value changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zxsim.optimize.build import Model
from zxsim.optimize.highs import SolverSettings
from zxsim.optimize.probes import CHANGED, Answered, ClauseYear, Prober
from zxsim.optimize.stages import Chain
from zxsim.schema.scenario import Scenario

MOST_CLAUSE_YEARS = 20
NOMINAL_STEPS: Mapping[str, int] = {"wan": 100, "share": 100, "yuan": 100, "count": 1}
"""Steps of the grid in one step of a marginal value: 1 万元, one point, 1 元, one."""


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


def marginal(prober: Prober, one: ClauseYear, *, ranges: bool = False) -> Marginal | None:
    """Solve a step each way; ``None`` for a clause without a figure that could move.

    With ``ranges``, also find how far each of the two holds.
    """
    size, unit, looser, tighter = prober.grid(one)
    if not looser and not tighter:
        return None
    nominal = NOMINAL_STEPS[unit]
    steps = min(step for step in (looser or nominal, tighter or nominal, nominal) if step)
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
