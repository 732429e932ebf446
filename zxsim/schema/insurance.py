"""What [insurance] may say: the anti-return insurance (防返贫保险), its premium and what it pays."""

from collections.abc import Mapping
from typing import ClassVar, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.spec import NotNegative, Positive, Share, Spec
from zxsim.schema.byyear import Idents, Names


class Insurance(Spec):
    """Insurance that pays part of what a household has to spend above a threshold."""

    chinese: ClassVar[Mapping[str, str]] = {
        "": "防返贫保险：刚性支出超过起付线的部分按比例赔付。",
        "enabled": "写 false 停用。",
        "clause": "文件条款。",
        "premium_yuan": "保费，每名参保人每年多少元。",
        "threshold_yuan": "起付线，每次支出人均多少元。",
        "share": "超过起付线部分的赔付比例。",
        "cap_yuan": "每次赔付的封顶，人均多少元。",
        "insured": "`lifted` 只保脱贫户，`all` 保全部农户。",
        "projects": (
            "用来交保费的项目（编号）；当年在当地安排的资金够交几成，就保几成的户。"
            "`projects` 和 `categories` 都不写：每年都保。"
        ),
        "categories": "用来交保费的类别或二级类别。",
    }

    enabled: bool = True
    """False switches it off."""
    clause: str = ""
    """Clause of the policy paper."""
    premium_yuan: Positive
    """Premium, yuan per insured person and year."""
    threshold_yuan: NotNegative
    """Spending of an episode, yuan per person, above which it pays."""
    share: Share
    """Part of the spending above the threshold that it pays."""
    cap_yuan: NotNegative
    """Most that it pays for an episode, yuan per person."""
    insured: Literal["lifted", "all"] = "lifted"
    """`lifted` households only, or `all`."""
    projects: Idents | None = None
    """Projects whose money of a year pays the premiums of the place; with neither key all are insured."""
    categories: Names | None = None
    """Categories or second levels whose money pays the premiums."""

    @model_validator(mode="after")
    def _one_payer(self) -> Self:
        if self.projects is not None and self.categories is not None:
            raise PydanticCustomError("not_both", "not both", {"keys": "projects, categories"})
        return self
