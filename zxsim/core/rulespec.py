"""What every rule kind has in common in TOML, and the contract a kind fulfils."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import BeforeValidator, Field, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.blocks import RowBlock, Softness
from zxsim.core.layout import BoolArray, IntArray, Layout
from zxsim.core.spec import Ident, NotNegative, Spec

Level = Literal["province", "city", "county", "town", "village", "natural_village"]
Fault = tuple[str, str, Mapping[str, object]]
"""Key at fault within the rule, code of the message, its fields."""


class Scoped(Spec):
    """Where something holds: at stated places, at each place of a level, or at all together."""

    chinese: ClassVar[Mapping[str, str]] = {
        "places": "地区编号，逐个地区分别计算；一个地区包括它自己和下辖的全部地区。",
        "each": (
            "这一级的地区逐个分别计算，不能与 `places` 同时写：province 省、city 市、county 区县、town 乡镇、"
            "village 村、natural_village 自然村。"
        ),
    }

    places: Annotated[tuple[Ident, ...], Field(min_length=1)] | None = None
    """Ids of places, one row for each; a place means itself and all below it."""
    each: Level | None = None
    """One row for each place of this level; not together with `places`."""

    @model_validator(mode="after")
    def _one_scope(self) -> Self:
        if self.places is not None and self.each is not None:
            raise PydanticCustomError("places_and_each", "both places and each")
        return self


class Soft(Spec):
    """A rule that may be missed: what is missing is minimised in a tier, like the shortfall of a target."""

    chinese: ClassVar[Mapping[str, str]] = {
        "": "可以做不到的约束：差多少计入所在档次，与考核目标的缺口一起压到最小。",
        "tier": "1 守底线，2 抓衔接，3 促振兴。",
        "weight": "在本档内的权重。",
    }

    tier: Literal[1, 2, 3]
    """1 守底线, 2 抓衔接, 3 促振兴."""
    weight: NotNegative = NotNegative(value=Decimal(1))
    """Weight within the tier."""


def _false_is_hard(given: Any) -> Any:  # noqa: ANN401 (whatever TOML holds)
    return None if given is False else given


MaybeSoft = Annotated[
    Soft | None, BeforeValidator(_false_is_hard, json_schema_input_type=Soft | Literal[False] | None)
]


class RuleSpec(Scoped):
    """Keys that every rule kind has."""

    label_words: ClassVar[Mapping[str, str]]
    """Name of the kind in zh and en."""
    grid: ClassVar[tuple[Decimal, str]] = (Decimal(0), "")
    """Size and unit of one step by which the figures of the kind can be loosened; 0 where it has none."""
    chinese: ClassVar[Mapping[str, str]] = {
        "enabled": "写 false 停用这条约束，例如在推演中。",
        "label": "约束的显示名称。",
        "clause": "文件条款。",
        "source": "文件本身没有写明时，约束的出处。",
        "funds": "针对的资金（编号）；不写就是全部资金。",
        "years": "适用的首年和末年；不写就是整个规划期。",
        "soft": "`{ tier = 1, weight = 1 }` 表示可以做不到，差多少计入该档；`false` 或不写：必须做到。",
        "negotiable": "写 false 表示条款互相冲突时不先让这一条。",
    }

    enabled: bool = True
    """False switches the rule off, in a what-if for example."""
    label: str = ""
    """Name of the rule for people."""
    clause: str = ""
    """Clause of the policy paper."""
    source: str = ""
    """Where the rule was published, when not in the paper itself."""
    funds: Annotated[tuple[Ident, ...], Field(min_length=1)] | None = None
    """Ids of the funds it speaks of; all funds when not given."""
    years: tuple[StrictInt, StrictInt] | None = None
    """First and last year in which it holds; the whole horizon when not given."""
    soft: MaybeSoft = None
    """`{ tier = 1, weight = 1 }` lets it be missed at that cost; `false` or nothing: it must be kept."""
    negotiable: bool = True
    """False when it is not to be given up first where clauses contradict each other."""

    @abstractmethod
    def rows(self, rule_id: str, layout: Layout) -> Sequence[RowBlock]:
        """Return the rows of the rule, one block a relation; none for a rule that only filters columns."""

    def loosened(self, steps: int) -> Self | None:
        """Return a copy with the figures loosened by ``steps`` of :attr:`grid`, ``None`` where it has none.

        A figure is never loosened beyond asking nothing.
        """
        del steps
        return None

    @property
    def softness(self) -> Softness | None:
        """Tier and weight of a rule that may be missed."""
        return None if self.soft is None else Softness(self.soft.tier, float(self.soft.weight))

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield what is wrong with the rule in this scenario; nothing by default."""
        del layout
        return iter(())

    def earmark_faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault where a share of the money held is asked by place of funds not earmarked there."""
        places = self.place_scope(layout)
        mixed = [] if places is None else layout.not_earmarked_at(self.funds, places)
        if mixed:
            yield "of", "fund_not_earmarked", {"funds": mixed}

    def place_money_faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault where the money held at a place is asked of funds not earmarked there."""
        for _, _, fields in self.earmark_faults(layout):
            yield "funds", "fund_not_earmarked_at", fields

    def place_scope(self, layout: Layout) -> IntArray | None:
        """Positions of its places, ``None`` for all together (``each`` is resolved on loading)."""
        return None if self.places is None else layout.place_positions(self.places)

    def year_scope(self, layout: Layout) -> IntArray:
        """Calendar years in which the rule holds."""
        first, last = self.years or (int(layout.years[0]), int(layout.years[-1]))
        return layout.years[(layout.years >= first) & (layout.years <= last)]


class PlacedRule(RuleSpec):
    """A rule that speaks of single places."""

    @model_validator(mode="after")
    def _has_places(self) -> Self:
        if self.places is None and self.each is None:
            raise PydanticCustomError("places_missing", "places missing")
        return self

    def chosen_places(self, layout: Layout) -> IntArray:
        """Positions of its places (``each`` is resolved on loading)."""
        return layout.place_positions(self.places or ())


def projects_of(
    layout: Layout, categories: Sequence[str] | None, projects: Sequence[str] | None
) -> BoolArray:
    """Which projects are in one of the categories or named, shape *(projects,)*."""
    if projects is None:
        return layout.projects_in(categories)
    named = np.isin(np.array(layout.project_ids), np.array(projects))
    return named if categories is None else named | layout.projects_in(categories)
