"""Planner and verifier, written apart, agree on scenarios with everything; a run's inputs make it again."""

from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from rich.console import Console

from tests.everything_strategies import everything
from tests.scenarios import Case, planned
from zxsim import api
from zxsim.errors import ConflictError, LimitError
from zxsim.optimize.plan import Plan, optimize
from zxsim.optimize.solution import SolverSettings
from zxsim.report.terminal import PlanScreen
from zxsim.report.why import project_messages
from zxsim.report.wording import sentence
from zxsim.runs.store import save_run
from zxsim.runs.tables import allocation
from zxsim.schema.load import load


def plan_of(case: Case) -> Plan:
    """Return the plan of a case that has one; other cases are drawn anew."""
    try:
        plan = planned(case)
    except (ConflictError, LimitError) as error:
        event(error.messages[0].code)
        assume(False)  # noqa: FBT003 (hypothesis' own signature)
        raise
    event("planned")
    return plan


def agreed(case: Case) -> None:
    """Assert that a run holds, that it can be shown, and that its inputs make the same allocation."""
    plan = plan_of(case)
    PlanScreen("en", Console(file=StringIO(), width=140)).plan(plan)
    for reason in plan.reasons:
        assert all(sentence(message, "zh") for message in project_messages(plan, reason, "zh"))
    with TemporaryDirectory() as folder:
        run = save_run(plan, Path(folder), SolverSettings(), {})
        assert api.verify(run) == []
        again = optimize(load(run / "inputs" / "resolved.toml"))
    assert allocation(again).equals(allocation(plan))


MANY_CONFLICTS = [HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=40, suppress_health_check=MANY_CONFLICTS)
@given(everything())
def test_verify_finds_nothing_and_the_inputs_make_the_same_plan(case: Case) -> None:
    """Funds of all sorts, modes, commitments, every rule, effect and relation, hard and soft."""
    agreed(case)


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=MANY_CONFLICTS)
@given(everything())
def test_verify_finds_nothing_in_a_hundred_and_fifty_scenarios(case: Case) -> None:
    """The same as above with more draws."""
    agreed(case)
