"""The simulation beside what others would write, and beside the bare draws, in one run, as ratios.

Usage: python benchmarks/simulation.py [--households 1000000] [--peers 20000] [--runs 3] [--workers 2]
[--seconds 60], after ``pip install -r requirements-dev.txt -r benchmarks/requirements.txt``.

All figures are household-months a second; ratios are medians over runs made in turn. The floor is one
normal, one exp, one multiply and one compare in float32 for each household-month.
"""

import argparse
import statistics
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
from clock import Cost, peak_mib, timed
from simulation_case import IN_A_PLACE, setup_with
from simulation_peers import Draws, mesa_agents, simpy_processes

from zxsim.core.streams import Streams
from zxsim.simulate.engine import Batch
from zxsim.simulate.records import Kind
from zxsim.simulate.replications import run_batch
from zxsim.simulate.state import CHUNK

WANTED = {"SimPy process per household": 60, "Mesa agent per household": 60}


def floor(household_months: int) -> Cost:
    """Time the bare draws."""
    generator = np.random.Generator(np.random.SFC64(1))
    drawn = np.empty(CHUNK, dtype=np.float32)
    factor, below = np.ones(CHUNK, dtype=np.float32), np.empty(CHUNK, dtype=np.bool_)

    def work() -> None:
        for _ in range(household_months // CHUNK):
            generator.standard_normal(out=drawn, dtype=np.float32)
            np.exp(drawn, out=drawn)
            np.multiply(drawn, factor, out=drawn)
            np.less(drawn, 0.5, out=below)

    return timed(work)[0]


def ours(places: int) -> tuple[Cost, float]:
    """Time one replication; return entries a household and year too."""
    setup = setup_with(places)
    cost, outcome = timed(lambda: Batch(setup, Streams(7), np.arange(1)).run())
    entered = int((outcome.events.columns()["kind"] == int(Kind.ENTRY)).sum())
    return cost, entered / len(setup.population) / len(setup.years)


def peers(households: int) -> dict[str, float]:
    """Household-months a processor second of the others."""
    setup = setup_with(max(1, households // IN_A_PLACE))
    draws, work = Draws.made(setup, 1), len(setup.population) * setup.months
    found = {}
    for name, run in (
        ("SimPy process per household", simpy_processes),
        ("Mesa agent per household", mesa_agents),
    ):
        cost, _ = timed(lambda run=run: run(setup, draws))
        found[name] = work / cost.cpu
    return found


def speed_up(places: int, batches: int, workers: int) -> float:
    """Wall time of one worker over that of several on the same batches, start-up left out."""
    setup = setup_with(places)
    walls = []
    for count in (1, workers):
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            list(pool.map(_ready, range(count)))
            cost, _ = timed(
                lambda pool=pool: list(
                    pool.map(
                        run_batch, [setup] * batches, [7] * batches, [np.array([r]) for r in range(batches)]
                    )
                )
            )
        walls.append(cost.wall)
    return walls[0] / walls[1]


def _ready(number: int) -> int:
    return number


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--households", type=int, default=1_000_000)
    parser.add_argument("--peers", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--batches", type=int, default=0, help="of a quarter million households, for workers")
    given = parser.parse_args()
    places = max(1, given.households // IN_A_PLACE)
    work = places * IN_A_PLACE * setup_with(1).months
    ratios: dict[str, list[float]] = {}
    for _ in range(given.runs):
        cost, entered = ours(places)
        rate = work / cost.cpu
        ratios.setdefault("of the floor", []).append(cost.cpu / floor(work).cpu)
        for name, other in peers(given.peers).items():
            ratios.setdefault(name, []).append(rate / other)
        sys.stdout.write(
            f"zxsim: {rate / 1e6:.1f} million household-months a second, {entered:.2%} enter a year\n"
        )
    for name, found in ratios.items():
        sys.stdout.write(f"{name}: {statistics.median(found):.1f}\n")
    sys.stdout.write(f"peak {peak_mib():,.0f} MiB\n")
    if given.batches:
        sys.stdout.write(f"{given.workers} workers: {speed_up(125, given.batches, given.workers):.2f}\n")


if __name__ == "__main__":
    main()
