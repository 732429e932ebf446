"""The tree of places as arrays, so that "itself and all below it" is one comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

LEVELS = ("province", "city", "county", "town", "village", "natural_village")

IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PlaceTree:
    """Places sorted by id, each with the position of its parent (−1 for a top place).

    ``ids`` and ``levels`` are lists of length *n*; ``parent`` is an int array of shape *(n,)*
    without cycles (checked on loading).
    """

    ids: Sequence[str]
    names: Sequence[str]
    levels: Sequence[str]
    parent: IntArray

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def position(self) -> dict[str, int]:
        """Position of each id."""
        return {place: i for i, place in enumerate(self.ids)}

    @cached_property
    def depth(self) -> IntArray:
        """Number of places above each place, shape *(n,)*."""
        depth = np.zeros(len(self), dtype=np.int64)
        above = self.parent.copy()
        while (inside := above >= 0).any():
            depth[inside] += 1
            above[inside] = self.parent[above[inside]]
        return depth

    @property
    def tops(self) -> IntArray:
        """Positions of the places without a parent."""
        return np.flatnonzero(self.parent < 0)

    def of_level(self, level: str) -> list[int]:
        """Positions of all places of a level, in the order of ids."""
        return self._by_level.get(level, [])

    @cached_property
    def _by_level(self) -> dict[str, list[int]]:
        levels = np.array(self.levels)
        return {level: np.flatnonzero(levels == level).tolist() for level in set(self.levels)}

    def owners(self, chosen: IntArray) -> list[tuple[IntArray, IntArray]]:
        """For groups of chosen places that do not lie within each other, who owns which place.

        Returns
        -------
        list of (members, owner)
            ``members`` are positions within ``chosen``; ``owner`` has shape *(n,)* and gives for
            every place the position within ``chosen`` of the member that it lies in, or −1.
            Several groups are needed only when chosen places are nested.
        """
        groups: list[tuple[IntArray, IntArray]] = []
        depths = self.depth[chosen]
        for depth in np.unique(depths):
            members = np.flatnonzero(depths == depth)
            owner = np.full(len(self), -1, dtype=np.int64)
            owner[chosen[members]] = members
            for level in range(int(depth) + 1, int(self.depth.max(initial=0)) + 1):
                at = np.flatnonzero(self.depth == level)
                owner[at] = owner[self.parent[at]]
            groups.append((members, owner))
        return groups

    def inside(self, chosen: IntArray) -> NDArray[np.bool_]:
        """Which places are one of ``chosen`` or lie below one, shape *(n,)*."""
        found = np.zeros(len(self), dtype=np.bool_)
        for _, owner in self.owners(chosen):
            found |= owner >= 0
        return found

    def holding(self, chosen: IntArray) -> NDArray[np.bool_]:
        """Which places are one of ``chosen`` or hold one, shape *(n,)*."""
        found = np.zeros(len(self), dtype=np.bool_)
        above = chosen
        while len(above):
            found[above] = True
            above = self.parent[above]
            above = np.unique(above[above >= 0])
        return found

    def lowest(self, chosen: NDArray[np.bool_]) -> IntArray:
        """Positions of the chosen places, shape *(n,)* as yes or no, that hold no other of them."""
        above = self.parent[chosen]
        return np.flatnonzero(chosen & ~self.holding(above[above >= 0]))

    def nested(self, chosen: IntArray) -> IntArray:
        """Those of ``chosen`` that lie below another of them."""
        above = self.parent[chosen]
        return chosen[(above >= 0) & self.inside(chosen)[above]]
