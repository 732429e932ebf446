"""The whole job of a scenario and what its parts take: loading, chain, comparison, tables, verification."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import TypeVar
from unittest import mock

from clock import Cost, now, timed

from zxsim import api
from zxsim.optimize import plan
from zxsim.optimize.integer import Best

T = TypeVar("T")
PARTS = (
    (api, "load", "load"),
    (plan, "classes_of", "build"),
    (plan, "build", "build"),
    (plan, "best", "chain"),
    (plan, "rounded", "round"),
    (plan, "marginals", "marginal values"),
    (plan, "reasons", "reasons"),
)
"""Functions that the job calls, where it finds them, and the part that each belongs to."""


def full_job(folder: Path, results: Path) -> dict[str, Cost]:
    """Optimise, write and verify; return what each part took, ``tables`` being all the rest."""
    spent: dict[str, Cost] = {}
    with ExitStack() as stack:
        for module, name, part in PARTS:
            stack.enter_context(_watched(spent, module, name, part))
        whole, run = timed(lambda: api.optimize(folder, results=results))
    assert run.folder is not None
    spent["tables"] = whole - sum(spent.values(), Cost())
    spent["verify"], found = timed(lambda: api.verify(run.folder))
    assert not found, found[:3]
    return spent


@contextmanager
def _watched(spent: dict[str, Cost], module: ModuleType, name: str, part: str) -> Iterator[None]:
    original = getattr(module, name)

    @wraps(original)
    def watched(*given: object, **named: object) -> object:
        result = _added(spent, part, lambda: original(*given, **named))
        if isinstance(result, Best):  # its comparison is worked out later, by whoever wants it
            compared = result.compared
            return replace(result, compared=lambda: _added(spent, "comparison plans", compared))
        return result

    with mock.patch.object(module, name, watched):
        yield


def _added(spent: dict[str, Cost], part: str, work: Callable[[], T]) -> T:
    started = now()
    try:
        return work()
    finally:
        spent[part] = spent.get(part, Cost()) + (now() - started)
