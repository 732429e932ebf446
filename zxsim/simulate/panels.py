"""Verification panels: first come, first served."""

from heapq import heappush, heapreplace


class Panels:
    """The panels of one place in one replication.

    How long a visit takes is known when its household comes, so the day of its end is known as well: a visit
    begins on the day of arrival, or when the first panel is free (Kiefer and Wolfowitz 1955, Trans. Amer.
    Math. Soc. 78:1). No event is needed for it, which is most of what a case would cost otherwise.
    """

    def __init__(self, count: int) -> None:
        """All are free."""
        self._count = count
        self._free_on: list[float] = []

    def visited(self, day: float, visit_days: float) -> float:
        """Return the day on which the visit of a household ends; households come in order of their days."""
        free_on = self._free_on
        if free_on and (free_on[0] <= day or len(free_on) == self._count):
            end = max(day, free_on[0]) + visit_days
            heapreplace(free_on, end)
        else:  # one that nobody has needed yet
            end = day + visit_days
            heappush(free_on, end)
        return end
