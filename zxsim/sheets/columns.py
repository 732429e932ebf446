"""Guess what each column means from its headings, and where they are not enough from its cells."""

from zxsim.sheets.find import Found, Heading
from zxsim.sheets.grid import Grid
from zxsim.sheets.mapping import IDENTITY, UNUSED
from zxsim.sheets.money_columns import Guess, MoneyColumns
from zxsim.sheets.vocabulary import (
    WEAK_NAMES,
    heading_meaning,
    place_level,
    plain,
)

_MOSTLY = 0.5


def guess_columns(grid: Grid, found: Found) -> Guess:
    """Give every column a meaning, or list it as unknown."""
    return _Columns(grid, found).guess()


class _Columns(MoneyColumns):
    def guess(self) -> Guess:
        self._shift()
        moneys = []
        for heading in self.headings:
            if heading.last and (one := self.money_column(heading)):
                moneys.append(one)
            else:
                self._plain(heading)
        self._names()
        self.decide(moneys)
        self._combined_places()
        used = self.out.meanings
        self.out.unknown = [h.column for h in self.headings if h.column not in used and self.filled[h.column]]
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
        if meaning == "县" and self._holds_towns(h.column):
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

    def _holds_towns(self, column: int) -> bool:
        """Whether a column called after the county lists towns: no other column does."""
        texts = [text for text in self.data[column] if text]
        others = any(heading_meaning(h.last) == "乡镇" for h in self.headings)
        return bool(texts) and not others and all(text.endswith(("乡", "镇", "街道")) for text in texts)

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
