"""A sweep: one scenario at every point of a grid of settings, resumable, on any number of workers.

Each point is planned as ``optimize`` plans it, and the same bytes come out whichever worker takes which
point and wherever its solves start, since every plan is proved unique.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import polars as pl

from zxsim.errors import DataError, InternalError, Message, StoppedError, ZxsimError
from zxsim.optimize.solution import SolverSettings
from zxsim.optimize.solvers import require
from zxsim.schema.load import Loaded, Memory, load
from zxsim.simulate.ledger import with_ledger
from zxsim.simulate.workers import Workers, workers
from zxsim.whatif.sweep_folder import Request, SweepFolder, open_folder
from zxsim.whatif.sweep_frontier import Axes, axes_of, require_axes
from zxsim.whatif.sweep_grid import Point, grid, keys_of, require_records
from zxsim.whatif.sweep_point import Found, PointSolver, Wanted, work
from zxsim.whatif.sweep_table import columns_of, table_of

if TYPE_CHECKING:
    from concurrent.futures import Future

Progress = Callable[[int, int], None]
"""Told the points done and all points."""

SECONDS_ALONE = 3.0
"""Work that is done here before processes are started on one's own account: they take a second or two."""

MOST_KEPT = 2_000_000
"""Money columns of the points that stay in memory between being checked and being planned."""


@dataclass(frozen=True, eq=False)
class Swept:
    """A finished sweep: its table, the axes of its frontier, its folder, and how many points were there."""

    table: pl.DataFrame
    axes: Axes
    folder: Path
    resumed: int


@dataclass(eq=False)
class _Points:
    """All points of a grid, checked; loaded again where memory did not hold them."""

    path: Path
    settings: Sequence[str]
    points: Sequence[Point]
    simulated: bool
    memory: Memory = field(default_factory=Memory)
    _kept: dict[int, Loaded] = field(default_factory=dict)

    def check(self) -> None:
        """Load every point once.

        Raises
        ------
        DataError, UsageError
            With the faults of all points, each told once.
        """
        messages: dict[str, Message] = {}
        room = MOST_KEPT
        for point in self.points:
            try:
                loaded = self._load(point)
            except DataError as error:
                messages |= {repr(told): told for told in map(_of_sweep, error.messages)}
                continue
            room -= len(loaded.layout)
            if room >= 0 and not messages:
                self._kept[point.number] = loaded
        if messages:
            raise DataError(messages.values())

    def take(self, point: Point) -> Loaded:
        """Return a point that was checked, once."""
        return self._kept.pop(point.number, None) or self._load(point)

    def _load(self, point: Point) -> Loaded:
        loaded = load(self.path, (*self.settings, *point.settings), self.memory)
        return with_ledger(loaded) if self.simulated else loaded


def _of_sweep(message: Message) -> Message:
    """Say ``--vary`` where a value of the sweep is at fault."""
    return replace(message, file=message.file.replace("--set ", "--vary ", 1))


