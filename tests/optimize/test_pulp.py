"""The second way: PuLP and CBC solve the same arrays and end in the same stages and the same money."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from pulp import COIN_CMD, PulpSolverError
from scipy import sparse

from tests import strategies
from tests.scenarios import Case, fund, loaded, project
from zxsim.core.program import Program, ProgramBuilder, Triplets
from zxsim.errors import ConflictError, InternalError, LimitError, Message, UsageError
from zxsim.optimize.certify import certificate, checked
from zxsim.optimize.plan import Plan, optimize
from zxsim.optimize.solution import Face, SolverSettings, Status
from zxsim.optimize.solvers import solve_integer, solver_for
from zxsim.runs.tables import allocation
from zxsim.schema.load import Loaded, load

ROOT = Path(__file__).parents[2]
SCENARIOS = sorted(path.parent for path in (ROOT / "scenarios").glob("*/scenario.toml"))
CBC = SolverSettings(solver="cbc")
THROUGH_PULP = [CBC, SolverSettings(solver="HiGHS")]


def ended(scenario: Loaded, solver: SolverSettings) -> Plan | list[tuple[str, str]]:
    """Return the plan, or the codes and clauses of the messages where there is none."""
    try:
        return optimize(scenario, solver)
    except (ConflictError, LimitError) as error:
        return [(message.code, str(dict(message.fields))) for message in error.messages]


def same_by(solver: SolverSettings, scenario: Loaded) -> str:
    """Assert that HiGHS and another solver end alike: stage values to 1e-6, and the allocation to the cent.

    Where more projects are paid in full than a count asks for, which of them it counts is left open.
    Returns how both ended.
    """
    first, second = ended(scenario, SolverSettings()), ended(scenario, solver)
    if not isinstance(first, Plan) or not isinstance(second, Plan):
        assert isinstance(first, list)
        assert first == second
        return first[0][0]
    assert second.chain.unique == first.chain.unique
    assert _values(second) == pytest.approx(_values(first), rel=1e-6, abs=1e-6)
    free = np.setdiff1d(np.arange(len(first.chain.x)), first.model.choice_columns)
    assert np.allclose(second.chain.x[free], first.chain.x[free], rtol=0, atol=1e-6)
    assert allocation(second).equals(allocation(first))
    return "plan"


def _values(plan: Plan) -> Mapping[str, float]:
    return {stage.name: stage.value for stage in plan.chain.stages}


TIED = st.one_of(strategies.ties(), strategies.cases(), strategies.uneven())


@pytest.mark.parametrize("solver", THROUGH_PULP, ids=lambda solver: solver.solver)
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda path: path.name)
def test_every_shipped_scenario_has_the_same_plan_by_pulp(scenario: Path, solver: SolverSettings) -> None:
    """CBC as a process of its own, and HiGHS called by PuLP."""
    same_by(solver, load(scenario))


@settings(max_examples=15)
@given(TIED)
def test_highs_and_cbc_agree_where_much_is_tied(case: Case) -> None:
    """Scenarios with ties on purpose, with everything, and with optima off the whole units."""
    event(same_by(CBC, loaded(case)))


@pytest.mark.slow
@settings(max_examples=300)
@given(TIED)
def test_highs_and_cbc_agree_on_three_hundred_scenarios(case: Case) -> None:
    """The same as above with more draws."""
    event(same_by(CBC, loaded(case)))


def test_money_of_more_digits_than_cbc_prints_comes_out_to_the_cent() -> None:
    """CBC prints eight digits: of 98,765,432.17 万元 it would lose hundreds of yuan."""
    case = Case(
        {"f": fund(Decimal("98765432.17")), "g": fund(Decimal("1234567.89"), categories=["乡村建设行动"])},
        [
            project("A", Decimal("54321098.77"), benefit=54321098),
            project("B", Decimal("76543210.99"), benefit=70000000),
            project("C", Decimal("7654321.01"), "乡村建设行动", benefit=1),
        ],
        rules={
            "least": {
                "kind": "category_share",
                "categories": ["乡村建设行动"],
                "at_least": Decimal("0.0333"),
                "of": "spent",
            }
        },
    )
    assert same_by(CBC, loaded(case)) == "plan"


def program(
    matrix: Sequence[Sequence[float]], lower: Sequence[float], upper: Sequence[float], top: float = np.inf
) -> Program:
    """Return a programme with columns from 0 to ``top``."""
    dense = np.array(matrix, dtype=float).reshape(len(lower), len(matrix[0]) if matrix else 2)
    builder = ProgramBuilder()
    count = dense.shape[1]
    builder.add_columns(np.zeros(count), np.full(count, top), lambda: [f"x{j}" for j in range(count)])
    row, column = np.nonzero(dense)
    nonzeros = Triplets(row, column, dense[row, column])
    builder.add_rows(np.array(lower), np.array(upper), nonzeros, lambda: [f"r{i}" for i in range(len(lower))])
    return builder.build()


ENDINGS = {
    "infeasible": (program([[1, 1]], [5], [np.inf], top=2), [1, 1], Status.INFEASIBLE),
    "two rows against each other": (program([[1], [1]], [2, 0], [9, 1]), [1], Status.INFEASIBLE),
    "a row without columns": (program([[0, 0]], [1], [np.inf]), [1, 0], Status.INFEASIBLE),
    "unbounded": (program([[1, -1]], [0], [np.inf]), [-1, 0], Status.UNBOUNDED),
    "unbounded if it were feasible": (
        program([[1, -1], [1, 0], [1, 0]], [0, 2, 0], [9, 9, 1]),
        [0, -1],
        Status.INFEASIBLE,
    ),
    "no columns": (program([[]], [0], [1]), [], Status.OPTIMAL),
    "no columns, and a row that asks for some": (program([[]], [1], [1]), [], Status.INFEASIBLE),
    "a column in no row": (program([[1, 0]], [1], [4], top=3), [1, -1], Status.OPTIMAL),
    "no cost": (program([[1, 1]], [1], [4]), [0, 0], Status.OPTIMAL),
    "no rows": (program([], [], []), [1, 0], Status.OPTIMAL),
    "a row from -1 to 1": (program([[1, -1]], [-1], [1], top=3), [-1, 2], Status.OPTIMAL),
}


@pytest.mark.parametrize("solver", [SolverSettings(), *THROUGH_PULP], ids=lambda solver: solver.solver)
@pytest.mark.parametrize("ending", ENDINGS)
def test_each_ending_is_told_apart(ending: str, solver: SolverSettings) -> None:
    """What CBC calls infeasible or unbounded is decided by a second look; an optimum is certified."""
    stated, cost, status = ENDINGS[ending]
    face = Face.of(stated)
    found = solver_for(stated, solver).solve(np.array(cost, dtype=float), face)
    assert found.status is status
    if found.status.has_solution:
        assert checked(certificate(ending, stated, np.array(cost, dtype=float), face, found)).holds


def test_cbc_stopped_by_its_iterations_has_no_solution() -> None:
    """PuLP calls the point at which CBC stopped optimal; zxsim does not."""
    rng = np.random.default_rng(1)
    stated = program(rng.uniform(1, 2, (20, 30)).tolist(), [5.0] * 20, [np.inf] * 20)
    limited = SolverSettings(solver="cbc", iterations=1)
    assert solver_for(stated, limited).solve(np.ones(30), Face.of(stated)).status is Status.LIMIT


@pytest.mark.parametrize("solver", [SolverSettings(), *THROUGH_PULP], ids=lambda solver: solver.solver)
def test_whole_numbers_are_asked_only_of_the_columns_of_the_mask(solver: SolverSettings) -> None:
    """Of a + b ≤ 2.5, a whole: 2 and 0.5; with both whole: 2 and 0; from 2.2 on there is none."""
    matrix = sparse.csc_array(np.array([[1.0, 1.0]]))
    face = Face(np.zeros(2), np.full(2, 9.0), np.array([-np.inf]), np.array([2.5]))
    cost = np.array([-2.0, -1.0])
    found = solve_integer(cost, face, matrix, solver, integer=np.array([True, False]))
    assert (found.status, found.x.tolist()) == (Status.OPTIMAL, pytest.approx([2, 0.5]))
    found = solve_integer(cost, face, matrix, solver)
    assert (found.status, found.x.tolist()) == (Status.OPTIMAL, pytest.approx([2, 0]))
    assert found.bound == pytest.approx(-4)
    face.row_lower[0] = 2.2
    assert solve_integer(cost, face, matrix, solver).status is Status.INFEASIBLE


def test_a_solve_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither where CBC ends well nor where it fails."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    stated, cost, _ = ENDINGS["a row from -1 to 1"]
    solver_for(stated, CBC).solve(np.array(cost, dtype=float), Face.of(stated))
    monkeypatch.setattr("pulp.apis.coin_api.COIN_CMD.readsol_MPS", broken)
    with pytest.raises(InternalError):
        solver_for(stated, CBC).solve(np.array(cost, dtype=float), Face.of(stated))
    assert list(tmp_path.iterdir()) == []


def broken(*_: object) -> NoReturn:
    """Fail as a solver does whose file cannot be read."""
    raise PulpSolverError("unreadable")


def test_a_temporary_folder_with_a_blank_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PuLP splits the command of CBC at blanks: the current folder serves, or a message says so."""
    blank = tmp_path / "with blank"
    blank.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(blank))
    monkeypatch.chdir(tmp_path)
    stated, cost, _ = ENDINGS["a row from -1 to 1"]
    solver = solver_for(stated, CBC)
    assert solver.solve(np.array(cost, dtype=float), Face.of(stated)).status is Status.OPTIMAL
    monkeypatch.chdir(blank)
    with pytest.raises(UsageError) as caught:
        solver.solve(np.array(cost, dtype=float), Face.of(stated))
    assert caught.value.messages[0].code == "solver_folder"


