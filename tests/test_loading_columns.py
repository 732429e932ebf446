"""Loading by column: whatever is read the short way is read alike the long way, row by row."""

import itertools
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loading_strategies import Costs, Form, costs, forms, numbers, payable
from tests.scenarios import Case, fund, loaded, project, write
from zxsim.core.layout import BoolArray
from zxsim.core.messages import Faults
from zxsim.core.money import largest_remainder
from zxsim.core.rows import divided
from zxsim.errors import DataError, Message
from zxsim.schema.columns import Cell, Column
from zxsim.schema.csvfile import ROW, TO_CLEAN
from zxsim.schema.layout import positions_of
from zxsim.schema.load import Loaded, load
from zxsim.schema.parts import split_costs
from zxsim.schema.source import Source
from zxsim.schema.tables import Table, typed

PLACES = [{"id": name, "name": name, "level": "village"} for name in ("u", "v", "w")]
PROJECTS = [
    project("P1", "10.005", place="u:0.6;w:0.4", subcategory="路", rank=2, benefit=1),
    project("P10", 30, "就业项目", "v", first_year=2022, required="true"),
    project("P2", "7.5", place="w", self_raised_share="0.333", minimum_wan=1),
    project("P3", 12, "乡村建设行动", "v:0.3333333333333333;u:0.6666666666666667", requires="P1"),
    project("P4", 5, place="u", forbidden="1"),
]
CASE = Case(
    funds={"a": fund(100), "b": fund({2022: 50}, per_place=["u", "w"], not_categories=["就业项目"])},
    rules={"e": {"kind": "eligibility", "where": {"id": ["P1", "P3"]}, "funds": ["b"]}},
    projects=PROJECTS,
    places=PLACES,
    years=(2021, 2023),
)


def same(one: Loaded, other: Loaded) -> bool:
    """Whether two loaded scenarios have the same tables, parts, money columns and modes."""
    arrays = ("project_cost", "part_project", "part_place", "part_cost", "column_part", "column_fund")
    pairs = [(getattr(one.layout, name), getattr(other.layout, name)) for name in (*arrays, "column_year")]
    modes = [
        (getattr(one.layout.modes, name), getattr(other.layout.modes, name)) for name in ("whole", "requires")
    ]
    tables = one.projects.equals(other.projects) and one.places.equals(other.places)
    return tables and all(np.array_equal(a, b) for a, b in (*pairs, *modes))


def read(texts: list[str], column: Column) -> tuple[list[object], list[Message]]:
    """Type one column of cells; return what is read and what is wrong with it."""
    frame = pl.DataFrame({"n": texts}, schema={"n": pl.String}).with_row_index(ROW)
    table = Table("t.csv", "project", "\n".join(["n", *texts]).encode(), frame, Source(Path("s.toml"), {}))
    faults = Faults()
    return typed(table, {"n": column}, faults)["n"].to_list(), list(faults)


@given(costs())
def test_costs_are_split_at_once_as_one_by_one(drawn: Costs) -> None:
    """Every cost is split by largest remainder, whether its shares have one digit or twenty-five."""
    found = split_costs(np.array(drawn.units), np.array(drawn.way), drawn.ways)
    expected = [
        units
        for total, way in zip(drawn.units, drawn.way, strict=True)
        for units in largest_remainder(
            total, [share for _, share in drawn.ways[way]], [name for name, _ in drawn.ways[way]]
        )
    ]
    assert found.tolist() == expected


@given(st.permutations(PROJECTS), st.permutations(PLACES))
def test_the_order_of_rows_changes_nothing(
    projects: list[dict[str, object]], places: list[dict[str, object]]
) -> None:
    """A library in the order of its ids is not sorted again, and is the same as any other order of it."""
    assert same(loaded(CASE.but(projects=projects, places=places)), loaded(CASE))


def test_one_place_or_shares_make_the_same_parts() -> None:
    """A library with one place a project goes a shorter way than the same with a share written out."""
    short = [{**row, "places": "u"} for row in PROJECTS]
    long = [{**row, "places": " u : 1.0 ;" if row["id"] == "P2" else "u"} for row in PROJECTS]
    one, other = loaded(CASE.but(projects=short)), loaded(CASE.but(projects=long))
    assert one.layout.part_place.tolist() == other.layout.part_place.tolist() == [0] * 5
    assert (
        one.layout.part_cost.tolist() == other.layout.part_cost.tolist() == one.layout.project_cost.tolist()
    )
    assert one.layout.column_part.tolist() == other.layout.column_part.tolist()


