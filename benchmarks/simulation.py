"""The simulation beside what others would write, and beside the bare draws, in one run, as ratios.

Usage: python benchmarks/simulation.py [--households 1000000] [--peers 20000] [--runs 3] [--workers 2]
[--seconds 60], after ``pip install -r requirements-dev.txt -r benchmarks/requirements.txt``.

Speeds are household-months a second of processor time; ratios are medians over runs made in turn. The floor
is one normal, one exp, one multiply and one compare in float32 for each household-month. Several workers
are set beside one by time on the wall, on batches of a quarter million households that take one worker
``--seconds``; 0 leaves that out. It needs a machine with nothing else to do.
"""

import argparse
import gc
import math
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
from zxsim.simulate.replications import Limits, replicate, run_batch
from zxsim.simulate.setup import Setup
from zxsim.simulate.state import CHUNK
from zxsim.simulate.workers import AHEAD, Workers

FLOOR, SIMPY, MESA = "times the floor", "SimPy process per household", "Mesa agent per household"
WANTED = {FLOOR: "<= 8", SIMPY: ">= 60", MESA: ">= 60"}
QUARTER_MILLION = 250_000 // IN_A_PLACE
SPEED_UP_RUNS = 5


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
    gc.collect()
    gc.freeze()  # the many lists of draws are not to be gone through again and again at the others' cost
    found = {}
    for name, run in ((SIMPY, simpy_processes), (MESA, mesa_agents)):
        cost, _ = timed(lambda run=run: run(setup, draws))
        found[name] = work / cost.cpu
    gc.unfreeze()
    return found


def speed_up(seconds: float, count: int) -> list[float]:
    """Wall time of one worker over that of several on the same batches, start-up left out."""
    setup = setup_with(QUARTER_MILLION)
    batches = math.ceil(seconds / timed(lambda: run_batch(setup, 7, np.arange(1)))[0].wall)
    ratios = []
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        list(pool.map(run_batch, [setup_with(1)] * count, [7] * count, [np.arange(1)] * count))
        several = Workers(lambda: pool, AHEAD * count)
        for _ in range(SPEED_UP_RUNS):
            one, more = (
                timed(lambda team=team: _replicated(setup, batches, team))[0] for team in (Workers(), several)
            )
            ratios.append(one.wall / more.wall)
            sys.stdout.write(f"one worker {one.wall:.0f} s, {count} workers {more.wall:.0f} s\n")
    return ratios


def _replicated(setup: Setup, batches: int, team: Workers) -> None:
    """Run so many batches; no target is ever known precisely enough."""
    limits = Limits(precision=0, most=batches, household_months=math.inf)
    found = replicate(
        lambda *_: setup,
        lambda outcome: outcome.unresolved[-1].sum(axis=(1, 2))[:, None] == 0,
        7,
        limits,
        uncertain=False,
        workers=team,
    )
    assert found.count == batches
    assert not found.finished_here


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--households", type=int, default=1_000_000)
    parser.add_argument("--peers", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60, help="of work of one worker; 0: no workers")
    given = parser.parse_args()
    places = max(1, given.households // IN_A_PLACE)
    work = places * IN_A_PLACE * setup_with(1).months
    ratios: dict[str, list[float]] = {}
    peak = 0.0
    for _ in range(given.runs):
        cost, entered = ours(places)
        peak = peak or peak_mib()  # before the others make their lists
        bare, rate = floor(work), work / cost.cpu
        ratios.setdefault(FLOOR, []).append(cost.cpu / bare.cpu)
        for name, other in peers(given.peers).items():
            ratios.setdefault(name, []).append(rate / other)
        sys.stdout.write(
            f"{rate / 1e6:.1f} million household-months a second, {1e9 / rate:.1f} ns each, "
            f"floor {1e9 * bare.cpu / work:.1f} ns, {entered:.2%} enter a year\n"
        )
    for name, found in ratios.items():
        sys.stdout.write(f"{name}: {statistics.median(found):.1f} (wanted {WANTED[name]})\n")
    sys.stdout.write(f"peak {peak:,.0f} MiB (wanted < 4,096)\n")
    if given.seconds:
        ratio = statistics.median(speed_up(given.seconds, given.workers))
        sys.stdout.write(f"{given.workers} workers: {ratio:.2f} times one (wanted >= 1.6 of two)\n")


if __name__ == "__main__":
    main()
