"""One plan after the other of scenarios that differ a little: each chain starts from the one before.

Where two programmes have the same columns, rows and nonzeros, every stage starts from the basis that the
same stage ended with last time. The last stage makes the plan unique, so that where a solve starts changes
how long it takes and nothing else; a chain that is not proved unique is solved again from nothing.
"""

from dataclasses import dataclass

import numpy as np

from zxsim.core.layout import FloatArray, Layout
from zxsim.core.program import Program
from zxsim.errors import InternalError
from zxsim.optimize.agenda import Agenda, agenda_of
from zxsim.optimize.build import Model
from zxsim.optimize.chain import run_chain
from zxsim.optimize.integer import best_chain
from zxsim.optimize.objectives import TIERS
from zxsim.optimize.solution import HIGHS, SolverSettings, feasibility_tolerance
from zxsim.optimize.stages import Chain, Known


@dataclass(frozen=True, eq=False)
class _Before:
    """The last model that had a plan, and its chain."""

    model: Model
    chain: Chain


class ChainAfterChain:
    """Runs the chains of one model after the other."""

    def __init__(self, settings: SolverSettings) -> None:
        """Begin from nothing."""
        self._settings = settings
        self._before: _Before | None = None

    def chain(self, model: Model) -> Chain:
        """Return the same plan as :func:`~zxsim.optimize.integer.best_chain`.

        Only simplex on linear programmes without a stated limit starts from what is known: others take no
        basis, choose projects anew, or would end elsewhere at their limit.

        Raises
        ------
        ConflictError, LimitError, InternalError
            See :func:`~zxsim.optimize.integer.best`.
        """
        settings = self._settings
        plain = settings.solver == HIGHS and settings.method == "simplex" and settings.iterations is None
        if model.has_choices or not plain:
            return best_chain(model, settings)
        before = self._before
        same_reach = before is not None and _same_reach(before.model, model)
        missing = before.chain.unavoidable if before is not None and same_reach else None
        agenda = agenda_of(model, settings, missing=missing)
        chain = self._from_before(model, agenda) or run_chain(model, settings, agenda)
        self._before = _Before(model, chain)
        return chain

    def _from_before(self, model: Model, agenda: Agenda) -> Chain | None:
        """Return the chain as it follows from the last one; ``None`` where that does not prove a plan."""
        if self._before is None or not same_shape(self._before.model.program, model.program):
            return None
        try:
            chain = run_chain(model, self._settings, agenda, known=self._known(model.layout))
        except InternalError:  # a start that leads astray; from nothing it fails again if it must
            return None
        return chain if chain.unique else None

    def _known(self, layout: Layout) -> Known:
        assert self._before is not None
        chain = self._before.chain
        return Known(chain.answers, chain.weights if _same_names(self._before.model.layout, layout) else None)


def same_shape(one: Program, other: Program) -> bool:
    """Whether two programmes have the same columns, rows and places of nonzeros."""
    return (
        one.matrix.shape == other.matrix.shape
        and np.array_equal(one.matrix.indptr, other.matrix.indptr)
        and np.array_equal(one.matrix.indices, other.matrix.indices)
    )


def _same_names(one: Layout, other: Layout) -> bool:
    """Whether money columns have the same names."""
    places = ("part_project", "part_place", "column_part", "column_fund", "column_year", "years")
    return (
        [fund.fund_id for fund in one.funds] == [fund.fund_id for fund in other.funds]
        and one.project_ids == other.project_ids
        and one.places.ids == other.places.ids
        and all(np.array_equal(getattr(one, name), getattr(other, name)) for name in places)
    )


def _same_reach(one: Model, other: Model) -> bool:
    """Whether targets are out of reach alike: everything is equal but bounds of rules and what is worth."""
    first, second = one.program, other.program
    if not (same_shape(first, second) and np.array_equal(first.matrix.data, second.matrix.data)):
        return False
    facts = np.ones(len(first.row_lower), dtype=np.bool_)
    facts[one.rule_rows] = False
    pairs: list[tuple[FloatArray, FloatArray]] = [
        (first.column_lower, second.column_lower),
        (first.column_upper, second.column_upper),
        (first.row_lower[facts], second.row_lower[facts]),
        (first.row_upper[facts], second.row_upper[facts]),
        *((one.costs[tier], other.costs[tier]) for tier in TIERS),
    ]
    return (
        feasibility_tolerance(first) == feasibility_tolerance(second)
        and np.array_equal(one.rule_rows, other.rule_rows)
        and len(one.target_columns) == len(other.target_columns)
        and all(map(np.array_equal, one.target_columns, other.target_columns))
        and all(np.array_equal(mine, theirs) for mine, theirs in pairs)
    )
