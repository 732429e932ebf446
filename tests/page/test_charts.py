"""Charts: where points lie, what is drawn of gaps, stacks and ties, and what the axis says."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zxsim.exporters.sheet import Format
from zxsim.report.page.charts import Band, Bar, Chart, Line
from zxsim.report.page.drawing import BOTTOM, HEIGHT, RIGHT, TOP, WIDTH, drawn, nice_ticks, tick_texts

YEARS = ["2021", "2022", "2023"]
PLAIN = Chart("收入", "元", "年度", YEARS, "count")
NUMBER = re.compile(r"-?\d+\.\d")


def numbers(path: str) -> list[float]:
    """Coordinates of a path."""
    return [float(found) for found in NUMBER.findall(path)]


def test_values_lie_where_the_axis_says() -> None:
    """0 is at the bottom, the highest tick at the top, positions in the middle of their room."""
    drawing = drawn(replace(PLAIN, lines=[Line("a", [0.0, 50.0, 100.0])]))
    assert [row.text for row in drawing.rows] == ["0", "20", "40", "60", "80", "100"]
    points = drawing.strokes[0].points
    assert [point.y for point in points] == [HEIGHT - BOTTOM, (HEIGHT - BOTTOM + TOP) / 2, TOP]
    step = (WIDTH - RIGHT - drawing.left) / 3
    assert [point.x for point in points] == pytest.approx(
        [drawing.left + step * (at + 0.5) for at in range(3)]
    )
    assert points[1].text == "a 2022: 50"


def test_a_gap_is_no_line_and_a_band_closes() -> None:
    """A missing value breaks the line; each stretch of a band goes there and back."""
    chart = replace(
        PLAIN, lines=[Line("a", [1.0, None, 2.0])], bands=[Band("b", [1.0, 1.0, None], [2.0, 2.0, 3.0])]
    )
    drawing = drawn(chart)
    assert drawing.strokes[0].path.count("M") == 2
    assert len(drawing.areas) == 1
    assert drawing.areas[0].path.endswith("Z")
    assert len(numbers(drawing.areas[0].path)) == 8


def test_stacked_bars_stand_on_each_other_and_others_side_by_side() -> None:
    """Boxes of a stack touch; those side by side share no room; a 0 is no box."""
    bars = [Bar("a", [1.0, 0.0, 2.0]), Bar("b", [3.0, 4.0, 0.0], 1)]
    stack = drawn(replace(PLAIN, bars=bars, stacked=True)).boxes
    assert len(stack) == 4
    below, above = (next(box for box in stack if box.look == look) for look in (0, 1))
    assert above.y + above.height == pytest.approx(below.y)
    assert (above.x, above.width) == (below.x, below.width)
    beside = drawn(replace(PLAIN, bars=bars)).boxes
    left, right = (next(box for box in beside if box.look == look) for look in (0, 1))
    assert left.x + left.width == pytest.approx(right.x)


@given(
    st.floats(-1e7, 1e7),
    st.floats(0, 1e7),
    st.sampled_from(["count", "money", "share", "number"]),
)
def test_ticks_cover_the_range_and_stay_apart(low: float, size: float, how: Format) -> None:
    """Two to a dozen ticks, even, around the range, each with a text of its own."""
    high = low + size
    ticks = nice_ticks(low, high)
    assert ticks[0] <= low + 1e-6 * max(1, abs(low))
    assert ticks[-1] >= high - 1e-6 * max(1, abs(high))
    assert 2 <= len(ticks) <= 12
    if size > 1e-2:
        assert len(set(tick_texts(ticks, how))) == len(ticks)


def test_many_positions_are_named_as_far_as_there_is_room() -> None:
    """Names on the axis do not run into each other."""
    months = [f"{2021 + at // 12}-{at % 12 + 1:02d}" for at in range(60)]
    drawing = drawn(replace(PLAIN, positions=months, lines=[Line("a", [1.0] * 60)]))
    places = [mark.x for mark in drawing.marks]
    assert min(b - a for a, b in pairwise(places)) > 7 * 7.2
    assert drawing.strokes[0].points == []


def test_an_empty_chart_is_drawn() -> None:
    """No series at all is an axis from 0 to 1."""
    assert [row.text for row in drawn(PLAIN).rows] == ["0", "1"]
