"""Cases from the lead to the exit: what takes time, waits for a panel or waits for a funded slot.

A case is a SimPy process that holds an index and a stage. It writes status, measure and their days only;
where many households do the same on one day, arrays do it at once (:meth:`Casework.exits`).
"""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.core.shockspec import MONTHS
from zxsim.core.streams import Streams
from zxsim.simulate.now import Now, causes_of
from zxsim.simulate.population import Float32Array, Labour
from zxsim.simulate.records import Events, Kind
from zxsim.simulate.setup import DAYS, QUARTER, Channel, Setup, Status
from zxsim.simulate.slots import Slots
from zxsim.simulate.state import NO_MEASURE, State

DEPARTMENT_DAY, FIRST_VISIT_DAY, VISIT_DAYS = 2, 3, 8
Steps = Generator[simpy.Event, Any, None]

# Members of an enum are looked up slowly, and cases ask for these all the time.
MONITORED = int(Status.MONITORED)
CLEARED, ENTRY, MEASURE, MEASURE_ENDS = (
    int(kind) for kind in (Kind.CLEARED, Kind.ENTRY, Kind.MEASURE, Kind.MEASURE_ENDS)
)


@dataclass(frozen=True, eq=False)
class Risk:
    """Why a household is at risk this month: boolean arrays over some flattened positions."""

    low: BoolArray
    fall: BoolArray
    need: BoolArray

    @property
    def any(self) -> BoolArray:
        """At risk for whatever reason."""
        found: BoolArray = self.low | self.fall | self.need
        return found


