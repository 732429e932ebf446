"""What a piece of work costs: processor time of this process and its children, and time on the wall.

On a machine that others use too, processor time is the steadier of the two; what several threads save shows
on the wall alone.
"""

import math
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Cost:
    """Seconds of processor time and on the wall."""

    cpu: float = 0.0
    wall: float = 0.0

    def __add__(self, other: Self) -> "Cost":
        return Cost(self.cpu + other.cpu, self.wall + other.wall)

    def __sub__(self, other: Self) -> "Cost":
        return Cost(self.cpu - other.cpu, self.wall - other.wall)

    def __truediv__(self, other: Self) -> "Cost":
        """Both ratios; processor time is counted in steps, so a very short one is taken as a millisecond."""
        return Cost(self.cpu / max(other.cpu, 1e-3), self.wall / max(other.wall, 1e-3))


def now() -> Cost:
    """Return what was used so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(time.process_time() + children.ru_utime + children.ru_stime, time.perf_counter())


def timed(work: Callable[[], T]) -> tuple[Cost, T]:
    """Return what a call costs, and what it returned."""
    started = now()
    result = work()
    return now() - started, result


def median(costs: Sequence[Cost]) -> Cost:
    """Median of each kind of time."""
    return Cost(*(statistics.median(getattr(cost, kind) for cost in costs) for kind in ("cpu", "wall")))


def median_ratio(ours: Sequence[Cost], theirs: Sequence[Cost]) -> Cost:
    """Median of the ratios of costs that were measured one after the other."""
    return median([mine / other for mine, other in zip(ours, theirs, strict=True)])


def slope(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Exponent of the power of the size that a cost follows, by least squares on logarithms.

    >>> round(slope([1, 10, 100], [2, 20, 200]), 6)
    1.0
    """
    line = statistics.linear_regression(
        [math.log(size) for size in sizes], [math.log(max(cost, 1e-3)) for cost in costs]
    )
    return line.slope


def peak_mib() -> float:
    """Most memory that this process has held so far."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says on Linux begins with the memory of the parent process
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def silently() -> Iterator[None]:
    """Keep away what libraries below Python print of themselves."""
    sys.stdout.flush()
    shown = os.dup(1)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    try:
        yield
    finally:
        os.dup2(shown, 1)
        os.close(shown)
