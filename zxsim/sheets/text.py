"""The text of one cell: one form for what people type in many."""

import math
import re
import unicodedata
from decimal import Decimal

MOST_DIGITS = 15
"""Significant digits of a number in a cell: what Excel itself keeps; behind them is binary noise."""

MOST_DECIMALS = 10
"""Decimals of a number in a cell: a millionth of a 分, far below anything that a sheet means."""

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]|_x000[dD]_\n?")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_BLANKS = re.compile(r"[^\S\n]+")
_UNUSUAL = re.compile(r"  |_x000[dD]_")
_AROUND_BREAKS = re.compile(r" ?\n ?")


def normalised(text: str) -> str:
    r"""Write a cell in one form: half-width, one kind of blank and line break, nothing invisible.

    Full-width digits, letters, brackets and punctuation become half-width (Unicode NFKC); control and
    zero-width characters go; line breaks inside stay.

    >>> normalised("\u3000\uff11\uff12\uff10\u00a0\u4e07\u5143\r\n（\u5408） ")
    '120 万元\n(合)'
    """
    if text.isprintable() and unicodedata.is_normalized("NFKC", text) and not _UNUSUAL.search(text):
        return text.strip()
    text = _INVISIBLE.sub("", _BREAKS.sub("\n", text))
    return _AROUND_BREAKS.sub("\n", _BLANKS.sub(" ", unicodedata.normalize("NFKC", text))).strip()


def number_text(number: float) -> str:
    """Write a number of a cell as the shortest decimal, without binary noise or exponent.

    >>> number_text(0.1 + 0.2), number_text(30.0), number_text(-1e20), number_text(float("nan"))
    ('0.3', '30', '-100000000000000000000', '#NUM!')
    """
    if isinstance(number, float) and not math.isfinite(number):
        return "#NUM!"
    short = repr(number).removesuffix(".0")
    if len(short) <= MOST_DECIMALS + 2 and "e" not in short and short != "-0":
        return short
    text = f"{Decimal(format(number, f'.{MOST_DIGITS}g')):.{MOST_DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
