"""A ledger of households: read without whatever identifies people, checked against the places' totals.

Messages say where a cell stands and never what it holds.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from zxsim.core.messages import Faults, nearest
from zxsim.errors import Message
from zxsim.schema.columns import passes_through
from zxsim.schema.ledger_columns import LEDGER_COLUMNS, LEDGER_HEADINGS
from zxsim.schema.load import Loaded

if TYPE_CHECKING:
    from zxsim.sheets.grid import Grid

ROW = "row"
"""Row of the file, from 1."""

_SEARCHED = 20
_NEEDED = [name for name, column in LEDGER_COLUMNS.items() if column.needed]
_IDENTITY = re.compile(
    "姓名|户主|名字|身份|证件|证号|电话|手机|联系|银行|卡号|账号|账户|开户|住址|地址|门牌|出生|照片|帮扶责任人"
    r"|\bname\b|phone|mobile|id_?card|identity|bank|account|address|birth",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class RawLedger:
    """The columns of a ledger that are known, as text, with the row of each; ``notices`` says what is not."""

    file: str
    frame: pl.DataFrame
    notices: Sequence[Message]


def with_ledger(loaded: Loaded) -> Loaded:
    """Return the scenario with the ledger that it names, if it names one and it is not read yet.

    Raises
    ------
    DataError
        With every fault found, each with its row.
    """
    name = loaded.spec.household.ledger if loaded.spec.household else None
    if name is None or not loaded.spec.simulated or loaded.ledger is not None:
        return loaded
    from zxsim.simulate.ledger_cells import checked  # noqa: PLC0415 (heavy)

    raw = _read(loaded, name)
    return replace(loaded, ledger=checked(raw, loaded), warnings=[*loaded.warnings, *raw.notices])


def _read(loaded: Loaded, name: str) -> RawLedger:
    from zxsim.sheets.reading import grids  # noqa: PLC0415 (heavy)

    faults = Faults()
    found = [(grid, row) for grid in grids(loaded.folder / name) if (row := _heading_row(grid)) is not None]
    if not found:
        faults.add(Message("ledger_no_heading", {"columns": _NEEDED}, name))
    elif len(found) > 1:
        faults.add(Message("ledger_several", {"count": len(found)}, name))
    faults.raise_any()
    raw = _known_columns(name, *found[0], faults)
    faults.raise_any()
    return raw


def field_of(heading: str) -> str | None:
    """Return the column that a heading means, ``None`` where it is none of a ledger.

    >>> field_of("是否脱贫户"), field_of("Size"), field_of("姓名")
    ('lifted', 'size', None)
    """
    text = "".join(heading.split()).partition("(")[0]
    return LEDGER_HEADINGS.get(text) or (text.lower() if text.lower() in LEDGER_COLUMNS else None)


def _heading_row(grid: "Grid") -> int | None:
    for row, cells in enumerate(grid.cells[:_SEARCHED]):
        if {"place", "size"} <= {field_of(cell) for cell in cells}:
            return row
    return None


def _known_columns(file: str, grid: "Grid", heading: int, faults: Faults) -> RawLedger:
    """Keep the known columns; leave out those that identify people, and note all others."""
    from zxsim.sheets.values import is_total  # noqa: PLC0415 (heavy)

    rows = [
        (at + 1, cells)
        for at, cells in enumerate(grid.cells[heading + 1 :], start=heading + 1)
        if any(cells) and not is_total(next(cell for cell in cells if cell))
    ]
    kept: dict[str, int] = {}
    dropped: list[str] = []
    unknown: dict[int, str] = {}
    for position, text in enumerate(grid.cells[heading]):
        cells = [row[position] for _, row in rows]
        field = field_of(text)
        if field in kept:
            faults.add(Message("ledger_column_twice", {"given": field}, file, heading + 1))
        elif field is not None:
            kept[field] = position
        elif passes_through(text) or _IDENTITY.search(text) or _identifies(cells):
            dropped.append(_without_identity(text) or str(position + 1))
        elif text or any(cells):
            unknown[position + 1] = text
    for missing in [name for name in _NEEDED if name not in kept]:
        faults.add(Message("missing_column", {"given": missing}, file, heading + 1))
    if unknown:
        fields = {"count": len(unknown), "positions": list(unknown), **_nearest(unknown, kept)}
        faults.add(Message("ledger_unknown_column", fields, file, heading + 1))
    frame = pl.DataFrame(
        {
            ROW: [row for row, _ in rows],
            **{field: [row[position] for _, row in rows] for field, position in kept.items()},
        },
        schema={ROW: pl.Int64, **dict.fromkeys(kept, pl.String)},
    )
    notice = Message("ledger_dropped", {"count": len(dropped), "columns": dropped}, file)
    return RawLedger(file, frame, [notice] if dropped else [])


def _nearest(unknown: Mapping[int, str], kept: Mapping[str, int]) -> Mapping[str, object]:
    """Name the known column that the first unknown heading is nearest to, and what is allowed."""
    free = [name for name in LEDGER_COLUMNS if name not in kept]
    words = [*free, *(heading for heading, field in LEDGER_HEADINGS.items() if field in free)]
    return {"allowed": free, "nearest": nearest(next(iter(unknown.values())), words)}


def _identifies(cells: Sequence[str]) -> bool:
    """Whether some cell holds an ID-card, telephone or bank-card number."""
    return any(_without_identity(cell) != cell for cell in cells if len(cell) >= 7)  # noqa: PLR2004 (a telephone's)


def _without_identity(text: str) -> str:
    from zxsim.sheets.identity import without_identity  # noqa: PLC0415 (heavy)

    kept, cut = without_identity(text, names=False)
    return kept if cut else text
