"""The clock of a batch of replications: months of thirty days, with fixed days for what is done together.

Day 1: shocks, needs, incomes, leads of the month. Day 25: follow-up of open cases, then in a quarter's last
month the exit review. Day 30: the year-end batch in December, then the records. Between these, cases move
by themselves.
"""

from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.shockspec import MONTHS
from zxsim.core.streams import Streams
from zxsim.simulate.casework import Casework
from zxsim.simulate.hazards import Hazards
from zxsim.simulate.income import Incomes
from zxsim.simulate.records import Events
from zxsim.simulate.setup import DAYS, QUARTER, Group, Setup, Status
from zxsim.simulate.state import NO_MEASURE, State

REVIEW_DAY = 25
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a batch ends with.

    Attributes
    ----------
    replications : int array (replications,)
    income : float array (years, replications, places of the census)
        Mean disposable income per head.
    quantiles : float array (years, replications, quantiles)
        Of households' income per head, see :data:`QUANTILES`.
    open_cases, unresolved : int array (months, replications, places, groups)
        Monitored households at the month's end, and those without a fitting measure for too long.
    waiting : int array (months, replications)
        Households found and not yet noticed.
    paid_out : float array (replications,)
        Insurance, yuan per person added up over those paid.
    opened, granted : int array (replications, measures)
        Contracts that money opened, and those that households got.
    """

    replications: IntArray
    income: FloatArray
    quantiles: FloatArray
    open_cases: IntArray
    unresolved: IntArray
    waiting: IntArray
    paid_out: FloatArray
    opened: IntArray
    granted: IntArray
    events: Events


class Batch:
    """Some replications that run side by side in one SimPy environment."""

    def __init__(self, setup: Setup, streams: Streams, replications: IntArray) -> None:
        """Set everything up for the first day."""
        self.setup, self._streams = setup, streams
        self.state = State(setup, replications)
        self.hazards = Hazards(setup, self.state, streams)
        self.incomes = Incomes(setup, self.state, streams)
        self.env = simpy.Environment(initial_time=1)
        self.casework = Casework(setup, self.state, streams, self.incomes.shares, self.env)
        self._needs = [streams.generator("needs", int(r)) for r in replications]
        self._missing: defaultdict[int, list[IntArray]] = defaultdict(list)
        self._income: list[FloatArray] = []
        self._quantiles: list[FloatArray] = []
        self._open: list[IntArray] = []
        self._unresolved: list[IntArray] = []
        self._waiting: list[IntArray] = []

    def run(self) -> Outcome:
        """Let the clock run to the last day."""
        self.env.process(self._clock())
        self.env.run(until=self.setup.months * DAYS + 1)
        return Outcome(
            replications=self.state.replications,
            income=np.array(self._income),
            quantiles=np.array(self._quantiles),
            open_cases=np.array(self._open),
            unresolved=np.array(self._unresolved),
            waiting=np.array(self._waiting),
            paid_out=self.hazards.paid_out,
            opened=np.array([[slots.opened for slots in row] for row in self.casework.contracts.slots]),
            granted=np.array([[slots.granted for slots in row] for row in self.casework.contracts.slots]),
            events=self.casework.events,
        )

    def _clock(self) -> Generator[simpy.Event, Any, None]:
        for month in range(self.setup.months):
            self._begin(month)
            yield self.env.timeout(REVIEW_DAY - 1)
            self.casework.follow_up(month)
            if month % QUARTER == QUARTER - 1:
                self.casework.exits(month, year_end=False)
            yield self.env.timeout(DAYS - REVIEW_DAY)
            self._end(month)
            yield self.env.timeout(1)

    def _begin(self, month: int) -> None:
        """Day 1: money changes, and those at risk are looked for."""
        year = month // MONTHS
        if month % MONTHS == 0:
            self.incomes.new_year(year)
            self.casework.contracts.open(year)
            self._draw_needs(year)
        self.hazards.month(month)
        for at in self._missing.pop(month, []):
            self.state.needs.ravel()[at] = True
        self.incomes.month()
        if month == 0:
            self.casework.judge(self.incomes.monitoring, year)
            self._take_over()
        state = self.state
        at = np.flatnonzero((self.incomes.monitoring < state.limit) | state.needs)
        status = state.status.ravel()[at]
        self.casework.leads(at[(status == Status.UNKNOWN) | (status == Status.EXITED)], month)

    def _draw_needs(self, year: int) -> None:
        """Draw once a year whose guarantee goes missing, and in which of its months."""
        chance = self.setup.procedure.need_rate
        if not chance.any():
            return
        width, drawn = self.state.shape[1], np.empty(self.state.shape[1], dtype=np.float32)
        for row, (generator, limit) in enumerate(zip(self._needs, chance, strict=True)):
            generator.random(out=drawn, dtype=np.float32)
            at = np.flatnonzero(drawn < np.float32(limit))
            of_year = np.floor(drawn[at] * (MONTHS / limit)).astype(np.int64)
            month = MONTHS * year + np.minimum(of_year, MONTHS - 1)
            for one in range(MONTHS * year, MONTHS * (year + 1)):
                self._missing[one].append(row * width + at[month == one])

    def _take_over(self) -> None:
        """Those on the list before the first day are known, or the poorest of each place."""
        if self.setup.listed is not None:
            self.casework.take_over(np.flatnonzero(np.tile(self.setup.listed, self.state.shape[0])))
            return
        stock = np.minimum(self.setup.stock, self.setup.population.census.households)
        self.casework.take_over(self.incomes.lowest(stock))

    def _end(self, month: int) -> None:
        """Day 30: the year-end batch, then the records."""
        last = month % MONTHS == MONTHS - 1
        if last:
            self.casework.exits(month, year_end=True)
        self._record()
        if last:
            self._income.append(self.incomes.means(list(self.state.earned)))
            self._quantiles.append(self.incomes.quantiles(QUANTILES))
            if month + 1 < self.setup.months:
                self.casework.judge(self.incomes.monitoring, month // MONTHS + 1)

    def _record(self) -> None:
        # Few are not unknown: what is counted is looked up for these alone.
        state, known = self.state, np.flatnonzero(self.state.status != Status.UNKNOWN)
        status = state.status.ravel()[known]
        at = known[status == Status.MONITORED]
        late = self.env.now - state.helpless_since.ravel()[at] > self.setup.procedure.unresolved_days
        helpless = state.measure.ravel()[at] == NO_MEASURE
        self._open.append(self._counted(at))
        self._unresolved.append(self._counted(at[late & helpless]))
        verified = state.row_of(known[status == Status.VERIFYING])
        self._waiting.append(np.bincount(verified, minlength=state.shape[0]))

    def _counted(self, at: IntArray) -> IntArray:
        """Households by replication, place of the census and group."""
        places, groups = len(self.setup.population.census.place), len(Group)
        row, place = self.state.row_of(at), self.setup.population.group[self.state.household_of(at)]
        cell = (row * places + place) * groups + self.state.group.ravel()[at]
        counted = np.bincount(cell, minlength=self.state.shape[0] * places * groups)
        return counted.reshape(self.state.shape[0], places, groups)
