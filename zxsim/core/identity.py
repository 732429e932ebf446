"""Numbers that identify a person: found in a text and cut out of it, or hidden where a message repeats it.

Cells and words of a scenario are cut on reading, so that no file of a run can hold them. What a message
repeats of a cell is hidden at the edge, for most faults are found before anything is cut. Letters that steer
a terminal or turn the direction of writing go the same way.
"""

import re

_BIRTH = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_YEAR = r"(?:18|19|20)\d{2}"
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])"
_CARD = r"(?:居民)?(?:身份证|证件)(?:号码?)?(?:[的前后末尾][一二三四五六七八]?[位号]?)?"
_PHONE = r"(?:联系|办公)?(?:电话|手机)(?:号码?)?|联系方式|[Tt]el"
_ACCOUNT = r"(?:银行|收款|社保|惠农|一卡通)?(?:卡号|[账帐][号户]|一卡通|银行卡)(?:号码?)?"
_MARK = r"\s*[:：.]?\s*"
_NUMBER = re.compile(
    rf"(?:(?:{_CARD}|{_PHONE}|{_ACCOUNT}){_MARK})?(?<![\dA-Za-z])(?<!\d\.)(?:"
    rf"[1-9]\d{{5}}[ -]?{_YEAR}[ -]?{_BIRTH}[ -]?\d{{3}}[\dXx]"
    rf"|[1-9]\d{{5}}\d{{2}}{_BIRTH}\d{{3}}"
    rf"|{_PROVINCE}\d{{4}}[ -]?{_YEAR}{_BIRTH}"
    r"|(?:\+?86[ -]?)?1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4})"
    r"|\(?0\d{2,3}\)?[ -]?\d{7,8}(?:-\d{1,6})?"
    r"|[48]00[ -]\d{3}[ -]?\d{4}"
    r"|\d{3,14}(?:\*{2,18}|[xX×]{3,18})\d{0,6}[Xx]?"
    r")(?![\dA-Za-z*]|\.\d)"
    rf"|(?:{_PHONE}){_MARK}\d{{7,8}}(?!\d)"
    rf"|{_CARD}{_MARK}[\d*][\d* -]{{1,22}}[\dXx*]"
    rf"|(?:{_ACCOUNT}){_MARK}\d(?:[ -]?\d){{7,24}}"
)
_LONG = re.compile(
    r"(?<![\dA-Za-z])(?<!\d\.)(?:\d{16,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?)(?![\dA-Za-z]|\.\d)"
)
_OWN_NUMBER = re.compile(r"(?:编号|编码|代码|文号|批号|合同号?|序列号)[:：]?\s*$|https?://\S*$")
_BEFORE = 200
_EMPTY_BRACKETS = re.compile(r"\(\s*[,、;:]?\s*\)")


_URL = re.compile(r"https?://[!-~]+")
_CERTAIN = re.compile(rf"(?<!\d)[1-9]\d{{5}}{_YEAR}{_BIRTH}\d{{3}}[\dXx](?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_STEERING = dict.fromkeys(
    [
        *(letter for letter in (*range(0x20), *range(0x7F, 0xA0)) if chr(letter) not in "\t\n\r\x85"),
        *(0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    ]
)
_VISIBLE = {letter: f"\\u{letter:04x}" for letter in _STEERING}
_NARROW = {0xFF10 + digit: str(digit) for digit in range(10)}
"""Digits as wide as Chinese letters → plain ones."""

HIDDEN = "***"
"""Stands for what a message hides."""

_GAP = "\ue000"

SUSPICIOUS = (
    r"[0-9]{7}|[０-９]{7}|[0-9]{3}\*\*|[0-9]{3}[xX×]{3}|[0-9]{6}[ -][0-9]{4}|[0-9]{3,4}[ -][0-9]{3,4}[ -]"
    "|身份证|证件|卡号|[账帐][号户]|一卡通|银行卡"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\x{2028}-\x{202e}\x{2066}-\x{2069}]"
)
"""What a text holds that is worth the closer look of :func:`plain`; polars reads it, too."""


