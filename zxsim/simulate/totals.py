"""Whole households that add up: counts by size that meet a number of households and of persons exactly.

Controlled rounding in the sense of Cox (1987, JASA 82:520): every count is near its expected value and
the totals are met exactly.
"""

import numpy as np

from zxsim.core.layout import FloatArray, IntArray

LARGEST_SIZE = 10
SIZES = np.arange(1, LARGEST_SIZE + 1)


def expected_sizes(mean: float) -> FloatArray:
    """Share of households of each size: 1 + binomial with the given mean, shape *(sizes,)*."""
    from scipy.stats import binom  # noqa: PLC0415 (heavy: a third of what a plan without households loads)

    shares: FloatArray = binom.pmf(SIZES - 1, LARGEST_SIZE - 1, (mean - 1) / (LARGEST_SIZE - 1))
    return shares


def counts_by_size(households: int, persons: int) -> IntArray:
    """Households of each size, shape *(sizes,)*, that add up to both totals.

    Raises
    ------
    ValueError
        More households than persons, or more than :data:`LARGEST_SIZE` persons each.
    """
    if not households <= persons <= LARGEST_SIZE * households:
        raise ValueError(f"{persons} persons do not fit into {households} households")
    if not households:
        return np.zeros(LARGEST_SIZE, dtype=np.int64)
    counts = largest_remainder(expected_sizes(persons / households), households)
    while missing := persons - int(counts @ SIZES):
        step = 1 if missing > 0 else -1
        room = counts.copy()
        room[-1 if step > 0 else 0] = 0  # the largest cannot grow, the smallest cannot shrink
        moved = min(abs(missing), max(1, int(room.max()) // 2))
        at = int(room.argmax())
        counts[at] -= moved
        counts[at + step] += moved
    return counts


def subset_by_size(counts: IntArray, persons: int) -> IntArray:
    """Some of the households, with ``persons`` together, in proportion to all as far as that is possible.

    Very few households may have no such subset (two households of four have none of five persons): then
    the nearest number of persons that there is.

    Raises
    ------
    ValueError
        Fewer than none or more than all persons.
    """
    total = int(counts @ SIZES)
    if not 0 <= persons <= total:
        raise ValueError(f"{persons} of {total} persons")
    taken = np.floor(counts * (persons / max(total, 1))).astype(np.int64)
    rest = _reachable(counts - taken, persons - int(taken @ SIZES))
    if rest is not None:
        together: IntArray = taken + rest
        return together
    nearest = sorted(range(total + 1), key=lambda other: (abs(other - persons), other))
    return next(whole for other in nearest if (whole := _reachable(counts, other)) is not None)


def _reachable(room: IntArray, persons: int) -> IntArray | None:
    """Find households of the given sizes with so many persons, the most frequent sizes first."""
    chosen = np.zeros_like(room)
    best: dict[int, IntArray] = {0: chosen}
    for at in np.argsort(-room, kind="stable"):
        size = int(SIZES[at])
        for have, given in list(best.items()):
            most = min(int(room[at]), (persons - have) // size)
            for extra in range(max(1, most - LARGEST_SIZE), most + 1):
                wider = given.copy()
                wider[at] += extra
                best.setdefault(have + extra * size, wider)
        if persons in best:
            return best[persons]
    return best.get(persons)


def largest_remainder(shares: FloatArray, total: int) -> IntArray:
    """Whole numbers in proportion to ``shares`` that add up to ``total``."""
    exact = shares / shares.sum() * total
    counts = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - counts), kind="stable")
    counts[order[: total - int(counts.sum())]] += 1
    whole: IntArray = counts
    return whole
