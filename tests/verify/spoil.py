"""Spoiling a run: change rows of one of its tables and hear what verify says."""

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from zxsim.errors import Message
from zxsim.verify import verify

Row = dict[str, str]
UNIT = Decimal("0.01")


def read_rows(path: Path) -> list[Row]:
    """Read a CSV as text cells."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[Row]) -> None:
    """Write text cells as a CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def edited(run: Path, change: Callable[[list[Row]], object], table: str = "allocation") -> list[Message]:
    """Change rows of a table in place and return what verify says."""
    rows = read_rows(run / f"{table}.csv")
    change(rows)
    write_rows(run / f"{table}.csv", rows)
    return verify(run)


def pick(rows: list[Row], **cells: str) -> Row:
    """Return the first row with the given cells."""
    return next(row for row in rows if all(row[key] == value for key, value in cells.items()))


def add(row: Row, amount: Decimal) -> None:
    """Add 万元 to a row of the allocation."""
    row["amount_wan"] = str(Decimal(row["amount_wan"]) + amount)


def codes(messages: list[Message]) -> set[str]:
    """Codes of the messages."""
    return {message.code for message in messages}


def addresses(messages: list[Message], code: str) -> set[str]:
    """Where the messages of a code point to."""
    return {message.address for message in messages if message.code == code}


def spare(run: Path, rule: str, scope: str, year: str) -> Decimal:
    """Slack that the run reports for a row of a rule, in 万元 or as a share."""
    row = pick(read_rows(run / "rules.csv"), rule=rule, scope=scope, year=year)
    return Decimal(row["slack"])


def shortened(rows: list[Row], missing: Decimal, **cells: str) -> None:
    """Take ``missing`` 万元 away from the rows with the given cells."""
    for row in rows:
        if all(row[key] == value for key, value in cells.items()):
            taken = min(missing, Decimal(row["amount_wan"]) - UNIT)
            add(row, -taken)
            missing -= taken
    assert missing == 0
