"""Drawn plans: what is unchanged stays, a cut moves what it forces, no hard rule is ever broken."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from tests import choice_strategies, strategies
from tests.scenarios import Case, amounts, fund, loaded, project
from tests.whatif.plans import Amounts, cells_of, change_wan
from tests.whatif.test_evaluate_drawn import plans
from zxsim.errors import ConflictError, LimitError
from zxsim.optimize.plan import optimize
from zxsim.whatif.replan import replan

MANY = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def optimum_stays(case: Case) -> None:
    """Assert that the plan nearest to the best plan is that plan."""
    found = loaded(case)
    try:
        plan = optimize(found)
    except (ConflictError, LimitError):
        return
    again = replan(found, cells_of(amounts(plan)))
    assert amounts(again.plan) == amounts(plan)
    assert not len(again.changes)
    event("with choices" if plan.model.has_choices else "linear")


ANY = st.one_of(strategies.cases(), strategies.uneven(), choice_strategies.mixed())


@settings(max_examples=6, suppress_health_check=MANY)
@given(ANY)
def test_an_optimum_stays_where_nothing_changed(case: Case) -> None:
    """The very same allocation, whatever rules, modes, targets and commitments there are."""
    optimum_stays(case)


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=MANY)
@given(st.one_of(ANY, strategies.limited(), choice_strategies.choosable(8)))
def test_an_optimum_stays_where_nothing_changed_in_many(case: Case) -> None:
    """The same with more scenarios, with soft rules and limited effects."""
    optimum_stays(case)


def nearest_keeps_all(case: Case, data: st.DataObject) -> None:
    """Assert that the plan nearest to any one keeps all hard rules, and is that one exactly where it did."""
    found = loaded(case)
    approved = data.draw(plans(found))
    try:
        nearest = replan(found, cells_of(approved))
    except (ConflictError, LimitError):
        return
    assert nearest.scores.kept
    misplaced = nearest.staying.given
    moved = round(nearest.moved_wan * 100) - int(misplaced.units[misplaced.misplaced].sum())
    assert moved <= change_wan(nearest.plan) * 100 + 2 * nearest.plan.cells_rounded + 1e-3
    assert (nearest.moved_wan == 0) == nearest.staying.kept
    assert nearest.scores.distance is not None
    assert nearest.benefit_given_up >= -1e-6 or _tiers_first(nearest.scores.distance.stages)


@settings(max_examples=6, suppress_health_check=MANY)
@given(ANY, st.data())
def test_no_hard_rule_is_ever_broken(case: Case, data: st.DataObject) -> None:
    """From plans that keep or break whatever there is."""
    nearest_keeps_all(case, data)


@pytest.mark.slow
@settings(max_examples=100, suppress_health_check=MANY)
@given(st.one_of(ANY, strategies.limited(), choice_strategies.choosable(8)), st.data())
def test_no_hard_rule_is_ever_broken_in_many(case: Case, data: st.DataObject) -> None:
    """The same with more scenarios, with soft rules and limited effects."""
    nearest_keeps_all(case, data)


def _tiers_first(stages: object) -> bool:
    """More benefit than the best plan has only what does worse in a tier."""
    return any(name.startswith("tier") and here > best for name, here, best in stages)  # type: ignore[attr-defined]


@st.composite
def slack(draw: st.DrawFn) -> tuple[Case, Amounts, int]:
    """One fund, projects that together cost more, a plan that spends all, and units to cut."""
    count = draw(st.integers(2, 5))
    units = draw(st.lists(st.integers(0, 3000), min_size=count, max_size=count))
    assume(sum(units) > 0)
    rows = [
        project(f"P{at}", Decimal(n + draw(st.integers(1, 2000))) / 100, benefit=draw(st.integers(0, 50)))
        for at, n in enumerate(units)
    ]
    cut = draw(st.integers(0, sum(units)))
    case = Case(funds={"f": fund(Decimal(sum(units) - cut) / 100)}, projects=rows)
    return case, {(f"P{at}", "v", "f", 2021): n for at, n in enumerate(units) if n}, cut


@settings(max_examples=12, suppress_health_check=MANY)
@given(slack())
def test_a_cut_moves_what_it_forces_and_no_more(drawn: tuple[Case, Amounts, int]) -> None:
    """Where only the budget binds, the money that moves is the cut, to the unit, and nothing is added."""
    case, approved, cut = drawn
    found = replan(loaded(case), cells_of(approved))
    assert round(found.moved_wan * 100) == cut
    assert (found.changes["change_wan"].to_numpy() < 0).all()
    assert found.plan.spent_units == sum(approved.values()) - cut


@settings(max_examples=10, suppress_health_check=MANY)
@given(strategies.cases(), st.integers(1, 30))
def test_a_cut_moves_at_least_what_it_forces(case: Case, per_cent: int) -> None:
    """A fund cut in a scenario with rules: at least the money that it no longer holds has to go."""
    try:
        plan = optimize(loaded(case))
        fewer = {
            year: Decimal(str(wan)) * (100 - per_cent) / 100
            for year, wan in case.funds["all"]["amount_wan"].items()
        }
        smaller = loaded(case.but(funds={**case.funds, "all": {**case.funds["all"], "amount_wan": fewer}}))
        found = replan(smaller, cells_of(amounts(plan)))
    except (ConflictError, LimitError):
        return
    held = {year: units for (fund_id, year), units in _held(smaller).items() if fund_id == "all"}
    spent = dict.fromkeys(held, 0)
    for (_, _, fund_id, year), units in amounts(plan).items():
        spent[year] += units if fund_id == "all" else 0
    forced = sum(max(0, spent[year] - held[year]) for year in held)
    assert round(found.moved_wan * 100) >= forced


def _held(found: object) -> dict[tuple[str, int], int]:
    layout = found.layout  # type: ignore[attr-defined]
    return {
        (money.fund_id, int(year)): int(units)
        for money in layout.funds
        for year, units in zip(layout.years, np.asarray(money.total), strict=True)
    }
