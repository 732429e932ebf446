"""Cases from the lead to the exit: what takes time, waits for a panel or waits for a funded slot.

Cases write status, measure and their days only. What several households do on one day is one SimPy process:
the notices of a day, and the contracts of one measure that are given together. Where many do the same on
one day, arrays do it at once (:meth:`Casework.exits`).
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import simpy

from zxsim.core.layout import BoolArray, IntArray
from zxsim.core.streams import Streams
from zxsim.simulate.channels import found
from zxsim.simulate.contracts import Contracts, Steps
from zxsim.simulate.now import Now, causes_of
from zxsim.simulate.panels import Panels
from zxsim.simulate.population import Float32Array
from zxsim.simulate.records import Kind
from zxsim.simulate.setup import DAYS, GUARANTEES, Setup, Status
from zxsim.simulate.state import NO_MEASURE, State

# Members of an enum are looked up slowly, and cases ask for these all the time.
MONITORED, CLEARED, ENTRY = int(Status.MONITORED), int(Kind.CLEARED), int(Kind.ENTRY)


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
        self.setup, self.state, self.env = setup, state, env
        self._streams, self._shares = streams, shares
        self._now = Now(setup, state, shares)
        self.contracts = Contracts(setup, state.replications.tolist(), self._now, env)
        self.events = self.contracts.events
        rows = range(state.shape[0])
        panels = setup.procedure.panels
        self._panels = [
            {place: Panels(int(panels[place])) for place in np.flatnonzero(panels).tolist()} for _ in rows
        ]
        place = setup.population.census.place[setup.population.group]
        self._panel_of = _nearest(setup.parent, panels > 0)[place]
        if (alone := np.flatnonzero(self._panel_of < 0)).size:
            raise ValueError(f"place {place[alone[0]]} has no panel at or above it")
        self._width, self._notice_days = state.shape[1], setup.procedure.notice_days
        self._guarantees = len(setup.shocks) + np.arange(len(GUARANTEES))
        self._income_alone = len(causes_of(setup)) - 1

    def take_over(self, at: IntArray) -> None:
        """Put households that were monitored before the start on the list; they ask for help at once."""
        row, household = self.state.row_of(at), self.state.household_of(at)
        _, need, order = self._drawn(row, household, 0)
        needs = self._now.needs[at]
        for one, missing, drawn in zip(at.tolist(), needs.tolist(), need, strict=True):
            self._enter(one, drawn if missing else None)
        self.contracts.ask(list(zip(at.tolist(), order, strict=True)))

    def judge(self, monitoring: Float32Array, year: int) -> None:
        """Set what household is at risk in a year, by its monitoring income at the end of the year before.

        That is an income below the line, or much below that of the year before and below the ceiling.
        """
        procedure = self.setup.procedure
        line = np.float32(procedure.line[year])
        fallen = np.float32(1 - procedure.fall) * monitoring
        ceiling = np.float32(procedure.fall_ceiling) * line
        np.maximum(line, np.minimum(fallen, ceiling), out=self.state.limit)

    def at_risk(self, at: IntArray) -> BoolArray:
        """Judge households now, by their monitoring income and the guarantees."""
        state = self.state
        found: BoolArray = state.monitoring(at, self._shares) < state.limit.ravel()[at]
        return found | state.needs.ravel()[at]

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
        cases = sorted(zip((start + day).tolist(), at.tolist(), fallback.tolist(), *drawn, strict=True))
        for noticed, noticed_then in self._visited(cases).items():
            self.env.process(self._notices(noticed, noticed_then))

    def _visited(
        self, cases: Sequence[tuple[float, int, int, float, float, float]]
    ) -> dict[float, list[tuple[int, int, float, float]]]:
        """Send the panels to the cases of a month, in the order of their days; by the day of the notice."""
        by_day = defaultdict(list)
        for day, at, fallback, visit_days, need, order in cases:
            row, household = divmod(at, self._width)
            panels = self._panels[row][self._panel_of.item(household)]
            noticed = panels.visited(day, visit_days) + self._notice_days
            by_day[noticed].append((at, fallback, need, order))
        return by_day

    def _drawn(self, row: IntArray, household: IntArray, month: int) -> list[list[float]]:
        """Luck of cases: days of the visit, which guarantee is missing if one is, order in queues."""
        replication, procedure = self.state.replications[row], self.setup.procedure
        days = np.full(len(row), procedure.visit_days)
        if procedure.random_visits:
            days = -days * np.log(self._streams.uniform("visit_days", replication, household, month))
        need = self._streams.uniform("need", replication, household, month)
        order = self._streams.uniform("order", replication, household, 0)
        return [days.tolist(), need.tolist(), order.tolist()]

    def _notices(self, day: float, cases: Sequence[tuple[int, int, float, float]]) -> Steps:
        """Give the notices of a day to those still at risk, who then ask for help."""
        yield self.env.timeout(day - self.env.now)
        now, asking = self._now, []
        at_risk = self.at_risk(np.array([at for at, *_ in cases])).tolist()
        for (at, fallback, need, order), still in zip(cases, at_risk, strict=True):
            if not still:
                now.status[at] = fallback
                self.contracts.happened(at, CLEARED, 0)
                continue
            self._enter(at, need if now.needs.item(at) else None)
            self.contracts.happened(at, ENTRY, now.group.item(at))
            if now.measure.item(at) == NO_MEASURE:
                asking.append((at, order))
        self.contracts.ask(asking)

    def _enter(self, at: int, need: float | None) -> None:
        """Put a household on the list, with its cause and its group."""
        now, day = self._now, self.env.now
        cause = now.cause(at, day, need)
        now.status[at], now.since[at], now.cause_of[at] = MONITORED, day, cause
        now.group[at] = now.group_for(at, day, sudden=need is None and cause < self._income_alone)
        # Help may go on since before an exit: it counts where it fits what the case is about now.
        if now.measure.item(at) not in self.contracts.fitting(cause, at % self._width):
            now.unhelped(at, day)

    def follow_up(self, month: int) -> None:
        """Look after those helped: where another risk has come up that their measure is not for, ask again.

        That is a guarantee missing that another measure can restore, or an income too low beside a
        guarantee restored.
        """
        at = np.flatnonzero(self.state.status.ravel() == Status.MONITORED)
        at = at[self.state.measure.ravel()[at] != NO_MEASURE]
        # Incomes are judged of those only whom the answer may move: a few, beside all who are helped.
        need = self.state.needs.ravel()[at]
        some = need | np.isin(self.state.cause.ravel()[at], self._guarantees)
        at = at[some]
        other = self.at_risk(at)
        at, missing = at[other], need[some][other]
        _, need_drawn, order = self._drawn(self.state.row_of(at), self.state.household_of(at), month)
        asking = []
        for one, is_missing, drawn, queue in zip(
            at.tolist(), missing.tolist(), need_drawn, order, strict=True
        ):
            cause = self._now.cause(one, self.env.now, drawn if is_missing else None)
            fits = self.contracts.fitting(cause, one % self._width)
            if is_missing and not any(self.setup.measures[measure].removes_need for measure in fits):
                continue
            self._now.cause_of[one] = cause
            if is_missing or self._now.measure[one] not in fits:
                self._now.unhelped(one, self.env.now)
                asking.append((one, queue))
        self.contracts.ask(asking)

    def exits(self, month: int, *, year_end: bool) -> None:
        """Let go those whose risk is removed for good, at a quarter's review or at the year's end."""
        procedure, state = self.setup.procedure, self.state
        at = np.flatnonzero(state.status.ravel() == Status.MONITORED)
        at = at[state.measure.ravel()[at] != NO_MEASURE]
        household = state.household_of(at)
        helped = self.env.now - state.helped_since.ravel()[at] >= procedure.helped_days
        listed = self.env.now - state.since.ravel()[at] >= procedure.delay_months * DAYS
        at = at[helped & (listed | ~self.setup.population.delayed[household])]
        at = at[~self.at_risk(at)]
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
