"""The chain of stages: each is minimised over the optimal face of all before it.

A finished stage is held by its face, not by an objective row: columns with a reduced cost are fixed
at their bound, rows with a dual become equalities. Complementary slackness makes this exact for
every optimal primal solution, whichever dual optimum the solver happened to return.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from zxsim.core.layout import FloatArray
from zxsim.core.program import Program
from zxsim.errors import ConflictError, InternalError, LimitError, Message
from zxsim.optimize.build import Model
from zxsim.optimize.certify import Certificate, certificate, checked
from zxsim.optimize.objectives import unique_weights
from zxsim.optimize.remainder import MOST_LEVELS, remainder
from zxsim.optimize.solution import TOLERANCE, Face, Solution, SolverSettings, Start, Status, hold
from zxsim.optimize.solvers import Solver, solver_for

MOST_PASSES = 3
"""How often the last stage is repeated with further bits before the plan is called not unique."""

MOVED = 1e-6
"""How far a plan must move to be another one; less is no step of rounding."""


@dataclass(frozen=True)
class StageValue:
    """What a stage reached, in its own unit: shortfall, benefit, 万元 left, or the tie-breaking sums.

    ``gap`` is the relative distance from what is proved to be possible, 0 for linear programmes.
    """

    name: str
    value: float
    gap: float = 0.0


@dataclass(frozen=True, eq=False)
class Answer:
    """What a stage knows of prices: what it reached, reduced costs and duals, all in its own unit.

    ``value`` is what ``cost`` adds up to (so −benefit); ``size`` is what the solver's cost was divided by.
    The point is the last one of the stage; prices and basis are those of its first solve, and ``finer`` are
    the answers of what that left undecided (:mod:`zxsim.optimize.remainder`).
    """

    cost: FloatArray
    value: float
    size: float
    found: Solution
    finer: Sequence["Answer"] = ()

    @property
    def levels(self) -> Sequence["Answer"]:
        """The answer itself, then those of what it left undecided, each at its own scale."""
        return (self, *self.finer)

    @cached_property
    def reduced_cost(self) -> FloatArray:
        """What the value would change by with each column, shape *(columns,)*."""
        return self.found.reduced_cost * self.size

    @cached_property
    def dual(self) -> FloatArray:
        """What the value would change by with the bound of each row, shape *(rows,)*."""
        return self.found.dual * self.size


@dataclass(frozen=True, eq=False)
class Chain:
    """Outcome of all stages: 万元 a money column before rounding, then every other column.

    ``answers`` are the prices of each stage by its name, ``after_tiers`` is what the tiers leave free,
    ``ranks`` the place of each money column in the library, ``unavoidable`` the shortfall of each column
    that unlimited money would leave, ``weights`` what the last stage counts each money column.
    """

    x: FloatArray
    stages: Sequence[StageValue]
    certificates: Sequence[Certificate]
    unique: bool
    answers: Mapping[str, Answer]
    after_tiers: Face
    ranks: FloatArray
    unavoidable: FloatArray
    weights: FloatArray


@dataclass(frozen=True, eq=False)
class Known:
    """The chain of a programme with the same columns and rows, to start each stage from its basis there.

    ``weights`` are those of the last stage, where money columns have the same names, too.
    """

    answers: Mapping[str, Answer]
    weights: FloatArray | None


class Stages:
    """Runs stages one after the other on one solver; holds the face and the certificates so far."""

    def __init__(
        self,
        model: Model,
        settings: SolverSettings,
        face: Face | None = None,
        program: Program | None = None,
        solver: Solver | None = None,
        known: Known | None = None,
    ) -> None:
        """Start from the whole feasible region or from ``face``, of the model or of a changed ``program``.

        With ``known`` each stage starts from the basis that it ended with there.
        """
        self.model = model
        self.program = program or model.program
        self.face = (face or Face.of(self.program)).copy()
        self.certificates: list[Certificate] = []
        self.answers: dict[str, Answer] = {}
        self._solver, self._name = solver or solver_for(self.program, settings), settings.solver
        self._last: Solution | None = None
        self._known = dict(known.answers) if known else {}

    def minimise(self, name: str, cost: FloatArray, *, cold: bool = False) -> Solution:
        """Solve one stage, certify it and hold its face; the cost is scaled to max |c| = 1.

        What is too small to count at that scale is then minimised at its own. With ``cold`` it starts from
        nothing, where the last basis is known to be far from its optimum.

        Raises
        ------
        ConflictError, LimitError, InternalError
            No plan keeps all rules; a limit came first; unbounded or not certified.
        """
        size = float(np.abs(cost).max(initial=0))
        scaled = cost / size if size > 0 else cost
        found = first = self._proved(name, scaled, [] if cold else self._starts(name))
        left, noise, scale = scaled, np.zeros(len(scaled)), size
        finer: list[Answer] = []
        for _ in range(MOST_LEVELS):
            left, noise, largest = remainder(self.program, left, self.face, found, noise)
            if not left.any():
                break
            found, scale = self._proved(name, left, [Start.WARM]), scale * largest
            finer.append(Answer(scale * left, scale * float(left @ found.x), scale, found))
        first = replace(first, x=found.x, row_value=found.row_value)
        self.answers[name] = Answer(cost, float(cost @ found.x), size if size > 0 else 1.0, first, finer)
        return found

    def _proved(self, name: str, cost: FloatArray, starts: Sequence[Start]) -> Solution:
        """Solve over the face, certify and hold what is found."""
        found, proof = self._at_zero(name, cost) or self._solved(name, cost, starts)
        self.certificates.append(checked(proof, self._name))
        hold(self.face, found)
        self._last = found
        return found

    def _at_zero(self, name: str, scaled: FloatArray) -> tuple[Solution, Certificate] | None:
        """Return the last point if it costs nothing and nothing can cost less: the duals 0 prove it best."""
        last, paid = self._last, scaled > 0
        if last is None or not paid.any() or scaled.min() < 0 or scaled @ last.x > TOLERANCE:
            return None
        if (self.face.column_lower[paid] < 0).any():
            return None
        found = replace(last, objective=0.0, reduced_cost=scaled, dual=np.zeros(len(last.dual)))
        return found, self._proof(name, scaled, found)

    def _proof(self, name: str, scaled: FloatArray, found: Solution) -> Certificate:
        return certificate(name, self.program, scaled, self.face, found)

    def _solved(self, name: str, scaled: FloatArray, starts: Sequence[Start]) -> tuple[Solution, Certificate]:
        # Where numbers differ widely in size, a warm start can go astray, and so can undoing a reduction.
        before = self._known.pop(name, None)
        for start in (*starts, Start.COLD, Start.UNREDUCED):
            if start is Start.WARM and before is not None:
                self._solver.start_from(before.found.basis)
            found = self._solver.solve(scaled, self.face, start)
            if not found.status.has_solution:
                if start is Start.COLD or (found.status is Status.LIMIT and start is Start.WARM):
                    break
                continue
            proof = self._proof(name, scaled, found)
            if proof.holds:
                break
        if not found.status.has_solution:
            raise _failure(found.status, name, first=not self.certificates)
        return found, proof

    def _starts(self, name: str) -> Sequence[Start]:
        """Where to begin: money that brings benefit is mostly spent already, so nothing may be left to do."""
        if not self.face.mostly_fixed:
            return [Start.WARM]
        brief = [Start.BRIEFLY_WARM] if name == "unallocated" else []
        return [*brief, Start.WARM] if name in self._known else brief

    def alone(self, found: Solution) -> bool:
        """Whether the face holds no other point: where many bases share a point, its own may not tell.

        A face is convex: what is next to the point decides, and nothing there may weigh more or less than it.
        """
        weights = unique_weights(self.program.column_names(), MOST_PASSES + 1)
        for cost in (-weights, weights):
            near = self.branch()
            near.face.column_lower = np.maximum(self.face.column_lower, found.x - 1)
            near.face.column_upper = np.minimum(self.face.column_upper, found.x + 1)
            try:
                other = near.minimise("unique", cost)
            except LimitError:  # there is a plan, though this is not known of it
                return False
            if cost @ (found.x - other.x) > MOVED:
                return False
        return True

    def branch(self) -> "Stages":
        """Return a copy that goes on from here on the same solver without touching this face."""
        other = object.__new__(Stages)
        other.model, other.program, other.face = self.model, self.program, self.face.copy()
        other.certificates, other.answers = list(self.certificates), {}
        other._solver, other._name, other._last, other._known = self._solver, self._name, self._last, {}
        return other


def _failure(status: Status, stage: str, *, first: bool) -> Exception:
    """Only the first stage can find that there is no plan: a later one goes on from a plan that exists."""
    if status is Status.INFEASIBLE and first:
        return ConflictError([Message("infeasible", {})])
    if status is Status.LIMIT:
        return LimitError([Message("limit_reached", {"stage": stage})])
    code = "stage_lost" if status is Status.INFEASIBLE else "unbounded"
    return InternalError([Message(code, {"stage": stage})])
