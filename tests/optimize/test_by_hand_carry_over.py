"""Money carried over, worked out by hand: when it may be spent, its rows, and what shares divide by."""

import pytest

from tests.scenarios import Case, amounts, fund, planned, project
from zxsim.errors import ConflictError
from zxsim.optimize.marginals import Marginal
from zxsim.runs.tables import roll_ups, rules

INDUSTRY, BUILDING = "产业发展", "乡村建设行动"
THREE = (2021, 2023)
VILLAGES = [{"id": p, "name": p, "level": "village"} for p in "ab"]


def later(first_year: int, carry_over: int) -> Case:
    """50 万元 of 2021 and a project that can be paid from some year on."""
    money = fund({2021: 50}, carry_over=carry_over)
    return Case({"f": money}, [project("A", 90, first_year=first_year, benefit=90)], years=THREE)


@pytest.mark.parametrize(
    ("first_year", "carry_over", "paid_in"),
    [(2021, 0, 2021), (2022, 0, None), (2022, 1, 2022), (2023, 1, None), (2023, 2, 2023)],
)
def test_money_is_spent_in_its_year_and_so_many_years_after(
    first_year: int, carry_over: int, paid_in: int | None
) -> None:
    """Carried over one year, the money of 2021 can be spent in 2022 and no more in 2023."""
    found = amounts(planned(later(first_year, carry_over)))
    assert found == ({} if paid_in is None else {("A", "v", "f", paid_in): 5000})


def test_the_rows_of_a_fund_carried_over_are_spans_of_years_and_none_says_what_another_says() -> None:
    """50, 30, 20 carried over a year.

    Until 2021 50, until 2022 80, until 2023 100; in 2023 alone the 30 of 2022 and its own 20. In 2022 alone
    the 50 and 30 of two years: implied by 80 until then, so left out; so is 2022 to 2023.
    """
    case = later(2022, 1).but(funds={"f": fund({2021: 50, 2022: 30, 2023: 20}, carry_over=1)})
    columns = ("since", "year", "lhs", "rhs", "binding")
    assert rules(planned(case)).select(columns).rows() == [
        (None, 2021, 0, 50, False),
        (2021, 2022, 80, 80, True),
        (2021, 2023, 90, 100, False),
        (None, 2023, 10, 50, False),
    ]


def test_earmarked_money_is_carried_over_at_its_own_place() -> None:
    """20 a year for each of a and b; A can be paid in 2022 alone and takes 40 of its 50, never b's."""
    case = Case(
        {"f": fund(20, per_place=["a", "b"], carry_over=1)},
        [
            project("A", 50, place="a", first_year=2022, benefit=90),
            project("B", 5, place="b", benefit=1, last_year=2021),
        ],
        years=(2021, 2022),
        places=VILLAGES,
    )
    plan = planned(case)
    assert amounts(plan) == {("A", "a", "f", 2022): 4000, ("B", "b", "f", 2021): 500}
    assert rules(plan).select("scope", "since", "year", "lhs", "rhs").rows() == [
        ("a", None, 2021, 0, 20),
        ("a", 2021, 2022, 40, 40),
        ("b", None, 2021, 5, 20),
        ("b", 2021, 2022, 5, 40),
    ]


GAP = Case(
    {"f": fund({2021: 100, 2023: 50}, carry_over=1)},
    [
        project("I", 35, INDUSTRY),
        project("H", 300, BUILDING, first_year=2022, last_year=2022, benefit=600),
    ],
    years=THREE,
    rules={"r": {"kind": "rising_share", "categories": [INDUSTRY], "start": 0.2, "step": 0.1}},
)


def test_a_rising_share_divides_by_the_money_of_its_year_not_by_what_is_spent_then() -> None:
    """100 in 2021 and 50 in 2023; all that H can have is carried from 2021 to 2022, a year without a row.

    2021: I ≥ 20 of 100. 2023: the share rises by 0.1 over 0.2, so I ≥ 0.3 · 50 = 15. Both are all of I's 35.
    """
    plan = planned(GAP)
    assert amounts(plan) == {
        ("I", "v", "f", 2021): 2000,
        ("H", "v", "f", 2022): 8000,
        ("I", "v", "f", 2023): 1500,
    }
    rows = rules(plan).filter(kind="rising_share").select("year", "lhs", "rhs").rows()
    assert rows == [(2021, 0.2, 0.2), (2023, 0.3, pytest.approx(0.3))]


def test_a_share_of_the_money_held_can_be_above_one_when_old_money_is_spent() -> None:
    """30 a year, all of it spent on I in 2022: 60 of the 30 that 2022 holds are a share of 2."""
    floor = {"kind": "category_share", "categories": [INDUSTRY], "at_least": 1, "years": [2022, 2022]}
    case = Case(
        {"f": fund(30, carry_over=1)},
        [project("I", 60, first_year=2022, benefit=1)],
        years=(2021, 2022),
        rules={"r": floor},
    )
    assert rules(planned(case)).filter(rule="r").select("lhs", "rhs").rows() == [(2, 1)]
    with pytest.raises(ConflictError):
        planned(case.but(rules={"r": {**floor, "years": [2021, 2022]}}))


def test_the_sums_of_a_fund_show_money_carried_into_a_year_without_any() -> None:
    """50 are held in 2021 and spent in 2022: 50 more left there, 50 fewer here."""
    by_fund = roll_ups(planned(later(2022, 1)))["by_fund"]
    assert by_fund.drop("fund_id").rows() == [(2021, 0, 50, 50), (2022, 50, 0, -50)]


def budget_values(case: Case) -> list[Marginal]:
    """Marginal values of the budgets of a case."""
    return [one for one in planned(case).marginals if one.kind == "budget"]


def test_one_more_wan_of_a_year_is_worth_what_it_can_pay_later() -> None:
    """A is worth 1 a 万元 and paid in 2022 from the money of 2021: that is where one more would come from."""
    (held,) = (one for one in budget_values(later(2022, 1)) if one.year == 2021)
    assert (held.step, held.gain, held.loss) == pytest.approx((1, 1, 1))
