"""HiGHS and CBC choose equally well; where two choices are equally good, what is and is not unique."""

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, event, given, settings

from tests import choice_strategies
from tests.optimize.enumeration import Enumeration, minimised, stages_for
from tests.scenarios import Case, amounts, by_project, fund, loaded, planned, project, stage_values
from zxsim.errors import ConflictError
from zxsim.optimize.agenda import agenda_of
from zxsim.optimize.build import build
from zxsim.optimize.chain import run_chain
from zxsim.optimize.integer import best_chain, held
from zxsim.optimize.solution import Face, SolverSettings

CBC = SolverSettings(solver="cbc")
MANY = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
CHOSEN_LAST = "order"
"""The last stage that chooses: ``unique`` only settles the money of the choice."""


def same_values(case: Case) -> None:
    """Assert that both solvers reach the same in every stage that chooses, or both find a conflict."""
    found = loaded(case)
    model = build(found.spec, found.layout)
    assume(model.has_choices)
    ended = []
    for solver in (SolverSettings(), CBC):
        try:
            chain = best_chain(model, solver)
        except ConflictError as error:
            ended.append({error.messages[0].code: 0.0})
            continue
        ended.append({stage.name: stage.value for stage in chain.stages if stage.name != "unique"})
    assert ended[1] == pytest.approx(ended[0], rel=1e-6, abs=1e-6)
    event("conflict" if "infeasible" in ended[0] else "plan")


@settings(max_examples=5, suppress_health_check=MANY)
@given(choice_strategies.choosable(8))
def test_both_solvers_choose_equally_well_with_everything(case: Case) -> None:
    """Links, counts, outlays, soft rules and targets."""
    same_values(case)


@settings(max_examples=3, suppress_health_check=MANY)
@given(choice_strategies.many_choices(8, 15))
def test_both_solvers_choose_equally_well(case: Case) -> None:
    """A few projects of two years, mostly whole or fixed, under a share and a count."""
    same_values(case)


@pytest.mark.slow
@settings(max_examples=30, suppress_health_check=MANY)
@given(choice_strategies.many_choices(20, 30))
def test_both_solvers_choose_equally_well_among_sixty(case: Case) -> None:
    """Up to some sixty yes-or-no columns, more draws."""
    same_values(case)


TIED = Case({"f": fund(10)}, [project(name, 10, mode="whole", benefit=5) for name in ("A", "B")])
"""Two projects alike but for their names, and money for one."""


def test_choices_that_tie_in_every_stage_up_to_order_are_equally_good() -> None:
    """Which of the two is chosen is not promised; every number that a planner reads is the same."""
    tried = Enumeration(TIED)
    found = loaded(TIED)
    model = build(found.spec, found.layout)
    stages = stages_for(model, agenda_of(model, SolverSettings()).stages, tried.model)
    best = tried.best(stages)
    assert best is not None
    assert best.tied == 2
    values = []
    for solver in (SolverSettings(), CBC):
        plan = planned(TIED, solver)
        assert by_project(plan) in ({"A": 1000}, {"B": 1000})
        values.append({name: v for name, v in stage_values(plan).items() if name != "unique"})
        reached = {name: minimised(name, v, found.layout) for name, v in values[-1].items()}
        assert reached == pytest.approx(best.values)
    assert values[0] == pytest.approx(values[1])


def test_the_money_is_unique_once_the_choice_is_made() -> None:
    """Simplex, interior point and CBC pay the same cells for a choice, each proving that nothing ties."""
    case = Case(
        {"f": fund(8), "g": fund(7)},
        [project(name, 10, mode="whole", benefit=5) for name in ("A", "B", "C")],
        years=(2021, 2022),
    )
    found = loaded(case)
    model = build(found.spec, found.layout)
    names = model.program.column_names()
    for chosen in ({"A", "B"}, {"A", "C"}, {"B", "C"}):
        x = np.array([float(name in {f"y({p})" for p in chosen}) for name in names])
        fixed = held(model, x)
        money = []
        for solver in (SolverSettings(), SolverSettings(method="ipm"), CBC):
            chain = run_chain(fixed, solver, agenda_of(model, solver), Face.of(fixed.program))
            assert chain.unique
            money.append(chain.x[: len(found.layout)])
        assert np.allclose(money[1], money[0], rtol=0, atol=1e-6)
        assert np.allclose(money[2], money[0], rtol=0, atol=1e-6)


def test_one_choice_gives_the_same_money_every_time() -> None:
    """The same scenario twice, cell by cell."""
    case = TIED.but(years=(2021, 2022), funds={"f": fund(6), "g": fund(3)})
    assert amounts(planned(case)) == amounts(planned(case))
