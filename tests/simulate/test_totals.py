"""Households of whole persons that add up to published totals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.simulation_strategies import totals
from zxsim.simulate.totals import LARGEST_SIZE, SIZES, counts_by_size, largest_remainder, subset_by_size


@given(totals(most=3000))
def test_counts_meet_both_totals(both: tuple[int, int]) -> None:
    """Households by size add up to the households and to the persons, exactly."""
    households, persons = both
    counts = counts_by_size(households, persons)
    assert (counts >= 0).all()
    assert (int(counts.sum()), int(counts @ SIZES)) == both


@given(both=totals(most=60), share=st.floats(0, 1))
def test_a_subset_is_as_near_as_any(both: tuple[int, int], share: float) -> None:
    """No other choice of whole households comes nearer to the persons asked for (all sums by brute force)."""
    counts = counts_by_size(*both)
    wanted = round(share * both[1])
    some = subset_by_size(counts, wanted)
    assert (some >= 0).all()
    assert (some <= counts).all()
    sums = 1  # bit k is set where some households have k persons together
    for size, count in zip(SIZES.tolist(), counts.tolist(), strict=True):
        for _ in range(count):
            sums |= sums << size
    distance = abs(int(some @ SIZES) - wanted)
    assert not any(sums >> (wanted + d) & 1 for d in range(-min(distance - 1, wanted), distance))


@pytest.mark.parametrize(("households", "persons"), [(0, 1), (5, 4), (2, 2 * LARGEST_SIZE + 1), (-1, -1)])
def test_impossible_totals_are_refused(households: int, persons: int) -> None:
    """More households than persons, households too large, and numbers below 0 are errors."""
    with pytest.raises(ValueError, match="persons"):
        counts_by_size(households, persons)


@pytest.mark.parametrize("persons", [-1, 9])
def test_impossible_subsets_are_refused(persons: int) -> None:
    """Fewer than no persons or more than all are errors."""
    with pytest.raises(ValueError, match="persons"):
        subset_by_size(counts_by_size(2, 8), persons)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=6).filter(any), st.integers(0, 500))
def test_largest_remainder(shares: list[int], total: int) -> None:
    """Whole numbers add up to the total, and each is its exact share rounded up or down."""
    parts = largest_remainder(np.array(shares, dtype=float), total)
    exact = np.array(shares) / sum(shares) * total
    assert parts.sum() == total
    assert (np.abs(parts - exact) < 1 + 1e-9).all()
