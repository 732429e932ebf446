"""Small setups by hand, and what tests of the simulation assert about them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.shockspec import active_share
from zxsim.core.streams import Streams
from zxsim.simulate.engine import Batch, Outcome
from zxsim.simulate.population import Census, Labour, Population, Spread, synthesised
from zxsim.simulate.records import Kind
from zxsim.simulate.setup import Channel, Measure, Procedure, Setup, ShockParameters

BASE = 10_000.0
SEED = 7
PLENTY = 10**6
"""Panels or slots that nobody waits for."""

EVERYBODY = tuple(Labour)
WAGE = (1.0, 0.0, 0.0, 0.0)


def full(value: float, replications: int = 1) -> FloatArray:
    """One value for every replication."""
    return np.full(replications, float(value))


def people(
    households: int = 100,
    places: int = 1,
    *,
    size: float = 4,
    spread: float = 0.0,
    lifted_ratio: float = 1.0,
    delayed: float = 0.0,
    able: float = 1.0,
    weak: float = 0.0,
) -> Population:
    """Places 1, 2, … below place 0, with so many households each; half of the persons are lifted."""
    persons = round(households * size)
    census = Census(
        place=np.arange(1, places + 1),
        population=np.full(places, persons),
        households=np.full(places, households),
        lifted=np.full(places, persons // 2),
        able=np.full(places, able),
        weak=np.full(places, weak),
    )
    return synthesised(census, Spread(spread, lifted_ratio, delayed), Streams(1))


def shock(name: str = "illness", replications: int = 1, **keys: Any) -> ShockParameters:
    """One of each household's own, on wages, that costs nothing and takes nothing unless said otherwise."""
    numbers = {"rate": 0.1, "exposed": 1.0, "spending": 0.0, "spread": 0.0, "lost": 0.0}
    arrays = {key: full(keys.pop(key, value), replications) for key, value in numbers.items()}
    made = ShockParameters(
        name=name,
        unit=keys.pop("unit", "household"),
        group=keys.pop("group", None),
        component=keys.pop("component", 0),
        months=keys.pop("months", 6),
        **arrays,
        central_active=0.0,
        central_lost=keys.pop("central_lost", float(arrays["lost"][0])),
    )
    assert not keys, keys
    active = active_share(made.rate[:1] * made.exposed[:1], made.months)
    return replace(made, central_active=float(active[0]))


def measure(slots: ArrayLike = PLENTY, *, years: int = 1, places: int = 1, **keys: Any) -> Measure:
    """Help for everybody, for good and at once; ``slots`` at the top unless it is an array already."""
    counts = np.asarray(slots, dtype=np.int64)
    if not counts.ndim:
        counts = np.pad(np.full((years, 1), counts), ((0, 0), (0, places)))
    gain = full(keys.pop("gain", 0.0), keys.pop("replications", 1))
    standard: dict[str, Any] = {"name": "help", "labour": EVERYBODY, "causes": (), "months": 0}
    standard |= {"start_days": 0, "removes_need": False}
    return Measure(slots=counts, gain=gain, **(standard | keys))


def procedure(replications: int = 1, **keys: Any) -> Procedure:
    """Nobody is at risk, found or let go, and nothing waits, unless said otherwise."""
    found: Mapping[Channel, float] = keys.pop("found", {})
    chances = {"need_rate": 0.0, "exit_quarter": 0.0, "exit_year": 0.0}
    standard: dict[str, Any] = {
        "line": np.zeros(keys.pop("years", 1)),
        "fall": 1.0,
        "fall_ceiling": 1.0,
        "panels": np.array([PLENTY, 0]),
        "visit_days": 0.0,
        "notice_days": 0.0,
        "helped_days": 90,
        "delay_months": 12,
    }
    rest: dict[str, Any] = {key: full(keys.pop(key, value), replications) for key, value in chances.items()}
    every = {channel: full(found.get(channel, 0.0), replications) for channel in Channel}
    return Procedure(found=every, **rest, **(standard | keys))


def setup(population: Population, *, years: int = 1, replications: int = 1, **keys: Any) -> Setup:
    """Everybody earns :data:`BASE` in wages, and nothing happens, unless said otherwise."""
    places = len(population.census.place)
    keys.setdefault(
        "procedure",
        procedure(replications, years=years, panels=np.r_[PLENTY, np.zeros(places, dtype=np.int64)]),
    )
    return Setup(
        population=population,
        years=np.arange(2021, 2021 + years),
        parent=keys.pop("parent", np.r_[-1, np.zeros(places, dtype=np.int64)]),
        base=np.full((years, places), BASE),
        gain=np.full((years, places), float(keys.pop("gain", 0.0))),
        gain_factor=full(1.0, replications),
        shares=np.array(keys.pop("shares", WAGE)),
        permanent_spread=keys.pop("permanent_spread", 0.0),
        transitory=np.array(keys.pop("transitory", (0.0, 0.0, 0.0, 0.0))),
        shocks=keys.pop("shocks", ()),
        insurance=keys.pop("insurance", None),
        measures=keys.pop("measures", ()),
        stock=np.full(places, keys.pop("stock", 0)),
        **keys,
    )


