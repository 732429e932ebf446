"""``--solver NAME`` on the command line, end to end, in both languages."""

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.scenarios import Case, fund, project, write
from zxsim import api
from zxsim.cli import run
from zxsim.errors import UsageError

DEMO = Path(__file__).parent.parent / "scenarios" / "changjiang"
Capture = pytest.CaptureFixture[str]


def run_with(solver: str, results: Path, capsys: Capture) -> Path:
    """Optimise the demo and return the folder of the run."""
    arguments = [
        "optimize",
        str(DEMO),
        "--results",
        str(results),
        "--solver",
        solver,
        "--json",
        "--no-simulate",
    ]
    assert run(arguments) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return Path(json.loads(printed.out)["run"])


@pytest.mark.parametrize("solver", ["cbc", "PULP_CBC_CMD", "HiGHS", "highs-ipm"])
def test_another_solver_writes_the_same_allocation_and_says_its_name(
    solver: str, tmp_path: Path, capsys: Capture
) -> None:
    """The tables are those of HiGHS, the run verifies, and run.json tells what solved it."""
    first, second = run_with("highs", tmp_path, capsys), run_with(solver, tmp_path, capsys)
    for table in ("allocation", "rules", "targets", "by_year"):
        left, right = (pl.read_parquet(folder / f"{table}.parquet") for folder in (first, second))
        assert left.equals(right), table
    assert run(["verify", str(second)]) == 0
    told = json.loads((second / "run.json").read_text(encoding="utf-8"))["solver"]
    if solver == "highs-ipm":
        assert (told["name"], told["method"]) == ("highs", "ipm")
    else:
        assert told["name"] == solver
        assert told["pulp"].startswith("3.")
        assert all(part.isdigit() for part in told["version"].split("."))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_screen_of_cbc_is_the_screen_of_highs(language: str, tmp_path: Path, capsys: Capture) -> None:
    """Nothing on it depends on who solved, but for the folder of the run."""
    screens = []
    for solver in ("highs", "cbc"):
        arguments = [
            "optimize",
            str(DEMO),
            "--solver",
            solver,
            "--lang",
            language,
            "--results",
            str(tmp_path),
            "--no-simulate",
        ]
        assert run(arguments) == 0
        lines = capsys.readouterr().out.splitlines()
        screens.append([line for line in lines if str(tmp_path) not in line and "Z-" not in line])
    assert screens[0] == screens[1]
    assert len(screens[0]) > 5


WORDS = {
    ("CBC", "zh"): "没有求解器 CBC；可写：highs、highs-ipm、cbc、",
    ("CBC", "en"): "no such solver: CBC; allowed: highs, highs-ipm, cbc, ",
    (
        "GLPK_CMD",
        "zh",
    ): "求解器 GLPK_CMD 没有安装在这台电脑上；已安装：highs、highs-ipm、cbc、PULP_CBC_CMD、HiGHS\n",
    ("GLPK_CMD", "en"): (
        "solver GLPK_CMD is not installed here; installed: highs, highs-ipm, cbc, PULP_CBC_CMD, HiGHS\n"
    ),
}


@pytest.mark.parametrize(("solver", "language"), WORDS)
def test_a_solver_that_is_unknown_or_not_installed_is_refused_before_anything_is_read(
    solver: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Exit 2, and the scenario need not even be there."""
    here = ["PULP_CBC_CMD", "HiGHS"]
    every = ["GLPK_CMD", *here]
    monkeypatch.setattr("pulp.listSolvers", lambda onlyAvailable=False: here if onlyAvailable else every)  # noqa: N803
    results = tmp_path / "results"
    arguments = ["optimize", "nowhere", "--solver", solver, "--results", str(results), "--lang", language]
    assert run(arguments) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(WORDS[solver, language])
    assert printed.out == ""
    assert not results.exists()


@pytest.mark.parametrize(
    ("given", "near"), [("CBC", "cbc"), ("cplex", "CPLEX_"), ("higs", "highs"), ("glpk_cmd", "GLPK_CMD")]
)
def test_the_nearest_solver_is_named_whatever_the_case_of_letters(
    given: str, near: str, capsys: Capture
) -> None:
    """Names of PuLP mix capital and small letters."""
    assert run(["optimize", "nowhere", "--solver", given, "--lang", "en"]) == 2
    assert f"did you mean {near}" in capsys.readouterr().err


def test_a_limit_is_refused_for_a_solver_that_takes_none(capsys: Capture) -> None:
    """PuLP has no common word for iterations and nodes."""
    assert run(["optimize", "nowhere", "--solver", "HiGHS", "--nodes", "5", "--lang", "en"]) == 2
    assert "HiGHS takes no limit" in capsys.readouterr().err
    with pytest.raises(UsageError):
        api.settings_for("HiGHS", iterations=5)


def test_cbc_ends_with_5_at_a_limit_and_with_4_where_there_is_no_plan(
    tmp_path: Path, capsys: Capture
) -> None:
    """The same exit codes and words as by HiGHS, and nothing is written."""
    floor = {"kind": "category_share", "categories": ["产业发展"], "at_least": 0.5}
    case = Case({"f": fund(10)}, [project("A", 20, "其他", benefit=1)], rules={"floor": floor})
    folder, results = write(case, tmp_path / "case"), tmp_path / "results"
    said = []
    for solver in ("highs", "cbc"):
        assert run(["optimize", str(folder), "--solver", solver, "--results", str(results)]) == 4
        said.append(capsys.readouterr().err)
    assert said[0] == said[1]
    limited = ["optimize", str(DEMO), "--solver", "cbc", "--iterations", "1", "--results", str(results)]
    assert run(limited) == 5
    assert not results.exists()


def test_pulp_is_imported_only_where_it_is_asked_for() -> None:
    """A plan by HiGHS needs no PuLP."""
    script = (
        "import sys; from pathlib import Path; from zxsim import api;"
        f"api.optimize(Path({str(DEMO)!r}), results=None); print('pulp' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["False"]


def test_limits_that_were_asked_for_are_told_and_asked_for_again(tmp_path: Path, capsys: Capture) -> None:
    """run.json holds them, the page repeats them, and a comparison tells where they differ."""
    results, page = ["--results", str(tmp_path / "r"), "--json"], tmp_path / "page.html"
    folders = []
    for limits in ([], ["--nodes", "500", "--gap", "0.01", "--iterations", "9999"]):
        assert run(["optimize", str(DEMO), *results, *limits]) == 0
        folders.append(json.loads(capsys.readouterr().out)["run"])
    told = [
        json.loads((Path(folder) / "run.json").read_text(encoding="utf-8"))["solver"] for folder in folders
    ]
    assert told[1] == {**told[0], "iterations": 9999, "nodes": 500, "gap": 0.01}
    assert run(["report", folders[1], "--to", str(page)]) == 0
    assert "--iterations 9999 --nodes 500 --gap 0.01" in page.read_text(encoding="utf-8")
    assert run(["compare", *folders, "--lang", "en"]) == 0
    assert "run.solver.nodes" in capsys.readouterr().out
