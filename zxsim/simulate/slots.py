"""Funded slots: contracts that the money of a year opens at a place, for households there or below.

A household asks for one and waits until there is one; who comes first is a fixed random order, so that
more slots help those who would have been helped, and then others.
"""

from heapq import heappop, heappush

import simpy

from zxsim.core.layout import IntArray


class Slots:
    """Contracts of one measure in one replication."""

    def __init__(self, env: simpy.Environment, parent: IntArray) -> None:
        """Start without any."""
        self._env, self._parent = env, parent.tolist()
        self._free = [0] * len(parent)
        self._waiting: list[tuple[float, int, int, simpy.Event]] = []
        self.opened = self.granted = 0

    def open(self, counts: IntArray) -> None:
        """Add contracts, shape *(places of the tree,)*, and grant them to those who wait."""
        for place, count in enumerate(counts.tolist()):
            self._free[place] += count
            self.opened += count
        still = []
        while self._waiting:
            entry = heappop(self._waiting)
            if not self._grant(entry[2], entry[3]):
                still.append(entry)
        self._waiting = still  # popped in order, so a heap already

    def request(self, order: float, household: int, place: int) -> simpy.Event:
        """Return an event that happens when there is a contract for a household of a place."""
        event = self._env.event()
        if not self._grant(place, event):
            heappush(self._waiting, (order, household, place, event))
        return event

    def withdraw(self, event: simpy.Event) -> None:
        """Take back a request that was not granted yet."""
        self._waiting = [entry for entry in self._waiting if entry[3] is not event]

    def has_free(self, place: int) -> bool:
        """Whether a household of a place would get a contract at once."""
        return self._holder(place) >= 0

    def _holder(self, place: int) -> int:
        while place >= 0 and not self._free[place]:
            place = self._parent[place]
        return place

    def _grant(self, place: int, event: simpy.Event) -> bool:
        holder = self._holder(place)
        if holder < 0:
            return False
        self._free[holder] -= 1
        self.granted += 1
        event.succeed()
        return True
