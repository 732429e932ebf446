"""Households of every place as arrays: synthesised so that published totals are met exactly.

Nobody in it is a real person. Sizes add up to the population, lifted households to the lifted population,
and incomes, weighted by persons, to the income per head of the place.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.core.streams import Streams
from zxsim.simulate.totals import SIZES, counts_by_size, largest_remainder, subset_by_size

NO_SHARE = 1e-9
"""What sums of decimal shares may differ from 1 by."""

Float32Array = NDArray[np.float32]
SmallArray = NDArray[np.signedinteger[Any]]


class Labour(IntEnum):
    """What work a household can do."""

    ABLE = 0
    WEAK = 1
    NONE = 2


@dataclass(frozen=True, eq=False)
class Census:
    """What is known of the places with households; all arrays have shape *(places,)*.

    Attributes
    ----------
    place : int array
        Positions in the tree of places.
    population, households, lifted : int array
        Persons, households, and persons lifted out of poverty.
    able, weak : float array
        Shares of households able to work, and of those able to do light work only.
    """

    place: IntArray
    population: IntArray
    households: IntArray
    lifted: IntArray
    able: FloatArray
    weak: FloatArray


@dataclass(frozen=True)
class Spread:
    """How households of one place differ.

    Attributes
    ----------
    income : float
        Standard deviation of the logarithm of permanent income per head.
    lifted_ratio : float
        Income of lifted households beside that of others of the same place.
    delayed : float
        Share of households whose exit is delayed: subsistence allowance, destitute, disabled.
    """

    income: float
    lifted_ratio: float
    delayed: float


@dataclass(frozen=True, eq=False)
class Population:
    """Households, those of one place after another; all arrays have shape *(households,)*.

    Attributes
    ----------
    group : int array
        Position of the household's place within the census.
    size : int array
        Persons.
    labour : int array
        Values of :class:`Labour`.
    lifted, delayed : bool array
        Lifted out of poverty; exit delayed.
    relative : float array
        Permanent income per head over that of the place; its mean over persons is 1 in every place.
    """

    census: Census
    group: IntArray
    size: IntArray
    labour: SmallArray
    lifted: BoolArray
    delayed: BoolArray
    relative: Float32Array

    def __len__(self) -> int:
        return len(self.group)

    @cached_property
    def persons(self) -> FloatArray:
        """Persons of each place, shape *(places,)*."""
        return np.bincount(self.group, self.size, len(self.census.place)).astype(np.float64)

    def mean(self, values: NDArray[np.floating[Any]]) -> FloatArray:
        """Mean over the persons of each place, shape *(places,)*."""
        total = np.bincount(self.group, self.size * values.astype(np.float64), len(self.census.place))
        mean: FloatArray = total / self.persons
        return mean


def synthesised(census: Census, spread: Spread, streams: Streams) -> Population:
    """Make households that meet the totals of every place.

    Raises
    ------
    ValueError
        Totals that no households can meet, a place without households, or shares by labour that are no
        shares; the schema refuses them before.
    """
    none = 1 - census.able - census.weak
    if not len(census.place) or not census.households.all():
        raise ValueError("a place without households")
    if min(census.able.min(), census.weak.min(), none.min()) < -NO_SHARE:
        raise ValueError("shares of households able to work and of weak ones must not be negative or above 1")
    totals = zip(census.households.tolist(), census.population.tolist(), strict=True)
    counts = [counts_by_size(households, persons) for households, persons in totals]
    lifted = [subset_by_size(c, persons) for c, persons in zip(counts, census.lifted.tolist(), strict=True)]
    group = np.repeat(np.arange(len(counts)), census.households)
    size = np.concatenate([np.repeat(SIZES, count) for count in counts])
    is_lifted = np.concatenate([_first(c, some) for c, some in zip(counts, lifted, strict=True)])
    number = np.arange(len(group))
    return Population(
        census=census,
        group=group,
        size=size,
        labour=_by_share(census, group, streams.uniform("labour", 0, number, 0)),
        lifted=is_lifted,
        delayed=streams.uniform("delayed", 0, number, 0) < spread.delayed,
        relative=relative_incomes(group, size, is_lifted, spread, streams),
    )


def relative_incomes(
    group: IntArray, size: IntArray, lifted: BoolArray, spread: Spread, streams: Streams
) -> Float32Array:
    """Draw permanent incomes per head over those of the place, shape *(households,)*."""
    normal = streams.normal("income", 0, np.arange(len(group)), 0)
    drawn = np.exp(spread.income * normal) * np.where(lifted, spread.lifted_ratio, 1.0)
    return over_mean(group, size, drawn)


def over_mean(group: IntArray, size: IntArray, income: FloatArray) -> Float32Array:
    """Divide incomes per head by the mean over the persons of each place."""
    mean = np.bincount(group, size * income) / np.bincount(group, size)
    return (income / mean[group]).astype(np.float32)


def _first(counts: IntArray, some: IntArray) -> BoolArray:
    """Mark the first ``some`` of the households of each size."""
    marks = [np.arange(count) < few for count, few in zip(counts.tolist(), some.tolist(), strict=True)]
    return np.concatenate(marks)


def _by_share(census: Census, group: IntArray, order: FloatArray) -> SmallArray:
    """Give every place its whole numbers of households by labour, in a random order."""
    first = np.cumsum(census.households) - census.households
    rank = np.empty(len(group), dtype=np.int64)
    rank[np.lexsort((order, group))] = np.arange(len(group))
    rank -= first[group]
    shares = np.maximum(np.stack([census.able, census.weak, 1 - census.able - census.weak], axis=1), 0)
    ends = np.array(
        [np.cumsum(largest_remainder(s, int(n))) for s, n in zip(shares, census.households, strict=True)]
    )
    able, weak = ends[group, 0], ends[group, 1]
    labour: SmallArray = np.where(rank < able, Labour.ABLE, np.where(rank < weak, Labour.WEAK, Labour.NONE))
    return labour.astype(np.int8)
