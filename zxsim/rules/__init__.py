"""The open family of rule kinds: one kind a file, and this one visible list.

A new kind is a file here, a line below, and its independent check in :mod:`zxsim.verify`.
"""

from typing import Annotated

from pydantic import Field

from zxsim.rules.balance import Balance
from zxsim.rules.category_share import CategoryShare
from zxsim.rules.eligibility import Eligibility
from zxsim.rules.income_use import IncomeUse
from zxsim.rules.payment_progress import PaymentProgress
from zxsim.rules.per_capita_standard import PerCapitaStandard
from zxsim.rules.place_floor import PlaceFloor
from zxsim.rules.priority import Priority
from zxsim.rules.project_count import ProjectCount
from zxsim.rules.rising_share import RisingShare

Rule = Annotated[
    CategoryShare
    | RisingShare
    | PlaceFloor
    | PerCapitaStandard
    | Balance
    | IncomeUse
    | Priority
    | PaymentProgress
    | ProjectCount
    | Eligibility,
    Field(discriminator="kind"),
]
RULE_KINDS = (
    CategoryShare,
    RisingShare,
    PlaceFloor,
    PerCapitaStandard,
    Balance,
    IncomeUse,
    Priority,
    PaymentProgress,
    ProjectCount,
    Eligibility,
)