def busy(
    replications: int, households: int = 150, *, slots: int = 20, gain: float = 0.0, places: int = 3
) -> Setup:
    """Two years of everything at once: shocks of all units, four channels, three measures, queues."""
    population = people(households, places, size=3.7, spread=0.5, lifted_ratio=0.85, delayed=0.1, able=0.7)
    return setup(
        population,
        years=2,
        replications=replications,
        gain=gain,
        shares=(0.4, 0.3, 0.05, 0.25),
        permanent_spread=0.1,
        transitory=(0.3, 0.3, 0.1, 0.1),
        shocks=_five(population, replications),
        measures=_three(replications, slots, places),
        procedure=procedure(
            replications,
            line=np.array([6000.0, 6500.0]),
            fall=0.3,
            fall_ceiling=1.5,
            need_rate=0.05,
            found={
                Channel.APPLICATION: 0.1,
                Channel.CADRES: 0.6,
                Channel.DEPARTMENT: 0.4,
                Channel.PETITION: 0.05,
            },
            panels=np.r_[1, np.zeros(places, dtype=np.int64)],
            visit_days=2.0,
            notice_days=8.0,
            exit_quarter=0.4,
            exit_year=0.6,
        ),
        stock=8,
    )


def _five(population: Population, replications: int) -> Sequence[ShockParameters]:
    one_industry = np.where(np.arange(len(population)) % 2, 0, -1)
    own = {"replications": replications}
    return [
        shock("illness", rate=0.06, spending=3000, spread=0.8, lost=0.5, months=6, **own),
        shock("accident", rate=0.02, spending=4000, spread=1.0, lost=0.7, months=4, **own),
        shock("job_loss", rate=0.05, lost=0.8, months=4, **own),
        shock(
            "disaster", unit="place", group=population.group, component=1, rate=0.2, exposed=0.3,
            spending=500, spread=0.5, lost=0.4, months=6, **own,
        ),
        shock(
            "price_fall", unit="industry", group=one_industry, component=1, rate=0.2, lost=0.2, months=12,
            **own,
        ),
    ]  # fmt: skip


def _three(replications: int, slots: int, places: int) -> Sequence[Measure]:
    here = np.tile(np.r_[0, np.full(places, slots)], (2, 1))
    own: dict[str, Any] = {"replications": replications, "years": 2, "places": places}
    able, weak = (Labour.ABLE,), (Labour.ABLE, Labour.WEAK)
    return [
        measure(here, name="industry", labour=able, gain=1500, start_days=30, **own),
        measure(slots, name="posts", labour=weak, gain=2500, months=12, start_days=10, **own),
        measure(4 * slots, name="security", gain=1000, start_days=10, removes_need=True, **own),
    ]


def batch(made: Setup, seed: int = SEED, first: int = 0) -> Batch:
    """A batch of as many replications as the setup holds parameters for."""
    return Batch(made, Streams(seed), first + np.arange(len(made.gain_factor)))


def outcome(made: Setup, seed: int = SEED, first: int = 0) -> Outcome:
    """What such a batch ends with."""
    return batch(made, seed, first).run()


def events(result: Outcome, *kinds: Kind) -> dict[str, FloatArray]:
    """Events of some kinds, of all where none is named."""
    columns = result.events.columns()
    some = np.isin(columns["kind"], kinds) if kinds else np.ones(len(columns["kind"]), dtype=bool)
    return {name: values[some] for name, values in columns.items()}


def assert_same(one: Outcome, other: Outcome) -> None:
    """Every array and every event is the same, to the last bit."""
    for name in ("income", "quantiles", "open_cases", "unresolved", "waiting", "paid_out", "granted"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), name)
    left, right = one.events.columns(), other.events.columns()
    for name, values in left.items():
        np.testing.assert_array_equal(values, right[name], name)


def assert_near(found: ArrayLike, expected: ArrayLike, standard_error: ArrayLike, times: float = 5) -> None:
    """No difference is above so many standard errors."""
    errors = np.abs(np.asarray(found) - np.asarray(expected)) / np.asarray(standard_error)
    assert errors.max() <= times, f"{errors.max():.1f} standard errors at {errors.argmax()}"


def share_error(share: ArrayLike, count: ArrayLike) -> FloatArray:
    """Standard error of a share among so many independent cases."""
    p = np.asarray(share, dtype=np.float64)
    error: FloatArray = np.sqrt(p * (1 - p) / np.asarray(count))
    return error


def mean_error(values: FloatArray) -> float:
    """Standard error of the mean of independent values."""
    return float(values.std(ddof=1) / np.sqrt(len(values)))


def ids(rows: Sequence[IntArray]) -> list[list[int]]:
    """Plain lists, which compare as a whole."""
    return [row.tolist() for row in rows]
