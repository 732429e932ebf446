"""States of indicators: what effects add to them over the years, as rows and as numbers.

All effects on one indicator that fade at the same pace share one state per place and year:
state[t] = keep · state[t−1] + Σ value · x.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from zxsim.core.effectspec import EffectSpec, Increments
from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.program import ProgramBuilder, Triplets
from zxsim.optimize.payments import Payments


@dataclass(frozen=True, eq=False)
class StateGroup:
    """States of one indicator with one pace, over chosen places and ``length`` years.

    ``name`` and ``word`` are what its columns are called by: two targets on one indicator have states of
    their own, and no two columns one name.
    """

    name: str
    places: IntArray
    length: int
    parts: Increments
    word: str = "state"

    def values(self, amounts: FloatArray) -> FloatArray:
        """State at each year's end for given 万元 a payment, shape *(places, length)*."""
        shape = (len(self.places), self.length)
        cell = self.parts.place * self.length + self.parts.year
        added = np.bincount(cell, self.parts.value * amounts[self.parts.column], shape[0] * shape[1])
        state: FloatArray = added.astype(np.float64).reshape(shape)
        for t in range(1, self.length):
            state[:, t] += self.parts.keep * state[:, t - 1]
        return state

    def at(self, chosen: BoolArray) -> "StateGroup":
        """Return the states of some of its places only, by their position in ``places``."""
        renumbered = np.cumsum(chosen) - 1
        inside = chosen[self.parts.place]
        parts = Increments(
            self.parts.keep,
            renumbered[self.parts.place[inside]],
            self.parts.year[inside],
            self.parts.column[inside],
            self.parts.value[inside],
        )
        return replace(self, places=self.places[chosen], parts=parts)

    def largest_step(self) -> FloatArray:
        """Largest change that one 万元 can make to each place's state, shape *(places,)*.

        Several effects of one project add up.
        """
        width = int(self.parts.column.max(initial=0)) + 1
        pairs, at = np.unique(self.parts.place * width + self.parts.column, return_inverse=True)
        up = np.bincount(at, np.maximum(self.parts.value, 0), len(pairs))
        down = np.bincount(at, np.maximum(-self.parts.value, 0), len(pairs))
        largest = np.zeros(len(self.places))
        np.maximum.at(largest, pairs // width, np.maximum(up, down))
        return largest

    def unrolled(self, payments: IntArray) -> tuple[IntArray, IntArray, IntArray, FloatArray]:
        """Return (place, year, payment, value) with the recurrence written out, for a few payments."""
        wanted, parts = np.flatnonzero(np.isin(self.parts.column, payments)), []
        for t in range(self.length):
            at = wanted[self.parts.year[wanted] <= t]
            left = self.parts.value[at] * self.parts.keep ** (t - self.parts.year[at])
            parts.append((self.parts.place[at], np.full(len(at), t), self.parts.column[at], left))
        place, year, column, value = (np.concatenate(part) for part in zip(*parts, strict=True))
        return place, year, column, value

    def labels(self, layout: Layout) -> list[str]:
        """Names of its columns, places outer and years inner."""
        first, ids = int(layout.years[0]), layout.places.ids
        return [
            f"{self.word}({self.name},{ids[place]},{self.parts.keep:g},{first + t})"
            for place in self.places
            for t in range(self.length)
        ]

    def add_to(self, builder: ProgramBuilder, payments: Payments) -> IntArray:
        """Add state columns and their defining rows; return column positions, shape *(places, length)*."""
        shape = (len(self.places), self.length)
        free = np.full(shape[0] * shape[1], np.inf)
        columns = builder.add_columns(-free, free, lambda: self.labels(payments.layout))
        grid = columns.reshape(shape)
        cell = np.arange(len(columns)).reshape(shape)
        nonzeros = Triplets.joined(
            [
                Triplets(cell.ravel(), columns, np.ones(len(columns))),
                Triplets(
                    cell[:, 1:].ravel(), grid[:, :-1].ravel(), np.full(grid[:, 1:].size, -self.parts.keep)
                ),
                payments.nonzeros(
                    cell[self.parts.place, self.parts.year], self.parts.column, -self.parts.value
                ),
            ]
        )
        zero = np.zeros(len(columns))
        builder.add_rows(zero, zero, nonzeros, lambda: [f"of_{x}" for x in self.labels(payments.layout)])
        return grid


def state_groups(
    name: str,
    effects: Sequence[EffectSpec],
    layout: Layout,
    places: IntArray,
    recipients: FloatArray,
    length: int,
    word: str = "state",
) -> list[StateGroup]:
    """Gather effects into groups of one pace.

    Parameters
    ----------
    places : int array (chosen,)
        Positions of the places whose states are wanted.
    recipients : float array (chosen,)
        Heads over which effects are divided; 1 gives totals instead of shares.
    """
    increments = [effect.increments(layout, places, recipients, length) for effect in effects]
    groups = []
    for keep in sorted({part.keep for part in increments}):
        same = [part for part in increments if part.keep == keep]
        joined = Increments(
            keep,
            np.concatenate([part.place for part in same]),
            np.concatenate([part.year for part in same]),
            np.concatenate([part.column for part in same]),
            np.concatenate([part.value for part in same]),
        )
        groups.append(StateGroup(name, places, length, joined, word))
    return groups
