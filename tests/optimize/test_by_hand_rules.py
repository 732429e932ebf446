"""Rule kinds worked out by hand: what each row asks, and what the plan does about it."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.scenarios import VILLAGE, Case, amounts, block_of, by_project, fund, loaded, planned, project
from zxsim.optimize.build import build
from zxsim.runs.tables import rules

INDUSTRY, BUILDING, OTHER = "产业发展", "乡村建设行动", "其他"
TREE = [
    {"id": "t", "name": "t", "level": "town", "population": 1000},
    {**VILLAGE, "id": "a", "parent": "t", "population": 333},
    {**VILLAGE, "id": "b", "parent": "t", "population": 100},
]


def shown(case: Case, *columns: str) -> list[tuple[object, ...]]:
    """Columns of the rows of rule r in the table of the plan."""
    return rules(planned(case)).filter(rule="r").select(columns).rows()


def test_a_standard_per_head_is_rounded_up_to_a_whole_unit_for_each_place() -> None:
    """333 · 10.01 = 3333.33 yuan = 0.333333 万元, so 0.34; 100 · 10.01 = 1001 yuan, so 0.11."""
    standard = {"kind": "per_capita_standard", "each": "village", "standard_yuan": 10.01, "per": "period"}
    case = Case(
        {"f": fund(5)},
        [project("A", 9, place="a"), project("B", 9, place="b"), project("T", 99, place="t", benefit=99)],
        years=(2021, 2022),
        places=TREE,
        rules={"r": standard},
    )
    assert shown(case, "scope", "year", "lhs", "rhs", "unit", "binding") == [
        ("a", None, 0.34, 0.34, "wan", True),
        ("b", None, 0.11, 0.11, "wan", True),
    ]


def test_a_stated_use_counts_categories_and_projects_and_is_rounded_up() -> None:
    """0.5 of 33.33 万元 is 16.665, so 16.67; I (industry) and the named K are the use, H is worth more."""
    use = {"kind": "income_use", "funds": ["f"], "categories": [INDUSTRY], "projects": ["K"]}
    case = Case(
        {"f": fund(33.33)},
        [
            project("I", 10, benefit=2),
            project("K", 40, BUILDING, benefit=4),
            project("H", 90, BUILDING, benefit=90),
        ],
        rules={"r": {**use, "at_least": 0.5}},
    )
    plan = planned(case)
    assert by_project(plan) == {"I": 1000, "K": 667, "H": 1666}
    row = rules(plan).filter(rule="r").row(0, named=True)
    assert (row["lhs"], row["rhs"]) == pytest.approx((16.67 / 33.33, 0.5))
    assert (row["unit"], row["numerator"], row["denominator"]) == ("share", "spent_on_uses", "held_by_funds")


def test_a_use_over_the_period_may_be_made_up_for_in_a_later_year() -> None:
    """30 of 60 万元 go to I, which can be paid in the second year alone."""
    use = {"kind": "income_use", "funds": ["f"], "projects": ["I"], "at_least": 0.5, "per": "period"}
    case = Case(
        {"f": fund(30)},
        [project("I", 50, first_year=2022), project("H", 90, BUILDING, benefit=90)],
        years=(2021, 2022),
        rules={"r": use},
    )
    assert amounts(planned(case)) == {("I", "v", "f", 2022): 3000, ("H", "v", "f", 2021): 3000}
    assert shown(case, "year", "since", "denominator") == [(None, None, "held_in_period")]


KEY: Mapping[str, Any] = {"kind": "priority", "funds": ["f"], "projects": ["P", "Q"]}
QUEUE = Case(
    {"f": fund({2021: 50, 2022: 50, 2023: 20})},
    [
        project("P", 60),
        project("Q", 30, BUILDING, first_year=2023),
        project("H", 90, BUILDING, benefit=180),
    ],
    years=(2021, 2023),
    rules={"r": KEY},
)


def test_key_projects_take_the_money_first_until_they_have_all_they_can_take() -> None:
    """D = 60, 60, 90 and M = 50, 50, 20, so R = 50, 60, 80.

    2021: all 50 to P. 2022: P is finished (60 by then), 40 are free for H. 2023: R < D, all 20 to Q.
    """
    assert amounts(planned(QUEUE)) == {
        ("P", "v", "f", 2021): 5000,
        ("P", "v", "f", 2022): 1000,
        ("H", "v", "f", 2022): 4000,
        ("Q", "v", "f", 2023): 2000,
    }
    assert sorted(shown(QUEUE, "year", "since", "lhs", "rhs", "tier", "slack")) == [
        (2021, None, 50, 50, 2, 0),
        (2022, 2021, 60, 60, 2, 0),
        (2023, None, 20, 20, 2, 0),
    ]


def test_money_of_any_fund_finishes_a_key_project() -> None:
    """With 10 of its 60 from g, P leaves 50 of 2022 to H; 2021 still goes to P alone."""
    funds = {**QUEUE.funds, "g": fund({2022: 10}, not_categories=[BUILDING])}
    paid = amounts(planned(QUEUE.but(funds=funds)))
    assert paid["P", "v", "g", 2022] == 1000
    assert paid["H", "v", "f", 2022] == 5000


def test_a_priority_that_must_be_kept_is_no_soft_rule() -> None:
    """``soft = false`` takes the default tier away."""
    hard = QUEUE.but(rules={"r": {**KEY, "soft": False}})
    assert {tier for (tier,) in shown(hard, "tier")} == {None}
    assert "short(rule,r,2021)" not in planned(hard).model.program.column_names()


BAND: Mapping[str, Any] = {"kind": "balance", "each": "village", "band": 0.5}
PAIR = Case(
    {"f": fund(80)},
    [
        project("A", 100, place="a", benefit=200),
        project("B", 100, place="b", benefit=100),
    ],
    places=[{**VILLAGE, "id": "a", "population": 100}, {**VILLAGE, "id": "b", "population": 300}],
    rules={"r": BAND},
)


def test_money_per_head_stays_within_a_band_of_the_mean() -> None:
    """80 万元 for 400 heads: mean 0.2 a head. a may have 0.3 a head, 30; b gets 50, 0.1667 a head."""
    assert by_project(planned(PAIR)) == {"A": 3000, "B": 5000}
    rows = rules(planned(PAIR)).filter(rule="r").select("scope", "relation", "lhs", "rhs", "binding").rows()
    assert [(place, relation, binding) for place, relation, _, _, binding in rows] == [
        ("a", ">=", False),
        ("b", ">=", False),
        ("a", "<=", True),
        ("b", "<=", False),
    ]
    assert [left for _, _, left, _, _ in rows] == pytest.approx([1.5, 5 / 6, 1.5, 5 / 6])
    assert [right for _, _, _, right, _ in rows] == [0.5, 0.5, 1.5, 1.5]


def test_the_mean_moves_with_the_money_spent_and_nothing_is_shown_where_none_is() -> None:
    """B may have 6 only: the mean is (x + 6)/400, so x ≤ 1.5 · 100 · (x + 6)/400, x ≤ 3.6. 2022 is empty."""
    case = PAIR.but(
        projects=[project("A", 100, place="a", benefit=200), project("B", 6, place="b", benefit=1)],
        years=(2021, 2022),
        funds={"f": fund({2021: 80})},
    )
    assert by_project(planned(case)) == {"A": 360, "B": 600}
    later = [row for row in shown(case, "year", "lhs", "slack", "binding") if row[0] == 2022]
    assert later == [(2022, None, None, False)] * 4


def test_an_average_is_one_column_a_year_and_not_written_out_in_every_row() -> None:
    """250 villages with 8 projects and 5 years: 10,000 money columns, 2,500 rows of balance.

    Written out, each row would hold all 2,000 columns of its year: 5 million nonzeros. With a column a
    year: 10,000 in budgets and as many in costs, as many in defining rows (and 5), and in each of the two
    sides 10,000 and 1,250 on the sums: 52,505.
    """
    villages = [f"v{n:03}" for n in range(250)]
    case = Case(
        {"f": fund(1000)},
        [project(f"{place}p{n}", 50, place=place, benefit=n) for place in villages for n in range(8)],
        years=(2021, 2025),
        places=[{**VILLAGE, "id": place, "population": 100 + n} for n, place in enumerate(villages)],
        rules={"r": {**BAND, "band": 0.2}},
    )
    found = loaded(case)
    model = build(found.spec, found.layout)
    assert len(found.layout) == 10_000
    assert model.program.matrix.nnz == 3 * 10_000 + 5 + 2 * (10_000 + 1_250)


def test_payments_must_keep_up_with_the_money_held_so_far() -> None:
    """M = 50, 30: by 2021 at least 0.6 · 50 = 30, by 2022 at least 0.9 · 80 = 72; only H is worth it, 80."""
    case = Case(
        {"f": fund({2021: 50, 2022: 30})},
        [project("H", 90, benefit=90, first_year=2022), project("K", 90)],
        years=(2021, 2022),
        rules={"r": {"kind": "payment_progress", "shares": {2021: 0.6, 2022: 0.9}}},
    )
    plan = planned(case)
    assert by_project(plan) == {"H": 3000, "K": 5000}
    assert shown(case, "year", "since", "lhs", "rhs") == [(2021, None, 1, 0.6), (2022, 2021, 1, 0.9)]
    block, layout = block_of(case), loaded(case).layout
    labels = ["payment_progress(r,2021)", "payment_progress(r,2021..2022)"]
    assert [block.label(layout, i) for i in range(len(block))] == labels


def test_progress_counts_from_the_first_year_of_the_rule_and_by_earmarked_place() -> None:
    """From 2022 on, 0.5 of (20 + 20) by 2023 in each village; 2021 does not count.

    A takes all 60 of a. B costs 25 and would take 20 in 2021 (the earlier the better), but 20 must wait.
    """
    progress = {"kind": "payment_progress", "each": "village", "years": [2022, 2023], "shares": {2023: 0.5}}
    case = Case(
        {"f": fund(20, per_place=["a", "b"])},
        [project("A", 90, place="a", benefit=9), project("B", 25, place="b", benefit=2)],
        years=(2021, 2023),
        places=PAIR.places,
        rules={"r": progress},
    )
    assert shown(case, "scope", "year", "since", "rhs", "slack") == [
        ("a", 2023, 2022, 0.5, 0.5),
        ("b", 2023, 2022, 0.5, 0),
    ]
    assert amounts(planned(case))["B", "b", "f", 2021] == 500
