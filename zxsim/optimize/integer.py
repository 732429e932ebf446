"""Choosing all-or-nothing projects: stage by stage over whole numbers, then the chain with the choice made.

A tier that its linear programme brings to 0 is first tried as a hard 0, which is the best there is; only
where that fails does it become a search of its own. What a finished stage reached is kept by a cut
(there is no optimal face over whole numbers). At last the choices are fixed and the linear chain runs,
so that the money is as exact, certified and unique as without choices.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from scipy import sparse

from zxsim.core.layout import FloatArray
from zxsim.core.program import Program
from zxsim.errors import ConflictError, LimitError, Message
from zxsim.optimize.agenda import Agenda, Stage, agenda_of
from zxsim.optimize.build import Model
from zxsim.optimize.chain import run_chain
from zxsim.optimize.headline import Compared, compared, equal_money, library_costs, padded
from zxsim.optimize.searched import Searched
from zxsim.optimize.solution import (
    ZERO,
    Face,
    IntegerLimits,
    IntegerSolution,
    SolverSettings,
    Status,
    feasibility_tolerance,
)
from zxsim.optimize.solvers import OWN, solve_integer
from zxsim.optimize.stages import Chain, Stages
from zxsim.optimize.surrogates import knapsacks

CUT, PRINTED_CUT = 1e-9, 1e-7
"""What a later stage may give up of an earlier one, relative, so that its own optimum stays inside: the more
it may, the better it looks against its bound. A solver behind PuLP prints eight digits, so it needs more."""

NODES = 2_000
"""Nodes of one stage when the user states no limit: up to a minute for hundreds of projects."""


@dataclass(frozen=True, eq=False)
class Best:
    """The chain of the best plan; ``compared`` works out the plans that the headline compares with."""

    chain: Chain
    compared: Callable[[], Compared]


def best_chain(model: Model, settings: SolverSettings) -> Chain:
    """Return the chain of the best plan alone; see :func:`best`."""
    return best(model, settings).chain


def best(model: Model, settings: SolverSettings, first: Sequence[Stage] = ()) -> Best:
    """Run the chain of a model; where something is all or nothing, choose first.

    Parameters
    ----------
    first : sequence of Stage
        Stages that count more than all of the model's own; none of them may become negative. The plans that
        the headline compares with then keep them as well.

    Raises
    ------
    ConflictError, LimitError, InternalError
        No plan keeps all hard rules; no choice was found within the limit; an answer is not certified.
    """
    agenda = agenda_of(model, settings, first)
    if not model.has_choices:
        chain = run_chain(model, settings, agenda)
        return Best(chain, partial(compared, model, chain, settings))
    choice = _choose(model, settings, agenda)
    chain = run_chain(model, settings, agenda, Face.of(held(model, choice.x).program), choice.searched)
    return Best(chain, partial(choice.compared, model, agenda.ranks))


def held(model: Model, x: FloatArray) -> Model:
    """Return the model with every choice fixed as a point of its programme makes it."""
    program, columns = model.program, model.choice_columns
    lower, upper = program.column_lower.copy(), program.column_upper.copy()
    lower[columns] = upper[columns] = np.rint(x[columns])
    return replace(model, program=replace(program, column_lower=lower, column_upper=upper))


@dataclass(frozen=True, eq=False)
class _Choice:
    """The chosen point, how each stage's search ended, and the search as the tiers left it."""

    x: FloatArray
    searched: dict[str, Searched]
    after_tiers: "_Search"

    def compared(self, model: Model, ranks: FloatArray) -> Compared:
        """Search the plans to compare with; they choose anew."""
        money, equal = len(model.layout), equal_money(model)
        library = self.after_tiers.branch(model.program).through(library_costs(model, ranks))
        if equal is None:
            return Compared(library[:money], None)
        nearest = self.after_tiers.branch(equal.program).through(equal.stages[:-1])
        return Compared(library[:money], nearest[:money])


