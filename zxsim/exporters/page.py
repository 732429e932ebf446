"""Where texts outside the table stand, and on which paper a sheet is printed."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from zxsim.exporters.layout import width_of
from zxsim.exporters.sheet import Entry, Sheet

UPRIGHT = 120
"""Half-width characters beside each other up to which a sheet is printed upright on A4, at 80 % or more."""

A4_LANDSCAPE = 195
"""The same for A4 landscape, at 75 % or more; wider sheets take A3."""

_PAPERS = {"A4": 9, "A3": 8}
_HEAD_CUTS = (0.13, 0.5, 0.63)
"""Shares of the width at which the second to fourth cells of the block above a table begin."""

_PIXELS_OF_ROW, _PIXELS_OF_CHART = 26, 170


def printed(sheet: Sheet) -> tuple[bool, int]:
    """Whether a sheet is printed landscape, and the number of its paper: by its width where it says nothing.

    A sheet with charts goes on one page, whichever way it is less shrunk.
    """
    width = sum(column.width for column in sheet.columns)
    landscape = sheet.landscape
    if landscape is None and sheet.charts:
        height = _PIXELS_OF_ROW * len(sheet.kinds) + _PIXELS_OF_CHART * (len(sheet.charts) + 1)
        landscape = 7 * width > height
    elif landscape is None:
        landscape = width > UPRIGHT
    wide = landscape and width > A4_LANDSCAPE and not sheet.charts
    return landscape, _PAPERS[sheet.paper or ("A3" if wide else "A4")]


def placed(texts: Sequence[str], widths: Sequence[float]) -> Mapping[int, str]:
    """First column of each text of a line; the last text is at the right, the others side by side.

    >>> placed(["填报单位：", "填报日期：", "单位：万元"], [10, 10, 10, 10])
    {0: '填报单位：', 1: '填报日期：', 2: '单位：万元'}
    >>> placed(["左", ""], [10, 10]), placed(["左", "右"], [10])
    ({0: '左'}, {0: '左　右'})
    """
    *others, right = texts
    if len(widths) < len(others) + bool(right):
        return {0: "　".join(text for text in texts if text)}
    end = max(_right_start(right, widths), len(others)) if right else len(widths)
    found: dict[int, str] = {}
    for at, text in enumerate(others):
        least = max(found) + 1 if found else 0
        spare = len(others) - at
        found[min(max(_column_at(at / len(others), widths[:end]), least), end - spare)] = text
    return {**found, end: right} if right else found


def head_cells(entries: Sequence[Entry], widths: Sequence[float]) -> list[list[tuple[int, int, Entry, bool]]]:
    """Rows of the block above a table: first and last column, the entry, and whether its name stands there.

    Two entries share a row where there are four columns, one where there are two; there must be two.
    """
    last = len(widths) - 1
    if last + 1 < len(_HEAD_CUTS) + 1:
        return [[(0, 0, entry, True), (1, last, entry, False)] for entry in entries]
    cuts: list[int] = [0]
    for at, share in enumerate(_HEAD_CUTS, start=1):
        spare = len(_HEAD_CUTS) - at
        cuts.append(min(max(_column_at(share, widths), cuts[-1] + 1), last - spare))
    ends = [cuts[1] - 1, cuts[2] - 1, cuts[3] - 1, last]
    rows = []
    for pair in _pairs(entries):
        cells = []
        for at, entry in enumerate(pair):
            end = last if entry.wide or len(pair) == 1 else ends[2 * at + 1]
            cells += [(cuts[2 * at], ends[2 * at], entry, True), (cuts[2 * at + 1], end, entry, False)]
        rows.append(cells)
    return rows


def _pairs(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Put entries two in a row, a wide one alone."""
    rows: list[list[Entry]] = []
    for entry in entries:
        joins = rows and len(rows[-1]) == 1 and not rows[-1][0].wide and not entry.wide
        if joins:
            rows[-1].append(entry)
        else:
            rows.append([entry])
    return rows


def _column_at(share: float, widths: Sequence[float]) -> int:
    """Column whose beginning is nearest to a share of the width."""
    starts = [0.0, *accumulate(widths)][:-1]
    return min(range(len(starts)), key=lambda at: abs(starts[at] - share * sum(widths)))


def _right_start(text: str, widths: Sequence[float]) -> int:
    """First of the last columns that together have room for the text at the right."""
    room, start = 0.0, len(widths)
    while start > 1 and room < 1.2 * width_of(text):
        start -= 1
        room += widths[start]
    return start
