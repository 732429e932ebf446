"""What [calibration] may say: which figures of the simulation are fitted to what was published, and how."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self, get_args

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.spec import Ident, NotNegative, Number, Positive, Spec, Whole
from zxsim.schema.procedure import Count

MOST_FREE = 5
"""More free parameters than this say more of the fitter than of the place."""

FigureName = Literal[
    "entry_rate",
    "share_lifted",
    "share_marginal",
    "share_sudden",
    "removed_share",
    "removed_at_reviews",
    "removed_of_new",
    "relapse_share",
    "persons_per_new_household",
    "persons_per_new_lifted",
    "persons_per_new_marginal",
    "persons_per_new_sudden",
    "days_to_notice",
    "days_lead_to_measure",
    "days_to_removal",
    "found_by_application",
    "found_by_cadres",
    "found_by_department",
    "found_by_petition",
    "unresolved_share",
    "income_median_over_mean",
    "income_p10_over_mean",
    "income_p90_over_mean",
]
FIGURE_NAMES: tuple[str, ...] = get_args(FigureName)


class Bounds(Spec):
    """Between which values a free parameter is looked for."""

    chinese: ClassVar[Mapping[str, str]] = {
        "": "一个自由参数的上下限。",
        "low": "下限。",
        "high": "上限。",
    }

    low: Number
    """Lowest value."""
    high: Number
    """Highest value."""

    @model_validator(mode="after")
    def _wide(self) -> Self:
        if self.low >= self.high:
            fields = {"low": str(self.low), "high": str(self.high)}
            raise PydanticCustomError("calibration_bounds_reversed", "bounds reversed", fields)
        return self


class PublishedFigure(Spec):
    """One figure of the simulation, and what was published of it."""

    chinese: ClassVar[Mapping[str, str]] = {
        "": "模拟的一项指标，以及公布的数。",
        "figure": (
            "指标：entry_rate 每年新识别人数占人口；share_lifted、share_marginal、share_sudden "
            "新识别户中脱贫不稳定户、边缘易致贫户、突发严重困难户的比例；"
            "removed_share 识别户中已消除风险的比例；removed_at_reviews 识别户中在季末评议时消除的比例；"
            "removed_of_new 当期新识别户中当期消除的比例；relapse_share 再次出现风险的户数与消除户数之比；"
            "persons_per_new_household、persons_per_new_lifted、persons_per_new_marginal、"
            "persons_per_new_sudden 新识别户（及三类）户均人数；days_to_notice 从发现到纳入、"
            "days_lead_to_measure 从发现到措施见效、days_to_removal 从纳入到消除的中位天数；"
            "found_by_application、found_by_cadres、found_by_department、found_by_petition "
            "四种途径发现的比例；unresolved_share 期末在册户中未落实帮扶的比例；"
            "income_median_over_mean 农户收入中位数、income_p10_over_mean 10% 分位、"
            "income_p90_over_mean 90% 分位与人均收入之比。"
        ),
        "use": "`fit` 用来拟合；`check` 不拟合，但必须满足；`compare` 只并列比较。",
        "published": "公布的数及其来源；`compare` 可以不写，表示没有公布。",
        "relation": "模拟值与公布的数的关系；拟合的指标只能是 `=`。",
        "tolerance": "`=` 时允许的相对误差。",
        "label": "指标的显示名称。",
    }

    figure: FigureName
    """Figure of the simulation: `entry_rate` persons newly identified a year over the population; `share_…`
    of a group among new households; `removed_share`, `removed_at_reviews` of identified households;
    `removed_of_new` of new ones; `relapse_share` at risk again per household removed; `persons_per_new_…`;
    `days_…` medians; `found_by_…` of all found; `unresolved_share` of those monitored at the end;
    `income_…_over_mean` quantiles of households over the mean."""
    use: Literal["fit", "check", "compare"] = "fit"
    """`fit`: parameters are moved to meet it; `check`: it must hold; `compare`: shown side by side only."""
    published: NotNegative | None = None
    """What was published, with its source; `compare` without it says that nobody published one."""
    relation: Literal["=", "<=", ">="] = "="
    """Relation of the simulated figure to the published one; a fitted figure has `=`."""
    tolerance: Positive = Positive(value=Decimal("0.02"))
    """Relative difference that `=` allows."""
    label: str = ""
    """Name of the figure for people."""

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.published is None and self.use != "compare":
            raise PydanticCustomError("calibration_not_published", "not published", {"use": self.use})
        if self.use == "fit" and (self.relation != "=" or not self.published or not self.published.value):
            raise PydanticCustomError("calibration_fit_not_equal", "fit not equal")
        return self


class Calibration(Spec):
    """Which parameters `zxsim calibrate` may move, and which published figures the simulation must meet."""

    chinese: ClassVar[Mapping[str, str]] = {
        "": "`zxsim calibrate` 可以调整哪些参数，模拟要与哪些公布的数相符。",
        "replications": "每次试算重复几次；各次试算用同样的随机数。",
        "removed_before": "模拟开始以前识别、开始时风险已消除的户数：计入识别户和已消除户，不再模拟。",
        "free": (
            "自由参数（最多五个）及上下限，名称加引号，"
            '例如 `"shock.illness.rate" = { low = 0.01, high = 0.1 }`；从方案所写的值开始。'
        ),
        "figure": "各项指标，按编号。",
    }

    replications: Count = Count(value=Decimal(8))
    """Replications of each trial; all trials have the same luck."""
    removed_before: Whole = Whole(value=Decimal(0))
    """Households identified before the start whose risk was removed by then: counted as identified and as
    removed, not simulated."""
    free: Annotated[dict[str, Bounds], Field(min_length=1)]
    """Free parameters, five at most, with bounds; names are quoted, such as
    `"shock.illness.rate" = { low = 0.01, high = 0.1 }`; the search starts at the values of the scenario."""
    figure: Annotated[dict[Ident, PublishedFigure], Field(min_length=1)]
    """Figures by id."""

    @field_validator("free", mode="before")
    @classmethod
    def _few(cls, given: object) -> object:
        if isinstance(given, Mapping):
            if len(given) > MOST_FREE:
                fields = {"count": len(given), "most": MOST_FREE}
                raise PydanticCustomError("calibration_too_many_free", "too many free", fields)
            for name, bounds in given.items():
                if isinstance(bounds, Mapping) and any(isinstance(v, Mapping) for v in bounds.values()):
                    raise PydanticCustomError("calibration_unquoted", "unquoted", {"name": str(name)})
        return given

    def used(self, *uses: str) -> dict[str, PublishedFigure]:
        """Return the figures of some uses, by id."""
        return {name: figure for name, figure in self.figure.items() if figure.use in uses}


def published_value(figure: PublishedFigure) -> float | None:
    """Return what was published, ``None`` where nothing was."""
    return None if figure.published is None else float(figure.published)
