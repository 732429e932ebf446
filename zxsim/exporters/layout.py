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
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def height_of(text: str, width: float, line: float = LINE, scale: float = 1.0) -> float:
    """Points that a text needs in a column, letters being ``scale`` times as wide as the column counts.

    >>> height_of("一二三四", 8.5), height_of("一二三四五", 8.5)
    (18.0, 32.0)
    """
    if 2 * scale * len(text) < width and "\n" not in text:
        return line + 4
    return line * sum(_lines(scale * width_of(part), width) for part in text.split("\n")) + 4


def _lines(needed: float, width: float) -> int:
    """Lines of a text: where it does not fit, each line may lose most of a letter at its end."""
    return 1 if needed < width else math.ceil(needed / max(width - 1.5, 1))


def fitting_width(texts: Iterable[str], least: float = 8, most: float = 42) -> float:
    """Width of a column that shows the texts, within limits.

    >>> fitting_width(["短", "一二三四五六七八"])
    18.0
    """
    return float(min(most, max([least, *(width_of(text) + 2 for text in texts)])))
