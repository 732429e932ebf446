"""What a clause asks, in words."""

from collections.abc import Mapping
from decimal import Decimal

from zxsim.report.clause_words import UNIT_WORDS
from zxsim.report.wording import Language
from zxsim.schema.clause_columns import numbers_in

_COMPARED = {">=": "≥", "<=": "≤", "=": "=", ">": ">", "<": "<", "between": ""}


def asks(clause: Mapping[str, str | None], language: Language) -> str:
    """Write the number of a clause with its comparison and unit; nothing where it states none.

    >>> asks({"op": ">=", "value": "0.90", "unit": "share"}, "en")
    '≥ 90%'
    >>> asks({"op": "between", "value": "1..2", "unit": "count"}, "zh")
    '1–2 个'
    """
    numbers, unit = numbers_in(clause["value"]), clause["unit"] or ""
    if not numbers or clause["op"] not in _COMPARED:
        return ""
    shown = "–".join(_shown(number, of_share=unit == "share") for number in numbers)
    word = UNIT_WORDS.get(unit, (unit, unit))[0 if language == "zh" else 1]
    return f"{_COMPARED[clause['op'] or '']} {shown} {word}".strip()


def _shown(number: Decimal, *, of_share: bool) -> str:
    text = f"{number * 100 if of_share else number:,f}"
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{short}%" if of_share else short
