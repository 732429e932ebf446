"""What PuLP writes as LP or MPS is, read back, the programme of the arrays, and names read as the policy."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import highspy
import numpy as np
import pytest
from hypothesis import assume, given, settings

from tests import strategies
from tests.optimize.test_golden_lp import GOLDEN, TEXTS, model_of
from tests.scenarios import Case, fund, project
from zxsim.cli import run
from zxsim.core.layout import FloatArray
from zxsim.core.program import Program, ProgramBuilder, Triplets, program_text
from zxsim.optimize.build import build
from zxsim.optimize.exchange import distinct
from zxsim.optimize.highs import LinearSolver
from zxsim.optimize.pulp import write_model
from zxsim.optimize.solution import Face, SolverSettings
from zxsim.schema.load import load

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "scenarios" / "changjiang"
ENDINGS = [".lp", ".mps"]
DIGITS = 1e-11
"""PuLP writes 12 digits of each number."""

Numbers = dict[tuple[str, str], float]


def test_a_table_cannot_be_named_for_a_model(tmp_path: Path) -> None:
    """It is refused as a slip of the command line: exit 2, nothing written."""
    assert (
        run(["optimize", str(DEMO), "--results", str(tmp_path / "results"), "--quiet", "--no-simulate"]) == 0
    )
    run_folder = next((tmp_path / "results").glob("*/*"))
    to = tmp_path / "m.lp"
    assert run(["export", str(run_folder), "--to", str(to), "--table", "rules"]) == 2
    assert not to.exists()


def read(path: Path) -> highspy.HighsLp:
    """Read a model file by HiGHS."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)  # noqa: FBT003 (HiGHS' own signature)
    assert highs.readModel(str(path)) == highspy.HighsStatus.kOk
    lp: highspy.HighsLp = highs.getLp()
    return lp


def numbers(lp: highspy.HighsLp) -> Numbers:
    """All that a programme consists of, by names: coefficients, costs, bounds, and what is whole."""
    columns, rows = distinct(lp.col_names_), distinct(lp.row_names_)
    found: Numbers = {}
    for j, column in enumerate(columns):
        for k in range(lp.a_matrix_.start_[j], lp.a_matrix_.start_[j + 1]):
            if lp.a_matrix_.value_[k]:
                found[rows[lp.a_matrix_.index_[k]], column] = lp.a_matrix_.value_[k]
        found["cost", column] = lp.col_cost_[j]
        found["lower", column], found["upper", column] = lp.col_lower_[j], lp.col_upper_[j]
        whole = bool(lp.integrality_) and lp.integrality_[j] == highspy.HighsVarType.kInteger
        found["whole", column] = float(whole)
    for i, row in enumerate(rows):
        found["row lower", row], found["row upper", row] = lp.row_lower_[i], lp.row_upper_[i]
    return found


def assert_same(found: Numbers, wanted: Numbers) -> None:
    """Assert that two programmes have the same names and, to twelve digits, the same numbers."""
    assert found.keys() == wanted.keys()
    differing = {
        key: (found[key], wanted[key])
        for key in wanted
        if found[key] != wanted[key] and abs(found[key] - wanted[key]) > DIGITS * abs(wanted[key])
    }
    assert not differing


def assert_written_alike(program: Program, cost: FloatArray, *endings: str) -> None:
    """Assert that PuLP's files and ``program_text`` are read back as the same programme."""
    with TemporaryDirectory() as folder:
        own = Path(folder) / "own.lp"
        own.write_text(program_text(program, cost), encoding="utf-8")
        wanted = numbers(read(own))
        for ending in endings:
            path = Path(folder) / f"pulp{ending}"
            write_model(program, cost, path, "benefit", "a folder")
            assert_same(numbers(read(path)), wanted)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", TEXTS)
def test_the_file_of_every_kind_of_rule_is_its_golden_text(name: str, ending: str, tmp_path: Path) -> None:
    """The golden texts are compared with the arrays elsewhere, digit by digit."""
    model = model_of(TEXTS[name])
    path = tmp_path / f"a{ending}"
    write_model(model.program, model.costs["benefit"], path, "benefit", "demo")
    assert_same(numbers(read(path)), numbers(read(GOLDEN / f"{name}.lp")))


@settings(max_examples=40)
@given(strategies.cases())
def test_the_files_of_a_scenario_are_its_programme(case: Case) -> None:
    """Rules, targets and effects of every kind."""
    model = model_of(case)
    assume(len(model.program.column_lower))  # PuLP adds a column where there is none, see below
    assert_written_alike(model.program, model.costs["benefit"], *ENDINGS)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_programme_without_columns_gets_one_that_is_nothing(ending: str, tmp_path: Path) -> None:
    """An LP file must have a column; PuLP's stands in every row, so that only its name is to be known."""
    rules = {"none": {"kind": "eligibility", "where": {"name": ["nobody"]}}}
    model = model_of(Case({"f": fund(1)}, [project("A", 1, benefit=1)], rules=rules))
    assert not len(model.program.column_lower)
    write_model(model.program, model.costs["benefit"], tmp_path / f"a{ending}", "benefit", "demo")
    assert "__dummy" in (tmp_path / f"a{ending}").read_text(encoding="utf-8")


