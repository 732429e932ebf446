"""What one cell says: pure functions on one text; callers with long columns loop over distinct texts."""

import re

from zxsim.sheets.identity import without_identity
from zxsim.sheets.money import Amount, Unit, money, unit_in
from zxsim.sheets.people import Beneficiaries, beneficiaries
from zxsim.sheets.text import normalised

__all__ = [
    "Amount",
    "Beneficiaries",
    "Unit",
    "beneficiaries",
    "group_heading",
    "is_subtotal",
    "is_total",
    "money",
    "unit_in",
    "villages_in",
    "whole_number",
    "without_identity",
    "years_in",
]

_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")
_YEAR = re.compile(
    r"(?<![\d.])(20[0-4]\d)(?=\s*(?:年|[-.~/至到—–]{1,2}\s*\d|[)\]〕】]|$)"
    r"|(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?!\d))"
)


def years_in(text: str) -> tuple[int, int] | None:
    """Read the first and the last year out of a period, a date or a title; None where there is none.

    >>> years_in("2024年3月-2025年12月"), years_in("2024.03-2024.10"), years_in("二〇二三年度")
    ((2024, 2025), (2024, 2024), (2023, 2023))
    >>> years_in("2024-2025年"), years_in("2024年10月至次年6月"), years_in("修路2024米")
    ((2024, 2025), (2024, 2025), None)
    """
    flat = _CHINESE_YEAR.sub(lambda found: found[0].translate(_CHINESE_DIGITS), normalised(text))
    years = [int(year) for year in _YEAR.findall(flat)]
    if not years:
        return None
    following = 1 if re.search(r"[次翌]年", flat) else 0
    return min(years), max(years) + following


_NUMBERED = re.compile(r"[(\[]?(\d{1,9})[)\]]?[.、,:]?")


def whole_number(text: str) -> int | None:
    r"""Read a running number (序号), with the brackets and marks that go with one.

    >>> [whole_number(text) for text in ("1、", "(3)", "12.", "\u2462", "1.5", "合计")]
    [1, 3, 12, 3, None, None]
    """
    found = _NUMBERED.fullmatch(normalised(text))
    return int(found[1]) if found else None


_BETWEEN_VILLAGES = re.compile(r"[、,;/|\n ]+|(?<=[村区])[和及与](?=.*[村区])")
_BRACKET = re.compile(r"\(([^()]*)\)")
_TOWN_WITH_VILLAGES = re.compile(r"[^()、,;/\s]{1,20}(?:镇|乡|街道)[(:]\s*([^()]*村[^()]*)\)?")
_NO_VILLAGE = re.compile(
    r"(?:共|等|涉及|全部)?\d+个?(?:行政|自然|重点|脱贫)?[村镇乡户].*|\d+个.*|等|[—\-/无]+|\d+[组队社]?"
    r"|全[县市区镇乡村域]|各(?:行政|项目)?[村镇乡].*|(?:相关|有关|所有|全部).*[村镇乡办]"
)
_AROUND_NAME = re.compile(
    r"^\(?\d{1,3}[.)]|(?<=.)(?:等(?:\d+个?.*)?|共\d+个.*)$|(?<=[村区])[\d一二三四五六七八九十]+[组队社]$"
)


def villages_in(text: str) -> list[str]:
    r"""Read the names of villages out of a cell, each once, in their order; counts are no names.

    Remarks in brackets go; "镇(东村、西村)" gives the villages. A blank inside a short name is padding.

    >>> villages_in("东村、西村/南村\n北村"), villages_in("东村 西村等3个村"), villages_in("3个村")
    (['东村', '西村', '南村', '北村'], ['东村', '西村'], [])
    >>> villages_in("李 村"), villages_in("东村(上组、下组)"), villages_in("和平村和西村")
    (['李村'], ['东村'], ['和平村', '西村'])
    """
    flat = normalised(text)
    town = _TOWN_WITH_VILLAGES.fullmatch(flat)
    flat = town[1] if town else _BRACKET.sub("", flat)
    flat = re.sub(r"(?<=\w) (?=(?:村|社区)(?:\W|$))", "", flat)
    names = [_AROUND_NAME.sub("", part) for part in _BETWEEN_VILLAGES.split(flat)]
    return list(dict.fromkeys(name for name in names if name and not _NO_VILLAGE.fullmatch(name)))


_MOST_HEADING = 40
_NUMERAL = "[一二三四五六七八九十百]+"
_GROUP = re.compile(rf"(?:{_NUMERAL}\s*[、.,:]|\({_NUMERAL}\)[、.]?|{_NUMERAL} )\s*((?:20\d\d)?\D.*)")
_COUNT_BEHIND = re.compile(r"\s*(?:\([^()]*\d[^()]*\)|[:,]?\s*共?\d+个.*)$")


def group_heading(text: str) -> str | None:
    """Read the name of a group of projects from a numbered group row; None where it is none.

    Only Chinese numerals mark a group: "1、" numbers projects.

    >>> group_heading("一、产业项目"), group_heading("(二)基础设施类"), group_heading("三、就业小计(12个)")
    ('产业项目', '基础设施类', '就业')
    >>> group_heading("一事一议项目"), group_heading("1、产业项目")
    (None, None)
    """
    flat = normalised(text)
    found = _GROUP.fullmatch(flat) if len(flat) <= _MOST_HEADING else None
    if not found:
        return None
    name = _COUNT_BEHIND.sub("", found[1]).strip(" :")
    return re.sub(r"\s*\(?(?:小计|合计)\)?$", "", name).strip(" :") or None


_BEHIND_TOTAL = r"(?:金额|资金|数)?:?(?:\d+个.*)?"
_WHOLE = "全[县市区州旗省乡镇村]|.{0,8}[县市区州旗省]"
_TOTAL = re.compile(rf"(?:{_WHOLE})?(?:合|总|共)计{_BEHIND_TOTAL}|.{{0,8}}总合?计:?")
_SUBTOTAL = re.compile(rf".{{0,30}}(?:小|合)计{_BEHIND_TOTAL}")


def is_total(text: str) -> bool:
    """Whether a cell marks the row or column of the sheet's total.

    >>> [is_total(text) for text in ("合计", "总 计", "合 计:", "全县合计", "小计", "东镇合计", "会计培训")]
    [True, True, True, True, False, False, False]
    """
    return bool(_TOTAL.fullmatch(_compact(text)))


def is_subtotal(text: str) -> bool:
    """Whether a cell marks a subtotal: 小计, or 合计 of something smaller than the whole.

    >>> [is_subtotal(text) for text in ("小计", "产业小 计:", "东镇合计", "合计", "设计费")]
    [True, True, True, False, False]
    """
    return bool(_SUBTOTAL.fullmatch(_compact(text))) and not is_total(text)


def _compact(text: str) -> str:
    return re.sub(r"\([^()]*\)|\s", "", normalised(text))
