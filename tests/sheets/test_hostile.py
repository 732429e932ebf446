"""Workbooks made to do harm: a clear answer, soon, in little memory."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sheets.asked import answer, measured
from tests.sheets.books import SHEET, cell, long_file, merges, parts_of, saved, sheet_file, worksheet
from zxsim.errors import DataError
from zxsim.sheets import limits
from zxsim.sheets.reading import grids


def test_a_formula_is_never_evaluated(tmp_path: Path) -> None:
    """The stored value of a formula counts, one without is empty; a text that looks like one stays."""
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>5</v></c><c r="B1"><f>WEBSERVICE("http://x")</f></c>'
        '<c r="C1" t="str"><f>"a"</f><v>=HYPERLINK("http://x")</v></c></row>'
    )
    (grid,) = grids(sheet_file(tmp_path / "f.xlsx", rows))
    assert grid.cells == [["5", "", '=HYPERLINK("http://x")']]


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """A part that unpacks to gigabytes is given up at the limit."""
    blanks = " " * 2**20
    path = long_file(tmp_path / "bomb.xlsx", (blanks for _ in range(1_000)))
    assert measured(path) == "sheet_unpacks_too_large"


def test_a_header_that_lies_about_the_size_gains_nothing(tmp_path: Path) -> None:
    """What a part unpacks to beyond the size it states is never unpacked."""
    path = long_file(tmp_path / "lie.xlsx", (" " * 2**20 for _ in range(400)))
    raw = bytearray(path.read_bytes())
    name = SHEET.encode()
    entry = raw.rindex(name) - 46
    raw[entry + 24 : entry + 28] = struct.pack("<I", 1_000)
    path.write_bytes(raw)
    assert measured(path) == "sheet_damaged"


def test_a_million_rows_are_refused(tmp_path: Path) -> None:
    """The row beyond the limit is named; nothing behind it is read."""
    rows = (f'<row r="{i}"><c r="A{i}"><v>1</v></c></row>' for i in range(1, 1_048_577))
    assert measured(long_file(tmp_path / "million.xlsx", rows)) == "sheet_too_large"


def test_formatted_but_empty_rows_take_no_room(tmp_path: Path) -> None:
    """A sheet formatted down to its last row is as large as its content."""
    rows = [f'<row r="{i}"><c r="A{i}" s="0"/></row>' for i in range(6, 300_000)]
    path = long_file(tmp_path / "formatted.xlsx", [cell("A1"), cell("C5"), *rows])
    assert measured(path) == 5


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (cell("A1") + cell("XFD1048576"), "XFD1048576"),
        (cell("A1") + cell("A1048576"), "A1048576"),
        (cell("XFD1"), "XFD1"),
        (cell("ZZ150000"), "ZZ150000"),
    ],
)
def test_one_cell_far_out_is_named(tmp_path: Path, rows: str, said: str) -> None:
    """A single cell would make a rectangle of thousands of millions: it is refused before that is taken."""
    with pytest.raises(DataError) as caught:
        grids(sheet_file(tmp_path / "far.xlsx", rows))
    assert caught.value.messages[0].fields["cell"] == said


def test_cells_without_a_place_are_counted_too(tmp_path: Path) -> None:
    """A cell may leave its address out: it stands behind the last one."""
    path = sheet_file(tmp_path / "w.xlsx", f"<row>{'<c><v>1</v></c>' * (limits.MOST_COLUMNS + 1)}</row>")
    assert answer(path) == "sheet_too_large"
    (grid,) = grids(sheet_file(tmp_path / "n.xlsx", "<row><c><v>1</v></c><c><v>2</v></c></row>" * 2))
    assert grid.cells == [["1", "2"], ["1", "2"]]


def test_a_prefix_does_not_hide_cells(tmp_path: Path) -> None:
    """Names with a prefix count as those without."""
    rows = '<x:row xmlns:x="y" r="1"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>'
    assert answer(sheet_file(tmp_path / "x.xlsx", rows)) == "sheet_too_large"


def test_one_text_shared_by_many_cells_is_refused(tmp_path: Path) -> None:
    """Cells share texts, so a small file could fill any memory."""
    rows = (f'<row r="{i}">' + f'<c t="s"><v>{0}</v></c>' * 40 + "</row>" for i in range(1, 20_000))
    parts = parts_of(worksheet("".join(rows)), f"<si><t>{'字' * 32_000}</t></si>")
    assert measured(saved(tmp_path / "shared.xlsx", parts)) == "sheet_too_much_text"


def test_references_in_texts_are_read(tmp_path: Path) -> None:
    """Only where a cell stands and which text it shares must be plain; an empty shared text counts as one."""
    rows = cell("A1", "x&#49;&amp;", "str") + cell("A2", 1, "s") + cell("A3", 2, "s")
    shared = "<si/><si><t>甲&#10;乙</t></si><si><r><t>丙</t></r><r><t>丁</t></r><rPh><t>x</t></rPh></si>"
    (grid,) = grids(sheet_file(tmp_path / "r.xlsx", rows, "", shared))
    assert grid.cells == [["x1&"], ["甲\n乙"], ["丙丁"]]


def test_everything_merged_is_one_span(tmp_path: Path) -> None:
    """A merge over the whole sheet is clipped to what the sheet holds."""
    rows = cell("A1", 7) + cell("C2", 8)
    path = sheet_file(tmp_path / "m.xlsx", rows, merges(["A1:XFD1048576"]))
    (grid,) = grids(path)
    assert [span.cells for span in grid.merged] == [6]
    assert grid.filled().cells == [["7"] * 3] * 2


def test_thousands_of_merged_ranges_are_read(tmp_path: Path) -> None:
    """As many as a long sheet has; more than any has are refused."""
    rows = "".join(cell(f"A{i}") for i in range(1, 20_001))
    few = merges(f"A{i}:A{i + 1}" for i in range(1, 20_000, 2))
    (grid,) = grids(sheet_file(tmp_path / "few.xlsx", rows, few))
    assert len(grid.merged) == 10_000
    many = merges(f"A{i}:B{i}" for i in range(1, limits.MOST_MERGED + 2))
    assert answer(sheet_file(tmp_path / "many.xlsx", rows, many)) == "sheet_merged_too_often"


def test_merged_ranges_over_each_other_are_refused(tmp_path: Path) -> None:
    """Filling them would take their number times the sheet."""
    rows = cell("A1") + cell("Z100")
    path = sheet_file(tmp_path / "o.xlsx", rows, merges("A1:Z100" for _ in range(9)))
    assert answer(path) == "sheet_merged_overlap"


def test_entities_are_refused(tmp_path: Path) -> None:
    """A document type is refused in every part, before an entity could grow."""
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    for part in parts_of(""):
        parts = parts_of(worksheet(cell("A1")))
        parts[part] = entities + parts[part]
        assert answer(saved(tmp_path / "e.xlsx", parts)) == "sheet_entities"


def test_a_part_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """What is looked through and what is read must be the same text."""
    parts = parts_of('<?xml version="1.0" encoding="latin-1"?>' + worksheet(cell("A1")))
    assert answer(saved(tmp_path / "l.xlsx", parts)) == "sheet_damaged"


BROKEN: dict[str, Callable[[dict[str, str]], object]] = {
    "a text that is not there": lambda parts: parts.update({SHEET: worksheet(cell("A1", 9, "s"))}),
    "an address that is none": lambda parts: parts.update({SHEET: worksheet(cell("1A"))}),
    "row 0": lambda parts: parts.update({SHEET: worksheet(cell("A0"))}),
    "a place in disguise": lambda parts: parts.update({SHEET: worksheet(cell("A&#49;"))}),
    "a number in disguise": lambda parts: parts.update({SHEET: worksheet(cell("A1", "&#48;", "s"))}),
    "a comment in a number": lambda parts: parts.update({SHEET: worksheet(cell("A1", "0<!-- -->", "s"))}),
    "no sheet part": lambda parts: parts.pop(SHEET),
    "XML cut off": lambda parts: parts.update({SHEET: worksheet(cell("A1"))[:-20]}),
    "row without number": lambda parts: parts.update({SHEET: worksheet('<row r="x"/>')}),
    "no relations": lambda parts: parts.pop("xl/_rels/workbook.xml.rels"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_part_gets_an_answer(tmp_path: Path, broken: str) -> None:
    """Whatever is wrong inside, nothing is read and nothing falls over."""
    parts = parts_of(worksheet(cell("A1")))
    BROKEN[broken](parts)
    assert answer(saved(tmp_path / "b.xlsx", parts)) in {"sheet_damaged", "sheet_too_large"}


def test_a_very_long_text_is_named(tmp_path: Path) -> None:
    """More than any office program holds in a cell, in a workbook and in a text."""
    text = "字" * (limits.MOST_CHARACTERS_OF_CELL + 1)
    rows = f'<row r="2"><c r="C2" t="inlineStr"><is><t>{text}</t></is></c></row>'
    with pytest.raises(DataError) as caught:
        grids(sheet_file(tmp_path / "l.xlsx", rows))
    assert (caught.value.messages[0].code, caught.value.messages[0].address) == (
        "sheet_cell_too_long",
        "S!C2",
    )
    (tmp_path / "l.csv").write_text(f"a,b\n1,{text}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        grids(tmp_path / "l.csv")
    assert caught.value.messages[0].address == "B2"