def sweep(
    path: Path,
    vary: Sequence[str],
    *,
    settings: Sequence[str] = (),
    results: Path = Path("results"),
    solver: SolverSettings | None = None,
    wanted: Wanted | None = None,
    x: str | None = None,
    y: str | None = None,
    count: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Swept:
    """Plan a scenario at every point of a grid, and write the sweep; an unfinished one is continued.

    Parameters
    ----------
    path : Path
        ``scenario.toml`` or its folder.
    vary : sequence of str
        ``KEY=A:B:N`` or ``KEY=v1,v2,…``, see :mod:`zxsim.whatif.sweep_grid`.
    settings : sequence of str
        ``KEY=VALUE`` laid over the scenario at every point.
    wanted : Wanted or None
        How to simulate each point; ``None`` plans only.
    x, y : str or None
        Columns of the table that the frontier is drawn over; chosen by the data when not given.
    count : int or None
        Processes; ``None``: as many as there are processors, where there is enough to do.

    Raises
    ------
    DataError, UsageError
        Every fault of every point, before anything is planned.
    InternalError, StoppedError
        A point could not be solved; Ctrl-C. All finished points stay for the next time.
    """
    solver = solver or SolverSettings()
    require(solver)
    keys, memory, started = keys_of(vary, settings), Memory(), time.perf_counter()
    base = _base(path, settings, memory, simulated=wanted is not None)
    require_records(keys, memory.source(path, settings))
    require_axes(keys, base.spec, (x, y), simulated=wanted is not None)
    points = _Points(path, settings, list(grid(keys)), wanted is not None, memory)
    with workers(count, cluster) as team:
        points.check()
        folder = open_folder(base, Request(keys, solver, wanted), len(points.points), results)
        rows, resumed = _rows(points, folder, _Runner(points, solver, wanted, team), progress)
    names = columns_of(keys, base.spec, simulated=wanted is not None)
    table = table_of(keys, points.points, rows, names)
    final = folder.finish(rows, table, {"sweep_seconds": time.perf_counter() - started})
    return Swept(table, axes_of(table, keys, x, y), final, resumed)


def _rows(
    points: _Points, folder: SweepFolder, runner: "_Runner", progress: Progress | None
) -> tuple[list[Mapping[str, Any]], int]:
    """Work out and write what is not there yet; return every point in order, and how many were there."""
    every = points.points
    done = {point.number: said for point in every if (said := folder.done(point.number)) is not None}
    resumed = len(done)
    try:
        for point, found in runner.found([point for point in every if point.number not in done]):
            done[point.number] = folder.write(point, found)
            if progress:
                progress(len(done), len(every))
    except KeyboardInterrupt:
        raise StoppedError([Message("sweep_interrupted", {"done": len(done), "count": len(every)})]) from None
    return [done[point.number] for point in every], resumed


def _base(path: Path, settings: Sequence[str], memory: Memory, *, simulated: bool) -> Loaded:
    """Load the scenario itself, which may be at fault without any point."""
    base = load(path, settings, memory)
    if simulated and base.spec.household is None:
        raise DataError([Message("nothing_to_simulate", {}, str(path))])
    return with_ledger(base)


class _Runner:
    """Works out point after point, here or a few ahead on workers; answers come in the order of points."""

    def __init__(
        self, points: _Points, settings: SolverSettings, wanted: Wanted | None, team: Workers
    ) -> None:
        self._points, self._settings, self._wanted, self._team = points, settings, wanted, team
        self._here = PointSolver(settings, wanted)
        self._token = uuid4().hex
        self._broken = team.start is None

    def found(self, left: Sequence[Point]) -> Iterator[tuple[Point, Found]]:
        """Yield each point with what it came to; a worker that dies leaves the rest to this process."""
        waiting: deque[tuple[Point, Future[Found] | None]] = deque()
        rest, began = deque(left), time.perf_counter()
        while rest and self._team.later and time.perf_counter() - began < SECONDS_ALONE:
            point = rest.popleft()
            yield point, self._answer(point, None)
        try:
            for point in rest:
                waiting.append((point, self._start(point)))
                if len(waiting) > self._team.ahead:
                    yield self._first(waiting)
            while waiting:
                yield self._first(waiting)
        finally:  # nobody waits for what is not needed any more
            for _, future in waiting:
                if future is not None:
                    future.cancel()

    def _first(self, waiting: "deque[tuple[Point, Future[Found] | None]]") -> tuple[Point, Found]:
        point, future = waiting.popleft()
        return point, self._answer(point, future)

    def _start(self, point: Point) -> "Future[Found] | None":
        if self._broken or self._team.start is None:
            return None
        try:
            loaded = self._points.take(point)
            return self._team.start().submit(work, self._token, loaded, self._settings, self._wanted)
        except BrokenProcessPool:
            self._broken = True
            return None

    def _answer(self, point: Point, future: "Future[Found] | None") -> Found:
        try:
            if future is not None:
                try:
                    return future.result()
                except BrokenProcessPool:
                    self._broken = True
            return self._here.solve(self._points.take(point))
        except InternalError as error:
            raise _at_point(error, point) from error


def _at_point(error: ZxsimError, point: Point) -> InternalError:
    """Say at which point an answer failed."""
    fields = {"point": point.number, "settings": list(point.settings)}
    return InternalError([*error.messages, Message("point_failed", fields)])
