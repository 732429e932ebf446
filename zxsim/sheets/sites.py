"""Where a project lies: towns and villages out of cells that were written for people."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from zxsim.sheets.values import villages_in
from zxsim.sheets.vocabulary import is_everywhere, is_nowhere, place_level

_PARTS = re.compile(r"[、,;/|\n]+|(?<=[村区镇乡]) +|(?<=[村区镇乡])[和及与](?=.*[村区镇乡])")
_TOWN = re.compile(r"(.{1,9}?(?:镇|街道办事处|街道办|街道|苏木|办事处|乡(?!村$)))[::]?(.*)")
_MORE = re.compile(r"等\d*|\d+个|(?<![第\d])\d+[乡村镇]")
_JOINED = re.compile(r"[^村]{1,4}村(?:[^村委民小社]{1,4}村)+")
_REMARK = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Sites:
    """Pairs of town and village ("" where there is none), and what was assumed about them.

    ``lost``: words that look like no village were left out; ``joined``: a name looks like several.
    """

    places: tuple[tuple[str, str], ...]
    partly: bool = False
    paired: bool = False
    lost: bool = False
    joined: bool = False


@lru_cache(maxsize=65536)
def sites_of(county: str, town_text: str, village_text: str, place_text: str) -> Sites:
    """Read the cells 乡镇, 村 and 地点 of a project; an empty tuple of places means the whole county.

    >>> sites_of("青山县", "东镇", "甲村、乙村", "").places
    (('东镇', '甲村'), ('东镇', '乙村'))
    >>> sites_of("青山县", "", "", "青山县东镇甲村、乙村,西乡").places
    (('东镇', '甲村'), ('东镇', '乙村'), ('西乡', ''))
    >>> sites_of("青山县", "东镇", "甲村等8个村", "")
    Sites(places=(('东镇', ''),), partly=True, paired=False, lost=False, joined=False)
    >>> sites_of("青山县", "15个乡镇", "33个行政村", "").places
    ()
    """
    found = _read(county, town_text, village_text, place_text)
    joined = any(_JOINED.fullmatch(village) for _, village in found.places)
    return replace(found, joined=True) if joined else found


def _read(county: str, town_text: str, village_text: str, place_text: str) -> Sites:
    if not town_text and not village_text:
        return _combined(county, place_text)
    towns = _names(county, town_text)
    inside = _towns_inside(county, towns, village_text)
    if inside:
        return inside
    partly = bool(_MORE.search(_REMARK.sub("", village_text or town_text)))
    if _MORE.search(town_text):
        return Sites((), partly=True)
    villages = [] if is_everywhere(village_text) else _names(county, village_text)
    if not villages or (partly and village_text):
        return Sites(tuple((town, "") for town in towns), partly)
    return _pairs(towns, villages)


def _towns_inside(county: str, towns: Sequence[str], village_text: str) -> Sites | None:
    """Read a village cell that names the towns itself, where they are no others than ``towns``."""
    if "镇" not in village_text and "乡" not in village_text.replace("乡村", ""):
        return None
    inside = _combined(county, village_text)
    named = {town for town, _ in inside.places if town}
    return inside if named and (not towns or named <= set(towns)) else None


def _pairs(towns: Sequence[str], villages: Sequence[str]) -> Sites:
    """Put villages into towns: all into the only one, one each where there are as many, else none."""
    if len(towns) <= 1:
        town = towns[0] if towns else ""
        return Sites(tuple((town, name.removeprefix(town) or name) for name in villages))
    if len(towns) == len(villages):
        return Sites(tuple(zip(towns, villages, strict=True)), paired=True)
    return Sites(tuple((town, "") for town in towns), partly=True)


def _names(county: str, text: str) -> list[str]:
    """Names in a cell, without those that mean the whole county."""
    flat = text.replace(county, "") if len(text) > len(county) else text
    if is_nowhere(flat) or flat == county:
        return []
    return [name for name in villages_in(flat) if not is_nowhere(name) and name != county]


def _combined(county: str, text: str) -> Sites:
    """Read 乡镇 and 村 out of one text, such as "东镇甲村、乙村"."""
    if not text or is_nowhere(text):
        return Sites(())
    found: list[tuple[str, str]] = []
    town, partly = "", bool(_MORE.search(_REMARK.sub("", text)))
    for part in _PARTS.split(_REMARK.sub("", text)):
        bare = part.strip().removeprefix(county).strip()
        split = _TOWN.fullmatch(bare)
        if split:
            town, bare = split[1], split[2].strip()
        villages = [] if not bare or is_everywhere(bare) else villages_in(bare)
        if villages or split:
            found += [(town, village) for village in villages] or [(town, "")]
    lost = not partly and any(village and not _is_place(village) for _, village in found)
    return Sites(_cleaned(found, partly=partly), partly, lost=lost)


def _is_place(name: str) -> bool:
    return place_level(name) in {"village", "town"}


def _cleaned(found: Sequence[tuple[str, str]], *, partly: bool) -> tuple[tuple[str, str], ...]:
    """Keep what ends as a village does; a place beside one of its own villages would count twice."""
    kept = [(t, v if v and _is_place(v) else "") for t, v in found]
    if partly:
        kept = [(town, "") for town, _ in kept]
    kept = [pair for pair in kept if pair[0] or pair[1]]
    with_villages = {town for town, village in kept if village}
    return tuple(dict.fromkeys(pair for pair in kept if pair[1] or pair[0] not in with_villages))
