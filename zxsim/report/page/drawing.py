"""From a chart to points on paper: axes, ticks, paths and boxes; the template puts them into SVG."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zxsim.exporters.layout import width_of
from zxsim.exporters.sheet import Format, shown
from zxsim.report.page.charts import Chart, Line, Scatter, Values, pieces

WIDTH, HEIGHT = 480.0, 290.0
"""Of every chart in its own units; letters are 13 high, so that they can be read on a phone too."""

TOP, BOTTOM, RIGHT = 30.0, 34.0, 14.0
_LETTER = 7.2
"""Width of a half-width character."""

_TICKS = 5
_NOISE = 1e-9
"""Of the size of figures: a range below it is none."""

_BAR_SHARE = 0.7
"""Of the room of a position that its bars take."""

_MOST_MARKERS = 15
"""Positions up to which each point of a line is marked."""


@dataclass(frozen=True)
class Mark:
    """A place with a text: a tick, or a point that tells its value."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Stroke:
    """A line as an SVG path, with its marked points."""

    look: int
    path: str
    points: Sequence[Mark]


@dataclass(frozen=True)
class Area:
    """A band as an SVG path."""

    shade: int
    path: str


@dataclass(frozen=True)
class Box:
    """One bar."""

    look: int
    x: float
    y: float
    width: float
    height: float
    text: str


@dataclass(frozen=True)
class Drawing:
    """Everything that the template draws; ``left`` and ``right`` are the ends of the horizontal lines."""

    left: float
    right: float
    rows: Sequence[Mark]
    marks: Sequence[Mark]
    areas: Sequence[Area]
    strokes: Sequence[Stroke]
    boxes: Sequence[Box]
    base: float


