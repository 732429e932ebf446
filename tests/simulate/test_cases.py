"""Cases: each household in one place, every entry with its exit, help that adds up, relapse, follow-up."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from tests.simulate.setups import (
    BASE,
    EVERYBODY,
    batch,
    busy,
    events,
    measure,
    outcome,
    people,
    procedure,
    setup,
    shock,
)
from zxsim.simulate.engine import Batch, Outcome
from zxsim.simulate.population import Labour
from zxsim.simulate.records import Kind
from zxsim.simulate.setup import GUARANTEES, Channel, Group, Setup, Status

REPLICATIONS = 4
NEXT = {
    Kind.LEAD: {Status.UNKNOWN: Status.VERIFYING, Status.EXITED: Status.VERIFYING},
    Kind.ENTRY: {Status.VERIFYING: Status.MONITORED},
    Kind.EXIT: {Status.MONITORED: Status.EXITED},
}
"""Status after an event, by the status before it."""

LAST_DAY = 720


@pytest.fixture(scope="module")
def ended() -> tuple[Batch, Outcome]:
    """A busy batch and its outcome."""
    made = batch(busy(REPLICATIONS))
    return made, made.run()


def rows(result: Outcome, *kinds: Kind) -> Iterator[tuple[tuple[int, int], float, Kind, int]]:
    """Events one by one: replication and household, day, kind, detail."""
    columns = events(result, *kinds)
    names = ("replication", "household", "day", "kind", "detail")
    for r, h, day, kind, detail in zip(*(columns[name].tolist() for name in names), strict=True):
        yield (int(r), int(h)), day, Kind(int(kind)), int(detail)


def test_each_household_is_in_one_status_at_a_time(ended: tuple[Batch, Outcome]) -> None:
    """Leads, entries, clearings and exits follow one another; at each month's end they add up to the counts.

    A lead is written when it is found on the first of its month, for a day of that month.
    """
    result = ended[1]
    stock = busy(REPLICATIONS).stock[0]
    where: defaultdict[tuple[int, int], Status] = defaultdict(lambda: Status.UNKNOWN)
    left: dict[tuple[int, int], Status] = {}
    for who, _, kind, _ in rows(result, Kind.LEAD, Kind.ENTRY, Kind.CLEARED, Kind.EXIT):
        if kind == Kind.EXIT and who not in where:
            where[who] = Status.MONITORED  # of the stock at the start, which has no entry
        if kind == Kind.LEAD:
            left[who] = where[who]
        where[who] = left[who] if kind == Kind.CLEARED else NEXT[kind][where[who]]
    final = ended[0].state.status
    for (r, h), status in where.items():
        assert status == final[r, h]
    others = [final[r, h] for r in range(REPLICATIONS) for h in range(final.shape[1]) if (r, h) not in where]
    assert set(others) <= {Status.UNKNOWN, Status.MONITORED}
    assert (final == Status.MONITORED).sum(axis=1).tolist() == result.open_cases[-1].sum(axis=(1, 2)).tolist()
    assert result.open_cases[0].sum() >= stock


def test_counts_are_those_of_the_events(ended: tuple[Batch, Outcome]) -> None:
    """Stock + entries − exits are open, leads − entries − cleared are waiting, at every month's end."""
    result = ended[1]
    start = 3 * busy(1).stock[0]
    for replication in range(REPLICATIONS):
        by_kind = {}
        for kind in (Kind.LEAD, Kind.ENTRY, Kind.CLEARED, Kind.EXIT):
            columns = events(result, kind)
            day = columns["day"][columns["replication"] == replication]
            by_kind[kind] = np.array([(day <= last).sum() for last in range(30, LAST_DAY + 1, 30)])
        opened = start + by_kind[Kind.ENTRY] - by_kind[Kind.EXIT]
        waiting = by_kind[Kind.LEAD] - by_kind[Kind.ENTRY] - by_kind[Kind.CLEARED]
        np.testing.assert_array_equal(result.open_cases[:, replication].sum(axis=(1, 2)), opened)
        np.testing.assert_array_equal(result.waiting[:, replication], waiting)