def test_a_solver_without_duals_is_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """GLPK, for one, gives PuLP values only: nothing could be proved of them."""
    monkeypatch.setattr("pulp.LpProblem.assignVarsDj", lambda *_: None)
    stated, cost, _ = ENDINGS["a row from -1 to 1"]
    with pytest.raises(LimitError) as caught:
        solver_for(stated, CBC).solve(np.array(cost, dtype=float), Face.of(stated))
    assert caught.value.messages == (Message("solver_without_duals", {"given": "cbc"}),)


def test_a_whole_number_programme_that_cbc_calls_infeasible_at_first_is_solved() -> None:
    """CBC 2.10.3 cannot round this plan with its own preprocessing and cuts; it can without."""
    years = {2021: Decimal("35.05"), 2022: Decimal("49.99"), 2023: Decimal("34.02")}
    building, jobs, industry = "乡村建设行动", "就业项目", "产业发展"
    share = {"kind": "category_share", "of": "spent"}
    case = Case(
        {"all": fund(years), "earmark": fund(Decimal("4.15"), per_place=["v1", "v2", "v3"])},
        [
            project("果园", 38, building, "v1", benefit=76),
            project("B", 1, building, "v1", benefit=2),
            project("水", 14, industry, "v2", benefit=14),
            project("D", Decimal("1.95"), industry, "v1", benefit=1.95),
        ],
        years=(2021, 2023),
        places=[{"id": name, "name": name, "level": "village"} for name in ("v1", "v2", "v3")],
        rules={
            "cap": {**share, "categories": [jobs], "at_most": Decimal("0.07")},
            "least": {**share, "categories": [industry], "at_least": Decimal("0.05")},
            "rise": {"kind": "rising_share", "categories": [industry], "start": 0, "step": 0},
        },
    )
    assert same_by(CBC, loaded(case)) == "plan"


