"""Who is struck where few are, without a draw for each of the many who are not.

It is as if everybody drew a uniform number each month and those below the chance were struck. Of these
numbers only the ones below :data:`LEVEL` are drawn: who has one, by geometric gaps between them (Devroye
1986, Non-Uniform Random Variate Generation, X.2), and then which. That is a thirtieth of the work, and as
the level does not depend on the chance, a higher chance still strikes the same and more. Numbers above the
level come from a generator of their own, which is asked only where the chance is higher than that.
"""

from collections.abc import Sequence

import numpy as np

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.shockspec import MONTHS
from zxsim.core.streams import Streams

LEVEL = 1 / 32
"""Of a month's chance: a shock of 37.5 % a year."""


class Rare:
    """The draws of one purpose and replication, a year at a time for so many households or groups."""

    def __init__(self, streams: Streams, purpose: str, replication: int, count: int) -> None:
        """Stand at the beginning of the first year."""
        self._few = streams.generator(purpose, replication)
        self._others = streams.generator(f"{purpose}:others", replication)
        self._count = count

    def year(self, chance: float) -> Sequence[IntArray]:
        """Return who is struck in each of the next twelve months, ascending.

        Parameters
        ----------
        chance : float
            Of a month; the same in every year, or the years after draw other numbers.
        """
        if chance <= 0 or not self._count:
            return [np.zeros(0, dtype=np.int64)] * MONTHS
        trials = self._below_level()
        numbers = LEVEL * self._few.random(len(trials))
        trials = trials[numbers < chance]
        months = np.split(trials, np.searchsorted(trials, self._count * np.arange(1, MONTHS)))
        struck = [trial - self._count * month for month, trial in enumerate(months)]
        return struck if chance <= LEVEL else [self._and_others(at, chance) for at in struck]

    def _below_level(self) -> IntArray:
        """Trials of a year, month by month through all, whose number is below the level."""
        trials = self._count * MONTHS
        mean = trials * LEVEL
        likely = int(mean + 6 * np.sqrt(mean)) + 8
        last, found = -1.0, []
        while last < trials:
            found.append(last + np.cumsum(self._gaps(likely)))
            last = found[-1][-1]
        at = np.concatenate(found)
        return at[: np.searchsorted(at, trials)].astype(np.int64)

    def _gaps(self, count: int) -> FloatArray:
        """Trials up to the next number below the level: an exponential in whole steps is geometric."""
        gaps: FloatArray = np.floor(self._few.standard_exponential(count) / -np.log1p(-LEVEL)) + 1
        return gaps

    def _and_others(self, at: IntArray, chance: float) -> IntArray:
        """Add those of one month whose number is above the level and below the chance."""
        struck = self._others.random(self._count) < (chance - LEVEL) / (1 - LEVEL)
        struck[at] = True
        return np.flatnonzero(struck)