def test_unresolved_households_are_open(ended: tuple[Batch, Outcome]) -> None:
    """Place by place and group by group no more are unresolved than are open."""
    result = ended[1]
    assert (result.unresolved <= result.open_cases).all()
    assert outcome(busy(2, slots=0)).unresolved.sum() > 0


def test_events_are_sorted(ended: tuple[Batch, Outcome]) -> None:
    """By day, then replication, then household."""
    columns = ended[1].events.columns()
    order = np.lexsort((columns["household"], columns["replication"], columns["day"]))
    np.testing.assert_array_equal(order, np.arange(len(order)))


def test_help_is_the_sum_of_contracts_in_force(ended: tuple[Batch, Outcome]) -> None:
    """What measures add is the gains of contracts begun and not ended: nothing once all have ended."""
    made, result = ended
    helped = np.zeros(made.state.shape)
    for (r, h), _, kind, number in rows(result, Kind.MEASURE, Kind.MEASURE_ENDS):
        helped[r, h] += made.setup.measures[number].gain[r] * (1 if kind == Kind.MEASURE else -1)
    np.testing.assert_array_equal(made.state.helped, helped)
    assert (helped >= 0).all()
    assert len(events(result, Kind.MEASURE_ENDS)["day"]) > 0


def relapsing(months: int, measures: int = 1) -> Setup:
    """All below the line until help lifts them above it; those who left are found again when it ends."""
    kept = procedure(
        years=3,
        line=np.full(3, BASE + 500),
        found={Channel.APPLICATION: 1.0},
        exit_quarter=1.0,
        helped_days=30,
    )
    helps = [measure(gain=1000, months=months, years=3, name=f"m{k}") for k in range(measures)]
    return setup(people(40), years=3, stock=40, measures=helps, procedure=kept)


def test_a_contract_outlasts_an_exit_and_its_end_may_bring_a_relapse() -> None:
    """Helped from day 1, let go on day 85, at risk again from day 361 on, and found within the month."""
    result = outcome(relapsing(12))
    assert set(events(result, Kind.EXIT)["day"][:40].tolist()) == {85.0}
    relapse = events(result, Kind.RELAPSE)
    assert len(relapse["day"]) >= 40
    first = relapse["day"][:40]
    assert 361 <= first.min() <= first.max() <= 390


def test_one_household_never_has_two_contracts_of_one_case() -> None:
    """Let go and found again while a contract runs: that one goes on, and is renewed once when it ends."""
    ill = shock(rate=12 / 13, spending=9000, months=0)
    ill.rate[:] = 1.0
    for months in (0, 12):
        made = replace(relapsing(months), shocks=[ill])
        result = outcome(made)
        running: defaultdict[tuple[int, int], int] = defaultdict(int)
        for who, _, kind, _ in rows(result, Kind.MEASURE, Kind.MEASURE_ENDS):
            running[who] += 1 if kind == Kind.MEASURE else -1
            assert running[who] in {0, 1}
        assert len(events(result, Kind.RELAPSE)["day"]) > 20


def test_help_for_another_cause_does_not_count() -> None:
    """A household that left with help for its income and comes back for a guarantee is unresolved."""
    kept = procedure(
        years=2, found={Channel.APPLICATION: 1.0}, exit_quarter=1.0, helped_days=0, need_rate=12.0
    )
    for_income = measure(years=2, causes=("income",), name="posts")
    made = setup(people(30), years=2, stock=30, measures=[for_income], procedure=kept)
    assert outcome(replace(made, procedure=replace(kept, need_rate=np.zeros(1)))).unresolved.sum() == 0
    result = outcome(replace(made, procedure=replace(kept, need_rate=np.array([0.5]))))
    missing = (events(result, Kind.RELAPSE)["day"] < 600).sum()
    assert missing > 5
    assert result.unresolved[-1].sum() >= missing


