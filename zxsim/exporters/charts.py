"""Native charts below a table: lines of shares, stacked columns of money."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from zxsim.exporters.sheet import Chart, Format, Sheet

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

NUMBERS_OF_AXIS: Mapping[Format, str] = {"share": "0%", "money": "#,##0"}
_CHART_KINDS = {"line": {"type": "line"}, "stacked": {"type": "column", "subtype": "stacked"}}


def draw_charts(workbook: Any, page: Any, sheet: Sheet, headings: int, body: int, end: int) -> int:  # noqa: ANN401 (the library has no types)
    """Put charts below row ``end``, two side by side, and return the row below them.

    ``headings`` and ``body`` are the first rows of headings and table, from 0.
    """
    pixels = sum(7 * column.width + 5 for column in sheet.columns)
    width = max(_CHART_WIDTH, int(pixels / 2) - 8)
    for at, chart in enumerate(sheet.charts):
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
    font = {"name": sheet.font, "size": 9}
    drawn.set_title({"name": chart.title, "name_font": {"name": sheet.font, "size": 12}})
    drawn.set_legend({"position": "bottom", "font": font})
    drawn.set_x_axis({"num_font": font})
    grid = {"visible": True, "line": {"color": "#D9D9D9"}}
    drawn.set_y_axis({"num_format": NUMBERS_OF_AXIS[chart.format], "num_font": font, "major_gridlines": grid})
    return drawn
