"""Drawn plans, good and bad: what evaluate says is broken is what the independent check finds."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests import choice_strategies, strategies
from tests.scenarios import Case, amounts, loaded, write
from tests.whatif.plans import Amounts, evaluated
from zxsim.errors import ConflictError
from zxsim.optimize.plan import optimize
from zxsim.runs.store import Beside, save_run
from zxsim.schema.load import Loaded, load
from zxsim.verify import verify

MANY = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
FIGURES = {"verify_figure", "verify_row_missing", "verify_row_extra", "verify_parquet", "verify_hash"}


@st.composite
def plans(draw: st.DrawFn, found: Loaded) -> Amounts:
    """Up to six cells at the places of their projects, whether or not a fund may pay there."""
    layout = found.layout
    parts = list(zip(layout.part_project.tolist(), layout.part_place.tolist(), strict=True))
    cells = draw(
        st.lists(
            st.tuples(
                st.sampled_from(parts),
                st.sampled_from([money.fund_id for money in layout.funds]),
                st.sampled_from(layout.years.tolist()),
                st.integers(1, 4000),
            ),
            max_size=6,
        )
    )
    return {
        (layout.project_ids[project], layout.places.ids[place], money, year): units
        for (project, place), money, year, units in cells
    }


def verify_agrees(case: Case, data: st.DataObject) -> None:
    """Assert that a plan's run has figures that follow, and is refused exactly where it breaks a rule."""
    with TemporaryDirectory() as folder:
        found = load(write(case, Path(folder) / "case"))
        scored = evaluated(found, data.draw(plans(found)))
        run = save_run(
            scored.plan, Path(folder), scored.plan.settings, {}, None, Beside({"broken": scored.broken})
        )
        said = verify(run)
    assert not [message for message in said if message.code in FIGURES]
    assert bool(said) == (not scored.kept)
    event("kept" if scored.kept else "broken")


ANY = st.one_of(strategies.cases(), choice_strategies.mixed())


@settings(max_examples=6, suppress_health_check=MANY)
@given(ANY, st.data())
def test_verify_finds_broken_what_evaluate_does(case: Case, data: st.DataObject) -> None:
    """Plans that keep or break whatever there is, in scenarios of all kinds."""
    verify_agrees(case, data)


@pytest.mark.slow
@settings(max_examples=120, suppress_health_check=MANY)
@given(st.one_of(ANY, strategies.uneven(), strategies.limited(), choice_strategies.choosable(8)), st.data())
def test_verify_finds_broken_what_evaluate_does_in_many(case: Case, data: st.DataObject) -> None:
    """The same with more scenarios, with soft rules and limited effects."""
    verify_agrees(case, data)


@settings(max_examples=5, suppress_health_check=MANY)
@given(st.one_of(strategies.cases(), strategies.uneven(), choice_strategies.mixed()))
def test_an_optimum_is_scored_as_it_was_found(case: Case) -> None:
    """All hard rules are kept, the benefit is the very same, no stage is beaten by more than rounding."""
    found = loaded(case)
    try:
        plan = optimize(found)
    except ConflictError:
        return
    scored = evaluated(found, amounts(plan))
    assert scored.kept
    assert scored.plan.benefit == plan.benefit
    assert scored.distance is not None
    assert scored.distance.moved_wan == 0
    assert all(here == there for _, here, there in scored.distance.stages)
