"""What the programme minimises is what the tables say, also where places can use only so much."""

import numpy as np
import pytest
from hypothesis import assume, event, given, settings

from tests import strategies
from tests.scenarios import Case, fund, loaded, planned, project, stage_values
from zxsim.core.money import UNITS_PER_WAN
from zxsim.errors import ConflictError
from zxsim.optimize.build import build
from zxsim.optimize.integer import best_chain
from zxsim.optimize.solution import SolverSettings
from zxsim.runs.tables import targets

BUILDING = "乡村建设行动"


def tiers_are_what_is_missing(case: Case) -> None:
    """Assert that every stage is what its targets or the benefit give for the plan before rounding."""
    found = loaded(case)
    model = build(found.spec, found.layout)
    try:
        chain = best_chain(model, SolverSettings())
    except ConflictError:
        assume(False)  # noqa: FBT003 (hypothesis' own signature)
        raise
    values = {stage.name: stage.value for stage in chain.stages}
    paid = model.payments.amounts(chain.x)
    for tier in (1, 2, 3):
        rows = [rows for rows in model.targets if rows.tier == tier]
        missing = sum(float((r.gap(paid) / r.form.scale * r.weight).sum()) for r in rows)
        seen = sum(float(r.shortfall(paid).sum()) for r in rows)
        event(f"tier {tier}: {'something' if missing > 1e-6 else 'nothing'} missing")
        reached = values.get(f"tier{tier}", 0.0) + values.get(f"tier{tier}_out_of_reach", 0.0)
        assert reached == pytest.approx(missing, rel=1e-6, abs=1e-6)
        assert seen == pytest.approx(missing, rel=1e-6, abs=1e-6)
    assert values["benefit"] == pytest.approx(model.benefit(chain.x[: len(model.layout)]), rel=1e-6, abs=1e-6)


@settings(max_examples=100)
@given(strategies.limited())
def test_a_tier_is_what_is_missing_with_every_limit(case: Case) -> None:
    """A tier's value is the exact shortfall of its plan, and the benefit stage the exact benefit."""
    tiers_are_what_is_missing(case)


@pytest.mark.slow
@settings(max_examples=600)
@given(strategies.limited())
def test_six_hundred_tiers_are_what_is_missing(case: Case) -> None:
    """The same as above with more draws."""
    tiers_are_what_is_missing(case)


@settings(max_examples=60)
@given(strategies.limited())
def test_rounding_loses_no_more_than_a_unit_of_what_counts(case: Case) -> None:
    """Budgets and costs leave room enough here for whole amounts near the optimum that keep all targets."""
    try:
        plan = planned(case)
    except ConflictError:
        assume(False)  # noqa: FBT003
        raise
    event("some cells were off the grid" if plan.cells_rounded else "all on the grid")
    for rows in plan.model.targets:
        before, after = rows.low_side(plan.chain.x), rows.low_side(plan.class_units / UNITS_PER_WAN)
        allowed = rows.step * (1 + 1e-5) + 1e-9
        assert (after >= np.minimum(before, rows.form.lower) - allowed).all(), rows.target_id


def test_what_rounding_moves_to_a_full_village_does_not_count() -> None:
    """Half of all money must be water in b; a is full, so no unit lost in b is made good by one more in a.

    30 万元 serve 50 of 100 in a (full with 50 of base 0.5) and all else goes to b.
    """
    case = Case(
        {"f": fund(30.01)},
        [
            project("WA", 20, BUILDING, place="a", benefit=4),
            project("WB", 39.99, BUILDING, place="b", benefit=1),
        ],
        places=[
            {"id": "t", "name": "t", "level": "town", "population": 200, "base_w": 0.25},
            {"id": "a", "name": "a", "level": "village", "parent": "t", "population": 100, "base_w": 0.49},
            {"id": "b", "name": "b", "level": "village", "parent": "t", "population": 100, "base_w": 0},
        ],
        indicators={"w": {"counts": "persons"}},
        effects={"w": {"kind": "coverage", "indicator": "w", "categories": [BUILDING], "heads": 97}},
        targets={"w": {"indicator": "w", "relation": ">=", "value": 0.99, "tier": 1, "places": ["t"]}},
    )
    plan = planned(case)
    (rows,) = plan.model.targets
    lost = rows.low_side(plan.chain.x) - rows.low_side(plan.class_units / UNITS_PER_WAN)
    assert lost.max() <= rows.step.max() * (1 + 1e-6)
    assert targets(plan)["shortfall"].to_list() == pytest.approx(
        [stage_values(plan)["tier1"] * 0.99], abs=float(rows.step.max())
    )
