"""How households at risk are found: when, by whom, and who cannot be."""

import numpy as np
import pytest

from tests.simulate.setups import (
    PLENTY,
    SEED,
    assert_near,
    events,
    outcome,
    people,
    procedure,
    setup,
    share_error,
    shock,
)
from zxsim.core.layout import FloatArray
from zxsim.core.streams import Streams
from zxsim.simulate.channels import found
from zxsim.simulate.records import Kind
from zxsim.simulate.setup import Channel, Setup, ShockParameters
from zxsim.simulate.state import State

MANY = 4000
YEARS = 2
MONTHS = np.arange(12 * YEARS)


def all_at_risk(chances: dict[Channel, float], shocks: tuple[ShockParameters, ...] = ()) -> Setup:
    """Everybody is below the line all the time, and stays on the list once found."""
    known = procedure(years=YEARS, line=np.full(YEARS, 1e6), found=chances, panels=np.array([PLENTY, 0]))
    return setup(people(MANY), years=YEARS, procedure=known, shocks=shocks)


def leads(made: Setup) -> tuple[FloatArray, FloatArray]:
    """Month and day of the month of each lead."""
    day = events(outcome(made), Kind.LEAD)["day"] - 1
    return day // 30, day % 30 + 1


def assert_geometric(month: FloatArray, chance: float, months: np.ndarray, count: int = MANY) -> None:
    """Of those not found yet, the share found in each of the months is ``chance``; 5 s.e. each."""
    counted = np.bincount(month.astype(np.int64), minlength=len(MONTHS))
    assert counted.sum() == counted[months].sum()
    still = count - np.cumsum(counted) + counted
    assert_near(counted[months] / still[months], chance, share_error(chance, still[months]))


@pytest.mark.parametrize("channel", [Channel.APPLICATION, Channel.PETITION])
def test_waiting_is_geometric(channel: Channel) -> None:
    """One channel alone finds the same share each month, on days 1 to 30 alike; 5 standard errors."""
    month, day = leads(all_at_risk({channel: 0.1}))
    assert_geometric(month, 0.1, MONTHS)
    counted = np.bincount(day.astype(np.int64), minlength=31)[1:] / len(day)
    assert_near(counted, 1 / 30, share_error(1 / 30, len(day)))


def test_cadres_come_in_the_third_month_on_days_3_to_10() -> None:
    """Their visits find the same share each quarter, on eight days alike; 5 standard errors."""
    month, day = leads(all_at_risk({Channel.CADRES: 0.3}))
    assert_geometric(month, 0.3, MONTHS[2::3])
    counted = np.bincount(day.astype(np.int64), minlength=31)
    assert counted[3:11].sum() == len(day)
    assert_near(counted[3:11] / len(day), 1 / 8, share_error(1 / 8, len(day)))


def test_departments_know_of_spending_only() -> None:
    """Their data show households with a bill, on day 2, the same share each month; others never."""
    group = np.where(np.arange(MANY) < MANY // 2, 0, -1)
    bill = shock(rate=12 / 13, spending=50, months=0, unit="place", group=group)
    made = all_at_risk({Channel.DEPARTMENT: 0.1}, (bill,))
    made.shocks[0].rate[:] = 12.0
    month, day = leads(made)
    assert set(day.tolist()) == {2.0}
    assert_geometric(month, 0.1, MONTHS, MANY // 2)
    assert events(outcome(made), Kind.LEAD)["household"].max() < MANY // 2


def test_departments_know_of_missing_guarantees() -> None:
    """Where a guarantee is missing departments find the household, though its income is high."""
    kept = procedure(need_rate=0.6, found={Channel.DEPARTMENT: 1.0})
    found_by = events(outcome(setup(people(MANY), procedure=kept)), Kind.LEAD)
    missing = 0.6
    assert_near(len(found_by["day"]) / MANY, missing, share_error(missing, MANY))


CHANCES = {Channel.APPLICATION: 0.3, Channel.CADRES: 0.5, Channel.DEPARTMENT: 0.4, Channel.PETITION: 0.2}


def wins(month: int) -> FloatArray:
    """Probability that each channel is first, and of none, by days: a channel before another wins a tie."""
    days = np.zeros((len(Channel), 31))
    days[Channel.APPLICATION, 1:] = days[Channel.PETITION, 1:] = 1 / 30
    days[Channel.DEPARTMENT, 2] = 1
    if month % 3 == 2:
        days[Channel.CADRES, 3:11] = 1 / 8
    days *= np.array([CHANCES[channel] for channel in Channel])[:, None]
    later = 1 - np.cumsum(days, axis=1)
    first = []
    for channel in Channel:
        ahead, behind = later[:channel, 1:], later[channel + 1 :, :-1]
        first.append((days[channel, 1:] * ahead.prod(axis=0) * behind.prod(axis=0)).sum())
    return np.array([*first, 1 - sum(first)])


@pytest.mark.parametrize("month", [1, 2])
def test_the_first_of_competing_channels_wins(month: int) -> None:
    """How often each wins is as worked out day by day, within 5 standard errors."""
    count = 200_000
    chances = {channel: np.array([chance]) for channel, chance in CHANCES.items()}
    made = setup(people(count))
    state = State(made, np.array([0]))
    kept = procedure()
    object.__setattr__(kept, "found", chances)
    day, channel = found(kept, Streams(SEED), state, np.arange(count), np.full(count, fill_value=True), month)
    channel[~np.isfinite(day)] = len(Channel)
    expected = wins(month)
    some = expected > 0
    shares = np.bincount(channel, minlength=len(Channel) + 1) / count
    assert not shares[~some].any()
    assert_near(shares[some], expected[some], share_error(expected[some], count))


def test_each_lead_is_verified_and_noticed_in_time() -> None:
    """With panels for all, notice comes visit and notice days after the lead."""
    kept = procedure(line=np.array([1e6]), found={Channel.APPLICATION: 0.1}, visit_days=2.0, notice_days=8.0)
    result = outcome(setup(people(MANY), procedure=kept))
    lead, entry = (events(result, kind) for kind in (Kind.LEAD, Kind.ENTRY))
    found_on = dict(zip(lead["household"].tolist(), lead["day"].tolist(), strict=True))
    waited = {day - found_on[int(h)] for h, day in zip(entry["household"], entry["day"], strict=True)}
    assert waited == {10.0}
