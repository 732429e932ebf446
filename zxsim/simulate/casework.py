"""Cases from the lead to the exit: what takes time, waits for a panel or waits for a funded slot.

Cases write status, measure and their days only. What several households do on one day arrays do at once: the
notices of a day are one SimPy process, and so are the contracts of one measure that are given together. A
process for each case would take most of the time of a simulation.
"""

from collections.abc import Iterator

import numpy as np
import simpy
from numpy.typing import ArrayLike

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.core.streams import Streams
from zxsim.simulate.channels import found
from zxsim.simulate.contracts import Contracts, Steps
from zxsim.simulate.now import Now, causes_of
from zxsim.simulate.panels import Panels
from zxsim.simulate.population import Float32Array
from zxsim.simulate.records import Kind
from zxsim.simulate.setup import DAYS, GUARANTEES, Setup, Status
from zxsim.simulate.state import NO_MEASURE, State


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
        after_shocks = np.arange(len(causes_of(setup))) - len(setup.shocks)
        self._is_guarantee = (after_shocks >= 0) & (after_shocks < len(GUARANTEES))

    def take_over(self, at: IntArray) -> None:
        """Put households that were monitored before the start on the list; they ask for help at once."""
        _, need, order = self._drawn(at, 0)
        self._enter(at, need)
        self.contracts.ask(at, order)

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
        known = (self.state.spent.ravel()[at] > 0) | self.state.needs.ravel()[at]
        day, channel = found(self.setup.procedure, self._streams, self.state, at, known, month)
        by_day = np.argsort(day, kind="stable")[: np.count_nonzero(np.isfinite(day))]
        at, day, channel = at[by_day], month * DAYS + day[by_day], channel[by_day]
        before = self._now.status[at] == Status.EXITED
        self._now.status[at] = Status.VERIFYING
        self._happened(at, day, Kind.LEAD, channel)
        self._happened(at[before], day[before], Kind.RELAPSE, channel[before])
        fallback = np.where(before, Status.EXITED, Status.UNKNOWN)
        visit_days, need, order = self._drawn(at, month)
        noticed = self._visited(at, day, visit_days) + self.setup.procedure.notice_days
        for due, some in _by_value(noticed):
            self.env.process(self._notices(due, at[some], fallback[some], need[some], order[some]))

    def _visited(self, at: IntArray, day: FloatArray, visit_days: FloatArray) -> FloatArray:
        """Send the panels to the cases of a month, in the order of their days; return when visits end."""
        row, household = self.state.row_of(at), self.state.household_of(at)
        panels, place = self._panels, self._panel_of[household]
        visits = zip(row.tolist(), place.tolist(), day.tolist(), visit_days.tolist(), strict=True)
        return np.array([panels[one][of].visited(then, takes) for one, of, then, takes in visits])

    def _drawn(self, at: IntArray, month: int) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Luck of cases: days of the visit, which guarantee is missing if one is, order in queues."""
        household, replication = self.state.household_of(at), self.state.replications[self.state.row_of(at)]
        days = np.full(len(at), float(self.setup.procedure.visit_days))
        if self.setup.procedure.random_visits:
            days = -days * np.log(self._streams.uniform("visit_days", replication, household, month))
        need = self._streams.uniform("need", replication, household, month)
        return days, need, self._streams.uniform("order", replication, household, 0)

    def _notices(
        self, day: float, at: IntArray, fallback: IntArray, need: FloatArray, order: FloatArray
    ) -> Steps:
        """Give the notices of a day to those still at risk, who then ask for help."""
        yield self.env.timeout(day - self.env.now)
        still = self.at_risk(at)
        cleared, at, need, order = at[~still], at[still], need[still], order[still]
        self._now.status[cleared] = fallback[~still]
        self._happened(cleared, self.env.now, Kind.CLEARED, 0)
        self._enter(at, need)
        self._happened(at, self.env.now, Kind.ENTRY, self._now.group[at])
        asking = self._now.measure[at] == NO_MEASURE
        self.contracts.ask(at[asking], order[asking])

    def _happened(self, at: IntArray, day: FloatArray | float, kind: Kind, detail: ArrayLike) -> None:
        if len(at):
            replication = self.state.replications[self.state.row_of(at)]
            self.events.add(replication, self.state.household_of(at), day, kind, detail)

    def _enter(self, at: IntArray, need: FloatArray) -> None:
        """Put households on the list, with their causes and groups."""
        cause = self._now.causes(at, self.env.now, need)
        self._now.enter(at, self.env.now, cause)
        # Help may go on since before an exit: it counts where it fits what the case is about now.
        self._now.unhelped(at[~self.contracts.fit(at, cause)], self.env.now)

    def follow_up(self, month: int) -> None:
        """Look after those helped: where another risk has come up that their measure is not for, ask again.

        That is a guarantee missing that another measure can restore, or an income too low beside a
        guarantee restored.
        """
        now = self._now
        at = np.flatnonzero(now.status == Status.MONITORED)
        at = at[now.measure[at] != NO_MEASURE]
        # Incomes are judged of those only whom the answer may move: a few, beside all who are helped.
        at = at[now.needs[at] | self._is_guarantee[now.cause[at]]]
        at = at[self.at_risk(at)]
        _, need, order = self._drawn(at, month)
        cause, missing = now.causes(at, self.env.now, need), now.needs[at]
        some = ~missing | self.contracts.restorable(at, cause)
        at, order, cause, missing = at[some], order[some], cause[some], missing[some]
        now.cause[at] = cause
        again = missing | ~self.contracts.fit(at, cause)
        now.unhelped(at[again], self.env.now)
        self.contracts.ask(at[again], order[again])

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
        self._happened(leaving, self.env.now, Kind.EXIT, int(year_end))


def _by_value(values: FloatArray) -> Iterator[tuple[float, IntArray]]:
    """Yield each different value, ascending, and its positions in their order."""
    order = np.argsort(values, kind="stable")
    different, first = np.unique(values[order], return_index=True)
    yield from zip(different.tolist(), np.split(order, first)[1:], strict=True)


def _nearest(parent: IntArray, marked: BoolArray) -> IntArray:
    """For each place the nearest marked place at or above it, −1 where there is none."""
    nearest = np.where(marked, np.arange(len(parent)), -1)
    above = parent.copy()
    while (open_ := (nearest < 0) & (above >= 0)).any():
        nearest[open_] = np.where(marked[above[open_]], above[open_], -1)
        above = np.where(above >= 0, parent[above], -1)
    return nearest
