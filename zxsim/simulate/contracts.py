"""Contracts: which measure a case gets, when help begins and when it ends.

Cases whose help begins on one day by one measure are one SimPy process; those who wait for a funded slot
have one each.
"""

from collections import defaultdict
from collections.abc import Generator, Sequence
from typing import Any

import numpy as np
import simpy

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.simulate.now import MONITORED, Now, causes_of
from zxsim.simulate.population import Labour
from zxsim.simulate.records import Events, Kind
from zxsim.simulate.setup import DAYS, GUARANTEES, Setup
from zxsim.simulate.slots import Slots

Steps = Generator[simpy.Event, Any, None]

Contract = tuple[int, float, int]
"""Flattened position of a household, its place in the random order of those who wait, and which of its
requests this is."""

# Members of an enum are looked up slowly, and cases ask for these all the time.
MEASURE, MEASURE_ENDS = int(Kind.MEASURE), int(Kind.MEASURE_ENDS)


class Contracts:
    """The contracts of a batch of replications in one SimPy environment.

    ``slots`` are those of each replication and measure. Here cases are taken one by one: who gets a slot
    depends on who had one before.
    """

    def __init__(self, setup: Setup, replications: Sequence[int], now: Now, env: simpy.Environment) -> None:
        """Begin without any slots."""
        self.events = Events()
        self._setup, self._replications, self._now, self._env = setup, replications, now, env
        self._asked: defaultdict[int, int] = defaultdict(int)
        measures = range(len(setup.measures))
        self.slots = [[Slots(number, setup.parent) for number in measures] for _ in replications]
        self._width = len(setup.population)
        self._place = setup.population.census.place[setup.population.group]
        self._labour = setup.population.labour
        self._fits = [[self._fitting(cause, labour) for labour in Labour] for cause in causes_of(setup)]
        self._fit = self._table()

    def _fitting(self, cause: str, labour: Labour) -> list[int]:
        """Where a guarantee is missing these are the measures that restore it, if there are any."""
        fitting = [
            number
            for number, measure in enumerate(self._setup.measures)
            if labour in measure.labour and (not measure.causes or cause in measure.causes)
        ]
        restoring = [number for number in fitting if self._setup.measures[number].removes_need]
        return restoring if cause in GUARANTEES and restoring else fitting

    def _table(self) -> BoolArray:
        """Which measures fit, shape *(causes, labour, measures + 1)*; the last, for none, never does."""
        table = np.zeros((len(self._fits), len(Labour), len(self._setup.measures) + 1), dtype=np.bool_)
        for cause, by_labour in enumerate(self._fits):
            for labour, measures in enumerate(by_labour):
                table[cause, labour, measures] = True
        return table

    def fit(self, at: IntArray, cause: IntArray) -> BoolArray:
        """Whether the measure that is in place is for a cause."""
        return np.asarray(self._fit[cause, self._labour[at % self._width], self._now.measure[at]])

    def restorable(self, at: IntArray, cause: IntArray) -> BoolArray:
        """Whether some measure for a cause removes a need."""
        removing = [number for number, measure in enumerate(self._setup.measures) if measure.removes_need]
        fit = self._fit[cause, self._labour[at % self._width]]
        return np.asarray(fit[:, removing].any(axis=1))

    def open(self, year: int) -> None:
        """Open the contracts that the money of a year pays for."""
        for row in self.slots:
            for slots, measure in zip(row, self._setup.measures, strict=True):
                slots.open(measure.slots[year])

    def ask(self, cases: IntArray, orders: FloatArray) -> None:
        """Ask for funded slots: each case has the first fitting measure that has one, or waits for it.

        ``orders`` are the places of the cases in the random order of those who wait.
        """
        given = defaultdict(list)
        causes = self._now.cause[cases].tolist()
        for at, cause, order in zip(cases.tolist(), causes, orders.tolist(), strict=True):
            self._asked[at] += 1
            row, household = divmod(at, self._width)
            fitting = self._fits[cause][self._labour.item(household)]
            chosen = self._free(row, household, fitting)
            if chosen < 0:
                event = self._waiting(row, household, fitting, order)
                self._env.process(self._waits(event, (at, order, self._asked[at])))
            else:
                given[chosen].append((at, order, self._asked[at]))
        # By measure: in the order of the cases one replication would decide on the order of another.
        for measure in sorted(given):
            self._env.process(self._contracts(measure, given[measure]))

    def _waits(self, event: simpy.Event, case: Contract) -> Steps:
        measure = yield event
        yield from self._contracts(measure, [case])

    def _contracts(self, chosen: int, cases: Sequence[Contract]) -> Steps:
        """Let help begin and, at the end of the contracts, ask again for those who are still monitored.

        Where a case is about something else meanwhile, another request is under way, and this one only ends.
        """
        measure = self._setup.measures[chosen]
        yield self._env.timeout(measure.start_days)
        for at, *_ in cases:
            self._now.begin(at, chosen, self._env.now)
            self._happened(at, MEASURE, chosen)
        if measure.months:
            yield self._env.timeout(measure.months * DAYS)
            self._end(chosen, cases)

    def _end(self, chosen: int, cases: Sequence[Contract]) -> None:
        now, asking = self._now, []
        for at, order, turn in cases:
            now.end(at, chosen)
            self._happened(at, MEASURE_ENDS, chosen)
            if self._asked[at] == turn:
                now.unhelped(at, self._env.now)
                if now.status.item(at) == MONITORED:
                    asking.append((at, order))
        self.ask(np.array([at for at, _ in asking], dtype=np.int64), np.array([order for _, order in asking]))

    def _free(self, row: int, household: int, fitting: Sequence[int]) -> int:
        """Take a slot of the first fitting measure that has one, −1 where none has."""
        place, slots = self._place.item(household), self.slots[row]
        for measure in fitting:
            if slots[measure].take(place):
                return measure
        return -1

    def _waiting(self, row: int, household: int, fitting: Sequence[int], order: float) -> simpy.Event:
        """Happens with the first fitting measure that gets a slot, never where none fits."""
        event = self._env.event()
        for measure in fitting:
            self.slots[row][measure].wait(order, household, self._place.item(household), event)
        return event

    def _happened(self, at: int, kind: int, detail: int) -> None:
        row, household = divmod(at, self._width)
        self.events.rows.append((self._replications[row], household, self._env.now, kind, detail))
