"""Guess the mapping of the sheets given: tables, columns, units, years, county, words of categories."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zxsim.errors import DataError, Message
from zxsim.schema.scenario import CATEGORIES
from zxsim.sheets.grid import Grid
from zxsim.sheets.guess_funds import fund_of_text, funds_told, parts_told, where, with_fund
from zxsim.sheets.mapping import (
    UNITS,
    FundMapping,
    ImportMapping,
    SheetMapping,
    fund_of,
    letters_of,
)
from zxsim.sheets.record import clean
from zxsim.sheets.rows import Kind, is_empty_money
from zxsim.sheets.tables import Table, find_tables
from zxsim.sheets.titles import county_in, name_over_years, telling, title_of, town_in, years_of
from zxsim.sheets.values import Unit, money, unit_in, years_in
from zxsim.sheets.vocabulary import (
    OTHER_CATEGORY,
    category_of_word,
    place_level,
)
from zxsim.sheets.wishes import Wishes

_UNIT_WORDS = {unit: word for word, unit in UNITS.items()}
_LOOKS_LIKE_YUAN = 10_000
_SAMPLE = 2_000
_MOSTLY = 0.6


@dataclass(eq=False)
class Guessed:
    """The mapping, what was assumed in making it, and the headings of each sheet by its key."""

    mapping: ImportMapping
    messages: list[Message] = field(default_factory=list)


def guess_mapping(grids: Sequence[Grid], wishes: Wishes) -> Guessed:
    """Guess how to read the sheets.

    Raises
    ------
    DataError
        No sheet holds a table of projects, or no year is to be found.
    """
    tables, messages = find_tables(grids, wishes.skip_rows)
    county = _county(tables, wishes.name, messages)
    sheets: dict[str, SheetMapping] = {}
    funds: dict[str, FundMapping] = {}
    stated: list[bool] = []
    several = len({table.grid.file for table in tables}) > 1
    for table in tables:
        file = table.grid.file if several else ""
        sheet, said = _sheet(table, wishes, county, file, messages)
        stated.append(said)
        sheets[_key(table.grid, sheets)] = with_fund(sheet, table, funds)
    mapping = ImportMapping(
        name=wishes.name or title_of(tables[0].titles) or county,
        county=county,
        units_stated=all(stated),
        fund=funds,
        sheet=sheets,
    )
    mapping = _with_words(mapping, tables)
    messages += funds_told(mapping, tables)
    return Guessed(_with_years(mapping, tables, wishes, messages), messages)


def _key(grid: Grid, sheets: dict[str, SheetMapping]) -> str:
    base = grid.name or Path(grid.file).stem
    key, number = base, 2
    while key in sheets:
        key, number = f"{base}_{number}", number + 1
    return key


def _telling(table: Table) -> list[str]:
    return telling(table.titles, [table.grid.name, Path(table.grid.file).stem])


def _county(tables: Sequence[Table], name: str, messages: list[Message]) -> str:
    for table in tables:
        if county := county_in([name, *_telling(table)]):
            return county
    county = clean(Path(tables[0].grid.file).stem)[0]
    if not all("县" in table.guess.meanings.values() for table in tables):
        messages.append(Message("import_county_from_file", {"given": county}, tables[0].grid.file))
    return county


def _sheet(
    table: Table, wishes: Wishes, county: str, file: str, messages: list[Message]
) -> tuple[SheetMapping, bool]:
    """Map one sheet; also whether it says the unit of its money."""
    grid, found, guess = table.grid, table.found, table.guess
    units, unit, stated = _units(table, wishes)
    if not stated:
        messages.append(Message("import_unit_assumed", {"unit": unit}, grid.file, 0, grid.name))
    for code, columns in (
        ("import_column_unknown", guess.unknown),
        ("import_column_moved", guess.moved),
        ("import_column_doubled", guess.doubled),
    ):
        for column in columns:
            fields = {"given": clean(found.headings[column].path)[0] or "?"}
            messages.append(Message(code, fields, grid.file, 0, where(table, column)))
    messages += parts_told(table)
    town = "" if "乡镇" in guess.meanings.values() else town_in(grid.name, table.titles, county)
    sheet = SheetMapping(
        file=file,
        name=grid.name,
        heading_rows=(found.first_row + 1, found.last_row + 1),
        unit=unit,
        units=units,
        columns=table.columns,
        skip_rows=wishes.skip_rows,
        years=years_of(_telling(table)),
        town=town,
    )
    return sheet.model_copy(update={"fill_down": _fill_down(table)}), stated


def _units(table: Table, wishes: Wishes) -> tuple[dict[str, str], str, bool]:
    """Units of columns that differ, the sheet's unit, and whether the sheet says it."""
    found = table.found
    lines = [unit for text in table.titles if (unit := unit_in(text))]
    own: dict[int, Unit] = {}
    columns = [c for c, m in table.guess.meanings.items() if _is_money(m)]
    for column in columns:
        named = [unit for text in reversed(found.headings[column].texts) if (unit := unit_in(text))]
        if named and not wishes.unit:
            own[column] = named[0]
    if wishes.unit:
        sheet = UNITS[wishes.unit]
    elif lines:
        sheet = lines[-1]
    elif own:
        sheet = Counter(own.values()).most_common(1)[0][0]
    else:
        return {}, _likely_unit(table, columns), _in_cells(table, columns)
    differ = {letters_of(c): _UNIT_WORDS[unit] for c, unit in own.items() if unit is not sheet}
    return differ, _UNIT_WORDS[sheet], True


