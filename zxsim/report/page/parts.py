"""What a page is made of: topics with panels of texts, facts, tables, figures and folds, as plain data.

Nothing here knows HTML; the templates show each part by the macro that its ``macro`` names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from zxsim.exporters.layout import width_of
from zxsim.exporters.sheet import Column, Value, shown
from zxsim.report.page.charts import Chart

Tone = Literal["plain", "warning", "note"]


@dataclass(frozen=True)
class Text:
    """A paragraph; ``link`` is the key of the topic that its figures come from."""

    text: str
    tone: Tone = "plain"
    link: str = ""
    macro: ClassVar[str] = "text"


@dataclass(frozen=True)
class Facts:
    """Names and what they are; ``code`` shows what they are as commands and hashes."""

    entries: Sequence[tuple[str, str]]
    code: bool = False
    macro: ClassVar[str] = "facts"


@dataclass(frozen=True)
class Cell:
    """A cell as it is read, and what it is sorted by where that is a number."""

    text: str
    number: float | None


@dataclass(frozen=True)
class Table:
    """A table that can be sorted by every column.

    Attributes
    ----------
    caption : str
        What it shows, also read out.
    columns : sequence of Column
        As sheets have them, all of one length.
    choices : sequence of int
        Columns with a list of their values to choose from; with any, or ``searched``, there is a filter.
    added : int or None
        Column of money whose sum over the rows in view is told.
    note : str
        What must be read with it, such as how many rows are left out.
    """

    caption: str
    columns: Sequence[Column]
    choices: Sequence[int] = ()
    searched: bool = False
    added: int | None = None
    note: str = ""
    macro: ClassVar[str] = "table"

    def __len__(self) -> int:
        return len(self.columns[0].values)

    def rows(self) -> Iterator[list[Cell]]:
        """Give the cells of each row."""
        for at in range(len(self)):
            yield [_cell(column, at) for column in self.columns]

    def kinds(self) -> list[str]:
        """Return for each column whether it holds figures, short texts that must not be broken, or others."""
        return [_kind(column) for column in self.columns]


_SHORT = 12
"""Half-width letters up to which a text stays on one line."""


def _kind(column: Column) -> str:
    if column.formats is not None or column.format not in ("text", "year"):
        return "number"
    longest = max((width_of(str(value)) for value in column.values), default=0)
    return "short" if longest <= _SHORT else ""


def _cell(column: Column, at: int) -> Cell:
    value: Value = column.values[at]
    number = float(value) if isinstance(value, int | float) else None
    return Cell(shown(value, column.format_of(at)), number)


@dataclass(frozen=True)
class Figure:
    """A chart with its legend, and its figures as a table for those who cannot see it."""

    chart: Chart
    note: str = ""
    macro: ClassVar[str] = "figure"


@dataclass(frozen=True)
class Figures:
    """Figures side by side where there is room."""

    figures: Sequence[Figure]
    macro: ClassVar[str] = "figures"


@dataclass(frozen=True)
class Fold:
    """Parts that are opened when they are asked for, and always when printed."""

    title: str
    parts: Sequence["Part"]
    macro: ClassVar[str] = "fold"


Part = Text | Facts | Table | Figure | Figures | Fold


@dataclass(frozen=True)
class Panel:
    """What one run says to a topic; ``run`` is its number from 1, 0 for what is about all runs.

    ``title`` stands above what is of no single run.
    """

    parts: Sequence[Part]
    run: int = 0
    title: str = ""


@dataclass(frozen=True)
class Topic:
    """One section of the page; ``key`` is its anchor."""

    key: str
    title: str
    panels: Sequence[Panel]


@dataclass(frozen=True)
class Page:
    """A whole page.

    ``runs`` are the names of the runs that panels belong to, with the id of each; with several the reader
    chooses which are shown.
    """

    title: str
    subtitle: str
    topics: Sequence[Topic]
    runs: Sequence[tuple[str, str]] = ()
