"""From a file to grids: .xlsx, .xls and separated text, told apart by what they hold, not by their name."""

import re
from dataclasses import replace
from pathlib import Path

from zxsim.core.messages import Faults
from zxsim.errors import DataError, Message
from zxsim.sheets import limits
from zxsim.sheets.delimited import cells_of, decoded
from zxsim.sheets.grid import Grid, Hidden, Span, address
from zxsim.sheets.package import vetted, worksheets
from zxsim.sheets.sheetxml import SheetScan, damaged
from zxsim.sheets.workbook import Opened, opened

_ZIP = b"PK"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_NAMES = {".csv", ".txt", ".tsv"}
_OFFICE_NAMES = {".xls", ".xlsx", ".xlsm", ".et"}
_STREAMS = {
    "EncryptedPackage": "sheet_password",
    "WordDocument": "sheet_is_document",
    "PowerPoint Document": "sheet_is_document",
}


_ENCRYPTED = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""Start of an old workbook, followed by the record of its password (FilePass)."""


def sheets_of(path: Path) -> list[str]:
    """Name the worksheets of a file in their order, hidden ones included; [""] for a separated text."""
    raw = _bytes(path)
    if raw.startswith(_ZIP):
        return [sheet.name for sheet in worksheets(path.name, raw)]
    if raw.startswith(_COMPOUND):
        return [name for name, _ in _compound(path.name, raw, None, names_only=True)["sheets"]]
    _text(path, raw)
    return [""]


def grids(path: Path, sheet: str | None = None) -> list[Grid]:
    """Read the named sheet, or all sheets that are shown and hold anything.

    Raises
    ------
    DataError
        No such file or sheet; not a workbook or a separated text, protected, damaged, empty or too
        large. Each says what the file is and what to do.
    """
    raw = _bytes(path)
    if raw.startswith(_ZIP):
        found = _from_package(path.name, raw, sheet)
    elif raw.startswith(_COMPOUND):
        answer = _compound(path.name, raw, sheet)
        _known(path.name, sheet, [name for name, _ in answer["sheets"]])
        found = [_grid(path.name, one) for one in answer["grids"]]
    else:
        found = [Grid.trimmed(path.name, "", cells_of(path.name, _text(path, raw)))]
        _known(path.name, sheet, [""])
    filled = [_checked(grid) for grid in found if grid.rows]
    if not filled:
        raise DataError([Message("sheet_empty", {}, path.name, address=sheet or "")])
    return filled


def _bytes(path: Path) -> bytes:
    """Read a file of a bearable size that holds anything."""
    try:
        if path.is_dir():
            raise DataError([Message("sheet_is_folder", {}, path.name)])
        if path.exists() and not path.is_file():
            raise DataError([Message("sheet_not_known", {}, path.name)])
        if path.stat().st_size > limits.MOST_FILE_BYTES:
            fields = {"most": limits.MOST_FILE_BYTES // 2**20}
            raise DataError([Message("sheet_file_too_large", fields, path.name)])
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataError([Message("file_missing", {"folder": str(path.parent)}, path.name)]) from None
    except (OSError, ValueError) as error:
        raise DataError([Message("file_unreadable", {"reason": str(error)}, path.name)]) from None
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        raise DataError([Message("sheet_empty", {}, path.name)])
    if path.name.startswith("~$"):
        raise DataError([Message("sheet_is_lock", {"given": path.name[2:]}, path.name)])
    return raw


def _text(path: Path, raw: bytes) -> str:
    """Decode a separated text; refuse what is a web page or wears the name of a workbook."""
    start = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<", b"mime-version:")):
        raise DataError([Message("sheet_is_web_page", {}, path.name)])
    if start.startswith(b"%pdf"):
        raise DataError([Message("sheet_is_document", {}, path.name)])
    text = decoded(path.name, raw)
    if path.suffix.lower() in _OFFICE_NAMES:
        raise DataError([Message("sheet_is_text", {}, path.name)])
    if path.suffix.lower() not in _TEXT_NAMES:
        raise DataError([Message("sheet_not_known", {}, path.name)])
    return text


def _compound(file: str, raw: bytes, sheet: str | None, *, names_only: bool = False) -> Opened:
    """Read an old workbook, or say what else of its kind it is."""
    for stream, code in _STREAMS.items():
        if _stream(stream) in raw and not (_stream("Workbook") in raw or _stream("Book") in raw):
            raise DataError([Message(code, {}, file)])
    if _ENCRYPTED.search(raw):
        raise DataError([Message("sheet_password", {}, file)])
    return opened(file, raw, sheet, names_only=names_only)


def _stream(name: str) -> bytes:
    """Write the name of a stream as the directory of an old office file holds it."""
    return name.encode("utf-16-le") + b"\0\0"


def _from_package(file: str, raw: bytes, sheet: str | None) -> list[Grid]:
    _known(file, sheet, [one.name for one in worksheets(file, raw)])
    clean = vetted(file, raw, sheet)
    answer = opened(file, clean.data, sheet)
    if [name for name, _ in answer["sheets"]] != [one.name for one in clean.sheets]:
        raise damaged(file)
    return [_grid(file, one, clean.scans[one["name"]]) for one in answer["grids"]]


def _grid(file: str, found: Opened, scan: SheetScan | None = None) -> Grid:
    cells: list[list[str]] = found["cells"]
    for (row, column), text in scan.errors.items() if scan else ():
        cells[row][column] = text
    if len(found["merged"]) > limits.MOST_MERGED:
        fields = {"most": limits.MOST_MERGED}
        raise DataError([Message("sheet_merged_too_often", fields, file, address=found["name"])])
    grid = Grid.trimmed(file, found["name"], cells, [Span(*ends) for ends in found["merged"]])
    if scan is None:
        return grid
    hidden = Hidden(
        tuple(sorted(row for row in scan.hidden_rows if row < grid.rows)),
        tuple(sorted(column for column in scan.hidden_columns if column < grid.columns)),
    )
    return replace(grid, hidden=hidden, formulas=scan.formulas_without_value())


def _checked(grid: Grid) -> Grid:
    """Refuse what no office program could have saved."""
    if sum(span.cells for span in grid.merged) > grid.rows * grid.columns:
        raise DataError([Message("sheet_merged_overlap", {}, grid.file, address=grid.name)])
    for i, row in enumerate(grid.cells):
        for j, text in enumerate(row):
            if len(text) > limits.MOST_CHARACTERS_OF_CELL:
                fields = {"most": limits.MOST_CHARACTERS_OF_CELL}
                where = f"{grid.name}!{address(i, j)}" if grid.name else address(i, j)
                raise DataError([Message("sheet_cell_too_long", fields, grid.file, address=where)])
    return grid


def _known(file: str, sheet: str | None, names: list[str]) -> None:
    if sheet is not None and sheet not in names:
        faults = Faults()
        faults.unknown("sheet_unknown", sheet, names, Message("", {}, file))
        faults.raise_any()
