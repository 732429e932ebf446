"""Pieces that few rows link, solved apart by prices, end where the programme in one piece does."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.optimize.test_blocks import apart, same
from tests.optimize.test_uniqueness import feasible_plan
from tests.scenarios import VILLAGE, Case, fund, loaded
from zxsim.core.layout import FloatArray
from zxsim.core.program import Program, ProgramBuilder, Triplets
from zxsim.errors import ConflictError, InternalError
from zxsim.optimize import blocks, linked, links
from zxsim.optimize.build import build
from zxsim.optimize.certify import certificate
from zxsim.optimize.highs import LinearSolver
from zxsim.optimize.integer import best
from zxsim.optimize.linked import LinkedSolver, linear_solver
from zxsim.optimize.links import cut_of
from zxsim.optimize.plan import optimize
from zxsim.optimize.solution import Face, Solution, SolverSettings, Status, hold

VILLAGES = ("a", "b", "c")
PLACES = [{**VILLAGE, "id": village, "population": 100} for village in VILLAGES]
SETTINGS = SolverSettings()


def any_size(patch: pytest.MonkeyPatch) -> None:
    """Cut programmes of any size, into pieces of any size."""
    patch.setattr(links, "MANY_COLUMNS", 1)
    patch.setattr(links, "LARGEST_PIECE", 0.7)
    patch.setattr(blocks, "SMALLEST", 1)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let prices be looked for in small programmes."""
    any_size(monkeypatch)


def never_in_one_piece(patch: pytest.MonkeyPatch, columns: int) -> None:
    """Let a solve of so many columns at once fail the test, but for that of all pieces."""

    def made(program: Program, given: SolverSettings) -> LinearSolver:
        assert program.matrix.shape[1] < columns, "solved in one piece"
        return LinearSolver(program, given)

    patch.setattr(linked, "LinearSolver", made)
    patch.setattr(linked, "SAMPLE_COLUMNS", 1)


@st.composite
def pooled(draw: st.DrawFn) -> Case:
    """Draw three villages that share one sum besides their own money, tied on purpose."""
    case = draw(apart())
    share = st.sampled_from([0.0, 0.3, 0.6])
    kind = {"kind": "category_share", "funds": ["pool"], "categories": ["产业发展"]}
    rules = {**case.rules, "pooled": {**kind, "at_least": draw(share)}}
    return case.but(funds={**case.funds, "pool": fund(draw(st.sampled_from([5, 20, 200])))}, rules=rules)


@settings(max_examples=12)
@given(pooled())
def test_prices_give_the_plan_of_one_piece(case: Case) -> None:
    """Stage values, money and the plans to compare with are those of the programme in one piece."""
    found = loaded(case)
    model = build(found.spec, found.layout)
    with pytest.MonkeyPatch.context() as patch:
        try:
            whole = best(model, SETTINGS)
        except ConflictError:
            any_size(patch)
            with pytest.raises(ConflictError):
                best(model, SETTINGS)
            return
        one, others = whole.chain, whole.compared()
        any_size(patch)
        priced = best(model, SETTINGS)
        for ours, theirs in zip(priced.chain.stages, one.stages, strict=True):
            assert ours.value == pytest.approx(theirs.value, rel=1e-6, abs=1e-7)
        assert priced.chain.unique
        assert np.allclose(priced.chain.x, one.x, rtol=0, atol=1e-6)
        assert same(priced.compared().library, others.library)
        assert others.equal is not None
        assert same(priced.compared().equal, others.equal)


@settings(max_examples=6)
@given(strategies.cases())
def test_prices_give_the_same_units_in_any_scenario(case: Case) -> None:
    """Units do not depend on whether a programme is cut where few rows link it."""
    plan = feasible_plan(case)
    with pytest.MonkeyPatch.context() as patch:
        any_size(patch)
        assert optimize(plan.loaded).units.tolist() == plan.units.tolist()


