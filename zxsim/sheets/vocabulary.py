"""The words of official sheets, read once from ``headings.toml``, and what one text means by them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

OTHER_CATEGORY = "其他"

_DATA: Mapping[str, Any] = tomllib.loads(
    files("zxsim.sheets").joinpath("headings.toml").read_text(encoding="utf-8")
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
_BLANKS = re.compile(r"\s+")
_DATE = re.compile(r"\d{4}[年.-]\d{1,2}[月.-](?:\d{1,2}日?)?")
_EDGES = re.compile(r"^其中[:,]?|^[\d、.]+|[:,、*]+$")


def plain(text: str) -> str:
    r"""Write a heading without blanks, line breaks, brackets and what stands in them.

    >>> plain("项 目\n名 称"), plain("计划投资(万元)"), plain("其中:中央")
    ('项目名称', '计划投资', '中央')
    """
    flat = _BLANKS.sub("", text)
    bare = _EDGES.sub("", _BRACKETS.sub("", flat))
    return bare or flat.strip("()")


def _whole(section: str) -> dict[str, str]:
    return {word: meaning for meaning, words in _DATA[section].items() for word in words}


def _patterns(section: str) -> list[tuple[str, re.Pattern[str]]]:
    return [(meaning, re.compile(pattern)) for meaning, pattern in _DATA[section].items()]


MEANINGS: Sequence[str] = tuple(_DATA["columns"])
"""Meanings that a column can have beside money by fund."""

WEAK_NAMES: Sequence[str] = tuple(_DATA["weak_names"]["words"])
"""Headings that name the project only where nothing better does, strongest first."""

_WHOLE = _whole("columns")
_CONTAINS = [(meaning, re.compile(p)) for meaning, ps in _DATA["contains"].items() for p in ps]
_MONEY = {name: re.compile(_DATA["money"][name]) for name in ("context", "total", "self_raised")}
_SUBTOTALS = frozenset(_DATA["money"]["subtotal"])
_FUND_LEVEL = _patterns("fund_level")
_FUND_KIND = _patterns("fund_kind")
_FUND_NAMES: Mapping[str, str] = _DATA["fund_names"]
_CATEGORY_WORDS = [(category, re.compile(p)) for category, p in _DATA["category_words"]["patterns"]]
_NAME_WORDS = [(category, re.compile(p)) for category, p in _DATA["name_words"]["patterns"]]
_END = tuple(_DATA["lines"]["end"])
PLAN_SHEET: str = _DATA["repeats"]["plan"]
"""Beginning of the name of a sheet that holds a whole plan."""

REPEATING_SHEETS: Sequence[str] = tuple(_DATA["repeats"]["sheets"])
"""Beginnings of names of sheets that repeat what stands in such a sheet beside them."""

_PLACES = {name: re.compile(pattern) for name, pattern in _DATA["places"].items()}


def heading_meaning(text: str) -> str | None:
    """Return what a heading means when it is not money, else None.

    >>> heading_meaning("项 目 名 称"), heading_meaning("户主姓名"), heading_meaning("中央")
    ('项目名称', '身份信息', None)
    """
    bare = plain(text)
    flat = _BLANKS.sub("", text)
    for form in (flat, bare):
        if form in _WHOLE:
            return _WHOLE[form]
    return next((meaning for meaning, pattern in _CONTAINS if pattern.search(bare)), None)


def is_money_heading(text: str) -> bool:
    """Whether a heading speaks of money."""
    return bool(_MONEY["context"].search(_BLANKS.sub("", text)))


def is_total_heading(text: str) -> bool:
    """Whether a heading is that of the whole amount.

    >>> is_total_heading("计划总投资(万元)"), is_total_heading("省级衔接资金")
    (True, False)
    """
    bare = plain(text)
    return _WHOLE.get(bare) == "金额" or bool(_MONEY["total"].search(bare))


def is_subtotal_heading(text: str) -> bool:
    """Whether a heading under another one is the sum of its neighbours."""
    return plain(text) in _SUBTOTALS


def is_part_heading(text: str) -> bool:
    """Whether a heading says that the column is a part of another one.

    >>> is_part_heading("其中: 少数民族发展资金"), is_part_heading("省级资金")
    (True, False)
    """
    return _BLANKS.sub("", text).startswith("其中")


def is_self_raised(text: str) -> bool:
    """Whether a heading is that of money that is not public."""
    return bool(_MONEY["self_raised"].search(plain(text)))


def fund_level(text: str) -> str | None:
    """Level of government that a text names as the source of money, the first one of them.

    >>> fund_level("省级衔接资金"), fund_level("县(市、区)"), fund_level("财政资金")
    ('省', '区县', None)
    """
    bare = plain(text)
    return next((level for level, pattern in _FUND_LEVEL if pattern.search(bare)), None)


def fund_kind(text: str) -> str | None:
    """Kind of money that a text names; None where it names none.

    >>> fund_kind("东西部协作资金"), fund_kind("衔接资金"), fund_kind("中央")
    ('cooperation', 'connection', None)
    """
    bare = plain(text)
    if "衔接" in bare:
        return "connection"
    return next((kind for kind, pattern in _FUND_KIND if pattern.search(bare)), None)


def fund_id(level: str | None, kind: str) -> str:
    """Make an id for a fund from its level and kind."""
    name = _FUND_NAMES[level] if level else "funds"
    return name if kind == "connection" else f"{name}_{kind}"


def category_of_word(text: str) -> str | None:
    """Official category that a category cell or a group heading means; None where it is not clear."""
    return _first(_CATEGORY_WORDS, text)


@lru_cache(maxsize=65536)
def category_of_name(text: str) -> str | None:
    """Guess the official category from the second level or the name of a project."""
    return _first(_NAME_WORDS, text)


def _first(patterns: Sequence[tuple[str, re.Pattern[str]]], text: str) -> str | None:
    flat = _BLANKS.sub("", text)
    return next((category for category, pattern in patterns if pattern.search(flat)), None)


def is_end_line(text: str) -> bool:
    """Whether a line below a table is a note or a place to sign.

    >>> is_end_line("填表人: 审核人:"), is_end_line("东村道路")
    (True, False)
    """
    flat = _BLANKS.sub("", text)
    return flat.startswith(_END) or bool(_DATE.fullmatch(flat))


def place_level(name: str) -> str | None:
    """Level that the ending of a place's name tells: county, town, village or None.

    >>> place_level("东镇"), place_level("西村"), place_level("青山县"), place_level("东沟")
    ('town', 'village', 'county', None)
    """
    return next((lv for lv in ("town", "village", "county") if _PLACES[lv].search(name)), None)


def is_nowhere(text: str) -> bool:
    """Whether a place cell means the whole county, or nothing."""
    return bool(_PLACES["nowhere"].search(text))


def is_everywhere(text: str) -> bool:
    """Whether a village cell means the whole town."""
    return bool(_PLACES["everything"].search(text))


SURNAMES: Sequence[str] = (*_DATA["persons"]["compound"], *dict.fromkeys(_DATA["persons"]["surnames"]))
"""Surnames, those of two characters first."""

EVERYDAY: frozenset[str] = frozenset(_DATA["persons"]["everyday"])
"""Beginnings of words that begin like a name and are none."""
