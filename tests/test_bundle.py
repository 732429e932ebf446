"""The offline bundle: complete for its platform, checked file by file, installed without a network."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import zxsim
from offline.bundle import PLATFORMS, PYTHONS, environment, hashed, missing, pinned

ROOT = Path(__file__).parent.parent
PINS = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
OURS = f"{sys.version_info.major}.{sys.version_info.minor}"
NAME = f"zxsim-{zxsim.__version__}-offline-linux_x86_64"


@pytest.mark.parametrize("python", PYTHONS)
def test_pins_are_chosen_for_the_platform_of_the_bundle(python: str) -> None:
    """What only Windows needs goes into its bundle, whatever machine makes it; no marker is left."""
    windows = pinned(PINS, environment(PLATFORMS["win_amd64"], python))
    linux = pinned(PINS, environment(PLATFORMS["linux_x86_64"], python))
    assert set(windows) - set(linux) == {"colorama==0.4.6"}
    assert not [pin for pin in windows if ";" in pin or "==" not in pin]
    assert {"pulp", "highspy"} <= {pin.split("==")[0] for pin in linux}


def wheel(folder: Path, name: str, *needs: str) -> Path:
    """Write a wheel that holds nothing but what it requires."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        lines = ["Metadata-Version: 2.1", f"Name: {name}", *(f"Requires-Dist: {need}" for need in needs)]
        archive.writestr(f"{name}-1.0.dist-info/METADATA", "\n".join(lines) + "\n")
    return path


def test_a_wheel_that_needs_what_is_not_there_is_told(tmp_path: Path) -> None:
    """Names are compared as pip compares them, markers as the platform sees them, versions as stated."""
    wheel(tmp_path, "one", "Two_Part>=1", "old>=2", "posix-only ; os_name == 'posix'", "extra ; extra == 'x'")
    wheel(tmp_path, "two_part", "new ; python_version >= '3.12'")
    wheel(tmp_path, "old")
    windows = list(missing(tmp_path, PLATFORMS["win_amd64"], ("3.11", "3.12")))
    assert windows == [
        "one-1.0-py3-none-any.whl needs old>=2 under Python 3.11; there is ['1.0']",
        "one-1.0-py3-none-any.whl needs old>=2 under Python 3.12; there is ['1.0']",
        'two_part-1.0-py3-none-any.whl needs new; python_version >= "3.12" under Python 3.12; there is none',
    ]
    linux = list(missing(tmp_path, PLATFORMS["linux_x86_64"], ("3.11",)))
    assert any("posix-only" in fault for fault in linux)


def test_the_requirements_of_a_bundle_hold_a_checksum_of_every_wheel(tmp_path: Path) -> None:
    """Pip compares them on installing; a name with several wheels stands once."""
    path = wheel(tmp_path, "two_part")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert hashed(tmp_path) == f"two-part==1.0 \\\n    --hash=sha256:{digest}\n"


def test_the_windows_script_is_plain_ascii() -> None:
    """A code page cannot spoil it; every label that it jumps to is there."""
    text = (ROOT / "offline" / "install.bat").read_bytes().decode("ascii")
    labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    assert set(re.findall(r"(?:goto|call) :?(\w+)", text)) == labels
    assert "@PYTHONS@" in text