def _is_money(meaning: str) -> bool:
    return meaning in ("金额", "自筹") or meaning.startswith("核对") or fund_of(meaning) is not None


def _sample(table: Table, columns: Sequence[int]) -> list[str]:
    rows = table.grid.cells[table.found.last_row + 1 :][:_SAMPLE]
    return [row[c] for row in rows for c in columns if not is_empty_money(row[c])]


def _in_cells(table: Table, columns: Sequence[int]) -> bool:
    texts = _sample(table, columns)
    return bool(texts) and all("元" in text or text == "0" for text in texts)


def _likely_unit(table: Table, columns: Sequence[int]) -> str:
    amounts = sorted(a.wan for text in _sample(table, columns) if (a := money(text, Unit.WAN)))
    return "元" if amounts and amounts[len(amounts) // 2] >= _LOOKS_LIKE_YUAN else "万元"


def _fill_down(table: Table) -> tuple[str, ...]:
    """Columns of places and kinds whose merged cells were lost: each text once, the cells below empty."""
    read = table.read
    rows = [line.row for line in read.lines if line.kind is Kind.PROJECT]
    found = []
    for meaning in ("县", "乡镇", "类别", "子类型", "年度"):
        for column in read.columns.get(meaning, ()):
            texts = [table.grid.cells[row][column] for row in rows]
            filled = [text for text in texts if text]
            if not filled or column in read.above or not texts[0]:
                continue
            if len(set(filled)) == len(filled) and len(filled) <= _MOSTLY * len(texts):
                found.append(letters_of(column))
    return tuple(found)


def _with_words(mapping: ImportMapping, tables: Sequence[Table]) -> ImportMapping:
    """List the words of categories and of sources of money that the sheets use."""
    categories: dict[str, str] = {}
    fund_words: dict[str, str] = {}
    funds = dict(mapping.fund)
    for table in tables:
        groups = dict.fromkeys(name for line in table.read.lines for name in line.groups)
        for word in [*table.texts("类别"), *table.texts("子类型"), *groups]:
            category = word if word in CATEGORIES else category_of_word(word)
            clear = category not in (None, OTHER_CATEGORY) or word == OTHER_CATEGORY
            if category and clear and place_level(word) is None:
                categories.setdefault(clean(word)[0], category)
        for text in table.texts("资金来源") if not table.guess.funds else ():
            fund_words.setdefault(clean(text)[0], fund_of_text(clean(text)[0], funds))
    update = {"categories": categories, "fund_words": fund_words, "fund": funds}
    return mapping.model_copy(update=update)


def _with_years(
    mapping: ImportMapping, tables: Sequence[Table], wishes: Wishes, messages: list[Message]
) -> ImportMapping:
    """Years of the scenario: as wished, else those of the sheets' money, else of the projects."""
    own = [sheet.years for sheet in mapping.sheet.values()]
    years = wishes.years
    if years is None:
        found = [pair for pair in own if pair]
        for table, sheet in zip(tables, mapping.sheet.values(), strict=True):
            found += [(y, y) for m in sheet.columns.values() if (f := fund_of(m)) and (y := f[1])]
            if sheet.years is None or "年度" in sheet.columns.values():
                texts = table.texts("年度") + ([] if sheet.years else table.texts("期限"))
                found += [pair for text in texts if (pair := years_in(text))]
        if not found:
            raise DataError([Message("import_years_needed", {}, t.grid.file, 0, t.grid.name) for t in tables])
        years = (min(first for first, _ in found), max(last for _, last in found))
        fields = {"first": years[0], "last": years[1]}
        messages.append(Message("import_years_found", fields, tables[0].grid.file))
    sheets = mapping.sheet
    if wishes.years:
        sheets = {
            k: s.model_copy(update={"years": years_within(s.years, wishes.years)}) for k, s in sheets.items()
        }
    name = wishes.name or name_over_years(mapping.name, [pair for pair in own if pair])
    return mapping.model_copy(update={"name": name, "years": years, "sheet": sheets})


def years_within(own: tuple[int, int] | None, years: tuple[int, int]) -> tuple[int, int]:
    """Years of a sheet inside those asked for; these where it names none of them."""
    if own is None:
        return years
    first, last = max(own[0], years[0]), min(own[1], years[1])
    return (first, last) if first <= last else years
