"""Shocks as they happen: who is struck in a month, what it costs, what it takes and when it is over."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.shockspec import MONTHS, active_share
from zxsim.core.streams import Streams
from zxsim.simulate.rare import Rare
from zxsim.simulate.setup import Insurance, Setup, ShockParameters
from zxsim.simulate.state import State

if TYPE_CHECKING:
    from zxsim.simulate.population import Float32Array

WARM_UP = MONTHS
"""Months before the start in which only shocks happen, so that the first month knows spending of a year."""

TINY = 1e-12


class Hazard:
    """One shock in a batch of replications; months count from 0, those of the warm-up are negative."""

    def __init__(self, shock: ShockParameters, state: State, streams: Streams) -> None:
        """Begin as if it had always been possible (stationary)."""
        self.shock, self._state, self._streams = shock, state, streams
        self._name = f"shock:{shock.name}"
        self.until = self._begun()
        self.ending: defaultdict[int, list[IntArray]] = defaultdict(list)
        for month in range(-WARM_UP, -WARM_UP + shock.months + 1):
            at = np.flatnonzero(self.until.ravel() == month)
            if len(at):
                self.ending[month].append(at)
        self._members = None if shock.group is None else _Members(shock.group)
        count = state.shape[1] if self._members is None else self._members.groups
        self._rare = [Rare(streams, self._name, int(r), count) for r in state.replications]
        self._hit: Sequence[IntArray] = []

    def _begun(self) -> IntArray:
        """Month in which each episode that began before the warm-up ends, shape *(replications, households)*.

        Each household by itself is an alternating renewal process with rate · exposed, so that a share
        ``active`` is in an episode; of these one in ``months`` begins this month, and is struck by it.
        """
        shock, shape = self.shock, self._state.shape
        if shock.months == 0:
            return np.full(shape, -WARM_UP, dtype=np.int16)
        together = np.arange(shape[1]) if shock.group is None else shock.group
        drawn = self._uniform("start", int(together.max(initial=0)) + 1)[:, np.maximum(together, 0)]
        exposed = np.ones_like(shock.rate) if shock.group is None else shock.exposed
        active = active_share(shock.rate * exposed, shock.months)
        groups = np.minimum(active / np.maximum(exposed, TINY), 1)[:, None]
        under_way = (drawn < groups) & (together >= 0)[None, :]
        if shock.group is not None:
            under_way &= self._uniform("begun", shape[1]) < active[:, None] / np.maximum(groups, TINY)
        left = np.floor(drawn / np.maximum(groups, TINY) * shock.months)
        until = np.where(under_way, -WARM_UP + left, -WARM_UP).astype(np.int16)
        return np.ascontiguousarray(until)  # so that its flattened view is itself

    def _uniform(self, purpose: str, count: int) -> FloatArray:
        """Draw numbers in [0, 1), shape *(replications, count)*."""
        rows = self._state.replications.tolist()
        return np.array([self._streams.generator(f"{self._name}:{purpose}", r).random(count) for r in rows])

    def strike(self, month: int) -> IntArray:
        """Begin episodes; return the flattened positions of those struck, ascending.

        Months come in their order, from the first of the warm-up on.
        """
        if month % MONTHS == 0:
            self._hit = self._hit_in_year()
        at = self._hit[month % MONTHS]
        at = at[self.until.ravel()[at] <= month]
        if self._members is not None and len(at):
            at = self._exposed(at, month)
        ends = month + max(self.shock.months, 1)
        if len(at) and self.shock.months:
            self.until.ravel()[at] = ends
            self.ending[ends].append(at)
        return at

    def _hit_in_year(self) -> Sequence[IntArray]:
        """Flattened positions of those whom the draws of each of twelve months fall on, ascending."""
        width = self._state.shape[1]
        rows = []
        for row, rare in enumerate(self._rare):
            months = rare.year(self.shock.rate[row] / MONTHS)
            hit = months if self._members is None else [self._members.of(groups) for groups in months]
            rows.append([at + row * width for at in hit])
        return [np.concatenate(month) for month in zip(*rows, strict=True)]

    def _exposed(self, at: IntArray, month: int) -> IntArray:
        """Those of a group struck together who are exposed."""
        row = self._state.row_of(at)
        drawn = self._streams.uniform(
            f"{self._name}:exposed",
            self._state.replications[row],
            self._state.household_of(at),
            month + WARM_UP,
        )
        exposed: IntArray = at[drawn < self.shock.exposed[row]]
        return exposed

    def spending(self, at: IntArray, month: int) -> FloatArray:
        """Yuan per person that an episode costs those struck: a lognormal around the stated mean."""
        row = self._state.row_of(at)
        mean, spread = self.shock.spending[row], self.shock.spread[row]
        normal = self._streams.normal(
            f"{self._name}:spending",
            self._state.replications[row],
            self._state.household_of(at),
            month + WARM_UP,
        )
        cost: FloatArray = mean * np.exp(spread * normal - spread**2 / 2)
        return cost


class _Members:
    """Households of each group, so that those struck together are found without a look at all others."""

    def __init__(self, group: IntArray) -> None:
        """Sort households by their group, those of none left out."""
        order = np.argsort(group, kind="stable")
        self._ordered = order[np.count_nonzero(group < 0) :]
        self._ends = np.cumsum(np.bincount(group[self._ordered]))
        self.groups = len(self._ends)

    def of(self, groups: IntArray) -> IntArray:
        """Households of some groups, ascending."""
        first = np.r_[0, self._ends][groups]
        found = [self._ordered[a:b] for a, b in zip(first.tolist(), self._ends[groups].tolist(), strict=True)]
        return np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *found]))


class Hazards:
    """All shocks of a batch, what they leave of incomes, and what they cost in twelve months."""

    def __init__(self, setup: Setup, state: State, streams: Streams) -> None:
        """Let the shocks run for a year before the first month."""
        self._setup, self._state = setup, state
        self.hazards = [Hazard(shock, state, streams) for shock in setup.shocks]
        self._bills: defaultdict[int, list[tuple[IntArray, Float32Array]]] = defaultdict(list)
        self.paid_out = np.zeros(state.shape[0])
        for hazard in self.hazards:
            self._refresh(hazard.shock.component, np.flatnonzero(hazard.until.ravel() > -WARM_UP), -WARM_UP)
        for month in range(-WARM_UP, 0):
            self.month(month)
        self.paid_out[:] = 0

    def month(self, month: int) -> list[IntArray]:
        """Let episodes end and begin; return who was struck by each shock (flattened positions)."""
        spent = self._state.spent.ravel()
        for at, cost in self._bills.pop(month, []):
            spent[at] -= cost
        struck = []
        for number, hazard in enumerate(self.hazards):
            at = hazard.strike(month)
            struck.append(at)
            self._state.struck.ravel()[at] = number
            self._state.struck_month.ravel()[at] = month
            self._bill(hazard, at, month)
            over = hazard.ending.pop(month, [])
            self._refresh(hazard.shock.component, np.concatenate([*over, at]), month)
        return struck

    def _bill(self, hazard: Hazard, at: IntArray, month: int) -> None:
        if not len(at) or not hazard.shock.spending.any():
            return
        cost = np.rint(hazard.spending(at, month))
        insurance = self._setup.insurance
        if insurance is not None and month >= 0:
            paid = self._payout(insurance, at, cost, month)
            np.add.at(self.paid_out, self._state.row_of(at), paid)
            cost = cost - paid
        bill = cost.astype(np.float32)
        self._state.spent.ravel()[at] += bill
        self._bills[month + MONTHS].append((at, bill))

    def _payout(self, insurance: Insurance, at: IntArray, cost: FloatArray, month: int) -> FloatArray:
        insured = insurance.insured[month // MONTHS, self._state.household_of(at)]
        paid = np.minimum(insurance.share * np.maximum(cost - insurance.threshold, 0), insurance.cap)
        return np.where(insured, np.rint(paid), 0.0)

    def _refresh(self, component: int, at: IntArray, month: int) -> None:
        """Work out anew what all shocks under way leave of a component; sums of parts would drift."""
        if not len(at):
            return
        row = self._state.row_of(at)
        left = np.ones(len(at))
        for hazard in self.hazards:
            if hazard.shock.component == component and hazard.shock.months:
                active = np.flatnonzero(hazard.until.ravel()[at] > month)
                left[active] *= (1 - hazard.shock.lost)[row[active]]
        self._state.left[component].ravel()[at] = left
