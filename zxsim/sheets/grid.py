"""A sheet as a rectangle of texts with its merged cells: what lies between a file and its meaning."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells; rows and columns count from 0, the last ones belong to it."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def cells(self) -> int:
        """How many cells it covers."""
        return (self.last_row - self.first_row + 1) * (self.last_column - self.first_column + 1)

    def clipped(self, rows: int, columns: int) -> "Span | None":
        """Return the part inside a sheet of this size, or None where fewer than two cells are left."""
        inside = Span(
            self.first_row,
            self.first_column,
            min(self.last_row, rows - 1),
            min(self.last_column, columns - 1),
        )
        within = inside.first_row <= inside.last_row and inside.first_column <= inside.last_column
        return inside if within and inside.cells > 1 else None


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows and columns (from 0) that an office program does not show."""

    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()


@dataclass(frozen=True)
class Grid:
    """One sheet as text.

    ``cells`` is rectangular; row i and column j (from 0) are row i + 1 and column j + 1 of the sheet, so
    empty rows and columns are left out at the end only. Numbers are the shortest decimal ("12.5", "30"),
    dates ISO, booleans TRUE and FALSE, error values their name ("#N/A"); texts are as
    :func:`zxsim.sheets.text.normalised` writes them. A merged range has its text in its first cell.
    ``name`` is the sheet's, "" for a CSV. ``formulas`` are cells with a formula whose value was never
    worked out, as far as an .xlsx tells.
    """

    file: str
    name: str
    cells: list[list[str]]
    merged: tuple[Span, ...] = ()
    hidden: Hidden = Hidden()
    formulas: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def trimmed(cls, file: str, name: str, cells: Sequence[list[str]], merged: Sequence[Span] = ()) -> "Grid":
        """Cut empty rows and columns off the end, make rows equally long, clip the merged ranges."""
        rows = max((i + 1 for i, row in enumerate(cells) if any(row)), default=0)
        columns = max((_used(row) for row in cells[:rows]), default=0)
        kept = [row[:columns] + [""] * (columns - len(row)) for row in cells[:rows]]
        spans = (span.clipped(rows, columns) for span in merged)
        return cls(file, name, kept, tuple(span for span in spans if span))

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.cells)

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.cells[0]) if self.cells else 0

    def filled(self) -> "Grid":
        """Return a copy in which every cell of a merged range holds the range's text."""
        cells = [row.copy() for row in self.cells]
        for span in self.merged:
            text = cells[span.first_row][span.first_column]
            width = span.last_column - span.first_column + 1
            for row in cells[span.first_row : span.last_row + 1]:
                row[span.first_column : span.last_column + 1] = [text] * width
        return replace(self, cells=cells)

    def address(self, row: int, column: int) -> str:
        """Name of a cell as the office program shows it; row and column count from 0."""
        return address(row, column)


def address(row: int, column: int) -> str:
    """Name a cell; row and column count from 0.

    >>> address(6, 2), address(0, 26), address(1048575, 16383)
    ('C7', 'AA1', 'XFD1048576')
    """
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def _used(row: Sequence[str]) -> int:
    """Length of a row without the empty cells at its end."""
    return next((i + 1 for i in range(len(row) - 1, -1, -1) if row[i]), 0)
