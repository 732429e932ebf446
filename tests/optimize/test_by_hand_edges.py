"""Rules at their edges, worked out by hand: no row, no figure, own columns, rows that money changes."""

import pytest

from tests.scenarios import VILLAGE, Case, by_project, fund, planned, project, stage_values
from zxsim.errors import ConflictError
from zxsim.optimize.highs import SolverSettings
from zxsim.runs.store import save_run
from zxsim.runs.tables import rules
from zxsim.schema.load import load
from zxsim.verify import verify

INDUSTRY, BUILDING = "产业发展", "乡村建设行动"
PAIR = Case(
    {"f": fund(50)},
    [project("A", 40, benefit=40), project("B", 90, BUILDING, benefit=450)],
    places=[{**VILLAGE, "population": 100, "x_households_there": 40, "x_note": "a"}],
)


def test_a_soft_rule_without_any_row_asks_nothing() -> None:
    """No money is held until 2021, so that there is no progress to ask for."""
    progress = {"kind": "payment_progress", "shares": {2021: 0.5}, "soft": {"tier": 1}}
    plan = planned(PAIR.but(funds={"f": fund({2022: 50})}, years=(2021, 2022), rules={"r": progress}))
    assert rules(plan).filter(rule="r").rows() == []
    assert "tier1" not in stage_values(plan)


KEY = {"kind": "priority", "funds": ["f"], "projects": ["A"], "soft": False}


def test_a_hard_priority_has_no_figure_and_no_marginal_value() -> None:
    """A comes first and gets its 40; only the fund's money could be moved by a step."""
    plan = planned(PAIR.but(rules={"r": KEY}))
    assert by_project(plan) == {"A": 4000, "B": 1000}
    assert [one.rule for one in plan.marginals] == ["f"]


def test_more_money_may_change_what_a_priority_asks_in_a_year() -> None:
    """B must be paid (90), A has all money first (50 of its 60, then all): 60 + 90 − 2 · 50 = 50 are missing.

    With 25 more a year A can be paid at once, so that its row asks for 60 instead of all of the year's money.
    """
    case = PAIR.but(
        projects=[project("A", 60, benefit=1), project("B", 90, BUILDING, required="true")],
        years=(2021, 2022),
        rules={"r": KEY},
    )
    with pytest.raises(ConflictError) as caught:
        planned(case)
    (money,) = (message for message in caught.value.messages if message.code == "concession_money")
    assert float(str(money.fields["amount"])) == 25


@pytest.mark.parametrize("kind", ["per_capita_standard", "project_count"])
def test_whole_numbers_in_a_column_of_ones_own_count_heads_or_projects(kind: str) -> None:
    """40 households of 50 yuan are 0.20 万元; 40 projects are there already."""
    rule = {
        "per_capita_standard": {"heads": "x_households_there", "standard_yuan": 50},
        "project_count": {"already": "x_households_there", "at_least": 41, "categories": [INDUSTRY]},
    }[kind]
    plan = planned(PAIR.but(rules={"r": {"kind": kind, "each": "village", **rule}}))
    (right,) = rules(plan).filter(rule="r")["rhs"]
    assert right == pytest.approx({"per_capita_standard": 0.2, "project_count": 41}[kind])
    assert by_project(plan)["B"] == (1000 if kind == "project_count" else 5000)


def test_a_file_of_commitments_without_a_row_stays_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing is decided: the run holds the header alone, is verified, and can be planned again."""
    plan = planned(PAIR.but(commitments=[]))
    run = save_run(plan, tmp_path_factory.mktemp("runs"), SolverSettings(), {})
    text = (run / "inputs" / "commitments.csv").read_text(encoding="utf-8")
    assert text == "project,place,fund,year,amount_wan\n"
    assert verify(run) == []
    commitments = load(run / "inputs" / "resolved.toml").commitments
    assert commitments is not None
    assert len(commitments) == 0
