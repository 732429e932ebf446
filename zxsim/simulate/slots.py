"""Funded slots: contracts that the money of a year opens at a place, for households there or below.

A household asks for one and waits until there is one; who comes first is a fixed random order, so that
more slots help those who would have been helped, and then others.
"""

from heapq import heappop, heappush

import simpy

from zxsim.core.layout import IntArray


class Slots:
    """Contracts of one measure in one replication."""

    def __init__(self, measure: int, parent: IntArray) -> None:
        """Start without any."""
        self._measure, self._parent = measure, parent.tolist()
        self._free = [0] * len(parent)
        self._waiting: list[tuple[float, int, int, int, simpy.Event]] = []
        self.opened = self.granted = self._asked = 0

    def open(self, counts: IntArray) -> None:
        """Add contracts, shape *(places of the tree,)*, and grant them to those who wait."""
        for place, count in enumerate(counts.tolist()):
            self._free[place] += count
            self.opened += count
        still = []
        while self._waiting:
            entry = heappop(self._waiting)
            *_, place, event = entry
            if event.triggered:
                continue
            if self.take(place):
                event.succeed(self._measure)
            else:
                still.append(entry)
        self._waiting = still  # popped in order, so a heap already

    def take(self, place: int) -> bool:
        """Take a contract for a household of a place: there, else at the nearest above that has one."""
        while place >= 0 and not self._free[place]:
            place = self._parent[place]
        if place < 0:
            return False
        self._free[place] -= 1
        self.granted += 1
        return True

    def wait(self, order: float, household: int, place: int, event: simpy.Event) -> None:
        """Let ``event`` happen, with the measure as its value, when there is a contract for a household.

        The same event may wait for several measures: whichever has a contract first.
        """
        self._asked += 1
        heappush(self._waiting, (order, household, self._asked, place, event))