def test_a_wheel_that_cannot_be_had_ends_in_words(tmp_path: Path) -> None:
    """What pip says is shown, and no half-made bundle stays behind."""
    make = [sys.executable, "-m", "offline.bundle", "--python", "3.12", "--to", str(tmp_path)]
    nowhere = {**alone(), "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(make, capture_output=True, text=True, check=False, cwd=ROOT, env=nowhere)
    assert ended.returncode == 1
    assert "pip download failed" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(name="bundle", scope="module")
def _bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if sys.platform != "linux" or OURS not in PYTHONS:
        pytest.skip("the wheels of a bundle are for Linux and Python 3.11 to 3.13 here")
    folder = tmp_path_factory.mktemp("bundle")
    make = [sys.executable, "-m", "offline.bundle", "--platform", "linux_x86_64", "--python", OURS]
    subprocess.run([*make, "--to", str(folder)], check=True, cwd=ROOT)
    return folder / f"{NAME}.zip"


def unpacked(bundle: Path, to: Path) -> Path:
    """Unpack the bundle and return its folder."""
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(to)
    return to / NAME


def alone() -> dict[str, str]:
    """Return an environment from which no index can be reached, and none is known."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "PYTHON"))}
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    return {**kept, **nowhere, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": "/dev/null"}


def installed(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the install script of an unpacked bundle."""
    command = [sys.executable, str(folder / "install.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=alone(), cwd=folder)


@pytest.mark.slow
def test_a_bundle_installs_without_a_network_and_runs_the_demo(bundle: Path, tmp_path: Path) -> None:
    """The script alone: an environment, the command, a new scenario, a plan by HiGHS and by CBC, verified."""
    folder = unpacked(bundle, tmp_path)
    wheels = {path.name.split("-")[0] for path in (folder / "wheels").iterdir()}
    assert {"zxsim", "highspy", "pulp", "scipy", "polars_runtime_32"} <= wheels
    assert "colorama" not in wheels
    script = ["sh", str(folder / "install.sh"), str(tmp_path / "in stalled")]
    ended = subprocess.run(script, capture_output=True, text=True, check=False, env=alone(), cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "已安装" in ended.stdout

    def zxsim_says(*arguments: str) -> str:
        command = [str(tmp_path / "in stalled" / "bin" / "zxsim"), *arguments]
        return subprocess.run(
            command, capture_output=True, check=True, env=alone(), cwd=tmp_path
        ).stdout.decode()

    assert zxsim_says("--version").strip() == zxsim.__version__
    assert "方案" in zxsim_says("new", "demo")
    for solver in ("highs", "cbc"):
        summary = json.loads(zxsim_says("optimize", "demo", "--solver", solver, "--json"))
        assert round(summary["benefit"], 2) == 52.00
        zxsim_says("verify", summary["run"])


@pytest.mark.slow
def test_every_file_of_a_bundle_has_its_checksum(bundle: Path, tmp_path: Path) -> None:
    """``sha256sum -c`` agrees on the zip and on every file in it, and no file is left out."""
    tool = shutil.which("sha256sum")
    assert tool
    subprocess.run([tool, "-c", f"{bundle.name}.sha256"], check=True, cwd=bundle.parent)
    folder = unpacked(bundle, tmp_path)
    subprocess.run([tool, "--quiet", "-c", "SHA256SUMS"], check=True, cwd=folder)
    listed = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text("ascii").splitlines()}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found - listed == {"SHA256SUMS"}


@pytest.mark.slow
def test_a_bundle_that_cannot_be_installed_says_why(bundle: Path, tmp_path: Path) -> None:
    """A damaged or missing file, another Python or system, a folder in use: exit 3, words, nothing made."""
    folder = unpacked(bundle, tmp_path)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("mine", encoding="utf-8")
    ended = installed(folder, str(tmp_path / "taken"))
    assert (ended.returncode, "不是空文件夹" in ended.stderr) == (3, True)

    license_text = (folder / "LICENSE").read_bytes()
    (folder / "LICENSE").write_bytes(license_text + b" ")
    (folder / "README.txt").unlink()
    ended = installed(folder)
    assert (ended.returncode, "LICENSE、README.txt" in ended.stderr) == (3, True)

    about = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    for other in ({"pythons": ["3.9"]}, {"platform": "win_amd64"}):
        (folder / "bundle.json").write_text(json.dumps({**about, **other}), encoding="utf-8")
        ended = installed(folder)
        assert (ended.returncode, "这个安装包用于" in ended.stderr) == (3, True)
    assert "Traceback" not in ended.stderr
    assert not (folder / "zxsim-env").exists()


@pytest.mark.slow
def test_a_wheel_that_was_exchanged_is_refused_by_pip(bundle: Path, tmp_path: Path) -> None:
    """Checksums also stand in requirements.txt; an install that fails leaves no environment behind."""
    folder = unpacked(bundle, tmp_path)
    (pulp,) = (folder / "wheels").glob("pulp-*.whl")
    wheel(folder / "wheels", "pulp").replace(pulp)
    sums = (folder / "SHA256SUMS").read_text("ascii")
    digest = hashlib.sha256(pulp.read_bytes()).hexdigest()
    sums = re.sub(rf"\w+(?=  wheels/{pulp.name})", digest, sums)
    (folder / "SHA256SUMS").write_text(sums, encoding="ascii")
    ended = installed(folder)
    assert (ended.returncode, "安装没有完成" in ended.stderr) == (3, True)
    assert not (folder / "zxsim-env").exists()
