"""Texts of a scenario without what identifies a person and without letters that steer a screen.

A run is handed on, and no plan needs them: so they are cut as the files are read, and a warning says where
and how often, never what.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from zxsim.core.identity import SUSPICIOUS, cards, plain
from zxsim.schema.columns import Cell, Column, passes_through

_FREE_KEYS = ("name", "label", "notes", "clause", "source", "lead", "unit")
"""Keys of TOML that hold free text; all others hold ids and words, which are checked."""

_IDS = ("places", "requires", "excludes", "where", "figures")
"""Columns of texts that hold ids."""

_CODES = re.compile("编号|编码|代码|文号|批号|序号|网址|链接|code|url", re.IGNORECASE)
"""Headings of columns whose numbers are a project's or a paper's own."""

_LIKE_A_CARD = "[0-9]{17}[0-9Xx]"


@dataclass(frozen=True)
class Cut:
    """What was cut out of a column: the ``code`` to tell, and the rows whose cells were cut, ascending."""

    code: str
    column: str
    rows: list[int]


def clean_columns(frame: pl.DataFrame, known: Mapping[str, Column]) -> tuple[pl.DataFrame, list[Cut]]:
    """Return a table of texts with its columns of free text cleaned, and what was cut."""
    found: list[Cut] = []
    for name in frame.columns:
        column = known.get(name)
        free = passes_through(name) if column is None else column.cell is Cell.TEXT and name not in _IDS
        if free and frame[name].str.contains(SUSPICIOUS).any():
            text, cut = _cleaned(frame[name])
            frame = frame.with_columns(text)
            found += cut
    return frame, found


def _cleaned(text: pl.Series) -> tuple[pl.Series, list[Cut]]:
    kept, code = text.to_list(), bool(_CODES.search(text.name))
    rows: dict[str, list[int]] = {"identity_cut": [], "steering_cut": []}
    for row in text.str.contains(SUSPICIOUS).arg_true().to_list():
        cell, *cut = plain(kept[row], code=code)
        kept[row] = cell or None
        for count, at in zip(cut, rows.values(), strict=True):
            at.extend([row] * bool(count))
    found = [Cut(what, text.name, at) for what, at in rows.items() if at]
    return pl.Series(text.name, kept, dtype=pl.String), found


def headings_not_plain(frame: pl.DataFrame) -> list[int]:
    """Positions, from 1, of the headings that would be cut."""
    return [at for at, name in enumerate(frame.columns) if plain(name) != (name, 0, 0)]


def identifying(ids: pl.Series) -> pl.Series:
    """Which ids hold the number of an ID card."""
    like = ids.str.contains(_LIKE_A_CARD).fill_null(value=False)
    if not like.any():
        return like
    return pl.Series([bool(given and cards(given)) for given in ids])


def clean_words(table: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Clean the free texts of the TOML where they stand; yield the path of each that was cut, and a code."""
    for key, value in table.items():
        here = (*path, key)
        if isinstance(value, dict):
            yield from clean_words(value, here)
        elif isinstance(value, str) and key in _FREE_KEYS:
            table[key], numbers, letters = plain(value)
            if numbers:
                yield here, "identity_cut"
            if letters:
                yield here, "steering_cut"
