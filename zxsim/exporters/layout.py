"""How wide a text is and how high its row must be: Chinese characters are two wide."""

import math
import unicodedata
from collections.abc import Iterable

LINE = 14.0
"""Height of a line of text in points."""


def width_of(text: str) -> int:
    """Width in half-width characters.

    >>> width_of("合计 12")
    7
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def height_of(text: str, width: float, line: float = LINE, scale: float = 1.1) -> float:
    """Points that a text needs in a column, letters being ``scale`` times as wide as the column counts."""
    lines = sum(max(1, math.ceil(scale * width_of(part) / max(width, 1))) for part in text.split("\n"))
    return line * lines + 4


def fitting_width(texts: Iterable[str], least: float = 8, most: float = 42) -> float:
    """Width of a column that shows the texts, within limits.

    >>> fitting_width(["短", "一二三四五六七八"])
    18.0
    """
    return float(min(most, max([least, *(width_of(text) + 2 for text in texts)])))
