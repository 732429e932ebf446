"""Incomes against the theory of the permanent-transitory model with lognormal parts."""

from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr

from tests.simulate.setups import (
    BASE,
    SEED,
    assert_near,
    mean_error,
    outcome,
    people,
    procedure,
    setup,
    shock,
)
from zxsim.core.layout import FloatArray
from zxsim.core.streams import Streams
from zxsim.simulate.hazards import Hazards
from zxsim.simulate.income import Incomes
from zxsim.simulate.setup import Setup, ShockParameters
from zxsim.simulate.state import State

MANY = 20_000


def monthly(made: Setup, seed: int = SEED) -> FloatArray:
    """Each household's income of each month at a yearly rate, shape *(months, households)*."""
    state, streams = State(made, np.array([0])), Streams(seed)
    hazards, incomes = Hazards(made, state, streams), Incomes(made, state, streams)
    rows = []
    for month in range(made.months):
        if month % 12 == 0:
            incomes.new_year(month // 12)
        hazards.month(month)
        state.earned[:] = 0
        incomes.month()
        rows.append(12 * state.earned[0].astype(np.float64))
    return np.array(rows)


def test_headcount_below_a_line() -> None:
    """Share below z is Φ((ln(z/mean) + σ²/2)/σ), within 5 standard errors of its influence function."""
    sigma = 0.6
    result = monthly(setup(people(MANY, spread=sigma)))[0]
    for line in (4000, 8000, 15_000):
        at = (np.log(line / BASE) + sigma**2 / 2) / sigma
        density = np.exp(-(at**2) / 2) / np.sqrt(2 * np.pi) / sigma  # of ln income, = z · density of income
        influence = (result < line) + density * result / BASE
        assert_near((result < line).mean(), ndtr(at), mean_error(influence))


def test_autocovariance_of_log_income() -> None:
    """Cov of months s ≤ t is k·s² of the permanent part, k steps before s, plus σ² at lag 0; 5 s.e."""
    step, luck, years = 0.2, 0.3, 3
    made = setup(people(MANY), years=years, permanent_spread=step, transitory=(luck, 0, 0, 0))
    logs = np.log(monthly(made))
    found = np.cov(logs)
    k = np.arange(12 * years) // 12
    theory = np.minimum.outer(k, k) * step**2 + luck**2 * np.eye(12 * years)
    variance = np.diag(theory)
    error = np.sqrt((np.outer(variance, variance) + theory**2) / MANY)
    assert_near(found, theory, error)


def test_mean_log_income_falls_by_half_the_variance() -> None:
    """Steps keep the mean of income, not of its logarithm: E ln = ln base − k·s²/2 − σ²/2; 5 s.e."""
    made = setup(people(MANY), years=3, permanent_spread=0.2, transitory=(0.3, 0, 0, 0))
    logs = np.log(monthly(made)).mean(axis=1)
    k = np.arange(36) // 12
    expected = np.log(BASE) - (k * 0.2**2 + 0.3**2) / 2
    assert_near(logs, expected, np.sqrt((k * 0.2**2 + 0.3**2) / MANY))


def test_a_certain_year_is_the_base_plus_the_gain() -> None:
    """Without luck and shocks the mean of each place is base + gain, to the last digits of float32."""
    made = setup(people(300, 4, spread=0.5), years=2, gain=700.0)
    np.testing.assert_allclose(outcome(made).income, BASE + 700, rtol=1e-6)


def test_the_mean_of_an_uncertain_year_is_the_base() -> None:
    """Four components with luck: the mean is the base within 5 standard errors."""
    shares, luck = (0.4, 0.3, 0.05, 0.25), (0.3, 0.8, 0.1, 0.2)
    made = setup(people(MANY), years=2, shares=shares, transitory=luck)
    error = BASE * np.sqrt(np.sum(np.square(shares) * np.expm1(np.square(luck))) / 12 / MANY)
    assert_near(outcome(made).income, BASE, error)


def test_uncertain_gains_are_multiplied() -> None:
    """Each replication has its own factor on the gain of the plan."""
    made = setup(people(50), replications=2, gain=1000.0)
    made.gain_factor[:] = 0.5, 1.5
    np.testing.assert_allclose(outcome(made).income[0, :, 0], BASE + np.array([500, 1500]), rtol=1e-6)


OWN = [
    shock("illness", rate=0.3, lost=0.5, months=6),
    shock("job_loss", rate=0.2, lost=0.8, months=30),
    shock("accident", rate=1.0, lost=0.9, months=1),
]


def shared(groups: int, exposed: float, **keys: Any) -> ShockParameters:
    """A shock of groups of ten households."""
    group = np.repeat(np.arange(groups), 10)
    return shock("disaster", unit="place", group=group, exposed=exposed, **keys)


@pytest.mark.parametrize(
    ("shocks", "block"),
    [
        (OWN, 1),
        ([shared(2000, 0.3, rate=0.6, lost=0.7, months=12)], 10),
        ([shared(2000, 1.0, rate=0.3, lost=0.7, months=24), *OWN], 10),
        ([shared(2000, 0.1, rate=1.0, lost=0.7, months=60)], 10),
    ],
    ids=["own", "shared", "both", "shared, nearly always"],
)
def test_shocks_leave_the_mean_at_the_base(shocks: list[ShockParameters], block: int) -> None:
    """In each month the mean is the base within 5 standard errors, of means of groups struck together."""
    found = monthly(setup(people(MANY), years=3, shocks=shocks)).reshape(36, -1, block).mean(axis=2)
    error = found.std(axis=1) / np.sqrt(found.shape[1])
    assert_near(found.mean(axis=1), BASE, error)


def test_those_never_struck_have_the_base_as_well() -> None:
    """Households outside a shared shock do not keep what the shares were raised by; exact for them."""
    group = np.where(np.arange(MANY) % 2, np.arange(MANY) // 10, -1)
    price = shock("price", unit="industry", group=group, component=1, rate=0.4, lost=0.6, months=12)
    made = setup(people(MANY), years=2, shares=(0.5, 0.5, 0, 0), shocks=[price])
    found = monthly(made)
    np.testing.assert_allclose(found[:, group < 0], BASE, rtol=1e-6)
    struck = found[:, group >= 0].reshape(24, -1, 5).mean(axis=2)
    assert_near(struck.mean(axis=1), BASE, struck.std(axis=1) / np.sqrt(struck.shape[1]))


def test_without_a_plan_places_have_the_baseline() -> None:
    """With 100,000 households a place, luck, steps and shocks, the means are within 0.2% of the baseline."""
    made = setup(
        people(100_000, spread=0.5),
        years=2,
        permanent_spread=0.1,
        transitory=(0.3, 0, 0, 0),
        shocks=[shock("illness", rate=0.06, lost=0.5), shock("job_loss", rate=0.05, lost=0.8, months=4)],
    )
    np.testing.assert_allclose(outcome(made).income, BASE, rtol=0.002)


def test_monitoring_income_leaves_luck_out() -> None:
    """It is the permanent part with shocks, plus gains, less spending; array and single positions agree."""
    ill = shock("illness", rate=0.5, lost=0.5, spending=800, spread=0.5)
    made = setup(people(1000, spread=0.5), gain=100.0, transitory=(0.5, 0, 0, 0), shocks=[ill])
    state, streams = State(made, np.array([0])), Streams(SEED)
    hazards, incomes = Hazards(made, state, streams), Incomes(made, state, streams)
    incomes.new_year(0)
    hazards.month(0)
    incomes.month()
    raised = float(made.raised_shares()[0])
    active = hazards.hazards[0].until[0] > 0
    expected = BASE * made.population.relative * raised * np.where(active, 0.5, 1) + 100 - state.spent[0]
    np.testing.assert_allclose(incomes.monitoring[0], expected, rtol=1e-5, atol=0.01)
    every = np.arange(1000)
    np.testing.assert_allclose(state.monitoring(every, incomes.shares), expected, rtol=1e-5, atol=0.01)


def test_the_order_of_the_stock_is_by_monitoring_income() -> None:
    """Those on the list at the start are the poorest of each place."""
    population = people(100, 2, spread=0.5)
    made = setup(population, stock=7, procedure=procedure(panels=np.array([1, 0, 0])))
    assert outcome(made).open_cases[0].sum(axis=2).tolist() == [[7, 7]]
