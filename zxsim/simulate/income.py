"""Incomes month by month: a permanent part, what shocks leave of it, transitory luck, gains of the plan.

The logarithm of permanent income follows a random walk with yearly steps; a month's income of component c
is permanent · share_c · left_c · exp(σ_c·z − σ_c²/2) / 12 with z standard normal, so that the expected year
is the baseline of the place (permanent–transitory model, Friedman 1957; MaCurdy 1982, J. Econometrics 18:83).
"""

from collections.abc import Sequence

import numpy as np

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.shockspec import COMPONENTS, MONTHS
from zxsim.core.streams import Streams
from zxsim.simulate.population import Float32Array
from zxsim.simulate.setup import Setup
from zxsim.simulate.state import State

CHUNK = 16_384
"""Households at a time: their numbers stay in the cache of a core."""


class Incomes:
    """Writes the money of a batch: permanent incomes each year, earned and monitoring incomes each month."""

    def __init__(self, setup: Setup, state: State, streams: Streams) -> None:
        """Open a stream a component and replication."""
        self._setup, self._state = setup, state
        self.shares = setup.raised_shares().astype(np.float32)
        self._relative = setup.population.relative / setup.usual_ratio()
        self._drift = np.ones(state.shape, dtype=np.float32)
        self._steps = [streams.generator("permanent", int(r)) for r in state.replications]
        self._luck = [
            (
                component,
                np.float32(setup.transitory[component]),
                [streams.generator(f"transitory:{name}", int(r)) for r in state.replications],
            )
            for component, name in enumerate(COMPONENTS)
            if setup.shares[component] > 0
        ]
        self._z, self._sum = np.empty(CHUNK, dtype=np.float32), np.empty(CHUNK, dtype=np.float32)
        self._steady = np.empty(CHUNK, dtype=np.float32)
        self.monitoring = np.zeros(state.shape, dtype=np.float32)
        struck = {shock.component for shock in setup.shocks if shock.months}
        self._struck = [component in struck for component in range(len(COMPONENTS))]

    def new_year(self, year: int) -> None:
        """Move permanent incomes on by a year and let the plan's gains begin."""
        setup, state = self._setup, self._state
        group = setup.population.group
        if year and setup.permanent_spread > 0:
            self._move()
        base = (setup.base[year][group] * self._relative).astype(np.float32)
        np.multiply(self._drift, base, out=state.permanent)
        gain = setup.gain[year][group].astype(np.float32)
        np.multiply(setup.gain_factor.astype(np.float32)[:, None], gain, out=state.gain)
        state.earned[:] = 0

    def _move(self) -> None:
        spread = np.float32(self._setup.permanent_spread)
        step = np.empty(self._state.shape[1], dtype=np.float32)
        for row, generator in enumerate(self._steps):
            generator.standard_normal(out=step, dtype=np.float32)
            self._drift[row] *= np.exp(step * spread - spread**2 / 2)

    def month(self) -> None:
        """Earn a month's income, and work out the monitoring income."""
        rows, width = self._state.shape
        for row in range(rows):
            for first in range(0, width, CHUNK):
                self._chunk(row, slice(first, min(first + CHUNK, width)))

    def _chunk(self, row: int, at: slice) -> None:
        """Both incomes of some households; every array is small enough to stay in the cache."""
        state, size = self._state, at.stop - at.start
        z, total, steady = self._z[:size], self._sum[:size], self._steady[:size]
        total[:] = 0
        steady[:] = 0
        for component, spread, generators in self._luck:
            share, left = self.shares[component], state.left[component, row, at]
            if spread > 0:
                generators[row].standard_normal(out=z, dtype=np.float32)
                z *= spread
                z += np.log(share) - spread**2 / 2
                np.exp(z, out=z)
            else:
                z[:] = share
            if self._struck[component]:
                z *= left
                steady += share * left
            else:
                steady += share
            total += z
        permanent = state.permanent[row, at]
        added = state.gain[row, at] + state.helped[row, at]
        total *= permanent
        total += added
        total *= np.float32(1 / MONTHS)
        state.earned[row, at] += total
        monitoring = self.monitoring[row, at]
        np.multiply(steady, permanent, out=monitoring)
        monitoring += added
        monitoring -= state.spent[row, at]

    def means(self, values: Sequence[Float32Array]) -> FloatArray:
        """Mean over the persons of each place, shape *(replications, places of the census)*."""
        return np.array([self._setup.population.mean(row) for row in values])

    def quantiles(self, shares: Sequence[float]) -> FloatArray:
        """Quantiles of the year's income over persons' households, shape *(replications, shares)*."""
        return np.quantile(self._state.earned, shares, axis=1).T.astype(np.float64)

    @property
    def lowest(self) -> IntArray:
        """Order of households within their place by monitoring income, lowest first, a row a replication."""
        group = self._setup.population.group
        return np.array([np.lexsort((row, group)) for row in self.monitoring])
