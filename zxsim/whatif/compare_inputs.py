"""What differs in the inputs of two runs, by the dotted key of each figure and the id of each row."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import polars as pl

from zxsim.runs.data import RunData
from zxsim.runs.resolved import LEDGER
from zxsim.whatif.compared import ComparedRun
from zxsim.whatif.comparison import INPUT_SCHEMA

SECTIONS = ("fund", "rule", "indicator", "effect", "target", "shock", "measure")
"""Tables of records by id; one that only one run has is one row."""

OF_CELLS = ("place", "project")
"""Sections that hold figures of cells of a CSV."""

FIGURE = frozenset({"value", "low", "high", "source", "clause", "assumed"})
ORIGIN = ("source", "clause", "assumed")
_SHOWN_ITEMS = 6
CHANGED, ADDED, REMOVED = "changed", "added", "removed"

Row = dict[str, Any]


def input_differences(reference: ComparedRun, other: ComparedRun) -> pl.DataFrame:
    """Return what differs, columns as in a comparison, in the order of the files."""
    before, after = reference.data, other.data
    rows = [*_settings(before.manifest, after.manifest), *_scenario(before.scenario, after.scenario)]
    known = {row["address"] for row in rows}
    cells = [row for row in _tables(before, after) if row["address"] not in known]
    rows += [*cells, *_ledgers(before, after)]
    filled = [{"run": other.label, "name": "", "clause": "", "detail": False, **row} for row in rows]
    return pl.DataFrame(filled, schema=INPUT_SCHEMA, orient="row")


def _row(kind: str, address: str, before: str, after: str, **more: object) -> Row:
    return {"kind": kind, "address": address, "before": before, "after": after, **more}


def _settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what was asked for beside the scenario: solver, seed, precision."""
    pairs = (("solver", ("name", "version", "method")), ("simulation", ("seed", "precision")))
    for section, keys in pairs:
        both = [side.get(section) or {} for side in (before, after)]
        if not all(both):
            continue  # no plan, or not simulated: the notes say so
        for key in keys:
            texts = [text_of(side.get(key, "")) for side in both]
            if texts[0] != texts[1]:
                yield _row(CHANGED, f"run.{section}.{key}", *texts)


def _scenario(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what differs in the resolved scenarios."""
    for section in _union(before, after):
        pair = before.get(section), after.get(section)
        if section in (*SECTIONS, *OF_CELLS):
            yield from _records(section, pair[0] or {}, pair[1] or {})
        else:
            yield from _one(section, *pair)


def _records(section: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Row]:
    for record in _union(before, after):
        pair = before.get(record), after.get(record)
        if section in SECTIONS:
            yield from _one(f"{section}.{record}", *pair)
        else:
            yield from _changes(f"{section}.{record}", pair[0] or {}, pair[1] or {})
    common = [[record for record in side if record in before and record in after] for side in (before, after)]
    if section == "measure" and common[0] != common[1]:  # they are asked for in their order
        yield _row(CHANGED, section, *("、".join(side) for side in common))


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
        yield _row(ADDED if before is None else REMOVED, address, *texts, **names)
    elif text_of(before) != text_of(after):
        yield _row(CHANGED, address, *_shown(before, after))


def _changes(address: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what differs within two tables, those below them included."""
    flat = [dict(_flat(address, side)) for side in (before, after)]
    for key in _union(*flat):
        pair = [side.get(key) for side in flat]
        if pair[0] == pair[1]:
            continue
        texts = _shown(*pair)
        owner, _, last = key.rpartition(".")
        own = flat[0].get(owner) != flat[1].get(owner) if owner in (*flat[0], *flat[1]) else False
        clauses = [side.get(f"{key}.clause") for side in flat]
        clause = {"clause": str(clauses[1] or clauses[0])} if any(clauses) else {}
        yield _row(CHANGED, key, *texts, detail=own and last in ORIGIN, **clause)


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
    return _number(str(value)) if isinstance(value, int | float | Decimal) else str(value)


def _number(text: str) -> str:
    """Write a number in one way, another text as it is."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return text
    return format(found.normalize(), "f") if found.is_finite() else text


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


def _union(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[str]:
    """Keys of both, those of the first in their order, then the others."""
    return [*before, *(key for key in after if key not in before)]


def _tables(before: RunData, after: RunData) -> Iterator[Row]:
    yield from _cells("place", before.places, after.places, ["id"])
    yield from _cells("project", before.projects, after.projects, ["id"])
    both = [side.commitments for side in (before, after)]
    keys = ["project", "place", "fund", "year"]
    padded = [
        side.with_columns(pl.lit("").alias(key) for key in keys if key not in side.columns) for side in both
    ]
    yield from _cells("commitment", padded[0], padded[1], keys)


def _cells(section: str, before: pl.DataFrame, after: pl.DataFrame, keys: list[str]) -> Iterator[Row]:
    """Yield rows that one table has not, and cells that differ; rows are matched by their ids."""
    key = pl.concat_str([pl.col(name).fill_null("") for name in keys], separator=".").alias("key")
    sides = [frame.with_columns(key).fill_null("") for frame in (before, after)]
    for kind, here, there in ((REMOVED, 0, 1), (ADDED, 1, 0)):
        alone = sides[here].join(sides[there].select("key"), on="key", how="anti", maintain_order="left")
        names = alone["name"] if "name" in alone.columns else alone["amount_wan"]
        for found, name in zip(alone["key"], names, strict=True):
            sides_of_row = ("", "") if section != "commitment" else (name, "")[:: 1 if here == 0 else -1]
            label = "" if section == "commitment" else name
            yield _row(kind, f"{section}.{found}", *sides_of_row, name=label)
    joined = sides[0].join(sides[1], on="key", how="inner", suffix="\0", maintain_order="left")
    for column in _union(dict.fromkeys(before.columns), dict.fromkeys(after.columns)):
        if column in keys:
            continue
        first = pl.col(column) if column in before.columns else pl.lit("")
        second_name = f"{column}\0" if column in before.columns else column
        second = pl.col(second_name) if column in after.columns else pl.lit("")
        name = pl.col("name") if "name" in joined.columns else pl.lit("")
        rows = joined.select("key", name.alias("named"), first.alias("one"), second.alias("two"))
        for found, named, *pair in rows.filter(pl.col("one") != pl.col("two")).iter_rows():
            texts = [_number(text) for text in pair]
            if texts[0] != texts[1]:
                yield _row(CHANGED, f"{section}.{found}.{column}", *texts, name=named)


def _ledgers(before: RunData, after: RunData) -> Iterator[Row]:
    """Yield one row where the households of the ledgers differ, by their hash: never what is in them."""
    hashes = [str((side.manifest.get("inputs") or {}).get(LEDGER, "")) for side in (before, after)]
    if hashes[0] != hashes[1]:
        kind = ADDED if not hashes[0] else REMOVED if not hashes[1] else CHANGED
        yield _row(kind, LEDGER, *(text[:8] for text in hashes))
