"""Drawn tests draw the same cases each time; ``ZXSIM_EXPLORE=1`` draws new ones (``make explore``)."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

EXPLORING = bool(os.environ.get("ZXSIM_EXPLORE"))

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile("explore" if EXPLORING else "same")


if not EXPLORING:
    # Hypothesis draws numbers that stand in our source: every edit would draw other cases. Its plugin looks
    # for them before any fixture begins: so they are hidden here.
    vars(providers)["is_local_module_file"] = lambda _: False


@pytest.fixture(name="scheduler")
def _scheduler() -> Iterator[str]:
    """Address of a real Dask scheduler with two workers on loopback."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster.scheduler_address
