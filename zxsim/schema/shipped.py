"""The scenarios that come with zxsim, and a copy of one as a folder of the planner's own.

They stand in the top-level folder ``scenarios`` of the source. A wheel holds them as ``zxsim/_scenarios``
(see pyproject.toml), because only what lies in the package is installed.
"""

import shutil
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import zxsim
from zxsim.core.messages import Faults
from zxsim.errors import DataError, Message

DEFAULT = "published-library"
"""The one that is copied when none is named."""

_BOM = b"\xef\xbb\xbf"
_NOT_COPIED = (".", "~", "__")
"""First letters of what editors and systems leave in a folder."""


def shipped_scenarios() -> Mapping[str, Path]:
    """Return the folder of each scenario that comes with zxsim, by name.

    Raises
    ------
    DataError
        The installation lacks them.
    """
    package = Path(zxsim.__file__).parent
    for root in (package / "_scenarios", package.parent / "scenarios"):
        found = {path.parent.name: path.parent for path in sorted(root.glob("*/scenario.toml"))}
        if found:
            return found
    raise DataError([Message("scenarios_not_installed", {"folder": str(package)})])


def title(scenario: Path) -> str:
    """Return the name for people of the scenario in a folder."""
    return str(tomllib.loads((scenario / "scenario.toml").read_text(encoding="utf-8"))["name"])


def new_scenario(folder: Path, name: str = DEFAULT) -> list[str]:
    """Copy a shipped scenario into a folder that is new or empty; return the names of its files.

    Every CSV begins with a byte order mark, which Excel needs to show Chinese.

    Raises
    ------
    DataError
        No such scenario; the folder holds something, is a file or cannot be written. Nothing is left behind.
    """
    shipped, faults = shipped_scenarios(), Faults()
    if name not in shipped:
        faults.unknown("unknown_scenario", name, shipped, Message("", address="--from"))
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            faults.add(Message("folder_taken", {"given": str(folder)}))
        faults.raise_any()
        return _made(folder, shipped[name])
    except OSError as error:
        fields = {"given": str(folder), "reason": error.strerror or str(error)}
        raise DataError([*faults, Message("folder_unwritable", fields)]) from None


def _made(folder: Path, source: Path) -> list[str]:
    """Make the folder and fill it; one that was not there before is gone again if that fails."""
    was_there = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _filled(folder, source)
    except OSError:
        if not was_there:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _filled(folder: Path, source: Path) -> list[str]:
    """Write the files aside, then move them into the folder, so that none is ever half there."""
    aside = folder / ".unfinished"
    aside.mkdir()
    try:
        names = [path.relative_to(source) for path in _files(source)]
        for name in names:
            content = (source / name).read_bytes()
            marked = name.suffix == ".csv" and not content.startswith(_BOM)
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            (aside / name).write_bytes(_BOM * marked + content)
        for path in sorted(aside.iterdir()):
            path.rename(folder / path.name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return [name.as_posix() for name in names]


def _files(source: Path) -> Iterator[Path]:
    for path in sorted(source.rglob("*")):
        parts = path.relative_to(source).parts
        if path.is_file() and not any(part.startswith(_NOT_COPIED) for part in parts):
            yield path
