"""Hypothesis strategies for the simulation: totals of places, and plans for a few households."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from tests.simulate.setups import measure, people, procedure, setup
from zxsim.simulate.population import Census
from zxsim.simulate.setup import Channel, Setup
from zxsim.simulate.totals import LARGEST_SIZE

TREE = np.array([-1, 0, 0, 1, 1, 2])
"""A county, two towns, two villages in the first and one in the second."""

VILLAGES = np.array([3, 4, 5])


@st.composite
def totals(draw: st.DrawFn, most: int = 400) -> tuple[int, int]:
    """Households and persons that fit together."""
    households = draw(st.integers(1, most))
    return households, draw(st.integers(households, LARGEST_SIZE * households))


@st.composite
def censuses(draw: st.DrawFn) -> Census:
    """One to four places whose totals households can meet."""
    rows = draw(st.lists(totals(most=120), min_size=1, max_size=4))
    lifted = [draw(st.integers(0, persons)) for _, persons in rows]
    able = [draw(st.integers(0, 100)) for _ in rows]
    weak = [draw(st.integers(0, 100 - percent)) for percent in able]
    return Census(
        place=np.arange(1, len(rows) + 1),
        population=np.array([persons for _, persons in rows]),
        households=np.array([households for households, _ in rows]),
        lifted=np.array(lifted),
        able=np.array(able) / 100,
        weak=np.array(weak) / 100,
    )


@dataclass(frozen=True, eq=False)
class Plans:
    """The same households under two plans, the second with every slot of the first, and more."""

    fewer: Setup
    more: Setup


@st.composite
def plans(draw: st.DrawFn, *, forever: bool) -> Plans:
    """One measure, no relapse: help is enough and for good, or nobody leaves and contracts are renewed."""
    years = 3
    cells = st.lists(st.integers(0, 3), min_size=len(TREE), max_size=len(TREE))
    rows = st.lists(cells, min_size=years, max_size=years)
    slots, extra = np.array(draw(rows)), np.array(draw(rows))
    own: dict[str, Any] = {
        "gain": 100_000,
        "months": 0 if forever else 12,
        "start_days": draw(st.integers(0, 40)) if forever else 0,
    }
    population = people(draw(st.integers(2, 12)), len(VILLAGES), spread=0.5)
    kept = procedure(
        years=years,
        line=np.full(years, draw(st.sampled_from([7000.0, 9000.0, 50_000.0]))),
        found={Channel.APPLICATION: draw(st.sampled_from([0.03, 0.3])), Channel.CADRES: 0.3},
        panels=np.array([draw(st.integers(1, 3)), 0, 0, 0, 0, 0]),
        visit_days=draw(st.sampled_from([0.5, 10.0])),
        notice_days=8.0,
        exit_quarter=0.3 * forever,
        exit_year=0.6 * forever,
        random_visits=True,
    )
    made = setup(
        replace(population, census=replace(population.census, place=VILLAGES)),
        years=years,
        parent=TREE,
        procedure=kept,
        stock=draw(st.integers(0, 2)),
    )
    return Plans(*(replace(made, measures=[measure(n, years=years, **own)]) for n in (slots, slots + extra)))
