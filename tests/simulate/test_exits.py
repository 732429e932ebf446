"""Exits: on which days, after how long, who must wait, and with what chance."""

from typing import Any

import numpy as np
import pytest

from tests.simulate.setups import (
    BASE,
    assert_near,
    assert_same,
    events,
    measure,
    outcome,
    people,
    procedure,
    setup,
    share_error,
)
from zxsim.simulate.engine import Outcome
from zxsim.simulate.records import Kind

MANY = 4000
REVIEWS = [30 * month + 25 for month in (2, 5, 8, 11)]
YEAR_END = 360


def monitored(*, years: int = 1, start_days: int = 0, delayed: float = 0.0, **keys: Any) -> Outcome:
    """All are monitored from day 1 on, helped from ``start_days`` later on, and not at risk any more."""
    kept = procedure(years=years, **keys)
    help_ = measure(years=years, start_days=start_days)
    return outcome(
        setup(people(MANY, delayed=delayed), years=years, stock=MANY, measures=[help_], procedure=kept)
    )


def counts(result: Outcome) -> dict[int, int]:
    """Exits by day."""
    day, number = np.unique(events(result, Kind.EXIT)["day"], return_counts=True)
    return dict(zip(day.astype(int).tolist(), number.tolist(), strict=True))


def test_exits_happen_at_reviews_with_the_stated_chance() -> None:
    """At each review, and at the year's end, a binomial share of those left leaves; 5 standard errors."""
    exits = counts(monitored(years=2, helped_days=0, exit_quarter=0.2, exit_year=0.5))
    left = MANY
    days = [day + YEAR_END * year for year in (0, 1) for day in (*REVIEWS, YEAR_END)]
    assert sorted(exits) == days
    for day, number in sorted(exits.items()):
        chance = 0.2 if day % YEAR_END else 0.5
        assert_near(number / left, chance, share_error(chance, left))
        left -= number


@pytest.mark.parametrize(
    ("helped_days", "first"), [(74, REVIEWS[0]), (75, REVIEWS[1]), (344, 355), (345, 360)]
)
def test_exits_wait_for_help_in_place(helped_days: int, first: int) -> None:
    """Help begins on day 11; the first exit is at the first review when it is in place long enough."""
    exits = counts(monitored(start_days=10, helped_days=helped_days, exit_quarter=1.0, exit_year=1.0))
    assert exits == {first: MANY}


def test_delayed_households_stay_for_the_stated_months() -> None:
    """Others leave at the first review, delayed ones (a fifth, 5 s.e.) after twelve months on the list."""
    exits = counts(monitored(years=2, delayed=0.2, helped_days=0, exit_quarter=1.0))
    assert set(exits) == {REVIEWS[0], 360 + REVIEWS[0]}
    assert_near(exits[360 + REVIEWS[0]] / MANY, 0.2, share_error(0.2, MANY))


def test_nobody_leaves_without_help() -> None:
    """No measure fits, so nobody leaves though nobody is at risk; after 30 days all are unresolved."""
    kept = procedure(exit_quarter=1.0, exit_year=1.0, helped_days=0)
    result = outcome(setup(people(50), stock=50, procedure=kept))
    assert counts(result) == {}
    assert result.unresolved.sum(axis=(1, 2, 3)).tolist() == [0] + [50] * 11


def test_a_contract_not_renewed_counts_after_the_stated_days() -> None:
    """Contracts end on day 361 and money opens no more: unresolved from more than 30 days later on."""
    once = measure(np.array([[50, 0], [0, 0]]), months=12)
    result = outcome(setup(people(50), years=2, stock=50, measures=[once], procedure=procedure(years=2)))
    assert result.unresolved.sum(axis=(1, 2, 3)).tolist() == [0] * 13 + [50] * 11


@pytest.mark.parametrize(("gain", "leaving"), [(900.0, 0), (1100.0, 50)])
def test_nobody_at_risk_leaves(gain: float, leaving: int) -> None:
    """Help of less than what is missing to the line keeps everybody on the list."""
    kept = procedure(line=np.array([BASE + 1000]), exit_quarter=1.0)
    made = setup(people(50), stock=50, measures=[measure(gain=gain)], procedure=kept)
    assert len(events(outcome(made), Kind.EXIT)["day"]) == leaving


def test_exit_luck_is_the_households_own() -> None:
    """The detail says which review, and the same seed repeats everything."""
    result = monitored(helped_days=0, exit_quarter=0.2, exit_year=0.5)
    exits = events(result, Kind.EXIT)
    np.testing.assert_array_equal(exits["detail"], exits["day"] == YEAR_END)
    assert_same(result, monitored(helped_days=0, exit_quarter=0.2, exit_year=0.5))
