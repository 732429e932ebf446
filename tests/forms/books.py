"""Reading a workbook back: cells by sheet, and the rows of a form by its headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

Rows = list[list[Any]]


def cells(path: Path) -> Mapping[str, Rows]:
    """All cells of each sheet, from its first row and column on."""
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


@dataclass(frozen=True)
class FilledForm:
    """A form as read back: both rows of headings joined, and what stands below."""

    headings: Sequence[str]
    rows: Rows

    def column(self, heading: str) -> list[Any]:
        """Cells of the plain rows below a heading."""
        place = self.headings.index(heading)
        return [row[place] for row in self.rows if isinstance(row[0], float)]

    def total(self, heading: str, word: str = "合计") -> float:
        """Cell of the row of totals."""
        place = self.headings.index(heading)
        (found,) = [row[place] for row in self.rows if row[0] == word]
        return float(found)

    def groups(self, heading: str) -> list[tuple[str, list[float], float]]:
        """For each group its name, the cells of its rows and its 小计."""
        place, found = self.headings.index(heading), []
        name, inside = "", list[float]()  # a form of one category has no groups
        for row in self.rows:
            if isinstance(row[0], str) and "、" in row[0]:
                name, inside = row[0].split("、", 1)[1], []
            elif row[0] == "小计":
                found.append((name, inside, row[place]))
            elif isinstance(row[0], float):
                inside.append(row[place] or 0.0)
        return found


def form_of(rows: Rows) -> FilledForm:
    """Read a form with two rows of headings, the first of which begins with 序号."""
    head = next((at for at, row in enumerate(rows) if row[0] == "序号"), 2)
    upper, lower = rows[head], rows[head + 1]
    headings, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        headings.append(f"{group}-{below}" if below else above)
    return FilledForm(headings, rows[head + 2 :])
