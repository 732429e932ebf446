"""Native charts below a table: lines of shares, stacked columns of money, points of two columns."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from zxsim.exporters.sheet import Chart, Format, Scatter, Sheet

_CHART_ROWS = 17
"""Rows of the default height that a chart covers."""

_CHART_WIDTH = 480
"""Least width of a chart in pixels."""

_LINES: Sequence[Mapping[str, object]] = (
    {"line": {"color": "#C00000", "width": 2.25}, "marker": {"type": "circle", "size": 6}},
    {
        "line": {"color": "#7F7F7F", "width": 1.5, "dash_type": "dash"},
        "marker": {"type": "diamond", "size": 5},
    },
    {"line": {"color": "#4472C4", "width": 1.5}, "marker": {"type": "square", "size": 5}},
    {
        "line": {"color": "#7F7F7F", "width": 1.5, "dash_type": "round_dot"},
        "marker": {"type": "triangle", "size": 5},
    },
)
"""What is planned and what is required come first; then any others."""

NUMBERS_OF_AXIS: Mapping[Format, str] = {
    "share": "0%",
    "rate": "0%",
    "money": "#,##0",
    "count": "#,##0",
    "number": "General",
    "worth": "#,##0.##",
}
_CHART_KINDS = {"line": {"type": "line"}, "stacked": {"type": "column", "subtype": "stacked"}}


def draw_charts(workbook: Any, page: Any, sheet: Sheet, headings: int, body: int, end: int) -> int:  # noqa: ANN401 (the library has no types)
    """Put charts below row ``end``, two side by side, and return the row below them.

    ``headings`` and ``body`` are the first rows of headings and table, from 0.
    """
    pixels = sum(7 * column.width + 5 for column in sheet.columns)
    width = max(_CHART_WIDTH, int(pixels / 2) - 8)
    for at, chart in enumerate(sheet.charts):
        if isinstance(chart, Scatter):
            drawn = _scattered(workbook, sheet, chart, body)
        else:
            drawn = _drawn(workbook, sheet, chart, headings, body)
        drawn.set_size({"width": width, "height": 320})
        page.insert_chart(end + 1 + _CHART_ROWS * (at // 2), 0, drawn, {"x_offset": (at % 2) * (width + 8)})
    return end + 1 + _CHART_ROWS * math.ceil(len(sheet.charts) / 2) if sheet.charts else end


def _drawn(workbook: Any, sheet: Sheet, chart: Chart, headings: int, body: int) -> Any:  # noqa: ANN401
    name, (first, last) = sheet.name, chart.columns
    drawn = workbook.add_chart(_CHART_KINDS[chart.kind])
    heading = body - 1 if sheet.columns[first].group else headings
    for place, at in enumerate(chart.rows):
        row, line = body + at, _LINES[place % len(_LINES)]
        drawn.add_series(
            {
                "name": [name, row, 0],
                "categories": [name, heading, first, heading, last],
                "values": [name, row, first, row, last],
                **(line if chart.kind == "line" else {"gap": 80}),
            }
        )
    font = _titled(drawn, sheet, chart.title)
    drawn.set_x_axis({"num_font": font})
    axis: dict[str, object] = {"num_format": NUMBERS_OF_AXIS[chart.format], "num_font": font}
    if chart.format == "share" and _above_all(sheet, chart):
        axis["max"] = 1
    drawn.set_y_axis({**axis, "major_gridlines": _GRID})
    return drawn


def _above_all(sheet: Sheet, chart: Chart) -> bool:
    """Whether a share is more than all: one such year of an overspent plan would flatten all others."""
    first, last = chart.columns
    cells = (column.values[at] for column in sheet.columns[first : last + 1] for at in chart.rows)
    return any(isinstance(cell, int | float) and cell > 1 for cell in cells)


_GRID = {"visible": True, "line": {"color": "#D9D9D9"}}


def _titled(drawn: Any, sheet: Sheet, title: str) -> Mapping[str, object]:  # noqa: ANN401
    """Set title and legend, and return the font of the axes."""
    font = {"name": sheet.font, "size": 9}
    drawn.set_title({"name": title, "name_font": {"name": sheet.font, "size": 12}})
    drawn.set_legend({"position": "bottom", "font": font})
    return font


def _scattered(workbook: Any, sheet: Sheet, chart: Scatter, body: int) -> Any:  # noqa: ANN401
    """Draw points joined in the order of the rows, one colour a series; rows without figures are left out."""
    drawn = workbook.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    for series in chart.series:
        rows = body + series.first, body + series.last
        across, upwards = (
            [sheet.name, rows[0], column, rows[1], column] for column in (chart.across, chart.upwards)
        )
        marker = {"type": "circle", "size": 6}
        drawn.add_series({"name": series.name, "categories": across, "values": upwards, "marker": marker})
    font = _titled(drawn, sheet, chart.title)
    for place, set_axis in ((chart.across, drawn.set_x_axis), (chart.upwards, drawn.set_y_axis)):
        column = sheet.columns[place]
        numbers = NUMBERS_OF_AXIS.get(column.format, "General")
        name = {"name": column.heading, "name_font": {**font, "bold": False}}
        set_axis({**name, "num_format": numbers, "num_font": font, "major_gridlines": _GRID})
    return drawn
