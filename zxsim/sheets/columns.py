"""Guess what each column means from its headings, and where they are not enough from its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from zxsim.sheets.find import Found, Heading
from zxsim.sheets.grid import Grid
from zxsim.sheets.mapping import CHECKED, FUND, IDENTITY, UNUSED, FundMapping, letters_of
from zxsim.sheets.rows import is_empty_money
from zxsim.sheets.values import Unit, money, years_in
from zxsim.sheets.vocabulary import (
    WEAK_NAMES,
    fund_id,
    fund_kind,
    fund_level,
    heading_meaning,
    is_money_heading,
    is_self_raised,
    is_subtotal_heading,
    is_total_heading,
    place_level,
    plain,
)

_SAMPLE = 400
_MOSTLY = 0.5
_NEARLY_ALL = 0.8
_ONCE = {"项目名称", "金额", "项目编号", "资金来源"}
_NOT_MONEY = ("标准", "文号", "时间", "日期", "收入", "单位", "批次", "比例", "说明", "方式", "名称", "用途", "类别", "类型", "部门", "%", "是否", "进度")
_LEVEL_LABELS = {"中央": "中央", "省": "省级", "市": "市级", "区县": "县级", "其他": "其他"}
_KIND_LABELS = {
    "connection": "衔接资金",
    "sector": "资金",
    "cooperation": "协作资金",
    "land_revenue": "土地出让收入",
    "own_income": "集体经济收入",
}


@dataclass(eq=False)
class Guess:
    """Meanings by column, the funds that they name, and columns that nobody understood."""

    meanings: dict[int, str] = field(default_factory=dict)
    funds: dict[str, FundMapping] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    doubled: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class _Money:
    """A column of money before it is known which part it plays."""

    heading: Heading
    part: str
    level: str | None = None
    kind: str = "connection"
    year: int = 0


def guess_columns(grid: Grid, found: Found) -> Guess:
    """Give every column a meaning, or list it as unknown."""
    return _Columns(grid, found).guess()


class _Columns:
    def __init__(self, grid: Grid, found: Found) -> None:
        self.grid, self.found, self.out = grid, found, Guess()
        rows = grid.cells[found.last_row + 1 : found.last_row + 1 + _SAMPLE]
        self.data = [[row[c] for row in rows] for c in range(grid.columns)]
        self.filled = [sum(map(bool, column)) for column in self.data]
        self.headings = list(found.headings)

    def guess(self) -> Guess:
        self._shift()
        moneys = []
        for heading in self.headings:
            if heading.last and (one := self._money(heading)):
                moneys.append(one)
            else:
                self._plain(heading)
        self._names()
        self._money_parts(moneys)
        self._combined_places()
        used = self.out.meanings
        self.out.unknown = [
            h.column for h in self.headings if h.column not in used and self.filled[h.column]
        ]
        return self.out

    def _shift(self) -> None:
        """Move a heading to the column beside it where the data stand: merged cells that were shifted."""
        for h in self.headings[:-1]:
            right = self.headings[h.column + 1]
            bare = not right.texts or (right.texts == h.texts and right.span == h.span)
            if h.texts and bare and not self.filled[h.column] and self.filled[right.column]:
                self.headings[h.column] = Heading(h.column, (), h.column)
                self.headings[right.column] = Heading(right.column, h.texts, right.column)
                if right.texts != h.texts:
                    self.out.moved.append(right.column)

    def _plain(self, h: Heading) -> None:
        """Give a column that is not money its meaning."""
        if not h.texts:
            return
        meaning = heading_meaning(h.last)
        if meaning is None and len(h.texts) > 1:
            meaning = next((m for t in reversed(h.texts[:-1]) if (m := heading_meaning(t)) == IDENTITY), None)
        if meaning in (None, "金额", "自筹"):
            return
        if meaning == "县" and any(place_level(text) == "town" for text in self.data[h.column][:20]):
            meaning = "乡镇"
        holder = next((c for c, m in self.out.meanings.items() if m == meaning), None)
        if holder is None or meaning == IDENTITY:
            self.out.meanings[h.column] = meaning
        elif meaning == "类别" and "子类型" not in self.out.meanings.values():
            self.out.meanings[h.column] = "子类型"
        elif not self.filled[holder] and self.filled[h.column]:
            self.out.meanings[h.column] = self.out.meanings.pop(holder)
        elif self.filled[h.column] and self.headings[holder].span != h.span:
            self.out.doubled.append(h.column)
            self.out.meanings[h.column] = UNUSED
        elif self.filled[h.column]:
            self._second_of_two(holder, h, meaning)

    def _second_of_two(self, holder: int, h: Heading, meaning: str) -> None:
        """One heading over two columns with data: a place is town and village."""
        if meaning in ("地点", "乡镇", "村"):
            self.out.meanings[holder], self.out.meanings[h.column] = "乡镇", "村"

    def _combined_places(self) -> None:
        """A column of villages whose cells begin with a town is a place as a whole."""
        for column, meaning in list(self.out.meanings.items()):
            if meaning == "乡镇" and "村" not in self.out.meanings.values():
                texts = [t for t in self.data[column] if t]
                villages = [t for t in texts if place_level(t) == "village"]
                if len(villages) > _MOSTLY * len(texts):
                    self.out.meanings[column] = "地点"

    def _names(self) -> None:
        """Where no column is called the project's name, take the best other one."""
        if "项目名称" in self.out.meanings.values():
            return
        for word in WEAK_NAMES:
            for h in self.headings:
                if plain(h.last) == word and self.filled[h.column]:
                    self.out.meanings[h.column] = "项目名称"
                    return

    def _money(self, h: Heading) -> _Money | None:
        """Say which part a column of money plays; None where it is not money."""
        group = " ".join(h.texts[:-1])
        own = heading_meaning(h.last)
        in_group = bool(group) and is_money_heading(group)
        if own not in (None, "金额", "自筹", "县", "资金来源") or any(w in plain(h.last) for w in _NOT_MONEY):
            return None
        if not in_group and not is_money_heading(h.last) and own not in ("金额", "自筹"):
            if not (is_subtotal_heading(h.last) or self._short_level(h)) or not self._is_amounts(h.column):
                return None
        if own in ("县", "资金来源") and not self._is_amounts(h.column):
            return None
        year = (years_in(h.path) or (0, 0))[0] if len(h.texts) > 1 else 0
        if is_self_raised(h.last):
            return _Money(h, "自筹")
        if is_subtotal_heading(h.last):
            return _Money(h, "subtotal", year=year)
        level = fund_level(h.last)
        if level is None and is_total_heading(h.last):
            return _Money(h, "total", year=year)
        if not self._is_amounts(h.column) and self.filled[h.column]:
            return None
        level = level or (fund_level(group) if in_group else None)
        return _Money(h, "fund", level, self._kind(h, group, level), year)

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

    def _is_amounts(self, column: int) -> bool:
        """Whether most filled cells of a column are amounts."""
        texts = [text for text in self.data[column] if not is_empty_money(text)]
        read = sum(_is_amount(text) for text in texts)
        return bool(texts) and read >= _MOSTLY * len(texts)

    def _money_parts(self, moneys: Sequence[_Money]) -> None:
        """Decide what is the whole amount, what a fund and what only a check."""
        totals = [m for m in moneys if m.part == "total"]
        funds = [m for m in moneys if m.part == "fund"]
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

    def _whole(self, totals: Sequence[_Money], subtotals: Sequence[_Money], funds: Sequence[_Money]) -> _Money | None:
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

    def _sums(self, funds: Sequence[_Money]) -> Mapping[int, list[str]]:
        """Columns of money without a level that are the sum of those with one."""
        levels = [m.heading.column for m in funds if m.level]
        found: dict[int, list[str]] = {}
        for m in funds:
            column = m.heading.column
            if m.level is None and levels and self._adds_up(column, levels):
                found[column] = [letters_of(c) for c in levels]
        return found

    def _adds_up(self, column: int, parts: Sequence[int]) -> bool:
        rows = same = 0
        for i, text in enumerate(self.data[column]):
            whole = _decimal(text)
            if whole is None:
                continue
            rows += 1
            same += whole == sum((_decimal(self.data[c][i]) or Decimal(0) for c in parts), Decimal(0))
        return rows > 0 and same >= _NEARLY_ALL * rows

    def _check(self, m: _Money, moneys: Sequence[_Money]) -> None:
        """Make a sum beside the whole amount a check of the columns under the same group."""
        column, group = m.heading.column, m.heading.texts[:-1]
        near = [x.heading.column for x in moneys if x.heading.texts[: len(group)] == group and group]
        kept = [c for c in near if self.out.meanings.get(c, "").startswith((FUND, "自筹"))]
        if m.part == "total" and not kept:
            kept = [c for c, meaning in self.out.meanings.items() if meaning == "金额"]
        if m.part == "subtotal" and not group:
            kept = [c for c, meaning in self.out.meanings.items() if meaning.startswith((FUND, "自筹"))]
        if kept and (m.part == "subtotal" or self._merged_down(column) or self._adds_up(column, kept)):
            self.out.meanings[column] = CHECKED + "+".join(letters_of(c) for c in sorted(kept))
        else:
            self.out.meanings[column] = UNUSED
            self.out.doubled.append(column)

    def _merged_down(self, column: int) -> bool:
        first = self.found.last_row
        return any(s.first_column == column and s.last_row > s.first_row > first for s in self.grid.merged)

    def _fund(self, m: _Money) -> None:
        name = fund_id(m.level, m.kind)
        bare = plain(m.heading.last)
        named = bare if "资金" in bare and len(bare) > 2 else ""  # noqa: PLR2004 (more than the word itself)
        label = named or _LEVEL_LABELS.get(m.level or "", "") + _KIND_LABELS[m.kind]
        used = {meaning for meaning in self.out.meanings.values() if meaning.startswith(FUND)}
        own, number = name, 2
        year = f":{m.year}" if m.year else ""
        while f"{FUND}{own}{year}" in used:
            own, number = f"{name}_{number}", number + 1
        if own != name:
            label = f"{plain(' '.join(m.heading.texts[:-1]))}{bare}" if m.heading.texts[1:] else bare
        self.out.meanings[m.heading.column] = f"{FUND}{own}{year}"
        fund = {"label": label, "level": m.level or "其他", "kind": m.kind}
        self.out.funds.setdefault(own, FundMapping.model_validate(fund))


@lru_cache(maxsize=65536)
def _decimal(text: str) -> Decimal | None:
    found = None if is_empty_money(text) else money(text, Unit.WAN)
    return found.wan if found else None


def _is_amount(text: str) -> bool:
    return _decimal(text) is not None
