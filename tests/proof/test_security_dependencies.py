"""What zxsim brings along: what is pinned, under licences that allow it, quiet when it is imported."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; .*)?$")
LICENCES = {
    *("MIT", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Zlib", "CC0-1.0", "ISC", "PSF-2.0", "Apache-2.0"),
    *("MIT License", "BSD License", "ISC License (ISCL)", "Apache Software License"),
}
"""Licences of libraries that a work under Apache-2.0 may use; the first are names of SPDX."""

WATCHED = """
import importlib, sys
asked = []
def hear(event, given):
    writes = event == "open" and isinstance(given[1], str) and set(given[1]) & set("wax+")
    if writes and "__pycache__" in str(given[0]):
        return
    if writes or event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.remove", "urllib")):
        asked.append((event, str(given[0])))
sys.addaudithook(hear)
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*asked, sep="\\n", end="")
"""
"""Imports modules and prints each event of a socket, of a process or of a file that is written."""


def _pinned() -> Mapping[str, str]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    found = [_PIN.match(line) for line in lines if line and not line.startswith("#")]
    assert all(found), "a line that pins no version"
    return {pin["name"]: pin["version"] for pin in found if pin}


PINNED = _pinned()


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


HERE = [name for name in PINNED if _installed(name)]


def test_only_what_another_system_needs_is_missing() -> None:
    """All pinned packages are installed, but for the one that colours a terminal of Windows."""
    assert set(PINNED) - set(HERE) <= {"colorama"}


@pytest.mark.parametrize("name", HERE)
def test_what_runs_is_what_is_pinned(name: str) -> None:
    """The tests speak of the versions that an office installs."""
    assert version(name) == PINNED[name]


def test_every_requirement_of_a_requirement_is_pinned() -> None:
    """Nothing comes along that no one chose: also what the packages need themselves is in the list."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"]]
    for name in HERE:
        asked += [line for line in distribution(name).requires or [] if "extra ==" not in line]
    for line in asked:
        name, _, condition = line.partition(";")
        needed = re.split(r"[\s<>=!~\[(]", name.strip())[0].lower().replace("_", "-")
        old = re.search(r"python_(full_)?version\s*<=?\s*['\"]3\.(\d+)", condition)
        assert needed in PINNED or (old and int(old[2]) <= 11), line


@pytest.mark.parametrize("name", HERE)
def test_every_licence_is_known_and_allows_it(name: str) -> None:
    """A package that changes its licence is looked at before it is pinned anew."""
    told = distribution(name).metadata
    classified = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if "License ::" in line
    ]
    stated = "".join(told.get_all("License-Expression") or [])
    found = re.split(r" AND | OR |\(|\)", stated) if stated else classified
    assert {licence.strip() for licence in found if licence.strip()}
    assert {licence.strip() for licence in found if licence.strip()} <= LICENCES


@pytest.mark.slow
def test_importing_them_does_nothing() -> None:
    """No socket, no process and no file is opened by importing zxsim and everything that it brings along."""
    modules = [
        module
        for module, names in packages_distributions().items()
        if {name.lower().replace("_", "-") for name in names} & set(HERE) and module.isidentifier()
    ]
    assert len(modules) >= len(HERE)
    assert _events(*sorted(modules), "zxsim.cli", "zxsim.api") == ""


def test_the_watch_hears_what_an_import_does(tmp_path: Path) -> None:
    """A module that writes a file, starts a process and opens a socket is heard three times."""
    lines = (
        "import socket, subprocess, sys",
        "open('x', 'w').close()",
        "subprocess.run([sys.executable, '-V'])",
    )
    (tmp_path / "loud.py").write_text("\n".join([*lines, "socket.socket()"]), encoding="utf-8")
    heard = re.findall(r"^\('([\w.]+)'", _events("loud", folder=tmp_path), re.MULTILINE)
    assert heard == ["open", "subprocess.Popen", "socket.__new__"]


def _events(*modules: str, folder: Path = ROOT) -> str:
    """What importing the modules does besides, one event a line."""
    line = [sys.executable, "-B", "-c", WATCHED, *modules]  # compiled modules are written otherwise
    return subprocess.run(line, capture_output=True, text=True, check=True, cwd=folder).stdout
