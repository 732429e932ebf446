"""Make the offline bundle: every wheel that zxsim needs on one platform, and what installs them.

Usage: python -m offline.bundle [--platform win_amd64|linux_x86_64] [--python 3.11 ...] [--to dist]

Run in the development environment, with the network; wheels come from where pip is told to look. What
is pinned in requirements.txt is chosen for the platform of the bundle, not for the one that makes it.
The result is one zip with a folder in it, and its checksum beside it.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

import zxsim

HERE = Path(__file__).parent
ROOT = HERE.parent
PYTHONS = ("3.11", "3.12", "3.13")
MADE = (1980, 1, 1, 0, 0, 0)
"""Date of every file in the zip: the same wheels give the same bytes."""


@dataclass(frozen=True)
class Platform:
    """Where a bundle will be used: tags of its wheels, newest first, and what markers see there."""

    tags: Sequence[str]
    markers: Mapping[str, str]
    scripts: Sequence[str]
    line_end: str


PLATFORMS = {
    "win_amd64": Platform(
        ("win_amd64",),
        {
            "os_name": "nt",
            "sys_platform": "win32",
            "platform_system": "Windows",
            "platform_machine": "AMD64",
        },
        ("install.bat",),
        "\r\n",
    ),
    "linux_x86_64": Platform(  # glibc 2.28 is that of Kylin V10 and UOS 20
        (*(f"manylinux_2_{minor}_x86_64" for minor in range(28, 16, -1)), "manylinux2014_x86_64"),
        {
            "os_name": "posix",
            "sys_platform": "linux",
            "platform_system": "Linux",
            "platform_machine": "x86_64",
        },
        ("install.sh",),
        "\n",
    ),
}


def environment(platform: Platform, python: str) -> dict[str, str]:
    """Return what markers see on the platform under a version of Python."""
    ours = {key: str(value) for key, value in default_environment().items()}
    cpython = {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "platform_python_implementation": "CPython",
    }
    versions = {"python_version": python, "python_full_version": f"{python}.0", "extra": ""}
    return {**ours, **cpython, **versions, **platform.markers}


def pinned(lines: Iterable[str], seen: Mapping[str, str]) -> list[str]:
    """Return the pins of requirements.txt that hold in an environment, without their markers.

    >>> windows = environment(PLATFORMS["win_amd64"], "3.12")
    >>> pinned(["# pins", "rich==15.0.0", "colorama==0.4.6 ; sys_platform == 'win32'"], windows)
    ['rich==15.0.0', 'colorama==0.4.6']
    """
    found = [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]
    return [f"{one.name}{one.specifier}" for one in found if one.marker is None or one.marker.evaluate(seen)]


def download(pins: Sequence[str], platform: Platform, python: str, wheels: Path) -> None:
    """Fetch the wheels of the pins for one version of Python, and nothing that would have to be built."""
    tags = [word for tag in platform.tags for word in ("--platform", tag)]
    version = ["--implementation", "cp", "--python-version", python]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--only-binary=:all:", "--dest", str(wheels.resolve()), *tags, *version]
    run([*pip, *options, *pins])


def build(wheels: Path) -> None:
    """Build zxsim's own wheel, without a network."""
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels.resolve())])


def run(command: Sequence[str]) -> None:
    """Run a command in the source folder; what it has to say is shown only when it fails."""
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 (ours)
    if ended.returncode:
        raise SystemExit(f"{' '.join(command[1:4])} failed:\n{ended.stderr}")


def missing(wheels: Path, platform: Platform, pythons: Iterable[str]) -> Iterator[str]:
    """Yield what a wheel needs on the platform that no wheel of the bundle gives."""
    versions: dict[str, list[str]] = {}
    for wheel in sorted(wheels.glob("*.whl")):
        name, version, _, _ = parse_wheel_filename(wheel.name)
        versions.setdefault(name, []).append(str(version))
    for wheel in sorted(wheels.glob("*.whl")):
        for needed in needs(wheel):
            given = versions.get(canonicalize_name(needed.name), [])
            for python in pythons:
                seen = environment(platform, python)
                holds = needed.marker is None or needed.marker.evaluate(seen)
                if holds and not any(needed.specifier.contains(version) for version in given):
                    yield f"{wheel.name} needs {needed} under Python {python}; there is {given or 'none'}"


