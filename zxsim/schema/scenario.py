"""What scenario.toml may say: one frozen, closed model; the reference page is made from it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, StrictInt, field_validator, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.effectspec import Worth
from zxsim.core.spec import Ident, NotNegative, Share, Spec, Years
from zxsim.effects import Effect
from zxsim.indicators.coverage import CoverageIndicator
from zxsim.rules import Rule
from zxsim.schema.byyear import AmountByYear, Idents, Names
from zxsim.schema.calibration import Calibration
from zxsim.schema.households import Household
from zxsim.schema.insurance import Insurance
from zxsim.schema.measure import Measure
from zxsim.schema.procedure import Procedure
from zxsim.schema.simulation import Simulation
from zxsim.schema.target import Target
from zxsim.shocks import Shock

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
LONGEST_HORIZON = 50


class Fund(Spec):
    """Money that can be spent; its budget row is implied."""

    chinese: ClassVar[Mapping[str, str]] = {
        "": "可以安排的资金；它的总量约束自动成立。",
        "label": "资金的显示名称。",
        "level": "资金的级别，即由哪一级安排。",
        "kind": (
            "资金种类：connection 衔接资金、sector 行业部门资金、land_revenue 土地出让收入、cooperation "
            "协作帮扶资金、own_income 自有收入。"
        ),
        "clause": "文件条款。",
        "source": "文件本身没有写明时，金额的出处。",
        "amount_wan": "各年金额（万元），或每年相同的一个数；没有写到的年份为 0；舍到 0.01。",
        "per_place": "所列每个地区各有这一金额，用在该地区及其下辖地区。",
        "categories": "只能用于这些类别；不写就不限。",
        "not_categories": "不得用于这些类别。",
        "places": "只能用在这些地区及其下辖地区；不写就不限。",
        "carry_over": "当年没有安排完的，以后还可以结转使用几年。",
    }

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

    chinese: ClassVar[Mapping[str, str]] = {
        "": "考核目标之外，资金带来的效益如何计算。",
        "source": "`effects`：各项成效折现后的价值；`own`：改用 projects.csv 的 `benefit` 列。",
        "unit": "自定效益的单位，用于显示。",
        "discount_rate": "年折现率 r。",
        "low_income_weight": "低收入农户每得一元，按其他农户的几元计。",
        "coverage_yuan": "没有考核目标的指标 → 每新覆盖一人（户）计多少元效益，只计一次，按年折现。",
    }

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

    chinese: ClassVar[Mapping[str, str]] = {
        "": "一个方案；`places.csv` 和 `projects.csv` 与它放在同一文件夹。",
        "zxsim_version": '方案是为 zxsim 的哪个版本写的，例如 "0.1"。',
        "name": "方案的显示名称。",
        "years": "规划期的首年和末年。",
        "decided_through": "已经过去的最后一年：这一年及以前的资金就是 `commitments.csv` 所写的。",
        "illustrative": "含有为举例而虚构的数据时写 true；每份报告都会注明。",
        "units_checked": "写 true 表示投资额的单位已经核对，不再因疑似按“元”填写而报错。",
        "notes": "说明文字。",
        "fund": "资金，按编号。",
        "rule": "政策约束，按编号。",
        "indicator": "覆盖率指标，按编号；`income`（收入）总是有的。",
        "effect": "成效，按编号。",
        "target": "考核目标，按编号。",
        "benefit": "效益的算法。",
        "household": "农户；有这个表才做模拟。",
        "shock": "风险事件，按编号。",
        "insurance": "防返贫保险。",
        "procedure": "防返贫监测帮扶的程序。",
        "measure": "帮扶措施，按编号。",
        "simulation": "模拟怎样运行。",
        "calibration": "用公布的数校准模拟的参数（`zxsim calibrate`）。",
        "place": "本文件改写的 places.csv 单元格：`[place.编号] 列名 = 值`。",
        "project": "本文件改写的 projects.csv 单元格：`[project.编号] 列名 = 值`。",
    }

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
    household: Household | None = None
    """Households; the table switches the simulation on."""
    shock: dict[Ident, Shock] = {}
    """Shocks by id."""
    insurance: Insurance | None = None
    """Anti-return insurance."""
    procedure: Procedure | None = None
    """Monitoring and help of households at risk."""
    measure: dict[Ident, Measure] = {}
    """Measures by id."""
    simulation: Simulation = Simulation()
    """How the simulation is run."""
    calibration: Calibration | None = None
    """How `zxsim calibrate` fits parameters of the simulation to published figures."""
    place: dict[Ident, dict[str, Any]] = {}
    """Cells of places.csv that this file overrides: `[place.ID] column = value`."""
    project: dict[Ident, dict[str, Any]] = {}
    """Cells of projects.csv that this file overrides: `[project.ID] column = value`."""

    @property
    def simulated(self) -> bool:
        """Whether there are households to simulate."""
        return self.household is not None and self.household.enabled

    @field_validator("years")
    @classmethod
    def _horizon(cls, years: tuple[int, int]) -> tuple[int, int]:
        first, last = years
        if not first <= last < first + LONGEST_HORIZON:
            fields = {"first": first, "last": last, "most": LONGEST_HORIZON}
            raise PydanticCustomError("horizon", "horizon", fields)
        return years
