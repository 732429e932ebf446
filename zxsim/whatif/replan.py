"""The plan nearest to an approved one where funds, costs or rules have changed.

Before any tier the money that differs from the approved plan is made least, cell by cell (project, place,
fund, year); among the plans that differ least the usual stages choose. Funds are not merged into classes
here: an approved fund is not exchanged for its like.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from zxsim.core.layout import IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.program import program_text
from zxsim.errors import InternalError
from zxsim.optimize.agenda import has_ranks
from zxsim.optimize.build import build
from zxsim.optimize.integer import best
from zxsim.optimize.marginals import Marginal
from zxsim.optimize.plan import Plan, optimize
from zxsim.optimize.rounding import rounded
from zxsim.optimize.solution import SolverSettings
from zxsim.runs.evaluate import Evaluated, evaluate
from zxsim.runs.given import Given, given_plan
from zxsim.schema.load import Loaded
from zxsim.sheets.plan_sheet import Stranger
from zxsim.whatif.replan_changes import changes_of
from zxsim.whatif.replan_program import nearest_program


@dataclass(frozen=True, eq=False)
class NearestPlan(Plan):
    """A plan held near another: what a clause costs it says nothing about the clause alone."""

    @cached_property
    def marginals(self) -> Sequence[Marginal]:
        """None."""
        return ()


@dataclass(frozen=True, eq=False)
class Replanned:
    """The nearest plan, what changes, and what it stands between.

    Attributes
    ----------
    plan : Plan
    changes : polars.DataFrame
        Cells whose money changes, as in :data:`zxsim.whatif.replan_changes.SCHEMA`.
    staying : Evaluated
        The approved plan as it is, scored on the scenario, without what the scenario has no place for.
    scores : Evaluated
        The nearest plan, scored against the best one of the scenario.
    """

    plan: Plan
    changes: pl.DataFrame
    staying: Evaluated
    scores: Evaluated

    @property
    def best(self) -> Plan:
        """The best plan of the scenario, free of the approved one."""
        assert self.scores.optimum is not None
        return self.scores.optimum

    @property
    def moved_wan(self) -> float:
        """Σ|after − before| over all cells, in 万元."""
        return float(self.changes["change_wan"].abs().sum())

    @property
    def benefit_given_up(self) -> float:
        """By how much the benefit is below that of the best plan."""
        return self.best.benefit - self.plan.benefit


def replan(
    loaded: Loaded,
    approved: pl.DataFrame,
    strangers: Sequence[Stranger] = (),
    settings: SolverSettings | None = None,
) -> Replanned:
    """Find the plan nearest to an approved one.

    Parameters
    ----------
    approved : polars.DataFrame
        Its cells, as :data:`zxsim.sheets.plan_sheet.SCHEMA`.
    strangers : sequence of Stranger
        Its rows that name what the scenario does not have.

    Raises
    ------
    ConflictError, LimitError, InternalError
        As :func:`zxsim.optimize.plan.optimize`.
    """
    settings = settings or SolverSettings()
    free = optimize(loaded, settings)
    given = given_plan(loaded, approved)
    plan = nearest_plan(loaded, given.units[given.own], free, settings)
    return Replanned(
        plan,
        changes_of(plan, given, strangers),
        evaluate(loaded, given, settings, free),
        evaluate(loaded, _as_given(loaded, plan.units), settings, free),
    )


def nearest_plan(loaded: Loaded, approved: IntArray, free: Plan, settings: SolverSettings) -> Plan:
    """Plan with least change first.

    Parameters
    ----------
    approved : int array (money columns of the scenario,)
        Units of 0.01 万元.
    free : Plan
        The best plan of the scenario: what its headline compares with holds for this plan as well.
    """
    model, stage = nearest_program(build(loaded.spec, loaded.layout), approved)
    try:
        chain = best(model, settings, [stage]).chain
        units = rounded(model, chain.x, settings)
    except InternalError as error:
        raise InternalError(error.messages, program_text(model.program, stage.cost)) from error
    return NearestPlan(
        loaded=loaded,
        model=model,
        chain=chain,
        units=units,
        class_units=units,
        benefit=model.benefit(units / UNITS_PER_WAN),
        library_benefit=free.library_benefit,
        equal_benefit=free.equal_benefit,
        by_rank=has_ranks(model),
        settings=settings,
    )


def _as_given(loaded: Loaded, units: IntArray) -> Given:
    return Given(loaded, units, [""] * len(units), np.arange(len(units)))
