"""Where batches run: in this process, in processes beside it, or on a Dask cluster."""

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial

from zxsim.errors import Message, UsageError
from zxsim.optimize.blocks import usable_cores
from zxsim.simulate.processes import WorkerContext

AHEAD = 2
"""Batches waiting for each worker, so that none is idle while an answer is taken."""


@dataclass(frozen=True)
class Workers:
    """How to get them: ``start`` is ``None`` for this process; ``ahead`` batches are under way at a time.

    ``later``: the first batch runs in this process, and they are started if there is another.
    """

    start: Callable[[], Executor] | None = None
    ahead: int = 0
    later: bool = False


@contextmanager
def workers(count: int | None, cluster: str | None = None) -> Iterator[Workers]:
    """Make workers ready, and stop them at the end.

    Parameters
    ----------
    count : int or None
        Processes beside this one; 1 runs everything in this process, ``None`` one for each processor where
        there is more to do than one batch.
    cluster : str or None
        Address of a Dask scheduler, which is used instead.

    Raises
    ------
    UsageError
        The cluster cannot be reached, or the extra ``cluster`` is not installed.
    """
    number = usable_cores() if count is None else count
    if cluster is not None:
        with _cluster(cluster) as found:
            yield found
    elif number <= 1:
        yield Workers()
    else:
        with ExitStack() as stack:
            yield Workers(cache(partial(_pool, stack, number)), AHEAD * number, later=count is None)


def _pool(stack: ExitStack, number: int) -> Executor:
    pool = ProcessPoolExecutor(number, mp_context=WorkerContext(), initializer=_leave_interrupts)
    return stack.enter_context(pool)


def _leave_interrupts() -> None:
    """Ctrl-C goes to all processes of a terminal: the one that started the workers stops them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _cluster(address: str) -> Iterator[Workers]:
    try:
        from distributed import Client  # noqa: PLC0415 (an extra)
    except ImportError:
        raise UsageError([Message("cluster_not_installed", {"given": address})]) from None
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        fields = {"given": address, "reason": str(error)}
        raise UsageError([Message("cluster_unreachable", fields)]) from None
    with client:
        cores = sum(client.ncores().values())
        executor = client.get_executor(pure=False)
        yield Workers(lambda: executor, AHEAD * max(cores, 1))
