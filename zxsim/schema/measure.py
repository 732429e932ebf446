"""What [measure.ID] may say: help for monitored households, and what pays for it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.rulespec import Level
from zxsim.core.shockspec import Months
from zxsim.core.spec import NotNegative, Positive, Spec, Whole, assumed
from zxsim.schema.byyear import Idents, Names

Labour = Literal["able", "weak", "none"]
LABOURS: tuple[Labour, ...] = ("able", "weak", "none")


class Measure(Spec):
    """Help that a monitored household has by a contract: paid by projects, so many a year, or unlimited.

    A household asks for the first that fits and has a contract left, in the order of the file.
    """

    chinese: ClassVar[Mapping[str, str]] = {
        "": "帮扶措施：监测户按合同享受；合同由项目资金支付，或每年定额，或不限数量。"
        "户按文件中的先后，用第一项适用且还有合同的措施。",
        "enabled": "写 false 停用这项措施。",
        "label": "措施的显示名称。",
        "clause": "文件条款。",
        "labour": "适用的户：`able` 有劳动能力、`weak` 弱劳力、`none` 无劳动能力。",
        "causes": (
            "适用的原因：风险事件的编号，或 `housing` 住房、`schooling` 教育、`medical` 医疗、"
            "`water` 饮水、`income` 收入；不写就是全部原因。"
        ),
        "projects": "支付这项措施的项目（编号），与 `slot_wan` 一起写。",
        "categories": "支付这项措施的类别或二级类别，与 `slot_wan` 一起写。",
        "slot_wan": (
            "一份合同的费用，万元。每年每个地区的合同数 = 当年在该地区安排的这些资金 ÷ `slot_wan`，取整。"
        ),
        "slots": (
            "不靠项目资金的措施：`slots_level` 一级每个地区每年的合同数；不写就不限（如国家社会保障）。"
        ),
        "slots_level": "`slots` 按哪一级地区计；没有这一级上级的地区按它的最上级地区计。",
        "months": "合同的月数；0 为长期。",
        "gain_yuan": "合同期内人均每年增加的收入，元。",
        "start_days": "从得到合同到见效的天数。",
        "removes_need": "写 true 表示同时解决所缺的保障（住房、教育、医疗、饮水）。",
    }

    enabled: bool = True
    """False switches the measure off."""
    label: str = ""
    """Name of the measure for people."""
    clause: str = ""
    """Clause of the policy paper."""
    labour: Annotated[tuple[Labour, ...], Field(min_length=1)] = LABOURS
    """Households that it fits: `able` to work, able to do light work only (`weak`), or `none`."""
    causes: Names | None = None
    """Ids of shocks, `housing`, `schooling`, `medical`, `water` or `income`; all when not given."""
    projects: Idents | None = None
    """Projects whose money pays for it; goes with `slot_wan`."""
    categories: Names | None = None
    """Categories or second levels whose money pays for it; goes with `slot_wan`."""
    slot_wan: Positive | None = None
    """Cost of a contract in 万元: a place has a contract for each such amount paid there in the year."""
    slots: Whole | None = None
    """Without projects: contracts a year at each place of `slots_level`; unlimited when not given."""
    slots_level: Level = "village"
    """Level whose places have `slots` each; a place without such a place above it has its top place's."""
    months: Months = Months(value=Decimal(0))
    """Months of a contract; 0 is for good."""
    gain_yuan: NotNegative = NotNegative(value=Decimal(0))
    """Yuan per person and year while it lasts."""
    start_days: Whole = assumed(Whole, "15", "0", "60")
    """Days from the contract to the help."""
    removes_need: bool = False
    """True where it also makes up for a missing guarantee: housing, schooling, medical care, water."""

    @property
    def paid(self) -> bool:
        """Whether projects pay for it."""
        return self.projects is not None or self.categories is not None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if self.paid != (self.slot_wan is not None):
            keys = "slot_wan, projects" if self.categories is None else "slot_wan, categories"
            raise PydanticCustomError("both_or_none", "both or none", {"keys": keys})
        if self.paid and self.slots is not None:
            raise PydanticCustomError("not_both", "not both", {"keys": "slots, slot_wan"})
        if self.projects is not None and self.categories is not None:
            raise PydanticCustomError("not_both", "not both", {"keys": "projects, categories"})
        return self
