"""All-or-nothing, outlays, minima, links, commitments and money carried over, in runs written by hand."""

from pathlib import Path

import pytest

from tests.verify.handmade import Handmade, heard

LIBRARY = """\
W,甲:0.5;乙:0.5,产业发展,20.01,whole,,,,,
F,甲:0.5;乙:0.5,产业发展,30.01,fixed,,,,2022:10.005;2023:20,
R,镇,产业发展,15,fixed,,,,10;5,
E,镇,产业发展,8,fixed,,,,,
M,甲,产业发展,40,,9.991,,,,
A,乙,产业发展,12,,,W;M,,,
X,乙,产业发展,7,,,,A,,
"""
KEPT = Handmade(
    paid="W,乙,city,2021,10 W,乙,city,2024,0.01 W,甲,city,2022,10 "
    "F,乙,city,2022,10.01 F,乙,city,2023,5 F,甲,city,2023,15 "
    "R,镇,city,2023,10 R,镇,city,2024,5 E,镇,city,2022,8 M,甲,city,2021,10 A,乙,city,2021,0.01",
    projects=LIBRARY,
)


def test_modes_minima_and_links_that_are_kept_pass(tmp_path: Path) -> None:
    """The parts of W in 甲 and 乙 cost 10.00 and 10.01; 10.005 of F is rounded up; M needs 10.00."""
    assert heard(tmp_path / "run", KEPT) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("W,甲,city,2022,10 ", "", ("verify_whole", "W 甲", "0.00 | 10.00", "0.00")),
        ("W,乙,city,2024,0.01 ", "", ("verify_whole", "W 乙", "0.00 | 10.01", "10.00")),
        ("2021,10 W,乙", "2021,10.01 W,乙", ("verify_cost", "W 乙", "<= 10.01", "10.02")),
        (
            "2022,10.01 F,乙,city,2023,5 ",
            "2022,10 F,乙,city,2023,5.01 ",
            ("verify_outlay", "F", "2022:10.01;2023:20.00", "2022:10.00;2023:20.01"),
        ),
        ("R,镇,city,2024,5", "", ("verify_outlay", "R", "2023:10.00;2024:5.00", "2023:10.00")),
        (
            "R,镇,city,2023,10",
            "R,镇,city,2022,10",
            ("verify_outlay", "R", "2022:10.00;2023:5.00", "2022:10.00;2024:5.00"),
        ),
        (
            "E,镇,city,2022,8",
            "E,镇,city,2022,5 E,镇,city,2023,3",
            ("verify_outlay", "E", "2022:8.00", "2022:5.00;2023:3.00"),
        ),
        ("M,甲,city,2021,10", "M,甲,city,2021,9.99", ("verify_minimum", "M", "0.00 | >= 10.00", "9.99")),
        ("M,甲,city,2021,10 ", "", ("verify_requires", "A requires M", ">= 10.00", "0.00")),
        ("W,甲,city,2022,10", "W,甲,city,2022,9", ("verify_requires", "A requires W", ">= 20.01", "19.01")),
        ("2021,0.01", "2021,0.01 X,乙,city,2021,3", ("verify_excludes", "A 0.01 excludes X", "0.00", "3.00")),
    ],
)
def test_each_breach_is_named(
    before: str, after: str, message: tuple[str, str, str, str], tmp_path: Path
) -> None:
    """One message says what was expected, what was found and of which project."""
    assert before in KEPT.paid
    messages = heard(tmp_path / "run", KEPT, paid=KEPT.paid.replace(before, after))
    assert messages.count(message) == 1


def test_exclusion_is_symmetric_and_one_message_a_pair(tmp_path: Path) -> None:
    """It does not matter which of two projects names the other, nor whether both do."""
    paid = KEPT.paid.replace("A,", "X,") + " A,乙,city,2024,1"
    for number, library in enumerate((KEPT.projects, KEPT.projects.replace(",W;M,,,", ",W;M,X,,"))):
        found = heard(tmp_path / str(number), KEPT, paid=paid, projects=library)
        assert found == [("verify_excludes", "A 1.00 excludes X", "0.00", "0.01")]


@pytest.mark.parametrize(
    ("before", "after"),
    [(",W;M,", ",W;Q,"), (",,A,,", ",,Q,,"), ("10;5", "10;6"), ("9.991", "much")],
)
def test_library_that_makes_no_sense_is_a_message(before: str, after: str, tmp_path: Path) -> None:
    """Unknown ids, or an outlay that is not the cost, are said and never raised."""
    paid = KEPT.paid + " X,乙,city,2021,3"
    found = heard(tmp_path / "run", KEPT, paid=paid, projects=KEPT.projects.replace(before, after))
    assert "verify_file_unreadable" in {code for code, *_ in found}


