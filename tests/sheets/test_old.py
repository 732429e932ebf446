"""The old .xls: read in a process of its own, because it may state anything of itself."""

import random
import re
import struct
from contextlib import suppress
from pathlib import Path

import pytest

from tests.sheets.asked import OLD, answer, measured
from tests.sheets.books import cell, sheet_file
from zxsim.errors import DataError
from zxsim.sheets import limits, workbook
from zxsim.sheets.reading import grids


def changed(tmp_path: Path, old: bytes, new: bytes) -> Path:
    """Write the .xls of the tests with one record changed."""
    raw = OLD.read_bytes()
    assert old in raw
    path = tmp_path / "changed.xls"
    path.write_bytes(raw.replace(old, new))
    return path


def test_an_old_workbook_with_a_password(tmp_path: Path) -> None:
    """Its first record behind the start is that of the password."""
    start = re.search(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}", OLD.read_bytes(), re.DOTALL)
    assert start
    path = tmp_path / "p.xls"
    raw = OLD.read_bytes()
    path.write_bytes(raw[: start.end()] + b"\x2f\x00" + raw[start.end() + 2 :])
    assert answer(path) == "sheet_password"


def test_an_old_workbook_that_lies_about_its_size(tmp_path: Path) -> None:
    """It states thousands of millions of cells: at worst the process that reads it ends."""
    stated = re.search(rb"\x00\x02\x0e\x00.{14}", OLD.read_bytes(), re.DOTALL)
    assert stated
    lie = b"\x00\x02\x0e\x00" + struct.pack("<IIHHH", 0, 2**32 - 1, 0, 2**16 - 1, 0)
    path = changed(tmp_path, stated[0], lie)
    assert measured(path) in {"sheet_damaged", 7}


def test_an_old_workbook_with_a_cell_far_out(tmp_path: Path) -> None:
    """The last cell of an old sheet makes 17 million of it: 1 GB in the process that reads it, no more."""
    number = re.search(rb"\x7e\x02\x0a\x00.{10}", OLD.read_bytes(), re.DOTALL)
    assert number
    path = changed(tmp_path, number[0], number[0][:4] + b"\xff\xff\xff\x00" + number[0][8:])
    assert measured(path, 1_200) == "sheet_too_large"


def test_no_change_of_bytes_makes_reading_fall_over(tmp_path: Path) -> None:
    """Bytes changed at random: the sheet, or an answer (*regression*: seeded, 20 of each kind)."""
    chance = random.Random(4)  # noqa: S311 no secret
    new = sheet_file(tmp_path / "w.xlsx", "".join(cell(f"B{i}", i) for i in range(1, 50)))
    for whole in (OLD, new):
        for _ in range(20):
            raw = bytearray(whole.read_bytes())
            for _ in range(chance.randint(1, 8)):
                raw[chance.randrange(len(raw))] = chance.randrange(256)
            path = tmp_path / f"c{whole.suffix}"
            path.write_bytes(raw)
            with suppress(DataError):
                assert grids(path)


def test_reading_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that keeps the library busy for ever is given up."""
    monkeypatch.setattr(limits, "MOST_SECONDS", 0.001)
    with pytest.raises(DataError) as caught:
        workbook.opened("a.xls", OLD.read_bytes(), None)
    assert caught.value.messages[0].code == "sheet_too_slow"
