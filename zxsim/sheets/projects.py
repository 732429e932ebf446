"""Projects out of the records of all sheets: one id each, rows of one project joined, money by place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from zxsim.core.money import largest_remainder
from zxsim.errors import Message
from zxsim.sheets.mapping import ImportMapping, letters_of
from zxsim.sheets.notes import Notes
from zxsim.sheets.places import PlaceKey, Places
from zxsim.sheets.record import Record, SheetRecords

_ID = re.compile(r"[\w.]+")
_FINEST = 10**9
_FINE_MONEY = 10**6
_ZERO = Decimal(0)


@dataclass(eq=False)
class Project:
    """One project: records joined, with the money of each of its places by fund and year."""

    id: str
    first: Record
    cost: Decimal
    self_raised: Decimal
    window: tuple[int, int] | None
    shares: dict[PlaceKey, Fraction]
    paid: dict[tuple[PlaceKey, str, int], Decimal]


def projects_of(
    sheets: Sequence[SheetRecords], mapping: ImportMapping, places: Places, notes: Notes
) -> list[Project]:
    """Join the records of one project number, and give every project an id."""
    records = [record for sheet in sheets for record in sheet.records]
    groups = _groups(records, sheets, notes)
    width, used = max(3, len(str(len(groups)))), {code for code, _ in groups}
    found = []
    for number, (code, rows) in enumerate(groups, start=1):
        own = code or _free(number, width, used)
        used.add(own)
        found.append(_project(own, rows, sheets, mapping, places, notes))
    return found


def _free(number: int, width: int, used: set[str]) -> str:
    """First number from this one on that no project has."""
    while (own := f"P{number:0{width}d}") in used:
        number += 1
    return own


def _groups(
    records: Sequence[Record], sheets: Sequence[SheetRecords], notes: Notes
) -> list[tuple[str, list[Record]]]:
    """Records of each project; "" is the number of one whose cell is empty or holds no good id."""
    joined: dict[str, list[Record]] = {}
    groups: list[tuple[str, list[Record]]] = []
    numbered = any(record.code for record in records)
    for record in records:
        if not _ID.fullmatch(record.code):
            if numbered:
                _note(record, sheets, notes)
            groups.append(("", [record]))
        elif record.code not in joined:
            joined[record.code] = [record]
            groups.append((record.code, joined[record.code]))
        else:
            if record.name != joined[record.code][0].name:
                _doubled(record, joined[record.code][0], sheets, notes)
            joined[record.code].append(record)
    if many := sum(len(rows) > 1 for rows in joined.values()):
        notes.messages.append(Message("import_projects_joined", {"count": many}))
    return groups


def _note(record: Record, sheets: Sequence[SheetRecords], notes: Notes) -> None:
    """Note a project that gets a number here."""
    sheet = sheets[record.sheet].sheet
    column = (sheet.columns.get("项目编号") or sheet.columns["项目名称"])[0]
    notes.cell("import_ids_numbered", sheet, record.row, column)


def _doubled(record: Record, other: Record, sheets: Sequence[SheetRecords], notes: Notes) -> None:
    """Note one number for two projects, with both rows."""
    sheet, first = sheets[record.sheet].sheet, sheets[other.sheet].sheet
    column = sheet.columns["项目编号"][0]
    where = first.where(other.row, first.columns["项目编号"][0])
    fields = {
        "given": record.code,
        "name": record.name,
        "other": other.name,
        "where": where if first.grid.file == sheet.grid.file else f"{first.grid.file} {where}",
        "letter": letters_of(column),
    }
    notes.fault("import_id_doubled", sheet, record.row, column, **fields)


def _project(
    own: str,
    rows: Sequence[Record],
    sheets: Sequence[SheetRecords],
    mapping: ImportMapping,
    places: Places,
    notes: Notes,
) -> Project:
    costs: dict[PlaceKey, Decimal] = {}
    paid: dict[tuple[PlaceKey, str, int], Decimal] = {}
    counted = _stated_once(rows, sheets, mapping)
    for record in rows:
        split = _split(record, sheets[record.sheet], places, notes)
        for key, share in split.items() if record in counted else ():
            costs[key] = costs.get(key, _ZERO) + as_decimal(share * Fraction(record.cost))
        for (fund, year), amount in record.funds.items():
            at = year or _year(sheets[record.sheet], mapping)
            for key, part in _dealt(amount, split).items():
                if part:
                    paid[key, fund, at] = paid.get((key, fund, at), _ZERO) + part
    cost = sum((record.cost for record in counted), _ZERO)
    raised = sum((record.self_raised for record in counted), _ZERO)
    windows = [window for record in rows if (window := _window(record, sheets[record.sheet]))]
    window = (min(first for first, _ in windows), max(last for _, last in windows)) if windows else None
    return Project(own, rows[0], cost, raised, window, _shares(costs), paid)


def _stated_once(
    rows: Sequence[Record], sheets: Sequence[SheetRecords], mapping: ImportMapping
) -> list[Record]:
    """Records whose cost counts: a project of several years states its whole cost in the sheet of each.

    That is so where the cost at the same places is the same every year, and no less than all its money.
    """
    same: dict[tuple[str, Decimal, Decimal], list[Record]] = {}
    for record in rows:
        places = str([(county, sites) for county, sites, _ in record.parts])
        same.setdefault((places, record.cost, record.self_raised), []).append(record)
    found = []
    for (_, cost, raised), alike in same.items():
        years = {_year(sheets[record.sheet], mapping) for record in alike}
        money = sum((amount for record in alike for amount in record.funds.values()), _ZERO)
        found += alike[:1] if len(years) == len(alike) and money <= cost - raised else alike
    return found


def _window(record: Record, read: SheetRecords) -> tuple[int, int] | None:
    """Years of a record: its own, else those of its sheet."""
    return record.window or read.sheet.mapping.years


def _year(read: SheetRecords, mapping: ImportMapping) -> int:
    """Year in which the sheet's money comes: its only or first one."""
    years = read.sheet.mapping.years or mapping.years
    assert years is not None
    return years[0]


