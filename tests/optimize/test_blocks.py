"""A programme solved block by block is the programme solved in one piece."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import strategies
from tests.optimize.test_uniqueness import feasible_plan
from tests.scenarios import VILLAGE, Case, fund, loaded, project
from zxsim.core.layout import FloatArray
from zxsim.core.program import Program
from zxsim.errors import ConflictError
from zxsim.optimize import blocks
from zxsim.optimize.blocks import BlockSolver, batches_of, part_of
from zxsim.optimize.build import build
from zxsim.optimize.highs import LinearSolver
from zxsim.optimize.integer import best
from zxsim.optimize.linked import linear_solver
from zxsim.optimize.plan import optimize
from zxsim.optimize.probes import Prober
from zxsim.optimize.solution import Face, Solution, SolverSettings, Start, Status

VILLAGES = ("a", "b", "c")


@st.composite
def apart(draw: st.DrawFn) -> Case:
    """Draw three villages with money of their own, tied on purpose; one may have no plan at all."""
    costs = st.sampled_from([5, 10, 10, 20])
    rows = [
        project(
            f"{village}{n}",
            draw(costs),
            draw(st.sampled_from(["产业发展", "就业项目"])),
            village,
            benefit=draw(st.sampled_from([10, 10, 30])),
        )
        for village in VILLAGES
        for n in range(draw(st.integers(1, 4)))
    ]
    funds = {f"f{village}": fund(draw(costs), places=[village]) for village in VILLAGES}
    rules = {
        "share": {
            "kind": "category_share",
            "funds": ["fa"],
            "categories": ["产业发展"],
            "at_least": draw(st.sampled_from([0.0, 0.4])),
        },
        "floor": {"kind": "place_floor", "each": "village", "at_least_wan": draw(st.sampled_from([0, 2]))},
    }
    places = [{**VILLAGE, "id": village, "population": 100} for village in VILLAGES]
    return Case(funds, rows, years=(2021, 2022), places=places, rules=rules)


def batches(program: Program, smallest: int, monkeypatch: pytest.MonkeyPatch) -> list[blocks.Batch]:
    """Cut a programme into batches of so many columns."""
    monkeypatch.setattr(blocks, "SMALLEST", smallest)
    return batches_of(program)


def test_a_batch_holds_whole_components_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three villages with money of their own are three batches, or one where batches are larger."""
    rows = [project(village, 10, place=village, benefit=1) for village in VILLAGES]
    funds = {f"f{village}": fund(5, places=[village]) for village in VILLAGES}
    places = [{**VILLAGE, "id": village} for village in VILLAGES]
    found = loaded(Case(funds, rows, years=(2021, 2022), places=places))
    program = build(found.spec, found.layout).program
    cut = batches(program, 2, monkeypatch)
    assert len(cut) == len(VILLAGES)
    assert sorted(np.concatenate([batch.columns for batch in cut])) == list(range(program.matrix.shape[1]))
    assert sorted(np.concatenate([batch.rows for batch in cut])) == list(range(program.matrix.shape[0]))
    assert sum(part_of(program, batch).matrix.nnz for batch in cut) == program.matrix.nnz
    assert len(batches(program, 10, monkeypatch)) == 1


@settings(max_examples=60)
@given(apart())
def test_blocks_give_the_plan_of_one_piece(case: Case) -> None:
    """Stage values, money, duals and the plans to compare with are those of the whole programme."""
    with pytest.MonkeyPatch.context() as patch:
        found = loaded(case)
        model = build(found.spec, found.layout)
        try:
            whole = best(model, SolverSettings())
        except ConflictError:
            patch.setattr(blocks, "SMALLEST", 1)
            with pytest.raises(ConflictError):
                best(model, SolverSettings())
            return
        one, others = whole.chain, whole.compared()
        patch.setattr(blocks, "SMALLEST", 1)
        assert isinstance(linear_solver(model.program, SolverSettings()), BlockSolver)
        cut = best(model, SolverSettings())
        assert [s.name for s in cut.chain.stages] == [s.name for s in one.stages]
        for ours, theirs in zip(cut.chain.stages, one.stages, strict=True):
            assert ours.value == pytest.approx(theirs.value, rel=1e-6, abs=1e-7)
        assert cut.chain.unique
        assert np.allclose(cut.chain.x, one.x, rtol=0, atol=1e-6)
        assert same(cut.compared().library, others.library)
        assert others.equal is not None
        assert same(cut.compared().equal, others.equal)


