"""Certificates tell an optimum from anything else; a held stage keeps its optimal face, no more, no less."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.strategies import Stated
from zxsim.core.layout import FloatArray
from zxsim.core.program import Program, ProgramBuilder, Triplets
from zxsim.errors import InternalError
from zxsim.optimize.certify import ALLOWED, Certificate, certificate, checked
from zxsim.optimize.highs import LinearSolver
from zxsim.optimize.solution import Face, Solution, SolverSettings, Status, hold

NUDGE = 1e-3
METHODS = [SolverSettings(), SolverSettings(method="ipm")]


def knapsack() -> tuple[Program, FloatArray]:
    """Two projects of 6 and 5 share 10, each worth 3 and 2: minimise −3a − 2b; the optimum is (6, 4)."""
    builder = ProgramBuilder()
    builder.add_columns(np.zeros(2), np.array([6.0, 5.0]), lambda: ["a", "b"])
    ones = Triplets(np.array([0, 0]), np.array([0, 1]), np.ones(2))
    builder.add_rows(np.array([-np.inf]), np.array([10.0]), ones, lambda: ["budget"])
    far = Triplets(np.array([0]), np.array([0]), np.ones(1))
    builder.add_rows(np.array([-np.inf]), np.array([100.0]), far, lambda: ["never_near"])
    return builder.build(), np.array([-3.0, -2.0])


def solved(program: Program, cost: FloatArray, face: Face | None = None) -> Solution:
    """Solve to optimality."""
    found = LinearSolver(program, SolverSettings()).solve(cost, face or Face.of(program))
    assert found.status is Status.OPTIMAL
    return found


def judged(found: Solution) -> Certificate:
    """Certify a claimed solution of the knapsack."""
    program, cost = knapsack()
    return certificate("benefit", program, cost, Face.of(program), found)


def test_the_optimum_of_the_knapsack_is_certified_with_its_duals_by_hand() -> None:
    """(6, 4): the budget's dual is −2 (a unit more is worth 2), the reduced cost of a −3 + 2 = −1."""
    found = solved(*knapsack())
    assert found.x.tolist() == pytest.approx([6, 4])
    assert found.dual.tolist() == pytest.approx([-2, 0])
    assert found.reduced_cost.tolist() == pytest.approx([-1, 0])
    assert checked(judged(found)).holds


@pytest.mark.parametrize(
    ("part", "at", "by"),
    [
        ("x", 0, NUDGE),  # above its bound, and over the budget
        ("x", 0, -NUDGE),  # feasible, but no longer the best
        ("x", 1, NUDGE),
        ("x", 1, -NUDGE),
        ("dual", 0, NUDGE),
        ("dual", 0, -NUDGE),
        ("dual", 1, NUDGE),
        ("dual", 1, -NUDGE),
        ("reduced_cost", 0, NUDGE),
        ("reduced_cost", 0, -NUDGE),
        ("reduced_cost", 1, NUDGE),
        ("reduced_cost", 1, -NUDGE),
    ],
)
def test_a_solution_that_is_off_in_one_number_is_not_certified(part: str, at: int, by: float) -> None:
    """A value, a dual or a reduced cost moved by a thousandth ends in an internal error."""
    found = solved(*knapsack())
    moved = getattr(found, part).copy()
    moved[at] += by
    with pytest.raises(InternalError) as caught:
        checked(judged(replace(found, **{part: moved})))
    assert [message.code for message in caught.value.messages] == ["certificate_fails"]
    assert caught.value.messages[0].fields["stage"] == "benefit"


def test_duals_that_fit_each_other_but_no_optimum_are_not_certified() -> None:
    """Dual −3 and reduced costs (0, 1) keep c = Aᵀy + d, but their objective is −30, not −26."""
    found = solved(*knapsack())
    claimed = replace(found, dual=np.array([-3.0, 0.0]), reduced_cost=np.array([0.0, 1.0]))
    result = judged(claimed)
    assert result.dual_residual == pytest.approx(0)
    assert result.gap == pytest.approx(4 / 27)
    assert not result.holds


def test_a_dual_of_the_wrong_sign_has_no_bound_to_stand_on() -> None:
    """A positive dual of a row without a lower limit proves nothing: the gap is infinite."""
    found = solved(*knapsack())
    claimed = replace(found, dual=np.array([1.0, 0.0]), reduced_cost=np.array([-4.0, -3.0]))
    assert judged(claimed).dual_residual == pytest.approx(0)
    assert judged(claimed).gap == np.inf


def test_differences_within_the_tolerance_are_certified() -> None:
    """A tenth of what is allowed passes: solvers work in floating point."""
    found = solved(*knapsack())
    nearly = replace(found, x=found.x - 0.1 * ALLOWED)
    assert checked(judged(nearly)).gap > 0


