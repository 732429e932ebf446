"""Those struck where few are: as if everybody drew a number each month."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import chi2

from tests.simulate.setups import SEED, assert_near, ids, share_error
from zxsim.core.layout import BoolArray, IntArray
from zxsim.core.streams import Streams
from zxsim.simulate.rare import LEVEL, Rare

MANY = 20_000
CHANCES = [0.002, LEVEL, 0.05, 0.4]


def years(chance: float, count: int = MANY, number: int = 1) -> list[IntArray]:
    """Who is struck in each month of so many years."""
    rare = Rare(Streams(SEED), "shock:flood", 3, count)
    return [at for _ in range(number) for at in rare.year(chance)]


def struck(chance: float, count: int = MANY) -> BoolArray:
    """Whether each is struck, shape *(months, count)*."""
    table = np.zeros((12, count), dtype=np.bool_)
    for month, at in enumerate(years(chance, count)):
        assert (np.diff(at) > 0).all()
        table[month, at] = True
    return table


@pytest.mark.parametrize("chance", CHANCES)
def test_everybody_has_the_chance_in_every_month(chance: float) -> None:
    """By month, and by twentieths of the households from the first to the last; 5 standard errors."""
    table = struck(chance)
    assert_near(table.mean(axis=1), chance, share_error(chance, MANY))
    parts = table.reshape(12, 20, -1)
    assert_near(parts.mean(axis=(0, 2)), chance, share_error(chance, 12 * MANY // 20))


@pytest.mark.parametrize("chance", CHANCES)
def test_nobody_is_struck_because_another_is(chance: float) -> None:
    """Correlations with each of the next 40, and with the next months, are within 5 standard errors of 0."""
    table = struck(chance).astype(np.float64)
    for beside in range(1, 41):
        found = np.corrcoef(table[:, :-beside].ravel(), table[:, beside:].ravel())[0, 1]
        assert_near(found, 0, 1 / np.sqrt(12 * MANY))
    for later in (1, 2, 6):
        found = np.corrcoef(table[:-later].ravel(), table[later:].ravel())[0, 1]
        assert_near(found, 0, 1 / np.sqrt((12 - later) * MANY))


def test_gaps_are_geometric() -> None:
    """Chi-square of the gaps between those struck, against p·(1−p)^(k−1); the limit leaves 3e-7."""
    chance, longest = 0.03, 150
    flat = np.flatnonzero(struck(chance, 200_000).ravel())
    gaps = np.diff(flat)
    expected = len(gaps) * chance * (1 - chance) ** np.arange(longest)
    counts = np.bincount(gaps, minlength=longest + 1)[1 : longest + 1]
    assert ((counts - expected) ** 2 / expected).sum() < chi2.isf(3e-7, longest)


def test_a_higher_chance_strikes_the_same_and_more() -> None:
    """Month by month over three years, whether the chances are below or above the level."""
    every = [years(chance, number=3) for chance in (0.001, 0.01, LEVEL, 0.04, 0.5, 1.0)]
    for lower, higher in pairwise(every):
        for few, more in zip(lower, higher, strict=True):
            assert len(few) < len(more)
            assert np.isin(few, more).all()
    assert {len(at) for at in every[-1]} == {MANY}


@pytest.mark.parametrize("count", [0, 1, 2, 33])
def test_few_may_be_struck_too(count: int) -> None:
    """Where nobody or hardly anybody can be, all are inside; without a chance nobody is."""
    for chance in (0.0, 0.02, 0.9):
        found = years(chance, count, 200)
        assert all(0 <= at.min(initial=0) <= at.max(initial=0) < max(count, 1) for at in found)
        assert_near(sum(map(len, found)), 2400 * count * chance, np.sqrt(2400 * count * chance) + 1e-9)


def test_the_same_names_give_the_same() -> None:
    """Again the same; another replication, purpose or seed is another."""
    first = ids(years(0.01))
    assert first == ids(years(0.01))
    for streams, purpose, replication in (
        (Streams(SEED), "shock:flood", 4),
        (Streams(SEED), "shock:fire", 3),
        (Streams(SEED + 1), "shock:flood", 3),
    ):
        assert first != ids(list(Rare(streams, purpose, replication, MANY).year(0.01)))
