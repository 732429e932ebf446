"""Do not trust the solver: check every optimum by its duals before it is used.

For min cᵀx over l ≤ x ≤ u, L ≤ Ax ≤ U with duals y and reduced costs d: x and Ax lie within their
bounds, c = Aᵀy + d, a positive dual or reduced cost sits at a lower bound and a negative one at an
upper bound, and cᵀx equals the dual objective (linear programming duality).
"""

from dataclasses import dataclass

import numpy as np

from zxsim.core.layout import FloatArray
from zxsim.core.program import Program
from zxsim.errors import InternalError, LimitError, Message
from zxsim.optimize.solution import HIGHS, HIGHS_IPM, Face, Solution

ALLOWED = 1e-6


@dataclass(frozen=True)
class Certificate:
    """Relative residuals of one stage; all are 0 for an exact optimum."""

    stage: str
    primal_residual: float
    dual_residual: float
    gap: float

    @property
    def holds(self) -> bool:
        """Whether all residuals are within :data:`ALLOWED`."""
        return max(self.primal_residual, self.dual_residual, self.gap) <= ALLOWED


def certificate(stage: str, program: Program, cost: FloatArray, face: Face, found: Solution) -> Certificate:
    """Work out the residuals of a solution from the arrays alone."""
    rows, size = program.matrix @ found.x, abs(program.matrix) @ np.abs(found.x)
    primal = max(
        _outside(found.x, face.column_lower, face.column_upper, np.abs(found.x)),
        _outside(rows, face.row_lower, face.row_upper, size),
    )
    stationarity = cost - program.matrix.T @ found.dual - found.reduced_cost
    dual = float(np.abs(stationarity).max(initial=0)) / max(1.0, float(np.abs(cost).max(initial=0)))
    bound = _supported(found.reduced_cost, face.column_lower, face.column_upper) + _supported(
        found.dual, face.row_lower, face.row_upper
    )
    primal_objective = float(cost @ found.x)
    gap = abs(primal_objective - bound) / (1 + abs(primal_objective))
    return Certificate(stage, primal, dual, gap)


def checked(certificate_: Certificate, solver: str = HIGHS) -> Certificate:
    """Return the certificate where it holds.

    Raises
    ------
    LimitError
        A solver of others, which prints eight digits, is not exact enough for these figures.
    InternalError
        It does not hold otherwise.
    """
    if not certificate_.holds and solver not in (HIGHS, HIGHS_IPM):
        raise LimitError([Message("solver_not_exact", {"given": solver, "stage": certificate_.stage})])
    if not certificate_.holds:
        fields = {
            "stage": certificate_.stage,
            "primal": f"{certificate_.primal_residual:.1e}",
            "dual": f"{certificate_.dual_residual:.1e}",
            "gap": f"{certificate_.gap:.1e}",
        }
        raise InternalError([Message("certificate_fails", fields)])
    return certificate_


def _outside(value: FloatArray, lower: FloatArray, upper: FloatArray, size: FloatArray) -> float:
    """Largest distance outside the bounds, relative to the terms that were added up (``size``)."""
    below, above = np.isfinite(lower), np.isfinite(upper)
    under = (lower[below] - value[below]) / (1 + size[below] + np.abs(lower[below]))
    over = (value[above] - upper[above]) / (1 + size[above] + np.abs(upper[above]))
    return float(max(under.max(initial=0), over.max(initial=0)))


def _supported(dual: FloatArray, lower: FloatArray, upper: FloatArray) -> float:
    """Dual objective: each multiplier times the bound that its sign points to; −inf where it has none."""
    used = np.abs(dual) > np.finfo(float).eps
    bound = np.where(dual > 0, lower, upper)[used]
    finite = np.isfinite(bound)
    if (np.abs(dual[used][~finite]) > ALLOWED).any():
        return -np.inf
    return float(dual[used][finite] @ bound[finite])
