"""Processes that know nothing of the script that started them.

A process that is spawned imports the script of its parent, so a script of a few lines without
``if __name__ == "__main__":`` would run once more in every worker. What is sent to ours is all in zxsim.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType

_ONE_AT_A_TIME = threading.Lock()


class WorkerProcess(SpawnProcess):
    """A spawned process that does not import the script of its parent."""

    def start(self) -> None:
        """Start it."""
        with _script_hidden():
            super().start()


class WorkerContext(SpawnContext):
    """Spawning as everywhere: threads of polars and HiGHS do not survive a fork, and Windows has none."""

    Process = WorkerProcess


@contextmanager
def _script_hidden() -> Iterator[None]:
    """Let the running script look as an interactive session does, which no process can import."""
    with _ONE_AT_A_TIME:
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = script
