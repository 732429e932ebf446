"""What is said where a search stops early: a plan with its gap, or that a limit came first."""

from decimal import Decimal

import pytest

from tests.scenarios import Case, by_project, fund, planned, project
from zxsim.errors import ConflictError, LimitError
from zxsim.optimize.highs import SolverSettings

INDUSTRY = "产业发展"
WEIGHTS = [500 + (i * 7919) % 997 for i in range(40)]
HARD = Case(
    {"f": fund(sum(WEIGHTS) // 2), "g": fund(777)},
    [project(f"P{i:02d}", wan, mode="whole", benefit=wan + 100) for i, wan in enumerate(WEIGHTS)],
)
"""Worth grows with cost, so every bound is weak (Pisinger, Where are the hard knapsack problems?, 2005)."""

CENTS = [Decimal(10007 * (i + 3) ** 3 % 999983) / 100 for i in range(40)]
TO_THE_CENT = Case(
    {"f": fund(sum(CENTS[::2]))},
    [project(f"P{i:02d}", wan, INDUSTRY, mode="whole", benefit=1) for i, wan in enumerate(CENTS)],
    rules={"all": {"kind": "category_share", "categories": [INDUSTRY], "at_least": 1}},
)
"""All money must be spent to the cent by whole projects: a sum of some of forty amounts, one is known."""


def test_a_search_that_stops_early_says_feasible_and_how_far_it_may_be() -> None:
    """After one node: every rule is kept all the same, and no plan is better by more than the gap."""
    plan = planned(HARD, SolverSettings(nodes=1))
    assert plan.status == "feasible"
    assert 1e-6 < plan.gap < 0.1
    gaps = {stage.name: stage.gap for stage in plan.chain.stages}
    values = {stage.name: stage.value for stage in plan.chain.stages}
    assert gaps["benefit"] > 1e-6
    best = values["benefit"] * (1 + gaps["benefit"])
    more = planned(HARD, SolverSettings(nodes=200))
    (reached,) = [stage.value for stage in more.chain.stages if stage.name == "benefit"]
    assert values["benefit"] <= reached <= best + 1e-6
    assert set(by_project(plan).values()) <= {100 * wan for wan in WEIGHTS}


def test_a_gap_that_is_asked_for_is_good_enough() -> None:
    """Five per cent are allowed: no stage is further away, and nothing is called optimal that is not."""
    plan = planned(HARD, SolverSettings(gap=0.05))
    assert all(stage.gap <= 0.05 + 1e-9 for stage in plan.chain.stages)
    assert plan.status == ("optimal" if plan.gap <= 1e-6 else "feasible")


def test_nothing_found_within_the_limit_is_a_limit_and_no_conflict() -> None:
    """One node finds no sum that fits, but nothing proves that there is none."""
    with pytest.raises(LimitError) as caught:
        planned(TO_THE_CENT, SolverSettings(nodes=1))
    assert [message.code for message in caught.value.messages] == ["limit_reached"]


def test_what_no_choice_can_keep_is_a_conflict_although_parts_could() -> None:
    """Half of each would do: 3 + 3 must make exactly 3.5."""
    rows = [project(name, 3, INDUSTRY, mode="whole", benefit=1) for name in ("A", "B")]
    case = Case({"f": fund(Decimal("3.5"))}, rows, rules=TO_THE_CENT.rules)
    with pytest.raises(ConflictError):
        planned(case)
    parts = case.but(projects=[{**row, "mode": "divisible"} for row in rows])
    assert sum(by_project(planned(parts)).values()) == 350
