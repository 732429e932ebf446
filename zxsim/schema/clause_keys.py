"""What stands at a dotted key of a scenario, such as ``fund.city.amount_wan.2024`` or ``place.dong``."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import polars as pl

from zxsim.core.spec import Figure, Spec
from zxsim.schema.byyear import EVERY_YEAR
from zxsim.schema.scenario import Scenario
from zxsim.schema.source import Source

Cells = Mapping[str, pl.DataFrame]
"""``place`` and ``project``: the tables whose rows and cells keys may name."""


def found_at(key: str, scenario: Scenario, tables: Cells) -> object | None:
    """Return what stands at a dotted key, ``None`` where nothing does."""
    words = key.split(".")
    if words[0] in tables:
        return _in_table(tables[words[0]], words[1:])
    return _inside(scenario, words)


def _inside(value: object, words: Sequence[str]) -> object | None:
    if not words:
        return value
    if isinstance(value, Spec):
        names = {field.alias or name: name for name, field in type(value).model_fields.items()}
        return _inside(getattr(value, names[words[0]]), words[1:]) if words[0] in names else None
    if isinstance(value, Mapping):
        known = {str(name): part for name, part in value.items()}
        for end in range(len(words), 0, -1):  # an id may hold dots
            if ".".join(words[:end]) in known:
                return _inside(known[".".join(words[:end])], words[end:])
    return None


def _in_table(frame: pl.DataFrame, words: Sequence[str]) -> object | None:
    for end in range(len(words), 0, -1):
        row = frame.filter(pl.col("id") == ".".join(words[:end])).to_dicts()
        if row and len(words) - end <= 1:
            return row[0] if end == len(words) else row[0].get(words[end])
    return None


def number_of(value: object) -> Decimal | None:
    """Return what is a number, also an amount that is the same in every year that it names."""
    if isinstance(value, Mapping):
        numbers = {number_of(part) for part in value.values()}
        return numbers.pop() if len(numbers) == 1 else None
    if isinstance(value, Figure):
        return value.value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return Decimal(str(value))


def records_of(scenario: Scenario) -> list[str]:
    """Keys of all records."""
    found = []
    for name in type(scenario).model_fields:
        section = getattr(scenario, name)
        found += [f"{name}.{record}" for record in section] if isinstance(section, Mapping) else [name]
    return found


def record_of(key: str, scenario: Scenario) -> object | None:
    """Return the record that a key lies in."""
    inside = [record for record in records_of(scenario) if f"{key}.".startswith(f"{record}.")]
    return _inside(scenario, max(inside, key=len).split(".")) if inside else None


def named_in(path: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield address and id of every clause that a scenario names."""
    if isinstance(value, Spec):
        for name, field in type(value).model_fields.items():
            part = getattr(value, name)
            if name == "clause" and part:
                yield path, part
            elif isinstance(part, Spec | Mapping):
                yield from named_in((*path, field.alias or name), part)
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from named_in((*path, str(name)) if name != EVERY_YEAR else path, part)


def named_in_cells(source: Source) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the clauses of cells of places.csv and projects.csv that TOML sets."""
    for section in ("place", "project"):
        for record, cells in source.data.get(section, {}).items():
            for column, given in cells.items():
                if isinstance(given, Mapping) and given.get("clause"):
                    yield (section, record, column), str(given["clause"])
