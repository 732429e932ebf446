"""What no money can reach: targets that fall short even when budgets and rules are dropped.

Costs, years, eligibility and what is already decided are kept, so that what is left missing is the fault
of the library, not of the money or of the rules.
"""

import numpy as np

from zxsim.core.layout import FloatArray
from zxsim.optimize.build import Model
from zxsim.optimize.highs import Face, SolverSettings
from zxsim.optimize.objectives import TIERS
from zxsim.optimize.solvers import solver_for

UNAVOIDABLE = 1e-7
"""Shortfall, as a tier counts it, below which a target is within reach."""


def unavoidable(model: Model, settings: SolverSettings) -> FloatArray:
    """Shortfall of each column that a tier minimises with unlimited money, 0 for all others.

    Shape *(columns of the programme,)*; without targets nothing is solved. All-or-nothing projects are
    taken as divisible here, so that the part is never overstated.
    """
    cost = np.zeros(len(model.program.column_lower))
    for columns in model.target_columns:
        cost[columns] = sum(model.costs[tier][columns] for tier in TIERS)
    if not cost.any():
        return cost
    face = Face.of(model.program)
    face.row_lower[model.rule_rows], face.row_upper[model.rule_rows] = -np.inf, np.inf
    found = solver_for(model.program, settings).solve(cost / cost.max(), face)
    if not found.status.has_solution:  # what is decided contradicts the facts: the first stage will say so
        return np.zeros(len(cost))
    return np.where(cost * found.x > UNAVOIDABLE, found.x, 0.0)
