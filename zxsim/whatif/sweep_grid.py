"""What a sweep varies: keys with their values, and the grid of all points.

>>> one = varied("rule.industry.start=0.5:0.6:3")
>>> one.values
('0.5', '0.55', '0.6')
>>> [point.settings for point in grid([one, varied("name=a,b")])][:2]
[('rule.industry.start=0.5', 'name=a'), ('rule.industry.start=0.5', 'name=b')]
"""

import itertools
import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from zxsim.core.messages import Faults
from zxsim.errors import Message, UsageError
from zxsim.schema.source import SINGLE, Source, setting_source

MOST_POINTS = 10_000
DECIMALS = 6
"""Digits behind the point of a value between the ends of a range that has no end itself, such as thirds."""

_PAIRS = {"[": "]", "{": "}"}
_RANGE_PARTS = 3
_MEANT_AS_RANGE = re.compile(r"\s*[-+]?\.?\d[^:;,，]*:[^:;,，]*:[^:;,，]*")
"""A number and two more parts; the last of them or a unit is what keeps it from being a range."""


@dataclass(frozen=True)
class Varied:
    """One key, as ``--set`` names it, and the texts of its values."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Point:
    """One point of the grid, numbered from 1; ``settings`` are KEY=VALUE of each varied key."""

    number: int
    values: tuple[str, ...]
    settings: tuple[str, ...]


def varied(given: str) -> Varied:
    """Read ``KEY=A:B:N`` (N values from A to B, both ends included) or ``KEY=v1,v2,…``.

    Raises
    ------
    UsageError
        It is neither, a value is there twice, or a range has fewer than two values.
    """
    key, equals, text = given.partition("=")
    if not (equals and key.strip() and text.strip()):
        raise UsageError([Message("vary_syntax", {"given": given})])
    values = _range(given, text) or _listed(text)
    if len({plain(value) for value in values}) < len(values) or not all(values):
        raise UsageError([Message("vary_values", {"given": given})])
    setting_source(f"{key}={values[0]}")  # the key itself must be one
    return Varied(key.strip(), values)


def _range(given: str, text: str) -> tuple[str, ...]:
    """Values of A:B:N; nothing where the text is no such thing."""
    parts = [part.strip() for part in text.split(":")]
    numbers = [_number(part) for part in parts]
    if len(parts) == 1 or None in numbers:
        if _MEANT_AS_RANGE.fullmatch(text):
            raise UsageError([Message("vary_range", {"given": given})])
        return ()
    first, last, count = (
        Fraction(number) for number in [*numbers, 0, 0][:_RANGE_PARTS] if number is not None
    )
    if len(parts) != _RANGE_PARTS or count != int(count) or count <= 1:
        raise UsageError([Message("vary_range", {"given": given})])
    if count > MOST_POINTS:
        raise UsageError([Message("too_many_points", {"given": int(count), "most": MOST_POINTS})])
    steps = int(count) - 1
    return tuple(_text(first + (last - first) * step / steps) for step in range(steps + 1))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _text(value: Fraction) -> str:
    """Write a number exactly where it has an end, and never with an exponent."""
    if value.denominator == 1:
        return str(value.numerator)
    denominator = value.denominator
    for factor in (2, 5):
        while denominator % factor == 0:
            denominator //= factor
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    if denominator != 1:
        exact = round(exact, DECIMALS)
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _listed(text: str) -> tuple[str, ...]:
    """Cut at commas, but for those within quotes, brackets and braces."""
    values, closing, quote, start = [], [], "", 0
    for at, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in _PAIRS:
            closing.append(_PAIRS[letter])
        elif closing and letter == closing[-1]:
            closing.pop()
        elif letter in ",，" and not closing:
            values.append(text[start:at].strip())
            start = at + 1
    return (*values, text[start:].strip())


def keys_of(given: Sequence[str], settings: Sequence[str]) -> list[Varied]:
    """Read all that is varied.

    Raises
    ------
    UsageError
        With every fault: syntax, a key that is varied twice or set as well, too many points.
    """
    found: list[Varied] = []
    messages: list[Message] = []
    for text in given:
        try:
            found.append(varied(text))
        except UsageError as error:
            messages += error.messages
    paths = [key_path(one.key) for one in found]
    fixed = [key_path(setting.partition("=")[0]) for setting in settings]
    for at, (one, path) in enumerate(zip(found, paths, strict=True)):
        if any(_within(path, other) for other in (*paths[:at], *fixed)):
            messages.append(Message("vary_twice", {"given": one.key}))
    count = math.prod(len(one.values) for one in found)
    if count > MOST_POINTS:
        messages.append(Message("too_many_points", {"given": count, "most": MOST_POINTS}))
    if not given:
        messages.append(Message("nothing_varied", {}))
    if messages:
        raise UsageError(messages)
    return found


def _within(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one of two keys is the other, or lies within it."""
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def key_path(key: str) -> tuple[str, ...]:
    """Words of a key, quotes taken off.

    >>> key_path('rule."a.b".start')
    ('rule', 'a.b', 'start')
    """
    return tuple(part.strip("\"'") for part in re.findall(r"\"[^\"]*\"|'[^']*'|[^.\s]+", key))


def grid(keys: Sequence[Varied]) -> Iterator[Point]:
    """Yield every combination; the last key changes fastest."""
    for number, values in enumerate(itertools.product(*(one.values for one in keys)), start=1):
        pairs = zip(keys, values, strict=True)
        yield Point(number, values, tuple(f"{one.key}={value}" for one, value in pairs))


def require_records(keys: Sequence[Varied], source: Source) -> None:
    """Refuse a record that the scenario does not have (a sweep adds nothing), and a value for a whole one.

    Raises
    ------
    DataError
        With the nearest record that is known, or a key of the record.
    """
    faults = Faults()
    for one in keys:
        path = key_path(one.key)
        if (inner := _key_inside(path, source.data)) and not any(
            value.startswith("{") for value in one.values
        ):
            faults.add(Message("vary_whole_table", {"given": one.key, "example": f"{one.key}.{inner}"}))
            continue
        records = source.data.get(path[0])
        if path[0] in (*SINGLE, "place", "project") or not isinstance(records, Mapping) or len(path) == 1:
            continue
        if path[1] not in records:
            where = Message("", {}, f"--vary {one.key}", 0, f"[{path[0]}.{path[1]}]")
            faults.unknown("vary_unknown_record", path[1], records, where)
    faults.raise_any()


def _key_inside(path: Sequence[str], data: Mapping[str, Any]) -> str:
    """A key of the table that a path names, of a number where there is any; empty where it names no table."""
    table = data.get(path[0])
    records = path[0] not in SINGLE
    if records and len(path) > 1 and isinstance(table, Mapping):
        table = table.get(path[1])
    if not isinstance(table, Mapping) or not table or len(path) > 1 + records:
        return ""
    numbers = [
        key
        for key, value in table.items()
        if isinstance(value, int | float | Decimal) or (isinstance(value, Mapping) and "value" in value)
    ]
    return str([*numbers, *table][0])


def plain(text: str) -> str | int | float | bool:
    """Return a value as a table shows it: a number, yes or no, else its text."""
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
    return value if isinstance(value, str | int | float | bool) else text
