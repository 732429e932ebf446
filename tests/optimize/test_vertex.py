"""From values of eight digits back to the vertex: exact, with a basis, and as unique as by HiGHS itself."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import sparse

from tests import strategies
from tests.optimize.test_certificate import knapsack
from tests.scenarios import Case, loaded
from tests.strategies import Stated
from zxsim.core.layout import FloatArray
from zxsim.core.program import Program
from zxsim.optimize.build import build
from zxsim.optimize.certify import certificate
from zxsim.optimize.highs import LinearSolver
from zxsim.optimize.solution import Face, Solution, SolverSettings
from zxsim.optimize.vertex import exact_vertex

EXACT = 1e-12


def printed(values: FloatArray) -> FloatArray:
    """Keep eight digits, as CBC does."""
    return np.array([float(f"{value:.8g}") for value in values])


def from_print(program: Program, cost: FloatArray, face: Face, found: Solution) -> Solution:
    """Return the solution that is found again from its printed numbers."""
    numbers = printed(found.x), printed(found.reduced_cost), printed(found.dual)
    again = exact_vertex(program, cost, face, *numbers)
    return replace(
        found,
        x=again.x,
        row_value=program.matrix @ again.x,
        reduced_cost=again.reduced_cost,
        dual=again.dual,
        in_basis=lambda: (again.basic, again.basic_row),
    )


def assert_basis(program: Program, found: Solution) -> None:
    """Assert that the basic columns and rows are as many as the rows, and independent."""
    rows, _ = program.matrix.shape
    logical = sparse.eye_array(rows, format="csc")
    square = sparse.hstack([program.matrix, logical]).toarray()[:, np.r_[found.basic, found.basic_row]]
    assert square.shape == (rows, rows)
    assert np.linalg.matrix_rank(square) == rows


def assert_found_again(program: Program, cost: FloatArray) -> None:
    """Assert that an optimum survives being printed."""
    face = Face.of(program)
    size = float(np.abs(cost).max(initial=0))
    cost = cost / size if size else cost
    found = LinearSolver(program, SolverSettings()).solve(cost, face)
    if not found.status.has_solution:
        return
    again = from_print(program, cost, face, found)
    assert_basis(program, again)
    proof = certificate("", program, cost, face, again)
    assert max(proof.primal_residual, proof.dual_residual, proof.gap) < 1e-9
    assert np.allclose(again.x, found.x, rtol=1e-9, atol=1e-9)


@settings(max_examples=200)
@given(strategies.programs(stages=1))
def test_an_optimum_of_a_small_programme_survives_being_printed(stated: Stated) -> None:
    """Degenerate vertices and repeated rows are common among these."""
    assert_found_again(stated.program, stated.costs[0])


@settings(max_examples=40)
@given(strategies.cases())
def test_an_optimum_of_a_scenario_survives_being_printed(case: Case) -> None:
    """Each stage with an objective of its own, over the whole region."""
    scenario = loaded(case)
    model = build(scenario.spec, scenario.layout)
    for cost in model.costs.values():
        assert_found_again(model.program, cost)


def test_digits_that_were_not_printed_come_back() -> None:
    """A budget of 12,345,678.9123 is printed as 12345679; what is left of it for b comes out whole."""
    program, cost = knapsack()
    face = Face.of(program)
    face.row_upper[:] = 12345678.9123, 1e9
    face.column_upper[:] = 6, 1e9
    found = LinearSolver(program, SolverSettings()).solve(cost, face)
    again = from_print(program, cost, face, found)
    assert printed(found.x)[1] == 12345673
    assert again.x.tolist() == pytest.approx([6, 12345672.9123], rel=EXACT)


def test_a_degenerate_vertex_gets_a_full_basis() -> None:
    """With a budget of 6 both a at its bound and the budget determine (6, 0): b or the budget is basic."""
    program, cost = knapsack()
    face = Face.of(program)
    face.row_upper[0] = 6
    again = from_print(program, cost, face, LinearSolver(program, SolverSettings()).solve(cost, face))
    assert again.x.tolist() == [6, 0]
    assert_basis(program, again)


def test_a_point_that_is_no_vertex_stays_where_it_is_and_is_not_called_basic() -> None:
    """A solver without crossover may stop inside an edge: a + b = 10 at (5.5, 4.5), for equal costs."""
    program, _ = knapsack()
    face, cost = Face.of(program), np.array([-1.0, -1.0])
    inside, none = np.array([5.5, 4.5]), np.zeros(2)
    again = exact_vertex(program, cost, face, inside, none, np.array([-1.0, 0.0]))
    assert again.x.tolist() == pytest.approx([5.5, 4.5])
    assert again.basic.sum() == 1
    assert again.dual.tolist() == [-1, 0]
