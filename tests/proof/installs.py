"""zxsim's wheel installed anew, several times, and what each installation writes.

Usage: python -m tests.proof.installs [--python PYTHON ...]

The wheel is built and installed into two clean environments of this Python and into one of each other Python
that is named. Each does the same work in an empty folder whose path has Chinese and a space: ``new``,
``optimize`` with simulation, ``verify``, ``report``, ``export``. Every file must have the same bytes, but for
the time in run.json, and for the version of Python there. Packages come from where pip is told to look; those
of this environment are pinned in requirements.txt.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.proof.sealed import FIXED, hashes, seal

ROOT = Path(__file__).parents[2]
FOLDER = "乡村 振兴 2025"
EXPORTS = ("工作簿.xlsx", "方案.md", "分配.csv", "分配.parquet", "模型.lp", "模型.mps")
REPLICATIONS = "4"


@dataclass(frozen=True)
class Installation:
    """An environment of its own, with nothing in it but zxsim and what it needs."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self._command("python")

    @property
    def version(self) -> str:
        """Version of its Python."""
        return run([str(self.python), "-c", "import platform; print(platform.python_version())"]).strip()

    def zxsim(self, arguments: Sequence[str], working: Path) -> str:
        """Run the command that pip made; return what it prints."""
        return run([str(self._command("zxsim")), *arguments], working)

    def _command(self, name: str) -> Path:
        windows = os.name == "nt"
        return self.folder / ("Scripts" if windows else "bin") / (f"{name}.exe" if windows else name)


def run(command: Sequence[str], working: Path = ROOT) -> str:
    """Run a command that sees nothing of this source; what it complains of is shown when it fails."""
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment = {**clean, "PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    ended = subprocess.run(
        command, cwd=working, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {ended.returncode}\n{ended.stdout}{ended.stderr}")
    return ended.stdout


def built(to: Path) -> Path:
    """Build the wheel, which needs no network, and return it."""
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(to)])
    (wheel,) = to.glob("*.whl")
    return wheel


def installed(wheel: Path, python: str, folder: Path) -> Installation:
    """Make an environment of a Python, and install the wheel and the pinned packages into it."""
    run([python, "-m", "venv", str(folder)])
    found = Installation(folder)
    pip = [str(found.python), "-m", "pip", "install", "--quiet"]
    run([*pip, "-r", str(ROOT / "requirements.txt")])
    run([*pip, "--no-deps", "--no-index", str(wheel)])
    run([str(found.python), "-m", "pip", "check"])
    return found


def work(found: Installation, folder: Path) -> Mapping[str, str]:
    """Do the work in an empty folder; return the hash of each file by its name."""
    folder.mkdir(parents=True)
    found.zxsim(["new", "方案", "--from", "changjiang"], folder)
    told = found.zxsim(
        ["optimize", "方案", "--replications", REPLICATIONS, "--workers", "1", "--json"], folder
    )
    run_folder = (folder / json.loads(told)["run"]).rename(folder / "运行")
    found.zxsim(["verify", "运行"], folder)
    seal(run_folder, {**FIXED, "versions": {}})
    found.zxsim(["report", "运行", "--to", "网页.html"], folder)
    for name in EXPORTS:
        found.zxsim(["export", "运行", "--to", name], folder)
    return hashes(folder)


def differences(one: Mapping[str, str], other: Mapping[str, str]) -> Iterator[str]:
    """Name the files that are not the same, or on one side only."""
    for name in sorted({*one, *other}):
        if one.get(name) != other.get(name):
            yield name


def main() -> None:
    """Install, work, compare; end with 1 where anything differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--python", nargs="*", default=[], help="other interpreters")
    given = parser.parse_args()
    own = str(Path(sys.base_prefix) / ("python.exe" if os.name == "nt" else "bin/python3"))
    found: list[Mapping[str, str]] = []
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = built(folder / "dist")
        for at, python in enumerate([own, own, *given.python]):
            one = installed(wheel, python, folder / f"environment {at}")
            found.append(work(one, folder / str(at) / FOLDER))
            unlike = list(differences(found[0], found[-1]))
            failed += bool(unlike)
            said = f"not the same: {', '.join(unlike)}" if unlike else "all the same"
            sys.stdout.write(f"Python {one.version}: {len(found[-1])} files, {said}\n")
            sys.stdout.flush()
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
