"""Rules on counts, heads, uses, priorities, bands and progress against figures worked out by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.verify.handmade import Handmade, heard
from zxsim.verify import verify
from zxsim.verify.allocation import check_rows
from zxsim.verify.inputs import read_inputs
from zxsim.verify.reading import text_table
from zxsim.verify.rule_checks import judged

SCOPE = 'funds = ["city"]\nyears = [2021, 2024]\n'

COUNT = Handmade(
    paid="P1,甲,city,2021,40 P2,乙,city,2021,29.99 P3,甲,city,2022,10 P3,乙,city,2023,10",
    records=f'[rule.n]\nkind = "project_count"\n{SCOPE}places = ["甲", "镇"]\nat_least = 2\n'
    'already = "leading_industries"\n',
    rules="n,project_count,甲,,,3,>=,2,1,false,count,,,,\nn,project_count,镇,,,2,>=,2,0,true,count,,,,\n",
)
"""甲 has one industry, P1 and P3 (also in 甲) are paid in full, P2 is 0.01 short; 镇 has no industry."""

CAP = Handmade(
    paid="P1,甲,city,2021,0.01 P3,乙,city,2022,10",
    records='[rule.n]\nkind = "project_count"\nfunds = ["city"]\nyears = [2022, 2024]\nat_most = 3\n'
    'already = "leading_industries"\ncategories = ["乡村建设行动"]\nsoft = { tier = 2, weight = 1 }\n',
    rules="n,project_count,,,,3,<=,3,0,true,count,,,2,\n",
)
"""Of 乡村建设行动 only P3 has money; the top place 县 has two industries of its own."""

HEADS = Handmade(
    paid="P1,甲,city,2021,0.34 P2,乙,city,2023,0.67",
    records=f'[rule.h]\nkind = "per_capita_standard"\n{SCOPE}places = ["甲", "乙"]\nstandard_yuan = 33.31\n'
    'heads = "population"\nper = "period"\nclause = "C-1"\n',
    rules="h,per_capita_standard,甲,,,0.34,>=,0.34,0,true,wan,,,,C-1\n"
    "h,per_capita_standard,乙,,,0.67,>=,0.67,0,true,wan,,,,C-1\n",
)
"""100 · 33.31 yuan = 0.3331 万元 and 200 · 33.31 = 0.6662, both rounded up."""

USE = Handmade(
    paid="P1,甲,city,2021,3.34 P4,镇,city,2021,50 P3,甲,city,2023,3.34",
    held=(100, 0, 10.01, 0),
    records='[rule.u]\nkind = "income_use"\nfunds = ["city"]\nyears = [2021, 2023]\nat_least = 0.333\n'
    'per = "year"\ncategories = ["产业发展"]\nprojects = ["P3", "P4"]\n',
    rules="u,income_use,,,2021,0.5334,>=,0.333,0.2004,false,share,spent_on_uses,held_by_funds,,\n"
    f"u,income_use,,,2023,{3.34 / 10.01},>=,0.333,{3.34 / 10.01 - 0.333},true,share,spent_on_uses,"
    "held_by_funds,,\n",
)
"""In 2023 0.333 · 10.01 = 3.33333, rounded up to 3.34, is needed; 2022 has no money."""

FIRST = Handmade(
    paid="P1,甲,city,2021,25 P1,甲,city,2022,15 P2,乙,city,2022,10 P2,乙,city,2023,20 P4,镇,city,2024,5",
    held=(25, 25, 35, 5),
    records=f'[rule.p]\nkind = "priority"\n{SCOPE}categories = ["产业发展"]\n'
    "soft = { tier = 2, weight = 1 }\n",
    rules="p,priority,,,2021,25,>=,25,0,true,wan,,,2,\np,priority,,,2022,25,>=,25,0,true,wan,,,2,\n"
    "p,priority,,2021,2023,70,>=,70,0,true,wan,,,2,\np,priority,,2021,2024,70,>=,70,0,true,wan,,,2,\n",
)
"""Key projects cost 70: 25 and 25 are short of it and go to them alone, from 2023 on all is paid."""

BAND = Handmade(
    paid="P1,甲,city,2021,8 P2,乙,city,2021,22 P4,镇,city,2021,50",
    records='[rule.b]\nkind = "balance"\nfunds = ["city"]\nyears = [2021, 2022]\nplaces = ["甲", "乙"]\n'
    'band = 0.2\nheads = "population"\nper = "year"\n',
    rules="".join(
        f"b,balance,{place},,{year},{left},{relation},{right},{slack},{binding},share,money_per_head,mean_per_head,,\n"
        for year, place, left, relation, right, slack, binding in [
            (2021, "甲", 0.8, ">=", 0.8, 0, "true"),
            (2021, "甲", 0.8, "<=", 1.2, 0.4, "false"),
            (2021, "乙", 1.1, ">=", 0.8, 0.3, "false"),
            (2021, "乙", 1.1, "<=", 1.2, 0.1, "false"),
            (2022, "甲", "", ">=", 0.8, "", "false"),
            (2022, "甲", "", "<=", 1.2, "", "false"),
            (2022, "乙", "", ">=", 0.8, "", "false"),
            (2022, "乙", "", "<=", 1.2, "", "false"),
        ]
    ),
)
"""30 万元 for 300 heads are 0.1 each: 甲 with 0.08 is at 80 %, 乙 with 0.11 at 110 %."""

PROGRESS = Handmade(
    paid="P1,甲,city,2022,30 P2,乙,city,2023,30 P4,镇,city,2024,50",
    held=(100, 50, 50, 50),
    records='[rule.g]\nkind = "payment_progress"\nfunds = ["city"]\nyears = [2022, 2024]\n'
    "shares = { 2022 = 0.6, 2023 = 0.6, 2024 = 0.7333 }\n",
    rules="".join(
        f"g,payment_progress,,{since},{year},{left},>=,{right},{left - right},{binding},share,spent_until,"
        "held_until,,\n"
        for since, year, left, right, binding in [
            ("", 2022, 0.6, 0.6, "true"),
            (2022, 2023, 0.6, 0.6, "true"),
            (2022, 2024, 110 / 150, 0.7333, "true"),
        ]
    ),
)
"""The money of 2021 is not counted; 0.7333 · 150 = 109.995 is rounded up to 110.00."""


@pytest.mark.parametrize(
    "run",
    [COUNT, CAP, HEADS, USE, FIRST, BAND, PROGRESS],
    ids=["count", "cap", "heads", "use", "first", "band", "progress"],
)
def test_rule_that_is_kept_passes_with_its_figures(run: Handmade, tmp_path: Path) -> None:
    """Rows worked out by hand are those that verify expects."""
    assert heard(tmp_path / "run", run) == []


@pytest.mark.parametrize(
    ("run", "paid", "address", "expected", "found"),
    [
        (COUNT, ("P3,乙,city,2023,10", ""), "[rule.n] 镇", ">= 2", "1"),
        (CAP, ("P3", "P4,镇,city,2023,0.01 P3"), "[rule.n]", "<= 3", "4"),
        (HEADS, ("2023,0.67", "2023,0.66"), "[rule.h] 乙", ">= 0.67", "0.66"),
        (USE, ("2023,3.34", "2023,3.33"), "[rule.u] 2023", ">= 0.333", "0.332667332667"),
        (FIRST, ("2022,10", "2022,9.99"), "[rule.p] 2022", ">= 25.00", "24.99"),
        (FIRST, ("2023,20", "2023,19.99"), "[rule.p] 2021-2023", ">= 70.00", "69.99"),
        (BAND, ("2021,8", "2021,7.99"), "[rule.b] 甲 2021", ">= 0.8", "0.799266422141"),
        (BAND, ("2021,8", "2021,2"), "[rule.b] 乙 2021", "<= 1.2", "1.375"),
        (PROGRESS, ("2024,50", "2024,49.99"), "[rule.g] 2022-2024", ">= 0.7333", "0.733266666667"),
    ],
)
def test_hard_rule_one_step_short_is_caught_and_soft_one_is_not(
    run: Handmade, paid: tuple[str, str], address: str, expected: str, found: str, tmp_path: Path
) -> None:
    """The message names the row with both sides; the same breach of a soft rule is allowed."""
    spoiled = run.paid.replace(*paid)
    records = run.records.replace("soft = { tier = 2, weight = 1 }\n", "")
    messages = heard(tmp_path / "hard", run, paid=spoiled, records=records)
    assert ("verify_rule", address, expected, found) in messages
    assert messages == heard(tmp_path / "said", run, paid=spoiled, records=f"{records}\nsoft = false\n")
    soft = f"{records}\nsoft = {{ tier = 3, weight = 1 }}\n"
    assert heard(tmp_path / "soft", run, paid=spoiled, records=soft) == []


def test_soft_rule_is_reported_with_negative_room_and_its_tier(tmp_path: Path) -> None:
    """A breach that its tier pays for stands in rules.csv, and the figures are compared."""
    records = HEADS.records + "soft = { tier = 3, weight = 2 }\n"
    rules = HEADS.rules.replace("wan,,,,", "wan,,,3,").replace(
        "0.67,>=,0.67,0,true", "0.5,>=,0.67,-0.17,true"
    )
    run = replace(HEADS, records=records, rules=rules, paid=HEADS.paid.replace("0.67", "0.50"))
    assert heard(tmp_path / "run", run) == []
    wrong = verify(replace(run, rules=rules.replace(",3,C", ",2,C")).write(tmp_path / "wrong"))
    assert {(m.code, m.address) for m in wrong} == {
        ("verify_figure", "[rule.h] 甲 tier"),
        ("verify_figure", "[rule.h] 乙 tier"),
    }


def rows_of(folder: Path, run: Handmade) -> list[tuple[str, int | None, int | None, float, float]]:
    """Place, since, year and both sides of the rows of the rules."""
    run.write(folder)
    inputs = read_inputs(folder, [])
    assert inputs is not None
    plan = check_rows(text_table((folder / "allocation.csv").read_bytes()), inputs, [])
    assert plan is not None
    found = [verdict.rows for verdict in judged(inputs, plan, [])]
    rows = [
        zip(
            row.cells.place,
            row.cells.since,
            row.cells.year,
            row.left.floats(),
            row.right.floats(),
            strict=True,
        )
        for row in found
        if row is not None and row.kind != "budget"
    ]
    return [cells for row in rows for cells in row]


def test_priority_asks_only_for_what_its_funds_may_pay_by_then(tmp_path: Path) -> None:
    """P1 is never eligible, P2 not before 2023: the key projects are P3 of 20 in 2022, then 50."""
    projects = "P1,甲,产业发展,40,,,,,,4\nP2,乙,产业发展,30,,,,,,3\nP3,甲,产业发展,20,,,,,,2\n"
    records = (
        f'[rule.p]\nkind = "priority"\n{SCOPE}projects = ["P1", "P2", "P3"]\n'
        '[rule.e1]\nkind = "eligibility"\nfunds = ["city"]\nyears = [2021, 2022]\nwhere = { posts = ["2"] }\n'
        '[rule.e2]\nkind = "eligibility"\nfunds = ["city"]\nyears = [2021, 2024]\n'
        'where = { posts = ["2", "3"] }\n'
    )
    run = Handmade(paid="P3,甲,city,2022,20", records=records, projects=projects, held=(0, 30, 0, 30))
    rows = rows_of(tmp_path / "run", run)
    assert rows == [("", 2021, 2022, 20.0, 20.0), ("", 2021, 2024, 20.0, 50.0)]


def test_priority_sees_money_that_is_carried_over(tmp_path: Path) -> None:
    """P1 is eligible in 2022 only, when money of 2021 may be kept for it: in 2023 it is still wanted."""
    projects = "P1,甲,产业发展,40,,,,,,4\nP2,甲,产业发展,5,,,,,,4\n"
    records = (
        f'[rule.p]\nkind = "priority"\n{SCOPE}projects = ["P1"]\n'
        '[rule.e]\nkind = "eligibility"\nfunds = ["city"]\nyears = [2021, 2021]\nwhere = { posts = ["9"] }\n'
        '[rule.f]\nkind = "eligibility"\nfunds = ["city"]\nyears = [2023, 2024]\nwhere = { posts = ["9"] }\n'
    )
    run = Handmade(paid="", records=records, projects=projects, held=(30, 0, 20, 0), fund="carry_over = 1")
    assert rows_of(tmp_path / "run", run) == [("", None, 2021, 0.0, 0.0), ("", None, 2023, 0.0, 20.0)]
    without = replace(run, fund="carry_over = 0")
    assert rows_of(tmp_path / "without", without)[1] == ("", 2021, 2023, 0.0, 0.0)


def test_period_and_year_are_two_readings_of_a_use(tmp_path: Path) -> None:
    """Over the period 10 of 40 is a quarter; years without money do not count."""
    records = f'[rule.u]\nkind = "income_use"\n{SCOPE}at_least = 0.2\nper = "period"\nprojects = ["P1"]\n'
    run = Handmade(paid="P1,甲,city,2022,10", records=records, held=(0, 20, 20, 0))
    assert rows_of(tmp_path / "run", run) == [("", None, None, 0.25, 0.2)]


def test_numeric_column_says_what_a_place_has_already(tmp_path: Path) -> None:
    """镇 has 30, 甲 10; an empty cell is none, and for all together the top place speaks."""
    for places, counts in (('places = ["镇", "甲", "乙"]', [31, 11, 0]), ("", [1])):
        records = f'[rule.n]\nkind = "project_count"\n{SCOPE}{places}\nat_least = 1\nalready = "poor"\n'
        run = Handmade(paid="P1,甲,city,2021,40", records=records)
        assert [row[3] for row in rows_of(tmp_path / str(len(counts)), run)] == counts


def test_project_with_a_least_amount_counts_from_there(tmp_path: Path) -> None:
    """P1 costs 40, and is of use from 12.345 on, rounded up to 12.35."""
    projects = "P1,甲,产业发展,40,,12.345,,,,4\n"
    records = f'[rule.n]\nkind = "project_count"\n{SCOPE}at_least = 1\n'
    for amount, count in (("12.35", 1), ("12.34", 0)):
        run = Handmade(paid=f"P1,甲,city,2021,{amount}", records=records, projects=projects)
        assert rows_of(tmp_path / amount, run) == [("", None, None, count, 1)]