def test_a_whole_number_programme_of_which_cbc_cuts_off_the_optimum_is_solved() -> None:
    """With its clique cuts CBC 2.10.3 rounds this plan to 11.84 of change where 6.97 are enough."""
    years = {2021: Decimal("35.05"), 2022: 50, 2023: Decimal("34.02")}
    building, industry = "乡村建设行动", "产业发展"
    share = {"kind": "category_share", "of": "spent"}
    everywhere = "v1:0.333;v2:0.333;v3:0.334"
    case = Case(
        {"all": fund(years), "earmark": fund(Decimal("4.16"), per_place=["v1", "v2", "v3"])},
        [
            project("B", 50, building, "v1", benefit=100, beneficiary_persons=121),
            project("D", 1, building, "v1", benefit=2, beneficiary_persons=194),
            project("路", 14, industry, "v2", benefit=14, beneficiary_persons=98),
            project("果园", Decimal("15.65"), industry, everywhere, benefit=15.65, beneficiary_persons=119),
        ],
        years=(2021, 2023),
        places=[
            {"id": name, "name": name, "level": "village", "population": heads, "base_w": base}
            for name, heads, base in (("v1", 300, 0.12), ("v2", 1500, 0.6), ("v3", 1050, 0.42))
        ],
        rules={
            "cap": {**share, "categories": ["就业项目"], "at_most": Decimal("0.21")},
            "least": {**share, "categories": [industry], "at_least": Decimal("0.18")},
            "rise": {
                "kind": "rising_share",
                "categories": [industry],
                "start": 0,
                "step": Decimal("0.01"),
            },
        },
        **strategies.WATER,
        targets={
            "w": {
                "indicator": "w",
                "each": "village",
                "relation": ">=",
                "value": Decimal("0.3"),
                "tier": 3,
            }
        },
    )
    assert same_by(CBC, loaded(case)) == "plan"


def test_a_crash_of_the_solver_is_no_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole numbers are tried again another way; when every way fails, the error names the solver."""
    read, calls = COIN_CMD.readsol_MPS, []

    def first_time_broken(*arguments: object) -> object:
        calls.append(arguments)
        return broken() if len(calls) == 1 else read(*arguments)

    monkeypatch.setattr(COIN_CMD, "readsol_MPS", first_time_broken)
    matrix = sparse.csc_array(np.array([[1.0, 1.0]]))
    face = Face(np.zeros(2), np.full(2, 9.0), np.array([-np.inf]), np.array([2.5]))
    assert solve_integer(np.array([-2.0, -1.0]), face, matrix, CBC).x.tolist() == [2, 0]
    monkeypatch.setattr(COIN_CMD, "readsol_MPS", broken)
    with pytest.raises(InternalError) as caught:
        solve_integer(np.array([-2.0, -1.0]), face, matrix, CBC)
    assert caught.value.messages[0].fields["status"] == "cbc: unreadable"