def over_years(read: SheetRecords, mapping: ImportMapping) -> int:
    """Years after the first in which the sheet's money may still be spent, as it does not say when."""
    years = read.sheet.mapping.years or mapping.years
    return 0 if years is None else years[1] - years[0]


def _split(record: Record, read: SheetRecords, places: Places, notes: Notes) -> dict[PlaceKey, Fraction]:
    """Share of each place: by the money of its own row, else equal ones."""
    parts = [(places.keys(county, sites), cost) for county, sites, cost in record.parts]
    told = len(parts) > 1 and all(cost for _, cost in parts)
    found: dict[PlaceKey, Fraction] = {}
    keys = list(dict.fromkeys(key for part, _ in parts for key in part))
    for part, cost in parts:
        for key in part:
            share = Fraction(cost or 1) / len(part) / Fraction(record.cost or 1) if told else Fraction(0)
            found[key] = found.get(key, Fraction(0)) + share
    if not told:
        found = dict.fromkeys(keys, Fraction(1, len(keys)))
    if len(keys) > 1 and (not told or any(len(part) > 1 for part, _ in parts)):
        notes.cell("import_shares_equal", read.sheet, record.row, read.sheet.columns["项目名称"][0])
    return found


def _dealt(amount: Decimal, split: Mapping[PlaceKey, Fraction]) -> dict[PlaceKey, Decimal]:
    """Split an amount over places so that the parts add up to it, in 分 where it has no finer digit."""
    if len(split) == 1:
        return dict.fromkeys(split, amount)
    unit = 100 if amount * 100 == int(amount * 100) else _FINE_MONEY
    if amount * unit != int(amount * unit):
        unit = _FINEST
    keys = list(split)
    units = largest_remainder(
        int(amount * unit), [split[key] for key in keys], ["_".join(key) for key in keys]
    )
    return {key: Decimal(part) / unit for key, part in zip(keys, units, strict=True)}


def as_decimal(amount: Fraction) -> Decimal:
    """Amount in 万元 as the decimal number that a cell holds."""
    return Decimal(amount.numerator) / Decimal(amount.denominator)


def _shares(costs: Mapping[PlaceKey, Decimal]) -> dict[PlaceKey, Fraction]:
    """Shares of the cost with nine digits at most, adding to exactly 1."""
    total = sum(costs.values(), _ZERO)
    if len(costs) == 1 or not total:
        return dict.fromkeys(list(costs)[:1], Fraction(1))
    keys = list(costs)
    exact = [Fraction(costs[key]) / Fraction(total) for key in keys]
    scale = sum(exact, Fraction(0))
    units = largest_remainder(_FINEST, [share / scale for share in exact], ["_".join(key) for key in keys])
    return {key: Fraction(part, _FINEST) for key, part in zip(keys, units, strict=True) if part}
