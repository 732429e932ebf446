"""What a batch leaves behind: flat rows of events, and sums by year; results come from these alone."""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike

from zxsim.core.layout import FloatArray, IntArray


class Kind(IntEnum):
    """What an event is; ``detail`` of the row is what stands in brackets."""

    LEAD = 0
    """Found by a channel (:class:`~zxsim.simulate.setup.Channel`)."""
    CLEARED = 1
    """Looked at and not at risk any more."""
    ENTRY = 2
    """Notice given: monitored from now on (:class:`~zxsim.simulate.setup.Group`)."""
    MEASURE = 3
    """A measure is in place (its position in the setup)."""
    MEASURE_ENDS = 4
    """A contract is over (position of the measure)."""
    EXIT = 5
    """Risk removed (1 at the year's end, 0 at a quarter's review)."""
    RELAPSE = 6
    """At risk again after an exit, and found (channel)."""


COLUMNS = ("replication", "household", "day", "kind", "detail")


@dataclass
class Events:
    """Append-only rows; ``rows`` takes what happens to one household, :meth:`add` to many at once."""

    rows: list[tuple[int, int, float, int, int]] = field(default_factory=list)
    _blocks: list[FloatArray] = field(default_factory=list)
    _rows_before: list[int] = field(default_factory=list)

    def add(
        self,
        replication: IntArray,
        household: IntArray,
        day: FloatArray | float,
        kind: Kind,
        detail: ArrayLike,
    ) -> None:
        """Append rows of one kind; a single day or detail stands for all of them."""
        parts = np.broadcast_arrays(replication, household, day, int(kind), detail)
        self._blocks.append(np.array(parts, dtype=np.float64))
        self._rows_before.append(len(self.rows))

    def columns(self) -> dict[str, FloatArray]:
        """All rows as one array a column, by day, replication and household, then as they happened."""
        single = np.array(self.rows, dtype=np.float64).reshape(len(self.rows), len(COLUMNS)).T
        replication, household, day, kind, detail = np.concatenate([*self._blocks, single], axis=1)
        sizes = [block.shape[1] for block in self._blocks]
        happened = np.concatenate([np.repeat(self._rows_before, sizes) - 0.5, np.arange(len(self.rows))])
        order = np.lexsort((happened, household, replication, day))
        found = dict(zip(COLUMNS, (replication, household, day, kind, detail), strict=True))
        return {name: values[order] for name, values in found.items()}
