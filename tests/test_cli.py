"""The command line end to end, on the shipped demo and on what a user may get wrong."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from zxsim.cli import run
from zxsim.errors import InternalError, Message

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "scenarios" / "published-library"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(name="demo_run")
def _demo_run(tmp_path: Path, capsys: Capture) -> Path:
    assert run(["optimize", str(DEMO), "--results", str(tmp_path), "--json"]) == 0
    return Path(json.loads(capsys.readouterr().out)["run"])


def test_optimize_prints_one_line_of_json_and_nothing_else(tmp_path: Path, capsys: Capture) -> None:
    """``--json`` gives status, run, stages, benefit and spent_wan on standard output, and nothing else."""
    assert run(["optimize", str(DEMO), "--results", str(tmp_path), "--json", "--no-simulate"]) == 0
    printed = capsys.readouterr()
    summary = json.loads(printed.out)
    assert printed.out.count("\n") == 1
    assert printed.err == ""
    assert summary["status"] == "optimal"
    assert [stage["name"] for stage in summary["stages"]] == ["benefit", "unallocated", "order", "unique"]
    assert summary["spent_wan"] == 5810.80
    assert Path(summary["run"], "run.json").is_file()


@pytest.mark.parametrize(("language", "words"), [("zh", "按项目库顺序"), ("en", "in library order")])
def test_the_screen_speaks_the_language_asked_for(
    language: str, words: str, tmp_path: Path, capsys: Capture
) -> None:
    """The summary fits a screen and is in Chinese, or in English with ``--lang en``."""
    assert run(["optimize", str(DEMO), "--results", str(tmp_path), "--lang", language]) == 0
    screen = capsys.readouterr().out
    assert words in screen
    assert "52.00" in screen
    assert len(screen.splitlines()) <= 40


def test_quiet_prints_nothing(tmp_path: Path, capsys: Capture) -> None:
    """``--quiet`` writes the run and prints nothing."""
    assert run(["optimize", str(DEMO), "--results", str(tmp_path), "--quiet"]) == 0
    assert capsys.readouterr().out == ""
    assert list(tmp_path.glob("published-library/2*/run.json"))


def test_verify_passes_on_a_fresh_run_and_fails_on_a_changed_one(demo_run: Path, capsys: Capture) -> None:
    """``verify`` ends with 0 on what ``optimize`` wrote and with 7 after one cent was moved."""
    assert run(["verify", str(demo_run)]) == 0
    table = demo_run / "allocation.csv"
    first, *rest = table.read_text(encoding="utf-8").splitlines()
    cells = rest[0].split(",")
    cells[-1] = f"{float(cells[-1]) + 0.01:.2f}"
    table.write_text("\n".join([first, ",".join(cells), *rest[1:]]) + "\n", encoding="utf-8")
    capsys.readouterr()
    assert run(["verify", str(demo_run), "--json"]) == 7
    assert json.loads(capsys.readouterr().out)["status"] == "different"


def test_export_writes_csv_for_excel_and_parquet(demo_run: Path, tmp_path: Path, capsys: Capture) -> None:
    """The CSV has a BOM, Chinese headings and names; the Parquet has the same amounts."""
    assert run(["export", str(demo_run), "--to", str(tmp_path / "分配.csv")]) == 0
    assert run(["export", str(demo_run), "--to", str(tmp_path / "a.parquet")]) == 0
    capsys.readouterr()
    raw = (tmp_path / "分配.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    table = pl.read_csv(raw)
    assert table.columns[:2] == ["项目编号", "项目名称"]
    assert table["x_source"].null_count() == 0
    typed = pl.read_parquet(tmp_path / "a.parquet")
    assert typed["amount_wan"].round(2).to_list() == table["金额（万元）"].to_list()
    assert not list(tmp_path.glob(".unfinished*"))


def test_a_file_that_is_replaced_is_said_to_be(demo_run: Path, tmp_path: Path, capsys: Capture) -> None:
    """By ``export`` and ``report``, in both languages and as data; nothing of it the first time."""
    for command, to in (("export", tmp_path / "a.csv"), ("report", tmp_path / "a.html")):
        arguments = [command, str(demo_run), "--to", str(to)]
        said = []
        for more in (["--json"], ["--json"], [], ["--lang", "en"]):
            assert run([*arguments, *more]) == 0
            said.append(capsys.readouterr().out)
        assert [json.loads(text)["replaced"] for text in said[:2]] == [False, True]
        assert "替换了原有文件" in said[2]
        assert "an existing file was replaced" in said[3]
        to.unlink()
        assert run(arguments) == 0
        assert "替换" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["optimise"], 2, "optimise"),
        (["optimize"], 2, "scenario"),
        (["optimize", "x", "--frob"], 2, "--frob"),
        (["optimize", "x", "--solver", "cplex"], 2, "cplex"),
        (["optimize", "nowhere"], 3, "nowhere"),
        (["verify", "nowhere"], 3, "nowhere"),
        (["export", "nowhere", "--to", "a.csv"], 3, "nowhere"),
    ],
)
def test_a_wrong_command_line_is_answered_in_words(
    arguments: list[str], code: int, words: str, capsys: Capture
) -> None:
    """Usage errors end with 2, missing files with 3, both naming what was given and without a traceback."""
    assert run(arguments) == code
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said


def test_an_export_of_an_unknown_table_or_format_names_what_there_is(demo_run: Path, capsys: Capture) -> None:
    """Both faults are told at once, with what is allowed."""
    assert run(["export", str(demo_run), "--to", "a.docx", "--table", "alocation", "--lang", "en"]) == 3
    said = capsys.readouterr().err
    assert "did you mean allocation?" in said
    assert "write .xlsx" in said


def test_a_limit_before_there_is_a_plan_ends_with_5(tmp_path: Path, capsys: Capture) -> None:
    """One iteration is not enough: exit 5, nothing written."""
    results = tmp_path / "results"
    assert run(["optimize", str(DEMO), "--results", str(results), "--iterations", "1", "--json"]) == 5
    assert json.loads(capsys.readouterr().out)["status"] == "limit"
    assert not results.exists()


def test_results_that_cannot_be_written_are_a_fault_in_words(tmp_path: Path, capsys: Capture) -> None:
    """A file in the way of the results folder ends with 3."""
    (tmp_path / "results").write_text("", encoding="utf-8")
    assert run(["optimize", str(DEMO), "--results", str(tmp_path / "results")]) == 3
    assert "results" in capsys.readouterr().err


def test_help_imports_nothing_heavy() -> None:
    """``zxsim --help`` must stay quick: no numpy, polars, pydantic or HiGHS."""
    script = (
        "import sys; from zxsim.cli import run; run(['--help']);"
        "print(sorted({'numpy', 'polars', 'pydantic', 'highspy', 'scipy', 'tomlkit'} & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"


def test_an_unexpected_error_is_a_sentence_and_exit_1(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A defect of zxsim itself never shows a traceback to a planner."""

    def broken(*_: object, **__: object) -> Callable[[], None]:
        raise RuntimeError("boom")

    monkeypatch.setattr("zxsim.api.validate", broken)
    assert run(["validate", str(DEMO)]) == 1
    assert capsys.readouterr().err == "内部错误（RuntimeError）：boom\n"


