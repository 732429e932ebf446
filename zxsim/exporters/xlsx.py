"""Excel workbooks by XlsxWriter: headings in two rows, native charts, print set-up; same sheets, same bytes.

Rows go to disk as they are written, so that memory does not grow with their number: cells are written
row by row, and merged ranges are named afterwards.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from zxsim.exporters.layout import height_of
from zxsim.exporters.sheet import Chart, Column, Format, Kind, Sheet, Value

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (the library takes no zone; any fixed time will do)
"""Date of creation in every workbook: the same inputs give the same bytes."""

LONGEST_TEXT = 32_767
"""Characters that a cell of Excel can hold."""

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
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOLD = (Kind.GROUP, Kind.SUBTOTAL, Kind.TOTAL)
_CHART_ROWS = 17
"""Rows of the default height that a chart covers."""

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
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(str(path), options)
    workbook.set_properties({"created": CREATED})
    try:
        for sheet in sheets:
            _Page(workbook, sheet).write()
    finally:
        try:
            workbook.close()
        except FileCreateError as error:
            raise OSError(str(error)) from None


class _Page:
    """One sheet on its way into a workbook."""

    def __init__(self, workbook: Any, sheet: Sheet) -> None:  # noqa: ANN401 (the library has no types)
        self._workbook, self._sheet = workbook, sheet
        self._page = workbook.add_worksheet(sheet.name)
        self._styles: dict[tuple[tuple[str, object], ...], Any] = {}
        self._merges: list[tuple[int, int, int, int, Value, Any]] = []
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
        for first_row, first, last_row, last, value, style in self._merges:
            if (first_row, first) != (last_row, last):
                self._page.merge_range(first_row, first, last_row, last, "", style)
                self._cell(first_row, first, value, style)
        for chart in self._sheet.charts:
            end = self._chart(chart, end)
        self._print(end)

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
            self._page.write_string(row, place, value[:LONGEST_TEXT], style)
        else:
            self._page.write_number(row, place, value, style)

    def _line(self, row: int, texts: Mapping[int, str], height: float, **keys: object) -> None:
        """Write a row outside the table, each text over the columns up to the next one."""
        self._page.set_row(row, height)
        starts = [*texts, self._last + 1]
        for (start, text), end in zip(texts.items(), starts[1:], strict=True):
            style = self._style(text_wrap=True, **keys, **({"align": "right"} if start else {}))
            self._cell(row, start, text, style)
            self._merges.append((row, start, row, end - 1, text, style))

    def _title(self) -> None:
        widths = [column.width for column in self._sheet.columns]
        height = max(30.0, height_of(self._sheet.title, sum(widths), 22.0, 1.7))
        self._line(0, {0: self._sheet.title}, height, bold=True, font_size=16, align="center")
        if self._head > 1:
            texts = {0: self._sheet.left, self._last: self._sheet.right}
            if self._last and self._sheet.right:
                texts = {0: self._sheet.left, self._right_start(widths): self._sheet.right}
            self._line(1, texts, 18)

    def _right_start(self, widths: Sequence[float]) -> int:
        """First of the last columns that together have room for the text at the right."""
        room, start = 0.0, self._last + 1
        while start > 1 and room < 2 * len(self._sheet.right):
            start -= 1
            room += widths[start]
        return max(start, 1)

    def _headings(self) -> None:
        style = self._style(bold=True, border=1, align="center", text_wrap=True, bg_color="#F2F2F2")
        columns, top = self._sheet.columns, self._head
        low = self._body - 1
        if low > top:
            self._page.set_row(top, max(height_of(c.group, _group_width(columns, c)) for c in columns))
            for place, column in enumerate(columns):
                self._cell(top, place, column.group or column.heading, style)
        self._page.set_row(low, max(height_of(c.heading, c.width) for c in columns))
        for place, column in enumerate(columns):
            self._cell(low, place, column.heading if column.group or low == top else None, style)
        for first, last, text in _runs([column.group for column in columns]):
            if text:
                self._merges.append((top, first, top, last, text, style))
            elif low > top:
                for place in range(first, last + 1):
                    self._merges.append((top, place, low, place, columns[place].heading, style))

    def _rows(self) -> None:
        columns, kinds = self._sheet.columns, self._sheet.kinds
        start = next((place for place, column in enumerate(columns) if column.added), self._last + 1)
        for at, kind in enumerate(kinds):
            row, bold = self._body + at, kind in _BOLD
            for place, column in enumerate(columns):
                value = column.values[at]
                self._cell(row, place, value, self._body_style(value, column.format_of(at), bold=bold))
            end = self._last if kind is Kind.GROUP else start - 1
            if bold and end > 0:
                style = self._label_style(kind)
                self._page.write_string(row, 0, str(columns[0].values[at] or ""), style)
                self._merges.append((row, 0, row, end, columns[0].values[at], style))
        for place, column in enumerate(columns):
            if column.joined:
                self._join(place, column)

    def _label_style(self, kind: Kind) -> Any:  # noqa: ANN401
        align = "left" if kind is Kind.GROUP else "center"
        return self._style(bold=True, border=1, text_wrap=True, align=align)

    def _body_style(self, value: Value, how: Format, *, bold: bool) -> Any:  # noqa: ANN401
        keys: dict[str, object] = {"border": 1, "num_format": NUMBERS[how]}
        if isinstance(value, str):
            keys |= {"text_wrap": True, "num_format": "@"}
            if value.startswith(_LIKE_A_FORMULA):
                keys["quote_prefix"] = True
        elif how in ("year", "count") and isinstance(value, int):
            keys["align"] = "center" if how == "year" else "right"
        return self._style(**keys, **({"bold": True} if bold else {}))

    def _join(self, place: int, column: Column) -> None:
        style = self._style(border=1, text_wrap=True, num_format="@", align="center")
        for first, last, text in _runs(list(column.values)):
            if text and last > first:
                self._merges.append((self._body + first, place, self._body + last, place, text, style))

    def _notes(self, row: int) -> int:
        width = sum(column.width for column in self._sheet.columns)
        for note in self._sheet.notes:
            self._line(row, {0: note}, height_of(note, width), align="left")
            row += 1
        return row

    def _chart(self, chart: Chart, end: int) -> int:
        """Put a chart below row ``end`` and return the row below it."""
        name, (first, last) = self._sheet.name, chart.columns
        drawn = self._workbook.add_chart(_CHART_KINDS[chart.kind])
        heading = self._body - 1 if self._sheet.columns[first].group else self._head
        for at in chart.rows:
            row, series = self._body + at, {"marker": {"type": "automatic"}} if chart.kind == "line" else {}
            drawn.add_series(
                {
                    "name": [name, row, 0],
                    "categories": [name, heading, first, heading, last],
                    "values": [name, row, first, row, last],
                    **series,
                }
            )
        font = {"name": self._sheet.font, "size": 9}
        drawn.set_title({"name": chart.title, "name_font": {"name": self._sheet.font, "size": 12}})
        drawn.set_legend({"position": "bottom", "font": font})
        drawn.set_x_axis({"num_font": font})
        drawn.set_y_axis({"num_format": _axis_format(chart), "num_font": font})
        drawn.set_size({"width": 720, "height": 320})
        self._page.insert_chart(end + 1, 0, drawn)
        return end + 1 + _CHART_ROWS

    def _print(self, end: int) -> None:
        page = self._page
        if self._sheet.landscape:
            page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.center_horizontally()
        page.set_footer("&C&P / &N")
        page.repeat_rows(self._head, self._body - 1)
        page.print_area(0, 0, max(end - 1, self._body), max(self._last, self._chart_width()))
        page.freeze_panes(self._body, self._sheet.frozen)

    def _chart_width(self) -> int:
        """Last column that a chart reaches over, at the width of a column that is not set."""
        if not self._sheet.charts:
            return 0
        room, place = 0.0, -1
        while room < 100:  # noqa: PLR2004 (720 pixels in characters)
            place += 1
            columns = self._sheet.columns
            room += columns[place].width if place < len(columns) else 8.43
        return place


def _axis_format(chart: Chart) -> str:
    return "0%" if chart.format == "share" else NUMBERS["count"]


def _group_width(columns: Sequence[Column], column: Column) -> float:
    return sum(c.width for c in columns if c.group == column.group) if column.group else column.width * 9


def _runs(values: Sequence[Value]) -> Iterator[tuple[int, int, str]]:
    """First and last position of each run of equal values, with the value."""
    start = 0
    for at in range(1, len(values) + 1):
        if at == len(values) or values[at] != values[start]:
            yield start, at - 1, cast("str", values[start])
            start = at
