"""Allowing more never makes the plan worse, stage by stage; where money itself raises a limit, it may.

The vector compared is (tier1, tier2, tier3, −benefit, −money spent, order, unique) before rounding, in
lexicographic order, each tier followed by what no money can reach in it. A tier without targets counts 0.
The stage ``unallocated`` shows the money left, which is money held less money spent: what it minimises is
−spent, and only that can be compared when money is added (10 万元 more of which 6 are spent leave more than
before, and yet nothing got worse).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, event, given, settings

from tests import strategies
from tests.scenarios import Case, fund, loaded, project
from tests.strategies import Relaxed
from zxsim.core.money import UNITS_PER_WAN
from zxsim.errors import ConflictError
from zxsim.optimize.build import Model, available_units, build
from zxsim.optimize.integer import best_chain
from zxsim.optimize.objectives import library_ranks
from zxsim.optimize.solution import SolverSettings

TOLERANCE = 1e-6
BETTER = 1e-2
"""A part that is better by less than the tolerance may still be better, and later parts worse for it."""

TIERS = tuple(tier + ending for tier in ("tier1", "tier2", "tier3") for ending in ("", "_out_of_reach"))
PARTS = (*TIERS, "benefit", "unallocated", "order", "unique")
BENEFIT, BEFORE_ORDER = PARTS.index("benefit"), PARTS.index("order")
INDUSTRY, BUILDING, OTHER = "产业发展", "乡村建设行动", "其他"


@dataclass(frozen=True)
class Outcome:
    """Stage values in the minimised sense, the dense rank of each money column, and what is out of reach."""

    values: Sequence[float]
    ranks: Mapping[str, float]
    far: frozenset[str]


def outcome(case: Case) -> Outcome:
    """Run the chain of a case."""
    found = loaded(case)
    model = build(found.spec, found.layout)
    chain = best_chain(model, SolverSettings())
    values = {stage.name: stage.value for stage in chain.stages}
    names = model.program.column_names()
    far = frozenset(names[int(i)] for i in np.flatnonzero(chain.unavoidable))
    values["benefit"] *= -1
    values["unallocated"] -= available_units(found.layout) / UNITS_PER_WAN
    return Outcome([values.get(part, 0.0) for part in PARTS], _ranks(model), far)


def _ranks(model: Model) -> Mapping[str, float]:
    ranks = library_ranks(model.layout, model.blocks())
    return dict(zip(model.layout.labels, ranks.tolist(), strict=True))


def first_worse(before: Sequence[float], after: Sequence[float]) -> str:
    """Name the part that makes ``after`` worse in lexicographic order, or ``""``."""
    for part, old, new in zip(PARTS, before, after, strict=False):
        allowed = TOLERANCE * max(1.0, abs(old), abs(new))
        if new > old + allowed:
            return part
        if new < old - allowed * BETTER:
            event(f"better in {part}")
            return ""
    return ""


def never_worse(pair: Relaxed) -> None:
    """Assert that the looser scenario is at least as good in every part that can be compared."""
    try:
        before = outcome(pair.tight)
    except ConflictError:
        assume(False)  # noqa: FBT003 (hypothesis' own signature)
    after = outcome(pair.loose)
    assume(before.far == after.far)  # what comes within reach moves to an earlier stage
    same_ranks = all(rank >= after.ranks[name] for name, rank in before.ranks.items())
    event(f"{pair.what}, ranks {'kept' if same_ranks else 'renumbered'}")
    parts = len(PARTS) if same_ranks else BEFORE_ORDER
    assert first_worse(before.values[:parts], after.values[:parts]) == "", (before.values, after.values)


@settings(max_examples=120)
@given(strategies.relaxations())
def test_a_looser_limit_or_more_money_never_worsens_the_plan(pair: Relaxed) -> None:
    """One right side is relaxed: a budget (no row a share of it), floor, share, cap, start, step or path."""
    never_worse(pair)


@settings(max_examples=80)
@given(strategies.enlargements())
def test_another_optional_project_never_worsens_the_plan(pair: Relaxed) -> None:
    """A project is added that sorts anywhere, with a rank in use or none, and never has to be paid.

    Ranks are dense within an independent block, not in the whole library: a rank in use elsewhere, or a
    project that joins two blocks, can renumber a block. Then ``order`` weighs other numbers than before
    and it and ``unique`` are not compared; everything up to the money spent still is.
    """
    never_worse(pair)


@pytest.mark.slow
@settings(max_examples=400)
@given(strategies.relaxations())
def test_four_hundred_looser_limits_never_worsen_the_plan(pair: Relaxed) -> None:
    """The same as above with more draws."""
    never_worse(pair)


@pytest.mark.slow
@settings(max_examples=400)
@given(strategies.enlargements())
def test_four_hundred_additions_never_worsen_the_plan(pair: Relaxed) -> None:
    """The same as above with more draws."""
    never_worse(pair)


def test_a_rank_from_another_block_renumbers_its_new_block_and_raises_the_order_stage_alone() -> None:
    """The planted case behind the exception above.

    Village a has 20 万元 for A (rank 1) and B (rank 5), 10 each and both paid: ranks count 1 and 2, order
    10 + 20. C (rank 3) stands in village b. D, worth less, joins a with rank 3: B now counts 3, order
    10 + 30 + the 10 of C in b; nothing else changes.
    """
    case = Case(
        {"a": fund(20, per_place=["a"]), "b": fund(10, per_place=["b"])},
        [
            project("A", 10, place="a", rank=1, benefit=20),
            project("B", 10, place="a", rank=5, benefit=20),
            project("C", 10, place="b", rank=3, benefit=20),
        ],
        places=[{"id": p, "name": p, "level": "village"} for p in "ab"],
    )
    added = project("D", 10, place="a", rank=3, benefit=1)
    before, after = outcome(case), outcome(case.but(projects=[*case.projects, added]))
    assert after.values[:BEFORE_ORDER] == pytest.approx(before.values[:BEFORE_ORDER])
    assert (before.values[BEFORE_ORDER], after.values[BEFORE_ORDER]) == pytest.approx((40, 50))


def half_to_industry(of: str) -> Case:
    """Half of the money held, or spent, goes to industry; a narrow fund pays only for another category."""
    floor = {"kind": "category_share", "categories": [INDUSTRY], "at_least": 0.5, "of": of}
    return Case(
        {"all": fund(100), "narrow": fund(20, categories=[OTHER])},
        [
            project("I", 200),
            project("H", 200, BUILDING, benefit=200),
            project("O", 20, OTHER),
        ],
        rules={"floor": floor},
    )


def test_more_money_worsens_the_plan_where_a_share_of_the_money_held_must_be_spent() -> None:
    """Money that cannot be used well raises a floor that takes from what is.

    Half of all money held must go to industry (worth 0). Fund ``all`` has 100, ``narrow`` pays only for a
    project of 20 in another category, worth 0. With 20 in ``narrow``: industry ≥ 60, building 40, worth 40.
    With 60: industry ≥ 80, building 20, worth 20. With 120: industry ≥ 110 > 100, nothing can be kept.
    """
    case = half_to_industry("fund")
    richer = case.but(funds={**case.funds, "narrow": fund(60, categories=[OTHER])})
    before, after = outcome(case), outcome(richer)
    assert first_worse(before.values, after.values) == "benefit"
    assert (-before.values[BENEFIT], -after.values[BENEFIT]) == pytest.approx((40, 20))
    with pytest.raises(ConflictError):
        outcome(case.but(funds={**case.funds, "narrow": fund(120, categories=[OTHER])}))


def test_more_money_does_not_worsen_the_same_plan_where_the_share_is_of_money_spent() -> None:
    """The same library with the floor on what is spent: 20 → 60 in ``narrow`` changes nothing.

    Industry ≥ half of all spent: 50 + 50 of ``all`` are worth 50 either way; ``narrow`` would need industry
    money beside it and stays unspent.
    """
    case = half_to_industry("spent")
    richer = case.but(funds={**case.funds, "narrow": fund(60, categories=[OTHER])})
    before, after = outcome(case), outcome(richer)
    assert after.values == pytest.approx(before.values)
    assert -before.values[BENEFIT] == pytest.approx(50)
