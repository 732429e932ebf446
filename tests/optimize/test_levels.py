"""What a stage decides at a finer scale: its prices, its reasons, and what is no more than an error."""

from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from scipy import sparse

from tests.scenarios import Case, fund, loaded, planned, project
from zxsim.core.program import Program
from zxsim.optimize.marginals import marginals
from zxsim.optimize.plan import optimize
from zxsim.optimize.remainder import remainder
from zxsim.optimize.solution import Face, Solution, SolverSettings, Status, hold
from zxsim.optimize.stages import Stages

if TYPE_CHECKING:
    from zxsim.optimize.build import Model


def program(matrix: list[list[float]], right: list[float], names: list[str], upper: float) -> Program:
    """Equalities of columns between 0 and ``upper``."""
    rows = [f"r{at}" for at in range(len(right))]
    return Program(
        sparse.csc_array(np.array(matrix)),
        np.zeros(len(names)),
        np.full(len(names), upper),
        np.array(right),
        np.array(right),
        lambda: names,
        lambda: rows,
        np.zeros(len(names), dtype=np.bool_),
    )


@pytest.mark.parametrize("light", ["1", "0.0001"])
def test_a_step_is_worth_what_all_scales_of_a_tier_leave(light: str) -> None:
    """Two floors of 4 take all 8 万元, however little one of them weighs; one more goes to u, worth 1."""
    floor = {"kind": "place_floor", "at_least_wan": 4, "per": "period"}
    case = Case(
        {"f": fund(8)},
        [project(name, 10, place=name, benefit={"u": 10}.get(name, 1)) for name in ("u", "v", "w")],
        places=[{"id": name, "name": name, "level": "village"} for name in ("u", "v", "w")],
        rules={
            "heavy": {**floor, "places": ["v"], "soft": {"tier": 1, "weight": Decimal(10) ** 8}},
            "light": {**floor, "places": ["w"], "soft": {"tier": 1, "weight": Decimal(light)}},
        },
    )
    plan = optimize(loaded(case), SolverSettings())
    told = marginals(plan.model, plan.loaded.spec, plan.chain, SolverSettings())
    assert [one.gain for one in told if one.rule == "f"] == [pytest.approx(1.0)]
    assert all(one.loss is None or one.loss >= 0 for one in told)


@pytest.mark.parametrize("large", [1, 10**8])
def test_a_project_is_refused_for_its_worth_however_small(large: int) -> None:
    """16 万元: L takes 1, B and D (0.0002 a 万元) the rest; A (0.0001) is worth too little, by 0.0001."""
    worth = {"A": Decimal("0.001"), "B": Decimal("0.002"), "D": Decimal("0.002")}
    small = [
        project(name, 10, benefit=benefit, rank=at) for at, (name, benefit) in enumerate(worth.items(), 1)
    ]
    plan = planned(Case({"f": fund(16)}, [project("L", 1, benefit=large, rank=1), *small]))
    (told,) = [one for one in plan.reasons if one.project_id == "A"]
    assert told.reason == "worth_less"
    assert told.worth_missing == pytest.approx(0.0001)


@pytest.mark.parametrize("error", [5e-12, 0.0, -5e-12])
def test_an_error_of_a_dual_decides_nothing(error: float) -> None:
    """x₁ + x₂ = 1, 10 x₂ + 10 x₃ = 10, cost (1, 11, 10): all points cost 11, whatever the last digits say."""
    tied = program([[1, 1, 0], [0, 10, 10]], [1, 10], ["x1", "x2", "x3"], 1)
    cost, x = np.array([1.0, 11, 10]), np.array([1.0, 0, 1])
    dual = np.array([1 + error, 1.0])
    every = np.ones(3, dtype=np.bool_)
    found = Solution(Status.OPTIMAL, 11, x, tied.matrix @ x, np.zeros(3), dual, lambda: (every, every[:2]))
    face = Face.of(tied)
    hold(face, found)
    left, _, _ = remainder(tied, cost, face, found, np.zeros(3))
    assert not left.any()


@pytest.mark.parametrize("at", range(6))
def test_a_segment_is_no_single_plan(at: int) -> None:
    """X + y = 5 leaves a choice, whichever end weighs more by the names."""
    names = [f"x{at}", f"y{at}"]
    segment = program([[1, 1]], [5], names, 5)
    model = cast("Model", SimpleNamespace(program=segment))
    stages = Stages(model, SolverSettings(), program=segment)
    assert not stages.alone(stages.minimise("nothing", np.zeros(2)))
