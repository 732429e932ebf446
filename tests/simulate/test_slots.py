"""Funded slots: who gets them, never more than there are, and what more of them do."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import simpy
from hypothesis import given, settings

from tests.simulate.setups import (
    assert_near,
    busy,
    events,
    measure,
    outcome,
    people,
    procedure,
    setup,
)
from tests.simulation_strategies import TREE, Plans, plans
from zxsim.core.layout import IntArray
from zxsim.simulate.engine import Outcome
from zxsim.simulate.records import Kind
from zxsim.simulate.setup import Setup
from zxsim.simulate.slots import Slots

LAST_DAYS = 30 * np.arange(1, 25)


def asked(slots: Slots, env: simpy.Environment, order: float, household: int, place: int) -> simpy.Event:
    """Wait for one contract, or take it at once."""
    event = env.event()
    if slots.take(place):
        event.succeed()
    else:
        slots.wait(order, household, place, event)
    return event


def test_own_place_first_then_above() -> None:
    """A village's slot is taken before the town's, and that before the county's; none below or beside."""
    env, slots = simpy.Environment(), Slots(0, TREE)
    slots.open(np.array([1, 1, 0, 1, 0, 0]))
    taken = [asked(slots, env, 0.5, number, place) for number, place in enumerate([3, 3, 5, 3, 4])]
    assert [event.triggered for event in taken] == [True, True, True, False, False]
    assert slots.opened == slots.granted == 3


def test_those_waiting_come_in_their_fixed_order() -> None:
    """New slots go by the random order, whoever asked first; who cannot use one leaves it to the next."""
    env, slots = simpy.Environment(), Slots(0, TREE)
    waiting = {order: asked(slots, env, order, 9, place) for order, place in ((0.9, 3), (0.1, 5), (0.4, 4))}
    slots.open(np.array([0, 1, 0, 0, 0, 0]))
    assert [order for order, event in waiting.items() if event.triggered] == [0.4]
    slots.open(np.array([1, 0, 0, 0, 0, 0]))
    assert [order for order, event in waiting.items() if event.triggered] == [0.1, 0.4]


def test_whoever_waits_for_several_measures_gets_one() -> None:
    """The same request waits for two measures, takes the first to be funded and leaves the other's slots."""
    env = simpy.Environment()
    first, second = Slots(0, TREE), Slots(1, TREE)
    event = env.event()
    for slots in (first, second):
        assert not slots.take(3)
        slots.wait(0.5, 1, 3, event)
    second.open(np.array([1, 0, 0, 0, 0, 0]))
    first.open(np.array([1, 0, 0, 0, 0, 0]))
    assert (event.value, first.granted, second.granted) == (1, 0, 1)
    assert first.take(3)
    assert first.granted == 1


def test_households_turn_to_the_measure_that_is_funded() -> None:
    """Where money opens no slot of the first fitting measure, those waiting get the second next year."""
    none = measure(0, name="industry", years=2)
    later = replace(none, name="posts", slots=np.array([[0, 0], [50, 0]]))
    kept = procedure(years=2)
    result = outcome(setup(people(50), years=2, stock=50, measures=[none, later], procedure=kept))
    begun = events(result, Kind.MEASURE)
    assert begun["day"].tolist() == [361.0] * 50
    assert set(begun["detail"].tolist()) == {1.0}


def in_place(result: Outcome, replication: int, number: int, day: float) -> int:
    """Contracts of a measure that began until a day."""
    begun = events(result, Kind.MEASURE)
    some = (begun["replication"] == replication) & (begun["detail"] == number) & (begun["day"] <= day)
    return int(some.sum())


@pytest.mark.parametrize("slots", [0, 3, 20])
def test_no_more_contracts_than_money_opens(slots: int) -> None:
    """Up to every month's end, measure by measure, contracts begun and granted are within those opened."""
    made = busy(3, slots=slots)
    result = outcome(made)
    assert (result.granted <= result.opened).all()
    for number, one in enumerate(made.measures):
        opened = one.slots.sum(axis=1).cumsum()
        for day in LAST_DAYS.tolist():
            funded = opened[(day - 1) // 360]
            assert all(in_place(result, r, number, day) <= funded for r in range(3))
        assert all(result.granted[r, number] >= in_place(result, r, number, 720) for r in range(3))


def counted(made: Setup) -> IntArray:
    """Unresolved households at each month's end."""
    unresolved: IntArray = outcome(made).unresolved.sum(axis=(1, 2, 3))
    return unresolved


@given(plans(forever=True))
@settings(max_examples=30)
def test_more_slots_for_good_never_leave_more_unresolved(pair: Plans) -> None:
    """Pathwise at every month's end: one measure for good, enough to stay above the line, random exits."""
    assert (counted(pair.more) <= counted(pair.fewer)).all()


@given(plans(forever=False))
@settings(max_examples=30)
def test_more_slots_for_a_year_never_leave_more_unresolved(pair: Plans) -> None:
    """Pathwise at every month's end: contracts of twelve months, renewed while there are slots, no exits."""
    assert (counted(pair.more) <= counted(pair.fewer)).all()


@pytest.mark.slow
def test_more_slots_leave_fewer_unresolved_on_the_mean() -> None:
    """With everything at once, over 200 paired replications: not above by more than 2 standard errors."""
    results = [outcome(busy(200, slots=slots)).unresolved.sum(axis=(2, 3)) for slots in (2, 4, 8)]
    for fewer, more in pairwise(results):
        change = (more - fewer).astype(float)
        error = change.std(axis=1, ddof=1) / np.sqrt(200)
        late = error > 0
        assert_near(np.maximum(change.mean(axis=1), 0)[late], 0, error[late], times=2)
        assert change[~late].max(initial=0) == 0
        assert change[-1].mean() < 0
