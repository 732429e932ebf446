"""Guess the funds of sheets: from columns, from cells that name a source, or from the title."""

from collections.abc import Sequence

from zxsim.errors import Message
from zxsim.sheets.mapping import FundMapping, ImportMapping, SheetMapping
from zxsim.sheets.money_columns import fund_label
from zxsim.sheets.record import clean
from zxsim.sheets.tables import Table
from zxsim.sheets.titles import fund_in
from zxsim.sheets.vocabulary import fund_id, fund_kind, fund_level


def with_fund(sheet: SheetMapping, table: Table, funds: dict[str, FundMapping]) -> SheetMapping:
    """Name the fund of a sheet whose columns name none, from its title."""
    for name, fund in table.guess.funds.items():
        funds.setdefault(name, fund)
    if table.guess.funds:
        return sheet
    level, kind = fund_in(_title(table))
    name = fund_id(level, kind)
    label = fund_label(level, kind)
    own = {"label": label, "level": level or "其他", "kind": kind}
    funds.setdefault(name, FundMapping.model_validate(own))
    return sheet.model_copy(update={"fund": name})


def _title(table: Table) -> str:
    return " ".join(table.titles) or table.grid.name


def fund_of_text(text: str, funds: dict[str, FundMapping]) -> str:
    """Fund that a cell of 资金来源 names; a new one where none is called so."""
    level, kind = fund_level(text), fund_kind(text) or "connection"
    name, number = fund_id(level, kind), 2
    while name in funds and funds[name].label not in (text, "衔接资金") and level is None:
        name, number = f"{fund_id(level, kind)}_{number}", number + 1
    fund = {"label": text, "level": level or "其他", "kind": kind}
    funds.setdefault(name, FundMapping.model_validate(fund))
    return name


def funds_told(mapping: ImportMapping, tables: Sequence[Table]) -> list[Message]:
    """Say of which funds the level or the kind was guessed, as no heading, cell or title names it."""
    guessed: dict[str, Message] = {}
    for table, sheet in zip(tables, mapping.sheet.values(), strict=True):
        for column, name in table.guess.assumed.items():
            heading = clean(table.found.headings[column].last)[0]
            guessed.setdefault(name, _guessed(mapping, name, heading, table, where(table, column)))
        title = _title(table)
        if sheet.fund and not mapping.fund_words and (None in fund_in(title) or not fund_kind(title)):
            at = table.grid.name
            guessed.setdefault(sheet.fund, _guessed(mapping, sheet.fund, clean(title)[0][:40], table, at))
    for word, name in mapping.fund_words.items():
        if fund_level(word) is None or fund_kind(word) is None:
            guessed.setdefault(name, _guessed(mapping, name, word, tables[0], tables[0].grid.name))
    return list(guessed.values())


def _guessed(mapping: ImportMapping, name: str, given: str, table: Table, address: str) -> Message:
    fund = mapping.fund[name]
    fields = {
        "given": given,
        "label": fund.label,
        "level": fund.level,
        "kind": f"kind_{fund.kind}",
        "id": name,
    }
    return Message("import_fund_guessed", fields, table.grid.file, 0, address)


def parts_told(table: Table) -> list[Message]:
    """Columns that are only a part of another one."""
    headings = table.found.headings
    return [
        Message(
            "import_column_part",
            {"given": clean(headings[column].last)[0], "other": clean(headings[whole].last)[0]},
            table.grid.file,
            0,
            where(table, column),
        )
        for column, whole in table.guess.parts
    ]


def where(table: Table, column: int) -> str:
    """Name the heading of a column with its sheet."""
    name = table.grid.address(table.found.last_row, column)
    return f"{table.grid.name}!{name}" if table.grid.name else name
