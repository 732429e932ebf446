"""What holds for every draw of further rule kinds: looser is never worse, rounding keeps hard rows."""

import numpy as np
import pytest
from hypothesis import assume, event, given, settings

from tests import strategies
from tests.optimize.test_properties import never_worse
from tests.scenarios import Case, planned
from tests.strategies import Relaxed
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.rows import RuleRows
from zxsim.errors import ConflictError, LimitError
from zxsim.optimize.plan import Plan
from zxsim.optimize.rounding import broken, hard_blocks


@settings(max_examples=60)
@given(strategies.kind_relaxations())
def test_a_looser_figure_of_a_further_kind_never_worsens_the_plan(pair: Relaxed) -> None:
    """A standard, use, band or progress is relaxed, in a hard rule or in a soft one."""
    never_worse(pair)


def plan_of(case: Case) -> Plan:
    """Return the plan of a case that has one."""
    try:
        return planned(case)
    except (ConflictError, LimitError) as error:
        event(error.messages[0].code)
        assume(False)  # noqa: FBT003 (hypothesis' own signature)
        raise


@settings(max_examples=60)
@given(strategies.kind_relaxations())
def test_rounding_keeps_hard_rows_exactly_and_soft_ones_within_a_unit(pair: Relaxed) -> None:
    """Soft rows fall no more than one unit behind their bound, or behind the vertex where it misses more."""
    plan = plan_of(pair.tight)
    hard = hard_blocks(plan.model, plan.chain.x)
    assert broken(hard, plan.model.layout, plan.class_units) == []
    soft = [block for block in plan.model.rules if block.soft and isinstance(block, RuleRows)]
    for block in soft:
        vertex = (plan.vertex * UNITS_PER_WAN).astype(float)
        sign = 1 if block.relation == ">=" else -1
        exact = [float(n) for n in block.norm]
        matrix = np.zeros((len(block), len(vertex)))
        np.add.at(matrix, (block.row, block.column), block.coefficient)
        if block.averages is not None:
            every = np.arange(len(vertex))
            matrix += block.averages.written_out(every, matrix.shape).toarray()
        reached = np.minimum(sign * (matrix @ vertex - block.bound.astype(float)) / exact, 0)
        assert (block.distance(plan.class_units) >= reached - 1 - 1e-6).all()


@pytest.mark.slow
@settings(max_examples=300)
@given(strategies.kind_relaxations())
def test_three_hundred_looser_figures_never_worsen_the_plan(pair: Relaxed) -> None:
    """The same as above with more draws."""
    never_worse(pair)
