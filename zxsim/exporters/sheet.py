"""A sheet as every exporter writes it: title, headings, columns, what each row is, notes and charts.

Nothing in it is a formula: every cell is a text, a number or empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal

Value = str | int | float | None
Format = Literal["text", "year", "count", "number", "money", "part", "share", "rate", "worth"]
"""How a number is shown.

``part`` is money whose zeros are left blank, ``rate`` a share with one digit, ``worth`` has four digits.
"""


Paper = Literal["A4", "A3"]


class Kind(Enum):
    """What a row is."""

    PLAIN = "plain"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True)
class Column:
    """One column.

    ``group`` is the heading above it, which neighbours with the same one share; ``formats``, where given,
    has one format a row. ``joined`` merges equal texts that follow each other; a column that is not
    ``added`` shows the words of totals; ``left`` puts its numbers at the left.
    """

    heading: str
    values: Sequence[Value]
    width: float
    group: str = ""
    format: Format = "text"
    formats: Sequence[Format] | None = None
    joined: bool = False
    added: bool = False
    left: bool = False

    def format_of(self, row: int) -> Format:
        """How the cell of a row is shown."""
        return self.format if self.formats is None else self.formats[row]


@dataclass(frozen=True)
class Chart:
    """A native chart below the table: one series for each of ``rows``, along the chosen columns.

    The name of a series is the text of its row in the first column.
    """

    title: str
    kind: Literal["line", "stacked"]
    rows: Sequence[int]
    columns: tuple[int, int]
    format: Format = "share"


@dataclass(frozen=True)
class Series:
    """Points of a scatter that belong together: a name, and the first and last row of the table."""

    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Scatter:
    """A native chart of points: column ``across`` against column ``upwards``, both with their headings."""

    title: str
    series: Sequence[Series]
    across: int
    upwards: int


@dataclass(frozen=True)
class Entry:
    """A name and what it is, in the block between the title and the table; ``wide`` has a row of its own."""

    label: str
    value: Value
    format: Format = "text"
    wide: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet; ``kinds`` has one entry a row, as every column has one value a row.

    ``left`` and ``right`` are the texts of the line under the title (``right``: the unit of money);
    ``line`` are texts to be filled in by hand, side by side before ``right``, with ``left`` above them.
    ``head`` is a block of names and values above the table. ``frozen`` columns stay in view.
    ``landscape`` and ``paper`` follow from the width where they are not given.
    """

    name: str
    title: str
    columns: Sequence[Column]
    kinds: Sequence[Kind]
    left: str = ""
    right: str = ""
    notes: Sequence[str] = ()
    charts: Sequence[Chart | Scatter] = ()
    frozen: int = 0
    landscape: bool | None = None
    paper: Paper | None = None
    font: str = "宋体"
    line: Sequence[str] = ()
    head: Sequence[Entry] = ()

    @property
    def grouped(self) -> bool:
        """Whether there are two rows of headings."""
        return any(column.group for column in self.columns)

    @property
    def lines(self) -> list[list[str]]:
        """Lines under the title, each with its texts from left to right; the last one is at the right."""
        if self.line:
            return [*([[self.left, ""]] if self.left else []), [*self.line, self.right]]
        return [[self.left, self.right]] if self.left or self.right else []


SHOWN: dict[Format, str] = {
    "year": "{:.0f}",
    "count": "{:,.0f}",
    "number": "{:,.10g}",
    "money": "{:,.2f}",
    "part": "{:,.2f}",
    "share": "{:.2%}",
    "rate": "{:.1%}",
    "worth": "{:,.4f}",
}


def shown(value: Value, how: Format) -> str:
    """Write a cell as a reader sees it.

    >>> shown(1234.5, "money"), shown(0.0, "part"), shown(None, "money"), shown(0.55, "share")
    ('1,234.50', '', '', '55.00%')
    >>> shown(-0.001, "money"), shown(-0.01, "money")
    ('0.00', '-0.01')
    """
    if value is None or (how == "part" and value == 0):
        return ""
    if isinstance(value, str):
        return value
    if how == "text":
        return str(value)
    text = SHOWN[how].format(value)
    return text if any(digit in text for digit in "123456789") else text.removeprefix("-")


def joined_heading(column: Column) -> str:
    """Both headings of a column in one text."""
    return f"{column.group}-{column.heading}" if column.group else column.heading
