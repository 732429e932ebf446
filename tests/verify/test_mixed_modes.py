"""The planner and the checker were written apart: what one plans in any mix of modes, the other passes."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, event, given, settings

from tests import choice_strategies
from tests.scenarios import Case, write
from zxsim.errors import ConflictError, LimitError
from zxsim.optimize.plan import optimize
from zxsim.optimize.solution import SolverSettings
from zxsim.runs.store import save_run
from zxsim.schema.load import load
from zxsim.verify import verify

MANY = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def passes(case: Case) -> None:
    """Assert that a run of a case has no finding, where the case has a plan."""
    with TemporaryDirectory() as folder:
        found = load(write(case, Path(folder) / "case"))
        try:
            plan = optimize(found)
        except (ConflictError, LimitError) as error:
            event(error.messages[0].code)
            assume(False)  # noqa: FBT003 (hypothesis' own signature)
            return
        event("rounded" if plan.cells_rounded else "whole units at once")
        findings = verify(save_run(plan, Path(folder) / "results", SolverSettings(), {}))
    assert [(message.code, dict(message.fields), message.address) for message in findings] == []


@settings(max_examples=20, suppress_health_check=MANY)
@given(choice_strategies.mixed())
def test_what_is_planned_passes_the_check(case: Case) -> None:
    """All modes, links, counts, commitments, decided years, carried money, rules, effects and targets."""
    passes(case)


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=MANY)
@given(choice_strategies.mixed())
def test_what_is_planned_passes_the_check_whatever_is_drawn(case: Case) -> None:
    """The same with more draws."""
    passes(case)
