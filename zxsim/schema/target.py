"""What [target.ID] may say: an indicator, a relation and what it is compared with."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import ClassVar, Literal, Self

from pydantic import StrictInt, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.rulespec import Scoped
from zxsim.core.spec import Figure, Ident, NotNegative, Positive
from zxsim.indicators import SIMULATED

Relation = Literal[
    ">=",
    "<=",
    "=",
    ">",
    "<",
    "between",
    "growth",
    "growth_above_parent",
    "ratio_to_parent",
    "not_below_previous",
]
KEYS: Mapping[str, Sequence[Relation]] = {
    "upper": ("between",),
    "margin": (">", "<"),
    "base_year": ("growth", "growth_above_parent"),
    "than": ("growth_above_parent", "ratio_to_parent"),
}
"""Keys that only some relations take."""

OF_INCOME: Sequence[Relation] = ("growth", "growth_above_parent")
"""Relations that only incomes can be put in."""

INCOMES = ("income", "collective_income")

AMOUNTS = (*INCOMES, "posts")
"""Indicators that are no share."""

WITH_PARENT: Sequence[Relation] = ("growth_above_parent", "ratio_to_parent")
"""Relations that compare a place with its parent, or with `than`."""

RATES: Sequence[Relation] = ("growth", "growth_above_parent", "ratio_to_parent")
"""Relations whose value is no level of the indicator."""

OWN_SCALE: Sequence[Relation] = ("growth", "not_below_previous")
"""Relations whose shortfall has a size of its own, whatever the value."""


class Target(Scoped):
    """What an indicator should reach; a shortfall is minimised, tier by tier."""

    chinese: ClassVar[Mapping[str, str]] = {
        "": "一个指标应达到的水平；缺口按档次逐档压到最小。",
        "enabled": "写 false 停用这个目标。",
        "label": "目标的显示名称。",
        "indicator": (
            "`income`（收入，元）、`collective_income`（村集体收入，万元）、`posts`（岗位，个）、指标的编号，"
            "或只有模拟才知道的"
            "户数：`unresolved` 未落实帮扶的监测户、`open_cases` 在册监测户（年末）。"
        ),
        "years": "考核的首年和末年；不写就只考核规划期末年。",
        "relation": (
            "各年年末值的比较方式："
            "`>=` `<=` `=` `>` `<` 直接与 `value` 比；`between` 介于、`growth` 年均增长、"
            "`growth_above_parent` 增幅高于对照地区、`ratio_to_parent` 与对照地区之比、`not_below_previous` "
            "不低于上年，算法见下文。"
        ),
        "value": (
            "要达到的数：比例、元/人·年，或万元；`growth` 写年均增长率，`growth_above_parent` 写高出的幅度，"
            "`ratio_to_parent` 写比值；`not_below_previous` 不用写。"
        ),
        "upper": "`between` 的上限，`value` 是它的下限。",
        "margin": (
            "`>` 和 `<` 至少要超过的幅度；不写时收入为 1 元，村集体收入为 0.01 万元，岗位为 1 个，"
            "覆盖率为 0.001。"
        ),
        "base_year": "`growth` 和 `growth_above_parent` 的起算年份；不写就是规划期前一年。",
        "than": "`growth_above_parent` 和 `ratio_to_parent` 所比较的地区；不写就是上级地区。",
        "tier": "1 守底线，2 抓衔接，3 促振兴；前一档决不因后一档而让步。",
        "weight": "在本档内的权重。",
        "scale": "缺多少计为一个完整的缺口；目标值为 0 时必填。",
        "clause": "文件条款。",
        "source": "文件本身没有写明时，目标的出处。",
        "lead": "牵头部门。",
    }

    enabled: bool = True
    """False switches the target off."""
    label: str = ""
    """Name of the target for people."""
    indicator: Ident
    """`income` (yuan), `collective_income` (万元), `posts` (a number), the id of an indicator, or a number of
    households at the year's end that only the simulation knows: `unresolved` monitored without a fitting
    measure, `open_cases` all that are monitored."""
    years: tuple[StrictInt, StrictInt] | None = None
    """First and last year in which it is checked; the last year of the horizon when not given."""
    relation: Relation
    """How each year's end is compared: with `value` (`>=` `<=` `=` `>` `<`), or as the formulas below say."""
    value: Figure | None = None
    """What to reach: a share, yuan per person, or 万元; the yearly rate of `growth`, the difference of
    `growth_above_parent`, the ratio of `ratio_to_parent`; not needed for `not_below_previous`."""
    upper: Figure | None = None
    """Upper end of `between`, which `value` is the lower end of."""
    margin: Positive | None = None
    """By how much `>` and `<` must be passed; 1 yuan for income, 0.01 万元 for that of the
    collective, 1 post and 0.001 for coverage when not given."""
    base_year: StrictInt | None = None
    """Year that `growth` and `growth_above_parent` count from; the year before the horizon when not given."""
    than: Ident | None = None
    """Place that `growth_above_parent` and `ratio_to_parent` compare with; the parent when not given."""
    tier: Literal[1, 2, 3]
    """1 守底线, 2 抓衔接, 3 促振兴; a lower tier is never given up for a higher one."""
    weight: NotNegative = NotNegative(value=Decimal(1))
    """Weight within the tier."""
    scale: Positive | None = None
    """What one whole shortfall is; required where the value is 0."""
    clause: str = ""
    """Clause of the policy paper."""
    source: str = ""
    """Where it was published, when not in the paper itself."""
    lead: str = ""
    """Lead department."""

    @model_validator(mode="after")
    def _keys_of_relation(self) -> Self:
        relation = self.relation
        for key, takers in KEYS.items():
            if getattr(self, key) is not None and relation not in takers:
                fields = {"relation": relation, "key": key, "takers": list(takers)}
                raise PydanticCustomError("not_for_relation", "not for this relation", fields)
        if self.value is None and relation != "not_below_previous":
            raise PydanticCustomError(
                "missing_for_relation", "missing", {"relation": relation, "key": "value"}
            )
        if relation == "between" and self.upper is None:
            raise PydanticCustomError(
                "missing_for_relation", "missing", {"relation": relation, "key": "upper"}
            )
        if relation in OF_INCOME and self.indicator not in INCOMES:
            raise PydanticCustomError("relation_of_income", "income only", {"relation": relation})
        return self

    @model_validator(mode="after")
    def _sizes(self) -> Self:
        value = self.number
        if self.upper is not None and self.upper.value < value:
            fields = {"given": str(self.upper.value), "value": str(value)}
            raise PydanticCustomError("upper_below_value", "upper below value", fields)
        minimised = self.relation not in OWN_SCALE and self.indicator not in SIMULATED
        if value == 0 and self.scale is None and minimised:
            raise PydanticCustomError("scale_missing", "scale missing")
        if value != 0 and self.relation == "not_below_previous":
            raise PydanticCustomError("value_not_zero", "value is not 0", {"given": str(value)})
        if (value <= -1 and self.relation == "growth") or (value < 0 and self.relation == "ratio_to_parent"):
            fields = {"given": str(value), "relation": self.relation}
            raise PydanticCustomError("value_out_of_relation", "value too low", fields)
        return self

    @property
    def number(self) -> Decimal:
        """The value, 0 where none is given."""
        return Decimal(0) if self.value is None else self.value.value

    @property
    def bound(self) -> Decimal:
        """The value with its margin: what is reached or not passed."""
        margin = Decimal(0) if self.margin is None else self.margin.value
        return self.number + (margin if self.relation == ">" else -margin)
