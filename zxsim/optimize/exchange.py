"""What it takes to hand a programme to another program by files: names that it reads, and a folder."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import isfinite
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from zxsim.errors import Message, UsageError

MOST_LETTERS = 250
"""Longer names are cut; LP readers take 255 at most."""

_ILLEGAL = str.maketrans(dict.fromkeys("-+[] >/", "_"))
"""What PuLP turns into ``_`` by itself, but without looking whether two names become one."""


@contextmanager
def folder_for_files() -> Iterator[str]:
    """Give a folder for the files of one solve, gone afterwards even where the solver fails.

    Raises
    ------
    UsageError
        PuLP splits the command of CBC at blanks, so that a folder with one in its name cannot be used.
    """
    parents = [path for path in (gettempdir(), str(Path.cwd())) if not re.search(r"\s", path)]
    if not parents:
        raise UsageError([Message("solver_folder", {"given": gettempdir()})])
    with TemporaryDirectory(prefix="zxsim-", dir=parents[0]) as folder:
        yield folder


def distinct(names: Sequence[str]) -> list[str]:
    """Turn the letters that PuLP does not take into ``_``, and number the names that are then the same.

    >>> distinct(["x(P,v,a+b,2021)", "x(P,v,a_b,2021)"])
    ['x(P,v,a_b,2021)', 'x(P,v,a_b,2021)~2']
    """
    found: dict[str, None] = {}
    for name in names:
        legal = name.translate(_ILLEGAL)[:MOST_LETTERS]
        number, free = 1, legal
        while free in found:
            number, free = number + 1, f"{legal}~{number + 1}"
        found[free] = None
    return list(found)


def finite(bound: float) -> float | None:
    """Return a bound, or ``None`` where there is none."""
    return float(bound) if isfinite(bound) else None
