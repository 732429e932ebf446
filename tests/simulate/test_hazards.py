"""Shocks: how often, how long, what they cost, and that they depend on nothing else."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtr

from tests.simulate.setups import (
    SEED,
    assert_near,
    assert_same,
    batch,
    busy,
    events,
    ids,
    mean_error,
    outcome,
    people,
    setup,
    share_error,
    shock,
)
from zxsim.core.layout import IntArray
from zxsim.core.shockspec import active_share
from zxsim.core.streams import Streams
from zxsim.simulate.hazards import WARM_UP, Hazard, Hazards
from zxsim.simulate.records import Kind
from zxsim.simulate.setup import Insurance, Setup, ShockParameters
from zxsim.simulate.state import State

MANY = 40_000
MONTHS = range(-WARM_UP, 24)


def alone(one: ShockParameters, households: int = MANY) -> Hazard:
    """One shock of so many households in one replication."""
    state = State(setup(people(households), shocks=[one]), np.array([0]))
    return Hazard(one, state, Streams(SEED))


def history(made: Setup, months: int = 36) -> tuple[Hazards, State, list[list[IntArray]]]:
    """Who was struck in each month by each shock."""
    state = State(made, np.arange(len(made.gain_factor)))
    hazards = Hazards(made, state, Streams(SEED))
    return hazards, state, [hazards.month(month) for month in range(months)]


@pytest.mark.parametrize(("rate", "months"), [(0.3, 24), (0.05, 6), (1.0, 1), (1.0, 60)])
def test_episodes_are_stationary_from_the_first_month(rate: float, months: int) -> None:
    """Share in an episode is active_share(), share struck is that over the months of one; 5 s.e. a month."""
    hazard = alone(shock(rate=rate, months=months))
    active = float(active_share(np.array([rate]), months)[0])
    for month in MONTHS:
        struck = len(hazard.strike(month)) / MANY
        assert_near((hazard.until > month).mean(), active, share_error(active, MANY))
        assert_near(struck, active / months, share_error(active / months, MANY))


@pytest.mark.parametrize(
    ("rate", "exposed", "months"), [(0.6, 0.3, 12), (0.2, 1.0, 24), (1.0, 0.1, 60), (1.0, 0.0, 6)]
)
def test_shared_episodes_are_stationary(rate: float, exposed: float, months: int) -> None:
    """The share in an episode is that of rate · exposed; 5 s.e. of groups of ten, of those not left out."""
    group = np.repeat(np.arange(MANY // 10), 10)
    group[:1000] = -1
    hazard = alone(shock(rate=rate, exposed=exposed, months=months, unit="place", group=group))
    active = float(active_share(np.array([rate * exposed]), months)[0])
    for month in MONTHS:
        hazard.strike(month)
        in_episode = hazard.until[0] > month
        assert not in_episode[:1000].any()
        groups = in_episode[1000:].reshape(-1, 10).mean(axis=1)
        assert_near(groups.mean(), active, max(mean_error(groups), 1e-9))


def test_shared_shocks_strike_groups_together() -> None:
    """With everybody exposed a group is struck as a whole, at rate/12 a month within 5 standard errors."""
    group = np.repeat(np.arange(MANY // 10), 10)
    hazard = alone(shock(rate=0.6, months=0, unit="place", group=group))
    for month in MONTHS:
        struck = hazard.strike(month)
        together = np.bincount(group[struck], minlength=len(group) // 10)
        assert set(together.tolist()) <= {0, 10}
        assert_near((together > 0).mean(), 0.05, share_error(0.05, len(together)))


def test_a_shock_that_nobody_can_have_strikes_nobody() -> None:
    """Where every household is left out of all groups, nothing happens."""
    hazard = alone(shock(rate=1.0, unit="industry", group=np.full(100, -1)), 100)
    assert not any(len(hazard.strike(month)) for month in MONTHS)


def test_spending_is_lognormal_around_its_mean() -> None:
    """Mean, and mean and spread of the logarithm, as stated within 5 standard errors."""
    mean, spread = 3000.0, 0.8
    drawn = alone(shock(spending=mean, spread=spread)).spending(np.arange(MANY), 5)
    assert_near(drawn.mean(), mean, mean * np.sqrt(np.expm1(spread**2) / MANY))
    assert_near(np.log(drawn).mean(), np.log(mean) - spread**2 / 2, spread / np.sqrt(MANY))
    assert_near(np.log(drawn).std(), spread, spread / np.sqrt(2 * MANY))


def test_bills_count_for_exactly_twelve_months() -> None:
    """Spending is that of the last twelve months, this one included, to the yuan."""
    made = setup(people(300), years=3, shocks=[shock(rate=2 / 3, spending=900, spread=0.7, months=2)])
    state = State(made, np.array([0]))
    hazards = Hazards(made, state, Streams(SEED))
    bills = np.zeros((36, 300))
    for month in range(36):
        (at,) = hazards.month(month)
        bills[month, at] = np.rint(hazards.hazards[0].spending(at, month))
        if month >= 11:
            np.testing.assert_array_equal(state.spent[0], bills[month - 11 : month + 1].sum(axis=0))


def test_what_is_left_is_the_product_over_shocks() -> None:
    """Several shocks on one component multiply, month by month, and leave the others alone."""
    lost = (0.5, 0.25)
    pair = [
        shock("illness", rate=0.9, lost=lost[0], months=5),
        shock("accident", rate=0.9, lost=lost[1], months=3),
    ]
    made = setup(people(500), years=3, shocks=pair)
    state = State(made, np.array([0]))
    hazards = Hazards(made, state, Streams(SEED))
    for month in range(36):
        hazards.month(month)
        active = [hazard.until[0] > month for hazard in hazards.hazards]
        expected = np.where(active[0], 1 - lost[0], 1) * np.where(active[1], 1 - lost[1], 1)
        np.testing.assert_array_equal(state.left[0, 0], expected.astype(np.float32))
        assert (state.left[1:] == 1).all()


def excess(mean: float, spread: float, above: float) -> float:
    """E[(X − above)+] of a lognormal X (Black and Scholes 1973, without interest)."""
    at = (np.log(mean / above) + spread**2 / 2) / spread
    return float(mean * ndtr(at) - above * ndtr(at - spread))


@pytest.mark.parametrize("cap", [2000.0, 1e6])
def test_mean_insurance_payout(cap: float) -> None:
    """E[min(share·(X − d)+, cap)] = share·(E(X − d)+ − E(X − d − cap/share)+) within 5 s.e.; others get 0."""
    mean, spread, threshold, share = 3000.0, 0.8, 2000.0, 0.6
    insured = np.arange(MANY)[None, :] % 2 == 0
    insurance = Insurance(insured, threshold, share, cap)
    made = setup(
        people(MANY), shocks=[shock(rate=1.0, months=0, spending=mean, spread=spread)], insurance=insurance
    )
    state = State(made, np.array([0]))
    hazards = Hazards(made, state, Streams(SEED))
    (struck,) = hazards.month(0)
    paid = struck[insured[0, struck]]
    expected = share * (excess(mean, spread, threshold) - excess(mean, spread, threshold + cap / share))
    cost = hazards.hazards[0].spending(paid, 0)
    each = np.minimum(share * np.maximum(cost - threshold, 0), cap)
    assert_near(hazards.paid_out[0] / len(paid), expected, mean_error(each))


def test_insurance_pays_what_households_do_not() -> None:
    """Bills with insurance and what it paid out add up to the bills without."""
    own = shock(rate=1.0, months=0, spending=3000, spread=0.8)
    plain = setup(people(500), shocks=[own])
    insured = replace(plain, insurance=Insurance(np.ones((1, 500), dtype=bool), 1000.0, 0.5, 5000.0))
    _, without, _ = history(plain, 12)
    hazards, state, _ = history(insured, 12)
    assert hazards.paid_out[0] > 0
    assert without.spent.sum() - state.spent.sum() == hazards.paid_out[0]


def test_a_shock_of_rate_zero_changes_nothing() -> None:
    """Not a bit of incomes, cases, events and insurance."""
    made = busy(3)
    nothing = shock("flood", 3, rate=0.0, spending=9000, spread=1.0, lost=0.9, months=9)
    assert_same(outcome(made), outcome(replace(made, shocks=[*made.shocks, nothing])))


def test_another_shock_leaves_all_other_draws_alone() -> None:
    """Other strikes, spending, incomes and cases are the same where a harmless shock is added in front."""
    made = busy(3)
    more = replace(made, shocks=[shock("flood", 3, rate=0.5, months=3), *made.shocks])
    _, state, struck = history(made, 24)
    _, other, all_struck = history(more, 24)
    assert [ids(row) for row in struck] == [ids(row[1:]) for row in all_struck]
    np.testing.assert_array_equal(state.spent, other.spent)
    one, two = outcome(made), outcome(more)
    np.testing.assert_array_equal(one.income, two.income)
    for kind in Kind:
        left, right = events(one, kind), events(two, kind)
        for name in left.keys() - {"detail"}:  # of an entry it is the group, which the cause decides on
            np.testing.assert_array_equal(left[name], right[name])


def test_a_harmful_shock_changes_only_those_it_strikes() -> None:
    """Incomes of households that the added shock never struck are the same to the last bit."""
    base = [shock("illness", rate=0.3, lost=0.5, spending=500, spread=0.5)]
    flood = shock("flood", rate=0.1, lost=0.5, months=2, central_lost=0.0)
    few = setup(people(2000), shocks=base, transitory=(0.4, 0, 0, 0), permanent_spread=0.1)
    more = replace(few, shocks=[*base, flood])
    one, two = batch(few), batch(more)
    one.run()
    two.run()
    spared = two.hazards.hazards[1].until[0] == -WARM_UP
    assert 0.5 < spared.mean() < 1
    np.testing.assert_array_equal(one.state.spent, two.state.spent)
    np.testing.assert_array_equal(one.state.earned[0, spared], two.state.earned[0, spared])


def test_no_plan_changes_anybodys_shocks() -> None:
    """With other slots, gains and measures every shock strikes the same households in the same months."""
    one, other = batch(busy(3)), batch(replace(busy(3, gain=3000.0), measures=[]))
    one.run()
    other.run()
    for left, right in zip(one.hazards.hazards, other.hazards.hazards, strict=True):
        np.testing.assert_array_equal(left.until, right.until)
    for name in ("struck", "struck_month", "spent", "left"):
        np.testing.assert_array_equal(getattr(one.state, name), getattr(other.state, name))