@settings(max_examples=150)
@given(strategies.programs(stages=1), st.sampled_from(METHODS))
def test_every_optimum_of_a_small_programme_is_certified(stated: Stated, method: SolverSettings) -> None:
    """By both methods, degenerate or not."""
    program, cost = stated.program, stated.costs[0]
    face = Face.of(program)
    found = LinearSolver(program, method).solve(cost, face)
    assert certificate("any", program, cost, face, found).holds
    best = min(float(cost @ vertex) for vertex in vertices(program))
    assert float(cost @ found.x) == pytest.approx(best, abs=1e-7)


@settings(max_examples=100)
@given(strategies.programs(stages=1), st.data())
def test_a_vertex_that_is_not_optimal_is_never_certified(stated: Stated, data: st.DataObject) -> None:
    """The duals of the optimum do not vouch for another vertex."""
    program, cost = stated.program, stated.costs[0]
    found = solved(program, cost)
    worse = [v for v in vertices(program) if float(cost @ v) > float(cost @ found.x) + 1e-3]
    assume(worse)
    other = data.draw(st.sampled_from(range(len(worse))))
    claimed = replace(found, x=worse[other])
    assert not certificate("any", program, cost, Face.of(program), claimed).holds


def vertices(program: Program) -> Sequence[FloatArray]:
    """Enumerate all vertices of a bounded programme: n tight bounds or rows that fix a feasible point."""
    count = len(program.column_lower)
    normals = np.vstack([np.eye(count), program.matrix.toarray()])
    lower = np.concatenate([program.column_lower, program.row_lower])
    upper = np.concatenate([program.column_upper, program.row_upper])
    found: dict[tuple[float, ...], FloatArray] = {}
    for tight in combinations(range(len(normals)), count):
        square = normals[list(tight)]
        if abs(np.linalg.det(square)) < 1e-9:
            continue
        for right in product(*({lower[i], upper[i]} for i in tight)):
            if not np.isfinite(right).all():
                continue
            point = np.linalg.solve(square, np.array(right))
            values = normals @ point
            if (values >= lower - 1e-9).all() and (values <= upper + 1e-9).all():
                found[tuple((np.round(point, 6) + 0.0).tolist())] = point
    return list(found.values())


def inside(face: Face, program: Program, point: FloatArray) -> bool:
    """Whether a point keeps all bounds of a face."""
    rows = program.matrix @ point
    return bool(
        (point >= face.column_lower - 1e-7).all()
        and (point <= face.column_upper + 1e-7).all()
        and (rows >= face.row_lower - 1e-7).all()
        and (rows <= face.row_upper + 1e-7).all()
    )


@settings(max_examples=200)
@given(strategies.programs(stages=3), st.sampled_from(METHODS))
def test_a_held_face_holds_exactly_the_optimal_vertices(stated: Stated, method: SolverSettings) -> None:
    """After one, two and three stages: a vertex lies in the face if and only if it is best so far.

    The held face is a face of the programme (bounds and rows become equalities), so it is the hull of the
    vertices in it; comparing vertices with brute-force enumeration compares the faces.
    """
    program = stated.program
    solver, face, best = LinearSolver(program, method), Face.of(program), vertices(program)
    every = best
    for cost in stated.costs:
        found = solver.solve(cost, face)
        assert found.status is Status.OPTIMAL
        hold(face, found)
        value = min(float(cost @ vertex) for vertex in best)
        best = [vertex for vertex in best if float(cost @ vertex) <= value + 1e-7]
        optimal = {id(vertex) for vertex in best}
        for vertex in every:
            assert inside(face, program, vertex) == (id(vertex) in optimal), (vertex, cost)


def test_a_held_face_keeps_every_optimum_and_not_only_the_one_found() -> None:
    """Equal worth of a and b under a budget of 10: the face is the edge from (6, 4) to (5, 5).

    Minimising a over it ends in (5, 5), minimising b in (6, 4); neither leaves the value of the stage.
    """
    program, _ = knapsack()
    face = Face.of(program)
    hold(face, solved(program, np.array([-1.0, -1.0]), face))
    least_a = solved(program, np.array([1.0, 0.0]), face.copy())
    least_b = solved(program, np.array([0.0, 1.0]), face.copy())
    assert least_a.x.tolist() == pytest.approx([5, 5])
    assert least_b.x.tolist() == pytest.approx([6, 4])


def test_a_row_without_a_dual_stays_an_inequality() -> None:
    """The row that is never near is left as it was; the budget becomes an equality."""
    program, cost = knapsack()
    face = Face.of(program)
    hold(face, solved(program, cost, face))
    assert (face.row_lower[0], face.row_upper[0]) == (10, 10)
    assert (face.row_lower[1], face.row_upper[1]) == (-np.inf, 100)
    assert (face.column_lower[0], face.column_upper[0]) == (6, 6)
    assert (face.column_lower[1], face.column_upper[1]) == (0, 5)
