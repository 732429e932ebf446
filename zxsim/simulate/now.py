"""One household at one moment, number by number: what a case asks and writes.

The same figures as the arrays of :class:`~zxsim.simulate.state.State`; a case needs a dozen of them, for
which arrays of one element are twenty times slower than single numbers.
"""

from collections.abc import Sequence

from zxsim.core.shockspec import MONTHS
from zxsim.simulate.population import Float32Array
from zxsim.simulate.setup import DAYS, GUARANTEES, INCOME, Group, Setup
from zxsim.simulate.state import NEVER, NO_MEASURE, State


def causes_of(setup: Setup) -> Sequence[str]:
    """What cases can be about: each shock, each guarantee, and income alone."""
    return [*(shock.name for shock in setup.shocks), *GUARANTEES, INCOME]


class Now:
    """Flattened views of a state; positions count through replications and households."""

    def __init__(self, setup: Setup, state: State, shares: Float32Array) -> None:
        """Look at a state; nothing is copied."""
        self._setup = setup
        self._usual_share = float(sum(shares.tolist()))
        self._permanent, self._gain = state.permanent.ravel(), state.gain.ravel()
        self._helped = state.helped.ravel()
        self._struck, self._struck_month = state.struck.ravel(), state.struck_month.ravel()
        self._helped_since, self.measure = state.helped_since.ravel(), state.measure.ravel()
        self._helpless_since = state.helpless_since.ravel()
        self.needs, self.status, self.group = state.needs.ravel(), state.status.ravel(), state.group.ravel()
        self.since, self.cause_of = state.since.ravel(), state.cause.ravel()
        self._width = state.shape[1]
        self._line: list[float] = setup.procedure.line.tolist()
        self._lifted = setup.population.lifted
        self._gains = [measure.gain.tolist() for measure in setup.measures]

    def year(self, day: float) -> int:
        """Year of the simulation; notices may come a little after its end."""
        return min(int(day - 1) // (DAYS * MONTHS), len(self._line) - 1)

    def cause(self, at: int, day: float, need: float | None) -> int:
        """What a case is about: a missing guarantee, else a shock of the last year, else income alone.

        ``need`` in (0, 1) says which guarantee is missing, ``None`` that none is.
        """
        shocks = len(self._setup.shocks)
        if need is not None:
            return shocks + int(need * len(GUARANTEES))
        struck, month = self._struck.item(at), int(day - 1) // DAYS
        recent = struck >= 0 and month - self._struck_month.item(at) < MONTHS
        return struck if recent else shocks + len(GUARANTEES)

    def group_for(self, at: int, day: float, *, sudden: bool) -> Group:
        """Tell the three groups apart: a shock is sudden where the usual income is above the line."""
        usual = self._permanent.item(at) * self._usual_share + self._gain.item(at)
        if sudden and usual >= self._line[self.year(day)]:
            return Group.SUDDEN
        return Group.LIFTED if self._lifted.item(at % self._width) else Group.MARGINAL

    def begin(self, at: int, measure: int, day: float) -> None:
        """Put a measure in place."""
        self.measure[at], self._helped_since[at] = measure, day
        self._helped[at] += self._gains[measure][at // self._width]
        if self._setup.measures[measure].removes_need:
            self.needs[at] = False

    def end(self, at: int, measure: int) -> None:
        """Let what a contract adds end."""
        self._helped[at] -= self._gains[measure][at // self._width]

    def unhelped(self, at: int, day: float) -> None:
        """Leave a case without a fitting measure from a day on."""
        self.measure[at], self._helped_since[at], self._helpless_since[at] = NO_MEASURE, NEVER, day