def _choose(model: Model, settings: SolverSettings, agenda: Agenda) -> _Choice:
    relaxed = Stages(model, settings)
    search = _Search(model.program, settings, knapsacks(model))
    searched: dict[str, Searched] = {}
    tiers: _Search | None = None
    for stage in agenda.stages:
        if stage.name == "benefit":
            tiers = search.branch(model.program)
        if tiers is None:  # what may fall short, or was to come first: 0 is the best there is
            value = float(stage.cost @ relaxed.minimise(stage.name, stage.cost).x)
            searched[stage.name] = Searched(0.0, 0.0)
            if value <= ZERO and search.holds_at_zero(stage):
                continue
        searched[stage.name] = search.minimise(stage)
    assert tiers is not None
    return _Choice(search.x, searched, tiers)


class _Search:
    """Stages over whole numbers on one programme, each kept by a cut beside the ``implied`` rows."""

    def __init__(
        self, program: Program, settings: SolverSettings, implied: Sequence[tuple[FloatArray, float]]
    ) -> None:
        self._program = program
        self._face = Face.of(program)
        self._cuts = list(implied)
        self._settings = settings
        tolerance = feasibility_tolerance(program)  # a smaller one than floats reach cuts off choices
        self._limits = IntegerLimits(settings.nodes or NODES, settings.gap, tolerance, guessing=True)
        self._cut = CUT if settings.solver in OWN else PRINTED_CUT
        self.x = np.zeros(0)

    def branch(self, program: Program) -> "_Search":
        """Return a copy that goes on from here, in a programme with perhaps more columns and rows."""
        other = object.__new__(_Search)
        more = len(program.column_lower) - len(self._program.column_lower)
        other._program, other._settings, other._limits = program, self._settings, self._limits
        other._cut = self._cut
        other.x = self.x if not more else np.zeros(0)
        other._face = padded(self._face, program)
        other._cuts = [(np.pad(cost, (0, more)), most) for cost, most in self._cuts]
        return other

    def through(self, stages: Sequence[Stage]) -> FloatArray:
        """Run stages one after the other and return the point reached."""
        for stage in stages:
            self.minimise(stage)
        return self.x

    def holds_at_zero(self, stage: Stage) -> bool:
        """Try a shortfall as a hard 0; keep it where some choice has it."""
        face = self._face.copy()
        face.column_upper[stage.cost > 0] = 0.0
        found = self._solve(np.zeros(len(stage.cost)), face)
        if found.has_solution:
            self._face, self.x = face, found.x
        return found.has_solution

    def minimise(self, stage: Stage) -> Searched:
        """Search the best choice and keep what it reached by a cut.

        Raises
        ------
        ConflictError, LimitError
            There is no choice, or none was found within the limit.
        """
        size = float(np.abs(stage.cost).max(initial=0)) or 1.0
        found = self._solve(stage.cost / size, self._face)
        if not found.has_solution:
            if found.status is Status.INFEASIBLE and not len(self.x):
                raise ConflictError([Message("infeasible", {})])
            raise LimitError([Message("limit_reached", {"stage": stage.name})])
        self.x = found.x
        value = float(stage.cost @ found.x) / size
        self._cuts.append((stage.cost / size, value + self._cut * max(1.0, abs(value))))
        return Searched(value * size, found.bound * size)

    def _solve(self, cost: FloatArray, face: Face) -> IntegerSolution:
        rows = [sparse.csc_array(cut[None, :]) for cut, _ in self._cuts]
        matrix = sparse.csc_array(sparse.vstack([self._program.matrix, *rows]))
        limits = np.array([most for _, most in self._cuts])
        widened = Face(
            face.column_lower,
            face.column_upper,
            np.concatenate([face.row_lower, np.full(len(limits), -np.inf)]),
            np.concatenate([face.row_upper, limits]),
        )
        start = self.x if len(self.x) else None
        return solve_integer(
            cost, widened, matrix, self._settings, self._limits, self._program.integer, start
        )
