"""The level of an indicator at the places of a target: exact, without any limit, and as columns.

Exact is what is printed: nobody is served twice, and no more is earned than can be used. Without a limit
is a straight line; a side of a row that would profit from understating the level uses that one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.core.program import Triplets
from zxsim.optimize.saturation import CountedColumns, Saturation
from zxsim.optimize.states import StateGroup


@dataclass(frozen=True, eq=False)
class Level:
    """An indicator at some places over the first ``length`` years of the horizon.

    Attributes
    ----------
    places : int array (places,)
        Positions in the tree, sorted.
    recipients : float array (places,)
        Heads that the indicator counts.
    path : float array (places, length)
        Value without any plan.
    whole, plain : list of StateGroup
        States of all its effects, and of those that nothing limits.
    saturations : list of Saturation
        What counts of the others.
    simple : bool array (places,)
        Where the level is the state of all effects itself, or 1 where that is more (``ceiling``).
    """

    places: IntArray
    recipients: FloatArray
    path: FloatArray
    whole: Sequence[StateGroup]
    plain: Sequence[StateGroup]
    saturations: Sequence[Saturation]
    simple: BoolArray
    ceiling: bool

    @property
    def length(self) -> int:
        """Years from the first of the horizon."""
        return int(self.path.shape[1])

    def unlimited(self, amounts: FloatArray) -> FloatArray:
        """Level with everything counted, shape *(places, length)*."""
        return self.path + _total(self.whole, amounts, self.path.shape)

    def exact(self, amounts: FloatArray) -> FloatArray:
        """Level as it is printed, shape *(places, length)*."""
        level = self.unlimited(amounts)
        limited = ~self.simple
        if limited.any():
            counted = self.path + _total(self.plain, amounts, self.path.shape)
            for saturation in self.saturations:
                total = saturation.counted(amounts)[self.places, : self.length]
                counted += total * saturation.unit / self.recipients[:, None]
            level[limited] = counted[limited]
        return np.minimum(level, 1) if self.ceiling else level

    def step(self) -> FloatArray:
        """Largest change that one 万元 can make to each place's level, shape *(places,)*."""
        steps = [group.largest_step() for group in self.whole]
        return np.sum(steps, axis=0) if steps else np.zeros(len(self.places))

    def slopes(self, payments: IntArray, count: int, near: FloatArray | None = None) -> "sparse.csr_array":
        """What a 万元 of a few payments adds to each cell, shape *(places · length, count)*.

        Without any limit, or as the tangent of the exact level ``near`` given amounts.
        """
        simple = np.repeat(self.simple | (near is None), self.length).astype(float)
        matrix = sparse.diags_array(simple) @ self._matrix(self.whole, payments, count)
        if near is None or self.simple.all():
            return sparse.csr_array(matrix)
        limited = self._matrix(self.plain, payments, count)
        for saturation in self.saturations:
            place, year, payment, value = saturation.tangent(payments, near)
            at = np.full(len(saturation.places), -1, dtype=np.int64)
            at[self.places] = np.arange(len(self.places))
            inside = (at[place] >= 0) & (year < self.length)
            place = at[place[inside]]
            cells = place * self.length + year[inside], payment[inside]
            limited = limited + sparse.csr_array(
                (value[inside] * saturation.unit / self.recipients[place], cells), limited.shape
            )
        return sparse.csr_array(matrix + sparse.diags_array(1 - simple) @ limited)

    def _matrix(self, groups: Sequence[StateGroup], payments: IntArray, count: int) -> "sparse.csr_array":
        matrix = sparse.csr_array((len(self.places) * self.length, count))
        for group in groups:
            place, year, payment, value = group.unrolled(payments)
            matrix = matrix + sparse.csr_array(
                (value, (place * self.length + year, payment)), shape=matrix.shape
            )
        return matrix


def _total(groups: Sequence[StateGroup], amounts: FloatArray, shape: tuple[int, ...]) -> FloatArray:
    total = np.zeros(shape)
    for group in groups:
        total += group.values(amounts)
    return total


class LevelColumns:
    """The columns of a level in one programme.

    Parameters
    ----------
    columns : CountedColumns
        The programme.
    unlimited_at, exact_at : bool array (places,)
        Where the level is needed without any limit, and where exactly.
    """

    def __init__(
        self, level: Level, columns: CountedColumns, unlimited_at: BoolArray, exact_at: BoolArray
    ) -> None:
        """Add what is needed, and no more."""
        limited = exact_at & ~level.simple
        self._level = level
        self._whole = _grids(level.whole, columns, unlimited_at | (exact_at & level.simple))
        self._plain = _grids(level.plain, columns, limited)
        self._counted = [(s, columns.of(s)) for s in level.saturations if limited.any()]

    def unlimited(self, row: IntArray, place: IntArray, year: IntArray, factor: FloatArray) -> Triplets:
        """Nonzeros of factor · level without a limit; ``place`` counts within the level's places."""
        return Triplets.joined([Triplets(row, grid[place, year], factor) for grid in self._whole])

    def exact(self, row: IntArray, place: IntArray, year: IntArray, factor: FloatArray) -> Triplets:
        """Nonzeros of factor · exact level, from which the programme cannot gain by being less."""
        simple = self._level.simple[place]
        parts = [self.unlimited(row[simple], place[simple], year[simple], factor[simple])]
        row, place, year, factor = row[~simple], place[~simple], year[~simple], factor[~simple]
        parts += [Triplets(row, grid[place, year], factor) for grid in self._plain]
        for saturation, columns in self._counted:
            here = self._level.places[place]
            node = np.searchsorted(saturation.nodes, here)
            found = np.isin(here, saturation.nodes)
            per_head = factor[found] * saturation.unit / self._level.recipients[place[found]]
            parts.append(Triplets(row[found], columns[node[found], year[found]], per_head))
        return Triplets.joined(parts)


def _grids(groups: Sequence[StateGroup], columns: CountedColumns, wanted: BoolArray) -> list[IntArray]:
    """Columns of each group at the wanted places, shape *(places, length)*, −1 elsewhere."""
    if not wanted.any():
        return []
    grids = []
    for group in groups:
        grid = np.full((len(wanted), group.length), -1, dtype=np.int64)
        grid[wanted] = group.at(wanted).add_to(columns.builder, columns.payments)
        grids.append(grid)
    return grids