class Casework:
    """The cases of a batch of replications in one SimPy environment."""

    def __init__(
        self, setup: Setup, state: State, streams: Streams, shares: Float32Array, env: simpy.Environment
    ) -> None:
        """Open the panels and the slots."""
        self.setup, self.state, self.env, self.events = setup, state, env, Events()
        self._streams, self._shares = streams, shares
        self._now = Now(setup, state, shares)
        rows = range(state.shape[0])
        panels = setup.procedure.panels
        self._panels = [
            {p: simpy.Resource(env, int(panels[p])) for p in np.flatnonzero(panels).tolist()} for _ in rows
        ]
        self.slots = [[Slots(env, setup.parent) for _ in setup.measures] for _ in rows]
        place = setup.population.census.place[setup.population.group]
        # Cases look up single numbers, which lists give several times sooner than arrays do.
        self._place: list[int] = place.tolist()
        self._panel_of: list[int] = _nearest(setup.parent, panels > 0)[place].tolist()
        self._labour: list[int] = setup.population.labour.tolist()
        self._replications: list[int] = state.replications.tolist()
        self._width, self._notice_days = state.shape[1], setup.procedure.notice_days
        self._causes = causes_of(setup)
        self._fits = [[self._fitting(cause, labour) for labour in Labour] for cause in self._causes]

    def _fitting(self, cause: str, labour: Labour) -> list[int]:
        """Measures for a cause and what work a household can do, in the order of the scenario."""
        return [
            number
            for number, measure in enumerate(self.setup.measures)
            if labour in measure.labour and (not measure.causes or cause in measure.causes)
        ]

    def take_over(self, at: IntArray) -> None:
        """Put households that were monitored before the start on the list; they ask for help at once."""
        row, household = self.state.row_of(at), self.state.household_of(at)
        _, need, order = self._drawn(row, household, 0)
        needs = self._now.needs[at]
        for one, missing, drawn, queue in zip(at.tolist(), needs.tolist(), need, order, strict=True):
            self._enter(one, drawn if missing else None)
            self.env.process(self.help(one, queue))

    def open_slots(self, year: int) -> None:
        """Open the contracts that the money of a year pays for."""
        for row in self.slots:
            for slots, measure in zip(row, self.setup.measures, strict=True):
                slots.open(measure.slots[year])

    def risk(self, at: IntArray, year: int) -> Risk:
        """Judge households by their monitoring income of this month."""
        income = self.state.monitoring(at, self._shares)
        return self.risk_of(income, self.state.year_ago.ravel()[at], self.state.needs.ravel()[at], year)

    def risk_of(self, income: Float32Array, year_ago: Float32Array, needs: BoolArray, year: int) -> Risk:
        """Judge monitoring incomes: below the line, or much below a year ago, or a guarantee missing."""
        procedure = self.setup.procedure
        line = np.float32(procedure.line[year])
        fall = income < np.float32(1 - procedure.fall) * year_ago
        return Risk(income < line, fall & (income < np.float32(procedure.fall_ceiling) * line), needs)

    def leads(self, at: IntArray, month: int) -> None:
        """Let the channels find households at risk; each one found becomes a case on its day."""
        row, household = self.state.row_of(at), self.state.household_of(at)
        day, channel = self._found(row, household, at, month)
        found = np.flatnonzero(np.isfinite(day))
        at, row, household = at[found], row[found], household[found]
        day, channel = day[found], channel[found]
        before = self.state.status.ravel()[at] == Status.EXITED
        self.state.status.ravel()[at] = Status.VERIFYING
        start, replication = month * DAYS, self.state.replications[row]
        self.events.add(replication, household, start + day, Kind.LEAD, channel)
        self.events.add(
            replication[before], household[before], start + day[before], Kind.RELAPSE, channel[before]
        )
        fallback = np.where(before, Status.EXITED, Status.UNKNOWN)
        drawn = self._drawn(row, household, month)
        for case in zip(at.tolist(), day.tolist(), fallback.tolist(), *drawn, strict=True):
            self.env.process(self._case(*case))

    def _drawn(self, row: IntArray, household: IntArray, month: int) -> list[list[float]]:
        """Luck of cases: days of the visit, which guarantee is missing if one is, order in queues."""
        replication, procedure = self.state.replications[row], self.setup.procedure
        days = np.full(len(row), procedure.visit_days)
        if procedure.random_visits:
            days = -days * np.log(self._streams.uniform("visit_days", replication, household, month))
        need = self._streams.uniform("need", replication, household, month)
        order = self._streams.uniform("order", replication, household, 0)
        return [days.tolist(), need.tolist(), order.tolist()]

    def _found(
        self, row: IntArray, household: IntArray, at: IntArray, month: int
    ) -> tuple[FloatArray, IntArray]:
        """Day of the month on which the first channel finds each, inf if none does, and which."""
        found = self.setup.procedure.found
        replication = self.state.replications[row]

        def drawn(purpose: str) -> FloatArray:
            return self._streams.uniform(purpose, replication, household, month)

        days = np.full((len(Channel), len(at)), np.inf)
        anywhen = 1 + np.floor(DAYS * drawn("lead_day")) * (1 - 1e-12)
        known = (self.state.spent.ravel()[at] > 0) | self.state.needs.ravel()[at]
        visits = FIRST_VISIT_DAY + np.floor(VISIT_DAYS * drawn("visit_day"))
        day = {
            Channel.APPLICATION: anywhen,
            Channel.PETITION: anywhen,
            Channel.DEPARTMENT: np.where(known, DEPARTMENT_DAY, np.inf),
            Channel.CADRES: visits if month % QUARTER == QUARTER - 1 else np.full(len(at), np.inf),
        }
        for channel in Channel:
            hit = drawn(f"channel:{channel.name}") < found[channel][row]
            days[channel, hit] = day[channel][hit]
        return days.min(axis=0), days.argmin(axis=0)

    def _case(
        self, at: int, day: float, fallback: int, visit_days: float, need: float, order: float
    ) -> Steps:
        """Wait for a panel, be visited, be noticed; then ask for help until the exit."""
        row, household = divmod(at, self._width)
        replication = self._replications[row]
        yield self.env.timeout(day - 1)  # a lead is dealt with from the first day of a month on
        panel = self._panels[row][self._panel_of[household]]
        with panel.request() as turn:
            yield turn
            yield self.env.timeout(visit_days)
        yield self.env.timeout(self._notice_days)
        low, fall, needs = self._now.risk(at, self.env.now)
        if not (low or fall or needs):
            self._now.status[at] = fallback
            self.events.rows.append((replication, household, self.env.now, CLEARED, 0))
            return
        self._enter(at, need if needs else None)
        self.events.rows.append((replication, household, self.env.now, ENTRY, int(self._now.group[at])))
        yield from self.help(at, order)

    def _enter(self, at: int, need: float | None) -> None:
        """Put a household on the list, with its cause and its group."""
        now, day = self._now, self.env.now
        cause = now.cause(at, day, need)
        now.status[at], now.since[at], now.cause_of[at] = MONITORED, day, cause
        now.group[at] = now.group_for(at, day, sudden=need is None and cause < len(self._causes) - 1)

    def help(self, at: int, order: float) -> Steps:
        """Ask for a funded slot, have the measure for its contract, and ask again while monitored."""
        row, household = divmod(at, self._width)
        status, replication = self._now.status, self._replications[row]
        while status[at] == MONITORED:
            chosen = self._choose(row, household, int(self._now.cause_of[at]))
            if chosen < 0:
                return
            yield self.slots[row][chosen].request(order, household, self._place[household])
            measure = self.setup.measures[chosen]
            yield self.env.timeout(measure.start_days)
            if status[at] != MONITORED:
                return
            self._now.begin(at, chosen, self.env.now)
            self.events.rows.append((replication, household, self.env.now, MEASURE, chosen))
            if not measure.months:
                return
            yield self.env.timeout(measure.months * DAYS)
            self._now.end(at, chosen)
            self.events.rows.append((replication, household, self.env.now, MEASURE_ENDS, chosen))

    def _choose(self, row: int, household: int, cause: int) -> int:
        """Take the first fitting measure with a free slot, else wait for the first fitting one; −1: none."""
        fitting, place = self._fits[cause][self._labour[household]], self._place[household]
        for measure in fitting:
            if self.slots[row][measure].has_free(place):
                return measure
        return fitting[0] if fitting else -1

    def exits(self, month: int, *, year_end: bool) -> None:
        """Let go those whose risk is removed for good, at a quarter's review or at the year's end."""
        procedure, state = self.setup.procedure, self.state
        at = np.flatnonzero(state.status.ravel() == Status.MONITORED)
        at = at[state.measure.ravel()[at] != NO_MEASURE]
        household = state.household_of(at)
        helped = self.env.now - state.helped_since.ravel()[at] >= procedure.helped_days
        listed = self.env.now - state.since.ravel()[at] >= procedure.delay_months * DAYS
        at = at[helped & (listed | ~self.setup.population.delayed[household])]
        at = at[~self.risk(at, month // MONTHS).any]
        row, household = state.row_of(at), state.household_of(at)
        chance = (procedure.exit_year if year_end else procedure.exit_quarter)[row]
        purpose = "exit_year" if year_end else "exit_quarter"
        drawn = self._streams.uniform(purpose, state.replications[row], household, month)
        leaving = at[drawn < chance]
        state.status.ravel()[leaving] = Status.EXITED
        row, household = state.row_of(leaving), state.household_of(leaving)
        self.events.add(state.replications[row], household, self.env.now, Kind.EXIT, int(year_end))


def _nearest(parent: IntArray, marked: BoolArray) -> IntArray:
    """For each place the nearest marked place at or above it, −1 where there is none."""
    nearest = np.where(marked, np.arange(len(parent)), -1)
    above = parent.copy()
    while (open_ := (nearest < 0) & (above >= 0)).any():
        nearest[open_] = np.where(marked[above[open_]], above[open_], -1)
        above = np.where(above >= 0, parent[above], -1)
    return nearest
