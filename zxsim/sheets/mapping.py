"""What each column of a sheet means, as a small TOML file that a planner can mend and use again.

Everything that was guessed about a sheet stands in it, so that reading with it gives the same result.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from zxsim.core.messages import Faults
from zxsim.core.spec import Ident, Spec
from zxsim.schema.columns import OFFICIAL, passes_through
from zxsim.schema.scenario import CATEGORIES
from zxsim.schema.source import Source, read_source
from zxsim.schema.validate import key_path
from zxsim.sheets.grid import address
from zxsim.sheets.values import Unit
from zxsim.sheets.vocabulary import MEANINGS

UnitWord = Literal["元", "千元", "万元", "百万元", "亿元"]
UNITS: Mapping[str, Unit] = {
    "元": Unit.YUAN,
    "千元": Unit.THOUSAND,
    "万元": Unit.WAN,
    "百万元": Unit.MILLION,
    "亿元": Unit.YI,
}
FUND = "资金:"
"""A column of this meaning holds what one fund pays: ``资金:central``, or ``资金:central:2024``."""

IDENTITY, UNUSED = "身份信息", "不用"
CHECKED = "核对:"
"""A column of this meaning is the sum of others, ``核对:H+I``: only a check."""

MONEY_MEANINGS = ("金额", "自筹")

_LETTERS = re.compile(r"[A-Z]{1,3}")
_CHECKED = re.compile(r"核对:([A-Z]{1,3}(?:\+[A-Z]{1,3})*)")
_FUND = re.compile(r"资金:([\w.]+)(?::(\d{4}))?")


class FundMapping(Spec):
    """A fund that columns of the sheets name."""

    label: str
    """Name of the fund for people."""
    level: Literal["中央", "省", "市", "区县", "其他"]
    """Who gives the money."""
    kind: Literal["connection", "sector", "land_revenue", "cooperation", "own_income"] = "connection"
    """What kind of money it is."""


class SheetMapping(Spec):
    """How one sheet is read; rows count from 1 as the office program shows them."""

    file: str = ""
    """Name of the file; any file when empty."""
    name: str = ""
    """Name of the sheet; empty for a CSV."""
    heading_rows: tuple[int, int]
    """First and last row of the headings."""
    last_row: int = 0
    """Last row that is read; 0 for the last of the sheet."""
    unit: UnitWord = "万元"
    """Unit of money where a column or a cell says nothing else."""
    columns: dict[str, str]
    """Letter of a column → what it means."""
    units: dict[str, UnitWord] = {}
    """Letter of a column → unit of its money."""
    fill_down: tuple[str, ...] = ()
    """Letters of columns whose empty cells mean the cell above, as merged cells do."""
    skip_rows: tuple[int, ...] = ()
    """Rows that are not read."""
    years: tuple[int, int] | None = None
    """Years of the sheet's money."""
    fund: str = ""
    """Fund of all its money where neither columns nor cells name funds."""
    town: str = ""
    """Town of all its projects that name none."""


class ImportMapping(Spec):
    """How the sheets become one scenario."""

    name: str
    """Name of the scenario."""
    county: str
    """Name of the place that holds all others."""
    years: tuple[int, int] | None = None
    """Years of the scenario; worked out from the sheets where not given."""
    units_stated: bool = False
    """Whether the sheets say the unit of money themselves."""
    fund: dict[Ident, FundMapping] = {}
    """Funds by id."""
    categories: dict[str, Literal[CATEGORIES]] = {}  # type: ignore[valid-type]  # (a tuple of words)
    """Word of a category cell or a group row → official category."""
    name_words: dict[str, Literal[CATEGORIES]] = {}  # type: ignore[valid-type]
    """Word inside a project's name → official category; counts before the words that zxsim knows."""
    fund_words: dict[str, Ident] = {}
    """Text of a column 资金来源 → fund."""
    sheet: dict[str, SheetMapping]
    """Sheets by any name."""


def letter_index(letters: str) -> int:
    """Position of a column from 0.

    >>> letter_index("A"), letter_index("AA")
    (0, 26)
    """
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1


def letters_of(position: int) -> str:
    """Letters of a column.

    >>> letters_of(0), letters_of(26)
    ('A', 'AA')
    """
    return address(0, position)[:-1]


def fund_of(meaning: str) -> tuple[str, int] | None:
    """Fund and year (0: the sheet's) of a meaning; None for any other meaning.

    >>> fund_of("资金:central:2024"), fund_of("资金:central"), fund_of("村")
    (('central', 2024), ('central', 0), None)
    """
    found = _FUND.fullmatch(meaning)
    return (found[1], int(found[2] or 0)) if found else None


