"""The chain of stages: each is minimised over the optimal face of all before it.

A finished stage is held by its face, not by an objective row: columns with a reduced cost are fixed
at their bound, rows with a dual become equalities. Complementary slackness makes this exact for
every optimal primal solution, whichever dual optimum the solver happened to return.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.errors import ConflictError, InternalError, LimitError, Message
from zxsim.optimize.build import Model, available_units
from zxsim.optimize.certify import Certificate, certificate, checked
from zxsim.optimize.highs import Face, Solution, SolverSettings, Status
from zxsim.optimize.objectives import TIERS, library_ranks, order_cost, unique_weights
from zxsim.optimize.solvers import solver_for

ZERO = 1e-7
"""Below this a scaled reduced cost or dual counts as zero."""

MOST_PASSES = 3
"""How often the last stage is repeated with further bits before the plan is called not unique."""


@dataclass(frozen=True)
class StageValue:
    """What a stage reached, in its own unit: shortfall, benefit, 万元 left, or the tie-breaking sums."""

    name: str
    value: float


@dataclass(frozen=True, eq=False)
class Chain:
    """Outcome of all stages: 万元 a money column before rounding."""

    x: FloatArray
    stages: Sequence[StageValue]
    certificates: Sequence[Certificate]
    unique: bool
    basic: IntArray
    library_x: FloatArray


class Stages:
    """Runs stages one after the other on one solver; holds the face and the certificates so far."""

    def __init__(self, model: Model, settings: SolverSettings) -> None:
        """Start from the whole feasible region."""
        self.model = model
        self.face = Face.of(model.program)
        self.certificates: list[Certificate] = []
        self._solver = solver_for(model.program, settings)

    def minimise(self, name: str, cost: FloatArray) -> Solution:
        """Solve one stage, certify it and hold its face; the cost is scaled to max |c| = 1.

        Raises
        ------
        ConflictError, LimitError, InternalError
            No plan keeps all rules; a limit came first; unbounded or not certified.
        """
        size = float(np.abs(cost).max(initial=0))
        scaled = cost / size if size > 0 else cost
        # A warm start can go astray where numbers differ widely in size: a failure is believed only cold.
        for cold in (False, True):
            found = self._solver.solve(scaled, self.face, cold=cold)
            proof = certificate(name, self.model.program, scaled, self.face, found)
            if found.status.has_solution and proof.holds:
                break
        if not found.status.has_solution:
            raise _failure(found.status, name)
        self.certificates.append(checked(proof))
        hold(self.face, found)
        return found

    def branch(self) -> "Stages":
        """Return a copy that goes on from here on the same solver without touching this face."""
        other = object.__new__(Stages)
        other.model, other.face, other.certificates = self.model, self.face.copy(), []
        other._solver = self._solver
        return other


def hold(face: Face, found: Solution) -> None:
    """Shrink a face to the optimal face of a solution."""
    at_lower, at_upper = found.reduced_cost > ZERO, found.reduced_cost < -ZERO
    face.column_upper[at_lower] = face.column_lower[at_lower]
    face.column_lower[at_upper] = face.column_upper[at_upper]
    row_lower, row_upper = found.dual > ZERO, found.dual < -ZERO
    face.row_upper[row_lower] = face.row_lower[row_lower]
    face.row_lower[row_upper] = face.row_upper[row_upper]


def _failure(status: Status, stage: str) -> Exception:
    if status is Status.INFEASIBLE:
        return ConflictError([Message("infeasible", {})])
    if status is Status.LIMIT:
        return LimitError([Message("limit_reached", {"stage": stage})])
    return InternalError([Message("unbounded", {"stage": stage})])


def run_chain(model: Model, settings: SolverSettings) -> Chain:
    """Run all stages and, beside them, the plan in library order that the headline compares with."""
    stages = Stages(model, settings)
    money = len(model.layout)
    ranks = library_ranks(
        model.layout, model.blocks() if has_ranks(model) else np.zeros(money, dtype=np.int64)
    )
    values: list[StageValue] = []
    for tier in TIERS:
        if model.costs[tier].any():
            found = stages.minimise(tier, model.costs[tier])
            values.append(StageValue(tier, float(model.costs[tier] @ found.x)))
    library = stages.branch()
    for name in ("benefit", "unallocated"):
        found = stages.minimise(name, model.costs[name])
        values.append(StageValue(name, _shown(name, model, found.x)))
    cost = model.padded(order_cost(model.layout, ranks))
    found = stages.minimise("order", cost)
    values.append(StageValue("order", float(cost @ found.x)))
    found, unique = _make_unique(stages, values)
    return Chain(
        x=found.x[:money],
        stages=values,
        certificates=stages.certificates,
        unique=unique,
        basic=np.flatnonzero(found.basic[:money]),
        library_x=_library_order(library, ranks),
    )


def has_ranks(model: Model) -> bool:
    """Whether the library says which project comes first."""
    given: int = model.layout.projects["rank"].count()
    return given > 0


def _shown(name: str, model: Model, x: FloatArray) -> float:
    if name == "benefit":
        return -float(model.costs["benefit"] @ x)
    left = available_units(model.layout) / UNITS_PER_WAN - float(x[: len(model.layout)].sum())
    return left if abs(left) > ZERO else 0.0


def _make_unique(stages: Stages, values: list[StageValue]) -> tuple[Solution, bool]:
    """Minimise Σ g·x, again with further bits while a free column or row could still move at no cost."""
    labels = stages.model.layout.labels
    for number in range(MOST_PASSES + 1):
        weights = stages.model.padded(unique_weights(labels, number))
        if number:  # the money may be unique while a helping column still moves: weigh those as well
            weights[len(labels) :] = unique_weights(
                stages.model.program.column_names()[len(labels) :], number
            )
        found = stages.minimise("unique", weights)
        if number == 0:
            values.append(StageValue("unique", float(weights @ found.x)))
        if not _can_move(stages.face, found):
            return found, True
    return found, False


def _can_move(face: Face, found: Solution) -> bool:
    """Whether a column or row is neither basic nor fixed (the face has just been held)."""
    column = ~found.basic & (face.column_lower < face.column_upper)
    row = ~found.basic_row & (face.row_lower < face.row_upper)
    return bool(column.any() or row.any())


def _library_order(stages: Stages, ranks: FloatArray) -> FloatArray:
    """Spend as much as the rules allow, in library order: by rank, or by id where no rank is given."""
    model = stages.model
    if not has_ranks(model):
        ranks = model.layout.column_project.astype(float) + 1
    stages.minimise("unallocated", model.costs["unallocated"])
    stages.minimise("library", model.padded(ranks))
    found = stages.minimise("unique", model.padded(unique_weights(model.layout.labels)))
    return found.x[: len(model.layout)]
