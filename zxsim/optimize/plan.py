"""The plan of a scenario: whole units a money column, with everything that was proved about it."""

from dataclasses import dataclass

import numpy as np

from zxsim.core.layout import IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.program import program_text
from zxsim.errors import ConflictError, InternalError
from zxsim.optimize.build import Model, build
from zxsim.optimize.conflicts import conflict_messages
from zxsim.optimize.highs import Face, SolverSettings, Status
from zxsim.optimize.rounding import rounded
from zxsim.optimize.solvers import solver_for
from zxsim.optimize.stages import Chain, has_ranks, run_chain
from zxsim.schema.load import Loaded


@dataclass(frozen=True, eq=False)
class Plan:
    """An allocation in whole units.

    Attributes
    ----------
    units : int array (columns,)
        0.01 万元 of each money column of the layout.
    benefit : float
        Benefit of the rounded plan; ``library_benefit`` of the plan in library order (unrounded).
    by_rank : bool
        Whether the library order is by rank (else by project id).
    """

    loaded: Loaded
    model: Model
    chain: Chain
    units: IntArray
    benefit: float
    library_benefit: float
    by_rank: bool

    @property
    def spent_units(self) -> int:
        """All money allocated, in units."""
        return int(self.units.sum())

    @property
    def cells_rounded(self) -> int:
        """How many cells of the optimum were not whole units."""
        return int((np.abs(self.chain.x * UNITS_PER_WAN - self.units) > 1e-4).sum())  # noqa: PLR2004 (1e-6 万元)


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
    model = build(loaded.spec, loaded.layout)
    try:
        chain = run_chain(model, settings)
        units = rounded(model, chain.x, chain.basic, settings)
    except ConflictError:
        raise ConflictError(conflict_messages(model, loaded.spec, settings)) from None
    except InternalError as error:
        raise InternalError(error.messages, program_text(model.program, model.costs["benefit"])) from error
    return Plan(
        loaded=loaded,
        model=model,
        chain=chain,
        units=units,
        benefit=model.benefit(units / UNITS_PER_WAN),
        library_benefit=model.benefit(chain.library_x),
        by_rank=has_ranks(model),
    )


def check_feasible(loaded: Loaded, settings: SolverSettings | None = None) -> Model:
    """Build the programme and make sure that some plan keeps all hard rules.

    Raises
    ------
    ConflictError
        There is none.
    """
    model = build(loaded.spec, loaded.layout)
    settings = settings or SolverSettings()
    solver = solver_for(model.program, settings)
    found = solver.solve(np.zeros(len(model.program.column_lower)), Face.of(model.program))
    if found.status is Status.INFEASIBLE:
        raise ConflictError(conflict_messages(model, loaded.spec, settings))
    return model
