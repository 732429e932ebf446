"""Files that are not what their name says, or none at all: each is called what it is."""

import zipfile
from pathlib import Path

import pytest

from tests.sheets.asked import OLD, answer
from tests.sheets.books import SHEET, cell, saved, sheet_file, worksheet
from zxsim.errors import DataError
from zxsim.sheets import limits
from zxsim.sheets.reading import grids, sheets_of

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504

NAMED: dict[str, tuple[str, bytes, str]] = {
    "empty file": ("a.xlsx", b"", "sheet_empty"),
    "blank CSV": ("a.csv", b"\xef\xbb\xbf \r\n", "sheet_empty"),
    "HTML named .xls": ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "sheet_is_web_page"),
    "XML of Excel 2003": ("a.xls", b'<?xml version="1.0"?><Workbook/>', "sheet_is_web_page"),
    "single-file web page": ("a.xls", b"MIME-Version: 1.0\r\n", "sheet_is_web_page"),
    "text named .xls": ("a.xls", "序号\t名称\r\n1\t路\r\n".encode("gb18030"), "sheet_is_text"),
    "PDF named .xlsx": ("a.xlsx", b"%PDF-1.7\n", "sheet_is_document"),
    "picture": ("a.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\r\xff", "sheet_not_known"),
    "text of another kind": ("a.json", b"{}", "sheet_not_known"),
    "temporary file": ("~$a.xlsx", b"\x05owner" + b"\0" * 150, "sheet_is_lock"),
    "only the start of a zip": ("a.xlsx", b"PK\x03\x04" + b"\0" * 50, "sheet_damaged"),
    "only the start of an .xls": ("a.xls", COMPOUND, "sheet_damaged"),
    "password": ("a.xlsx", COMPOUND + "EncryptedPackage".encode("utf-16-le") + b"\0\0", "sheet_password"),
    "Word named .xls": (
        "a.xls",
        COMPOUND + "WordDocument".encode("utf-16-le") + b"\0\0",
        "sheet_is_document",
    ),
    "a quote not closed": ("a.csv", b'a,b\n1,"2\n', "csv_syntax"),
}


@pytest.mark.parametrize("kind", NAMED)
def test_a_file_is_told_for_what_it_is(tmp_path: Path, kind: str) -> None:
    """What a file holds counts, not its name; the answer says what it is."""
    name, raw, code = NAMED[kind]
    (tmp_path / name).write_bytes(raw)
    assert answer(tmp_path / name) == code


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("word/document.xml", "sheet_is_document"),
        ("xl/workbook.bin", "sheet_is_binary"),
        ("content.xml", "sheet_is_open_document"),
        ("readme.txt", "sheet_not_a_workbook"),
    ],
)
def test_a_package_of_another_kind_is_named(tmp_path: Path, part: str, code: str) -> None:
    """A .docx named .xlsx is called a document, an archive an archive."""
    assert answer(saved(tmp_path / "a.xlsx", {part: "<x/>"})) == code


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    """Both are said as what they are."""
    (tmp_path / "folder.xlsx").mkdir()
    assert answer(tmp_path / "no.xlsx") == "file_missing"
    assert answer(tmp_path / "folder.xlsx") == "sheet_is_folder"


def test_a_truncated_workbook(tmp_path: Path) -> None:
    """Cut anywhere, both kinds are called damaged."""
    whole = sheet_file(tmp_path / "w.xlsx", cell("A1")).read_bytes()
    for share in (0.2, 0.5, 0.9):
        (tmp_path / "t.xlsx").write_bytes(whole[: int(len(whole) * share)])
        assert answer(tmp_path / "t.xlsx") == "sheet_damaged"
    (tmp_path / "t.xls").write_bytes(OLD.read_bytes()[:3_000])
    assert answer(tmp_path / "t.xls") == "sheet_damaged"


def test_a_file_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Size counts before content."""
    monkeypatch.setattr(limits, "MOST_FILE_BYTES", 1_000)
    (tmp_path / "a.csv").write_bytes(b"x" * 1_001)
    assert answer(tmp_path / "a.csv") == "sheet_file_too_large"


@pytest.mark.parametrize(
    "text",
    ["a\n" * (limits.MOST_ROWS + 1), "," * 3_000_000, "a," * (limits.MOST_COLUMNS + 1), '"a\n' * 100_000],
)
def test_a_text_of_very_many_rows_or_columns(tmp_path: Path, text: str) -> None:
    """Refused like a workbook of that size."""
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert answer(tmp_path / "a.csv") in {"sheet_too_large", "csv_syntax", "sheet_cell_too_long"}


def test_an_archive_of_very_many_parts(tmp_path: Path) -> None:
    """Its list alone would take memory."""
    parts = {f"{i}": "" for i in range(limits.MOST_PARTS + 1)}
    assert answer(saved(tmp_path / "p.xlsx", parts)) == "sheet_too_many_parts"


def test_a_part_there_twice(tmp_path: Path) -> None:
    """Two readers could each take another one."""
    path = sheet_file(tmp_path / "d.xlsx", cell("A1"))
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(SHEET.upper(), worksheet(cell("A2")))
    assert answer(path) == "sheet_damaged"


def test_an_unknown_sheet_is_named_with_the_nearest(tmp_path: Path) -> None:
    """All sheets are listed, hidden ones too."""
    assert sheets_of(OLD) == ["项目库", "隐藏"]
    with pytest.raises(DataError) as caught:
        grids(OLD, "项目")
    (message,) = caught.value.messages
    assert message.fields == {"given": "项目", "allowed": ["隐藏", "项目库"], "nearest": "项目库"}
    assert answer(sheet_file(tmp_path / "e.xlsx", "")) == "sheet_empty"
