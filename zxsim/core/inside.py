"""What a scenario or a run may read: files of its own folder, nothing elsewhere that a link or a name means.

A folder may come from anybody. What its files name, or what stands there as a link, must not make the reader
print, copy or export a file of his own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_allowed: ContextVar[bool] = ContextVar("outside_allowed", default=False)


def allow_outside(allowed: bool) -> None:  # noqa: FBT001 (what an option of the command line calls)
    """Let scenarios read outside their folders from now on, or no longer."""
    _allowed.set(allowed)


def outside_allowed() -> bool:
    """Whether scenarios may."""
    return _allowed.get()


@contextmanager
def reading_outside() -> Iterator[None]:
    """Let scenarios read outside their folders within, as ``--allow-outside`` does for a command."""
    before = _allowed.set(True)
    try:
        yield
    finally:
        _allowed.reset(before)


def is_file_name(name: str) -> bool:
    """Whether a text is the name of a file and nothing else, on any system.

    >>> is_file_name("base.toml"), is_file_name("../base.toml"), is_file_name("C:base.toml")
    (True, False, False)
    """
    return bool(name) and not set(name) & set("/\\:\0") and name not in (".", "..")


def leads_outside(path: Path) -> bool:
    """Whether a file is a link that ends outside the folder in which it stands."""
    return not path.resolve().is_relative_to(path.parent.resolve())


def link_outside(folder: Path) -> Path | None:
    """Find a link in a folder, or in one in it, that ends outside the folder."""
    inside = folder.resolve()
    for path in (*folder.glob("*"), *folder.glob("*/*")):
        if path.is_symlink() and not path.resolve().is_relative_to(inside):
            return path
    return None
