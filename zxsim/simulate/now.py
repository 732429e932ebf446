"""What cases read and write of households, now: flattened views of a state.

Positions count through replications and households. ``at`` is an array of different positions, or a single
one where a contract of one household begins or ends, for which single numbers are much quicker.
"""

from collections.abc import Sequence

import numpy as np

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.core.shockspec import MONTHS
from zxsim.simulate.population import Float32Array
from zxsim.simulate.setup import DAYS, GUARANTEES, INCOME, Group, Setup, Status
from zxsim.simulate.state import NEVER, NO_MEASURE, State

# Members of an enum are looked up slowly.
MONITORED = int(Status.MONITORED)


def causes_of(setup: Setup) -> Sequence[str]:
    """What cases can be about: each shock, each guarantee, and income alone."""
    return [*(shock.name for shock in setup.shocks), *GUARANTEES, INCOME]


class Now:
    """Views of a state; nothing is copied."""

    def __init__(self, setup: Setup, state: State, shares: Float32Array) -> None:
        """Look at a state."""
        self._setup, self._width = setup, state.shape[1]
        self._usual_share = float(shares.sum(dtype=np.float64))
        self._permanent, self._gain = state.permanent.ravel(), state.gain.ravel()
        self._struck, self._struck_month = state.struck.ravel(), state.struck_month.ravel()
        self._helped, self._helped_since = state.helped.ravel(), state.helped_since.ravel()
        self._helpless_since = state.helpless_since.ravel()
        self.needs, self.status, self.group = state.needs.ravel(), state.status.ravel(), state.group.ravel()
        self.measure, self.since, self.cause = state.measure.ravel(), state.since.ravel(), state.cause.ravel()
        self._shocks = len(setup.shocks)
        self._gains = [measure.gain.tolist() for measure in setup.measures]

    def causes(self, at: IntArray, day: float, need: FloatArray) -> IntArray:
        """What cases are about: a missing guarantee, else a shock of the last year, else income alone.

        ``need`` in (0, 1) says which guarantee is missing where one is.
        """
        struck, month = self._struck[at], int(day - 1) // DAYS
        recent = (struck >= 0) & (month - self._struck_month[at] < MONTHS)
        own = np.where(recent, struck, self._shocks + len(GUARANTEES))
        missing = self._shocks + (need * len(GUARANTEES)).astype(np.int64)
        return np.where(self.needs[at], missing, own)

    def enter(self, at: IntArray, day: float, cause: IntArray) -> None:
        """Put households on the list, with their causes and groups."""
        self.status[at], self.since[at], self.cause[at] = MONITORED, day, cause
        self.group[at] = self._groups(at, day, sudden=cause < self._shocks)

    def _groups(self, at: IntArray, day: float, *, sudden: BoolArray) -> IntArray:
        """Tell the three groups apart: a shock is sudden where the usual income is above the line."""
        line = self._setup.procedure.line
        usual = self._permanent[at] * self._usual_share + self._gain[at]
        # Notices may come a little after the last year.
        sudden = sudden & (usual >= line[min(int(day - 1) // (DAYS * MONTHS), len(line) - 1)])
        lifted = np.where(self._setup.population.lifted[at % self._width], Group.LIFTED, Group.MARGINAL)
        return np.where(sudden, Group.SUDDEN, lifted)

    def begin(self, at: int, measure: int, day: float) -> None:
        """Put a measure in place."""
        self.measure[at], self._helped_since[at] = measure, day
        self._helped[at] += self._gains[measure][at // self._width]
        if self._setup.measures[measure].removes_need:
            self.needs[at] = False

    def end(self, at: int, measure: int) -> None:
        """Let what a contract adds end."""
        self._helped[at] -= self._gains[measure][at // self._width]

    def unhelped(self, at: IntArray | int, day: float) -> None:
        """Leave cases without a fitting measure from a day on."""
        self.measure[at], self._helped_since[at], self._helpless_since[at] = NO_MEASURE, NEVER, day
