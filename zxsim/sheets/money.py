"""Amounts of money and their units, as people write them in a cell or a heading."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from zxsim.sheets.text import normalised


class Unit(Enum):
    """Unit of an amount; the value is what one of it is worth in 万元."""

    YUAN = Decimal("0.0001")
    THOUSAND = Decimal("0.1")
    WAN = Decimal(1)
    MILLION = Decimal(100)
    YI = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in 万元, exact, and what else the cell says ("其中,灾情因素6万元", "约")."""

    wan: Decimal
    remark: str = ""


_UNITS = {
    "亿元": Unit.YI,
    "亿": Unit.YI,
    "百万元": Unit.MILLION,
    "万元": Unit.WAN,
    "万": Unit.WAN,
    "千元": Unit.THOUSAND,
    "元": Unit.YUAN,
    "圆": Unit.YUAN,
}
_UNIT = "亿元|亿|百万元|万元|万|千元|元|圆"
_MONEY = re.compile(
    r"(?:(?:计划|预算|概算|申请|总)*(?:投资|资金|金额|投入):?|人民币|共计|共|¥|RMB)?\s*(?P<about>约|大约|≈)?\s*(?:¥)?\s*"
    r"(?P<number>[-+−]?\s?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,12})?)\s*"
    rf"(?P<unit>{_UNIT})?(?:人民币|整)?\s*(?P<after>左右|上下)?\s*"
    r"(?:\((?P<bracket>.*)\)\s*(?P<late>" + _UNIT + r")?|[,;,。\n]\s*(?P<rest>.*))?[。;,]?",
    re.DOTALL,
)
_ANOTHER = re.compile(r"(?!其中|含|包括|包含).*\d", re.DOTALL)
_WHOLE_UNIT = re.compile(rf"(?:(?:货币|金额)?单位[:为]?\s*)?(?:人民币)?({_UNIT})")
_UNIT_LINE = re.compile(r"单位\s*[:为]?\s*([^()]+)")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_UNIT_LAST = re.compile(r"(?:^|[/_:\s-]|金额|资金|投资|概算|预算|补助|投入|规模)(亿元|百万元|万元|千元|元)$")
_BETWEEN = re.compile(r"[、,;\s]+")


def money(text: str, unit: Unit) -> Amount | None:
    """Read an amount; a unit in the cell counts more than ``unit``, that of the heading or the sheet.

    None where it is not one amount: words, a range, a sum, a rate, a share, several amounts, or a number
    in exponent form (it has lost digits). A negative amount is an amount.

    >>> money("1,234.5", Unit.WAN), money("480000元", Unit.WAN)
    (Amount(wan=Decimal('1234.5'), remark=''), Amount(wan=Decimal('48'), remark=''))
    >>> money("10(其中,灾情因素6万元)", Unit.WAN)
    Amount(wan=Decimal('10'), remark='其中,灾情因素6万元')
    >>> [money(text, Unit.WAN) for text in ("10-20", "5万元/户", "中央10省级20", "60%", "1.2E+05", "无")]
    [None, None, None, None, None, None]
    """
    found = _MONEY.fullmatch(_flat(text))
    if not found:
        return None
    bracket = (found["bracket"] or "").strip()
    named = [_UNITS[word] for word in (found["unit"], found["late"]) if word]
    inside = _WHOLE_UNIT.fullmatch(bracket)
    if inside:
        named, bracket = [*named, _UNITS[inside[1]]], ""
    if len(set(named)) > 1 or _ANOTHER.match(found["rest"] or ""):
        return None
    number = Decimal(re.sub(r"[,\s]", "", found["number"]).replace("−", "-"))
    remarks = (found["about"], found["after"], bracket, found["rest"])
    return Amount(_plain(number * (named[0] if named else unit).value), ";".join(r for r in remarks if r))


def unit_in(text: str) -> Unit | None:
    """Read the unit of money that a heading or a unit line names; None where none, or more than one.

    >>> unit_in("单位:万元"), unit_in("项目资金(元)"), unit_in("编制单位:县财政局 单位:亩、千元")
    (<Unit.WAN: Decimal('1')>, <Unit.YUAN: Decimal('0.0001')>, <Unit.THOUSAND: Decimal('0.1')>)
    >>> unit_in("补助标准(元/亩)"), unit_in("多元化经营"), unit_in("责任单位")
    (None, None, None)
    """
    flat = _flat(text)
    parts = [word for line in _UNIT_LINE.findall(flat) for word in _BETWEEN.split(line)]
    parts += [word for inside in _BRACKETS.findall(flat) for word in _BETWEEN.split(inside)]
    found = {_UNITS[whole[1]] for part in parts if (whole := _WHOLE_UNIT.fullmatch(part))}
    last = _UNIT_LAST.search(flat)
    if last:
        found.add(_UNITS[last[1]])
    return found.pop() if len(found) == 1 else None


def _plain(number: Decimal) -> Decimal:
    """Drop zeros at the end and exponents: 48, never 4.8E+1 or 48.0000."""
    return Decimal(f"{number.normalize():f}")


def _flat(text: str) -> str:
    """Normalise, and close the blank that spreads a unit over its cell (万 元)."""
    return re.sub("(?<=[万千亿]) (?=元)", "", normalised(text))