@pytest.mark.slow
@settings(max_examples=15)
@given(strategies.cases())
def test_prices_give_the_same_tables_in_any_scenario(case: Case) -> None:
    """Nor do marginal values, which start from bases and prices of other programmes, and reasons."""
    plan = feasible_plan(case)
    marginals, reasons = plan.marginals, plan.reasons
    with pytest.MonkeyPatch.context() as patch:
        any_size(patch)
        priced = optimize(plan.loaded)
        assert priced.units.tolist() == plan.units.tolist()
        assert [(m.clause, m.year) for m in priced.marginals] == [(m.clause, m.year) for m in marginals]
        for ours, theirs in zip(priced.marginals, marginals, strict=True):
            assert ours.gain == pytest.approx(theirs.gain, rel=1e-6, abs=1e-6)
        assert [(r.project_id, r.status) for r in priced.reasons] == [
            (r.project_id, r.status) for r in reasons
        ]


def pieces(draw: np.random.Generator, count: int, linking: int, missing: float) -> tuple[Program, FloatArray]:
    """Draw knapsacks that linking rows hold together, each of which may be missed at a price."""
    builder, size = ProgramBuilder(), 6
    for _ in range(count):
        at = builder.add_columns(np.zeros(size), draw.integers(1, 5, size).astype(float), list)
        inner = Triplets(np.repeat([0, 1], size), np.tile(at, 2), draw.integers(1, 4, 2 * size).astype(float))
        builder.add_rows(np.full(2, -np.inf), draw.integers(8, 15, 2).astype(float), inner, list)
    every = builder.columns
    short = builder.add_columns(np.zeros(linking), np.full(linking, np.inf), list)
    use = Triplets(
        np.concatenate([np.repeat(np.arange(linking), every), np.arange(linking)]),
        np.concatenate([np.tile(np.arange(every), linking), short]),
        np.concatenate([draw.integers(1, 4, linking * every), -np.ones(linking)]).astype(float),
    )
    builder.add_rows(np.full(linking, -np.inf), np.full(linking, 3.0 * count), use, list)
    cost = np.concatenate([-draw.integers(1, 6, every).astype(float), np.full(linking, missing)])
    return builder.build(), cost


def proved(program: Program, cost: FloatArray, solver: Any, face: Face | None = None) -> Solution:
    """Solve by prices, and make sure of the proof, the basis and the objective."""
    face = face or Face.of(program)
    found: Solution = solver.solve(cost, face)
    assert certificate("", program, cost, face, found).holds
    assert np.count_nonzero(found.basic) + np.count_nonzero(found.basic_row) == program.matrix.shape[0]
    between = (found.x > face.column_lower + 1e-9) & (found.x < face.column_upper - 1e-9)
    assert not (between & ~found.basic).any()
    whole = LinearSolver(program, SETTINGS).solve(cost, face)
    assert found.objective == pytest.approx(whole.objective, rel=1e-9, abs=1e-9)
    return found