def same(one: FloatArray | None, other: FloatArray) -> bool:
    """Whether two plans are the same money."""
    return one is not None and np.allclose(one, other, rtol=0, atol=1e-6)


@settings(max_examples=30)
@given(strategies.cases())
def test_blocks_give_the_same_tables_in_any_scenario(case: Case) -> None:
    """Units, marginal values and reasons do not depend on how the programme is cut."""
    plan = feasible_plan(case)
    marginals, reasons = plan.marginals, plan.reasons
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SMALLEST", 1)
        cut = optimize(plan.loaded)
        assert cut.units.tolist() == plan.units.tolist()
        assert [(m.clause, m.year) for m in cut.marginals] == [(m.clause, m.year) for m in marginals]
        for ours, theirs in zip(cut.marginals, marginals, strict=True):
            assert ours.gain == pytest.approx(theirs.gain, rel=1e-6, abs=1e-6)
        assert [(r.project_id, r.status) for r in cut.reasons] == [(r.project_id, r.status) for r in reasons]


def test_one_block_without_a_plan_leaves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worst ending of a block is the ending of all."""
    rows = [project(village, 10, place=village, benefit=1) for village in VILLAGES]
    funds = {f"f{village}": fund(5, places=[village]) for village in VILLAGES}
    places = [{**VILLAGE, "id": village} for village in VILLAGES]
    floor = {"floor": {"kind": "place_floor", "places": ["b"], "at_least_wan": 6}}
    found = loaded(Case(funds, rows, places=places, rules=floor))
    program = build(found.spec, found.layout).program
    monkeypatch.setattr(blocks, "SMALLEST", 1)
    solver = linear_solver(program, SolverSettings())
    cost = np.zeros(program.matrix.shape[1])
    assert solver.status(cost, Face.of(program)) is Status.INFEASIBLE
    assert solver.solve(cost, Face.of(program), Start.COLD).status is Status.INFEASIBLE


def test_a_clause_of_one_block_leaves_the_answers_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """With more money for b only b is solved again, and the answer is that of solving all of them."""
    rows = [project(f"{village}{n}", 10, place=village, benefit=n) for village in VILLAGES for n in (20, 30)]
    funds = {f"f{village}": fund(5, places=[village]) for village in VILLAGES}
    places = [{**VILLAGE, "id": village} for village in VILLAGES]
    monkeypatch.setattr(blocks, "SMALLEST", 1)
    plan = optimize(loaded(Case(funds, rows, places=places)))
    prober = Prober(plan.model, plan.loaded.spec, plan.chain, plan.settings)
    solved, solve = [], LinearSolver.solve

    def counted(solver: LinearSolver, cost: FloatArray, face: Face, start: Start = Start.WARM) -> Solution:
        solved.append(len(cost))
        return solve(solver, cost, face, start)

    monkeypatch.setattr(LinearSolver, "solve", counted)
    (one,) = (one for one in prober.clause_years() if one.block.rule == "fb")
    for steps, better in (100, 3), (-100, -3):
        solved.clear()
        assert prober.answer(one, steps).better == pytest.approx(better)
        assert solved == [2]


def test_a_start_that_is_optimal_already_is_seen_and_another_is_given_up() -> None:
    """A brief start answers at once at the optimum, and says that it met its limit far from it."""
    rows = [project(f"P{n:02}", 10 + n % 7, benefit=(7 * n) % 31 + 1) for n in range(60)]
    found = loaded(Case({"f": fund(80)}, rows, years=(2021, 2025)))
    model = build(found.spec, found.layout)
    solver, face = LinearSolver(model.program, SolverSettings()), Face.of(model.program)
    solver.solve(model.costs["benefit"], face)
    again = solver.solve(model.costs["benefit"], face, Start.BRIEFLY_WARM)
    assert again.status is Status.OPTIMAL
    assert solver.solve(-model.costs["benefit"], face, Start.BRIEFLY_WARM).status is Status.LIMIT
    assert solver.solve(-model.costs["benefit"], face).status is Status.OPTIMAL
