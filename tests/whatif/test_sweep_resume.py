"""A sweep that was killed or interrupted goes on where it stopped, and ends as if nothing had happened."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.whatif.tiny import SHARE, content, tiny
from zxsim.cli import run
from zxsim.errors import StoppedError
from zxsim.whatif.sweep import sweep
from zxsim.whatif.sweep_folder import SweepFolder
from zxsim.whatif.sweep_grid import Point
from zxsim.whatif.sweep_point import Found

VARY = [f"{SHARE}=0.5:0.9:5"]
ROOT = Path(__file__).parent.parent.parent
Capture = pytest.CaptureFixture[str]

KILLED = """
import os, signal, sys
from pathlib import Path
from zxsim.whatif import sweep_folder
from zxsim.whatif.sweep import sweep

written, write_json = 0, sweep_folder._write_json

def killed(data, path):
    global written
    written += path.name == "point.json"
    if written == 3:
        path.write_text("{", encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
    write_json(data, path)

sweep_folder._write_json = killed
sweep(Path(sys.argv[1]), [sys.argv[2]], results=Path(sys.argv[3]), count=1)
"""
"""Kills itself without a word while it writes the third point."""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_sweep_resumes_to_the_same_bytes(tmp_path: Path, capsys: Capture) -> None:
    """Two points are whole, of the third nothing counts; the same command does the rest and cleans up."""
    scenario = tiny(tmp_path)
    unbroken = sweep(scenario, VARY, results=tmp_path / "unbroken", count=1)
    results = tmp_path / "killed"
    arguments = [sys.executable, "-c", KILLED, str(scenario), VARY[0], str(results)]
    assert subprocess.run(arguments, cwd=ROOT, check=False).returncode == -9
    (left,) = (results / "tiny").iterdir()
    assert left.name.startswith(".sweep-")
    assert len(list((left / "points").glob("0*"))) == 2
    assert list((left / "points").glob(".unfinished-*"))

    command = ["sweep", str(scenario), "--vary", VARY[0], "--results", str(results), "--workers", "1"]
    assert run([*command, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["resumed"] == 2
    assert [path.name for path in (results / "tiny").iterdir()] == [Path(said["run"]).name]
    assert content(Path(said["run"])) == content(unbroken.folder)


def test_ctrl_c_leaves_what_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """Exit 130 and a sentence that says how to go on; then the rest, and the first point as it was."""
    write = SweepFolder.write

    def interrupted(self: SweepFolder, point: Point, found: Found) -> object:
        if point.number == 2:
            raise KeyboardInterrupt
        return write(self, point, found)

    command = ["sweep", str(tiny(tmp_path)), "--vary", VARY[0], "--results", str(tmp_path), "--workers", "1"]
    with monkeypatch.context() as patch:
        patch.setattr(SweepFolder, "write", interrupted)
        assert run([*command, "--lang", "en"]) == 130
        assert capsys.readouterr().err == (
            "interrupted with 1 of 5 points done: the same command continues from here\n"
        )
        assert run([*command, "--json"]) == 130
        assert json.loads(capsys.readouterr().out)["status"] == "interrupted"
    broken = next(tmp_path.glob("tiny/.sweep-*/points")) / "0005"
    broken.mkdir()  # cannot be read, so it is worked out
    first = next(tmp_path.glob("tiny/.sweep-*/points/0001/point.json"))
    before = first.stat().st_mtime_ns
    assert run(command) == 0
    assert "1 个是上次已算好的" in capsys.readouterr().out
    assert next(tmp_path.glob("tiny/2*/points/0001/point.json")).stat().st_mtime_ns == before


def test_another_request_does_not_take_up_an_unfinished_sweep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other values, another solver limit or a changed scenario begin anew."""
    scenario, write = tiny(tmp_path), SweepFolder.write

    def interrupted(self: SweepFolder, point: Point, found: Found) -> object:
        write(self, point, found)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(SweepFolder, "write", interrupted)
        with pytest.raises(StoppedError):
            sweep(scenario, VARY, results=tmp_path, count=1)
    assert sweep(scenario, [f"{SHARE}=0.5:0.9:3"], results=tmp_path, count=1).resumed == 0
    assert sweep(scenario, VARY, settings=["fund.f.amount_wan=99"], results=tmp_path, count=1).resumed == 0
    assert sweep(scenario, VARY, results=tmp_path, count=1).resumed == 1
    assert sweep(scenario, VARY, results=tmp_path, count=1).resumed == 0
