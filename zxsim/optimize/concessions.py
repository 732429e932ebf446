"""The menu of smallest concessions: how far one clause of a conflict must give way, all others kept.

A linear programme with one more column, the steps by which the clause gives way, says how many; then the rows
are built anew with the clause loosened by so many steps, and by one step less, and both are solved. Where the
coefficients change as well (shares of the money spent) the steps are found by halving.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import numpy as np
from scipy import sparse

from zxsim.core.blocks import RowBlock
from zxsim.core.layout import IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.program import Program
from zxsim.core.rulespec import RuleSpec
from zxsim.core.spec import Figure
from zxsim.optimize.build import Model, rule_blocks
from zxsim.optimize.clauses import Clause, changed, placed_blocks, years_text
from zxsim.optimize.conflicts import Conflicts, Core
from zxsim.optimize.feasible import status_of
from zxsim.optimize.highs import Face, LinearSolver, SolverSettings, Status
from zxsim.schema.scenario import Scenario

MOST_STEPS = 10**9
"""No figure is loosened further than this many steps."""

SLOPE_STEPS = 10_000
"""Steps over which the slope of a bound is taken."""

SNAP = 1e-6

Way = Literal["rule", "money", "money_outside", "required", "not_required", "drop", "not_enough"]


@dataclass(frozen=True)
class Concession:
    """What makes the rest possible: a clause of a conflict, and by how much it gives way.

    ``way`` is ``rule`` (its figures by ``amount`` in ``unit``; ``figures`` says from what to what), ``money``
    (so many 万元 more in each of ``years``), ``money_outside`` (the same, but shares are of the money as it
    stands), ``required`` (so many 万元 less, or not required), ``not_required``, ``drop`` (only without the
    whole clause) or ``not_enough`` (not even then).
    """

    clause: Clause
    way: Way
    steps: int = 0
    amount: Decimal = Decimal(0)
    unit: str = ""
    years: str = ""
    each_place: bool = False
    figures: str = ""


class Menu:
    """Finds the concessions of each conflict of a model."""

    def __init__(
        self, model: Model, scenario: Scenario, settings: SolverSettings, conflicts: Conflicts
    ) -> None:
        """Use the solver and the clauses of a finished search."""
        self._model, self._scenario, self._settings = model, scenario, settings
        self._conflicts = conflicts
        self._cost = np.zeros(len(model.program.column_lower))
        self._rows = {clause.name: clause.rows for clause in conflicts.clauses}
        self._solver = conflicts.solver
        self._dropped = np.zeros(0, dtype=np.int64)

    def of(self, core: Core, others: Sequence[Core]) -> list[Concession]:
        """Return one concession for each clause of a set; the clauses of the ``others`` are given up."""
        elsewhere = [clause.rows for other in others for clause in other.clauses]
        self._dropped = np.concatenate([np.zeros(0, dtype=np.int64), *elsewhere])
        return [self._smallest(clause, core) for clause in core.clauses]

    def _smallest(self, clause: Clause, core: Core) -> Concession:
        if clause.kind == "required":
            found = self._required(clause)
        elif clause.kind == "fund":
            found = self._money(clause, core)
        else:
            found = self._rule(clause)
        if found is None:
            enough = self._feasible(self._model.program, without=clause)
            found = Concession(clause, "drop" if enough else "not_enough")
        return found

    def _rule(self, clause: Clause) -> Concession | None:
        rule = self._scenario.rule[clause.record]
        most = most_steps(rule)
        if not most:
            return None
        placed = [placed for placed in placed_blocks(self._model) if placed.block.rule == clause.record]

        def loosened(steps: int) -> Program:
            blocks = loosened_blocks(rule, steps, clause.record, self._model.layout)
            pairs = zip(placed, blocks, strict=True)
            return changed(self._model.program, [old.changed_to(block) for old, block in pairs])

        steps = self._steps(loosened, most)
        if steps is None:
            return None
        size, unit = rule.grid
        return Concession(clause, "rule", steps, steps * size, unit, figures=moved(rule, steps))

    def _steps(self, loosened: Callable[[int], Program], most: int) -> int | None:
        """Find the smallest steps that are enough: one more column, then the rows themselves."""
        slope = min(most, SLOPE_STEPS)
        far = loosened(slope)
        steps = self._elastic(far, slope)
        if steps is None and far.matrix is self._model.program.matrix:
            return None
        guess = None if steps is None else int(np.ceil(steps - SNAP))
        return smallest(lambda steps: self._feasible(loosened(steps)), most, guess)

    def _elastic(self, far: Program, steps: int) -> float | None:
        """Fewest steps by which the bounds of a programme must move towards those of ``far``."""
        near = self._model.program
        move = np.zeros(len(near.row_lower))
        for low, high in ((near.row_lower, far.row_lower), (near.row_upper, far.row_upper)):
            finite = np.isfinite(low) & np.isfinite(high)
            move[finite] += (high[finite] - low[finite]) / steps
        both = near.row_lower == near.row_upper
        move[both] /= 2
        size = float(np.abs(move).max(initial=0))
        if size == 0:
            return None
        column = sparse.csc_array((-move / size)[:, None])
        wide = replace(
            near,
            matrix=sparse.csc_array(sparse.hstack([near.matrix, column])),
            column_lower=np.append(near.column_lower, 0.0),
            column_upper=np.append(near.column_upper, np.inf),
        )
        solver = LinearSolver(wide, self._settings)
        solver.start_from(self._solver.last_basis())
        found = solver.solve(np.append(self._cost, 1.0), self._relaxed(wide))
        return float(found.x[-1]) / size if found.status.has_solution else None

    def _relaxed(self, program: Program, without: Clause | None = None) -> Face:
        face = Face.of(program)
        face.row_lower[self._dropped], face.row_upper[self._dropped] = -np.inf, np.inf
        if without is not None:
            face.row_lower[without.rows], face.row_upper[without.rows] = -np.inf, np.inf
        return face

    def _feasible(self, program: Program, without: Clause | None = None) -> bool:
        """Whether some plan keeps a programme but for the other sets and a clause."""
        solver = self._solver
        if program.matrix is not self._model.program.matrix:
            solver = LinearSolver(program, self._settings)
            solver.start_from(self._solver.last_basis())
        face = self._relaxed(program, without)
        return status_of(program, face, solver, self._settings) is not Status.INFEASIBLE

    def _required(self, clause: Clause) -> Concession | None:
        """Pay the project as much as all others allow; what is missing is what it must cost less."""
        if not clause.record:
            return None
        layout = self._model.layout
        project = layout.project_position[clause.record]
        if layout.modes.whole[project]:  # all or nothing: less of it is no way out
            enough = self._feasible(self._model.program, without=clause)
            return Concession(clause, "not_required" if enough else "not_enough")
        columns = np.flatnonzero(layout.column_project == project)
        face, cost = self._relaxed(self._model.program), self._cost.copy()
        face.row_lower[clause.rows] = -np.inf
        cost[columns] = -1.0
        found = self._solver.solve(cost, face)
        if not found.status.has_solution:
            return None
        paid = int(np.floor(found.x[columns].sum() * UNITS_PER_WAN + SNAP))
        missing = int(layout.part_cost[layout.part_project == project].sum()) - paid
        return Concession(clause, "required", missing, Decimal(missing) / UNITS_PER_WAN, "wan")

    def _money(self, clause: Clause, core: Core) -> Concession | None:
        """First in the years that take part, then in all; first with the shares of the larger amount."""
        layout = self._model.layout
        money = layout.funds[layout.fund_position[clause.record]]
        held = layout.years[money.amount > 0]
        taking_part = np.intersect1d(np.array(core.years(clause), dtype=np.int64), held)
        choices: list[tuple[Way, IntArray]] = [("money", taking_part), ("money", held)]
        for way, years in (*choices, ("money_outside", taking_part), ("money_outside", held)):
            if not len(years):
                continue
            steps = self._steps(self._richer(clause, years, alone=way == "money_outside"), MOST_STEPS)
            if steps is not None:
                amount = Decimal(steps) / UNITS_PER_WAN
                shown = years_text([int(year) for year in years])
                return Concession(clause, way, steps, amount, "wan", shown, money.earmarked)
        return None

    def _richer(self, clause: Clause, years: IntArray, *, alone: bool) -> Callable[[int], Program]:
        """Return the programme by the units more that the fund holds in the years."""
        layout, scenario, near = self._model.layout, self._scenario, self._model.program
        place = layout.fund_position[clause.record]

        def loosened(units: int) -> Program:
            funds = list(layout.funds)
            more = np.where(np.isin(layout.years, years), units, 0)
            funds[place] = replace(funds[place], amount=funds[place].amount + more)
            fresh = rule_blocks(scenario, replace(layout, funds=funds))
            known = {id(placed.block): placed for placed in placed_blocks(self._model)}
            pairs = [(known.get(id(old)), new) for old, new in zip(self._model.rules, fresh, strict=True)]
            return changed(
                near,
                [
                    old.changed_to(new)
                    for old, new in pairs
                    if old is not None and (not alone or old.rows[0] in clause.rows)
                ],
            )

        return loosened


def loosened_blocks(rule: RuleSpec, steps: int, rule_id: str, layout: Layout) -> Sequence[RowBlock]:
    """Rows of a rule with its figures loosened."""
    loosened = rule.loosened(steps)
    assert loosened is not None
    return [block for block in loosened.rows(rule_id, layout) if len(block)]


def moved(rule: RuleSpec, steps: int) -> str:
    """Say which figures of a rule change, and how, as the scenario names them."""
    after = rule.loosened(steps)
    assert after is not None
    pairs = zip(_figures(rule), _figures(after), strict=True)
    return ", ".join(f"{name} {_plain(old)} → {_plain(new)}" for (name, old), (_, new) in pairs if old != new)


def _figures(rule: RuleSpec) -> Iterator[tuple[str, Decimal]]:
    for name in type(rule).model_fields:
        value = getattr(rule, name)
        if isinstance(value, Figure):
            yield name, value.value
        elif isinstance(value, Mapping):
            yield from (
                (f"{name}.{key}", part.value) for key, part in value.items() if isinstance(part, Figure)
            )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def most_steps(rule: RuleSpec, sign: int = 1) -> int:
    """Steps after which a rule does not get any looser (or, with ``sign`` −1, tighter); 0 without a figure.

    Found by doubling and halving on the rule alone; a figure without an end stops at :data:`MOST_STEPS`.
    """
    last = rule.loosened(sign * MOST_STEPS)
    if last is None or last == rule:
        return 0
    low, high = 0, MOST_STEPS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if rule.loosened(sign * middle) == last else (middle, high)
    return high


def smallest(enough: Callable[[int], bool], most: int, guess: int | None = None) -> int | None:
    """Smallest number from 1 to ``most`` that is enough, ``None`` where not even ``most`` is; 0 is not.

    Parameters
    ----------
    guess : int or None
        Where to look first: right and left of it in steps that double.
    """
    low, high = 0, most
    if guess is None:
        if not enough(most):
            return None
    else:
        guess, stride = min(max(guess, 1), most), 1
        if enough(guess):
            high = guess
            while high - stride > 0 and enough(high - stride):
                high, stride = high - stride, stride * 2
            low = max(high - stride, 0)
        else:
            low = guess
            while not enough(high := min(low + stride, most)):
                if high == most:
                    return None
                low, stride = high, stride * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
