"""The demo and the township, simulated long enough: incomes without a plan, and how much pairing is worth."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.streams import Streams
from zxsim.optimize.plan import optimize
from zxsim.schema.load import Loaded, load
from zxsim.simulate.building import Blueprint
from zxsim.simulate.engine import Batch, Outcome
from zxsim.simulate.setup import Setup

SCENARIOS = Path(__file__).parent.parent.parent / "scenarios"
BATCH = 50
STREAMS = Streams(1)


def simulated(
    loaded: Loaded, units: IntArray | None, replications: int, *, without_help: bool = False
) -> tuple[Setup, Sequence[Outcome]]:
    """Replications with fixed parameters; ``without_help`` lets measures bring nothing."""
    blueprint, outcomes = Blueprint(loaded, units, STREAMS), []
    for first in range(0, replications, BATCH):
        rows = np.arange(first, first + BATCH)
        setup = blueprint.setup(rows, drawn=False)
        if without_help:
            setup = replace(setup, measures=[replace(m, gain=0 * m.gain) for m in setup.measures])
        outcomes.append(Batch(setup, STREAMS, rows).run())
    return setup, outcomes


def year_ends(outcomes: Sequence[Outcome]) -> FloatArray:
    """Open cases at each year's end, shape *(years, replications)*."""
    counts = np.concatenate([outcome.open_cases for outcome in outcomes], axis=1)
    at_end: FloatArray = counts[11::12].sum(axis=(2, 3)).astype(np.float64)
    return at_end


@pytest.mark.slow
@pytest.mark.parametrize("name", ["changjiang", "getashang"])
def test_without_a_plan_places_have_the_baseline_of_the_allocation(name: str) -> None:
    """Mean income of each village and year is the baseline within 0.2 %, over 200 replications.

    Help that no plan pays for (social security, say) comes on top of it, and is left out here.
    """
    setup, outcomes = simulated(load(SCENARIOS / name), None, 200, without_help=True)
    mean = np.concatenate([outcome.income for outcome in outcomes], axis=1).mean(axis=1)
    np.testing.assert_allclose(mean, setup.base, rtol=0.002)


@pytest.mark.slow
def test_pairing_on_the_demo() -> None:
    """Year-end open cases, variance of the paired difference beside that of the unpaired one.

    Two plans: under a fifth in every year. Plan and no plan: under a fifth in the first year, later under a
    half only, because the plan halves the cases, and how many it takes away is chance by itself: where each
    of N cases goes with chance q, Var(N) = N, the ratio (2 − q) / q is 3 at q = 1/2 however well paired.
    """
    loaded = load(SCENARIOS / "changjiang")
    less = load(SCENARIOS / "changjiang", ["fund.connection.amount_wan=70"])
    plan, none, other = (
        year_ends(simulated(scenario, units, 200)[1])
        for scenario, units in (
            (loaded, optimize(loaded).units),
            (loaded, None),
            (less, optimize(less).units),
        )
    )
    alone = plan.var(axis=1, ddof=1) + none.var(axis=1, ddof=1)
    paired = (plan - none).var(axis=1, ddof=1)
    assert 5 * paired[0] < alone[0]
    assert (2 * paired < alone).all()
    assert ((plan - other) != 0).any()
    both = plan.var(axis=1, ddof=1) + other.var(axis=1, ddof=1)
    assert (5 * (plan - other).var(axis=1, ddof=1) < both).all()
