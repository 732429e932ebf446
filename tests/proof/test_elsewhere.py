"""The same inputs give the same bytes wherever they are run, without a network, and write nowhere else."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCENARIO = ROOT / "scenarios" / "changjiang"
MOVING = ("created", "timings")
"""What run.json says of the time of a run."""


@dataclass(frozen=True)
class Surroundings:
    """Where and how a command runs."""

    environment: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[str] = ()
    python: Sequence[str] = ()
    folder: str = "given"
    rewritten: tuple[str, str] = ("", "")
    workers: str = "1"


ELSEWHERE: Mapping[str, Surroundings] = {
    "hash seed": Surroundings({"PYTHONHASHSEED": "4711"}),
    "C locale": Surroundings({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "Chinese locale": Surroundings({"LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"}),
    "time zone": Surroundings({"TZ": "Asia/Shanghai"}),
    "without asserts": Surroundings(python=["-O"]),
    "spaces and Chinese": Surroundings(folder="我的 方案 2025"),
    "Windows line ends": Surroundings(rewritten=("\n", "\r\n")),
    "byte order mark": Surroundings(rewritten=("", "\ufeff")),
    "two workers": Surroundings(workers="2"),
    "no network": Surroundings(before=["unshare", "--map-root-user", "--net"]),
}


def _given(surroundings: Surroundings, folder: Path) -> Path:
    """Copy the scenario, its text rewritten; all copies stand under one name, which runs repeat."""
    given = folder / surroundings.folder / "changjiang"
    given.mkdir(parents=True)
    old, new = surroundings.rewritten
    for path in SCENARIO.iterdir():
        text = path.read_text(encoding="utf-8-sig")
        text = text.replace(old, new) if old else new + text
        (given / path.name).write_bytes(text.encode())
    return given


def _run(surroundings: Surroundings, folder: Path) -> Mapping[str, str]:
    """Run the main job there; return the hash of each file of the run by its name."""
    given, results = _given(surroundings, folder), folder / "results"
    line = [*surroundings.before, sys.executable, *surroundings.python, "-m", "zxsim", "optimize", str(given)]
    line += ["--results", str(results), "--replications", "4", "--workers", surroundings.workers, "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **surroundings.environment}
    away = folder / "away"
    away.mkdir(mode=0o500)
    ended = subprocess.run(line, env=environment, cwd=away, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode()
    assert list(away.iterdir()) == []
    run = Path(json.loads(ended.stdout)["run"])
    manifest = json.loads((run / "run.json").read_text(encoding="utf-8"))
    fixed = {key: value for key, value in manifest.items() if key not in MOVING}
    (run / "run.json").write_text(json.dumps(fixed), encoding="utf-8")
    return {
        str(path.relative_to(run)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(run.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module", name="here")
def _here(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return _run(Surroundings(), tmp_path_factory.mktemp("here"))


def _may_leave_the_network() -> bool:
    unshare = shutil.which("unshare")
    return (
        bool(unshare)
        and not subprocess.run(
            [str(unshare), "--map-root-user", "--net", "true"], check=False, capture_output=True
        ).returncode
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ELSEWHERE)
def test_the_same_bytes_elsewhere(name: str, here: Mapping[str, str], tmp_path: Path) -> None:
    """Every file of the run is the same, also in a read-only working directory, in which nothing appears."""
    if name == "no network" and not _may_leave_the_network():
        pytest.skip("this machine lets no one leave the network")
    assert _run(ELSEWHERE[name], tmp_path) == here
