"""Batches: the same bytes however replications are put together, and plans that are compared in pairs."""

import numpy as np
import pytest

from tests.simulate.setups import assert_same, busy, outcome
from zxsim.simulate.engine import Outcome
from zxsim.simulate.records import COLUMNS

TOGETHER = 8


@pytest.fixture(scope="module")
def whole() -> Outcome:
    """Replications 0 to 7 in one batch."""
    return outcome(busy(TOGETHER))


@pytest.mark.parametrize("size", [1, 3, 4])
def test_bytes_do_not_depend_on_the_batches(whole: Outcome, size: int) -> None:
    """Incomes, quantiles, counts, insurance, contracts and events of batches of 1, 3 and 4."""
    parts = [outcome(busy(min(size, TOGETHER - at)), first=at) for at in range(0, TOGETHER, size)]
    for name in ("income", "quantiles", "open_cases", "unresolved", "waiting"):
        joined = np.concatenate([getattr(part, name) for part in parts], axis=1)
        np.testing.assert_array_equal(joined, getattr(whole, name))
    for name in ("replications", "paid_out", "opened", "granted"):
        joined = np.concatenate([getattr(part, name) for part in parts])
        np.testing.assert_array_equal(joined, getattr(whole, name))
    columns = [part.events.columns() for part in parts]
    rows = np.array([np.concatenate([part[name] for part in columns]) for name in COLUMNS])
    every = whole.events.columns()
    order = np.lexsort((rows[1], rows[0], rows[2]))
    np.testing.assert_array_equal(rows[:, order], np.array([every[name] for name in COLUMNS]))


def test_many_households_fill_several_chunks() -> None:
    """Incomes are worked out in chunks of 16,384 households: two replications as one or as two batches."""
    made = [busy(count, 6000) for count in (2, 1, 1)]
    whole, first, second = (outcome(one, first=at) for one, at in zip(made, (0, 0, 1), strict=True))
    np.testing.assert_array_equal(whole.income, np.concatenate([first.income, second.income], axis=1))
    np.testing.assert_array_equal(
        whole.open_cases, np.concatenate([first.open_cases, second.open_cases], axis=1)
    )


def test_the_same_seed_gives_the_same_and_another_seed_another() -> None:
    """A run can be repeated to the last bit, and seeds matter."""
    first, again, other = (outcome(busy(2), seed) for seed in (1, 1, 2))
    assert_same(first, again)
    assert (first.income != other.income).all()


def test_pairs_vary_much_less() -> None:
    """Year-end open cases of two plans: paired differences vary under a fifth as much as unpaired ones."""
    count = 40
    plan, none = (outcome(busy(count, gain=gain)) for gain in (150.0, 0.0))
    for last in (11, 23):
        one, two = (result.open_cases[last].sum(axis=(1, 2)).astype(float) for result in (plan, none))
        assert 5 * np.var(one - two, ddof=1) < np.var(one, ddof=1) + np.var(two, ddof=1)
        assert (one - two).mean() < 0
