"""Figures many powers of ten apart: what is small is decided as well, and no solver is believed unproved."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from scipy import sparse

from tests.scenarios import Case, by_project, fund, loaded, planned, project
from zxsim.core.program import LEAST_COEFFICIENT
from zxsim.errors import InternalError, LimitError
from zxsim.optimize import highs, reach
from zxsim.optimize.build import build
from zxsim.optimize.certify import Certificate, checked
from zxsim.optimize.implied import without_implied
from zxsim.optimize.solution import Face, Solution, SolverSettings, Start, Status
from zxsim.optimize.stages import Stages

SOLVERS = [SolverSettings(solver=name) for name in ("highs", "highs-ipm", "cbc")]


@pytest.mark.parametrize("solver", SOLVERS, ids=lambda solver: solver.solver)
@pytest.mark.parametrize("better", ["A", "B"])
def test_of_two_small_projects_beside_a_large_one_the_better_is_paid(
    better: str, solver: SolverSettings
) -> None:
    """Large is worth 10⁸ a 万元, the others 0.0001 and 0.0002: 12 orders of magnitude below."""
    worth = {"A": Decimal("0.001"), "B": Decimal("0.001"), better: Decimal("0.002")}
    small = [project(name, 10, benefit=benefit) for name, benefit in worth.items()]
    case = Case({"f": fund(11)}, [project("L", 1, benefit=10**8), *small])
    assert by_project(planned(case, solver)) == {"L": 100, better: 1000}


@pytest.mark.parametrize("first", ["v", "w"])
def test_a_light_floor_beside_a_heavy_one_of_the_same_tier_is_kept_before_benefit(first: str) -> None:
    """Two soft floors of one tier, weights 10⁸ and 0.0001; money goes elsewhere only when both are kept."""
    second = {"v": "w", "w": "v"}[first]
    floor = {"kind": "place_floor", "at_least_wan": 4, "per": "period"}
    case = Case(
        {"f": fund(8)},
        [project(name, 10, place=name, benefit={"u": 10}.get(name, 1)) for name in ("u", "v", "w")],
        places=[{"id": name, "name": name, "level": "village"} for name in ("u", "v", "w")],
        rules={
            "heavy": {**floor, "places": [first], "soft": {"tier": 1, "weight": 10**8}},
            "light": {**floor, "places": [second], "soft": {"tier": 1, "weight": Decimal("0.0001")}},
        },
    )
    assert by_project(planned(case)) == {"v": 400, "w": 400}


def test_an_unproved_point_of_the_interior_is_decided_by_simplex(monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS 1.15 calls points optimal that miss rows; here every proof of its interior point fails."""
    case = Case({"f": fund(8)}, [project("A", 10, benefit=1)])
    found = loaded(case)
    model = build(found.spec, found.layout)
    said = Certificate("", 0.2, 0.0, 0.0)
    monkeypatch.setattr(highs, "certificate", lambda *_: said)
    methods = []
    run = highs.LinearSolver._run_with

    def watched(self: highs.LinearSolver, options: dict[str, object]) -> object:
        methods.append(options.get("solver"))
        return run(self, options)

    monkeypatch.setattr(highs.LinearSolver, "_run_with", watched)
    solver = highs.LinearSolver(model.program, SolverSettings(method="ipm"))
    answer = solver.solve(model.costs["benefit"], Face.of(model.program))
    assert answer.x.tolist() == pytest.approx([8])
    assert methods == [None, "simplex"]


class Wrong:
    """A solver that calls a point optimal which it is not."""

    def __init__(self, real: highs.LinearSolver) -> None:
        self._real = real

    def solve(self, cost: np.ndarray, face: Face, start: Start = Start.WARM) -> Solution:
        """Solve, and spoil the answer."""
        found = self._real.solve(cost, face, start)
        return replace(found, x=np.zeros(len(found.x)))


class Reduced(Wrong):
    """One that goes astray wherever it reduces the programme first, or starts from another answer."""

    def solve(self, cost: np.ndarray, face: Face, start: Start = Start.WARM) -> Solution:
        """Solve; the answer is spoilt but for the most careful way."""
        careful = start is Start.UNREDUCED
        return self._real.solve(cost, face, start) if careful else super().solve(cost, face, start)