def test_an_interrupt_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """Ctrl-C says that nothing was written."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("zxsim.api.validate", interrupted)
    assert run(["validate", str(DEMO)]) == 130
    assert "中断" in capsys.readouterr().err


def test_a_model_that_zxsim_cannot_handle_is_written_beside_the_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """An unbounded or uncertified model is an internal error, and its LP text is kept for the report."""

    def unbounded(*_: object, **__: object) -> None:
        raise InternalError([Message("unbounded", {"stage": "benefit"})])

    monkeypatch.setattr("zxsim.optimize.plan.best", unbounded)
    assert run(["optimize", str(DEMO), "--results", str(tmp_path)]) == 1
    assert "internal-error.lp" in capsys.readouterr().err
    assert "budget(connection,2021)" in (tmp_path / "internal-error.lp").read_text(encoding="utf-8")
    assert not list(tmp_path.glob("published-library/*"))


def test_a_text_that_a_spreadsheet_would_run_is_defused(tmp_path: Path, capsys: Capture) -> None:
    """A project named like a formula is exported as text; the run itself keeps the name as it is."""
    formula = "project.P001.name=\"=cmd|' /C calc'!A0\""
    assert run(["optimize", str(DEMO), "--set", formula, "--results", str(tmp_path), "--json"]) == 0
    folder = Path(json.loads(capsys.readouterr().out)["run"])
    assert run(["export", str(folder), "--to", str(tmp_path / "a.csv")]) == 0
    assert pl.read_csv(tmp_path / "a.csv")["项目名称"][0].startswith("'=cmd")
    assert "'=cmd" not in (folder / "inputs" / "projects.csv").read_text(encoding="utf-8")


def test_an_export_cannot_overwrite_the_run(demo_run: Path, capsys: Capture) -> None:
    """The run folder is evidence: nothing is exported into it."""
    before = (demo_run / "allocation.csv").read_bytes()
    assert run(["export", str(demo_run), "--to", str(demo_run / "allocation.csv")]) == 3
    assert (demo_run / "allocation.csv").read_bytes() == before
    assert "allocation.csv" in capsys.readouterr().err


def test_an_exported_table_of_rules_is_in_the_words_of_the_reader(demo_run: Path, tmp_path: Path) -> None:
    """Headings, kinds, units and yes or no are Chinese; ``--lang en`` gives English."""
    for language, kind, binding in (("zh", "占比逐年提高", "是"), ("en", "rising share", "yes")):
        file = tmp_path / f"{language}.csv"
        assert run(["export", str(demo_run), "--table", "rules", "--to", str(file), "--lang", language]) == 0
        row = pl.read_csv(file).row(5)
        assert kind in row
        assert binding in row


@pytest.mark.parametrize(
    ("language", "shown", "hidden"), [("zh", "选项：", "Options"), ("en", "Options:", "选项")]
)
def test_help_is_in_one_language(language: str, shown: str, hidden: str) -> None:
    """Headings and option texts of ``--help`` are all Chinese, or all English with ``--lang en``."""
    command = [sys.executable, "-m", "zxsim", "optimize", "--lang", language, "--help"]
    said = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert shown in said
    assert hidden not in said
