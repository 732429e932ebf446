"""Verification panels as an M/M/c queue, against Erlang's C formula."""

from collections.abc import Generator
from dataclasses import dataclass
from math import factorial

import numpy as np
import pytest
import simpy

from tests.simulate.setups import SEED, assert_near, events, mean_error, outcome, people, procedure, setup
from zxsim.simulate.engine import Outcome
from zxsim.simulate.panels import Panels
from zxsim.simulate.records import Kind
from zxsim.simulate.setup import Channel, Setup

HOUSEHOLDS, PLACES, YEARS = 1500, 40, 6
VISIT, NOTICE = 10.0, 8.0
WARM = 360
"""Days until the queues are taken as stationary; the longest relaxation time here is about 100 days."""

TAIL = 300
"""Days of leads left out at the end; the chance of one of them waiting longer is below 1e-6."""


@dataclass(frozen=True)
class Queue:
    """An M/M/c queue: arrivals a day, mean days of service, servers."""

    arrivals: float
    service: float
    servers: int

    @property
    def waiting(self) -> float:
        """Mean days before service (Erlang 1917): C(c, a) / (c/service − arrivals), a the load."""
        a, c = self.arrivals * self.service, self.servers
        last = a**c / factorial(c) * c / (c - a)
        erlang = last / (sum(a**k / factorial(k) for k in range(c)) + last)
        return erlang / (c / self.service - self.arrivals)


def queueing(queue: Queue) -> Setup:
    """Every place has panels of its own, and 1,500 households at risk; few are found in a month."""
    kept = procedure(
        years=YEARS,
        line=np.full(YEARS, 1e6),
        found={Channel.APPLICATION: queue.arrivals * 30 / HOUSEHOLDS},
        panels=np.r_[0, np.full(PLACES, queue.servers)],
        visit_days=queue.service,
        notice_days=NOTICE,
        random_visits=True,
    )
    return setup(people(HOUSEHOLDS, PLACES, size=1), years=YEARS, procedure=kept)


def lead_to_notice(result: Outcome) -> list[np.ndarray]:
    """Days from lead to notice of the cases of each place, of leads after the warm-up and noticed in time."""
    lead, entry = events(result, Kind.LEAD), events(result, Kind.ENTRY)
    noticed = dict(zip(entry["household"].tolist(), entry["day"].tolist(), strict=True))
    some = (lead["day"] > WARM) & (lead["day"] < 360 * YEARS - TAIL)
    household, day = lead["household"][some], lead["day"][some]
    took = np.array([noticed[h] for h in household.tolist()]) - day
    return [took[household // HOUSEHOLDS == place] for place in range(PLACES)]


@pytest.mark.parametrize("queue", [Queue(0.05, VISIT, 1), Queue(0.12, VISIT, 2)])
def test_waiting_and_length_are_those_of_the_queue(queue: Queue) -> None:
    """Mean time and number from lead to notice within 5 s.e. (of 40 queues) and 15% of Erlang C.

    Households found leave the pool, so that arrivals are those counted, on average over the horizon.
    """
    result = outcome(queueing(queue))
    took = lead_to_notice(result)
    arrivals = sum(map(len, took)) / PLACES / (360 * YEARS - TAIL - WARM)
    assert abs(arrivals / queue.arrivals - 1) < 0.15
    waiting = Queue(arrivals, queue.service, queue.servers).waiting
    expected = waiting + queue.service + NOTICE
    means = np.array([days.mean() for days in took])
    assert_near(means.mean(), expected, mean_error(means))
    assert abs(means.mean() / expected - 1) < 0.15
    length = result.waiting[12:-5, 0] / PLACES
    error = mean_error(means) * arrivals + np.sqrt(expected * arrivals / PLACES / 20)
    assert_near(length.mean(), arrivals * expected, error)


def test_panels_are_those_of_the_place_or_the_nearest_above() -> None:
    """A place with its own panel does not wait for those above, others share the one above."""
    kept = procedure(
        line=np.array([1e6]),
        found={Channel.CADRES: 1.0},
        panels=np.array([1, 0, 0, 20]),
        visit_days=1.0,
    )
    made = setup(people(20, 3), procedure=kept)
    result = outcome(made)
    entry = events(result, Kind.ENTRY)
    last = [entry["day"][entry["household"] // 20 == place].max() for place in range(3)]
    assert last[2] <= 60 + 10 + 1
    assert max(last[:2]) >= 60 + 3 + 40


def test_a_place_without_a_panel_is_refused() -> None:
    """Households that nobody could ever verify are an error."""
    kept = procedure(panels=np.array([0, 1, 0]))
    with pytest.raises(ValueError, match="place 2 has no panel"):
        outcome(setup(people(10, 2), procedure=kept))


@pytest.mark.parametrize("servers", [1, 2, 5])
@pytest.mark.parametrize("whole_days", [False, True])
def test_panels_are_served_as_resources_of_simpy(servers: int, *, whole_days: bool) -> None:
    """Each visit ends when it ends with SimPy's own queue, though no event is made for it."""
    drawn = np.random.default_rng(SEED).exponential((1.0, 0.9 * servers), (500, 2))
    between, takes = (np.rint(drawn) if whole_days else drawn).T.tolist()
    env, ended = simpy.Environment(), {}
    resource = simpy.Resource(env, servers)

    def visit(number: int) -> Generator[simpy.Event, None, None]:
        with resource.request() as turn:
            yield turn
            yield env.timeout(takes[number])
        ended[number] = env.now

    def arrivals() -> Generator[simpy.Event, None, None]:
        for number, wait in enumerate(between):
            yield env.timeout(wait)
            env.process(visit(number))

    env.process(arrivals())
    env.run()
    panels = Panels(servers)
    days = np.cumsum(between).tolist()
    found = [panels.visited(day, take) for day, take in zip(days, takes, strict=True)]
    np.testing.assert_allclose(found, [ended[number] for number in range(500)], rtol=1e-12)
