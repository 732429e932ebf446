"""What scenario.toml may say: one frozen, closed model; the reference page is made from it."""

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, StrictInt, field_validator, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.effectspec import Worth
from zxsim.core.spec import Ident, NotNegative, Share, Spec, Years
from zxsim.effects import Effect
from zxsim.indicators.coverage import CoverageIndicator
from zxsim.rules import Rule
from zxsim.schema.target import Target

CATEGORIES = (
    "产业发展",
    "就业项目",
    "乡村建设行动",
    "易地搬迁后扶",
    "巩固三保障成果",
    "乡村治理和精神文明",
    "项目管理费",
    "其他",
)
EVERY_YEAR = 0
"""Year under which an amount stands that is the same in every year."""

LONGEST_HORIZON = 50


def _by_year(given: Any) -> Any:  # noqa: ANN401 (whatever TOML holds)
    if isinstance(given, dict) and "value" not in given:
        return given
    return {EVERY_YEAR: given}


AmountByYear = Annotated[
    dict[int, NotNegative],
    BeforeValidator(_by_year, json_schema_input_type=dict[int, NotNegative] | NotNegative),
]
Names = Annotated[tuple[str, ...], Field(min_length=1)]
Idents = Annotated[tuple[Ident, ...], Field(min_length=1)]


class Fund(Spec):
    """Money that can be spent; its budget row is implied."""

    label: str = ""
    """Name of the fund for people."""
    level: Literal["中央", "省", "市", "区县", "其他"]
    """Who gives the money."""
    kind: Literal["connection", "sector", "land_revenue", "cooperation", "own_income"] = "connection"
    """What kind of money it is."""
    clause: str = ""
    """Clause of the policy paper."""
    source: str = ""
    """Where the amount was published, when not in the paper itself."""
    amount_wan: AmountByYear
    """万元 by year, or one number for every year; a year not named is 0; rounded down to 0.01."""
    per_place: Idents | None = None
    """The amount is for each of these places, spent there or below."""
    categories: Names | None = None
    """All that it may pay for; anything when not given."""
    not_categories: Names | None = None
    """What it may not pay for."""
    places: Idents | None = None
    """Where it may be spent (these and below); anywhere when not given."""
    carry_over: Years = Years(value=Decimal(0))
    """Years for which what is not spent in its own year may still be spent."""

    @model_validator(mode="after")
    def _one_place_key(self) -> Self:
        if self.per_place is not None and self.places is not None:
            raise PydanticCustomError("one_of_two", "one of two", {"keys": "per_place, places"})
        return self


class Benefit(Spec):
    """What money is worth beyond the targets."""

    source: Literal["effects", "own"] = "effects"
    """`effects`: discounted worth of the effects; `own`: the column `benefit` of projects.csv instead."""
    unit: str = ""
    """Unit of the planner's own benefit, for people."""
    discount_rate: Share = Share(
        value=Decimal("0.04"), low=Decimal("0.02"), high=Decimal("0.08"), assumed=True
    )
    """Yearly discount rate r."""
    low_income_weight: NotNegative = NotNegative(
        value=Decimal(2), low=Decimal(1), high=Decimal(4), assumed=True
    )
    """What a yuan to a low-income household counts, against one to any other."""
    coverage_yuan: dict[Ident, NotNegative] = {}
    """Indicator without a target → yuan that one newly served head is worth, once, discounted."""

    @property
    def worth(self) -> Worth:
        """How benefits are added up."""
        return Worth(float(self.discount_rate), float(self.low_income_weight))


class Scenario(Spec):
    """One scenario; `places.csv` and `projects.csv` stand beside it."""

    zxsim_version: str
    """Version of zxsim that the scenario was made for, such as "0.1"."""
    name: str
    """Name of the scenario for people."""
    years: tuple[StrictInt, StrictInt]
    """First and last year of the horizon."""
    decided_through: StrictInt | None = None
    """Last year that is over: its money, and that of years before, is what `commitments.csv` says."""
    illustrative: bool = False
    """True when data in it are made up to illustrate; every report says so."""
    units_checked: bool = False
    """True lets costs pass that look like 元 instead of 万元."""
    notes: str = ""
    """Free text."""
    fund: Annotated[dict[Ident, Fund], Field(min_length=1)]
    """Funds by id."""
    rule: dict[Ident, Rule] = {}
    """Rules by id."""
    indicator: dict[Ident, CoverageIndicator] = {}
    """Coverage indicators by id; `income` is always there."""
    effect: dict[Ident, Effect] = {}
    """Effects by id."""
    target: dict[Ident, Target] = {}
    """Targets by id."""
    benefit: Benefit = Benefit()
    """What money is worth."""
    place: dict[Ident, dict[str, Any]] = {}
    """Cells of places.csv that this file overrides: `[place.ID] column = value`."""
    project: dict[Ident, dict[str, Any]] = {}
    """Cells of projects.csv that this file overrides: `[project.ID] column = value`."""

    @field_validator("years")
    @classmethod
    def _horizon(cls, years: tuple[int, int]) -> tuple[int, int]:
        first, last = years
        if not first <= last < first + LONGEST_HORIZON:
            fields = {"first": first, "last": last, "most": LONGEST_HORIZON}
            raise PydanticCustomError("horizon", "horizon", fields)
        return years