PROMISED = Handmade(
    paid="P1,甲,city,2021,5 P1,甲,city,2022,3 P3,乙,city,2023,4.5",
    commitments="P1,甲,city,2021,5\nP1,甲,city,2022,3\nP3,乙,city,2023,4.01\n",
    head="decided_through = 2022",
)


def test_commitments_that_are_kept_pass(tmp_path: Path) -> None:
    """Decided years are as they were, and after them there may be more than was promised."""
    assert heard(tmp_path / "run", PROMISED) == []
    assert heard(tmp_path / "none", Handmade(paid="P1,甲,city,2021,5")) == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("2023,4.5", "2023,4", ("verify_commitment", "P3 乙 city 2023", ">= 4.01", "4.00")),
        (" P3,乙,city,2023,4.5", "", ("verify_commitment", "P3 乙 city 2023", ">= 4.01", "0.00")),
        ("2022,3", "2022,3.01", ("verify_decided", "P1 甲 city 2022", "= 3.00", "3.01")),
        ("2021,5", "2021,4.99", ("verify_decided", "P1 甲 city 2021", "= 5.00", "4.99")),
        ("2021,5", "2021,5 P2,乙,city,2021,1", ("verify_decided", "P2 乙 city 2021", "= 0.00", "1.00")),
    ],
)
def test_each_broken_promise_is_named(
    before: str, after: str, message: tuple[str, str, str, str], tmp_path: Path
) -> None:
    """A promise is a floor, a decided year an equation, with its cell as the address."""
    assert heard(tmp_path / "run", PROMISED, paid=PROMISED.paid.replace(before, after)) == [message]


def test_without_decided_years_commitments_are_floors(tmp_path: Path) -> None:
    """More than was promised is fine in any year."""
    paid = PROMISED.paid.replace("2021,5", "2021,6 P2,乙,city,2021,1")
    assert heard(tmp_path / "run", PROMISED, paid=paid, head="") == []


@pytest.mark.parametrize("text", ["P1,甲,city,2021,5.001\n", "P1,甲,city,2021,5\n" * 2, "P1,甲,city,now,5\n"])
def test_commitments_that_make_no_sense_are_a_message(text: str, tmp_path: Path) -> None:
    """Amounts are whole 0.01, and a cell stands once."""
    found = heard(tmp_path / "run", PROMISED, commitments=text)
    assert [code for code, *_ in found] == ["verify_file_unreadable"]


def budget(since: object, year: int, spent: float, held: float) -> str:
    """Write a row of the budget of the fund."""
    bound = "true" if held - spent < 0.011 else "false"
    return f"city,budget,,{since},{year},{spent},<=,{held},{held - spent},{bound},wan,,,,\n"


CARRIED = Handmade(
    paid="P1,甲,city,2021,4 P1,甲,city,2022,6 P2,乙,city,2024,20",
    held=(10, 0, 20, 0),
    fund="carry_over = 1",
    budgets=False,
    rules=budget("", 2021, 4, 10)
    + budget(2021, 2022, 10, 10)
    + budget(2021, 2023, 10, 30)
    + budget(2021, 2024, 30, 30)
    + budget("", 2023, 0, 20)
    + budget(2023, 2024, 20, 20)
    + budget("", 2024, 20, 20),
)
"""One year carries over: 2022 lives on 2021, 2024 on 2023; rows from 2022 on say no more than from 2021."""


def test_budget_carries_money_over(tmp_path: Path) -> None:
    """Years without money of their own are shown where money is spent in them."""
    assert heard(tmp_path / "run", CARRIED) == []
    found = heard(tmp_path / "over", CARRIED, paid=CARRIED.paid.replace("2022,6", "2022,6.01"))
    assert found == [
        ("verify_budget", "[fund.city] 2021-2022", "<= 10.00", "10.01"),
        ("verify_budget", "[fund.city] 2021-2024", "<= 30.00", "30.01"),
    ]


def test_money_lapses_after_its_years(tmp_path: Path) -> None:
    """What 2021 left is gone in 2023: then and in 2024 no more than 20 can be spent."""
    found = heard(tmp_path / "run", CARRIED, paid="P1,甲,city,2023,10.01 P2,乙,city,2024,10")
    assert found == [("verify_budget", "[fund.city] 2023-2024", "<= 20.00", "20.01")]
