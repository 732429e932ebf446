"""An .xlsx file as a package of parts: what is needed of it, looked through and packed anew.

The library that reads cells believes what a file says of itself, so it never sees the file: it gets a
clean copy with the few parts that were unpacked here within :mod:`zxsim.sheets.limits`, each once.
"""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from zxsim.errors import DataError, Message
from zxsim.sheets import limits
from zxsim.sheets.sheetxml import Attributes, Budget, SheetScan, damaged, local, text_lengths, walk

_ROOT = "_rels/.rels"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_SHARED = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CHUNK = 2**20
_OTHERS = {
    "word/document.xml": "sheet_is_document",
    "ppt/presentation.xml": "sheet_is_document",
    "xl/workbook.bin": "sheet_is_binary",
    "content.xml": "sheet_is_open_document",
}


Relations = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Sheet:
    """A worksheet of a workbook: its name, the part that holds it, and whether it is shown."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True)
class Vetted:
    """A workbook that may be read: the clean copy, its worksheets, and what was seen in each that is read."""

    data: bytes
    sheets: list[Sheet]
    scans: dict[str, SheetScan]


class Package:
    """The parts of one .xlsx file, unpacked one by one as long as they are not too much."""

    def __init__(self, file: str, raw: bytes) -> None:
        self.file = file
        if raw.count(b"PK\x01\x02") > limits.MOST_PARTS:
            raise DataError([Message("sheet_too_many_parts", {"most": limits.MOST_PARTS}, file)])
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise damaged(file) from None
        self._parts = {info.filename.lower().lstrip("/"): info for info in self._zip.infolist()}
        if len(self._parts) != len(self._zip.infolist()):
            raise damaged(file)
        self._left = limits.MOST_UNPACKED_BYTES

    def has(self, part: str) -> bool:
        """Whether there is a part of this name."""
        return part.lower() in self._parts

    def read(self, part: str) -> bytes:
        """Unpack one part, or raise :class:`DataError` when it is missing, broken or too large."""
        info = self._parts.get(part.lower())
        if info is None or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise damaged(self.file)
        if info.flag_bits & 1:
            raise DataError([Message("sheet_password", {}, self.file)])
        try:
            with self._zip.open(info) as stream:
                chunks = []
                while chunk := stream.read(_CHUNK):
                    chunks.append(chunk)
                    self._left -= len(chunk)
                    if self._left < 0:
                        fields = {"most": limits.MOST_UNPACKED_BYTES // 2**20}
                        raise DataError([Message("sheet_unpacks_too_large", fields, self.file)])
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
            raise damaged(self.file) from None
        return b"".join(chunks)


@dataclass(frozen=True)
class Contents:
    """A workbook's own XML, its worksheets, and the kind and name of each of its parts by id."""

    workbook: bytes
    sheets: list[Sheet]
    relations: Relations


def worksheets(file: str, raw: bytes) -> list[Sheet]:
    """Name the worksheets of an .xlsx file in their order, hidden ones included."""
    return _contents(Package(file, raw)).sheets


def vetted(file: str, raw: bytes, sheet: str | None) -> Vetted:
    """Look through the named worksheet, or all that are shown, and pack them anew.

    Raises
    ------
    DataError
        Not a workbook, protected, damaged or too large, saying which, with a remedy.
    """
    package = Package(file, raw)
    contents = _contents(package)
    parts = {_WORKBOOK: contents.workbook}
    for kind, part in contents.relations.values():
        if kind in _SHARED and package.has(part):
            parts[_SHARED[kind]] = package.read(part)
            walk(file, parts[_SHARED[kind]])
    texts = parts.get(_SHARED["sharedStrings"])
    lengths = text_lengths(file, texts) if texts else []
    budget, scans, places = Budget(), {}, {}
    for number, one in enumerate(contents.sheets):
        places[one.part] = f"xl/worksheets/sheet{number + 1}.xml"
        if one.name == sheet if sheet is not None else one.visible:
            data = parts[places[one.part]] = package.read(one.part)
            scan = SheetScan(file, one.name, lengths, budget)
            scan.read(data)
            scans[one.name] = scan
    parts[_RELATIONS] = _relations_text(contents.relations, places)
    parts[_ROOT] = _relations_text({"rId1": ("officeDocument", _WORKBOOK)}, {})
    return Vetted(_packed(parts), contents.sheets, scans)


def _contents(package: Package) -> Contents:
    """Find the workbook, its worksheets and its other parts, or say what else the package is."""
    root = _relations(package, _ROOT, "") if package.has(_ROOT) else {}
    found = [part for kind, part in root.values() if kind == "officeDocument"]
    workbook = found[0] if found else _WORKBOOK
    if not package.has(workbook) or workbook in _OTHERS:
        code = next((code for part, code in _OTHERS.items() if package.has(part)), "sheet_not_a_workbook")
        raise DataError([Message(code, {}, package.file)])
    folder, name = posixpath.split(workbook)
    relations = _relations(package, posixpath.join(folder, "_rels", f"{name}.rels"), folder)
    sheets: list[Sheet] = []

    def sheet(name: str, values: Attributes) -> None:
        key = next((value for key, value in values.items() if key.endswith(":id")), "")
        kind, part = relations.get(key, ("", ""))
        if local(name) == "sheet" and kind == "worksheet":
            sheets.append(Sheet(values.get("name", ""), part, values.get("state", "visible") == "visible"))

    data = package.read(workbook)
    walk(package.file, data, sheet)
    if len({one.name for one in sheets}) != len(sheets) or len({one.part for one in sheets}) != len(sheets):
        raise damaged(package.file)
    return Contents(data, sheets, relations)


def _relations(package: Package, name: str, folder: str) -> Relations:
    """Read which parts a part of ``folder`` refers to."""
    found: Relations = {}

    def relation(name: str, values: Attributes) -> None:
        if local(name) == "Relationship" and values.get("TargetMode") != "External":
            target = values.get("Target", "")
            absolute = target.startswith(("/", "xl/"))
            part = posixpath.normpath(target.lstrip("/") if absolute else posixpath.join(folder, target))
            found[values.get("Id", "")] = (values.get("Type", "").rpartition("/")[2], part)

    walk(package.file, package.read(name), relation)
    return found


def _relations_text(relations: Relations, places: dict[str, str]) -> bytes:
    """Write which parts there are in the clean copy; ``places`` says where a worksheet lies there."""
    lines = [
        f"<Relationship Id={quoteattr(key)} Type={quoteattr(_KIND + kind)} "
        f"Target={quoteattr('/' + places.get(part, _SHARED.get(kind, part)))}/>"
        for key, (kind, part) in relations.items()
    ]
    return f"<Relationships xmlns='{_RELATIONSHIPS}'>{''.join(lines)}</Relationships>".encode()


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as copy:
        for name, data in parts.items():
            copy.writestr(name, data)
    return packed.getvalue()