def read_mapping(path: Path) -> tuple[ImportMapping, Source]:
    """Read import.toml.

    Raises
    ------
    DataError
        With every unknown key, word and column: line, what is allowed, the nearest known word.
    """
    source, faults = read_source(path), Faults()
    try:
        mapping = ImportMapping.model_validate(source.data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _note(dict(detail), source, faults)
        faults.raise_any()
        raise
    for name, sheet in mapping.sheet.items():
        _check_sheet(name, sheet, mapping, source, faults)
        if sheet.fund and sheet.fund not in mapping.fund:
            where = source.message("", ("sheet", name, "fund"))
            faults.unknown("import_unknown_fund", sheet.fund, mapping.fund, where)
    for word, fund in mapping.fund_words.items():
        if fund not in mapping.fund:
            faults.unknown(
                "import_unknown_fund", fund, mapping.fund, source.message("", ("fund_words", word))
            )
    faults.raise_any()
    return mapping, source


def holds_amounts(meaning: str) -> bool:
    """Whether a column of this meaning says what a project costs."""
    return meaning == "金额" or fund_of(meaning) is not None


def is_money_meaning(meaning: str) -> bool:
    """Whether a column of this meaning holds money that is added up."""
    return meaning in MONEY_MEANINGS or meaning.startswith(CHECKED) or fund_of(meaning) is not None


def checked_of(meaning: str) -> list[str]:
    """Letters of the columns that a checked column adds up; none for any other meaning.

    >>> checked_of("核对:H+I"), checked_of("村")
    (['H', 'I'], [])
    """
    found = _CHECKED.fullmatch(meaning)
    return found[1].split("+") if found else []


def _check_sheet(
    name: str, sheet: SheetMapping, mapping: ImportMapping, source: Source, faults: Faults
) -> None:
    first, last = sheet.heading_rows
    before = len(faults)
    if not 1 <= first <= last:
        faults.add(
            source.message("import_heading_rows", ("sheet", name, "heading_rows"), given=f"{first}, {last}")
        )
    meanings = [*MEANINGS, UNUSED, *(FUND + fund for fund in mapping.fund)]
    for letters, meaning in sheet.columns.items():
        where = source.message("", ("sheet", name, "columns", letters))
        if not _LETTERS.fullmatch(letters):
            faults.unknown("import_bad_column", letters, (), where)
        fund = fund_of(meaning)
        if fund and fund[0] not in mapping.fund:
            faults.unknown("import_unknown_fund", fund[0], mapping.fund, where)
        elif not fund and not checked_of(meaning) and meaning not in meanings and not passes_through(meaning):
            faults.unknown("import_unknown_meaning", meaning, [*meanings, *OFFICIAL], where)
    for key, letters in [("units", x) for x in sheet.units] + [("fill_down", x) for x in sheet.fill_down]:
        if letters not in sheet.columns:
            where = source.message("", ("sheet", name, key))
            faults.unknown("import_column_without_meaning", letters, sheet.columns, where)
    if len(faults) == before:
        _check_needed(name, sheet, source, faults)


def _check_needed(name: str, sheet: SheetMapping, source: Source, faults: Faults) -> None:
    used = set(sheet.columns.values())
    amounts = [letters for letters, meaning in sheet.columns.items() if meaning == "金额"]
    if len(amounts) > 1:
        faults.add(source.message("import_two_amounts", ("sheet", name, "columns"), given=amounts))
    money = [letters for letters, meaning in sheet.columns.items() if is_money_meaning(meaning)]
    for letters, meaning in sheet.columns.items():
        for part in checked_of(meaning):
            if part not in money or part == letters:
                where = source.message("", ("sheet", name, "columns", letters))
                allowed = [other for other in money if other != letters]
                faults.unknown("import_checked_no_money", part, allowed, where)
    if "项目名称" not in used:
        faults.add(source.message("import_no_name_column", ("sheet", name, "columns")))
    if not any(map(holds_amounts, used)):
        faults.add(source.message("import_no_money_column", ("sheet", name, "columns")))


def _known(path: Sequence[str | int]) -> list[str]:
    models: dict[str, type[Spec]] = {"sheet": SheetMapping, "fund": FundMapping}
    model = ImportMapping if len(path) == 1 else models.get(str(path[0]), ImportMapping)
    return list(model.model_fields)


_TYPES = {
    "int_type": "a_whole_number",
    "bool_type": "true_or_false",
    "dict_type": "a_table",
    "string_type": "a_word",
    "tuple_type": "a_list",
    "model_type": "a_table",
}


def _note(error: dict[str, Any], source: Source, faults: Faults) -> None:
    kind = error["type"]
    path = key_path(error["loc"], source.data, kind)
    where = source.message("", path)
    given = str(error["input"])[:60]
    if kind == "extra_forbidden":
        faults.unknown("unknown_key", str(path[-1]), _known(path), where)
    elif kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(error["ctx"]["expected"]))
        faults.unknown("unknown_word", given, words, where)
    elif path[-1] == "heading_rows" and isinstance(error["input"], list | tuple):
        faults.add(source.message("import_heading_rows", path, given=given.strip("[]()")))
    elif kind == "missing":
        faults.add(source.message("missing_key", path, allowed=[]))
    elif kind == "id_characters":
        faults.add(source.message(kind, path, **error["ctx"]))
    elif isinstance(error["input"], list | tuple):
        faults.add(source.message("tuple_length", path, given=given, allowed=[]))
    else:
        faults.add(source.message("wrong_type", path, given=given, expected=_TYPES.get(kind, "a_table")))
