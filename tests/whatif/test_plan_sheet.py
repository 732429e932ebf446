"""Reading plans from sheets as people keep them: what is read over, what is understood, what is told."""

from pathlib import Path

import pytest
import xlsxwriter

from tests.scenarios import amounts, loaded
from tests.sheets.imitations import Cell, Drawn, draw_workbook
from tests.whatif.plans import SMALL, Amounts, evaluated, write_csv
from tests.whatif.test_wrong_plans import HEADING, A, B
from zxsim.report.labels import LABELS
from zxsim.sheets.plan_headings import HEADINGS
from zxsim.sheets.plan_names import PlanNames
from zxsim.sheets.plan_sheet import PlanSheet, read_plan

SMALL_NAMES = PlanNames(loaded(SMALL))
A21, B21 = ("A", "v1", "city", 2021), ("B", "v1", "city", 2021)


def cells(sheet: PlanSheet) -> Amounts:
    """Units by cell."""
    return {(p, v, f, y): n for p, v, f, y, n, _, _ in sheet.cells.iter_rows()}


def test_headings_of_exports_are_known_in_both_languages() -> None:
    """Whatever an export writes above a column of a plan, a plan may be read by."""
    for column, known in HEADINGS.items():
        for words in LABELS[column]:
            plain = words.replace("（", "(").replace("）", ")")
            assert plain.casefold() in [word.casefold() for word in known]


def test_numbers_as_people_type_them(tmp_path: Path) -> None:
    """Thousands separators, full-width digits, text, a unit in the cell, an empty cell; names for ids."""
    rows = [
        ["A", "", "", "", "", "市级资金", "２０２１年", '"1,200.5"'],
        ["B", "", "", "西村", "", "city", "2021", "１２．３０"],
        ["", "B", "v1", "", "", "city", "2022", "7 万元"],
        ["C", "", "", "", "", "city", "2022", ""],
    ]
    found = read_plan(write_csv(tmp_path / "a.csv", rows), SMALL_NAMES)
    assert cells(found) == {
        A21: 120050,
        ("B", "v2", "city", 2021): 1230,
        ("B", "v1", "city", 2022): 700,
        ("C", "v2", "city", 2022): 0,
    }
    assert found.cells["cell"].to_list() == ["H2", "H3", "H4", "H5"]


def _line(word: str, amount: Cell = "") -> list[Cell]:
    return [word, "", "", "", "", "", "", amount]


@pytest.mark.parametrize(
    "rows",
    [
        [
            _line("一、产业"),
            A,
            _line("小计", 40),
            B,
            _line("东镇合计", "20.00"),
            _line("合 计", 60),
            _line("注：万元"),
        ],
        [_line("合计", 60), _line("产业小计", 40), A, _line("Subtotal", 20), B, _line("Total")],
    ],
    ids=["below", "above"],
)
def test_totals_are_read_over_and_notes_are_no_rows(rows: list[list[Cell]], tmp_path: Path) -> None:
    """Subtotals above or below their rows, a total, a note at the end: only the money counts."""
    path = tmp_path / "a.xlsx"
    draw_workbook(path, [Drawn([["标题"], HEADING, *rows])])
    assert cells(read_plan(path, SMALL_NAMES)) == {A21: 4000, B21: 2000}


def test_ids_merged_downwards_stand_in_every_row(tmp_path: Path) -> None:
    """A project merged over its years is that project in each of them."""
    second: list[Cell] = ["", "", "", "", "", "city", 2022, 5]
    path = tmp_path / "a.xlsx"
    merged = [f"{column}2:{column}3" for column in "ABCDE"]
    draw_workbook(path, [Drawn([HEADING, A, second], merged)])
    assert cells(read_plan(path, SMALL_NAMES)) == {A21: 4000, ("A", "v1", "city", 2022): 500}


def test_hidden_rows_count_and_are_told(tmp_path: Path) -> None:
    """A row that nobody sees is money all the same."""
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet("allocation")
    for at, row in enumerate([HEADING, A, B]):
        sheet.write_row(at, 0, row)
    sheet.set_row(2, None, None, {"hidden": True})
    book.close()
    found = read_plan(tmp_path / "a.xlsx", SMALL_NAMES)
    assert cells(found) == {A21: 4000, B21: 2000}
    (told,) = found.warnings
    assert told.code == "plan_hidden_rows"
    assert told.fields == {"rows": [3], "amount": "20.00"}


def test_rows_that_the_scenario_has_no_place_for_are_strangers_where_asked(tmp_path: Path) -> None:
    """To stay near a plan, unknown rows are listed; other faults stay faults, categories may have changed."""
    rows = [["Z", "", "v1", "", "", "city", 2021, 9], ["A", "", "v1", "", "旧类别", "city", 2021, 40]]
    found = read_plan(write_csv(tmp_path / "a.csv", rows), SMALL_NAMES, strict=False)
    assert cells(found) == {A21: 4000}
    (stranger,) = found.strangers
    assert stranger.texts == ("Z", "v1", "city", "2021")
    assert (stranger.units, stranger.reason.code) == (900, "plan_project_unknown")


def test_columns_of_a_plan_are_those_of_the_scenario_where_it_keeps_to_them() -> None:
    """Only money where none may be brings columns of its own."""
    found = loaded(SMALL)
    plan = evaluated(found, {A21: 4000})
    assert plan.given.loaded is found
    assert not len(plan.given.misplaced)
    assert amounts(plan.plan) == {A21: 4000}
    strange = evaluated(found, {("B", "v2", "town", 2021): 100})
    assert len(strange.given.units) == len(found.layout) + 1
    assert strange.given.cell[int(strange.given.misplaced[0])] == "B-v2-town-2021"


def test_names_beside_other_ids_and_a_table_without_rows_are_told(tmp_path: Path) -> None:
    """Sorting a part of the columns leaves other names beside the ids: the ids count, and it is said."""
    swapped = [[*A[:1], "B", *A[2:]], [*B[:1], "A", *B[2:]]]
    found = read_plan(write_csv(tmp_path / "a.csv", swapped), SMALL_NAMES)
    assert cells(found) == {A21: 4000, B21: 2000}
    assert [(one.code, one.fields["count"], one.line) for one in found.warnings] == [
        ("plan_name_of_another", 2, 2)
    ]
    assert not read_plan(write_csv(tmp_path / "b.csv", [A, B]), SMALL_NAMES).warnings
    empty = read_plan(write_csv(tmp_path / "c.csv", []), SMALL_NAMES)
    assert [one.code for one in empty.warnings] == ["plan_without_rows"]
