"""What every block of rule rows has in common: names, the two sides, and whether it must be kept.

A block holds rows of one rule with one relation. Two forms exist: linear in money
(:class:`zxsim.core.rows.RuleRows`) and counts of projects (:class:`zxsim.core.counts.CountRows`).
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout

Relation = Literal[">=", "<=", "="]
Unit = Literal["wan", "share", "count"]

WORD = 2.0**62
"""Whole numbers below this can be added and subtracted in machine words."""


class Softness(NamedTuple):
    """The tier in which a rule that may be missed counts, and its weight there."""

    tier: Literal[1, 2, 3]
    weight: float


class Sides(NamedTuple):
    """Both sides of each row and the distance between them in the unit of the block, floats (rows,).

    ``binding`` says which rows are at their limit: within 0.01 万元 of it, or at the very count.
    """

    left: FloatArray
    right: FloatArray
    slack: FloatArray
    binding: BoolArray


@dataclass(frozen=True, eq=False, kw_only=True)
class RowBlock(ABC):
    """Rows of one rule.

    Attributes
    ----------
    rule, kind, clause : str
        Id in the scenario, kind of rule, clause of the paper.
    relation : ">=", "<=" or "="
        The same for all rows of a block.
    place : int array (rows,)
        Position of the place, −1 for all places together.
    year, since : int array (rows,)
        Calendar year, 0 for the whole period; ``since`` is the first year that counts, 0 when only
        ``year`` does.
    bound, norm : object array of int (rows,)
        Right-hand side in units (of money or projects) times ``norm`` ≥ 1.
    soft : Softness or None
        ``None`` for a rule that must be kept.
    scope : str
        Tells apart the blocks of a rule whose rows would have equal labels.
    numerator, denominator : str
        Codes of the words that say what is divided by what; empty for money and counts.
    """

    rule: str
    kind: str
    clause: str
    relation: Relation
    place: IntArray
    year: IntArray
    since: IntArray
    bound: NDArray[np.object_]
    norm: NDArray[np.object_]
    soft: Softness | None = None
    scope: str = ""
    numerator: str = ""
    denominator: str = ""

    def __len__(self) -> int:
        return len(self.place)

    @property
    @abstractmethod
    def unit(self) -> Unit:
        """Unit of the two sides as printed."""

    @abstractmethod
    def left(self, units: IntArray) -> NDArray[np.object_]:
        """Exact left side of each row, times ``norm``."""

    @abstractmethod
    def sides(self, units: IntArray) -> Sides:
        """Both sides and the slack as printed, NaN where there is no left side, and what is at its limit."""

    def words(self, layout: Layout, i: int) -> str:
        """Rule, place and years of row ``i`` as they stand in names: ``industry,2021..2022``."""
        place = layout.places.ids[self.place[i]] if self.place[i] >= 0 else ""
        year = str(self.year[i]) if self.year[i] else ""
        span = f"{self.since[i]}..{year}" if self.since[i] else year
        return ",".join(word for word in (self.rule, self.scope, place, span) if word)

    def label(self, layout: Layout, i: int) -> str:
        """Name of row ``i`` as the policy reads, such as ``rising_share(industry,2022)``."""
        return f"{self.kind}({self.words(layout, i)})"

    def slack(self, units: IntArray) -> NDArray[np.object_]:
        """Exact distance from the limit, times ``norm``; negative where the row is not kept."""
        return self.room(self.left(units))

    def room(self, left: NDArray[np.object_]) -> NDArray[np.object_]:
        """Exact distance of an exact left side from the limit, times ``norm``."""
        gap: NDArray[np.object_] = in_words(left) - in_words(self.bound)
        if self.relation == "=":
            return np.abs(gap) * -1
        return gap if self.relation == ">=" else -gap

    def distance(self, units: IntArray) -> FloatArray:
        """Slack in units of money or projects."""
        return self.in_units(self.slack(units))

    def in_units(self, slack: NDArray[np.object_]) -> FloatArray:
        """Divide an exact distance by ``norm``."""
        distance: FloatArray = slack.astype(float) / self.norm.astype(float)
        return distance

    def binding(self, units: IntArray) -> BoolArray:
        """Which rows are at their limit: within 0.01 万元 of it, or at the very count."""
        return self.sides(units).binding


def whole(numbers: object) -> NDArray[np.object_]:
    """Turn whole numbers into an object array, so that products cannot overflow."""
    array = np.asarray(numbers).ravel()
    if array.dtype.kind in "iu":
        return array.astype(object)
    return np.array([int(number) for number in array], dtype=object)


def in_words(numbers: NDArray[np.object_]) -> NDArray[np.object_]:
    """Whole numbers as machine words where the difference of any two of them still is one.

    >>> in_words(whole([7, 2**61])).dtype, in_words(whole([2**63])).dtype
    (dtype('int64'), dtype('O'))
    """
    if numbers.dtype != object or np.abs(numbers.astype(float)).max(initial=0) >= WORD:
        return numbers
    return numbers.astype(np.int64)
