"""Workbooks as bytes, part by part, for what no office program would save."""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


def relations(parts: Mapping[str, str]) -> str:
    """Write a part that refers to others, by kind."""
    lines = [
        f'<Relationship Id="r{i}" Type="{_KIND}{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(parts.items())
    ]
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(lines)}</Relationships>'


def parts_of(sheet: str, shared: str = "") -> dict[str, str]:
    """Name the parts of a workbook of one sheet, whose XML is given."""
    targets = {"worksheet": "worksheets/sheet1.xml", "sharedStrings": "sharedStrings.xml"}
    workbook = f'<sheets><sheet name="S" sheetId="1" r:id="r0" xmlns:r="{_KIND[:-1]}"/></sheets>'
    return {
        "_rels/.rels": relations({"officeDocument": "xl/workbook.xml"}),
        "xl/_rels/workbook.xml.rels": relations(targets),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}">{workbook}</workbook>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
        SHEET: sheet,
    }


def worksheet(rows: str, behind: str = "") -> str:
    """Write a sheet around its rows."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{behind}</worksheet>'


def cell(name: str, value: object = 1, kind: str = "n") -> str:
    """Write a row that holds one cell."""
    row = name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{name}" t="{kind}"><v>{value}</v></c></row>'


def saved(path: Path, parts: Mapping[str, str]) -> Path:
    """Pack parts into a file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return path


def sheet_file(path: Path, rows: str, behind: str = "", shared: str = "") -> Path:
    """Save a workbook of one sheet with these rows."""
    return saved(path, parts_of(worksheet(rows, behind), shared))


def long_file(path: Path, rows: Iterable[str]) -> Path:
    """Save a workbook of one sheet whose rows are too many to be held as one text."""
    start, end = worksheet("|").split("|")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, text in parts_of("").items():
            if name != SHEET:
                packed.writestr(name, text)
        with packed.open(SHEET, "w") as stream:
            for text in (start, *rows, end):
                stream.write(text.encode())
    return path


def merges(names: Iterable[str]) -> str:
    """Write merged ranges."""
    lines = [f'<mergeCell ref="{name}"/>' for name in names]
    return f"<mergeCells>{''.join(lines)}</mergeCells>"
