"""scenario.toml and import.toml of an import as texts; the only door of sheets to tomlkit."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import tomlkit
from tomlkit.items import Table

from zxsim import __version__
from zxsim.sheets.mapping import FundMapping, ImportMapping, SheetMapping
from zxsim.sheets.project_rows import plain_number


def scenario_text(
    mapping: ImportMapping,
    amounts: Mapping[tuple[str, int], Decimal],
    sources: Mapping[str, str],
    carried: Mapping[str, int],
    notes: str,
    *,
    illustrative: bool,
) -> str:
    """Write scenario.toml: every fund with the sum of its column by year, as an assumption with its cells."""
    assert mapping.years is not None
    document = tomlkit.document()
    document["zxsim_version"] = ".".join(__version__.split(".")[:2])
    document["name"] = mapping.name
    document["years"] = list(mapping.years)
    if illustrative:
        document["illustrative"] = True
    if mapping.units_stated:
        document["units_checked"] = True
    if notes:
        document["notes"] = tomlkit.string(notes, multiline=True)
    funds = tomlkit.table(is_super_table=True)
    for name, fund in mapping.fund.items():
        years = {year: amount for (own, year), amount in amounts.items() if own == name and amount}
        if years:
            funds[name] = _fund(fund, years, sources.get(name, ""), carried.get(name, 0))
    document["fund"] = funds
    return tomlkit.dumps(document)


def _fund(fund: FundMapping, years: Mapping[int, Decimal], source: str, carried: int) -> Table:
    table = tomlkit.table()
    table["label"], table["level"], table["kind"] = fund.label, fund.level, fund.kind
    amounts = tomlkit.inline_table()
    for year in sorted(years):
        figure = tomlkit.inline_table()
        number = _number(years[year])
        figure.update({"value": number, "low": number, "high": number, "assumed": True, "source": source})
        amounts[str(year)] = figure
    table["amount_wan"] = amounts
    if carried:
        table["carry_over"] = carried
    return table


def _number(value: Decimal) -> Any:  # noqa: ANN401 (whatever tomlkit takes)
    text = plain_number(value)
    return tomlkit.item(int(text)) if "." not in text else tomlkit.float_(text)


def mapping_text(mapping: ImportMapping, comments: Sequence[str], unclear: Sequence[str]) -> str:
    """Write the mapping: what a planner may change comes with its explanation.

    ``comments`` stand at the top; ``unclear`` are words of categories that nobody knows.
    """
    document = tomlkit.document()
    for line in comments:
        document.add(tomlkit.comment(line))
    document["name"], document["county"] = mapping.name, mapping.county
    if mapping.years:
        document["years"] = list(mapping.years)
    document["units_stated"] = mapping.units_stated
    funds = tomlkit.table(is_super_table=True)
    for name, fund in mapping.fund.items():
        funds[name] = {"label": fund.label, "level": fund.level, "kind": fund.kind}
    document["fund"] = funds
    for key in ("categories", "name_words", "fund_words"):
        words = getattr(mapping, key)
        if words or (key == "categories" and unclear):
            document[key] = _words(words, unclear if key == "categories" else ())
    sheets = tomlkit.table(is_super_table=True)
    for key, sheet in mapping.sheet.items():
        sheets[key] = _sheet(sheet)
    document["sheet"] = sheets
    return tomlkit.dumps(document)


def _words(words: Mapping[str, str], unclear: Sequence[str]) -> Table:
    table = tomlkit.table()
    for word, meaning in words.items():
        table[word] = meaning
    for word in unclear:
        table.add(tomlkit.comment(f'{tomlkit.item(word).as_string()} = ""'))
    return table


def _sheet(sheet: SheetMapping) -> Table:
    table = tomlkit.table()
    for name, value in sheet.model_dump(exclude_defaults=True).items():
        if name not in ("columns", "units"):
            table[name] = list(value) if isinstance(value, tuple) else value
    table["unit"] = sheet.unit
    for name in ("units", "columns"):
        if part := getattr(sheet, name):
            table[name] = dict(part)
    return table
