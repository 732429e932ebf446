"""A number of a scenario with a part of it set, written in full."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

BY_YEAR = ("amount_wan", "line_yuan")
"""Keys that take a number for each year."""
_MOST_YEARS = 30


def in_full(key: str, old: object, parts: Mapping[str, Any], years: object) -> str:
    """Write a number as the TOML that it is once parts of it are set; empty where it is none.

    >>> in_full("amount_wan", 80, {"2022": 100}, [2021, 2023])
    '{2021=80,2022=100,2023=80}'
    >>> in_full("at_least_wan", 80, {"2022": 100}, [2021, 2023]), in_full("cost_wan", 80, {"low": 60}, [])
    ('100', '{value=80,low=60}')
    """
    number = old.get("value") if isinstance(old, dict) else old
    if not _is_number(number) or any(not _is_number(part) for part in parts.values()):
        return ""
    kept: dict[str, object] = {"value": number}
    if all(key.isdecimal() for key in parts):
        if key not in BY_YEAR:
            return str(next(iter(parts.values())))
        kept = dict.fromkeys(_every(years), number)
        if not kept:
            return ""
    return "{" + ",".join(f"{key}={value}" for key, value in {**kept, **parts}.items()) + "}"


def _is_number(given: object) -> bool:
    return isinstance(given, int | Decimal) and not isinstance(given, bool)


def _every(years: object) -> list[str]:
    """Years of a horizon; none where it is at fault."""
    if not isinstance(years, list) or not all(isinstance(year, int) for year in years):
        return []
    first, last = (years[0], years[-1]) if years else (0, -1)
    return [str(year) for year in range(first, min(last, first + _MOST_YEARS) + 1)]
