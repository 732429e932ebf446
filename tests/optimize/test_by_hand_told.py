"""What a planner is told of choices, of what is decided and of money carried over, worked out by hand."""

from io import StringIO

import pytest
from rich.console import Console

from tests.optimize.test_by_hand_commitments import PAST, decided
from tests.optimize.test_by_hand_out_of_reach import TWO
from tests.scenarios import Case, fund, planned, project
from zxsim.optimize.plan import Plan
from zxsim.report.terminal import PlanScreen
from zxsim.report.wording import Language, sentence
from zxsim.runs.notices import notices

BUILDING = "乡村建设行动"
CHOICE = Case(
    {"f": fund(60)},
    [
        project("A", 40, benefit=80, mode="whole", excludes="B"),
        project("B", 40, BUILDING, benefit=40),
        project("C", 30, mode="whole", benefit=15),
        project("D", 5, requires="C", benefit=5),
        project("E", 25, minimum_wan=21, benefit=24),
        project("G", 90, benefit=9),
    ],
)


def test_a_project_that_is_not_chosen_is_told_why() -> None:
    """A (40) leaves 20: not enough for C (30, all or nothing) nor for E's least 21; G takes what is left.

    D would have to be preceded by C; B and A exclude each other.
    """
    found = {one.project_id: (one.reason, one.rule) for one in planned(CHOICE).reasons}
    assert {name: found[name] for name in "ABCDE"} == {
        "A": ("funded", ""),
        "B": ("excluded", "A"),
        "C": ("not_chosen", ""),
        "D": ("requires", "C"),
        "E": ("not_chosen", ""),
    }


def codes(plan: Plan) -> dict[str, str]:
    """Notices by their code, in English."""
    return {notice.code: sentence(notice, "en") for notice in notices(plan)}


def test_years_that_are_over_and_money_carried_over_are_said() -> None:
    """12.34 of 2021 is decided and 5 of 2022 promised; 87.66 are paid in 2022 from the 50 of that year."""
    case = PAST.but(
        funds={"f": fund(50, carry_over=1)}, commitments=[decided("A", "12.34"), decided("A", 5, 2022)]
    )
    said = codes(planned(case))
    assert said["years_decided"].startswith("all until 2021 is decided: 12.34 万元")
    assert said["committed_later"].startswith("5.00 万元")
    assert said["money_carried_over"].startswith("in 2022 ")


def test_nothing_is_said_where_nothing_is_decided_or_carried_over() -> None:
    """The same without all that."""
    plan = planned(PAST.but(commitments=None, decided_through=None))
    assert not {"years_decided", "committed_later", "money_carried_over"} & set(codes(plan))


def printed(plan: Plan, language: Language) -> str:
    """Return what the screen says of a plan."""
    text = StringIO()
    PlanScreen(language, Console(file=text, width=140, highlight=False)).plan(plan)
    return text.getvalue()


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "项目库达不到：资金不限"), ("en", "out of reach: the")]
)
def test_out_of_reach_is_explained_below_the_targets(language: Language, words: str) -> None:
    """Once, and only where a target is."""
    assert words in printed(planned(TWO), language)
    assert words not in printed(planned(TWO.but(targets={"near": TWO.targets["near"]})), language)


def test_a_row_that_asks_nothing_is_not_shown_at_its_limit() -> None:
    """In 2021 the key project cannot be paid: 0 ≥ 0 is kept and of no interest."""
    rule = {"kind": "priority", "funds": ["f"], "projects": ["A"]}
    case = PAST.but(
        projects=[project("A", 40, first_year=2022, benefit=40), PAST.projects[1]],
        commitments=None,
        decided_through=None,
        rules={"r": rule},
    )
    lines = [line.split() for line in printed(planned(case), "en").splitlines() if line.startswith("r ")]
    assert [line[1] for line in lines] == ["2021–2022"]
