"""What no money can reach: targets that fall short even when budgets and rules are dropped.

Costs, years, eligibility and what is already decided are kept, so that what is left missing is the fault
of the library, not of the money or of the rules. Each target is judged by itself: two that are within
reach alone but not together are both within reach, and their tier weighs them against each other.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.program import components
from zxsim.errors import InternalError, LimitError, Message
from zxsim.optimize.build import Model
from zxsim.optimize.certify import certificate, checked
from zxsim.optimize.objectives import TIERS
from zxsim.optimize.solution import Face, Solution, SolverSettings, Start, Status
from zxsim.optimize.solvers import Solver, solver_for

STAGE = "out_of_reach"
"""What these solves are called in messages."""

UNAVOIDABLE = 1e-7
"""Shortfall, as a tier counts it, below which a target is within reach."""


def unavoidable(model: Model, settings: SolverSettings) -> FloatArray:
    """Least shortfall of each column that a tier minimises with unlimited money, 0 for all others.

    Shape *(columns of the programme,)*; without targets nothing is solved. All-or-nothing projects are
    taken as divisible here, so that the part is never overstated. All targets together are tried first:
    what falls short then is tried alone, as which of several falls short together is the solver's whim.
    """
    cost = np.zeros(len(model.program.column_lower))
    for columns in model.target_columns:
        cost[columns] = sum(model.costs[tier][columns] for tier in TIERS)
    missing = np.zeros(len(cost))
    if not cost.any():
        return missing
    face = Face.of(model.program)
    face.row_lower[model.rule_rows], face.row_upper[model.rule_rows] = -np.inf, np.inf
    proved = partial(_proved, model, solver_for(model.program, settings), settings)
    found = proved(cost / cost.max(), face)
    if found is None:  # what is decided contradicts the facts: the first stage will say so
        return missing
    short = cost * found.x > UNAVOIDABLE
    for columns in _alone(model, np.flatnonzero(short)):
        asked = columns[short[columns]]
        if not len(asked):
            continue
        alone = np.zeros(len(cost))
        alone[asked] = cost[asked] / cost[asked].max()
        found = proved(alone, face)
        if found is None:  # the first solve was possible, and so is this
            raise InternalError([Message("stage_lost", {"stage": STAGE})])
        short &= cost * found.x > UNAVOIDABLE  # what this point reaches is within reach
        missing[asked] = np.where(short[asked], found.x[asked], 0.0)
    return missing


def _proved(
    model: Model, solver: Solver, settings: SolverSettings, cost: FloatArray, face: Face
) -> Solution | None:
    """Solve and certify, from nothing where the last basis led astray; ``None`` where nothing is possible.

    Raises
    ------
    LimitError, InternalError
        A limit was reached, or no answer is certified.
    """
    proof = None
    for start in (Start.WARM, Start.COLD):
        found = solver.solve(cost, face, start)
        if found.status.has_solution:
            proof = certificate(STAGE, model.program, cost, face, found)
            if proof.holds:
                return found
    if proof is not None:
        checked(proof, settings.solver)
    if found.status is Status.LIMIT:
        raise LimitError([Message("limit_reached", {"stage": STAGE})])
    return None


def _alone(model: Model, short: IntArray) -> Iterator[IntArray]:
    """Columns to be minimised at the same time: one in each part of the library without a common row."""
    kept = np.ones(model.program.matrix.shape[0], dtype=np.bool_)
    kept[model.rule_rows] = False
    part, _ = components(model.program.matrix.tocsr()[kept].tocsc())
    while len(short):
        _, first = np.unique(part[short], return_index=True)
        yield short[first]
        short = np.delete(short, first)
