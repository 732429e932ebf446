"""Excel workbooks by XlsxWriter: headings in two rows, native charts, print set-up; same sheets, same bytes.

Rows go to disk as they are written, so that memory does not grow with their number: cells are written
row by row, and merged ranges are named afterwards.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from zxsim.exporters.charts import draw_charts
from zxsim.exporters.layout import height_of
from zxsim.exporters.page import head_cells, placed, printed
from zxsim.exporters.sheet import Column, Entry, Format, Kind, Sheet, Value

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (the library takes no zone; any fixed time will do)
"""Date of creation in every workbook: the same inputs give the same bytes."""

LONGEST_TEXT = 32_767
"""Characters that a cell of Excel can hold."""

LEAST_HEIGHT = 18.0
"""Points of a row that holds one line."""

ROOM_TO_WRITE = 46.0
"""Points of a row above the table that an office fills in with a text."""

MOST_HEIGHT = 409.0
"""Points that a row of Excel can have."""

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

_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BOLD = (Kind.GROUP, Kind.SUBTOTAL, Kind.TOTAL)
_NARROW = 16
"""Texts of columns up to this width stand in the middle."""

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
    packed = BytesIO()  # a full disk must meet a plain write, not the library half-way through its archive
    workbook = xlsxwriter.Workbook(packed, options)
    workbook.set_properties({"created": CREATED})
    for sheet in sheets:
        _Page(workbook, sheet).write()
    workbook.close()
    path.write_bytes(packed.getbuffer())


class _Page:
    """One sheet on its way into a workbook."""

    def __init__(self, workbook: Any, sheet: Sheet) -> None:  # noqa: ANN401 (the library has no types)
        self._workbook, self._sheet = workbook, sheet
        self._page = workbook.add_worksheet(sheet.name)
        self._styles: dict[tuple[tuple[str, object], ...], Any] = {}
        self._looks: dict[tuple[Format, bool, bool, bool, bool, bool], Any] = {}
        self._merged: dict[int, list[int]] = {}
        self._last = max(len(sheet.columns) - 1, 0)
        self._widths = [column.width for column in sheet.columns]
        self._entries = head_cells(sheet.head, self._widths)
        self._head = 1 + len(sheet.lines) + len(self._entries)
        self._body = self._head + (2 if sheet.grouped else 1)

    def write(self) -> None:
        """Write everything, from the top row to the charts."""
        for place, column in enumerate(self._sheet.columns):
            self._page.set_column(place, place, column.width)
        self._title()
        self._block()
        self._headings()
        self._rows()
        end = self._notes(self._body + len(self._sheet.kinds))
        self._print(draw_charts(self._workbook, self._page, self._sheet, self._head, self._body, end))

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

    def _line(
        self, row: int, texts: Mapping[int, str], height: float, *, right: bool = False, **keys: object
    ) -> None:
        """Write a row outside the table, each text over the columns up to the next one."""
        self._page.set_row(row, height)
        starts = [*texts, self._last + 1]
        for (start, text), end in zip(texts.items(), starts[1:], strict=True):
            at_right = right and start and end > self._last
            style = self._style(text_wrap=True, **keys, **({"align": "right"} if at_right else {}))
            self._cell(row, start, text, style)
            self._merge(row, start, row, end - 1)

    def _title(self) -> None:
        width = sum(self._widths)
        height = max(30.0, height_of(self._sheet.title, width, 22.0, 1.6))
        self._line(0, {0: self._sheet.title}, height, bold=True, font_size=16, align="center")
        for row, texts in enumerate(self._sheet.lines, start=1):
            height = height_of(texts[0], width) if not any(texts[1:]) else LEAST_HEIGHT
            self._line(row, placed(texts, self._widths), height, right=bool(texts[-1]))

    def _block(self) -> None:
        """Write the names and values above the table, each over its columns, with lines around them."""
        first = 1 + len(self._sheet.lines)
        for row, cells in enumerate(self._entries, start=first):
            heights = [
                height_of(entry.label if named else str(entry.value), sum(self._widths[start : end + 1]))
                for start, end, entry, named in cells
                if named or isinstance(entry.value, str)
            ]
            least = ROOM_TO_WRITE if any(e.wide and e.value == "" for _, _, e, _ in cells) else LEAST_HEIGHT
            self._page.set_row(row, min(max((least, *heights)), MOST_HEIGHT))
            for start, end, entry, named in cells:
                style = self._entry_style(entry, named=named)
                self._cell(row, start, entry.label if named else entry.value, style)
                for place in range(start + 1, end + 1):
                    self._cell(row, place, None, style)
                self._merge(row, start, row, end)

    def _entry_style(self, entry: Entry, *, named: bool) -> Any:  # noqa: ANN401
        if named:
            return self._style(bold=True, border=1, align="center", text_wrap=True, bg_color="#F2F2F2")
        live = isinstance(entry.value, str) and entry.value.startswith(_LIKE_A_FORMULA)
        text = isinstance(entry.value, str)
        keys: dict[str, object] = {"quote_prefix": True} if live else {}
        how = NUMBERS["text" if text else entry.format]
        return self._style(border=1, align="left", indent=1, text_wrap=text, num_format=how, **keys)

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
                for first, last, value in _runs(list(column.values)):
                    if value:
                        self._merge(self._body + first, place, self._body + last, place)

    def _height(self, at: int) -> float:
        """Points that the longest text of a row needs; the words of groups and sums have merged cells."""
        if self._sheet.kinds[at] in _BOLD:
            return max(LEAST_HEIGHT, height_of(str(self._sheet.columns[0].values[at]), sum(self._widths)))
        heights = [
            height_of(value, column.width - (column.width > _NARROW)) / self._rows_of(place, at)
            for place, column in enumerate(self._sheet.columns)  # what is indented has less room
            if isinstance(value := column.values[at], str) and value
        ]
        return min(max((LEAST_HEIGHT, *heights)), MOST_HEIGHT)

    def _rows_of(self, place: int, at: int) -> int:
        """Rows over which the cell of a column goes, more than one where equal texts are merged."""
        column = self._sheet.columns[place]
        if not column.joined:
            return 1
        if place not in self._merged:
            runs = _runs(list(column.values))
            self._merged[place] = [
                1 + last - first for first, last, _ in runs for _ in range(first, last + 1)
            ]
        return self._merged[place][at]

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
            beside = text or column.left
            keys |= {"align": "center"} if centred else {"align": "left", "indent": 1} if beside else {}
            keys |= {"bold": True} if bold else {}
            self._looks[looks] = self._style(**keys)
        return self._looks[looks]

    def _notes(self, row: int) -> int:
        width = sum(self._widths)
        for note in self._sheet.notes:
            self._line(row, {0: note}, height_of(note, width), align="left")
            row += 1
        return row

    def _print(self, end: int) -> None:
        page = self._page
        landscape, paper = printed(self._sheet)
        if landscape:
            page.set_landscape()
        page.set_paper(paper)
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