def whole_numbers() -> tuple[Program, FloatArray]:
    """Whole columns of three kinds beside a free one, a range, a row and a column without numbers."""
    builder = ProgramBuilder()
    builder.add_columns(np.zeros(2), np.ones(2), lambda: ["y(甲)", "y(乙)"], integer=True)
    builder.add_columns(np.array([-2.0]), np.array([9.0]), lambda: ["z(甲,2021)"], integer=True)
    builder.add_columns(np.array([-np.inf]), np.array([np.inf]), lambda: ["state(a)"])
    builder.add_columns(np.array([-np.inf, 1.5]), np.array([4.0, 1.5]), lambda: ["over(a)", "alone(a)"])
    nonzeros = Triplets(np.array([0, 0, 1, 1]), np.array([0, 2, 3, 4]), np.array([1.0, -3.5, 1 / 3, 1.0]))
    builder.add_rows(
        np.array([-1.0, 0.0, -np.inf]),
        np.array([1.0, 0.0, 5.0]),
        nonzeros,
        lambda: ["range(a)", "even(a)", "empty(a)"],
    )
    return builder.build(), np.array([1.0, 0, -2.0, 0, 0, 0])


def test_whole_columns_ranges_and_what_is_empty_are_written_alike() -> None:
    """``general`` and ``Binaries``, a range as two rows, a row and a column that stand alone."""
    program, cost = whole_numbers()
    assert program.integer.tolist() == [True] * 3 + [False] * 3
    assert "general\n y(甲)\n y(乙)\n z(甲,2021)\nend" in program_text(program, cost)
    assert_written_alike(program, cost, *ENDINGS)


def test_names_that_pulp_would_make_one_stay_apart() -> None:
    """Letters that no LP file takes become ``_``; a number behind tells equal ones apart."""
    names = ["x(P,v,a+b,2021)", "x(P,v,a_b,2021)", "x(P,v,a-b,2021)", "长" * 300, "长" * 301]
    found = distinct(names)
    assert found[:3] == ["x(P,v,a_b,2021)", "x(P,v,a_b,2021)~2", "x(P,v,a_b,2021)~3"]
    assert len(set(found)) == 5
    assert max(map(len, found)) <= 255


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_exported_model_of_a_run_has_its_benefit_and_names(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rebuilt from the inputs of the run; solved by whoever reads it, it gives the benefit stage."""
    assert run(["optimize", str(DEMO), "--results", str(tmp_path), "--json", "--no-simulate"]) == 0
    folder = Path(json.loads(capsys.readouterr().out)["run"])
    to = tmp_path / f"计划{ending}"
    assert run(["export", str(folder), "--to", str(to)]) == 0
    text = to.read_text(encoding="utf-8")
    assert "rising_share(industry_share,2022)" in text
    assert "changjiang" in text
    assert "benefit" in text
    scenario = load(DEMO)
    model = build(scenario.spec, scenario.layout)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)  # noqa: FBT003 (HiGHS' own signature)
    highs.readModel(str(to))
    highs.run()
    cost = model.costs["benefit"]
    best = LinearSolver(model.program, SolverSettings()).solve(cost, Face.of(model.program)).objective
    assert highs.getObjectiveValue() == pytest.approx(best, rel=1e-9)
    assert not list(tmp_path.glob(".unfinished*"))


def test_a_model_goes_neither_into_the_run_nor_where_nothing_can_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are faults of data, in words, and leave nothing."""
    assert run(["optimize", str(DEMO), "--results", str(tmp_path), "--json", "--no-simulate"]) == 0
    folder = Path(json.loads(capsys.readouterr().out)["run"])
    assert run(["export", str(folder), "--to", str(folder / "plan.lp")]) == 3
    assert run(["export", str(folder), "--to", str(tmp_path / "nowhere" / "plan.lp")]) == 3
    assert "plan.lp" in capsys.readouterr().err
    assert not list(tmp_path.rglob("*plan.lp"))


def test_the_code_page_of_the_computer_does_not_matter(tmp_path: Path) -> None:
    """PuLP opens its files in the local code page; these are UTF-8 even where that is ASCII."""
    script = (
        "import sys; from pathlib import Path; from tests.optimize.test_model_files import whole_numbers;"
        "from zxsim.optimize.pulp import write_model; import locale; print(locale.getpreferredencoding());"
        "write_model(*whole_numbers(), Path(sys.argv[1]), 'benefit', 'demo')"
    )
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    path = tmp_path / "a.lp"
    command = [sys.executable, "-X", "utf8=0", "-c", script, str(path)]
    ended = subprocess.run(command, env={**os.environ, **plain}, cwd=ROOT, capture_output=True, check=True)
    assert ended.stdout.split() == [b"ANSI_X3.4-1968"] or sys.platform != "linux"
    assert "y(甲)" in path.read_bytes().decode("utf-8")
