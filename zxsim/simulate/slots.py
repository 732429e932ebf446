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
            if not (event.triggered or self._grant(place, event)):
                still.append(entry)
        self._waiting = still  # popped in order, so a heap already

    def request(self, order: float, household: int, place: int, event: simpy.Event) -> bool:
        """Ask for a contract for a household of a place; return whether there is one at once.

        ``event`` happens, with the measure as its value, when there is one. The same event may wait for
        several measures: whichever has a contract first.
        """
        if self._grant(place, event):
            return True
        self._asked += 1
        heappush(self._waiting, (order, household, self._asked, place, event))
        return False

    def _grant(self, place: int, event: simpy.Event) -> bool:
        """Take a contract at the place itself, else at the nearest above that has one."""
        while place >= 0 and not self._free[place]:
            place = self._parent[place]
        if place < 0:
            return False
        self._free[place] -= 1
        self.granted += 1
        event.succeed(self._measure)
        return True
