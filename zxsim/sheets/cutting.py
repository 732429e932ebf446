"""Cuts what identifies persons out of the texts of one sheet that are kept, and notes the cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from zxsim.schema.columns import FREE_PREFIX
from zxsim.sheets.identity import is_name, is_name_list, names_in_cell, without_identity
from zxsim.sheets.mapping import IDENTITY
from zxsim.sheets.notes import Notes
from zxsim.sheets.record import clean
from zxsim.sheets.rows import Sheet

_NAMES = re.compile(r"姓名|户主|联系人|名单|受益人|对象")
_ACCOUNT = re.compile(r"\d{6,}[\dXx]?")
_SURE = 3
_LISTS = {"受益对象", "备注", "群众参与", "联农带农机制", "绩效目标", "建设内容"}
_OFFICIAL = "责任人"


@dataclass(eq=False)
class _Dropped:
    """Values of the columns of identity: by row, and those that are cut wherever they stand."""

    rows: Mapping[int, frozenset[str]]
    everywhere: frozenset[str]
    lengths: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        values = [*self.everywhere, *(value for row in self.rows.values() for value in row)]
        self.lengths = tuple(sorted({len(value) for value in values}, reverse=True))

    def cut(self, row: int, text: str) -> str:
        """Cut every value of the row, and every longer one of the sheet, out of a text."""
        own = self.rows.get(row, frozenset())
        kept, at = [], 0
        while at < len(text):
            found = next((n for n in self.lengths if self._is_value(text[at : at + n], own)), 0)
            kept += [] if found else [text[at]]
            at += found or 1
        return "".join(kept)

    def _is_value(self, piece: str, own: frozenset[str]) -> bool:
        return piece in own or piece in self.everywhere


class Cutter:
    """Keeps the texts of a sheet without what identifies a person."""

    def __init__(self, sheet: Sheet, notes: Notes) -> None:
        self.sheet, self.notes = sheet, notes
        self.dropped = _dropped(sheet)
        self.told: set[tuple[int, int]] = set()

    def kept(self, row: int, meaning: str, text: str, official: str = "") -> str:
        """Text of a cell in one line without identity data; officials (责任人) keep their names."""
        if not text:
            return ""
        kept, cut = clean(text) if meaning != _OFFICIAL else _numbers(text)
        if meaning != _OFFICIAL and self.dropped.lengths:
            cut += (shorter := self.dropped.cut(row, kept)) != kept
            kept = shorter
        listed = (official or meaning) in _LISTS or meaning.startswith(FREE_PREFIX)
        if listed and is_name_list(kept, 1 if meaning == "受益" else 2):
            kept, cut = "", cut + 1
        if cut:
            self._tell(row, meaning)
        return kept

    def _tell(self, row: int, meaning: str) -> None:
        """Note the cell once."""
        columns = self.sheet.columns.get(meaning) or self.sheet.columns["项目名称"]
        column = next((c for c in columns if self.sheet.grid.cells[row][c]), columns[0])
        if (row, column) not in self.told:
            self.told.add((row, column))
            self.notes.cell("import_identity_cut", self.sheet, row, column)


def _numbers(text: str) -> tuple[str, int]:
    kept, cut = without_identity(text, names=False)
    return " ".join(kept.split()), cut


def _dropped(sheet: Sheet) -> _Dropped:
    """Names and long numbers in the columns of identity; a short name counts in its own row only."""
    grid, (first, last) = sheet.grid, sheet.mapping.heading_rows
    rows: dict[int, set[str]] = {}
    everywhere: set[str] = set()
    for column in sheet.columns.get(IDENTITY, ()):
        heading = "".join(line[column] for line in grid.cells[first - 1 : last])
        for row in range(last, grid.rows):
            text = grid.cells[sheet.first_row(row, column)][column]
            if not text:
                continue
            found = set(_ACCOUNT.findall(text))
            found |= {name for name in names_in_cell(text) if is_name(name) or _NAMES.search(heading)}
            rows.setdefault(row, set()).update(found)
            everywhere |= {value for value in found if len(value) >= _SURE}
    return _Dropped({row: frozenset(found) for row, found in rows.items() if found}, frozenset(everywhere))
