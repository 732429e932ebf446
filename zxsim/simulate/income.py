"""Incomes month by month: a permanent part, what shocks leave of it, transitory luck, gains of the plan.

The logarithm of permanent income follows a random walk with yearly steps; a month's income of component c
is permanent · share_c · left_c · exp(σ_c·z − σ_c²/2) / 12 with z standard normal, so that the expected year
is the baseline of the place (permanent–transitory model, Friedman 1957; MaCurdy 1982, J. Econometrics 18:83).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.shockspec import COMPONENTS, MONTHS
from zxsim.core.streams import Streams, fill_normal
from zxsim.simulate.population import Float32Array
from zxsim.simulate.setup import Setup
from zxsim.simulate.state import CHUNK, State


@dataclass(frozen=True, eq=False)
class _Part:
    """One component of income: its share, the spread of a month's luck, whether shocks take from it."""

    component: int
    share: float
    spread: float
    struck: bool
    generators: Sequence[np.random.Generator]

    @property
    def offset(self) -> float:
        """What is added to the logarithm: luck has the mean 1, and what is not struck its share."""
        return (0.0 if self.struck else np.log(self.share)) - self.spread**2 / 2


class Incomes:
    """Writes the money of a batch: permanent incomes each year, earned and monitoring incomes each month."""

    def __init__(self, setup: Setup, state: State, streams: Streams) -> None:
        """Open a stream a component and replication."""
        self._setup, self._state = setup, state
        self.shares = setup.raised_shares().astype(np.float32)
        self._relative = setup.population.relative / setup.usual_ratio()
        self._drift = np.ones(state.shape, dtype=np.float32)
        self._steps = [streams.generator("permanent", int(r)) for r in state.replications]
        struck = {shock.component for shock in setup.shocks if shock.months}
        self._parts = [
            _Part(component, float(share), float(spread), struck=component in struck, generators=generators)
            for component, (name, share, spread) in enumerate(
                zip(COMPONENTS, self.shares, setup.transitory, strict=True)
            )
            if share > 0
            for generators in [[streams.generator(f"transitory:{name}", int(r)) for r in state.replications]]
        ]
        self._unmoved = np.float32(sum(p.share for p in self._parts if not (p.struck or p.spread)))
        self._unstruck = np.float32(sum(p.share for p in self._parts if not p.struck))
        self._z, self._sum = np.empty(CHUNK, dtype=np.float32), np.empty(CHUNK, dtype=np.float32)
        self._steady, self._left = np.empty(CHUNK, dtype=np.float32), np.empty(CHUNK, dtype=np.float32)
        self.monitoring = np.zeros(state.shape, dtype=np.float32)

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
            fill_normal(generator, step)
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
        left = self._left[:size]
        total[:], steady[:] = self._unmoved, self._unstruck
        for part in self._parts:
            if part.struck:
                np.multiply(state.left[part.component, row, at], np.float32(part.share), out=left)
                steady += left
            if part.spread:
                fill_normal(part.generators[row], z)
                z *= np.float32(part.spread)
                z += np.float32(part.offset)
                np.exp(z, out=z)
                if part.struck:
                    z *= left
                total += z
            elif part.struck:
                total += left
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
        ordered = np.sort(self._state.earned, axis=1)  # in order they take half the time
        return np.quantile(ordered, shares, axis=1).T.astype(np.float64)

    def lowest(self, some: IntArray) -> IntArray:
        """Positions of the households with the lowest monitoring income of each place, ``some`` of each.

        Flattened and ascending, over all replications.
        """
        ends = np.cumsum(self._setup.population.census.households)
        width = self._state.shape[1]
        found = [
            row * width + end - size + np.argpartition(incomes[end - size : end], few - 1)[:few]
            for row, incomes in enumerate(self.monitoring)
            for end, size, few in zip(
                ends.tolist(), self._setup.population.census.households.tolist(), some.tolist(), strict=True
            )
            if few
        ]
        return np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *found]))
