"""All that changes while a batch of replications runs: arrays of shape *(replications, households)*.

Cases hold an index into the flattened arrays and a stage; they write status, measure and the days of
these, the clock writes everything about money.
"""

import numpy as np
from numpy.typing import NDArray

from zxsim.core.layout import IntArray
from zxsim.core.shockspec import COMPONENTS
from zxsim.simulate.population import Float32Array
from zxsim.simulate.setup import Setup, Status

CHUNK = 16_384
"""Households at a time: their numbers stay in the cache of a core."""

NEVER = -1
NO_MEASURE = -1


class State:
    """Households of several replications at one moment.

    Attributes
    ----------
    permanent : float array
        Permanent income of the year before shocks, yuan per person.
    left : float array (components, replications, households)
        What shocks leave of each component.
    gain, helped : float array
        What the plan adds in the year, and what a measure adds, yuan per person and year.
    spent : float array
        Unavoidable spending of the last twelve months, yuan per person: whole numbers, exact up to 2²⁴.
    earned, limit : float array
        Income of the year so far, and the monitoring income below which a household is at risk this year.
    needs : bool array
        Whether a guarantee is missing; ``cause`` says what a case is about.
    struck, struck_month : int array
        Last shock and its month.
    status, group, measure, cause : int array
        See :class:`~zxsim.simulate.setup.Status` and :class:`~zxsim.simulate.setup.Group`.
    since, helped_since : int array
        Day of the notice, and of the measure.
    helpless_since : int array
        Day from which on a monitored household has no fitting measure; of no meaning where it has one.
    """

    def __init__(self, setup: Setup, replications: IntArray) -> None:
        """Put everybody where nothing has happened yet."""
        self.replications = replications
        self.shape = (len(replications), len(setup.population))
        self.permanent = np.zeros(self.shape, dtype=np.float32)
        self.left = np.ones((len(COMPONENTS), *self.shape), dtype=np.float32)
        self.gain = np.zeros(self.shape, dtype=np.float32)
        self.helped = np.zeros(self.shape, dtype=np.float32)
        self.spent = np.zeros(self.shape, dtype=np.float32)
        self.earned = np.zeros(self.shape, dtype=np.float32)
        self.limit = np.zeros(self.shape, dtype=np.float32)
        self.needs = np.zeros(self.shape, dtype=np.bool_)
        self.struck = np.full(self.shape, NEVER, dtype=np.int8)
        self.struck_month = np.full(self.shape, NEVER, dtype=np.int16)
        self.status = np.full(self.shape, Status.UNKNOWN, dtype=np.int8)
        self.group = np.zeros(self.shape, dtype=np.int8)
        self.measure = np.full(self.shape, NO_MEASURE, dtype=np.int8)
        self.cause = np.zeros(self.shape, dtype=np.int8)
        self.since = np.full(self.shape, NEVER, dtype=np.int32)
        self.helped_since = np.full(self.shape, NEVER, dtype=np.int32)
        self.helpless_since = np.full(self.shape, NEVER, dtype=np.int32)

    def row_of(self, at: IntArray) -> IntArray:
        """Row, among the batch's replications, of flattened positions."""
        return at // self.shape[1]

    def household_of(self, at: IntArray) -> IntArray:
        """Household of flattened positions."""
        return at - at // self.shape[1] * self.shape[1]  # a remainder takes five times as long

    def monitoring(self, at: IntArray, shares: Float32Array) -> NDArray[np.float32]:
        """Monitoring income at flattened positions: permanent part + gains − spending of twelve months."""
        parts = [share * self.left[component].ravel()[at] for component, share in enumerate(shares)]
        earned = self.permanent.ravel()[at] * np.sum(parts, axis=0, dtype=np.float32)
        gained = self.gain.ravel()[at] + self.helped.ravel()[at]
        return (earned + gained - self.spent.ravel()[at]).astype(np.float32)
