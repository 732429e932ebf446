"""Where batches run: in this process, in processes beside it, or on a Dask cluster."""

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from zxsim.errors import Message, UsageError

AHEAD = 2
"""Batches waiting for each worker, so that none is idle while an answer is taken."""


@dataclass(frozen=True)
class Workers:
    """``executor`` is ``None`` for this process; ``ahead`` batches are under way at a time."""

    executor: Executor | None
    ahead: int


@contextmanager
def workers(count: int, cluster: str | None = None) -> Iterator[Workers]:
    """Start workers, and stop them at the end.

    Parameters
    ----------
    count : int
        Processes beside this one; 1 runs everything in this process.
    cluster : str or None
        Address of a Dask scheduler, which is used instead.

    Raises
    ------
    UsageError
        The cluster cannot be reached, or the extra ``cluster`` is not installed.
    """
    if cluster is not None:
        with _cluster(cluster) as found:
            yield found
    elif count <= 1:
        yield Workers(None, 0)
    else:
        # Threads of polars and HiGHS do not survive a fork, and Windows has none.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(count, mp_context=context) as pool:
            yield Workers(pool, AHEAD * count)


@contextmanager
def _cluster(address: str) -> Iterator[Workers]:
    try:
        from distributed import Client  # noqa: PLC0415 (an extra)
    except ImportError:
        raise UsageError([Message("cluster_not_installed", {"given": address})]) from None
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError([Message("cluster_unreachable", {"given": address, "reason": str(error)})]) from None
    with client:
        cores = sum(client.ncores().values())
        yield Workers(client.get_executor(pure=False), AHEAD * max(cores, 1))
