"""Numbers that identify a person: found in a text and cut out of it, or hidden where a message repeats it.

Cells and words of a scenario are cut on reading, so that no file of a run can hold them. What a message
repeats of a cell is hidden at the edge, for most faults are found before anything is cut. Letters that steer
a terminal or turn the direction of writing go the same way.
"""

import re

_BIRTH = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_YEAR = r"(?:18|19|20)\d{2}"
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])"
_CALLED = "(?:号码?|编号)?"
_CARD = rf"(?:居民)?(?:身份证|证件){_CALLED}(?:[的前后末尾][一二三四五六七八]?[位号]?)?"
_PHONE = rf"(?:联系|办公|固定)?(?:电话|手机|座机|固话){_CALLED}|联系方式|[Tt]el"
_ACCOUNT = rf"(?:银行|收款|社保|惠农|一卡通)?(?:卡号|[账帐][号户]|一卡通|银行卡|社保卡){_CALLED}"
_MARK = r"\s*[:：.]?\s*"
_MOBILE = r"(?:\+?86[ -]?)?1[3-9]\d(?:\d{8}|[ -]\d{4}[ -]\d{4}|\.\d{4}\.\d{4}|\d[ -]\d{4}[ -]\d{3})"
_NUMBER = re.compile(
    rf"(?:(?:{_CARD}|{_PHONE}|{_ACCOUNT}){_MARK})?(?<![\dA-Za-z])(?<!\d\.)(?:"
    rf"{_MOBILE}"
    rf"|(?P<card>[1-9]\d{{5}}[ -]?{_YEAR}[ -]?{_BIRTH}[ -]?\d{{3}}[\dXx]"
    rf"|[1-9]\d{{5}}\d{{2}}{_BIRTH}\d{{3}}"
    rf"|{_PROVINCE}\d{{4}}[ -]?{_YEAR}{_BIRTH})"
    r"|\(?0\d{2,3}\)?[ -]{0,2}\d{7,8}(?:-\d{1,6})?"
    r"|[48]00[ -]\d{3}[ -]?\d{4}"
    r"|\d{3,14}(?:\*{2,18}|[xX×]{3,18})\d{0,6}[Xx]?"
    r")(?![\dA-Za-z*]|\.\d)"
    rf"|(?:{_PHONE}){_MARK}\d{{7,8}}(?!\d)"
    rf"|{_CARD}{_MARK}[\d*][\d* -]{{1,22}}[\dXx*]"
    rf"|(?:{_ACCOUNT}){_MARK}\d(?:[ -]?\d){{7,24}}"
)
_LONG = re.compile(
    r"(?<![\dA-Za-z])(?<!\d\.)(?:\d{16,19}|(?<!\d-)\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?(?!-\d))"
    r"(?![\dA-Za-z]|\.\d)"
)
_OWN_NUMBER = re.compile(
    "(?:编号|编码|代码|条码|[文批]号|合同号?|序列号|流水号"
    "|(?:项目|标段|档案|发票|订单|备案|批准|许可证|证书|[宗地]地|地块)号)"
    r"\s?[:：]?\s*[\dA-Za-z〔〕\[\]_/第-]*$|[¥￥]\s?$"
)
"""What stands before a number of a project, a paper or money: a word, and perhaps the number's first part."""

_ADDRESS = re.compile(r"https?://\S*$")
_UNIT = re.compile(
    " ?[百千万亿]*(?:元|平方公里|平方米|立方米|公里|千米|公顷|公斤|千克|(?:㎡|m[23²³]?|km|kg)(?![A-Za-z]))"
    "|[百千万亿]*(?:[亩米吨斤株头只羽尾棵个台套盏口]|人次?(?![员名民])|户(?![主名口籍]))"
)
"""What stands behind an amount; 户主 behind a number begins another word."""

_CODE, _AMOUNT = re.compile(r"[\d-]+[Xx]?"), re.compile(r"\d+|0\d{2,3} \d{7,8}")
"""How a project's number and an amount may look: +86, brackets and groups are a telephone's."""