def needs(wheel: Path) -> list[Requirement]:
    """Return what a wheel says that it requires."""
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        headers = message_from_bytes(archive.read(metadata))
    return [Requirement(line) for line in headers.get_all("Requires-Dist", [])]


def hashed(wheels: Path) -> str:
    """Return a requirements file that names every wheel with its checksums, which pip compares."""
    lines: dict[str, list[str]] = {}
    for wheel in sorted(wheels.glob("*.whl")):
        name, version, _, _ = parse_wheel_filename(wheel.name)
        lines.setdefault(f"{name}=={version}", []).append(f"--hash=sha256:{sha256(wheel)}")
    return "".join(f"{pin} \\\n    " + " \\\n    ".join(hashes) + "\n" for pin, hashes in lines.items())


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fill(folder: Path, name: str, pythons: Sequence[str]) -> None:
    """Put wheels, scripts, words and checksums into the folder of a bundle.

    Raises
    ------
    SystemExit
        A wheel cannot be had, or the pins leave out something that a wheel needs.
    """
    platform, wheels = PLATFORMS[name], folder / "wheels"
    wheels.mkdir(parents=True)
    build(wheels)
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    for python in pythons:
        download(pinned(pins, environment(platform, python)), platform, python, wheels)
    if faults := list(missing(wheels, platform, pythons)):
        raise SystemExit("\n".join(["requirements.txt is not complete for this platform:", *faults]))
    (folder / "requirements.txt").write_text(hashed(wheels), encoding="utf-8", newline="\n")
    about = {"version": zxsim.__version__, "platform": name, "pythons": list(pythons)}
    (folder / "bundle.json").write_text(json.dumps(about) + "\n", encoding="utf-8", newline="\n")
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
    shutil.copyfile(HERE / "install.py", folder / "install.py")
    for script in (*platform.scripts, "README.txt"):
        text = (HERE / script).read_text(encoding="utf-8")
        text = text.replace("@PYTHONS@", " ".join(reversed(pythons))).replace("@VERSION@", zxsim.__version__)
        marked = "utf-8-sig" if script.endswith(".txt") else "ascii"  # Notepad needs the mark
        (folder / script).write_text(text, encoding=marked, newline=platform.line_end)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="ascii", newline="\n")


def zipped(folder: Path, to: Path) -> Path:
    """Write the folder as a zip, aside first, and its checksum beside it; return the zip."""
    path = to / f"{folder.name}.zip"
    aside = path.with_suffix(".unfinished")
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_STORED) as archive:  # wheels are compressed already
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(folder.parent).as_posix(), MADE)
            entry.external_attr = (0o755 if file.suffix == ".sh" else 0o644) << 16
            archive.writestr(entry, file.read_bytes())
    aside.replace(path)
    checksum = f"{sha256(path)}  {path.name}\n"
    path.with_suffix(".zip.sha256").write_text(checksum, encoding="ascii", newline="\n")
    return path


def main(arguments: Sequence[str]) -> None:
    """Make one bundle and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--platform", choices=sorted(PLATFORMS), default="win_amd64")
    parser.add_argument("--python", nargs="+", choices=PYTHONS, default=list(PYTHONS), metavar="3.x")
    parser.add_argument("--to", type=Path, default=ROOT / "dist")
    given = parser.parse_args(arguments)
    given.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=given.to, prefix=".unfinished-") as aside:
        folder = Path(aside) / f"zxsim-{zxsim.__version__}-offline-{given.platform}"
        fill(folder, given.platform, sorted(set(given.python), key=PYTHONS.index))
        path = zipped(folder, given.to)
        count = len(list((folder / "wheels").iterdir()))
    size = path.stat().st_size / 1e6
    print(f"{path}: {count} wheels, {size:.0f} MB, SHA256 {sha256(path)}")  # noqa: T201 (what it is for)


if __name__ == "__main__":
    main(sys.argv[1:])
