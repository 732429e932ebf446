"""What one row of a sheet says of a project."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from zxsim.schema.columns import FREE_PREFIX, OFFICIAL
from zxsim.sheets.mapping import ImportMapping
from zxsim.sheets.rows import Line, Sheet
from zxsim.sheets.sites import Sites
from zxsim.sheets.values import without_identity

PASSED = tuple(name for name in OFFICIAL if name not in {"序号", "项目编号", "项目子类型"})
"""Official columns that go through as text."""


def passed_columns(mapping: ImportMapping) -> tuple[str, ...]:
    """Columns of projects.csv that go through as text: the official ones and those that start with x_."""
    own = (m for sheet in mapping.sheet.values() for m in sheet.columns.values() if m.startswith(FREE_PREFIX))
    return (*PASSED, *dict.fromkeys(own))


@dataclass(slots=True)
class Record:
    """One project of a sheet; ``funds`` holds 万元 by fund and year (0: the sheet's year).

    ``parts`` are its places with the cost that the sheet gives to each (None: it does not say).
    """

    sheet: int
    row: int
    code: str
    name: str
    parts: list[tuple[str, Sites, Decimal | None]]
    category: str
    subcategory: str
    cost: Decimal
    self_raised: Decimal
    funds: dict[tuple[str, int], Decimal]
    window: tuple[int, int] | None
    numbers: tuple[int | None, int | None, int | None]
    department: str
    status: str
    official: tuple[str, ...]


@dataclass(eq=False)
class SheetRecords:
    """What one sheet says: its projects, every row with its money, and where the data stand."""

    sheet: Sheet
    records: list[Record] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    money: dict[int, list[Decimal]] = field(default_factory=dict)


@lru_cache(maxsize=65536)
def clean(text: str) -> tuple[str, int]:
    """Text in one line without ID-card and telephone numbers; how many were cut."""
    kept, cut = without_identity(text)
    return " ".join(kept.split()), cut
