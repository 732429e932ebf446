"""What is worked out of a plan once, however many ask for it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from zxsim.optimize.plan import Plan

Made = TypeVar("Made")


def once_a_plan(make: Callable[[Plan], Made]) -> Callable[[Plan], Made]:
    """Work something out once for a plan and keep it as long as the plan is kept.

    The files, the notices and the screen of a run show the same tables.
    """
    found: WeakKeyDictionary[Plan, Made] = WeakKeyDictionary()

    @wraps(make)
    def made(plan: Plan) -> Made:
        if plan not in found:
            found[plan] = make(plan)
        return found[plan]

    return made
