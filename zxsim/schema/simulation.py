"""What [simulation] may say: the seed, and how long to go on."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field, StrictInt

from zxsim.core.spec import LARGEST, Number, Share, Spec


class Precision(Share):
    """A fraction above 0 and below 1."""

    chinese: ClassVar[Mapping[str, str]] = {"": "大于 0、小于 1 的小数。"}

    value: Annotated[Number, Field(gt=0, lt=1, decimal_places=6)]


class Simulation(Spec):
    """How the simulation is run."""

    chinese: ClassVar[Mapping[str, str]] = {
        "": "模拟怎样运行。",
        "seed": "随机数种子：同一种子得到同样的结果。",
        "most_replications": "最多重复多少次。",
        "precision": "每个目标的达标概率 95% 置信区间的半宽不超过这个数就停。",
    }

    seed: Annotated[StrictInt, Field(ge=0, le=LARGEST)] = 1
    """Seed of all random numbers."""
    most_replications: Annotated[StrictInt, Field(ge=1, le=100_000)] = 400
    """Most replications."""
    precision: Precision = Precision(value=Decimal("0.05"))
    """Stop when half the 95 % interval of every target's probability is no wider."""