_DATED = re.compile(rf"0\d{{2,3}}[ -]20[0-4]\d{_BIRTH}")
"""A number of a paper that looks like a telephone's: 010-20240131."""

_PLACED = re.compile(r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4])\d{4}20[1-4]\d{7}")
"""A number of a project: code of a county, year, and six more digits."""

_BEFORE = 200
_EMPTY_BRACKETS = re.compile(r"[(（]\s*[,、;:，；：]?\s*[)）]")


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
_NARROW = str.maketrans(
    {
        **dict(zip("０１２３４５６７８９ＸｘＭｍ＊＋．（）", "0123456789XxMm*+.()", strict=True)),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("\u00a0\u3000", " "),
    }
)
"""Wide digits, dashes and blanks → plain ones, letter for letter: numbers are found as if written so."""

HIDDEN = "***"
"""Stands for what a message hides."""

_GAP = "\ue000"

_DIGIT, _SPACE = "[0-9０-９]", "[ .．\u00a0\u3000‐‑‒–—―−﹣－-]"
SUSPICIOUS = (
    rf"{_DIGIT}{{7}}|{_DIGIT}{{3}}[*＊]{{2}}|{_DIGIT}{{3}}[xX×ｘＸ]{{3}}|{_DIGIT}{{6}}{_SPACE}{_DIGIT}{{4}}"
    rf"|{_DIGIT}{{3,4}}{_SPACE}{_DIGIT}{{3,4}}{_SPACE}"
    "|身份证|证件|卡号|[账帐][号户]|一卡通|银行卡|社保卡"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\x{2028}-\x{202e}\x{2066}-\x{2069}]"
)
"""What a text holds that is worth the closer look of :func:`plain`; polars reads it, too."""


def without_numbers(text: str, *, long: bool = True, gap: str = " ") -> tuple[str, int]:
    """Cut out numbers that identify a person, each for a ``gap``; also how many places were cut.

    Numbers of ID cards (18 or 15 digits, also the first 14, masked ones and parts that are called so),
    telephones, and with ``long`` bank cards: any of 16 to 19 digits. A number counts as an ID card's when it
    holds a possible date of birth; its check digit is not asked, for it may be mistyped. A number behind a
    word such as 编号 or 合同 stays, and with a unit behind it that of a telephone or a bank; never one whose
    check digit proves an ID card, nor one called a telephone's or an account's.

    >>> without_numbers("联系人电话:13812345678,投资12.5万元")
    ('联系人,投资12.5万元', 1)
    >>> without_numbers("合同HT-2024-13812345678,投资13812345678元")[1]
    0
    """
    cut = 0
    while True:
        narrow, found = text.translate(_NARROW), 0
        for pattern in (_NUMBER, _LONG) if long else (_NUMBER,):
            spans = [one.span() for one in pattern.finditer(narrow) if not _is_own(narrow, one)]
            for start, end in reversed(spans):
                text = text[:start] + gap + text[end:]
            narrow, found = text.translate(_NARROW), found + len(spans)
        if not found:
            return text, cut
        cut += found
        text = tidy(text)


def _is_own(text: str, found: re.Match[str]) -> bool:
    """Whether a number is said to be a project's, a paper's or an amount; an ID card's never is."""
    given, before = found[0], (max(0, found.start() - _BEFORE), found.start())
    number = re.sub("[ -]", "", given)
    if not given[0].isdigit() or cards(number):
        return False
    if (found.re is _LONG or _CODE.fullmatch(given)) and _OWN_NUMBER.search(text, *before):
        return True
    if found.re is _LONG and (_ADDRESS.search(text, *before) or _is_placed(number)):
        return True
    if found.re is _NUMBER and found["card"]:
        return False
    return bool((_AMOUNT.fullmatch(given) and _UNIT.match(text, found.end())) or _DATED.fullmatch(given))


def _is_placed(number: str) -> bool:
    """Whether 16 digits begin like a project's and are no card's of a bank (ISO/IEC 7812-1, check digit)."""
    doubled = [sum(divmod(int(digit) * (2 - at % 2), 10)) for at, digit in enumerate(number)]
    return bool(_PLACED.fullmatch(number)) and sum(doubled) % 10 > 0


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
