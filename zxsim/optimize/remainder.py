"""What a finished stage leaves undecided because it is small beside the rest.

A solver and :func:`~zxsim.optimize.solution.hold` take reduced costs below 1e-7 of the largest cost for zero.
Where costs lie many powers of ten apart, a project worth 10 yuan would so count nothing beside one worth
10⁸. On the face that is held, the cost is a constant plus what this module returns, and that can be minimised
in its turn, at its own scale (iterative refinement; Gleixner, Steffy and Wolter, 2016).
"""

import numpy as np

from zxsim.core.layout import FloatArray
from zxsim.core.program import Program
from zxsim.optimize.solution import ZERO, Face, Solution

MOST_LEVELS = 4
"""How often a stage is minimised again at a smaller scale."""

OWN_NOISE, CARRIED_NOISE = 1e-12, 1e-14
"""Error of a dual's product: relative to itself, and to the largest dual that it may be made from."""
SLIPS = 10
"""Error of a dual, too: so many times what the solver's own reduced costs are off by."""


def remainder(
    program: Program, cost: FloatArray, face: Face, found: Solution, noise: FloatArray
) -> tuple[FloatArray, FloatArray, float]:
    """Cost that is left on a face which has just been held, scaled to max |c| = 1.

    Parameters
    ----------
    cost : float array (columns,)
        What was minimised.
    noise : float array (columns,)
        Error that ``cost`` has already.

    Returns
    -------
    (left, noise, largest)
        0 for columns that are fixed and where no more than noise is left; the error of the others; and what
        both were divided by.
    """
    dual = np.where(np.abs(found.dual) > ZERO, found.dual, 0.0)
    size = np.abs(dual)
    error = np.where(size > 0, OWN_NOISE * size + CARRIED_NOISE * size.max(initial=0), 0.0)
    slip = np.abs(cost - program.matrix.T @ found.dual - found.reduced_cost).max(initial=0)
    through = abs(program.matrix).T @ error
    noise = noise + through + np.where(through > 0, SLIPS * slip, 0.0)
    left = cost - program.matrix.T @ dual
    free = face.column_lower < face.column_upper
    left = np.where(free & (np.abs(left) > noise), left, 0.0)
    largest = float(np.abs(left).max(initial=0)) or 1.0
    return left / largest, noise / largest, largest