class _Paper:
    """Where values and positions lie."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.ticks = nice_ticks(*chart.extent())
        self.texts = tick_texts(self.ticks, chart.how)
        self.left = 14 + _LETTER * max(width_of(text) for text in self.texts)
        self.step = (WIDTH - RIGHT - self.left) / max(len(chart.positions), 1)

    def x(self, position: float) -> float:
        return self.left + self.step * (position + 0.5)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        inside = value if self.chart.most is None else min(value, high)
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - inside) / (high - low)


class _Plane(_Paper):
    """Where points lie that have a place across too."""

    def __init__(self, chart: Scatter) -> None:
        super().__init__(chart)
        self.across = chart.across
        self.marks = nice_ticks(min(chart.across, default=0.0), max(chart.across, default=0.0))
        self.names = tick_texts(self.marks, chart.how_across)

    def x(self, position: float) -> float:
        return self.at(self.across[int(position)])

    def at(self, value: float) -> float:
        """Where a value lies; the outermost leave room for half of their names."""
        margin = _LETTER * max(width_of(name) for name in self.names) / 2
        room = WIDTH - RIGHT - self.left - 2 * margin
        return self.left + margin + room * (value - self.marks[0]) / (self.marks[-1] - self.marks[0])

    def ticks_across(self) -> list[Mark]:
        """As many ticks as there is room for."""
        wide = _LETTER * (max(width_of(name) for name in self.names) + 1)
        each = max(1, math.ceil(wide * len(self.marks) / (WIDTH - RIGHT - self.left)))
        chosen = list(zip(self.marks, self.names, strict=True))[::each]
        return [Mark(self.at(value), HEIGHT - BOTTOM, name) for value, name in chosen]


def drawn(chart: Chart) -> Drawing:
    """Lay a chart out."""
    paper = _Plane(chart) if isinstance(chart, Scatter) else _Paper(chart)
    return Drawing(
        left=paper.left,
        right=WIDTH - RIGHT,
        rows=[
            Mark(paper.left - 6, paper.y(tick), text)
            for tick, text in zip(paper.ticks, paper.texts, strict=True)
        ],
        marks=paper.ticks_across() if isinstance(paper, _Plane) else _position_marks(paper),
        areas=[Area(band.shade, path) for band in chart.bands for path in _band(paper, band.low, band.high)],
        strokes=[_stroke(paper, line) for line in chart.lines],
        boxes=list(_boxes(paper)),
        base=paper.y(max(paper.ticks[0], 0.0)),
    )


def nice_ticks(low: float, high: float) -> list[float]:
    """Round numbers that cover a range, some five of them.

    >>> nice_ticks(0, 0.83)
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    >>> nice_ticks(0, 0), nice_ticks(-3, 9)
    ([0.0, 1.0], [-5.0, 0.0, 5.0, 10.0])
    """
    if high - low <= _NOISE * max(1.0, abs(low), abs(high)):
        first = float(math.floor(low + _NOISE))
        return [first, first + 1.0]
    rough = (high - low) / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * size for size in (1, 2, 5, 10) if power * size >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(at * step, 12) for at in range(first, last + 1)]


def tick_texts(ticks: Sequence[float], how: Format) -> list[str]:
    """Write ticks as short as they stay apart.

    >>> tick_texts([0.0, 0.5, 1.0], "share"), tick_texts([0.0, 2000.0], "count")
    (['0%', '50%', '100%'], ['0', '2,000'])
    """
    form = "{:.{digits}%}" if how in ("share", "rate") else "{:,.{digits}f}"
    for digits in range(4):
        texts = [form.format(tick + 0.0, digits=digits) for tick in ticks]
        exact = all(_read(text) == round(tick, 9) for text, tick in zip(texts, ticks, strict=True))
        if exact:
            break
    return texts


def _read(text: str) -> float:
    number = float(text.replace(",", "").removesuffix("%"))
    return round(number / 100 if text.endswith("%") else number, 9)


def _position_marks(paper: _Paper) -> list[Mark]:
    """Name as many positions as there is room for."""
    positions = paper.chart.positions
    marked = list(paper.chart.marked) or list(range(len(positions)))
    if not marked:
        return []
    wide = _LETTER * (max(width_of(positions[at]) for at in marked) + 1)
    room = paper.step * len(positions) / len(marked)
    each = max(1, math.ceil(wide / room))
    return [Mark(paper.x(at), HEIGHT - BOTTOM, positions[at]) for at in marked[::each]]


def _points(paper: _Paper, stretch: Sequence[tuple[int, float]]) -> list[str]:
    return [f"{paper.x(at):.1f} {paper.y(value):.1f}" for at, value in stretch]


def _band(paper: _Paper, low: Values, high: Values) -> Iterator[str]:
    """A closed path for each stretch in which both ends are known."""
    both = [None if a is None or b is None else a for a, b in zip(low, high, strict=True)]
    for stretch in pieces(both):
        above = [(at, high[at] or 0.0) for at, _ in reversed(stretch)]
        yield f"M{'L'.join(_points(paper, stretch))}L{'L'.join(_points(paper, above))}Z"


def _stroke(paper: _Paper, line: Line) -> Stroke:
    known = [(at, value) for stretch in pieces(line.values) for at, value in stretch]
    plane = isinstance(paper, _Plane)
    stretches = [known] if plane and known else list(pieces(line.values))
    path = "".join(f"M{'L'.join(_points(paper, stretch))}" for stretch in stretches) if line.joined else ""
    few = known if plane or len(paper.chart.positions) <= _MOST_MARKERS else []
    return Stroke(
        line.look, path, [Mark(paper.x(at), paper.y(v), _told(paper, line.name, at, v)) for at, v in few]
    )


def _boxes(paper: _Paper) -> Iterator[Box]:
    chart = paper.chart
    tops = chart.tops()
    count = 1 if chart.stacked else max(len(chart.bars), 1)
    width = paper.step * _BAR_SHARE / count
    for number, bar in enumerate(chart.bars):
        for at, value in enumerate(bar.values):
            if not value:
                continue
            top = tops[number][at] if chart.stacked else value
            left = paper.x(at) - paper.step * _BAR_SHARE / 2 + (0 if chart.stacked else number * width)
            ends = sorted((paper.y(top), paper.y(top - value)))
            text = _told(paper, bar.name, at, value)
            yield Box(bar.look, left, ends[0], width, ends[1] - ends[0], text)


def _told(paper: _Paper, name: str, at: int, value: float) -> str:
    return f"{name} {paper.chart.positions[at]}: {shown(value, paper.chart.how)}"
