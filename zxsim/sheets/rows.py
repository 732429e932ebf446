"""What each row below the headings is: a project, a group, a total, or nothing that is read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from zxsim.sheets.grid import Grid
from zxsim.sheets.mapping import IDENTITY, UNUSED, SheetMapping, is_money_meaning, letter_index
from zxsim.sheets.values import group_heading, is_subtotal, is_total, unit_in, whole_number
from zxsim.sheets.vocabulary import category_of_word, is_end_line, place_level

_CHINESE_NUMBER = re.compile(r"\(?[一二三四五六七八九十]+\)?[、.,]?")
_SECOND_LEVEL = re.compile(r"\([一二三四五六七八九十]+\)")
_DASHES = frozenset("-—–/\\―一─")
_FEWEST_NUMBERED = 2
_FEWEST_COLUMNS = 4
_DESCRIBING = ("村", "地点", "建设内容", "建设性质")


class Kind(Enum):
    """What a row is."""

    PROJECT = "project"
    CONTINUED = "continued"
    GROUP = "group"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is read: ``row`` from 0, and the groups that it stands in, the widest first."""

    row: int
    kind: Kind
    groups: tuple[str, ...] = ()
    text: str = ""


@dataclass(eq=False)
class Sheet:
    """A sheet with its mapping, and where each meaning stands (columns from 0)."""

    grid: Grid
    mapping: SheetMapping
    label: str
    columns: Mapping[str, Sequence[int]] = field(init=False)
    money: Sequence[int] = field(init=False)
    above: Mapping[int, Mapping[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        columns: dict[str, list[int]] = {}
        for letters, meaning in self.mapping.columns.items():
            columns.setdefault(meaning, []).append(letter_index(letters))
        width = self.grid.columns
        self.columns = {m: sorted(c for c in cs if c < width) for m, cs in columns.items()}
        self.money = sorted(c for m, cs in self.columns.items() if is_money_meaning(m) for c in cs)
        self.above = _first_rows(self.grid, self.mapping.heading_rows[1])

    @cached_property
    def lines(self) -> list["Line"]:
        """Every row below the headings that is read."""
        return list(lines_of(self))

    @property
    def lines_above(self) -> list[str]:
        """Texts above the headings, each once."""
        rows = self.grid.cells[: self.mapping.heading_rows[0] - 1]
        return list(dict.fromkeys(text for row in rows for text in row if text))

    def cell(self, row: int, meaning: str) -> str:
        """Text of the first filled column of a meaning, as it stands in the row."""
        cells = self.grid.cells[row]
        return next((cells[c] for c in self.columns.get(meaning, ()) if cells[c]), "")

    def first_row(self, row: int, column: int) -> int:
        """Row in which the cells merged downwards over this one begin; the row itself otherwise."""
        return self.above.get(column, {}).get(row, row)

    def where(self, row: int, column: int) -> str:
        """Name a cell with its sheet."""
        name = self.grid.address(row, column)
        return f"{self.grid.name}!{name}" if self.grid.name else name


def is_empty_money(text: str) -> bool:
    """Whether a cell of money says that there is none.

    >>> is_empty_money(""), is_empty_money("--"), is_empty_money("0")
    (True, True, False)
    """
    return not text or set(text) <= _DASHES or text in {"无", "空"}


def numbers_columns(cells: Sequence[str]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 and so on, with nothing else.

    >>> numbers_columns(["1", "2", "3", "4"]), numbers_columns(["1", "2", "", "甲"])
    (True, False)
    """
    texts = [text for text in cells if text]
    if len(texts) < _FEWEST_COLUMNS or whole_number(texts[-1]) != len(texts):
        return False
    numbers = [whole_number(text) for text in texts]
    return numbers == list(range(1, len(numbers) + 1))


def _first_rows(grid: Grid, first: int) -> Mapping[int, Mapping[int, int]]:
    """Column → row → first row of the cells merged downwards there, below the headings."""
    found: dict[int, dict[int, int]] = {}
    for span in grid.merged:
        if span.last_row > span.first_row >= first:
            rows = found.setdefault(span.first_column, {})
            rows.update(dict.fromkeys(range(span.first_row, span.last_row + 1), span.first_row))
    return found


def lines_of(sheet: Sheet) -> Iterator[Line]:
    """Go through the rows below the headings and say what each is."""
    reader = _Rows(sheet)
    last = sheet.mapping.last_row or sheet.grid.rows
    skipped = {row - 1 for row in sheet.mapping.skip_rows}
    groups: list[tuple[int, str]] = []
    project = -1
    for row in range(sheet.mapping.heading_rows[1], min(last, sheet.grid.rows)):
        kind, text = (None, "") if row in skipped else reader.kind(row, project)
        if kind is None:
            continue
        if kind is Kind.GROUP:
            level = 2 if _SECOND_LEVEL.match(text) else 1
            groups = [pair for pair in groups if pair[0] < level] + [(level, reader.group_name(text))]
        elif kind is Kind.PROJECT:
            project = row
        yield Line(row, kind, tuple(name for _, name in groups), text)


class _Rows:
    """Looks at one row at a time; holds what it knows of the whole sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        grid, (first, last) = sheet.grid, sheet.mapping.heading_rows
        self.headings = {text for row in grid.cells[first - 1 : last] for text in row if text}
        self.titles = {text for row in grid.cells[: first - 1] for text in row if text}
        before = sheet.money[0] if sheet.money else grid.columns
        hidden = {c for m in (IDENTITY, UNUSED) for c in sheet.columns.get(m, ())}
        named = {c for m, cs in sheet.columns.items() if not is_money_meaning(m) for c in cs}
        self.labels = [c for c in range(grid.columns) if c not in hidden and (c < before or c in named)]
        self.leading = [c for c in self.labels if c < before] or self.labels[:2]
        cells = [sheet.cell(row, "序号") for row in range(last, grid.rows)] if "序号" in sheet.columns else []
        self.numbered = sum(whole_number(text) is not None for text in cells) >= _FEWEST_NUMBERED
        self.wide = {
            (s.first_row, s.first_column)
            for s in grid.merged
            if s.last_column > s.first_column and s.first_row >= last
        }

    def kind(self, row: int, project: int) -> tuple[Kind | None, str]:
        """Return what a row is, None where it is not read, and the text that says so."""
        cells = self.sheet.grid.cells[row]
        texts = [text for text in cells if text]
        if not texts or self._repeats_heading(texts):
            return None, ""
        formulas = self.sheet.grid.formulas
        has_money = any(not is_empty_money(cells[c]) or (row, c) in formulas for c in self.sheet.money)
        named = [(c, cells[c]) for c in self.leading if cells[c]]
        if is_end_line(texts[0]) and not (has_money and len(named) > 1):
            return None, ""
        if marked := self._total(named, has_money=has_money):
            return marked
        if (group := self._group(row, named, has_money=has_money)) is not None:
            return Kind.GROUP, group
        return self._project(row, project, named, has_money=has_money)

    def group_name(self, text: str) -> str:
        """Name of a group without its number."""
        if name := group_heading(text):
            return name
        bare = re.sub(r"(?:小计|合计)$", "", re.sub(r"\([^()]*\)$", "", text).strip()).strip(" :")
        return bare or text

    def _repeats_heading(self, texts: Sequence[str]) -> bool:
        if len(texts) > 1 and set(texts) <= self.headings:
            return True
        if set(texts) <= self.titles:
            return True
        if "单位" in texts[0] and len(set(texts)) == 1 and unit_in(texts[0]):
            return True
        return numbers_columns(texts)

    def _total(self, named: Sequence[tuple[int, str]], *, has_money: bool) -> tuple[Kind | None, str] | None:
        for _, text in named[:4]:
            if "计" not in text:
                continue
            for kind, marks in ((Kind.TOTAL, is_total(text)), (Kind.SUBTOTAL, is_subtotal(text))):
                if marks:
                    return (kind, text) if has_money else (None, text)
        return None

    def _group(self, row: int, named: Sequence[tuple[int, str]], *, has_money: bool) -> str | None:
        """Text of a group row; None where the row is none."""
        number = self.sheet.cell(row, "序号")
        described = any(self.sheet.cell(row, meaning) for meaning in _DESCRIBING)
        texts = [text for _, text in named]
        chinese = bool(number) and bool(_CHINESE_NUMBER.fullmatch(number))
        if chinese and self.numbered and not described:
            rest = [text for text in texts if text != number]
            return (
                f"{number.strip('、.,')}{'' if number.startswith('(') else '、'}{rest[0]}" if rest else number
            )
        if texts and group_heading(texts[0]) and not described and len(texts) <= 2:  # noqa: PLR2004 (and a remark)
            return texts[0]
        if len(named) != 1 or whole_number(texts[0]) is not None or described:
            return None
        wide = (row, named[0][0]) in self.wide
        if wide or (self.numbered and has_money and not number):
            return texts[0]
        known = category_of_word(texts[0]) or place_level(texts[0]) in {"town", "village"}
        return texts[0] if known and not has_money else None

    def _project(
        self, row: int, project: int, named: Sequence[tuple[int, str]], *, has_money: bool
    ) -> tuple[Kind, str]:
        sheet = self.sheet
        name = sheet.cell(row, "项目名称")
        number = whole_number(sheet.cell(row, "序号")) is not None
        if not name:
            merged = any(sheet.first_row(row, c) == project < row for c in sheet.columns.get("项目名称", ()))
            if merged:
                return Kind.CONTINUED, ""
            placed = any(sheet.cell(row, meaning) for meaning in ("乡镇", "村", "地点", "建设内容"))
            return (Kind.PROJECT if has_money and (number or placed) else Kind.UNCLEAR), ""
        if has_money or number or len(named) > 1:
            return Kind.PROJECT, name
        return Kind.UNCLEAR, name