@given(forms)
def test_white_space_and_quotes_around_cells_change_nothing(drawn: list[Form]) -> None:
    """Cells are stripped where the file has anything to strip, and are read alike where it has not."""
    form = itertools.cycle(drawn)
    with TemporaryDirectory() as name:
        folder = write(CASE, Path(name) / "case")
        header, *rows = (folder / "projects.csv").read_text(encoding="utf-8").splitlines()
        padded = [",".join(next(form).of(cell) for cell in row.split(",")) for row in rows]
        (folder / "projects.csv").write_text("\n".join([header, *padded]), encoding="utf-8")
        assert same(load(folder), loaded(CASE))


def test_every_white_space_begins_with_a_byte_that_is_looked_for() -> None:
    """A file without any of these bytes holds nothing that stripping would take away."""
    characters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    spaces = pl.Series(characters).filter(pl.Series(characters).str.strip_chars() == "").to_list()
    assert {space.encode()[:1] for space in spaces} - set(TO_CLEAN) == {b"\n", b"\r"}  # ends of lines


@given(st.lists(numbers, min_size=1, max_size=5), st.sampled_from([Cell.WHOLE, Cell.YEAR, Cell.NUMBER]))
def test_whole_numbers_are_read_like_decimals(texts: list[str], cell: Cell) -> None:
    """A column of whole numbers is read as such; beside a fraction, the same cells mean the same."""
    column = Column(cell, low=-2)
    values, faults = read(texts, column)
    longer, more = read([*texts, "0.5"], column)
    assert [m for m in more if m.fields["given"] != "0.5"] == faults
    if not faults:
        assert longer[:-1] == values


@given(payable())
def test_money_columns_stand_in_the_order_of_parts_funds_and_years(drawn: BoolArray) -> None:
    """The positions are those of ``numpy.nonzero`` with the parts in front."""
    expected = np.nonzero(np.moveaxis(drawn, 2, 0))
    assert all(np.array_equal(a, b) for a, b in zip(positions_of(drawn), expected, strict=True))


whole = st.one_of(st.integers(-(2**52), 2**52), st.integers(-(10**40), 10**40))


@given(st.lists(st.tuples(whole, whole.map(abs).filter(bool)), max_size=6))
def test_whole_numbers_of_any_size_are_divided_correctly_rounded(pairs: list[tuple[int, int]]) -> None:
    """Each quotient is the one of Python's integers."""
    top, below = (np.array([pair[i] for pair in pairs], dtype=object) for i in (0, 1))
    assert divided(top, below).tolist() == [a / b for a, b in pairs]


@pytest.mark.parametrize("ordered", [True, False])
def test_an_id_that_stands_twice_is_found_in_any_order(ordered: bool) -> None:  # noqa: FBT001 (a parameter)
    """In a library sorted by id as in any other."""
    rows = [*PROJECTS, PROJECTS[0]]
    rows = sorted(rows, key=lambda row: str(row["id"])) if ordered else rows
    with pytest.raises(DataError) as raised:
        loaded(CASE.but(projects=rows))
    assert [(m.code, m.line) for m in raised.value.messages] == [("id_doubled", 3 if ordered else 7)]


@pytest.mark.parametrize(("line", "cell"), [(1, "name"), (2, "P1"), (3, "就业项目"), (6, "P4")])
def test_bytes_that_are_no_text_are_named_with_their_line(line: int, cell: str, tmp_path: Path) -> None:
    """Wherever they stand, the header included, and whatever else is wrong, the encoding is the fault."""
    path = write(CASE, tmp_path / "case") / "projects.csv"
    rows = path.read_bytes().split(b"\n")
    rows[line - 1] = rows[line - 1].replace(cell.encode(), b"\xff" + cell.encode(), 1)
    path.write_bytes(b"\n".join([*rows[:-1], b"too,many" + b"," * 30]))
    with pytest.raises(DataError) as raised:
        load(path.parent)
    assert [(m.code, m.line) for m in raised.value.messages] == [("encoding_unknown", line)]
