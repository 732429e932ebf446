"""The plan is one and the same whatever the method and the order of the rows, even where much is tied."""

from collections.abc import Mapping
from random import Random

import numpy as np
import pytest
from hypothesis import assume, event, given, settings

from tests import strategies
from tests.scenarios import Case, fund, loaded, planned, project
from zxsim.core.layout import FloatArray
from zxsim.errors import ConflictError, LimitError
from zxsim.optimize.build import build
from zxsim.optimize.objectives import order_cost
from zxsim.optimize.plan import Plan, optimize
from zxsim.optimize.solution import SolverSettings
from zxsim.optimize.stages import Stages
from zxsim.runs.tables import allocation

IPM = SolverSettings(method="ipm")


def feasible_plan(case: Case) -> Plan:
    """Return the plan of a case that has one, by simplex; other cases are drawn anew."""
    try:
        return planned(case)
    except (ConflictError, LimitError) as error:
        event(type(error).__name__)
        assume(False)  # noqa: FBT003 (hypothesis' own signature)
        raise


def same_by_interior_point(case: Case) -> None:
    """Assert that simplex and interior point end in the same stages and the same units."""
    plan = feasible_plan(case)
    other = optimize(plan.loaded, IPM)
    assert plan.chain.unique
    assert other.chain.unique
    assert _values(other) == pytest.approx(_values(plan), rel=1e-6, abs=1e-7)
    assert np.allclose(other.vertex, plan.vertex, rtol=0, atol=1e-6)
    assert other.units.tolist() == plan.units.tolist()
    assert other.library_benefit == pytest.approx(plan.library_benefit)


def _values(plan: Plan) -> Mapping[str, float]:
    return {stage.name: stage.value for stage in plan.chain.stages}


@settings(max_examples=40)
@given(strategies.ties())
def test_simplex_and_interior_point_give_the_same_units_where_much_is_tied(case: Case) -> None:
    """Equal benefit, equal costs, equal ranks, interchangeable funds: still one plan."""
    same_by_interior_point(case)


@settings(max_examples=20)
@given(strategies.cases())
def test_simplex_and_interior_point_give_the_same_units_in_any_scenario(case: Case) -> None:
    """Scenarios with rules, targets and effects of every kind."""
    same_by_interior_point(case)


@pytest.mark.slow
@settings(max_examples=200)
@given(strategies.ties())
def test_simplex_and_interior_point_agree_on_two_hundred_tied_scenarios(case: Case) -> None:
    """The same as above with more draws."""
    same_by_interior_point(case)


@settings(max_examples=25)
@given(strategies.ties())
def test_rows_of_the_tables_in_another_order_give_the_same_allocation(case: Case) -> None:
    """Places and projects are shuffled; nothing may depend on the position of a row."""
    plan = feasible_plan(case)
    rows, places = list(case.projects), list(case.places)
    Random(1).shuffle(rows)  # noqa: S311 (no secret)
    Random(2).shuffle(places)  # noqa: S311
    shuffled = optimize(loaded(case.but(projects=rows, places=places)))
    assert allocation(shuffled).equals(allocation(plan))


def before_the_last_stage(case: Case, settings_: SolverSettings) -> FloatArray:
    """Return 万元 a money column after the stage ``order``."""
    found = loaded(case)
    model = build(found.spec, found.layout)
    stages = Stages(model, settings_)
    for name in ("benefit", "unallocated"):
        stages.minimise(name, model.costs[name])
    ranks = np.ones(len(model.layout))
    return stages.minimise("order", model.padded(order_cost(model.layout, ranks))).x[: len(ranks)]


def test_without_the_last_stage_the_two_methods_do_not_agree() -> None:
    """Three equal funds and projects of equal worth: after ``order`` the methods differ somewhere.

    So the agreement tested above is the work of the last stage, not of chance.
    """
    differs = []
    for count in range(3, 9):
        case = Case(
            {name: fund(20) for name in "fgh"},
            [project(name, 15, benefit=15) for name in "ABCDEFGHIJ"[:count]],
            years=(2021, 2022),
        )
        simplex, ipm = before_the_last_stage(case, SolverSettings()), before_the_last_stage(case, IPM)
        differs.append(not np.allclose(simplex, ipm))
        assert optimize(loaded(case), IPM).units.tolist() == planned(case).units.tolist()
    assert any(differs)
