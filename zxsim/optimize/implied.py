"""Limits of rows that no point within the bounds of the columns can break."""

from typing import TYPE_CHECKING

import numpy as np

from zxsim.optimize.solution import Face

if TYPE_CHECKING:
    from scipy import sparse


def without_implied(face: Face, matrix: "sparse.csc_array") -> Face:
    """Lift the limits of rows that the columns, all of them bounded, keep by themselves.

    A budget of 10⁶ 万元 beside cells that move by two units says nothing, but HiGHS 1.15 has called a worse
    point optimal because of it: its searches over whole numbers take the size of a limit for a scale.
    """
    rises, falls = matrix.maximum(0), matrix.minimum(0)
    most = rises @ face.column_upper + falls @ face.column_lower
    least = rises @ face.column_lower + falls @ face.column_upper
    lower = np.where(least >= face.row_lower, -np.inf, face.row_lower)
    upper = np.where(most <= face.row_upper, np.inf, face.row_upper)
    return Face(face.column_lower, face.column_upper, lower, upper)
