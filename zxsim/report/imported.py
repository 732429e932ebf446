"""What an import understood, for the screen, for ``--json`` and for the files that it writes."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from zxsim.errors import Message
from zxsim.report.import_doubt_words import KIND_WORDS
from zxsim.report.import_labels import IMPORT_LABELS
from zxsim.report.sample_rules import sample_rules
from zxsim.report.wording import Language, sentence
from zxsim.sheets.checks import Check
from zxsim.sheets.find import headings_at
from zxsim.sheets.importing import Understood
from zxsim.sheets.mapping import checked_of, fund_of, letter_index
from zxsim.sheets.notes import ASSUMED
from zxsim.sheets.record import SheetRecords, clean
from zxsim.sheets.vocabulary import MEANINGS

_MOST_CHECKS = 20
_GUESSES = {
    "import_unit_assumed",
    "import_county_from_file",
    "import_years_found",
    "import_column_moved",
    "import_fund_guessed",
}
_LEVELS = {"中央": "central", "省": "province", "市": "city", "区县": "county", "其他": "other"}


def lines(found: Understood, to: Path, language: Language) -> Iterator[str]:
    """Go through the lines that the command shows."""
    yield word("understood", language)
    before = None
    for one in found.sheets:
        columns = list(_columns(one))
        yield from _sheet(one, found, columns if columns != before else None, language)
        before = columns
    yield from _money(found, language)
    yield from _checks(found.checks, language)
    assumed, look_at = _sorted(found)
    for key, messages in (("assumed", assumed), ("look_at", look_at), ("identity", list(found.identity))):
        if messages:
            yield word(key, language)
            yield from (f"  {sentence(message, language)}" for message in messages)
    yield word("written", language, folder=to, files=", ".join(sorted(p.name for p in to.iterdir())))
    for key in ("next", "next_rules", "next_mend", "next_validate"):
        yield word(key, language, folder=to)


def data(found: Understood, language: Language) -> dict[str, Any]:
    """Return the same as data."""
    assumed, look_at = _sorted(found)
    return {
        "sheets": [_sheet_data(one) for one in found.sheets],
        "projects": len(found.projects),
        "places": len(found.places.ids),
        "years": list(found.mapping.years or ()),
        "total_wan": _number(found.total),
        "funds": [
            {"id": fund, "year": year, "amount_wan": _number(amount)}
            for (fund, year), amount in sorted(found.amounts.items())
        ],
        "checks": len(found.checks),
        "differences": [_check_data(check) for check in found.checks if not check.holds],
        "assumed": _sentences(assumed, language),
        "look_at": _sentences(look_at, language),
        "identity": _sentences(list(found.identity), language),
    }


def scenario_words(found: Understood, language: Language) -> tuple[str, str]:
    """Words that the scenario keeps: its origin with all that reading assumed, and samples of rules."""
    files = _listed(dict.fromkeys(one.sheet.grid.file for one in found.sheets), language)
    used = list(dict.fromkeys(name for name, _ in found.amounts))
    told = [
        word("note_sums", language),
        word("note_years", language, years=_span(found.mapping.years)),
        word("note_county", language, county=found.mapping.county),
        *(_unit_note(one, found, language) for one in found.sheets),
        *(_fund_note(name, found, language) for name in used),
        *(sentence(message, language) for message in found.told if message.code in ASSUMED),
    ]
    notes = [word("note_from", language, files=files), word("note_assumed", language), *dict.fromkeys(told)]
    return "\n".join(notes), "\n" + sample_rules(used, language)


def _listed(words: Iterable[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(words)


def _span(years: tuple[int, int] | None) -> str:
    return "–".join(str(year) for year in dict.fromkeys(years or ()))


def _unit_note(one: SheetRecords, found: Understood, language: Language) -> str:
    """Say in which unit a sheet's money was read."""
    own = one.sheet.mapping
    units = [f"{letters} {unit}" for letters, unit in own.units.items()]
    key = "note_unit" if found.mapping.units_stated else "note_unit_assumed"
    return word(key, language, where=_where(one), unit=_listed([own.unit, *units], language))


def _fund_note(name: str, found: Understood, language: Language) -> str:
    fund = found.mapping.fund[name]
    kind = KIND_WORDS[f"kind_{fund.kind}"][0 if language == "zh" else 1]
    level = _level(fund.level, language)
    return word("note_fund", language, label=fund.label, id=name, level=level, kind=kind)


def mapping_comments(guessed: Sequence[Message], language: Language) -> list[str]:
    """Words at the top of the mapping: how to mend it, and what was assumed in making it."""
    words = ("、" if language == "zh" else ", ").join([*MEANINGS, "不用"])
    told = [sentence(message, language) for message in guessed]
    return [word("comment_mend", language), word("comment_words", language, words=words), *told]


