"""zxsim: allocate rural connection funds (衔接资金) under every rule of the policy paper.

>>> import zxsim
>>> run = zxsim.Scenario("scenarios/changjiang").optimize(replications=20)  # doctest: +SKIP
>>> run.table("targets")  # doctest: +SKIP

Scenarios and runs are objects whose methods are the commands (:mod:`zxsim.library`); the functions behind
them are in :mod:`zxsim.api`. Nothing heavy is imported before one of these names is used, so that
``import zxsim`` and ``zxsim --help`` stay quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zxsim.library import (
        ConflictError,
        DataError,
        InternalError,
        LimitError,
        Message,
        SavedRun,
        SavedSweep,
        Scenario,
        StoppedError,
        UsageError,
        ZxsimError,
        compare,
        import_sheets,
        list_runs,
        new_scenario,
        reading_outside,
        scenario_schema,
        sentences,
        shipped_scenarios,
    )

__version__ = "0.1.0"
__all__ = [
    "ConflictError",
    "DataError",
    "InternalError",
    "LimitError",
    "Message",
    "SavedRun",
    "SavedSweep",
    "Scenario",
    "StoppedError",
    "UsageError",
    "ZxsimError",
    "__version__",
    "compare",
    "import_sheets",
    "list_runs",
    "new_scenario",
    "reading_outside",
    "scenario_schema",
    "sentences",
    "shipped_scenarios",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 (each name has its own type, see above)
    """Import the library when one of its names is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("zxsim.library"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
