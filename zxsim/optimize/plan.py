"""The plan of a scenario: whole units a money column, with everything that was proved about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.program import program_text
from zxsim.errors import ConflictError, InternalError, LimitError, Message
from zxsim.optimize.agenda import has_ranks
from zxsim.optimize.build import Model, build
from zxsim.optimize.classes import classes_of
from zxsim.optimize.feasible import status_of
from zxsim.optimize.impossible import conflict_messages
from zxsim.optimize.integer import best, held
from zxsim.optimize.linked import linear_solver
from zxsim.optimize.marginals import Marginal, marginals
from zxsim.optimize.reasons import Reason, reasons
from zxsim.optimize.rounding import rounded
from zxsim.optimize.solution import Face, SolverSettings, Status
from zxsim.optimize.stages import Chain
from zxsim.schema.load import Loaded

CLOSED = 1e-6
"""Gap below which a stage counts as proved best."""


@dataclass(frozen=True, eq=False)
class Plan:
    """An allocation in whole units.

    Attributes
    ----------
    units : int array (columns,)
        0.01 万元 of each money column of the scenario's layout, fund by fund.
    class_units : int array (columns of the model,)
        The same for the model's columns, where interchangeable funds are one class.
    benefit : float
        Benefit of the rounded plan.
    library_benefit : float or None
        Of the plan in library order (unrounded), ``None`` where no plan keeps all rules.
    equal_benefit : float or None
        Of the plan nearest to equal money per head (unrounded), where two places can be compared.
    by_rank : bool
        Whether the library order is by rank (else by project id).
    """

    loaded: Loaded
    model: Model
    chain: Chain
    units: IntArray
    class_units: IntArray
    benefit: float
    library_benefit: float | None
    equal_benefit: float | None
    by_rank: bool
    settings: SolverSettings

    @cached_property
    def decided_model(self) -> Model:
        """The model with the choice of all-or-nothing projects held as the plan made it."""
        return held(self.model, self.chain.x)

    @cached_property
    def marginals(self) -> Sequence[Marginal]:
        """What the binding clauses cost, worked out when first asked for."""
        return marginals(self.decided_model, self.loaded.spec, self.chain, self.settings)

    @cached_property
    def reasons(self) -> Sequence[Reason]:
        """Why each project is funded or not."""
        return reasons(self.decided_model, self.loaded.spec, self.chain, self.class_units, self.loaded.layout)

    @property
    def gap(self) -> float:
        """Largest relative distance of a stage from what is proved to be possible; 0 without choices."""
        return max(stage.gap for stage in self.chain.stages)

    @property
    def status(self) -> Literal["optimal", "feasible", "evaluated"]:
        """``optimal`` where every stage is proved best to 1e-6."""
        return "optimal" if self.gap <= CLOSED else "feasible"

    @property
    def spent_units(self) -> int:
        """All money allocated, in units."""
        return int(self.units.sum())

    @property
    def vertex(self) -> FloatArray:
        """万元 of each money column of the model before rounding."""
        return self.chain.x[: len(self.class_units)]

    @property
    def cells_rounded(self) -> int:
        """How many cells of the optimum were not whole units."""
        return int((np.abs(self.vertex * UNITS_PER_WAN - self.class_units) > 1e-4).sum())  # noqa: PLR2004 (1e-6 万元)


def optimize(loaded: Loaded, settings: SolverSettings | None = None) -> Plan:
    """Allocate the money of a scenario.

    Raises
    ------
    ConflictError
        No plan keeps all hard rules.
    LimitError
        A limit was reached without a plan, or no rounded plan keeps all rules.
    InternalError
        The solver's answer is not certified.
    """
    settings = settings or SolverSettings()
    classes = classes_of(loaded.spec, loaded.layout)
    model = build(loaded.spec, classes.layout)
    try:
        found = best(model, settings)
        chain, others = found.chain, found.compared()
        units = rounded(model, chain.x, settings)
    except ConflictError:
        by_fund = build(loaded.spec, loaded.layout)  # clauses are named fund by fund
        raise ConflictError(conflict_messages(by_fund, loaded.spec, settings)) from None
    except InternalError as error:
        raise InternalError(error.messages, program_text(model.program, model.costs["benefit"])) from error
    return Plan(
        loaded=loaded,
        model=model,
        chain=chain,
        units=classes.split(units),
        class_units=units,
        benefit=model.benefit(units / UNITS_PER_WAN),
        library_benefit=model.benefit(others.library),
        equal_benefit=None if others.equal is None else model.benefit(others.equal),
        by_rank=has_ranks(model),
        settings=settings,
    )


def check_feasible(loaded: Loaded, settings: SolverSettings | None = None) -> Model:
    """Build the programme and make sure that some plan keeps all hard rules.

    Raises
    ------
    ConflictError, LimitError
        There is none; all-or-nothing projects leave it open within the limit.
    """
    model = build(loaded.spec, loaded.layout)
    settings = settings or SolverSettings()
    solver = linear_solver(model.program, settings)
    status = status_of(model.program, Face.of(model.program), solver, settings)
    if status is Status.INFEASIBLE:
        raise ConflictError(conflict_messages(model, loaded.spec, settings))
    if status is Status.LIMIT:
        raise LimitError([Message("limit_reached", {"stage": "feasible"})])
    return model
