"""``import zxsim``: the commands as methods, shown in a notebook."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

import zxsim
from tests.notebook import Notebook
from zxsim import library
from zxsim.cli import app

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "docs" / "zxsim-as-a-library.ipynb"
DEMO = ROOT / "scenarios" / "published-library"
LIGHT = (
    "import sys, zxsim; assert not {'numpy', 'polars', 'zxsim.api'} & set(sys.modules), sys.modules.keys()"
)

DOORS: dict[str, list[Callable[..., object]]] = {
    "calibrate": [zxsim.Scenario.calibrate],
    "compare": [zxsim.SavedRun.compare],
    "evaluate": [zxsim.Scenario.evaluate],
    "explain": [zxsim.Scenario.explain, zxsim.SavedRun.explain],
    "export": [zxsim.SavedRun.export],
    "import": [zxsim.import_sheets],
    "new": [zxsim.new_scenario],
    "optimize": [zxsim.Scenario.optimize],
    "replan": [zxsim.Scenario.replan],
    "report": [zxsim.SavedRun.report],
    "runs": [zxsim.list_runs],
    "schema": [zxsim.scenario_schema],
    "simulate": [zxsim.Scenario.simulate, zxsim.SavedRun.simulate],
    "sweep": [zxsim.Scenario.sweep],
    "validate": [zxsim.Scenario.validate],
    "verify": [zxsim.SavedRun.verify],
}
"""Of each command, what does the same."""


def test_every_command_has_its_door() -> None:
    """A new command needs one too."""
    group: Any = typer.main.get_command(app)
    assert sorted(DOORS) == sorted(group.commands)


def test_importing_is_quick() -> None:
    """Nothing heavy is imported before it is used."""
    subprocess.run([sys.executable, "-c", LIGHT], check=True, cwd=ROOT)


def test_the_names_of_the_package_are_those_of_the_library() -> None:
    """What is exported is there; what is not there is no attribute."""
    assert set(zxsim.__all__) == {*library.__all__, "__version__"}
    assert all(getattr(zxsim, name) is getattr(library, name) for name in library.__all__)
    assert dir(zxsim) == sorted(zxsim.__all__)
    with pytest.raises(AttributeError, match="optimise"):
        zxsim.optimise  # noqa: B018 (what is tested)


def test_the_notebook_shows_what_it_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run from an empty folder; ``ZXSIM_UPDATE_EXPECTED=1`` rewrites the outputs."""
    notebook = Notebook(NOTEBOOK)
    monkeypatch.chdir(tmp_path)
    found = notebook.run()
    if os.environ.get("ZXSIM_UPDATE_EXPECTED"):
        notebook.write(found)
    assert found == notebook.outputs
    assert all(
        (tmp_path / name).is_file() for name in ("changes.xlsx", "plan.xlsx", "plan.html", "allocation.csv")
    )


def test_the_first_cell_is_five_lines() -> None:
    """What is promised, beside the import."""
    lines = [line for line in Notebook(NOTEBOOK).sources[0].splitlines() if line]
    assert lines[0] == "import zxsim"
    assert len(lines) == 6


@pytest.mark.slow
def test_a_type_checker_knows_the_types_of_the_notebook(tmp_path: Path) -> None:
    """A user's strict mypy, without the settings of this project, finds the types and what is wrong."""
    assert (ROOT / "zxsim" / "py.typed").is_file()
    lines = Notebook(NOTEBOOK).sources
    checks = ["reveal_type(run)", "reveal_type(targets)", "reveal_type(changes)", 'run.tabel("targets")']
    script = tmp_path / "script.py"
    script.write_text("\n".join([*lines, *checks]), encoding="utf-8")
    cache = ROOT / ".mypy_cache" / "alone"
    mypy = [
        sys.executable,
        "-m",
        "mypy",
        "--config-file",
        os.devnull,
        "--strict",
        "--follow-imports",
        "silent",
    ]
    mypy += ["--cache-dir", str(cache), str(script)]
    environment = {**os.environ, "MYPYPATH": str(ROOT)}
    ended = subprocess.run(mypy, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    told = [line.split(": ", 1)[1] for line in ended.stdout.splitlines() if ": " in line]
    assert [line for line in told if line.startswith("note: Revealed")] == [
        'note: Revealed type is "zxsim.library_runs.SavedRun"',
        'note: Revealed type is "polars.dataframe.frame.DataFrame"',
        'note: Revealed type is "zxsim.whatif.comparison.Comparison"',
    ]
    assert [line for line in told if line.startswith("error")] == [
        'error: "SavedRun" has no attribute "tabel"  [attr-defined]'
    ], ended.stdout


def test_an_error_has_its_sentences_as_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the language of the command line."""
    monkeypatch.setenv("ZXSIM_LANG", "en")
    with pytest.raises(zxsim.ZxsimError) as caught:
        zxsim.Scenario(DEMO, "fund.connection.amunt_wan=1").validate()
    assert caught.value.__notes__ == zxsim.sentences(caught.value.messages, "en")
    assert "did you mean" in caught.value.__notes__[0]
    monkeypatch.delenv("ZXSIM_LANG")
    with pytest.raises(zxsim.ZxsimError) as caught:
        zxsim.SavedRun(DEMO)
    assert caught.value.__notes__ == zxsim.sentences(caught.value.messages, "zh")


def test_an_option_that_there_is_not_is_refused(tmp_path: Path) -> None:
    """Nothing is left out in silence, and nothing is written."""
    with pytest.raises(TypeError, match=r"optimize.*'replication'; did you mean 'replications'\?"):
        zxsim.Scenario(DEMO).optimize(results=tmp_path / "r", replication=3)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"simulate.*'solver'"):
        zxsim.Scenario(DEMO).simulate(solver="cbc")  # type: ignore[call-arg]
    assert not (tmp_path / "r").exists()


def test_what_is_written_can_be_opened_again(tmp_path: Path) -> None:
    """A run and a sweep by their folders; a run of a run is one of its own."""
    scenario = zxsim.new_scenario(tmp_path / "mine")
    run = scenario.optimize(results=tmp_path / "results", solver="highs")
    assert zxsim.SavedRun(str(run.folder)).table("allocation").equals(run.table("allocation"))
    assert zxsim.list_runs(tmp_path / "results").runs["run"].to_list() == [str(run.folder)]
    swept = scenario.sweep("fund.connection.amount_wan=100,200", results=tmp_path / "results", workers=1)
    swept.export(tmp_path / "points.csv")
    assert (tmp_path / "points.csv").read_text(encoding="utf-8-sig").count("\n") == 3
    assert zxsim.SavedSweep(swept.folder).points.equals(swept.points)
    assert repr(scenario.changed("a=1")) == f"Scenario({str(tmp_path / 'mine')!r}, 'a=1')"


SCRIPT = """
import sys
from zxsim.simulate.workers import workers

print("the script runs", sys.argv[1:])
with workers(2) as team:
    print("a worker answers", team.start().submit(len, "five").result())
"""


def test_a_script_of_a_few_lines_runs_once(tmp_path: Path) -> None:
    """Its workers do not run it again, though it stands under no ``if __name__ == "__main__"``."""
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    command, environment = [sys.executable, "script.py", "given"], {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.stderr == ""
    assert ended.stdout.splitlines() == ["the script runs ['given']", "a worker answers 4"]
