"""What a check found: a message with what was expected, what was found and where."""

from collections import Counter
from collections.abc import Iterable, Sequence

import polars as pl

from zxsim.errors import Message

ALLOCATION = "allocation.csv"
MOST = 50
"""Messages of one code that are shown; the rest is counted."""

_MOST_WORDS = 5


def finding(
    code: str, expected: object, found: object, *, file: str = ALLOCATION, address: str = "", line: int = 0
) -> Message:
    """Make a message of this package."""
    return Message(code, {"expected": str(expected), "found": str(found)}, file, line, address)


def row_findings(
    rows: pl.DataFrame, bad: pl.Expr, code: str, expected: pl.Expr | str, found: pl.Expr
) -> list[Message]:
    """Make one message for each row of allocation.csv where ``bad`` is true.

    ``expected`` and ``found`` are texts of the row; a string is the same text for all rows.
    """
    wanted = pl.lit(expected) if isinstance(expected, str) else expected
    where = pl.format("{} {} {} {}", "project_id", "place_id", "fund_id", "year")
    shown = rows.filter(bad.fill_null(value=True)).select(
        "line",
        where.alias("address"),
        wanted.cast(pl.String).fill_null("").alias("expected"),
        found.cast(pl.String).fill_null("").alias("found"),
    )
    return [
        finding(code, expected, found, address=address, line=line)
        for line, address, expected, found in shown.iter_rows()
    ]


def some(words: Iterable[str]) -> str:
    """Write the first few words of a list that may be long."""
    listed = sorted(words)
    return "; ".join(listed[:_MOST_WORDS]) + ("; …" if len(listed) > _MOST_WORDS else "")


def capped(findings: Sequence[Message], most: int = MOST) -> list[Message]:
    """Keep the first messages of each code; a last one, ``verify_more``, counts what was left out."""
    seen: Counter[str] = Counter()
    kept = []
    for message in findings:
        seen[message.code] += 1
        if seen[message.code] <= most:
            kept.append(message)
    for code, count in seen.items():
        if count > most:
            left = count - most
            kept.append(
                Message("verify_more", {"code": code, "count": left, "expected": "", "found": str(left)})
            )
    return kept
