"""Excel workbooks by XlsxWriter: headings in two rows, native charts, print set-up; same sheets, same bytes.

Rows go to disk as they are written, so that memory does not grow with their number: cells are written
row by row, and merged ranges are named afterwards.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from zxsim.exporters.layout import height_of, width_of
from zxsim.exporters.sheet import Chart, Column, Format, Kind, Sheet, Value

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (the library takes no zone; any fixed time will do)
"""Date of creation in every workbook: the same inputs give the same bytes."""

LONGEST_TEXT = 32_767
"""Characters that a cell of Excel can hold."""

LEAST_HEIGHT = 18.0
"""Points of a row that holds one line."""

NUMBERS: Mapping[Format, str] = {
    "text": "@",
    "year": "0",
    "count": "#,##0",
    "number": "General",
    "money": "#,##0.00",
    "part": "#,##0.00;-#,##0.00;",
    "share": "0.00%",
    "rate": "0.0%",
    "worth": "#,##0.0000",
}
_NOT_XML = dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
"""Letters that no XML can hold: a workbook with one would not open."""

_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOLD = (Kind.GROUP, Kind.SUBTOTAL, Kind.TOTAL)
_CHART_ROWS = 17
"""Rows of the default height that a chart covers."""

_CHART_WIDTH = 480
"""Least width of a chart in pixels."""

_NARROW = 16
"""Texts of columns up to this width stand in the middle."""

_LINES: Sequence[Mapping[str, object]] = (
    {"line": {"color": "#C00000", "width": 2.25}, "marker": {"type": "circle", "size": 6}},
    {
        "line": {"color": "#7F7F7F", "width": 1.5, "dash_type": "dash"},
        "marker": {"type": "diamond", "size": 5},
    },
)
"""What is planned, and what is required."""

NUMBERS_OF_AXIS: Mapping[Format, str] = {"share": "0%", "money": "#,##0"}
_CHART_KINDS = {"line": {"type": "line"}, "stacked": {"type": "column", "subtype": "stacked"}}

Styles = Mapping[str, object]


def write_workbook(sheets: Sequence[Sheet], path: Path) -> None:
    """Write the sheets as one workbook.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    import xlsxwriter  # noqa: PLC0415 (heavy)

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with path.open("wb") as file:
        workbook = xlsxwriter.Workbook(file, options)
        workbook.set_properties({"created": CREATED})
        for sheet in sheets:
            _Page(workbook, sheet).write()
        workbook.close()


