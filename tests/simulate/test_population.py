"""Synthesised households meet what is published of their places."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tests.simulate.setups import assert_near, people, share_error
from tests.simulation_strategies import censuses
from zxsim.core.streams import Streams
from zxsim.simulate.population import Census, Labour, Spread, synthesised
from zxsim.simulate.totals import counts_by_size, largest_remainder, subset_by_size

SPREAD = Spread(income=0.6, lifted_ratio=0.8, delayed=0.1)


@given(censuses())
@settings(max_examples=60)
def test_totals_of_every_place_are_met(census: Census) -> None:
    """Persons and households exactly, lifted persons as nearly as can be, mean income 1 to 1e-6."""
    found = synthesised(census, SPREAD, Streams(1))
    places = len(census.place)
    np.testing.assert_array_equal(np.bincount(found.group, minlength=places), census.households)
    np.testing.assert_array_equal(np.bincount(found.group, found.size, places), census.population)
    totals = zip(census.households.tolist(), census.population.tolist(), census.lifted.tolist(), strict=True)
    nearest = [subset_by_size(counts_by_size(h, p), some) @ np.arange(1, 11) for h, p, some in totals]
    np.testing.assert_array_equal(np.bincount(found.group, found.size * found.lifted, places), nearest)
    np.testing.assert_allclose(found.mean(found.relative), 1, rtol=1e-6)


@given(censuses())
@settings(max_examples=60)
def test_labour_by_largest_remainder(census: Census) -> None:
    """Households by what work they can do are the shares of the place, rounded by largest remainder."""
    found = synthesised(census, SPREAD, Streams(1))
    for place, households in enumerate(census.households.tolist()):
        able, weak = census.able[place], census.weak[place]
        shares = np.maximum([able, weak, 1 - able - weak], 0)
        counted = np.bincount(found.labour[found.group == place], minlength=len(Labour))
        np.testing.assert_array_equal(counted, largest_remainder(shares, households))


def test_spread_ratio_and_delayed_share() -> None:
    """Log spread, lifted beside other incomes and delayed exits are as asked, within 5 standard errors."""
    found = people(20_000, spread=0.6, lifted_ratio=0.8, delayed=0.1)
    logs = np.log(found.relative)
    count = len(found) / 2
    for lifted in (False, True):
        assert_near(logs[found.lifted == lifted].std(), 0.6, 0.6 / np.sqrt(2 * count))
    ratio = logs[found.lifted].mean() - logs[~found.lifted].mean()
    assert_near(ratio, np.log(0.8), 0.6 * np.sqrt(2 / count))
    assert_near(found.delayed.mean(), 0.1, share_error(0.1, len(found)))


def test_another_seed_is_another_population() -> None:
    """The same seed gives the same households, another one others."""
    census = people(500).census
    first, again, other = (synthesised(census, SPREAD, Streams(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.relative, again.relative)
    assert (first.relative != other.relative).all()


@pytest.mark.parametrize(
    "change",
    [
        {"households": np.array([0]), "population": np.array([0]), "lifted": np.array([0])},
        {"households": np.array([0])},
        {"households": np.array([500])},
        {"lifted": np.array([401])},
        {"able": np.array([0.8]), "weak": np.array([0.3])},
        {"weak": np.array([-0.1])},
        {name: np.array([]) for name in ("place", "population", "households", "lifted", "able", "weak")},
    ],
    ids=["empty place", "no households", "too many households", "too many lifted", "labour above 1",
         "negative share", "no place"],
)  # fmt: skip
def test_impossible_censuses_are_refused(change: dict[str, np.ndarray]) -> None:
    """Totals that no households can meet, and places without any, are errors."""
    with pytest.raises(ValueError, match=r"persons|place|shares"):
        synthesised(replace(people(100).census, **change), SPREAD, Streams(1))
