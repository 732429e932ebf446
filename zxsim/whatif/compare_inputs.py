"""What differs in the inputs of two runs, by the dotted key of each figure and the id of each row."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from zxsim.optimize.solution import LIMITS
from zxsim.runs.data import RunData
from zxsim.runs.resolved import LEDGER
from zxsim.whatif.compare_tables import table_differences
from zxsim.whatif.compared import ComparedRun
from zxsim.whatif.comparison import INPUT_SCHEMA
from zxsim.whatif.input_rows import ADDED, CHANGED, REMOVED, Row, difference, number_text, union

SECTIONS = ("fund", "rule", "indicator", "effect", "target", "shock", "measure")
"""Tables of records by id; one that only one run has is one row."""

OF_CELLS = ("place", "project")
"""Sections that hold figures of cells of a CSV."""

FIGURE = frozenset({"value", "low", "high", "source", "clause", "assumed"})
ORIGIN = ("source", "clause", "assumed")
_SHOWN_ITEMS = 6


def input_differences(reference: ComparedRun, other: ComparedRun) -> pl.DataFrame:
    """Return what differs, columns as in a comparison, in the order of the files."""
    before, after = reference.data, other.data
    rows = scenario_differences(before, after)
    known = {row["address"] for row in rows}
    cells = [row for row in table_differences(before, after) if row["address"] not in known]
    rows += [*cells, *_ledgers(before, after)]
    filled = [{"run": other.label, "name": "", "clause": "", "detail": False, **row} for row in rows]
    return pl.DataFrame(filled, schema=INPUT_SCHEMA, orient="row")


def scenario_differences(before: RunData, after: RunData) -> list[Row]:
    """Return what differs in the options and the resolved scenarios of two runs, tables left out."""
    return [*_settings(before.manifest, after.manifest), *_scenario(before.scenario, after.scenario)]


def _settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what was asked for beside the scenario: solver, seed, precision."""
    pairs = (("solver", ("name", "version", "method", *LIMITS)), ("simulation", ("seed", "precision")))
    for section, keys in pairs:
        both = [side.get(section) or {} for side in (before, after)]
        if not all(both):
            continue  # no plan, or not simulated: the notes say so
        for key in keys:
            texts = [text_of(side.get(key, "")) for side in both]
            if texts[0] != texts[1]:
                yield difference(CHANGED, f"run.{section}.{key}", *texts)


def _scenario(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what differs in the resolved scenarios."""
    for section in union(before, after):
        pair = before.get(section), after.get(section)
        if section in (*SECTIONS, *OF_CELLS):
            yield from _records(section, pair[0] or {}, pair[1] or {})
        else:
            yield from _one(section, *pair)


def _records(section: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Row]:
    for record in union(before, after):
        pair = before.get(record), after.get(record)
        if section in SECTIONS:
            yield from _one(f"{section}.{record}", *pair)
        else:
            yield from _changes(f"{section}.{record}", pair[0] or {}, pair[1] or {})
    common = [[record for record in side if record in before and record in after] for side in (before, after)]
    if section == "measure" and common[0] != common[1]:  # they are asked for in their order
        yield difference(CHANGED, section, *("、".join(side) for side in common))


def _one(address: str, before: object, after: object) -> Iterator[Row]:
    """Yield the differences of a record, a table or a plain value."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        names = {"name": str(after.get("label") or ""), "clause": str(after.get("clause") or "")}
        yield from ({**names, **row} for row in _changes(address, before, after))
    elif before is None or after is None:
        there = after if before is None else before
        named = there if isinstance(there, Mapping) else {}
        names = {"name": str(named.get("label") or ""), "clause": str(named.get("clause") or "")}
        texts = [
            "" if side is None or isinstance(side, Mapping) else text_of(side) for side in (before, after)
        ]
        yield difference(ADDED if before is None else REMOVED, address, *texts, **names)
    elif text_of(before) != text_of(after):
        yield difference(CHANGED, address, *_shown(before, after))


def _changes(address: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what differs within two tables, those below them included."""
    flat = [dict(_flat(address, side)) for side in (before, after)]
    for key in union(*flat):
        pair = [side.get(key) for side in flat]
        if pair[0] == pair[1]:
            continue
        texts = _shown(*pair)
        owner, _, last = key.rpartition(".")
        own = flat[0].get(owner) != flat[1].get(owner) if owner in (*flat[0], *flat[1]) else False
        clauses = [side.get(f"{key}.clause") for side in flat]
        clause = {"clause": str(clauses[1] or clauses[0])} if any(clauses) else {}
        yield difference(CHANGED, key, *texts, detail=own and last in ORIGIN, **clause)


def _flat(address: str, data: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield each value with its dotted key; a figure is one value, its origin stands below it."""
    for key, value in data.items():
        here = f"{address}.{key}"
        if not isinstance(value, Mapping):
            yield here, value if isinstance(value, list) else text_of(value)
        elif "value" in value and value.keys() <= FIGURE:
            yield here, figure_text(value)
            yield from ((f"{here}.{part}", text_of(value[part])) for part in ORIGIN if part in value)
        else:
            yield from _flat(here, value)


def figure_text(figure: Mapping[str, Any]) -> str:
    """Write a figure with its range.

    >>> figure_text({"value": Decimal("0.50"), "low": Decimal("0.4"), "high": Decimal("0.6")})
    '0.5 (0.4–0.6)'
    """
    value = text_of(figure["value"])
    if "low" not in figure or "high" not in figure:
        return value
    return f"{value} ({text_of(figure['low'])}–{text_of(figure['high'])})"


def text_of(value: object) -> str:
    """Write a value of a scenario, the same for the same number.

    >>> text_of(Decimal("80.00")), text_of(80), text_of(True), text_of(["a", "b"])
    ('80', '80', 'true', 'a、b')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return "、".join(text_of(part) for part in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}={text_of(part)}" for key, part in value.items())
    return number_text(str(value)) if isinstance(value, int | float | Decimal) else str(value)


def _shown(before: object, after: object) -> tuple[str, str]:
    """Write both sides; of long lists only what differs."""
    if not (isinstance(before, list) and isinstance(after, list)):
        first, second = ("" if side is None else text_of(side) for side in (before, after))
        return first, second
    items = [[text_of(part) for part in side] for side in (before, after)]
    shared = set(items[0]) & set(items[1])
    if max(map(len, items)) <= _SHOWN_ITEMS or set(items[0]) == set(items[1]):
        return "、".join(items[0]), "、".join(items[1])
    rest = [f"… ({len(shared)})"] if shared else []
    first, second = ("、".join([*(one for one in side if one not in shared), *rest]) for side in items)
    return first, second


def _ledgers(before: RunData, after: RunData) -> Iterator[Row]:
    """Yield one row where the households of the ledgers differ, by their hash: never what is in them."""
    hashes = [str((side.manifest.get("inputs") or {}).get(LEDGER, "")) for side in (before, after)]
    if hashes[0] != hashes[1]:
        kind = ADDED if not hashes[0] else REMOVED if not hashes[1] else CHANGED
        yield difference(kind, LEDGER, *(text[:8] for text in hashes))
