"""Charts as data: lines, bands between two lines, and bars over a row of positions.

Plain SVG is drawn from this, not by plotly: the package of plotly 7.1 brings one bundle only, of 4.8 MB
(its parts are not in it), and a page that a county office sends by mail should not weigh that for a dozen
lines and bars. The drawing takes some two hundred lines, prints sharply, needs no script and keeps each
figure readable as text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from zxsim.exporters.sheet import Column, Format

Values = Sequence[float | None]


@dataclass(frozen=True)
class Line:
    """A line; ``look`` chooses its colour, dash and marker together. Points not ``joined`` have no line."""

    name: str
    values: Values
    look: int = 0
    joined: bool = True


@dataclass(frozen=True)
class Band:
    """The room between two lines; the inner one of two is darker (``shade`` 1)."""

    name: str
    low: Values
    high: Values
    shade: int = 0


@dataclass(frozen=True)
class Bar:
    """One bar at each position; ``look`` chooses colour and pattern together."""

    name: str
    values: Values
    look: int = 0


@dataclass(frozen=True)
class Chart:
    """A chart.

    Attributes
    ----------
    title, unit : str
        What is shown, and in which unit.
    axis : str
        What the positions are, such as years.
    positions : sequence of str
        Names along the horizontal axis.
    how : Format
        How figures are written.
    stacked : bool
        Bars stand on each other, not side by side.
    from_zero : bool
        The vertical axis begins at 0.
    marked : sequence of int
        Positions that are named on the axis, all of them when empty.
    scale : str
        Charts of one topic with the same word here share their vertical axis, those of other runs too.
    limits : tuple of float or None
        Range that the vertical axis covers at least.
    most : float or None
        Where the vertical axis ends at the latest: lines above run along its end.
    """

    title: str
    unit: str
    axis: str
    positions: Sequence[str]
    how: Format
    lines: Sequence[Line] = ()
    bands: Sequence[Band] = ()
    bars: Sequence[Bar] = ()
    stacked: bool = False
    from_zero: bool = True
    marked: Sequence[int] = ()
    scale: str = ""
    limits: tuple[float, float] | None = None
    most: float | None = None

    def extent(self) -> tuple[float, float]:
        """Lowest and highest figure, with 0 where the axis begins there, and the limits."""
        found = [value for values in self._shown() for value in values if value is not None]
        if self.from_zero or not found:
            found.append(0.0)
        if self.limits is not None:
            found += self.limits
        highest = max(found)
        return min(found), highest if self.most is None else min(highest, self.most)

    def _shown(self) -> Iterator[Values]:
        yield from (line.values for line in self.lines)
        for band in self.bands:
            yield from (band.low, band.high)
        if self.stacked:
            yield self.tops()[-1] if self.bars else ()
        else:
            yield from (bar.values for bar in self.bars)

    def tops(self) -> list[list[float]]:
        """Upper end of each stacked bar at each position."""
        sums = [0.0] * len(self.positions)
        found = []
        for bar in self.bars:
            sums = [below + (value or 0.0) for below, value in zip(sums, bar.values, strict=True)]
            found.append(sums)
        return found

    def columns(self) -> list[Column]:
        """Return the figures as columns of a table."""
        found = [Column(self.axis, list(self.positions), 12)]
        for band in self.bands:
            found += [
                Column(f"{band.name} {end}", list(values), 12, format=self.how)
                for end, values in (("↓", band.low), ("↑", band.high))
            ]
        named: list[Line | Bar] = [*self.lines, *self.bars]
        return [*found, *(Column(one.name, list(one.values), 12, format=self.how) for one in named)]


@dataclass(frozen=True)
class Scatter(Chart):
    """Points at any place: lines are joined in the order of the positions, over those that they lack.

    Attributes
    ----------
    across : sequence of float
        Where each position lies.
    name_across : str
        What is drawn across, of which ``how_across`` says how it is written.
    """

    across: Sequence[float] = ()
    name_across: str = ""
    how_across: Format = "number"

    def columns(self) -> list[Column]:
        """Return the figures as columns of a table."""
        first, *others = super().columns()
        return [first, Column(self.name_across, list(self.across), 12, format=self.how_across), *others]


def same_scales(charts: Sequence[Chart]) -> list[Chart]:
    """Give charts that share a scale the same limits.

    >>> low, high = (Chart("", "", "", ["1"], "count", [Line("", [v])], scale="s") for v in (2.0, 9.0))
    >>> [chart.limits for chart in same_scales([low, high])]
    [(0.0, 9.0), (0.0, 9.0)]
    """
    extents: dict[str, list[tuple[float, float]]] = {}
    for chart in charts:
        extents.setdefault(chart.scale, []).append(chart.extent())
    return [
        replace(chart, limits=(min(low for low, _ in found), max(high for _, high in found)))
        if chart.scale and (found := extents[chart.scale])
        else chart
        for chart in charts
    ]


def pieces(values: Values) -> Iterator[list[tuple[int, float]]]:
    """Stretches of positions that have a value, each with its position.

    >>> list(pieces([1.0, None, 2.0, 3.0]))
    [[(0, 1.0)], [(2, 2.0), (3, 3.0)]]
    """
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if not known:
        return
    stretch = [known[0]]
    for before, here in pairwise(known):
        if here[0] != before[0] + 1:
            yield stretch
            stretch = []
        stretch.append(here)
    yield stretch