def test_follow_up_restores_what_goes_missing_later() -> None:
    """A guarantee that goes missing while another measure is in place is restored by one that can."""
    kept = procedure(years=2, exit_quarter=0.0, need_rate=0.5, line=np.full(2, BASE + 500))
    income = measure(years=2, causes=("income",), gain=100, months=12, name="posts")
    repair = measure(years=2, causes=GUARANTEES, removes_need=True, start_days=5, name="repair")
    run = batch(setup(people(200), years=2, stock=200, measures=[income, repair], procedure=kept))
    result = run.run()
    repaired = events(result, Kind.MEASURE)
    some = repaired["detail"] == 1
    assert len(np.unique(repaired["household"][some])) > 100
    late = np.flatnonzero(run.state.needs[0])  # gone missing in the last month, after the follow-up before
    assert len(late) < 30
    waited = np.unique(repaired["day"][some] % 30)
    assert set(waited.tolist()) <= {0.0, 6.0}


def test_follow_up_looks_to_the_income_once_a_guarantee_is_restored() -> None:
    """Those on the list for a guarantee and below the line get help for their income afterwards."""
    kept = procedure(years=2, need_rate=0.0, line=np.full(2, BASE + 500), helped_days=0, exit_quarter=1.0)
    income = measure(years=2, causes=("income",), gain=1000, name="posts")
    repair = measure(years=2, causes=GUARANTEES, removes_need=True, name="repair")
    run = batch(setup(people(50), years=2, stock=50, measures=[income, repair], procedure=kept))
    run.state.needs[:] = True
    result = run.run()
    begun = events(result, Kind.MEASURE)
    assert [(begun["detail"] == number).sum() for number in (1, 0)] == [50, 50]
    assert set(events(result, Kind.EXIT)["day"].tolist()) == {85.0}


def test_missing_guarantees_are_restored_by_what_can() -> None:
    """A measure for any cause does not stand for one that restores the guarantee."""
    kept = procedure(helped_days=0, exit_quarter=1.0)
    anything, repair = measure(name="posts"), measure(name="repair", removes_need=True)
    run = batch(setup(people(50), stock=50, measures=[anything, repair], procedure=kept))
    run.state.needs[:] = True
    begun = events(run.run(), Kind.MEASURE)
    assert set(begun["detail"].tolist()) == {1.0}


@pytest.mark.parametrize("labour", list(Labour))
def test_measures_go_by_labour_and_cause(labour: Labour) -> None:
    """Nobody has a measure that is not for what work the household can do, or not for its cause."""
    only = measure(labour=(labour,), causes=("illness",))
    ill = shock(rate=0.5, spending=9000)
    kept = procedure(line=np.array([5000.0]), found={Channel.APPLICATION: 0.5})
    made = setup(people(300, able=0.4, weak=0.3), measures=[only], shocks=[ill], procedure=kept)
    run = batch(made)
    begun = events(run.run(), Kind.MEASURE)["household"].astype(int)
    assert len(begun) > 20
    assert set(made.population.labour[begun].tolist()) == {labour}
    assert only.labour != EVERYBODY


def test_groups_by_status_and_trigger() -> None:
    """A shock to those above the line is sudden; below it lifted and other households are told apart."""
    ill = shock(rate=0.5, spending=9000)
    for line, expected in ((5000.0, {Group.SUDDEN}), (BASE + 500, {Group.LIFTED, Group.MARGINAL})):
        kept = procedure(line=np.array([line]), found={Channel.APPLICATION: 0.5})
        entry = events(outcome(setup(people(200), shocks=[ill], procedure=kept)), Kind.ENTRY)
        assert set(entry["detail"].tolist()) == {float(group) for group in expected}
    lifted = people(200).lifted[entry["household"].astype(int)]
    np.testing.assert_array_equal(entry["detail"], np.where(lifted, Group.LIFTED, Group.MARGINAL))


def test_those_not_at_risk_any_more_are_cleared() -> None:
    """A bill that drops out between lead and notice ends the case, and the household may be found again."""
    ill = shock(rate=1.0, spending=9000, months=0)
    kept = procedure(years=2, line=np.full(2, 5000.0), found={Channel.APPLICATION: 0.2}, notice_days=60.0)
    result = outcome(setup(people(500), years=2, shocks=[ill], procedure=kept))
    cleared = events(result, Kind.CLEARED)
    assert len(cleared["day"]) > 10
    again = set(cleared["household"].tolist()) & set(events(result, Kind.ENTRY)["household"].tolist())
    assert again
