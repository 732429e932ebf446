"""The search for parameters: few trials, each a simulation, and steps where a derivative should be.

With the same luck in every trial a figure moves in small steps only when a household crosses a line. So a
derivative is a difference over a twentieth of the bounds, wide beside the steps. Trust-region reflective
least squares (Branch, Coleman and Li 1999, SIAM J. Sci. Comput. 21:1) goes most of the way; Nelder and Mead
(1965, Computer J. 7:308), which asks for no derivative, goes on from the best trial where that is not within
tolerance.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import least_squares, minimize

from zxsim.core.layout import FloatArray

STEP = 0.05
"""Of the width of the bounds: what derivatives are taken over."""
NEAR = 0.25
"""The search ends where no residual is larger: a quarter of what is tolerated."""
FIRST_SIZE = 0.04
"""Size of the first simplex of Nelder and Mead, in widths of the bounds."""

Residuals = Callable[[FloatArray], FloatArray]
"""Parameters in widths of their bounds, shape *(parameters,)* → residuals, 1 at the limit of tolerance."""


class _NearEnough(Exception):  # noqa: N818 (not an error: the search is over)
    """Raised out of SciPy's loops when a trial is near enough."""


@dataclass(eq=False)
class Search:
    """Looks for parameters within [0, 1] that bring all residuals near 0.

    Attributes
    ----------
    most : int
        Trials at most in each of the two searches.
    trials : int
        Done so far; a point that was tried before is not tried again.
    """

    residuals: Residuals
    most: int
    trials: int = 0
    best: FloatArray = field(default_factory=lambda: np.zeros(0))
    worst_residual: float = np.inf
    _known: dict[bytes, FloatArray] = field(default_factory=dict)
    _best_sum: float = np.inf

    def run(self, start: FloatArray) -> FloatArray:
        """Return the best parameters found, shape *(parameters,)*; ``start`` where it is within tolerance."""
        start = np.clip(start, 0.0, 1.0)
        if np.abs(self._at(start)).max() <= 1:
            return start
        try:
            self._least_squares(start)
            if self.worst_residual > 1:
                self._simplex()
        except _NearEnough:
            pass
        return self.best

    def _at(self, point: FloatArray) -> FloatArray:
        key = point.tobytes()
        if key not in self._known:
            self.trials += 1
            self._known[key] = found = self.residuals(point)
            if (total := float(found @ found)) < self._best_sum:
                self._best_sum, self.best = total, point.copy()
                self.worst_residual = float(np.abs(found).max())
        return self._known[key]

    def _watched(self, point: FloatArray) -> FloatArray:
        found = self._at(np.clip(point, 0.0, 1.0))
        if np.abs(found).max() <= NEAR:
            raise _NearEnough
        return found

    def _least_squares(self, start: FloatArray) -> None:
        """Each step costs a trial, and one for each parameter where it is taken from."""
        most = max(2, self.most // (len(start) + 1))
        least_squares(
            self._watched, start, jac=self._slopes, bounds=(0.0, 1.0), max_nfev=most, xtol=1e-3, ftol=1e-3
        )

    def _slopes(self, point: FloatArray) -> FloatArray:
        """Differences over wide steps towards the middle, shape *(residuals, parameters)*."""
        here = self._watched(point)
        columns = []
        for at in range(len(point)):
            step = STEP if point[at] < 0.5 else -STEP  # noqa: PLR2004 (the middle)
            moved = point.copy()
            moved[at] += step
            columns.append((self._watched(moved) - here) / step)
        return np.stack(columns, axis=1)

    def _simplex(self) -> None:
        away = np.where(self.best < 0.5, FIRST_SIZE, -FIRST_SIZE)  # noqa: PLR2004 (towards the middle)
        corners = np.vstack([self.best, self.best + np.diag(away)])
        minimize(
            lambda point: float(np.sum(self._watched(point) ** 2)),
            self.best,
            method="Nelder-Mead",
            bounds=[(0.0, 1.0)] * len(self.best),
            options={"initial_simplex": corners, "maxfev": self.most, "xatol": 1e-5, "fatol": 1e-6},
        )
