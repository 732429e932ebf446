"""The same inputs give the same bytes wherever they are run, without a network, and write nowhere else."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from tests.proof.sealed import hashes, seal

ROOT = Path(__file__).parents[2]
SCENARIO = ROOT / "scenarios" / "changjiang"
MANY = "100"
"""So many replications are four batches, two of each kind: four workers have something to do."""


@dataclass(frozen=True)
class Surroundings:
    """Where and how a command runs."""

    environment: Mapping[str, str] = field(default_factory=dict)
    before: Sequence[str] = ()
    python: Sequence[str] = ()
    folder: str = "given"
    rewritten: tuple[str, str] = ("", "")
    workers: str = "1"
    replications: str = "4"
    cluster: bool = False


ELSEWHERE: Mapping[str, Surroundings] = {
    "hash seed": Surroundings({"PYTHONHASHSEED": "4711"}),
    "C locale": Surroundings({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "Chinese locale": Surroundings({"LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"}),
    "time zone": Surroundings({"TZ": "Asia/Shanghai"}),
    "without asserts": Surroundings(python=["-O"]),
    "spaces and Chinese": Surroundings(folder="我的 方案 2025"),
    "Windows line ends": Surroundings(rewritten=("\n", "\r\n")),
    "byte order mark": Surroundings(rewritten=("", "\ufeff")),
    "two workers": Surroundings(workers="2", replications=MANY),
    "four workers": Surroundings(workers="4", replications=MANY),
    "Dask": Surroundings(replications=MANY, cluster=True),
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


def _run(surroundings: Surroundings, folder: Path, address: str = "") -> Mapping[str, str]:
    """Run the main job there; return the hash of each file of the run by its name."""
    given, results = _given(surroundings, folder), folder / "results"
    line = [*surroundings.before, sys.executable, *surroundings.python, "-m", "zxsim", "optimize", str(given)]
    line += ["--results", str(results), "--replications", surroundings.replications, "--json"]
    line += ["--dask", address] if address else ["--workers", surroundings.workers]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **surroundings.environment}
    away = folder / "away"
    away.mkdir(mode=0o500)
    ended = subprocess.run(line, env=environment, cwd=away, capture_output=True, check=False)
    assert ended.returncode == 0, ended.stderr.decode()
    assert list(away.iterdir()) == []
    run = Path(json.loads(ended.stdout)["run"])
    seal(run)
    return hashes(run)


@pytest.fixture(scope="module", name="here")
def _here(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Mapping[str, str]]:
    return cache(lambda count: _run(Surroundings(replications=count), tmp_path_factory.mktemp("here")))


def _may_leave_the_network() -> bool:
    unshare = shutil.which("unshare")
    return (
        bool(unshare)
        and not subprocess.run(
            [str(unshare), "--map-root-user", "--net", "true"], check=False, capture_output=True
        ).returncode
    )


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("name", ELSEWHERE)
def test_the_same_bytes_elsewhere(
    name: str,
    here: Callable[[str], Mapping[str, str]],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """Every file of the run is the same, also in a read-only working directory, in which nothing appears."""
    if name == "no network" and not _may_leave_the_network():
        pytest.skip("this machine lets no one leave the network")
    there = ELSEWHERE[name]
    address = request.getfixturevalue("scheduler") if there.cluster else ""
    assert _run(there, tmp_path, address) == here(there.replications)