def cutter(program: Program, patch: pytest.MonkeyPatch) -> LinkedSolver:
    """Return the solver by prices of a programme, which may not solve it in one piece."""
    solver = linear_solver(program, SETTINGS)
    assert isinstance(solver, LinkedSolver)
    never_in_one_piece(patch, program.matrix.shape[1])
    return solver


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("missing", [0.3, 2.0, 100.0])
def test_the_answer_is_a_proved_vertex(missing: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where linking rows are missed at a price, which then is the most that theirs can be."""
    for seed in range(8):
        program, cost = pieces(np.random.default_rng(seed), 12, 3, missing)
        found = proved(program, cost, cutter(program, monkeypatch))
        assert -missing - 1e-9 <= found.dual[-3:].min() <= found.dual[-3:].max() <= 1e-9


@pytest.mark.usefixtures("small")
def test_later_stages_go_on_over_the_face(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second cost is minimised over the optima of the first, and then with other linking rows."""
    for seed in range(8):
        draw = np.random.default_rng(seed)
        program, cost = pieces(draw, 12, 3, 100.0)
        solver, face = cutter(program, monkeypatch), Face.of(program)
        first = proved(program, cost, solver, face)
        hold(face, first)
        second = draw.integers(-2, 3, len(cost)).astype(float)
        last = proved(program, second, solver, face)
        assert cost @ last.x == pytest.approx(first.objective)
        solver.start_from(first.basis)
        more = Face.of(program)
        more.row_upper[-3:] += 1.0
        assert proved(program, cost, solver, more).objective <= first.objective + 1e-9


@pytest.mark.usefixtures("small")
def test_linking_rows_with_room_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each piece stays at its own optimum."""
    program, cost = pieces(np.random.default_rng(1), 12, 3, 1.0)
    face = Face.of(program)
    face.row_upper[-3:] = 1e6
    found = proved(program, cost, cutter(program, monkeypatch), face)
    assert found.dual[-3:].tolist() == [0, 0, 0]


@pytest.mark.usefixtures("small")
def test_equal_pieces_share_what_all_of_them_want(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve pieces that are the same to the digit: nearly all must be at a vertex of their own."""
    program, cost = pieces(np.random.default_rng(2), 1, 2, 50.0)
    tied, rows = ProgramBuilder(), program.matrix.tocsr()
    use, short = rows[[2, 3]][:, :6].tocoo(), [6, 7]
    for _ in range(12):
        at = tied.add_columns(program.column_lower[:6], program.column_upper[:6], list)
        inner = rows[[0, 1]][:, :6].tocoo()
        tied.add_rows(
            program.row_lower[:2], program.row_upper[:2], Triplets(inner.row, at[inner.col], inner.data), list
        )
    own = tied.add_columns(np.zeros(2), np.full(2, np.inf), list)
    links_ = [Triplets(use.row, use.col + 6 * n, use.data) for n in range(12)]
    links_.append(Triplets(np.arange(2), own, -np.ones(2)))
    tied.add_rows(np.full(2, -np.inf), np.array([37.0, 41.0]), Triplets.joined(links_), list)
    whole = tied.build()
    costs = np.concatenate([np.tile(cost[:6], 12), cost[short]])
    proved(whole, costs, cutter(whole, monkeypatch))


@pytest.mark.usefixtures("small")
def test_linking_rows_that_cannot_be_kept_leave_no_plan() -> None:
    """No prices are high enough; that nothing keeps the rows is for the whole to prove."""
    program, cost = pieces(np.random.default_rng(3), 12, 2, 1.0)
    face = Face.of(program)
    face.column_upper[-2:], face.row_upper[-2:] = 0.0, -1.0
    assert linear_solver(program, SETTINGS).solve(cost, face).status is Status.INFEASIBLE


@pytest.mark.usefixtures("small")
def test_a_piece_without_an_end_is_left_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column that only the linking rows hold back goes on for ever at prices that are too low."""
    monkeypatch.setattr(links, "FEW_COLUMNS", 0)
    program, cost = pieces(np.random.default_rng(4), 12, 2, 1.0)
    solver = linear_solver(program, SETTINGS)
    assert isinstance(solver, LinkedSolver)
    cost[-2:] = [-1.0, 2.0]
    face = Face.of(program)
    face.row_lower[-2:] = -20.0
    proved(program, cost, solver, face)


@pytest.mark.usefixtures("small")
def test_what_fails_on_the_way_is_solved_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of a piece is no error of the programme."""

    def failing(*_: object) -> None:
        raise InternalError([])

    program, cost = pieces(np.random.default_rng(5), 12, 2, 1.0)
    monkeypatch.setattr(linked, "assembled", failing)
    proved(program, cost, linear_solver(program, SETTINGS))


def test_only_large_programmes_with_few_links_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a small one, nor one with more linking rows than prices are looked for, nor one limited."""
    program, _ = pieces(np.random.default_rng(6), 12, 3, 1.0)
    assert cut_of(program) is None
    any_size(monkeypatch)
    cut = cut_of(program)
    assert cut is not None
    assert cut.links.tolist() == [24, 25, 26]
    assert len(cut.pieces) == 12
    assert cut.own.columns.tolist() == [72, 73, 74]
    assert isinstance(linear_solver(program, SolverSettings(iterations=9)), LinearSolver)
    monkeypatch.setattr(links, "MOST_LINKS", 2)
    assert cut_of(program) is None