class _Page:
    """One sheet on its way into a workbook."""

    def __init__(self, workbook: Any, sheet: Sheet) -> None:  # noqa: ANN401 (the library has no types)
        self._workbook, self._sheet = workbook, sheet
        self._page = workbook.add_worksheet(sheet.name)
        self._styles: dict[tuple[tuple[str, object], ...], Any] = {}
        self._looks: dict[tuple[Format, bool, bool, bool, bool, bool], Any] = {}
        self._last = max(len(sheet.columns) - 1, 0)
        self._head = 2 if sheet.left or sheet.right else 1
        self._body = self._head + (2 if sheet.grouped else 1)

    def write(self) -> None:
        """Write everything, from the top row to the charts."""
        for place, column in enumerate(self._sheet.columns):
            self._page.set_column(place, place, column.width)
        self._title()
        self._headings()
        self._rows()
        end = self._notes(self._body + len(self._sheet.kinds))
        self._print(self._charts(end))

    def _style(self, **keys: object) -> Any:  # noqa: ANN401
        keys = {"font_name": self._sheet.font, "font_size": 10, "valign": "vcenter", **keys}
        found = tuple(sorted(keys.items()))
        if found not in self._styles:
            self._styles[found] = self._workbook.add_format(keys)
        return self._styles[found]

    def _cell(self, row: int, place: int, value: Value, style: Any) -> None:  # noqa: ANN401
        """Write a text as text, whatever it looks like, and a number as a number."""
        if value is None or value == "":
            self._page.write_blank(row, place, None, style)
        elif isinstance(value, str):
            self._page.write_string(row, place, value[:LONGEST_TEXT].translate(_NOT_XML), style)
        else:
            self._page.write_number(row, place, value, style)

    def _merge(self, first_row: int, first: int, last_row: int, last: int) -> None:
        """Merge cells that are written already: ``merge_range`` would refuse rows that are on disk."""
        if (first_row, first) != (last_row, last):
            self._page.merge.append([first_row, first, last_row, last])

    def _line(self, row: int, texts: Mapping[int, str], height: float, **keys: object) -> None:
        """Write a row outside the table, each text over the columns up to the next one."""
        self._page.set_row(row, height)
        starts = [*texts, self._last + 1]
        for (start, text), end in zip(texts.items(), starts[1:], strict=True):
            style = self._style(text_wrap=True, **keys, **({"align": "right"} if start else {}))
            self._cell(row, start, text, style)
            self._merge(row, start, row, end - 1)

    def _title(self) -> None:
        widths = [column.width for column in self._sheet.columns]
        height = max(30.0, height_of(self._sheet.title, sum(widths), 22.0, 1.6))
        self._line(0, {0: self._sheet.title}, height, bold=True, font_size=16, align="center")
        if self._head > 1:
            texts = {0: self._sheet.left}
            if self._last and self._sheet.right:
                texts[self._right_start(widths)] = self._sheet.right
            self._line(1, texts, 18)

    def _right_start(self, widths: Sequence[float]) -> int:
        """First of the last columns that together have room for the text at the right."""
        room, start = 0.0, self._last + 1
        while start > 1 and room < 1.2 * width_of(self._sheet.right):
            start -= 1
            room += widths[start]
        return start

    def _headings(self) -> None:
        """Write one row of headings, or two: a column without a group has one cell over both."""
        style = self._style(bold=True, border=1, align="center", text_wrap=True, bg_color="#F2F2F2")
        columns, top, low = self._sheet.columns, self._head, self._body - 1
        uppers = [column.group or column.heading for column in columns]
        if low > top:
            self._page.set_row(top, max(height_of(c.group, _group_width(columns, c)) for c in columns))
            for place, column in enumerate(columns):
                repeated = place > 0 and column.group and column.group == columns[place - 1].group
                self._cell(top, place, None if repeated else uppers[place], style)
        self._page.set_row(low, max(height_of(column.heading, column.width) for column in columns))
        for place, column in enumerate(columns):
            self._cell(low, place, column.heading if column.group or low == top else None, style)
            if not column.group:
                self._merge(top, place, low, place)
        for first, last, text in _runs([column.group for column in columns]):
            if text:
                self._merge(top, first, top, last)

    def _rows(self) -> None:
        columns, kinds = self._sheet.columns, self._sheet.kinds
        start = next((place for place, column in enumerate(columns) if column.added), self._last + 1)
        for at, kind in enumerate(kinds):
            row, bold = self._body + at, kind in _BOLD
            self._page.set_row(row, self._height(at))
            for place, column in enumerate(columns):
                value = column.values[at]
                shown = None if column.joined and at and value == column.values[at - 1] else value
                self._cell(row, place, shown, self._body_style(column, at, bold=bold))
            end = self._last if kind is Kind.GROUP else start - 1
            if bold and end > 0:
                align = "left" if kind is Kind.GROUP else "center"
                style = self._style(bold=True, border=1, text_wrap=True, align=align)
                self._cell(row, 0, columns[0].values[at], style)
                self._merge(row, 0, row, end)
        for place, column in enumerate(columns):
            if column.joined:
                for first, last, _ in _runs(list(column.values)):
                    self._merge(self._body + first, place, self._body + last, place)

    def _height(self, at: int) -> float:
        """Points that the longest text of a row needs; a row with merged cells is one line high."""
        if self._sheet.kinds[at] in _BOLD:
            return LEAST_HEIGHT
        texts = ((column.values[at], column.width) for column in self._sheet.columns if not column.joined)
        heights = (height_of(text, width) for text, width in texts if isinstance(text, str) and text)
        return max((LEAST_HEIGHT, *heights))

    def _body_style(self, column: Column, at: int, *, bold: bool) -> Any:  # noqa: ANN401
        value, how = column.values[at], column.format_of(at)
        text = isinstance(value, str)
        live = isinstance(value, str) and value.startswith(_LIKE_A_FORMULA)
        centred = (text and column.width <= _NARROW) or how == "year"
        looks = ("text" if text else how, text, live, centred, column.left, bold)
        if looks not in self._looks:
            keys: dict[str, object] = {"border": 1, "num_format": NUMBERS[looks[0]]}
            keys |= {"text_wrap": True} if text else {}
            keys |= {"quote_prefix": True} if live else {}
            keys |= {"align": "center"} if centred else {"align": "left"} if column.left else {}
            keys |= {"bold": True} if bold else {}
            self._looks[looks] = self._style(**keys)
        return self._looks[looks]

    def _notes(self, row: int) -> int:
        width = sum(column.width for column in self._sheet.columns)
        for note in self._sheet.notes:
            self._line(row, {0: note}, height_of(note, width), align="left")
            row += 1
        return row

    def _charts(self, end: int) -> int:
        """Put charts below row ``end``, two side by side, and return the row below them."""
        pixels = sum(7 * column.width + 5 for column in self._sheet.columns)
        width = max(_CHART_WIDTH, int(pixels / 2) - 8)
        for at, chart in enumerate(self._sheet.charts):
            drawn = self._drawn(chart)
            drawn.set_size({"width": width, "height": 320})
            self._page.insert_chart(
                end + 1 + _CHART_ROWS * (at // 2), 0, drawn, {"x_offset": (at % 2) * (width + 8)}
            )
        return end + 1 + _CHART_ROWS * math.ceil(len(self._sheet.charts) / 2) if self._sheet.charts else end

    def _drawn(self, chart: Chart) -> Any:  # noqa: ANN401
        name, (first, last) = self._sheet.name, chart.columns
        drawn = self._workbook.add_chart(_CHART_KINDS[chart.kind])
        heading = self._body - 1 if self._sheet.columns[first].group else self._head
        for place, at in enumerate(chart.rows):
            row, line = self._body + at, _LINES[place % len(_LINES)]
            drawn.add_series(
                {
                    "name": [name, row, 0],
                    "categories": [name, heading, first, heading, last],
                    "values": [name, row, first, row, last],
                    **(line if chart.kind == "line" else {"gap": 80}),
                }
            )
        font = {"name": self._sheet.font, "size": 9}
        drawn.set_title({"name": chart.title, "name_font": {"name": self._sheet.font, "size": 12}})
        drawn.set_legend({"position": "bottom", "font": font})
        drawn.set_x_axis({"num_font": font})
        grid = {"visible": True, "line": {"color": "#D9D9D9"}}
        drawn.set_y_axis(
            {"num_format": NUMBERS_OF_AXIS[chart.format], "num_font": font, "major_gridlines": grid}
        )
        return drawn

    def _print(self, end: int) -> None:
        page = self._page
        if self._sheet.landscape:
            page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 1 if self._sheet.charts else 0)  # a chart is not cut by the end of a page
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.center_horizontally()
        page.set_footer("&C&P / &N")
        page.repeat_rows(self._head, self._body - 1)
        page.print_area(0, 0, max(end - 1, self._body), self._last)
        page.freeze_panes(self._body, self._sheet.frozen)


def _group_width(columns: Sequence[Column], column: Column) -> float:
    return sum(c.width for c in columns if c.group == column.group) if column.group else column.width * 9


def _runs(values: Sequence[Value]) -> Iterator[tuple[int, int, str]]:
    """First and last position of each run of equal values, with the value."""
    start = 0
    for at in range(1, len(values) + 1):
        if at == len(values) or values[at] != values[start]:
            yield start, at - 1, cast("str", values[start])
            start = at
