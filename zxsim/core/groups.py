"""Sums of groups of columns that many rows share, such as the money behind an average.

Written out in every row they would make the matrix dense: 250 villages against their mean have two
million nonzeros instead of fifty thousand. So a sum is one column of the programme with one defining
row, and a row that needs it carries a coefficient on it. In whole numbers it is simply added up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from zxsim.core.layout import BoolArray, IntArray


@dataclass(frozen=True, eq=False)
class GroupSums:
    """Groups of money columns: ``group`` and ``column`` are the membership pairs, ``names`` one a group."""

    names: Sequence[str]
    group: IntArray
    column: IntArray

    def __len__(self) -> int:
        return len(self.names)

    def sums(self, units: IntArray) -> NDArray[np.object_]:
        """Exact units of each group, shape *(groups,)*."""
        total = np.zeros(len(self), dtype=np.int64)
        np.add.at(total, self.group, units[self.column])
        return total.astype(object)


@dataclass(frozen=True, eq=False)
class GroupTerms:
    """Coefficients of a block's rows on sums of groups, as triplets of one length."""

    of: GroupSums
    row: IntArray
    group: IntArray
    coefficient: IntArray

    def left(self, units: IntArray, rows: int) -> NDArray[np.object_]:
        """Exact Σ coefficient · sum of each row, shape *(rows,)*."""
        total = np.zeros(rows, dtype=object)
        np.add.at(total, self.row, self.coefficient.astype(object) * self.of.sums(units)[self.group])
        return total

    def kept(self, part: BoolArray) -> "GroupTerms":
        """Return the terms of the rows where ``part`` is true, renumbered."""
        inside = part[self.row]
        renumbered = np.cumsum(part) - 1
        return GroupTerms(self.of, renumbered[self.row[inside]], self.group[inside], self.coefficient[inside])

    def rows_with(self, columns: BoolArray) -> IntArray:
        """Rows that refer to a group with one of some columns, shape *(columns,)*, in it."""
        held = np.zeros(len(self.of), dtype=np.bool_)
        held[self.of.group[columns[self.of.column]]] = True
        return self.row[held[self.group]]

    def written_out(self, at: IntArray, shape: tuple[int, int]) -> "sparse.csr_array":
        """Coefficients on single columns, for the few of them that matter.

        Parameters
        ----------
        at : int array (columns,)
            Position of each column in the result, −1 for one that is left out.
        shape : (rows, columns of the result)
        """
        inside = at[self.of.column] >= 0
        members = (np.ones(int(inside.sum())), (self.of.group[inside], at[self.of.column[inside]]))
        by_group = sparse.csr_array(members, shape=(len(self.of), shape[1]))
        coefficients = self.coefficient.astype(float), (self.row, self.group)
        return sparse.csr_array(coefficients, shape=(shape[0], len(self.of))) @ by_group
