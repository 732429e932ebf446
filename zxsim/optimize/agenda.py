"""Which stages a model has, in which order, and what each of them minimises."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zxsim.core.layout import FloatArray
from zxsim.optimize.build import Model
from zxsim.optimize.objectives import TIERS, library_ranks, order_cost
from zxsim.optimize.reach import unavoidable
from zxsim.optimize.solution import SolverSettings

FAR = "_out_of_reach"
"""Ending of the name of a tier's second stage, for what no money can reach."""


@dataclass(frozen=True, eq=False)
class Stage:
    """One step of the chain: its name and what it minimises, on every column."""

    name: str
    cost: FloatArray


@dataclass(frozen=True, eq=False)
class Agenda:
    """All stages of a model up to the order of the library, and what is needed beside them.

    ``ranks`` has one entry a money column; ``unavoidable`` one a column of the programme.
    """

    stages: Sequence[Stage]
    ranks: FloatArray
    unavoidable: FloatArray


def agenda_of(
    model: Model,
    settings: SolverSettings,
    first: Sequence[Stage] = (),
    missing: FloatArray | None = None,
) -> Agenda:
    """List the stages of a model, behind any that are to come ``first``.

    ``missing`` is what :func:`~zxsim.optimize.reach.unavoidable` says of it, where that is known already.

    A tier without targets is left out. What this library cannot reach even with unlimited money comes
    after the rest of its tier, so that it takes nothing from what can be reached.
    """
    missing = unavoidable(model, settings) if missing is None else missing
    far = missing > 0
    tiers = [
        Stage(tier + ending, cost)
        for tier in TIERS
        for ending, cost in (
            ("", np.where(far, 0.0, model.costs[tier])),
            (FAR, np.where(far, model.costs[tier], 0.0)),
        )
        if cost.any()
    ]
    money = len(model.layout)
    blocks = model.blocks() if has_ranks(model) else np.zeros(money, dtype=np.int64)
    ranks = library_ranks(model.layout, blocks)
    rest = [Stage(name, model.costs[name]) for name in ("benefit", "unallocated")]
    order = Stage("order", model.padded(order_cost(model.layout, ranks)))
    return Agenda([*first, *tiers, *rest, order], ranks, missing)


def has_ranks(model: Model) -> bool:
    """Whether the library says which project comes first."""
    given: int = model.layout.projects["rank"].count()
    return given > 0