def test_a_stage_that_is_not_proved_is_solved_without_reductions() -> None:
    """Neither warm nor cold gives a proof: the last way does."""
    found = loaded(Case({"f": fund(8)}, [project("A", 10, benefit=1)]))
    model = build(found.spec, found.layout)
    solver = Reduced(highs.LinearSolver(model.program, SolverSettings()))
    stages = Stages(model, SolverSettings(), solver=solver)  # type: ignore[arg-type]
    assert stages.minimise("benefit", model.costs["benefit"]).x.tolist() == pytest.approx([8])


WISHES = Case(
    {"f": fund(1)},
    [project("A", 1, "乡村建设行动", benefit=1, beneficiary_persons=50)],
    places=[{"id": "v", "name": "村", "level": "village", "population": 100, "base_w": 0}],
    indicators={"w": {"counts": "persons"}},
    effects={
        "w": {
            "kind": "coverage",
            "categories": ["乡村建设行动"],
            "indicator": "w",
            "heads": "beneficiary_persons",
        }
    },
    targets={"t": {"indicator": "w", "relation": ">=", "value": 1, "tier": 1, "places": ["v"]}},
)


@pytest.mark.parametrize(("name", "error"), [("highs", InternalError), ("cbc", LimitError)])
def test_what_is_out_of_reach_is_never_believed_unproved(
    name: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of what the target asks is out of reach; a solver that says otherwise is not followed."""
    found = loaded(WISHES)
    model = build(found.spec, found.layout)
    assert reach.unavoidable(model, SolverSettings()).max() == pytest.approx(0.5)
    real = highs.LinearSolver(model.program, SolverSettings())
    monkeypatch.setattr(reach, "solver_for", lambda *_: Wrong(real))
    with pytest.raises(error):
        reach.unavoidable(model, SolverSettings(solver=name))


@pytest.mark.parametrize(("ending", "error"), [("INFEASIBLE", InternalError), ("LIMIT", InternalError)])
def test_what_fails_again_from_nothing_is_not_believed_either(
    ending: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warm answer without a proof and none from nothing: that is not "all is within reach"."""
    found = loaded(WISHES)
    model = build(found.spec, found.layout)
    real = highs.LinearSolver(model.program, SolverSettings())

    class Lost(Wrong):
        def solve(self, cost: np.ndarray, face: Face, start: Start = Start.WARM) -> Solution:
            answer = super().solve(cost, face, start)
            return replace(answer, status=Status[ending]) if start is Start.COLD else answer

    monkeypatch.setattr(reach, "solver_for", lambda *_: Lost(real))
    with pytest.raises(error):
        reach.unavoidable(model, SolverSettings())


def test_an_answer_of_eight_digits_that_is_not_proved_is_refused_by_name() -> None:
    """It is no internal error that another solver is not exact enough."""
    with pytest.raises(LimitError) as caught:
        checked(Certificate("benefit", 0.0, 0.0, 1e-3), "cbc")
    assert caught.value.messages[0].code == "solver_not_exact"
    assert caught.value.messages[0].fields == {"given": "cbc", "stage": "benefit"}


def test_limits_that_the_columns_keep_by_themselves_are_lifted() -> None:
    """X in [−2, 2], y in [0, 3]: x − y is −5 … 2, 2x + y is −4 … 7."""
    matrix = sparse.csc_array(np.array([[1.0, -1.0], [2.0, 1.0]]))
    face = Face(np.array([-2.0, 0]), np.array([2.0, 3]), np.array([-5.0, -3.9]), np.array([1.9, 5e8]))
    lifted = without_implied(face, matrix)
    assert lifted.row_lower.tolist() == [-np.inf, -3.9]
    assert lifted.row_upper.tolist() == [1.9, np.inf]


def test_a_coefficient_that_solvers_leave_out_is_left_out_of_the_programme() -> None:
    """60 of 2,000,000 heads for 4.9·10⁷ 万元 are 6·10⁻¹³ a 万元: what is proved is what was solved."""
    case = WISHES.but(
        funds={"f": fund(4_700_000)},
        projects=[project("H", 49_000_000, "乡村建设行动", benefit=1, beneficiary_persons=60)],
        places=[
            {"id": "v", "name": "村", "level": "village", "population": 2_000_000, "base_w": Decimal("0.5")}
        ],
    )
    found = loaded(case)
    matrix = build(found.spec, found.layout).program.matrix
    assert np.abs(matrix.data).min() > LEAST_COEFFICIENT
    assert by_project(planned(case)) == {"H": 470_000_000}
