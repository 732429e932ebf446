"""Whether anything at all keeps a programme: its linear part first, then its choices."""

import numpy as np

from zxsim.core.program import Program
from zxsim.optimize.blocks import PartSolver
from zxsim.optimize.highs import solve_integer
from zxsim.optimize.solution import Face, IntegerLimits, SolverSettings, Status

NODES = 5_000
"""Nodes of one question when the user states no limit."""


def status_of(program: Program, face: Face, solver: PartSolver, settings: SolverSettings) -> Status:
    """``INFEASIBLE`` where nothing keeps ``face``, with proof; ``LIMIT`` where a search found no answer.

    Parameters
    ----------
    solver : PartSolver
        Of the programme without its whole numbers, ready to start from its last basis.
    """
    cost = np.zeros(len(face.column_lower))
    status = solver.status(cost, face)
    if status is Status.INFEASIBLE or not program.integer.any():
        return status
    limits = IntegerLimits(settings.nodes or NODES, gap=1.0)
    found = solve_integer(cost, face, program.matrix, program.integer, limits=limits)
    return Status.OPTIMAL if found.has_solution else found.status
