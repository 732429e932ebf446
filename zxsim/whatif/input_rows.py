"""A row of what differs in inputs, and how its cells are written."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

CHANGED, ADDED, REMOVED = "changed", "added", "removed"

Row = dict[str, Any]


def difference(kind: str, address: str, before: str, after: str, **more: object) -> Row:
    """Return a row: what happened, to which dotted key, and the texts on both sides."""
    return {"kind": kind, "address": address, "before": before, "after": after, **more}


def number_text(text: str) -> str:
    """Write a number in one way, another text as it is.

    >>> number_text("80.00"), number_text("茶园")
    ('80', '茶园')
    """
    try:
        found = Decimal(text)
    except InvalidOperation:
        return text
    return format(found.normalize(), "f") if found.is_finite() else text


def union(before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[str]:
    """Keys of both, those of the first in their order, then the others."""
    return [*before, *(key for key in after if key not in before)]
