"""One kind of fault a folder in tests/bad_inputs: its command, and the words and exit code expected."""

import os
from pathlib import Path

import pytest

from zxsim.cli import run

FOLDERS = sorted(path for path in (Path(__file__).parent / "bad_inputs").iterdir() if path.is_dir())


def test_there_are_enough_kinds_of_fault() -> None:
    """At least 40 kinds of broken folder are kept."""
    assert len(FOLDERS) >= 40


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_broken_folder_is_refused_in_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each fault ends with its exit code and says, in zh and en, where it is and what is allowed."""
    monkeypatch.chdir(folder)
    command = (folder / "command.txt").read_text(encoding="utf-8").splitlines()
    said = []
    for language in ("zh", "en"):
        code = run(["validate", *command, "--lang", language])
        printed = capsys.readouterr()
        assert printed.out == ""
        said.append(printed.err)
    found = f"exit {code}\n{said[0]}\n{said[1]}"
    expected = folder / "expected.txt"
    if os.environ.get("ZXSIM_UPDATE_EXPECTED"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_optimize_leaves_nothing_behind_on_a_fault(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A refused scenario writes no run, not even an empty folder."""
    monkeypatch.chdir(folder)
    command = (folder / "command.txt").read_text(encoding="utf-8").splitlines()
    results = tmp_path / "results"
    code = run(["optimize", *command, "--results", str(results)])
    assert code == int((folder / "expected.txt").read_text(encoding="utf-8").split()[1])
    assert not results.exists()
    assert "Traceback" not in capsys.readouterr().err
