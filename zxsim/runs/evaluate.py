"""Scoring a plan that was made by hand: rules, targets, benefit, stages, and how far it is from the best."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import polars as pl

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.errors import ConflictError, LimitError, Message
from zxsim.optimize.agenda import agenda_of, has_ranks
from zxsim.optimize.build import Model, build
from zxsim.optimize.classes import classes_of
from zxsim.optimize.marginals import Marginal
from zxsim.optimize.objectives import unique_weights
from zxsim.optimize.plan import Plan
from zxsim.optimize.plan import optimize as optimum_of
from zxsim.optimize.reasons import Reason
from zxsim.optimize.solution import Face, SolverSettings
from zxsim.optimize.stages import Chain
from zxsim.runs.broken import broken_rules, other_outlays
from zxsim.runs.given import Given
from zxsim.runs.scores import Distance, distance, stage_values
from zxsim.schema.load import Loaded


@dataclass(frozen=True, eq=False)
class GivenPlan(Plan):
    """A plan that nobody solved for: it has no prices, so nothing says what a clause costs it."""

    @property
    def status(self) -> Literal["evaluated"]:
        """Always ``evaluated``."""
        return "evaluated"

    @property
    def gap(self) -> float:
        """Nothing was searched."""
        return 0.0

    @cached_property
    def marginals(self) -> Sequence[Marginal]:
        """None."""
        return ()

    @cached_property
    def reasons(self) -> Sequence[Reason]:
        """What each project gets; why is for whoever made the plan to say."""
        layout = self.loaded.layout
        paid = np.bincount(layout.column_project, self.units, len(layout.projects)).astype(np.int64)
        found = []
        for name, cost, units in zip(
            layout.project_ids, layout.project_cost.tolist(), paid.tolist(), strict=True
        ):
            status = "none" if units == 0 else "full" if units >= cost else "partly"
            reason = "funded" if status == "full" else ""
            found.append(Reason(name, cost, units, status, reason))
        return found


@dataclass(frozen=True, eq=False)
class Evaluated:
    """Scores of a given plan.

    Attributes
    ----------
    broken : polars.DataFrame
        Hard rules that are not kept, as in :data:`zxsim.runs.broken.SCHEMA`.
    optimum : Plan or None
        The best plan; ``None`` where no plan keeps all hard rules, or none was found.
    no_optimum : sequence of Message
        Why there is none.
    """

    plan: GivenPlan
    given: Given
    broken: pl.DataFrame
    optimum: Plan | None
    no_optimum: Sequence[Message]
    distance: Distance | None

    @property
    def kept(self) -> bool:
        """Whether all hard rules are kept."""
        return not len(self.broken)


def evaluate(
    loaded: Loaded, given: Given, settings: SolverSettings | None = None, optimum: Plan | None = None
) -> Evaluated:
    """Score a plan on its scenario.

    Parameters
    ----------
    loaded : Loaded
        The scenario, without what :func:`zxsim.runs.given.given_plan` added for the plan.
    optimum : Plan, optional
        The best plan, where it is known already.

    Raises
    ------
    InternalError
        The solver's answer is not certified.
    """
    settings = settings or SolverSettings()
    reason: Sequence[Message] = ()
    if optimum is None:
        try:
            optimum = optimum_of(loaded, settings)
        except (ConflictError, LimitError) as error:
            reason = error.messages
    plan = _scored(given, optimum, settings)
    far = None if optimum is None else _distance(plan, given, optimum)
    return Evaluated(plan, given, broken_rules(given), optimum, reason, far)


def _scored(given: Given, optimum: Plan | None, settings: SolverSettings) -> GivenPlan:
    loaded = _paid_in_any_way(given)
    spec = loaded.spec
    classes = classes_of(spec, loaded.layout)
    own = optimum is not None and loaded is optimum.loaded
    model = optimum.model if optimum is not None and own else build(spec, classes.layout)
    units = classes.joined(given.units)
    agenda = agenda_of(model, settings) if optimum is None else None
    if agenda is not None:
        names, ranks = [*(stage.name for stage in agenda.stages), "unique"], agenda.ranks
        missing = agenda.unavoidable
    else:
        assert optimum is not None
        names = [stage.name for stage in optimum.chain.stages]
        missing, ranks = _unavoidable(optimum, model), _ranks(optimum, model)
    amounts = units / UNITS_PER_WAN
    return GivenPlan(
        loaded=loaded,
        model=model,
        chain=Chain(
            x=model.padded(amounts),
            stages=stage_values(model, spec, names, units, ranks, missing),
            certificates=(),
            unique=True,
            answers={},
            after_tiers=Face.of(model.program),
            ranks=ranks,
            unavoidable=missing,
            weights=unique_weights(model.layout.labels),
        ),
        units=given.units,
        class_units=units,
        benefit=model.benefit(amounts),
        library_benefit=None if optimum is None else optimum.library_benefit,
        equal_benefit=None if optimum is None else optimum.equal_benefit,
        by_rank=has_ranks(model),
        settings=settings,
    )


def _paid_in_any_way(given: Given) -> Loaded:
    """Let fixed projects that are paid in none of their ways take effect whenever they are paid in full."""
    layout, other = given.loaded.layout, other_outlays(given)
    if not other:
        return given.loaded
    outlays = {project: ways for project, ways in layout.modes.outlays.items() if project not in other}
    modes = replace(layout.modes, outlays=outlays)
    return replace(given.loaded, layout=layout.with_columns(modes=modes))


def _unavoidable(optimum: Plan, model: Model) -> FloatArray:
    """What the scenario's own library cannot reach, on the columns of a model with further money columns."""
    if model is optimum.model:
        return optimum.chain.unavoidable
    found = np.zeros(len(model.program.column_lower))
    for here, there in zip(model.target_columns, optimum.model.target_columns, strict=True):
        found[here] = optimum.chain.unavoidable[there]
    return found


def _ranks(optimum: Plan, model: Model) -> FloatArray:
    """Place in the library of each money column; further columns of a project have that of its others."""
    if model is optimum.model:
        return optimum.chain.ranks
    theirs = optimum.model.layout
    by_project = np.zeros(len(theirs.projects))
    by_project[theirs.column_project] = optimum.chain.ranks
    ranks: FloatArray = by_project[model.layout.column_project]
    return ranks


def _distance(plan: GivenPlan, given: Given, optimum: Plan) -> Distance:
    """Compare with the best plan, both in whole units on the columns of the given one."""
    best = np.zeros(len(given.units), dtype=np.int64)
    best[given.own] = optimum.units
    spec = plan.loaded.spec
    joined: IntArray = classes_of(spec, given.loaded.layout).joined(best)
    chain = plan.chain
    names = [stage.name for stage in chain.stages]
    theirs = stage_values(plan.model, spec, names, joined, chain.ranks, chain.unavoidable)
    benefits = (plan.benefit, plan.model.benefit(joined / UNITS_PER_WAN))
    return distance(benefits, (chain.stages, theirs), (plan.class_units, joined))