def without_numbers(text: str, *, long: bool = True, gap: str = " ") -> tuple[str, int]:
    """Cut out numbers that identify a person, each for a ``gap``; also how many places were cut.

    Numbers of ID cards (18 or 15 digits, also the first 14, masked ones and parts that are called so),
    telephones, and with ``long`` bank cards: any of 16 to 19 digits that is not called a project's. A number
    counts as an ID card's when it holds a possible date of birth; its check digit is not asked.

    >>> without_numbers("联系人电话:13812345678,投资12.5万元")
    ('联系人,投资12.5万元', 1)
    """
    cut = 0
    while True:
        text, found = _NUMBER.subn(gap, text)
        if long:
            text, more = _without_long(text, gap)
            found += more
        if not found:
            return text, cut
        cut += found
        text = tidy(text)


def plain(text: str, *, code: bool = False) -> tuple[str, int, int]:
    r"""Return a text of a scenario as it is kept, how many numbers were cut, and how many letters.

    In addresses of the web, and where a text is the ``code`` of something, only numbers go that are certain
    (:func:`cards`): other digits there are rarely a person's.

    >>> plain("养牛(电话13812345678)\x1b[31m"), plain("530302202401010011", code=True)[1]
    (('养牛[31m', 1, 1), 0)
    """
    kept = text.translate(_STEERING)
    steering, cut, parts, at = len(text) - len(kept), 0, [], 0
    for found in [*_URL.finditer(kept), None]:
        part, count = _cut(kept[at : found.start() if found else None], code=code)
        parts.append(part)
        cut += count
        if found:
            part, count = _cut(found[0], code=True)
            parts.append(part)
            cut, at = cut + count, found.end()
    if not cut and (narrow := kept.translate(_NARROW)) != kept:
        again = plain(narrow, code=code)
        return again if again[1] else (kept, 0, steering)
    return ("".join(parts).strip() if cut else kept), cut, steering


def _cut(text: str, *, code: bool) -> tuple[str, int]:
    if code:
        return _without_certain(text, ""), len(cards(text))
    return without_numbers(text)


def cards(text: str) -> list[str]:
    """Find the numbers that can hardly be anything but an ID card's: date and check digit are right.

    A telephone's could be a project's: codes of places begin with 13 in Hebei, with 15 in Inner Mongolia.

    >>> cards("11010519491231002X"), cards("P110105194912310020")
    (['11010519491231002X'], [])
    """
    return [found[0] for found in _CERTAIN.finditer(text) if _valid(found[0])]


def _valid(number: str) -> bool:
    """Whether the check digit is right (GB 11643-1999)."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % len(_CHECKS)] == number[-1].upper()


def hidden(text: str, *, given: bool = False) -> str:
    r"""Return a text as a message may repeat it: numbers that identify hidden, steering letters visible.

    Of what was ``given`` each number goes that may identify; of other texts, such as ids, just :func:`cards`.

    >>> hidden("13812345678不是数", given=True), hidden("530302101202"), hidden("\x1b[2J") == r"\u001b[2J"
    ('***不是数', '530302101202', True)
    """
    text = text.translate(_VISIBLE)
    if given:
        text = text.translate(_NARROW)
        text = without_numbers(text, gap=_GAP)[0].replace(_GAP, HIDDEN)
    return _without_certain(text, HIDDEN)


def _without_certain(text: str, instead: str) -> str:
    return _CERTAIN.sub(lambda found: instead if _valid(found[0]) else found[0], text)


def visible(text: str) -> str:
    r"""Return a text with the letters that steer a terminal written out.

    >>> print(visible("地区\x1b[2J"))
    地区\u001b[2J
    """
    return text.translate(_VISIBLE)


def tidy(text: str) -> str:
    """Close the gaps that a cut leaves."""
    return _EMPTY_BRACKETS.sub("", re.sub(r" +(?=[,;、。)]|$)", "", re.sub(r" {2,}", " ", text)))


def _without_long(text: str, gap: str) -> tuple[str, int]:
    """Cut numbers of 16 to 19 digits that are not said to be a project's or a contract's."""
    count = 0

    def one(found: re.Match[str]) -> str:
        nonlocal count
        if _OWN_NUMBER.search(text, max(0, found.start() - _BEFORE), found.start()):
            return found[0]
        count += 1
        return gap

    return _LONG.sub(one, text), count
