"""What the public functions give back, and how a simulation is asked for."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from zxsim.core.money import UNITS_PER_WAN
from zxsim.optimize.plan import Plan
from zxsim.optimize.solution import SolverSettings
from zxsim.runs.simulated import write_simulation
from zxsim.runs.store import Beside, save_run
from zxsim.schema.load import Loaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from zxsim.core.layout import IntArray
    from zxsim.simulate.run import Simulated


@dataclass(frozen=True, eq=False)
class Run:
    """A plan and the folder it was written to (``None`` when it was not)."""

    plan: Plan
    folder: Path | None
    simulated: "Simulated | None" = None

    def summary(self) -> dict[str, Any]:
        """Return what ``--json`` prints: status, run, stages, benefit, spent_wan."""
        return {
            "status": self.plan.status,
            "gap": self.plan.gap,
            "run": str(self.folder) if self.folder else None,
            "stages": [vars(stage) for stage in self.plan.chain.stages],
            "benefit": self.plan.benefit,
            "library_benefit": self.plan.library_benefit,
            "equal_benefit": self.plan.equal_benefit,
            "spent_wan": self.plan.spent_units / UNITS_PER_WAN,
            "unique": self.plan.chain.unique,
            "simulation": self.simulated.manifest() if self.simulated else None,
        }


@dataclass(frozen=True)
class SimulationSettings:
    """How to simulate; what is ``None`` is as the scenario says.

    ``replications`` and ``precision`` say when there are enough; ``workers`` are processes (``None``: as many
    as there are processors, where one batch is not enough), ``cluster`` is the address of a Dask scheduler;
    ``events`` writes the table of events too. ``progress`` is told the replications done and the half-width
    of the widest interval.
    """

    seed: int | None = None
    replications: int | None = None
    precision: float | None = None
    workers: int | None = None
    cluster: str | None = None
    events: bool = False
    progress: "Callable[[int, float], None] | None" = None


@dataclass(frozen=True, eq=False)
class SimulatedRun:
    """A simulation and the folder it was written to (``None`` when it was not)."""

    simulated: "Simulated"
    folder: Path | None

    def summary(self) -> dict[str, Any]:
        """Return what ``--json`` prints."""
        return {
            "status": "simulated",
            "run": str(self.folder) if self.folder else None,
            "simulation": self.simulated.manifest(),
            "targets": self.simulated.target_table.to_dicts(),
        }


def simulated(loaded: Loaded, units: "IntArray | None", given: SimulationSettings) -> "Simulated":
    """Simulate a scenario under a plan in units, or under none."""
    from zxsim.optimize.build import build  # noqa: PLC0415 (only where households are simulated)
    from zxsim.simulate.replications import Limits  # noqa: PLC0415
    from zxsim.simulate.run import simulate as run  # noqa: PLC0415
    from zxsim.simulate.workers import workers  # noqa: PLC0415

    spec = loaded.spec.simulation
    limits = Limits(
        precision=float(spec.precision) if given.precision is None else given.precision,
        most=int(spec.most_replications) if given.replications is None else given.replications,
    )
    seed = spec.seed if given.seed is None else given.seed
    with workers(given.workers, given.cluster) as team:
        return run(loaded, build(loaded.spec, loaded.layout), units, seed, limits, team, given.progress)


def simulate_and_save(
    plan: Plan,
    results: Path | None,
    solver: SolverSettings,
    timings: dict[str, float],
    simulation: SimulationSettings | None,
    beside: Beside | None = None,
) -> "tuple[Simulated | None, Path | None]":
    """Simulate a plan where that is wanted and the scenario has households, and write both as a run.

    Returns
    -------
    (simulation, folder)
        ``None`` where there is none, and where nothing is written.
    """
    households, also, started = None, None, perf_counter()
    if simulation is not None and plan.loaded.spec.household is not None:
        households = simulated(plan.loaded, plan.units, simulation)
        also = partial(write_simulation, simulated=households, events=simulation.events)
        timings["simulate_seconds"] = perf_counter() - started
    if results is None:
        return households, None
    return households, save_run(plan, results, solver, timings, also, beside)
