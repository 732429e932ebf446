"""Heads served or yuan earned, of which a place can use only so much.

From the lowest places up, counted[w,t] = min(own[w,t] + Σ counted of the places in w, limit_w). The programme
has a column for each place where this matters; as more never harms, each can reach its minimum:
counted[w,t] ≤ own[w,t] + Σ counted below, counted[w,t] ≤ limit_w.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from zxsim.core.effectspec import EffectSpec, paid_places
from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.places import PlaceTree
from zxsim.core.program import ProgramBuilder, Triplets
from zxsim.optimize.payments import Payments
from zxsim.optimize.states import StateGroup, state_groups


@dataclass(frozen=True)
class Words:
    """What the columns and rows of a saturation are called."""

    own: str
    counted: str
    paid: str
    limit: str


HEADS = Words("state", "served", "paid_for", "unserved")
MONEY = Words("gain", "counted", "earned", "usable")


@dataclass(frozen=True, eq=False)
class Saturation:
    """What counts of one indicator's heads, or of one effect's yuan.

    Attributes
    ----------
    group : StateGroup
        What is paid for at each place itself, not below it, in units.
    places : PlaceTree
        All places.
    limit : float array (all places,)
        Most that counts in a place and below it, in units, inf where nothing limits it.
    nodes : int array
        Positions of the places that have columns, sorted.
    unit : float
        Heads or yuan in a unit of the columns.
    """

    name: str
    words: Words
    group: StateGroup
    places: PlaceTree
    limit: FloatArray
    nodes: IntArray
    unit: float

    def inflow(self, amounts: FloatArray) -> FloatArray:
        """Own and what counts below, before the limit of each place, shape *(all places, length)*."""
        total = np.zeros((len(self.places), self.group.length))
        total[self.group.places] = self.group.values(amounts)
        for depth in range(int(self.places.depth.max(initial=0)), 0, -1):
            at = np.flatnonzero(self.places.depth == depth)
            np.add.at(total, self.places.parent[at], np.minimum(total[at], self.limit[at, None]))
        return total

    def counted(self, amounts: FloatArray) -> FloatArray:
        """Units that count at each place and year's end, shape *(all places, length)*."""
        return np.minimum(self.inflow(amounts), self.limit[:, None])

    def tangent(
        self, payments: IntArray, amounts: FloatArray
    ) -> tuple[IntArray, IntArray, IntArray, FloatArray]:
        """What a 万元 more of a few payments counts at every place that it lies in, near given amounts.

        Returns (place, year, payment, value). What counts is concave, so it lies below its tangent.
        """
        passes = (self.inflow(amounts) <= self.limit[:, None]).astype(float)
        own, year, payment, value = self.group.unrolled(payments)
        place, parts = self.group.places[own], []
        while len(place):
            value = value * passes[place, year]
            parts.append((place, year, payment, value))
            above = self.places.parent[place]
            up = (above >= 0) & (value != 0)
            place, year, payment, value = above[up], year[up], payment[up], value[up]
        empty = np.zeros(0, dtype=np.int64)
        parts.append((empty, empty, empty, np.zeros(0)))
        joined = [np.concatenate(part) for part in zip(*parts, strict=True)]
        return joined[0], joined[1], joined[2], joined[3]

    @property
    def top_nodes(self) -> BoolArray:
        """Which nodes lie in no other, shape *(nodes,)*."""
        return self._above() < 0

    def _above(self) -> IntArray:
        """Position within ``nodes`` of the nearest node that each node lies in, −1 for none."""
        at = np.full(len(self.places) + 1, -1, dtype=np.int64)  # the last stands for "above the top"
        at[self.nodes] = np.arange(len(self.nodes))
        above = self.places.parent[self.nodes]
        while (climbing := (above >= 0) & (at[above] < 0)).any():
            above[climbing] = self.places.parent[above[climbing]]
        return at[above]

    def add_to(self, builder: ProgramBuilder, payments: Payments) -> IntArray:
        """Add the columns of what counts; return their positions, shape *(nodes, length)*."""
        own = self.group.add_to(builder, payments)
        shape = (len(self.nodes), self.group.length)
        size, layout = shape[0] * shape[1], payments.layout
        columns = builder.add_columns(
            np.zeros(size),
            np.full(size, np.inf),
            lambda: self._labels(self.words.counted, self.nodes, layout),
        ).reshape(shape)
        cell = np.arange(size).reshape(shape)
        above = self._above()
        inner, owner = np.flatnonzero(above >= 0), np.searchsorted(self.nodes, self.group.places)
        nonzeros = [
            Triplets(cell.ravel(), columns.ravel(), np.ones(size)),
            Triplets(cell[owner].ravel(), own.ravel(), -np.ones(own.size)),
            Triplets(cell[above[inner]].ravel(), columns[inner].ravel(), -np.ones(columns[inner].size)),
        ]
        builder.add_rows(
            np.full(size, -np.inf),
            np.zeros(size),
            Triplets.joined(nonzeros),
            lambda: self._labels(self.words.paid, self.nodes, layout),
        )
        limited = np.flatnonzero(np.isfinite(self.limit[self.nodes]))
        upper = np.repeat(self.limit[self.nodes[limited]], self.group.length)
        builder.add_rows(
            np.full(len(upper), -np.inf),
            upper,
            Triplets(np.arange(len(upper)), columns[limited].ravel(), np.ones(len(upper))),
            lambda: self._labels(self.words.limit, self.nodes[limited], layout),
        )
        return columns

    def _labels(self, word: str, places: IntArray, layout: Layout) -> list[str]:
        first, ids = int(layout.years[0]), layout.places.ids
        years = range(first, first + self.group.length)
        return [f"{word}({self.name},{ids[place]},{year})" for place in places for year in years]


class CountedColumns:
    """The columns of what counts in one programme, added when first asked for."""

    def __init__(self, builder: ProgramBuilder, payments: Payments) -> None:
        """Add to this programme."""
        self.builder, self.payments = builder, payments
        self._columns: dict[tuple[Words, str], IntArray] = {}

    def of(self, saturation: Saturation) -> IntArray:
        """Positions of the columns of a saturation, shape *(nodes, length)*."""
        key = (saturation.words, saturation.name)
        if key not in self._columns:
            self._columns[key] = saturation.add_to(self.builder, self.payments)
        return self._columns[key]


def saturation(
    name: str,
    words: Words,
    effects: Sequence[EffectSpec],
    layout: Layout,
    limit: FloatArray,
    wanted: IntArray,
    length: int,
    unit: float,
) -> Saturation | None:
    """Prepare what counts of some effects together; ``None`` when no money moves them.

    Parameters
    ----------
    limit : float array (all places,)
        Heads or yuan, NaN or inf where nothing limits a place.
    wanted : int array
        Positions of the places whose value is asked for.
    length : int
        Years from the first of the horizon.
    unit : float
        Heads or yuan in a unit of the columns; where a 万元 brings about one, no dual is lost as too small.
    """
    own = paid_places(effects, layout)
    if not len(own):
        return None
    # Heads are served where a project is, not once more in every place above: a tree without branches.
    apart = replace(layout, places=replace(layout.places, parent=np.full(len(layout.places), -1)))
    (group,) = state_groups(name, effects, apart, own, np.full(len(own), unit), length, words.own)
    limit = np.where(np.isnan(limit), np.inf, limit / unit)
    asked = np.isfinite(limit)
    asked[wanted] = True
    reached = layout.places.holding(own)
    asked &= reached
    asked[own] = True
    return Saturation(name, words, group, layout.places, limit, np.flatnonzero(asked), unit)
