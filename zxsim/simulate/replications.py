"""As many replications as the targets need: batches side by side, the same answer for any number of workers.

Each replication runs twice with the same luck, once with the parameters drawn from their ranges and once
with all of them at their stated value. Batches are started in order, answers are taken in order, and what
was computed beyond the batch at which the answer is precise enough is thrown away.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.core.streams import Streams
from zxsim.simulate.engine import Batch, Outcome
from zxsim.simulate.setup import Setup
from zxsim.simulate.workers import Workers

if TYPE_CHECKING:
    from concurrent.futures import Future

SIDE_BY_SIDE, HOUSEHOLDS_AT_ONCE = 50, 250_000
Z_95 = 1.959964

MakeSetup = Callable[[IntArray, bool], Setup]
"""Replications, whether parameters are drawn → what to run."""

Judge = Callable[[Outcome], BoolArray]
"""Which targets were met, shape *(replications, targets)*."""


@dataclass(frozen=True)
class Limits:
    """When there are enough replications.

    Attributes
    ----------
    precision : float
        Half-width of every target's 95 % Wilson interval that is good enough.
    most : int
        Replications at most, of each kind.
    household_months : float
        Work at most, both kinds together; a batch that would pass it is not started, but one always runs.
    """

    precision: float = 0.05
    most: int = 400
    household_months: float = 2e8


@dataclass(frozen=True, eq=False)
class Replications:
    """Outcomes in the order of their replications.

    ``drawn`` has parameters from their ranges, ``fixed`` at their stated values (the same objects where
    nothing is uncertain); ``half_width`` is the widest of the targets' intervals, 0 without targets.
    """

    drawn: Sequence[Outcome]
    fixed: Sequence[Outcome]
    half_width: float
    finished_here: bool = False

    @property
    def count(self) -> int:
        """Replications of each kind."""
        return sum(len(outcome.replications) for outcome in self.drawn)


def wilson(met: IntArray, count: int) -> tuple[FloatArray, FloatArray]:
    """Centre and half-width of the 95 % interval of a probability (Wilson 1927, JASA 22:209).

    >>> centre, half = wilson(np.array([0, 50]), 100)
    >>> centre.round(4).tolist(), half.round(4).tolist()
    ([0.0185, 0.5], [0.0185, 0.0962])
    """
    share, square = met / count, Z_95**2
    centre = (share + square / (2 * count)) / (1 + square / count)
    spread = np.sqrt(share * (1 - share) / count + square / (4 * count**2))
    return centre, Z_95 / (1 + square / count) * spread


def batch_size(households: int) -> int:
    """Replications side by side: fixed by the scenario, so that the answer does not depend on the machine."""
    return min(SIDE_BY_SIDE, max(1, HOUSEHOLDS_AT_ONCE // max(households, 1)))


def replicate(
    make: MakeSetup,
    judge: Judge,
    seed: int,
    limits: Limits,
    *,
    uncertain: bool,
    workers: Workers,
    progress: Callable[[int, float], None] | None = None,
) -> Replications:
    """Run batches until every target is known precisely enough, or a limit is reached.

    Parameters
    ----------
    uncertain : bool
        Whether some parameter has a range; else the two kinds are the same.
    workers : Workers
        Where batches run.
    progress : callable, optional
        Told the replications done and the half-width reached.
    """
    plans = [(True,), (True, False)][uncertain]
    jobs = _jobs(make, limits, len(plans))
    runner = _Runner(seed, workers)
    drawn: list[Outcome] = []
    fixed: list[Outcome] = []
    met: list[BoolArray] = []
    half = 0.0
    for outcomes in runner.outcomes((job, [make(job, kind) for kind in plans]) for job in jobs):
        drawn.append(outcomes[0])
        fixed.append(outcomes[-1])
        met.append(judge(outcomes[0]))
        half = _widest(np.concatenate(met))
        if progress:
            progress(sum(len(part) for part in met), half)
        if half <= limits.precision:
            break
    return Replications(drawn, fixed, half, runner.broken)


def _widest(met: BoolArray) -> float:
    return float(wilson(met.sum(axis=0), len(met))[1].max(initial=0)) if met.shape[1] else 0.0


def _jobs(make: MakeSetup, limits: Limits, kinds: int) -> Iterator[IntArray]:
    """Numbers of the replications of each batch, as long as none passes a limit."""
    one = make(np.array([0]), False)  # noqa: FBT003 (the contract of a callable)
    size = min(batch_size(len(one.population)), limits.most)
    work = size * len(one.population) * one.months * kinds
    first, done = 0, 0.0
    while first == 0 or (first + size <= limits.most and done + work <= limits.household_months):
        yield np.arange(first, first + size)
        first, done = first + size, done + work


class _Runner:
    """Runs the setups of one batch after the other, a few ahead of the answers."""

    def __init__(self, seed: int, workers: Workers) -> None:
        self._seed, self._workers = seed, workers
        self.broken = False

    def outcomes(self, jobs: Iterator[tuple[IntArray, list[Setup]]]) -> Iterator[list[Outcome]]:
        """Answers in order; a worker that dies leaves the rest to this process."""
        waiting: deque[tuple[IntArray, list[Setup], list[Future[Outcome] | None]]] = deque()
        try:
            if self._workers.later and (first := next(jobs, None)):
                yield self._taken(*first, [None for _ in first[1]])
            for replications, setups in jobs:
                started = [self._start(setup, replications) for setup in setups]
                waiting.append((replications, setups, started))
                if len(waiting) * len(setups) > self._workers.ahead:
                    yield self._taken(*waiting.popleft())
            while waiting:
                yield self._taken(*waiting.popleft())
        finally:  # nobody waits for what is not needed any more
            for _, _, started in waiting:
                for future in started:
                    if future is not None:
                        future.cancel()

    def _start(self, setup: Setup, replications: IntArray) -> "Future[Outcome] | None":
        if self._workers.start is None or self.broken:
            return None
        try:
            return self._workers.start().submit(run_batch, setup, self._seed, replications)
        except BrokenProcessPool:
            self.broken = True
            return None

    def _taken(
        self, replications: IntArray, setups: list[Setup], started: "list[Future[Outcome] | None]"
    ) -> list[Outcome]:
        return [
            self._one(partial(run_batch, setup, self._seed, replications), future)
            for setup, future in zip(setups, started, strict=True)
        ]

    def _one(self, here: Callable[[], Outcome], future: "Future[Outcome] | None") -> Outcome:
        if future is None:
            return here()
        try:
            return future.result()
        except BrokenProcessPool:
            self.broken = True
            return here()


def run_batch(setup: Setup, seed: int, replications: IntArray) -> Outcome:
    """Run one batch; what a worker is asked to do."""
    return Batch(setup, Streams(seed), replications).run()
