"""The second way: PuLP and CBC solve the same arrays and end in the same stages and the same money."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.scenarios import Case, fund, loaded, project
from zxsim.errors import ConflictError, LimitError
from zxsim.optimize.highs import SolverSettings
from zxsim.optimize.plan import Plan, check_feasible, optimize
from zxsim.runs.tables import allocation
from zxsim.schema.load import Loaded, load

ROOT = Path(__file__).parents[2]
SCENARIOS = sorted(path.parent for path in (ROOT / "scenarios").glob("*/scenario.toml"))
CBC = SolverSettings(solver="cbc")
THROUGH_PULP = [CBC, SolverSettings(solver="HiGHS")]


def ended(scenario: Loaded, solver: SolverSettings) -> Plan | list[tuple[str, str]]:
    """Return the plan, or the codes and clauses of the messages where there is none."""
    try:
        return optimize(scenario, solver)
    except (ConflictError, LimitError) as error:
        return [(message.code, str(dict(message.fields))) for message in error.messages]


def same_by(solver: SolverSettings, scenario: Loaded) -> str:
    """Assert that HiGHS and another solver end alike: stage values to 1e-6, and the allocation to the cent.

    Returns how both ended.
    """
    first, second = ended(scenario, SolverSettings()), ended(scenario, solver)
    if not isinstance(first, Plan) or not isinstance(second, Plan):
        assert isinstance(first, list)
        assert first == second
        return first[0][0]
    assert second.chain.unique == first.chain.unique
    assert _values(second) == pytest.approx(_values(first), rel=1e-6, abs=1e-6)
    assert np.allclose(second.chain.x, first.chain.x, rtol=0, atol=1e-6)
    assert allocation(second).equals(allocation(first))
    return "plan"


def _values(plan: Plan) -> Mapping[str, float]:
    return {stage.name: stage.value for stage in plan.chain.stages}


TIED = st.one_of(strategies.ties(), strategies.cases(), strategies.uneven())


@pytest.mark.parametrize("solver", THROUGH_PULP, ids=lambda solver: solver.solver)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.name)
def test_every_shipped_scenario_has_the_same_plan_by_pulp(scenario: Path, solver: SolverSettings) -> None:
    """CBC as a process of its own, and HiGHS called by PuLP."""
    same_by(solver, load(scenario))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(TIED)
def test_highs_and_cbc_agree_where_much_is_tied(case: Case) -> None:
    """Scenarios with ties on purpose, with everything, and with optima off the whole units."""
    event(same_by(CBC, loaded(case)))


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(TIED)
def test_highs_and_cbc_agree_on_three_hundred_scenarios(case: Case) -> None:
    """The same as above with other draws each time."""
    event(same_by(CBC, loaded(case)))
