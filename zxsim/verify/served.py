"""The worth of heads newly served, where coverage has a stated worth and no target."""

import numpy as np

from zxsim.core.money import YUAN_PER_WAN
from zxsim.verify.counted import counted_heads
from zxsim.verify.effects import effects_on, lag_of
from zxsim.verify.indicators import heads_column
from zxsim.verify.inputs import Inputs
from zxsim.verify.plan import Plan
from zxsim.verify.reading import number


def served_worth(plan: Plan, inputs: Inputs) -> float:
    """Benefit in 万元 of all heads newly served, each once, discounted to its first year of service.

    Service that begins after the horizon counts as well.
    """
    targeted = {target["indicator"] for target in inputs.targets.values()}
    rate = float(number(inputs.benefit["discount_rate"]))
    total = 0.0
    for indicator, yuan in inputs.benefit.get("coverage_yuan", {}).items():
        if indicator in targeted:
            continue
        lags = [lag_of(effect) for effect in effects_on(indicator, inputs)]
        length = len(inputs.years) + max(lags, default=0)
        counted = counted_heads(indicator, heads_column(indicator, inputs), plan, inputs, length)
        served = counted[inputs.places.tops].sum(axis=0)
        discount = (1 + rate) ** -np.arange(length, dtype=np.float64)
        total += float(number(yuan)) / YUAN_PER_WAN * float(np.diff(served, prepend=0.0) @ discount)
    return total
