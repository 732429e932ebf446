"""From the rows of one sheet to projects: money, places, category, years; faults with their cells."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from zxsim.schema.scenario import CATEGORIES
from zxsim.sheets.cutting import Cutter
from zxsim.sheets.identity import without_identity
from zxsim.sheets.mapping import UNITS, ImportMapping, SheetMapping, checked_of, fund_of, letters_of
from zxsim.sheets.notes import Notes
from zxsim.sheets.record import Record, SheetRecords, clean, passed_columns
from zxsim.sheets.rows import Kind, Line, Sheet, is_empty_money
from zxsim.sheets.sites import Sites, sites_of
from zxsim.sheets.values import (
    Unit,
    beneficiaries,
    money,
    whole_number,
    years_in,
)
from zxsim.sheets.vocabulary import (
    OTHER_CATEGORY,
    category_of_name,
    category_of_word,
    is_nowhere,
    place_level,
)

_FROM = {"实施地点": "地点", "时间进度": "期限", "受益对象": "受益"}
_ZERO = Decimal(0)


@lru_cache(maxsize=65536)
def _amount(text: str, unit: Unit) -> tuple[Decimal, str] | None:
    found = money(text, unit)
    return None if found is None else (found.wan, found.remark)


def read_records(position: int, sheet: Sheet, mapping: ImportMapping, notes: Notes) -> SheetRecords:
    """Read every row of a sheet; what is at fault goes into ``notes``."""
    return _Reader(position, sheet, mapping, notes).read()


class _Reader:
    """Goes down one sheet; remembers what empty cells below mean."""

    def __init__(self, position: int, sheet: Sheet, mapping: ImportMapping, notes: Notes) -> None:
        self.position, self.sheet, self.mapping, self.notes = position, sheet, mapping, notes
        own: SheetMapping = sheet.mapping
        self.unit = {c: UNITS[own.units.get(letters_of(c), own.unit)] for c in sheet.money}
        self.filled = {c for m, cs in sheet.columns.items() for c in cs if letters_of(c) in own.fill_down}
        self.fund_columns = [(c, fund) for m, cs in sheet.columns.items() if (fund := fund_of(m)) for c in cs]
        self.passed = passed_columns(mapping)
        self.stated = {*mapping.categories, *CATEGORIES}
        self.above: dict[int, str] = {}
        self.cutter = Cutter(sheet, notes)
        self.out = SheetRecords(sheet, money={c: [] for c in sheet.money})

    def read(self) -> SheetRecords:
        for line in self.sheet.lines:
            self.out.lines.append(line)
            amounts = self._money(line)
            for column in self.sheet.money:
                self.out.money[column].append(amounts.get(column, _ZERO))
            if line.kind in (Kind.GROUP, Kind.TOTAL, Kind.SUBTOTAL):
                self.above = {}
            elif line.kind is Kind.PROJECT:
                self._project(line, amounts)
            elif line.kind is Kind.CONTINUED and self.out.records:
                self._continue(line, amounts)
            elif line.kind is Kind.UNCLEAR:
                self._unclear(line)
        return self.out

    def _money(self, line: Line) -> dict[int, Decimal]:
        """Amounts of a row in 万元; what is no amount is at fault in a project's row."""
        found = {}
        project = line.kind in (Kind.PROJECT, Kind.CONTINUED)
        for column in self.sheet.money:
            text = self.sheet.grid.cells[line.row][column]
            if (line.row, column) in self.sheet.grid.formulas:
                self._formula(line.row, column, project=project)
                continue
            if is_empty_money(text):
                continue
            amount = _amount(text, self.unit[column])
            if amount is None:
                if project:
                    self.notes.fault(
                        "import_money_text", self.sheet, line.row, column, given=clean(text)[0][:40]
                    )
                continue
            if amount[0] < 0 and project:
                self.notes.fault(
                    "import_money_negative", self.sheet, line.row, column, given=clean(text)[0][:40]
                )
            if amount[1] and project:
                self.notes.cell("import_money_remark", self.sheet, line.row, column)
            found[column] = amount[0]
        return found

    def _formula(self, row: int, column: int, *, project: bool) -> None:
        """Note a formula without a value: at fault where it is a project's money, else not compared."""
        checked = checked_of(self.sheet.mapping.columns[letters_of(column)])
        if project and not checked:
            self.notes.fault("import_formula_unsaved", self.sheet, row, column)
        else:
            self.notes.cell("import_formula_total", self.sheet, row, column)

    def _cost(self, amounts: Mapping[int, Decimal]) -> tuple[Decimal, Decimal]:
        """Whole cost and self-raised part; the sum of its funds where no column holds the whole."""
        totals = [c for c in self.sheet.columns.get("金额", ()) if c in amounts]
        raised = sum((amounts.get(c, _ZERO) for c in self.sheet.columns.get("自筹", ())), _ZERO)
        paid = sum((amounts.get(c, _ZERO) for c, _ in self.fund_columns), _ZERO)
        return (amounts[totals[0]] if totals else paid + raised), raised

    def _funds(
        self, line: Line, cost: Decimal, raised: Decimal, amounts: Mapping[int, Decimal]
    ) -> dict[tuple[str, int], Decimal]:
        year_text = self.sheet.cell(line.row, "年度")
        years = years_in(year_text) if year_text else None
        year = years[0] if years else 0
        if self.fund_columns:
            found: dict[tuple[str, int], Decimal] = {}
            for column, (fund, own_year) in self.fund_columns:
                if amounts.get(column):
                    key = (fund, own_year or year)
                    found[key] = found.get(key, _ZERO) + amounts[column]
            return found
        source = clean(self._text(line.row, "资金来源"))[0]
        fund = self.mapping.fund_words.get(source, self.sheet.mapping.fund)
        return {(fund, year): cost - raised} if fund and cost > raised else {}

    def _project(self, line: Line, amounts: Mapping[int, Decimal]) -> None:
        row, sheet = line.row, self.sheet
        cost, raised = self._cost(amounts)
        stated = sheet.cell(row, "项目名称")
        name = self.cutter.kept(row, "项目名称", stated) or (f"项目{row + 1}" if stated else "")
        if not name:
            named = sheet.columns["项目名称"][0]
            unsaved = (row, named) in sheet.grid.formulas
            self.notes.fault(
                "import_formula_unsaved" if unsaved else "import_name_missing", sheet, row, named
            )
        column = (sheet.columns.get("金额") or sheet.money)[0]
        formulas = any((row, c) in sheet.grid.formulas for c in sheet.money)
        if not amounts:
            if not formulas and all(is_empty_money(sheet.grid.cells[row][c]) for c in sheet.money):
                self.notes.fault("import_money_missing", sheet, row, column, name=name)
        elif cost == 0 and not formulas:
            self.notes.cell("import_zero_left_out", sheet, row, column)
            self._remember(row)
            return
        elif 0 <= cost < raised:
            self.notes.fault(
                "import_raised_above_cost", sheet, row, column, given=f"{raised:f}", cost=f"{cost:f}"
            )
        sub = self._kept(row, "子类型")
        self.out.records.append(Record(
            sheet=self.position, row=row, code=_code(sheet.cell(row, "项目编号")), name=name,
            parts=[self._part(line, cost)], category=self._category(line, name, sub),
            subcategory=sub or self._group_below(line), cost=cost, self_raised=raised,
            funds=self._funds(line, cost, raised, amounts), window=self._window(row),
            numbers=self._numbers(row), department=self._kept(row, "部门"),
            status=self.cutter.kept(row, "状态", sheet.cell(row, "状态")), official=self._official(row),
        ))  # fmt: skip
        self._remember(row)

    def _continue(self, line: Line, amounts: Mapping[int, Decimal]) -> None:
        """Add a row whose project's name is merged from above."""
        record = self.out.records[-1]
        cost, raised = self._cost(amounts)
        record.parts.append(self._part(line, cost if amounts else None))
        record.cost += cost
        record.self_raised += raised
        for key, amount in self._funds(line, cost, raised, amounts).items():
            record.funds[key] = record.funds.get(key, _ZERO) + amount
        self.notes.cell("import_rows_joined", self.sheet, line.row, self.sheet.columns["项目名称"][0])

    def _unclear(self, line: Line) -> None:
        cells = self.sheet.grid.cells[line.row]
        column = next(c for c, text in enumerate(cells) if text)
        self.notes.cell("import_row_unclear", self.sheet, line.row, column)

    def _text(self, row: int, meaning: str) -> str:
        """Text of a cell, with what is merged down over it or filled down to it."""
        for column in self.sheet.columns.get(meaning, ()):
            text = self.sheet.grid.cells[self.sheet.first_row(row, column)][column]
            if not text and column in self.filled:
                text = self.above.get(column, "")
            if text:
                return text
        return ""

    def _remember(self, row: int) -> None:
        for column in self.filled:
            if text := self.sheet.grid.cells[row][column]:
                self.above[column] = text

    def _kept(self, row: int, meaning: str, name: str = "") -> str:
        """Text of a cell without identity data; ``name`` is the official name of its column."""
        return self.cutter.kept(row, meaning, self._text(row, meaning), name)

    def _part(self, line: Line, cost: Decimal | None) -> tuple[str, Sites, Decimal | None]:
        county = self._text(line.row, "县") or self.mapping.county
        county = self.mapping.county if is_nowhere(county) else clean(county)[0]
        town, village, place = (self._kept(line.row, meaning) for meaning in ("乡镇", "村", "地点"))
        if not town and place_level(village) != "town":
            inside = [g for g in line.groups if place_level(g) == "town"]
            town = (inside or [self.sheet.mapping.town])[-1] if not place else ""
        sites = sites_of(county, town, village, place)
        if not sites.places and not town and not village and self.sheet.mapping.town:
            sites = Sites(((self.sheet.mapping.town, ""),))
        for flag in ("partly", "paired", "lost", "joined"):
            if getattr(sites, flag):
                self.notes.cell(f"import_places_{flag}", self.sheet, line.row, self._place_column())
        return county, sites, cost

    def _place_column(self) -> int:
        return next(
            self.sheet.columns[m][0] for m in ("村", "乡镇", "地点", "项目名称") if self.sheet.columns.get(m)
        )

    def _category(self, line: Line, name: str, sub: str) -> str:
        """Official category: its own cell, the second level, the group; else guessed from the name."""
        cell = self._kept(line.row, "类别")
        for word in (cell, sub, *reversed(line.groups)):
            found = self.word_category(word) if word else None
            if found and (found != OTHER_CATEGORY or word in self.stated):
                return found
        column = self.sheet.columns["项目名称"][0]
        own = next((c for word, c in self.mapping.name_words.items() if word in name), None)
        if guess := own or category_of_name(sub) or category_of_name(name):
            self.notes.cell("import_category_guessed", self.sheet, line.row, column)
            return guess
        self.notes.cell("import_category_other", self.sheet, line.row, column)
        return OTHER_CATEGORY

    def word_category(self, word: str) -> str | None:
        """Category that a word of the sheet means."""
        known: str | None = self.mapping.categories.get(word)
        return known or (word if word in CATEGORIES else category_of_word(word))

    def _group_below(self, line: Line) -> str:
        """Second level of the groups that a row stands in, where both name a category."""
        kinds = [group for group in line.groups if self.word_category(group)]
        return clean(kinds[1])[0] if len(kinds) > 1 else ""

    def _window(self, row: int) -> tuple[int, int] | None:
        text = self._text(row, "年度") or self._text(row, "期限")
        return years_in(text) if text else None

    def _numbers(self, row: int) -> tuple[int | None, int | None, int | None]:
        """Persons and households that benefit, and the rank."""
        said = beneficiaries(self._text(row, "受益")) if "受益" in self.sheet.columns else None
        households, persons = (said.households, said.persons) if said else (None, None)
        own = [self._whole(row, meaning) for meaning in ("受益人", "受益户")]
        return own[0] or persons, own[1] or households, self._whole(row, "排序")

    def _whole(self, row: int, meaning: str) -> int | None:
        text = self.sheet.cell(row, meaning)
        if not text:
            return None
        number = whole_number(text.removesuffix("户").removesuffix("人"))
        if number is None and (said := beneficiaries(text)):
            number = said.persons if meaning == "受益人" else said.households
        return number

    def _official(self, row: int) -> tuple[str, ...]:
        return tuple(self._kept(row, _FROM.get(name, name), name) for name in self.passed)


def _code(text: str) -> str:
    """A project's number without what is an ID card's or a telephone's: it may itself have 16 digits."""
    return " ".join(without_identity(text, names=False, long=False)[0].split())
