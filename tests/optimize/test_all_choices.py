"""The plan is the best of all choices: every combination is tried one by one, each by a linear chain."""

import pytest
from hypothesis import HealthCheck, assume, event, given, settings

from tests import choice_strategies
from tests.optimize.enumeration import Best, Enumeration, minimised, stages_for
from tests.scenarios import Case, loaded
from zxsim.errors import ConflictError
from zxsim.optimize.agenda import agenda_of
from zxsim.optimize.build import build
from zxsim.optimize.integer import best_chain
from zxsim.optimize.solution import SolverSettings

TOLERANCE = 1e-6
MANY = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def is_best_of_all(case: Case, most: int) -> None:
    """Assert that the chain of a case reaches what the best of all its choices reaches, stage by stage."""
    tried = Enumeration(case)
    assume(1 < tried.size <= most)
    found = loaded(case)
    model = build(found.spec, found.layout)
    stages = stages_for(model, agenda_of(model, SolverSettings()).stages, tried.model)
    best = tried.best(stages)
    try:
        chain = best_chain(model, SolverSettings())
    except ConflictError:
        assert best is None
        event("no choice has a plan")
        return
    assert best is not None
    reached = {s.name: minimised(s.name, s.value, found.layout) for s in chain.stages if s.name != "unique"}
    assert reached == pytest.approx(best.values, rel=TOLERANCE, abs=TOLERANCE)
    assert max(stage.gap for stage in chain.stages) <= TOLERANCE
    _seen(best)


def _seen(best: Best) -> None:
    event("one choice is best" if best.tied == 1 else "some choices are equally good")


@settings(max_examples=25, suppress_health_check=MANY)
@given(choice_strategies.choosable(6))
def test_the_plan_is_the_best_of_all_choices(case: Case) -> None:
    """Up to six projects, all modes, links, counts, soft rules, several funds, places and years."""
    is_best_of_all(case, 200)


@pytest.mark.slow
@settings(max_examples=200, suppress_health_check=MANY)
@given(choice_strategies.choosable(12))
def test_the_plan_is_the_best_of_all_choices_of_up_to_twelve_projects(case: Case) -> None:
    """The same with up to some thousand choices, and more draws."""
    is_best_of_all(case, 5000)
