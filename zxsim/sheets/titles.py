"""What the lines above a table, the sheet's name and the file's name say: county, town, years, fund."""

import re
from collections.abc import Sequence

from zxsim.sheets.record import clean
from zxsim.sheets.values import unit_in, years_in
from zxsim.sheets.vocabulary import fund_kind, fund_level, place_level

_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:自治县|自治旗|林区|县|市|区|旗|省|州|盟)")
_ENDS = re.compile(
    r"\d|关于|年度|衔接|巩固|乡村振兴|财政|项目|第[一二三四五六七八九十]|中央|省级|市级|县级|附件|统筹|拟|各|美丽|扶贫"
)
_TOWN = re.compile(r"([\u4e00-\u9fff]{1,8}?(?:镇|乡|街道|苏木))(?!村)")
_LEVEL = re.compile(r"中央|省级|自治区级|市级|州级|盟级|县级|区级|旗级")
_LONGEST_UNIT_LINE = 20


def title_of(lines: Sequence[str]) -> str:
    """Title among the lines above a table: the longest that is no number of an annex.

    >>> title_of(["附件1", "青山县2024年项目计划表(单位:万元)"])
    '青山县2024年项目计划表'
    """
    kept = [
        line for line in lines if not re.match(r"附[件表]|单位|填报", line) and not is_illustrative([line])
    ]
    return clean(re.sub(r"\(?单位:.*$", "", max(kept, key=len, default="")))[0]


def is_illustrative(lines: Sequence[str]) -> bool:
    """Whether a line above a table says that its data are made up, as filed forms of zxsim do.

    >>> is_illustrative(["示例:其中有虚构或假定的数据"]), is_illustrative(["青山县示例村项目表"])
    (True, False)
    """
    return any(re.match(r"示例[:,(]|示例$|illustrative\b", line, re.IGNORECASE) for line in lines)


def name_over_years(title: str, years: Sequence[tuple[int, int]]) -> str:
    """Name several sheets of different years by the first one's title.

    >>> name_over_years("青山县2023年度计划", [(2023, 2023), (2024, 2024)])
    '青山县2023-2024年度计划'
    """
    if len(set(years)) <= 1:
        return title
    span = f"{min(first for first, _ in years)}-{max(last for _, last in years)}"
    return re.sub(r"\d{4}(?=年)", span, title, count=1)


def telling(lines: Sequence[str], names: Sequence[str]) -> list[str]:
    """Texts that may say what a sheet is about: the lines above it without unit lines, then ``names``."""
    return [*(line for line in lines if not unit_in(line) or len(line) > _LONGEST_UNIT_LINE), *names]


def county_in(texts: Sequence[str]) -> str:
    """County that the first telling text begins with, "" where none does.

    >>> county_in(["湖南省邵阳市北塔区2021年表"]), county_in(["2024年青山县项目表"]), county_in(["项目表"])
    ('北塔区', '青山县', '')
    """
    for text in texts:
        bare = re.sub(r"^附[件表][\d:.、]*", "", re.sub(r"\s", "", text))
        for part in (bare, re.sub(r"^\d{4}年度?", "", bare)):
            ends = _ENDS.search(part, 1)
            places = _COUNTY.findall(part[: ends.start() if ends else len(part)])
            if places and place_level(places[-1]) == "county":
                return str(places[-1])
    return ""


def town_in(sheet: str, lines: Sequence[str], county: str) -> str:
    """Town of a whole sheet: the sheet's name, or what follows the county in a line above it.

    >>> town_in("Sheet1", ["青山县东镇2024年项目表"], "青山县"), town_in("西乡", [], "青山县")
    ('东镇', '西乡')
    >>> town_in("Sheet1", ["青山县乡镇项目表"], "青山县")
    ''
    """
    if place_level(sheet) == "town":
        return sheet
    for line in lines:
        bare = re.sub(r"\s|^\d{4}年度?", "", line)
        found = _TOWN.match(bare.partition(county)[2] if county in bare else bare)
        if found and not re.match(r"各|乡|镇|有关|相关|所有", found[1]):
            return found[1]
    return ""


def years_of(texts: Sequence[str]) -> tuple[int, int] | None:
    """Years that the first text with any names."""
    return next((years for text in texts if (years := years_in(text))), None)


def fund_in(text: str) -> tuple[str | None, str]:
    """Level and kind of the money that a title speaks of; no level where it names none or several.

    >>> fund_in("2024年中央财政衔接资金安排表"), fund_in("中央和省级衔接资金"), fund_in("湖南省项目表")
    (('中央', 'connection'), (None, 'connection'), (None, 'connection'))
    """
    levels = {fund_level(word) for word in _LEVEL.findall(text)}
    level = levels.pop() if len(levels) == 1 and "资金" in text else None
    return level, fund_kind(text) or "connection"
