"""Exact quotients of whole numbers by the column: numerators and denominators as whole numbers of any size.

Numbers stand in object arrays, which numpy adds, multiplies and compares element by element without any
rounding, however large they get.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.object_]
"""Whole numbers of any size."""
BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ratios:
    """Quotients ``top / below``, one a row; ``below`` is above 0."""

    top: Whole
    below: Whole

    def __sub__(self, other: "Ratios") -> "Ratios":
        """Subtract row by row."""
        return Ratios(self.top * other.below - other.top * self.below, self.below * other.below)

    def floats(self) -> FloatArray:
        """Nearest floats."""
        nearest: FloatArray = (self.top / self.below).astype(np.float64)
        return nearest

    def ravel(self) -> "Ratios":
        """Return a grid of quotients as one row."""
        return Ratios(self.top.ravel(), self.below.ravel())

    def where(self, part: BoolArray) -> "Ratios":
        """Return only some rows."""
        return Ratios(self.top[part], self.below[part])


def whole(number: int, shape: tuple[int, ...]) -> Whole:
    """Repeat a whole number."""
    return np.full(shape, int(number), dtype=object)


def over(top: Whole, below: int = 1) -> Ratios:
    """Divide whole numbers by one of them."""
    return Ratios(top, whole(below, top.shape))


def repeated(number: Fraction, shape: tuple[int, ...]) -> Ratios:
    """Repeat one quotient."""
    return Ratios(whole(number.numerator, shape), whole(number.denominator, shape))


def quotients(top: Whole, below: Whole) -> Ratios:
    """Divide, with 0 where there is nothing to divide by."""
    some = below > 0
    return Ratios(np.where(some, top, 0), np.where(some, below, 1))


def shares_up(share: Fraction, units: Whole) -> Whole:
    """Smallest whole numbers of units that are at least a share of given ones.

    >>> shares_up(Fraction(55, 100), np.array([116216, 0], dtype=object))
    array([63919, 0], dtype=object)
    """
    least: Whole = -((-share.numerator * units) // share.denominator)
    return least


def shares_down(share: Fraction, units: Whole) -> Whole:
    """Largest whole numbers of units that are at most a share of given ones."""
    most: Whole = (share.numerator * units) // share.denominator
    return most
