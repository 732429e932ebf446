"""Named random numbers: their distribution, their independence, and that they depend on names alone."""

import itertools

import numpy as np
import pytest
from scipy.special import ndtr
from scipy.stats import chi2

from tests.simulate.setups import assert_near, share_error
from zxsim.core import streams as module
from zxsim.core.layout import FloatArray
from zxsim.core.streams import Streams, fill_normal

COUNT = 200_000
STREAMS = Streams(5)
NUMBERS = np.arange(COUNT)
BINS = 16


def along(axis: int, purpose: str = "visit", streams: Streams = STREAMS) -> FloatArray:
    """Uniform numbers along replications, households or episodes, the other two held at 3."""
    parts = [np.full(COUNT, 3)] * 3
    parts[axis] = NUMBERS
    return streams.uniform(purpose, *parts)


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_uniform_moments(axis: int) -> None:
    """Mean 1/2 and variance 1/12 within 5 standard errors, whichever number counts up."""
    drawn = along(axis)
    assert_near(drawn.mean(), 1 / 2, np.sqrt(1 / 12 / COUNT))
    assert_near(drawn.var(), 1 / 12, np.sqrt(1 / 180 / COUNT))


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_uniform_numbers_fill_all_parts_alike(axis: int) -> None:
    """Chi-square of 256 equal parts: below the quantile that 5 normal standard errors leave (3e-7)."""
    counts = np.bincount((along(axis) * 256).astype(np.int64), minlength=256)
    statistic = ((counts - COUNT / 256) ** 2 / (COUNT / 256)).sum()
    assert statistic < chi2.isf(3e-7, 255)


def test_normal_moments() -> None:
    """Mean 0, variance 1, third moment 0 and fourth 3 within 5 standard errors."""
    drawn = STREAMS.normal("income", 0, NUMBERS, 0)
    for power, expected, variance in ((1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96)):
        assert_near((drawn**power).mean(), expected, np.sqrt(variance / COUNT))


def test_neighbours_are_independent() -> None:
    """Chi-square of pairs in 16 × 16 cells: the next household, replication, episode, purpose or seed."""
    for axis in range(3):
        drawn = along(axis)
        others = [along(other) for other in range(3) if other != axis]
        others += [np.roll(drawn, 1), along(axis, "notice"), along(axis, streams=Streams(6))]
        for other in others:
            cell = (drawn * BINS).astype(np.int64) * BINS + (other * BINS).astype(np.int64)
            expected = COUNT / BINS**2
            statistic = ((np.bincount(cell, minlength=BINS**2) - expected) ** 2 / expected).sum()
            assert statistic < chi2.isf(3e-7, BINS**2 - 1)


def test_no_two_names_share_their_numbers() -> None:
    """Correlations of neighbours in all four names at once stay within 5 standard errors of 0."""
    grid = [np.arange(30)] * 3
    replication, household, episode = np.meshgrid(*grid, indexing="ij")
    drawn = STREAMS.uniform("visit", replication, household, episode)
    assert len(np.unique(drawn)) == drawn.size
    for shift in itertools.product((0, 1), repeat=3):
        if any(shift):
            moved = np.roll(drawn, shift, axis=(0, 1, 2))
            correlation = np.corrcoef(drawn.ravel(), moved.ravel())[0, 1]
            assert_near(correlation, 0, 1 / np.sqrt(drawn.size))


def test_a_number_depends_on_its_names_alone() -> None:
    """A subset in another order, and other shapes, give the same numbers."""
    every = STREAMS.uniform("visit", 2, NUMBERS[:1000], 4)
    some = np.random.default_rng(1).permutation(1000)[:100]
    np.testing.assert_array_equal(STREAMS.uniform("visit", 2, some, 4), every[some])
    np.testing.assert_array_equal(STREAMS.uniform("visit", [[2]], some[:, None], [[4]]), every[some][:, None])


def test_uniform_numbers_are_never_0_or_1() -> None:
    """Both ends of the hash give numbers inside (0, 1), whose normal quantiles are finite."""
    ends = module._unit(np.array([0, 2**64 - 1], dtype=np.uint64))
    assert 0 < ends[0] < ends[1] < 1


def test_generators_differ_by_seed_purpose_and_replication() -> None:
    """Draws of other seeds, purposes and replications are uncorrelated; the same ones can be repeated."""
    first = STREAMS.generator("needs", 0).random(COUNT)
    np.testing.assert_array_equal(first, STREAMS.generator("needs", 0).random(COUNT))
    others = (
        STREAMS.generator("needs", 1),
        STREAMS.generator("shock:illness", 0),
        Streams(6).generator("needs", 0),
    )
    for other in others:
        assert_near(np.corrcoef(first, other.random(COUNT))[0, 1], 0, 1 / np.sqrt(COUNT))


@pytest.mark.parametrize("seed", [0, 2**32, 2**64 - 1])
def test_any_seed_of_64_bits(seed: int) -> None:
    """The smallest and the largest seed give numbers of their own."""
    drawn = Streams(seed).uniform("visit", 0, NUMBERS, 0)
    assert_near(np.corrcoef(drawn, along(1))[0, 1], 0, 1 / np.sqrt(COUNT))
    assert 0 <= Streams(seed).generator("visit", 0).random() < 1


@pytest.mark.parametrize("size", [1, 7, 16_384])
def test_filled_normal_numbers_are_standard_normal(size: int) -> None:
    """Moments, shares beyond 1 to 4, and pairs made together: within 5 standard errors, for any length."""
    generator, drawn = (
        STREAMS.generator("luck", 0),
        np.empty((min(COUNT // size, 10_000), size), dtype=np.float32),
    )
    for row in drawn:
        fill_normal(generator, row)
    values = drawn.astype(np.float64)
    for power, expected, variance in ((1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96)):
        assert_near((values**power).mean(), expected, np.sqrt(variance / values.size))
    for beyond in (1, 2, 3, 4):
        for side in (values, -values):
            assert_near((side > beyond).mean(), ndtr(-beyond), share_error(ndtr(-beyond), values.size))
    half = (size + 1) // 2
    first, second = values[:, : size - half].ravel(), values[:, half:].ravel()
    for power in (1, 2) if len(first) else ():
        assert_near(np.corrcoef(first**power, second**power)[0, 1], 0, 1 / np.sqrt(len(first)))


def test_filled_normal_numbers_follow_the_distribution() -> None:
    """Chi-square of 256 parts of equal probability, and of neighbours in 16 × 16; see above for the limit."""
    drawn = np.empty(COUNT, dtype=np.float32)
    fill_normal(STREAMS.generator("luck", 1), drawn)
    part = ndtr(drawn.astype(np.float64))
    for cells, bins in ((part * 256, 256), (np.floor(part * 16) * 16 + np.roll(part, 1) * 16, 256)):
        counts = np.bincount(cells.astype(np.int64), minlength=bins)
        assert ((counts - COUNT / bins) ** 2 / (COUNT / bins)).sum() < chi2.isf(3e-7, bins - 1)
