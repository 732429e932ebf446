"""One point of a sweep: a plan, its figures and tables, perhaps its simulation; what a worker is asked to do.

A worker goes from point to point and starts each chain of stages from the last one's bases.
"""

import math
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.errors import ConflictError, LimitError, Message
from zxsim.optimize.again import ChainAfterChain
from zxsim.optimize.agenda import has_ranks
from zxsim.optimize.build import Model, build
from zxsim.optimize.classes import classes_of
from zxsim.optimize.conflicts import Conflicts
from zxsim.optimize.plan import Plan
from zxsim.optimize.preflight import preflight
from zxsim.optimize.rounding import rounded
from zxsim.optimize.solution import SolverSettings
from zxsim.runs.tables import allocation, targets
from zxsim.schema.load import Loaded
from zxsim.simulate.replications import Limits
from zxsim.simulate.run import Simulated, simulate
from zxsim.simulate.workers import Workers
from zxsim.whatif.sweep_figures import Figures, figures_of, simulated_figures

CONFLICT, LIMIT = "conflict", "limit"


@dataclass(frozen=True)
class Wanted:
    """How to simulate each point; what is ``None`` is as the scenario says."""

    seed: int | None = None
    replications: int | None = None
    precision: float | None = None


@dataclass(frozen=True, eq=False)
class Found:
    """What one point came to: its status, figures and tables.

    ``clauses`` are those in conflict, or the rule in the way of whole units; ``messages`` say so in codes.
    """

    status: str
    figures: Figures
    tables: Mapping[str, pl.DataFrame]
    clauses: Sequence[str] = ()
    messages: Sequence[Message] = ()


class PointSolver:
    """Plans and simulates point after point."""

    def __init__(self, settings: SolverSettings, wanted: Wanted | None) -> None:
        """Begin from nothing."""
        self.settings, self.wanted = settings, wanted
        self._chains = ChainAfterChain(settings)

    def solve(self, loaded: Loaded) -> Found:
        """Work out one point; clauses in conflict and limits are answers, not errors.

        Raises
        ------
        InternalError
            An answer is not certified.
        """
        try:
            plan = self._planned(loaded)
        except ConflictError:
            return _impossible(build(loaded.spec, loaded.layout), loaded, self.settings)
        except LimitError as error:
            named = [str(m.fields["rule"]) for m in error.messages if "rule" in m.fields]
            return Found(_limit_of(error), {}, {}, named, error.messages)
        figures, tables = dict(figures_of(plan)), {"allocation": allocation(plan), "targets": targets(plan)}
        if self.wanted is not None:
            simulated = self._simulated(plan)
            figures |= simulated_figures(simulated)
            tables |= simulated.tables()
        return Found(plan.status, figures, tables)

    def _planned(self, loaded: Loaded) -> Plan:
        """Plan as ``optimize`` does, without the plans that a headline compares with."""
        classes = classes_of(loaded.spec, loaded.layout)
        model = build(loaded.spec, classes.layout)
        chain = self._chains.chain(model)
        units = rounded(model, chain.x, self.settings)
        return Plan(
            loaded=loaded,
            model=model,
            chain=chain,
            units=classes.split(units),
            class_units=units,
            benefit=model.benefit(units / UNITS_PER_WAN),
            library_benefit=math.nan,
            equal_benefit=None,
            by_rank=has_ranks(model),
            settings=self.settings,
        )

    def _simulated(self, plan: Plan) -> Simulated:
        loaded, wanted = plan.loaded, self.wanted
        assert wanted is not None
        spec = loaded.spec.simulation
        limits = Limits(
            precision=float(spec.precision) if wanted.precision is None else wanted.precision,
            most=int(spec.most_replications) if wanted.replications is None else wanted.replications,
        )
        seed = spec.seed if wanted.seed is None else wanted.seed
        return simulate(loaded, build(loaded.spec, loaded.layout), plan.units, seed, limits, Workers())


def _limit_of(error: LimitError) -> str:
    code = error.messages[0].code
    return code if code == "not_roundable" else LIMIT


def _impossible(model: Model, loaded: Loaded, settings: SolverSettings) -> Found:
    """Name the clauses that contradict each other, fund by fund; where the facts do, what they say."""
    conflicts = Conflicts(model, loaded.spec, settings)
    sets = [conflicts.shown(conflicts.refined(clauses)) for clauses in conflicts.sets()]
    said = [
        Message("conflict" if len(clauses) > 1 else "conflict_alone", {"clauses": clauses})
        for clauses in sets
    ]
    messages = said or preflight(model, loaded.spec) or [Message("infeasible", {})]
    return Found(CONFLICT, {}, {}, [" + ".join(clauses) for clauses in sets], messages)


_OF_THIS_THREAD = threading.local()


def work(token: str, loaded: Loaded, settings: SolverSettings, wanted: Wanted | None) -> Found:
    """Work out one point in a worker, which keeps the last bases of each thread for the same sweep."""
    known: dict[str, Any] = vars(_OF_THIS_THREAD)
    if known.get("token") != token:
        known.update(token=token, solver=PointSolver(settings, wanted))
    solver: PointSolver = known["solver"]
    return solver.solve(loaded)
