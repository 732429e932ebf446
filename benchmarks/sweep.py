"""How long a sweep takes beside the same points one by one in one process from cold, as ratios.

Usage: python benchmarks/sweep.py [points] [rounds] [county|changjiang]

A county of 2,000 projects (province.py writes it) and the shipped scenario changjiang: the share of industry
is varied, nothing simulated, in one process. A round runs, one after the other:

- sweep     the whole command: all points checked, planned, their figures and tables written;
- runs      ``optimize`` at each point, as a planner would: a run with all its tables and marginal values;
- plans     ``optimize`` at each point without writing anything: plan and headline, no marginal values;
- content   of ``optimize`` only what the sweep shows: load, build, chain from nothing, rounding, the same
            figures, allocation and targets written; no headline, no marginal values.

Ratios are those of processor time, medians over the rounds. At last, what remains of a point by parts.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads that wait for each other measure nothing

import cProfile
import pstats
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
from clock import Cost, median, median_ratio, timed
from province import write_counties

from zxsim import api
from zxsim.core.tables import write_table
from zxsim.optimize.solution import SolverSettings
from zxsim.whatif.sweep import sweep
from zxsim.whatif.sweep_grid import grid, varied
from zxsim.whatif.sweep_point import PointSolver

SHIPPED = Path(__file__).parent.parent / "scenarios" / "changjiang"
CASES = {"county": "rule.industry.start=0.50:0.60", "changjiang": "rule.industry_share.start=0.50:0.90"}
PARTS = (
    ("load.py", "load"),
    ("build.py", "build"),
    ("agenda.py", "agenda_of"),
    ("chain.py", "run_chain"),
    ("rounding.py", "rounded"),
    ("sweep_figures.py", "figures_of"),
    ("sweep_folder.py", "write"),
)


class Ways:
    """The same points in four ways."""

    def __init__(self, scenario: Path, vary: str, folder: Path) -> None:
        self.scenario, self.vary, self.folder = scenario, vary, folder
        self.points = list(grid([varied(vary)]))

    def sweep(self) -> pl.DataFrame:
        """Run the whole sweep."""
        return sweep(self.scenario, [self.vary], results=self.folder / "sweeps", count=1).table

    def runs(self) -> list[float]:
        """Write a run at each point."""
        return [self._optimized(point.settings, self.folder / "runs") for point in self.points]

    def plans(self) -> list[float]:
        """Only plan each point."""
        return [self._optimized(point.settings, None) for point in self.points]

    def content(self) -> list[float]:
        """Plan each point from nothing, and write what the sweep writes."""
        found = []
        for point in self.points:
            one = PointSolver(SolverSettings(), None).solve(api.load(self.scenario, point.settings))
            folder = self.folder / "content" / str(point.number)
            folder.mkdir(parents=True, exist_ok=True)
            for name, frame in one.tables.items():
                write_table(frame, folder, name)
            found.append(float(one.figures["benefit"] or 0))
        return found

    def _optimized(self, settings: Sequence[str], results: Path | None) -> float:
        return api.optimize(self.scenario, settings=settings, results=results).plan.benefit


def measured(ways: Ways, rounds: int) -> None:
    """Print the costs and ratios of one scenario."""
    names = ("sweep", "runs", "plans", "content")
    costs: dict[str, list[Cost]] = {name: [] for name in names}
    for _ in range(rounds):
        benefits = []
        for name in names:
            work: Callable[[], object] = getattr(ways, name)
            cost, found = timed(work)
            costs[name].append(cost)
            benefits.append(found["benefit"].to_list() if isinstance(found, pl.DataFrame) else found)
        assert all(one == benefits[0] for one in benefits), "the same points, not the same plans"
    count = len(ways.points)
    for name in names:
        cost, ratio = median(costs[name]), median_ratio(costs[name], costs["sweep"])
        print(  # noqa: T201
            f"  {name:8} {cost.cpu / count:6.3f} s processor a point, {cost.wall / count:6.3f} on the wall, "
            f"{ratio.cpu:4.1f} x sweep ({ratio.wall:.1f} x on the wall)"
        )


def profiled(ways: Ways) -> None:
    """Print what remains of a point by parts, under the profiler."""
    profile = cProfile.Profile()
    profile.runcall(ways.sweep)
    stats = pstats.Stats(profile)
    whole = stats.total_tt  # type: ignore[attr-defined]
    for file, function in PARTS:
        spent = sum(
            entry[3]
            for (path, _, name), entry in stats.stats.items()  # type: ignore[attr-defined]
            if path.endswith(file) and name == function
        )
        print(f"    {file:18} {function:12} {spent / whole:6.1%}")  # noqa: T201


def main() -> None:
    """Measure both scenarios, or the one named."""
    points, rounds = (int(sys.argv[at]) if len(sys.argv) > at else usual for at, usual in ((1, 11), (2, 3)))
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[3:] or CASES:
            county = name == "county"
            scenario = write_counties(Path(folder) / "county", 1) if county else SHIPPED
            ways = Ways(scenario, f"{CASES[name]}:{points}", Path(folder) / f"{name}-results")
            print(f"{name}: {points} points, {rounds} rounds")  # noqa: T201
            measured(ways, rounds)
            profiled(ways)


if __name__ == "__main__":
    main()
