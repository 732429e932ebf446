"""Columns of money: which is the whole amount, which a fund, which only a check."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from zxsim.sheets.find import Found, Heading
from zxsim.sheets.grid import Grid
from zxsim.sheets.mapping import CHECKED, FUND, UNUSED, FundMapping, letters_of
from zxsim.sheets.record import clean
from zxsim.sheets.rows import is_empty_money, numbers_columns
from zxsim.sheets.values import Unit, money, years_in
from zxsim.sheets.vocabulary import (
    fund_id,
    fund_kind,
    fund_level,
    heading_meaning,
    is_money_heading,
    is_self_raised,
    is_subtotal_heading,
    is_total_heading,
    plain,
)

_SAMPLE = 400
_MOSTLY = 0.5
_NEARLY_ALL = 0.8
_FORMULA = "="
"""Stands for the value of a formula that nobody worked out: it may be an amount."""

_NOT_MONEY = re.compile(
    r"标准|文号|时间|日期|收入|单位|批次|比例|说明|方式|名称|用途|类别|类型|部门|%|是否|进度|对象|数量|面积|[户人个次]数"
)
_ONLY_LEVEL = re.compile(
    r"(?:(?:中央|国家|[省市州盟县区旗地])(?:级|本级)?|自治区级?|其[他它]|资金|财政|金额)+|.{0,1}"
)
_LEVEL_LABELS = {"中央": "中央", "省": "省级", "市": "市级", "区县": "县级", "其他": "其他"}
_KIND_LABELS = {
    "connection": "衔接资金",
    "sector": "资金",
    "cooperation": "协作资金",
    "land_revenue": "土地出让收入",
    "own_income": "集体经济收入",
}


def fund_label(level: str | None, kind: str) -> str:
    """Name of a fund for people.

    >>> fund_label("省", "connection"), fund_label(None, "cooperation")
    ('省级衔接资金', '协作资金')
    """
    return _LEVEL_LABELS.get(level or "", "") + _KIND_LABELS[kind]


@dataclass(eq=False)
class Guess:
    """Meanings by column, the funds that they name, and columns that nobody understood.

    ``parts`` are columns that are a part of another one, with it; ``assumed`` the funds whose level or kind
    no heading says, by column.
    """

    meanings: dict[int, str] = field(default_factory=dict)
    funds: dict[str, FundMapping] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)
    assumed: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MoneyColumn:
    """A column of money before it is known which part it plays."""

    heading: Heading
    part: str
    level: str | None = None
    kind: str = "connection"
    year: int = 0


class Cells:
    """The headings of a table with the cells below them, and what has been decided so far."""

    def __init__(self, grid: Grid, found: Found) -> None:
        self.grid, self.found, self.out = grid, found, Guess()
        first = found.last_row + 1
        rows = [
            i for i in range(first, min(first + _SAMPLE, grid.rows)) if not numbers_columns(grid.cells[i])
        ]
        self.data = [[self._text(row, c) for row in rows] for c in range(grid.columns)]
        self.filled = [sum(map(bool, column)) for column in self.data]
        self.headings = list(found.headings)

    def _text(self, row: int, column: int) -> str:
        return _FORMULA if (row, column) in self.grid.formulas else self.grid.cells[row][column]

    def is_amounts(self, column: int) -> bool:
        """Whether most filled cells of a column are amounts."""
        texts = [text for text in self.data[column] if not is_empty_money(text)]
        read = sum(_is_amount(text) for text in texts)
        return bool(texts) and read >= _MOSTLY * len(texts)

    def adds_up(self, column: int, parts: Sequence[int]) -> bool:
        """Whether a column is the sum of others in nearly every row."""
        rows = same = 0
        for i, text in enumerate(self.data[column]):
            whole = _decimal(text)
            if whole is None:
                continue
            rows += 1
            same += whole == sum((_decimal(self.data[c][i]) or Decimal(0) for c in parts), Decimal(0))
        return rows > 0 and same >= _NEARLY_ALL * rows

    def merged_down(self, column: int) -> bool:
        """Whether a column has cells below the headings that are merged downwards."""
        first = self.found.last_row
        return any(s.first_column == column and s.last_row > s.first_row > first for s in self.grid.merged)


class MoneyColumns(Cells):
    """Decides which part each column of money plays."""

    def money_column(self, h: Heading) -> MoneyColumn | None:
        """Say which part a column of money plays; None where it is not money."""
        group = " ".join(h.texts[:-1])
        if not self._is_money(h, group):
            return None
        year = (years_in(h.path) or (0, 0))[0] if len(h.texts) > 1 else 0
        if is_self_raised(h.last):
            return MoneyColumn(h, "自筹")
        if is_subtotal_heading(h.last):
            return MoneyColumn(h, "subtotal", year=year)
        level = fund_level(h.last)
        if level is None and is_total_heading(h.last):
            return MoneyColumn(h, "total", year=year)
        level = level or (fund_level(group) if is_money_heading(group) else None)
        amounts = self.is_amounts(h.column) or not self.filled[h.column]
        return MoneyColumn(h, "fund", level, self._kind(h, group, level), year) if amounts else None

    def _is_money(self, h: Heading, group: str) -> bool:
        """Whether a column is money: by its heading, its group's, or a short heading over amounts."""
        own = heading_meaning(h.last)
        if own not in (None, "金额", "自筹", "县", "资金来源") or _NOT_MONEY.search(plain(h.last)):
            return False
        if own in ("县", "资金来源") and not self.is_amounts(h.column):
            return False
        if is_money_heading(group) or is_money_heading(h.last) or own in ("金额", "自筹"):
            return True
        return (is_subtotal_heading(h.last) or self._short_level(h)) and self.is_amounts(h.column)

    def _short_level(self, h: Heading) -> bool:
        return fund_level(h.last) is not None and len(plain(h.last)) <= 3  # noqa: PLR2004 ("省级", "自治区")

    def _kind(self, h: Heading, group: str, level: str | None) -> str:
        if kind := fund_kind(h.last):
            return kind
        if group and (kind := fund_kind(group)):
            return kind
        others = any("衔接" in x.last for x in self.headings if x.column != h.column)
        other_money = level == "其他" or ("财政" in h.last and others)
        return "sector" if other_money else "connection"

    def decide(self, moneys: Sequence[MoneyColumn]) -> None:
        """Decide what is the whole amount, what a fund and what only a check."""
        totals = [m for m in moneys if m.part == "total"]
        funds = [m for m in moneys if m.part == "fund"]
        if totals and not any(
            text == _FORMULA or _decimal(text) for m in funds for text in self.data[m.heading.column]
        ):
            self.out.meanings.update({m.heading.column: UNUSED for m in funds})
            funds = []
        funds = self._without_parts(moneys, funds)
        subtotals = [m for m in moneys if m.part == "subtotal"]
        raised = [m for m in moneys if m.part == "自筹"]
        for m in raised:
            self.out.meanings[m.heading.column] = "自筹"
        checks = self._sums(funds) if not subtotals else {}
        funds = [m for m in funds if m.heading.column not in checks]
        whole = self._whole(totals, subtotals, funds)
        if whole:
            self.out.meanings[whole.heading.column] = "金额"
            funds = [m for m in funds if m is not whole]
        for m in funds:
            self._fund(m)
        for m in [*totals, *subtotals]:
            if m is not whole:
                self._check(m, moneys)
        for column, letters in checks.items():
            if column not in self.out.meanings:
                self.out.meanings[column] = CHECKED + "+".join(letters)

    def _without_parts(
        self, moneys: Sequence[MoneyColumn], funds: Sequence[MoneyColumn]
    ) -> list[MoneyColumn]:
        """Leave out columns that are a part (其中) of the fund before them: they would count twice."""
        sums = self._sums(funds)
        kept, before = [], None
        for m in moneys:
            if not m.heading.is_part:
                before = m
            part = before is not None and m is not before and before in funds and m in funds
            if part and before and before.heading.column not in sums and self._within(m, before):
                self.out.meanings[m.heading.column] = UNUSED
                self.out.parts.append((m.heading.column, before.heading.column))
            elif m in funds:
                kept.append(m)
        return kept

    def _within(self, part: MoneyColumn, whole: MoneyColumn) -> bool:
        """Whether no cell of a column is above the cell beside it."""
        pairs = zip(self.data[part.heading.column], self.data[whole.heading.column], strict=True)
        return all((_decimal(a) or 0) <= (_decimal(b) or 0) for a, b in pairs)

    def _whole(
        self, totals: Sequence[MoneyColumn], subtotals: Sequence[MoneyColumn], funds: Sequence[MoneyColumn]
    ) -> MoneyColumn | None:
        filled = [m for m in totals if self.filled[m.heading.column]] or list(totals)
        plain_funds = [m for m in funds if m.level is None]
        if filled:
            best = filled[0]
            most = max((self.filled[m.heading.column] for m in plain_funds), default=0)
            if self.filled[best.heading.column] < _NEARLY_ALL * most:
                return max(plain_funds, key=lambda m: self.filled[m.heading.column])
            return best
        if not funds and subtotals:
            return subtotals[0]
        return funds[0] if len(funds) == 1 and funds[0].level is None else None

    def _sums(self, funds: Sequence[MoneyColumn]) -> Mapping[int, list[str]]:
        """Columns of money without a level that are the sum of those with one."""
        levels = [m.heading.column for m in funds if m.level]
        found: dict[int, list[str]] = {}
        for m in funds:
            column = m.heading.column
            if m.level is None and levels and self.adds_up(column, levels):
                found[column] = [letters_of(c) for c in levels]
        return found

    def _check(self, m: MoneyColumn, moneys: Sequence[MoneyColumn]) -> None:
        """Make a sum beside the whole amount a check of the columns under the same group."""
        column, group = m.heading.column, m.heading.texts[:-1]
        near = [x.heading.column for x in moneys if x.heading.texts[: len(group)] == group and group]
        kept = [c for c in near if self.out.meanings.get(c, "").startswith((FUND, "自筹"))]
        if m.part == "total" and not kept:
            kept = [c for c, meaning in self.out.meanings.items() if meaning == "金额"]
        if m.part == "subtotal" and not group:
            kept = [c for c, meaning in self.out.meanings.items() if meaning.startswith((FUND, "自筹"))]
        if kept and (m.part == "subtotal" or self.merged_down(column) or self.adds_up(column, kept)):
            self.out.meanings[column] = CHECKED + "+".join(letters_of(c) for c in sorted(kept))
        else:
            self.out.meanings[column] = UNUSED
            self.out.doubled.append(column)

    def _fund(self, m: MoneyColumn) -> None:
        name = fund_id(m.level, m.kind)
        bare = plain(m.heading.last)
        said = "资金" in bare and len(bare) > 2  # noqa: PLR2004 (more than the word itself)
        label = bare if said or not _ONLY_LEVEL.fullmatch(bare) else fund_label(m.level, m.kind)
        used = {meaning for meaning in self.out.meanings.values() if meaning.startswith(FUND)}
        own, number = name, 2
        year = f":{m.year}" if m.year else ""
        while f"{FUND}{own}{year}" in used:
            own, number = f"{name}_{number}", number + 1
        if own != name:
            label = f"{plain(' '.join(m.heading.texts[:-1]))}{bare}" if m.heading.texts[1:] else bare
        self.out.meanings[m.heading.column] = f"{FUND}{own}{year}"
        fund = {"label": clean(label)[0], "level": m.level or "其他", "kind": m.kind}
        if m.level is None or not any(map(fund_kind, m.heading.texts)):
            self.out.assumed[m.heading.column] = own
        self.out.funds.setdefault(own, FundMapping.model_validate(fund))


@lru_cache(maxsize=65536)
def _decimal(text: str) -> Decimal | None:
    found = None if is_empty_money(text) else money(text, Unit.WAN)
    return found.wan if found else None


def _is_amount(text: str) -> bool:
    return text == _FORMULA or _decimal(text) is not None