def word(key: str, language: Language, **fields: object) -> str:
    """Words of one label with its fields filled in."""
    return IMPORT_LABELS[key][0 if language == "zh" else 1].format(**fields)


def _sorted(found: Understood) -> tuple[list[Message], list[Message]]:
    """Messages about what was assumed, and about what a planner should look at."""
    messages = [*found.guessed, *found.told]
    assumed = [m for m in messages if m.code in ASSUMED or m.code in _GUESSES]
    return assumed, [m for m in messages if m not in assumed]


def _sentences(messages: list[Message], language: Language) -> list[dict[str, str]]:
    return [{"code": m.code, "text": sentence(m, language)} for m in messages]


def _where(one: SheetRecords) -> str:
    grid = one.sheet.grid
    return f"{grid.file} {grid.name}".strip()


def _sheet(
    one: SheetRecords, found: Understood, columns: list[tuple[str, str, str]] | None, language: Language
) -> Iterator[str]:
    """Tell of one sheet; ``columns`` is None where they are those of the sheet before."""
    own = one.sheet.mapping
    first, last = own.heading_rows
    yield word(
        "sheet", language, where=_where(one), first=first, last=last, count=len(one.records), unit=own.unit
    )
    if own.town:
        yield word("town", language, town=own.town)
    if columns is None:
        yield word("same_columns", language)
    for letters, heading, meaning in columns or ():
        words = _meaning(meaning, found, language)
        unit = f" ({own.units[letters]})" if letters in own.units else ""
        yield word("column", language, letter=letters, heading=heading, meaning=words + unit)


def _columns(one: SheetRecords) -> Iterator[tuple[str, str, str]]:
    """Letters, heading and meaning of each column that is read."""
    first, last = one.sheet.mapping.heading_rows
    headings = headings_at(one.sheet.grid, first - 1, last - 1).headings
    for letters, meaning in one.sheet.mapping.columns.items():
        column = letter_index(letters)
        text = headings[column].path if column < len(headings) else ""
        yield letters, clean(text)[0], meaning


def _meaning(meaning: str, found: Understood, language: Language) -> str:
    if fund := fund_of(meaning):
        own = found.mapping.fund[fund[0]]
        words = word("fund_meaning", language, label=own.label, level=_level(own.level, language), id=fund[0])
        return f"{words} {fund[1]}" if fund[1] else words
    if letters := checked_of(meaning):
        return word("checked_meaning", language, columns="+".join(letters))
    return meaning


def _level(level: str, language: Language) -> str:
    return level if language == "zh" else _LEVELS[level]


def _money(found: Understood, language: Language) -> Iterator[str]:
    yield word("funds", language)
    for (name, year), amount in sorted(found.amounts.items()):
        fund = found.mapping.fund[name]
        kind = KIND_WORDS[f"kind_{fund.kind}"][0 if language == "zh" else 1]
        level = _level(fund.level, language)
        yield word(
            "fund", language, label=fund.label, level=level, kind=kind, year=year, amount=_shown(amount)
        )
    yield word(
        "in_all",
        language,
        projects=len(found.projects),
        places=len(found.places.ids),
        total=_shown(found.total),
    )


def _checks(checks: Sequence[Check], language: Language) -> Iterator[str]:
    yield word("checks", language)
    if not checks:
        yield word("no_checks", language)
        return
    failing = [check for check in checks if not check.holds]
    if len(checks) > len(failing):
        yield word("checks_hold", language, count=len(checks) - len(failing))
    for check in failing[:_MOST_CHECKS]:
        yield word(
            "check_fails",
            language,
            where=f"{check.file} {check.where}",
            words=clean(check.words)[0] or word(check.kind, language),
            stated=_shown(check.stated),
            found=_shown(check.found),
            difference=_shown(check.stated - check.found),
        )
    if len(failing) > _MOST_CHECKS:
        yield word("more_checks", language, count=len(failing) - _MOST_CHECKS)


def _shown(amount: Decimal) -> str:
    """Write an amount with two digits, more only where it has more."""
    cents = amount.quantize(Decimal("0.01"))
    return f"{cents if cents == amount else amount.normalize():f}"


def _number(amount: Decimal) -> float:
    return float(amount)


def _sheet_data(one: SheetRecords) -> dict[str, Any]:
    own = one.sheet.mapping
    return {
        "file": one.sheet.grid.file,
        "sheet": one.sheet.grid.name,
        "heading_rows": list(own.heading_rows),
        "unit": own.unit,
        "projects": len(one.records),
        "columns": [
            {"column": letters, "heading": heading, "meaning": meaning}
            for letters, heading, meaning in _columns(one)
        ],
    }


def _check_data(check: Check) -> dict[str, Any]:
    return {
        "cell": check.where,
        "file": check.file,
        "kind": check.kind,
        "stated_wan": _number(check.stated),
        "found_wan": _number(check.found),
    }
