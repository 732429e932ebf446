"""How projects may be paid: in any part, all or nothing, in fixed yearly amounts, one with another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from zxsim.core.layout import BoolArray, IntArray

MODES = ("divisible", "whole", "fixed")


@dataclass(frozen=True, eq=False)
class Modes:
    """What is more than "any part of the cost" about projects, in the order of the library.

    Attributes
    ----------
    whole : bool array (projects,)
        Gets its public cost or nothing; true for ``fixed`` as well.
    minimum : int array (projects,)
        Least useful amount in units, 0 for none.
    requires : int array (pairs, 2)
        The first project gets money only if the second is done.
    excludes : int array (pairs, 2)
        At most one of the two gets money; the smaller position stands first, no pair twice.
    outlays : mapping
        Project → units a year of each way in which it may be paid, int array *(ways, years)*.
    """

    whole: "BoolArray"
    minimum: "IntArray"
    requires: "IntArray"
    excludes: "IntArray"
    outlays: Mapping[int, "IntArray"]

    @classmethod
    def divisible(cls, count: int) -> "Modes":
        """Return the modes of ``count`` projects that may be paid in any part."""
        none = np.zeros((0, 2), dtype=np.int64)
        return cls(np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.int64), none, none, {})

    @property
    def chosen(self) -> "BoolArray":
        """Which projects need a yes or no of their own, shape *(projects,)*."""
        needed: BoolArray = self.whole | (self.minimum > 0)
        needed[self.requires[:, 0]] = True
        needed[self.excludes.ravel()] = True
        return needed
