"""Integer programmes whose columns fall into groups without a common row, solved group by group.

A search over two such groups at once visits the product of what it visits in each. Many small searches
cost more to set up than to run, so that groups are gathered into batches; one that cannot be solved is
taken apart to tell which of its groups is to blame.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.program import components
from zxsim.optimize.solution import IntegerSolution

if TYPE_CHECKING:
    from scipy import sparse

BATCH = 200
"""About so many columns make a batch of groups."""

Solve = Callable[[IntArray, IntArray], IntegerSolution]
"""Columns and rows of a batch → its solution."""


def solve_apart(matrix: "sparse.csr_array", solve: Solve, size: int = BATCH) -> tuple[FloatArray, IntArray]:
    """Solve a programme in batches of independent groups of columns.

    Parameters
    ----------
    matrix : sparse array (rows, columns)
        Which columns stand in which rows; rows without columns are nobody's.
    solve : callable
        May give several values a column, one after the other; they are added up.

    Returns
    -------
    (x, stuck)
        Values (columns,), and the columns of the groups that have no solution, for which x is 0.
    """
    by_column = matrix.tocsc()
    group, _ = components(by_column)
    x, stuck = np.zeros(matrix.shape[1]), [np.zeros(0, dtype=np.int64)]
    todo = _batches(group, size)
    while todo:
        columns = todo.pop()
        rows = np.unique(by_column[:, columns].indices).astype(np.int64)
        found = solve(columns, rows)
        if found.has_solution:
            x[columns] = np.asarray(found.x).reshape(-1, len(columns)).sum(axis=0)
        elif (group[columns] == group[columns[0]]).all():
            stuck.append(columns)
        else:
            todo += _batches(group, 1, columns)
    return x, np.concatenate(stuck)


def _batches(group: IntArray, size: int, columns: IntArray | None = None) -> list[IntArray]:
    """Columns of whole groups, in batches of about ``size`` columns; the first to be solved is last."""
    chosen = np.arange(len(group)) if columns is None else columns
    if not len(chosen):
        return []
    order = chosen[np.argsort(group[chosen], kind="stable")]
    first = np.flatnonzero(np.diff(group[order], prepend=-1))
    # A group belongs to the batch in which its first column lies.
    opens = first[np.diff(first // size, prepend=-1) > 0]
    return [np.sort(part) for part in np.split(order, opens[1:])][::-1]
