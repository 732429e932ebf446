"""Cases from the lead to the exit: what takes time, waits for a panel or waits for a funded slot.

A case is a SimPy process that holds an index and a stage. It writes status, measure and their days only;
where many households do the same on one day, arrays do it at once (:meth:`Casework.exits`).
"""

from collections import Counter
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy

from zxsim.core.layout import BoolArray, IntArray
from zxsim.core.shockspec import MONTHS
from zxsim.core.streams import Streams
from zxsim.simulate.channels import found
from zxsim.simulate.now import Now, causes_of
from zxsim.simulate.population import Float32Array, Labour
from zxsim.simulate.records import Events, Kind
from zxsim.simulate.setup import DAYS, GUARANTEES, Setup, Status
from zxsim.simulate.slots import Slots
from zxsim.simulate.state import NO_MEASURE, State

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
        """Open the panels and the slots.

        Raises
        ------
        ValueError
            A place with households that has no panel, neither itself nor above it.
        """
        self.setup, self.state, self.env, self.events = setup, state, env, Events()
        self._streams, self._shares = streams, shares
        self._now = Now(setup, state, shares)
        rows = range(state.shape[0])
        panels = setup.procedure.panels
        self._panels = [
            {p: simpy.Resource(env, int(panels[p])) for p in np.flatnonzero(panels).tolist()} for _ in rows
        ]
        self.slots = [[Slots(number, setup.parent) for number in range(len(setup.measures))] for _ in rows]
        self._asked: Counter[int] = Counter()
        place = setup.population.census.place[setup.population.group]
        # Cases look up single numbers, which lists give several times sooner than arrays do.
        self._place: list[int] = place.tolist()
        self._panel_of: list[int] = _nearest(setup.parent, panels > 0)[place].tolist()
        if -1 in self._panel_of:
            raise ValueError(f"place {self._place[self._panel_of.index(-1)]} has no panel at or above it")
        self._labour: list[int] = setup.population.labour.tolist()
        self._replications: list[int] = state.replications.tolist()
        self._width, self._notice_days = state.shape[1], setup.procedure.notice_days
        self._causes = causes_of(setup)
        self._guarantees = len(setup.shocks) + np.arange(len(GUARANTEES))
        self._fits = [[self._fitting(cause, labour) for labour in Labour] for cause in self._causes]

    def _fitting(self, cause: str, labour: Labour) -> list[int]:
        """Measures for a cause and what work a household can do, in the order of the scenario.

        Where a guarantee is missing these are the measures that restore it, if there are any.
        """
        fitting = [
            number
            for number, measure in enumerate(self.setup.measures)
            if labour in measure.labour and (not measure.causes or cause in measure.causes)
        ]
        restoring = [number for number in fitting if self.setup.measures[number].removes_need]
        return restoring if cause in GUARANTEES and restoring else fitting

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
        known = (self.state.spent.ravel()[at] > 0) | self.state.needs.ravel()[at]
        day, channel = found(self.setup.procedure, self._streams, self.state, at, known, month)
        some = np.flatnonzero(np.isfinite(day))
        at, row, household = at[some], row[some], household[some]
        day, channel = day[some], channel[some]
        before = self.state.status.ravel()[at] == Status.EXITED
        self.state.status.ravel()[at] = Status.VERIFYING
        start, replication = month * DAYS, self.state.replications[row]
        self.events.add(replication, household, start + day, Kind.LEAD, channel)
        self.events.add(
            replication[before], household[before], start + day[before], Kind.RELAPSE, channel[before]
        )
        fallback = np.where(before, Status.EXITED, Status.UNKNOWN)
        drawn = self._drawn(row, household, month)
        cases = sorted(zip(day.tolist(), at.tolist(), fallback.tolist(), *drawn, strict=True))
        self.env.process(self._arrivals(cases))

    def _arrivals(self, cases: Sequence[tuple[float, int, int, float, float, float]]) -> Steps:
        """Begin the cases of a month on their days: a process for all waits far less than one for each."""
        today = 1.0
        for day, at, fallback, *luck in cases:
            if day > today:
                yield self.env.timeout(day - today)
                today = day
            self.env.process(self._case(at, fallback, *luck))

    def _drawn(self, row: IntArray, household: IntArray, month: int) -> list[list[float]]:
        """Luck of cases: days of the visit, which guarantee is missing if one is, order in queues."""
        replication, procedure = self.state.replications[row], self.setup.procedure
        days = np.full(len(row), procedure.visit_days)
        if procedure.random_visits:
            days = -days * np.log(self._streams.uniform("visit_days", replication, household, month))
        need = self._streams.uniform("need", replication, household, month)
        order = self._streams.uniform("order", replication, household, 0)
        return [days.tolist(), need.tolist(), order.tolist()]

    def _case(self, at: int, fallback: int, visit_days: float, need: float, order: float) -> Steps:
        """Wait for a panel, be visited, be noticed; then ask for help until the exit."""
        row, household = divmod(at, self._width)
        replication = self._replications[row]
        panel = self._panels[row][self._panel_of[household]]
        with panel.request() as turn:
            if not turn.triggered:  # a panel that is free needs no event
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
        if self._now.measure[at] == NO_MEASURE:
            yield from self.help(at, order)

    def _enter(self, at: int, need: float | None) -> None:
        """Put a household on the list, with its cause and its group."""
        now, day = self._now, self.env.now
        cause = now.cause(at, day, need)
        now.status[at], now.since[at], now.cause_of[at] = MONITORED, day, cause
        now.group[at] = now.group_for(at, day, sudden=need is None and cause < len(self._causes) - 1)
        # Help may go on since before an exit: it counts where it fits what the case is about now.
        if now.measure[at] not in self._fits[cause][self._labour[at % self._width]]:
            now.unhelped(at, day)

    def help(self, at: int, order: float) -> Steps:
        """Ask for a funded slot, have the measure for its contract, and ask again while monitored.

        Where the case is about something else meanwhile, another process asks, and this one only lets its
        contract end.
        """
        row, household = divmod(at, self._width)
        status, replication = self._now.status, self._replications[row]
        self._asked[at] += 1
        turn = self._asked[at]
        while status[at] == MONITORED and self._asked[at] == turn:
            fitting = self._fits[int(self._now.cause_of[at])][self._labour[household]]
            chosen = self._free(row, household, fitting)
            if chosen < 0:
                chosen = yield self._waiting(row, household, fitting, order)
            measure = self.setup.measures[chosen]
            yield self.env.timeout(measure.start_days)
            self._now.begin(at, chosen, self.env.now)
            self.events.rows.append((replication, household, self.env.now, MEASURE, chosen))
            if not measure.months:
                return
            yield self.env.timeout(measure.months * DAYS)
            self._now.end(at, chosen)
            if self._asked[at] == turn:
                self._now.unhelped(at, self.env.now)
            self.events.rows.append((replication, household, self.env.now, MEASURE_ENDS, chosen))

    def _free(self, row: int, household: int, fitting: Sequence[int]) -> int:
        """Take a slot of the first fitting measure that has one, −1 where none has."""
        place = self._place[household]
        return next((measure for measure in fitting if self.slots[row][measure].take(place)), -1)

    def _waiting(self, row: int, household: int, fitting: Sequence[int], order: float) -> simpy.Event:
        """Happens with the first fitting measure that gets a slot, never where none fits."""
        event = self.env.event()
        for measure in fitting:
            self.slots[row][measure].wait(order, household, self._place[household], event)
        return event

    def follow_up(self, month: int) -> None:
        """Look after those helped: where another risk has come up that their measure is not for, ask again.

        That is a guarantee missing that another measure can restore, or an income too low beside a
        guarantee restored.
        """
        at = np.flatnonzero(self.state.status.ravel() == Status.MONITORED)
        at = at[self.state.measure.ravel()[at] != NO_MEASURE]
        risk = self.risk(at, month // MONTHS)
        guarantee = np.isin(self.state.cause.ravel()[at], self._guarantees)
        other = risk.need | (guarantee & (risk.low | risk.fall))
        at, missing = at[other], risk.need[other]
        _, need, order = self._drawn(self.state.row_of(at), self.state.household_of(at), month)
        for one, is_missing, drawn, queue in zip(at.tolist(), missing.tolist(), need, order, strict=True):
            cause = self._now.cause(one, self.env.now, drawn if is_missing else None)
            fits = self._fits[cause][self._labour[one % self._width]]
            if is_missing and not any(self.setup.measures[measure].removes_need for measure in fits):
                continue
            self._now.cause_of[one] = cause
            if is_missing or self._now.measure[one] not in fits:
                self._now.unhelped(one, self.env.now)
                self.env.process(self.help(one, queue))

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
