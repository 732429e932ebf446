"""What [procedure] may say: how households are found, verified, helped and let go."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from zxsim.core.rulespec import Level
from zxsim.core.shockspec import Months
from zxsim.core.spec import NotNegative, Number, Positive, Share, Spec, Whole, assumed
from zxsim.schema.byyear import LineByYear


class Count(Whole):
    """A whole number that is at least 1."""

    chinese: ClassVar[Mapping[str, str]] = {"": "不小于 1 的整数。"}

    value: Annotated[Number, Field(ge=1, multiple_of=1)]


class Procedure(Spec):
    """The monitoring and help of households at risk (防返贫监测帮扶), from the lead to the exit."""

    chinese: ClassVar[Mapping[str, str]] = {
        "": "防返贫监测帮扶的程序：发现、核查、帮扶、退出。",
        "clause": "文件条款。",
        "line_yuan": "监测线，人均每年多少元：各年的数，或每年相同的一个数；规划期每一年都要有。",
        "fall_share": "监测收入比一年前减少这一比例以上，算收入明显下降。",
        "fall_ceiling": "收入明显下降的户，只有低于监测线的这一倍数才算有风险。",
        "need_rate": "住房、教育、医疗、饮水之一每年失去保障的概率。",
        "application": "有风险的户当月自主申报的概率。",
        "cadres": "有风险的户在季度集中排查中被发现的概率。",
        "department": "有支出或缺保障的户在部门当月筛查中被发现的概率。",
        "petition": "有风险的户当月由信访舆情发现的概率。",
        "panels": "`panel_level` 一级每个地区的核查评议小组数。",
        "panel_level": "核查评议小组设在哪一级；没有这一级上级的地区由它的最上级地区评议。",
        "visit_days": "一个小组核查一户的天数。",
        "notice_days": "从核查到纳入的天数（评议、公示）。",
        "helped_days": "措施至少见效这么多天才能退出。",
        "exit_quarter": "符合退出条件的户在季末评议时退出的概率。",
        "exit_year": "符合退出条件的户在年末集中退出的概率。",
        "delay_months": "缓退户至少纳入这么多个月才能退出。",
        "unresolved_days": "纳入超过这么多天仍没有合适措施的，算未落实。",
    }

    clause: str = ""
    """Clause of the policy paper."""
    line_yuan: LineByYear
    """Monitoring line, yuan per person and year: by year, or one number; every year of the horizon."""
    fall_share: Share = assumed(Share, "0.3", "0.2", "0.5")
    """A monitoring income so much below that of a year ago is a marked fall."""
    fall_ceiling: Positive = assumed(Positive, "1.5", "1.2", "2")
    """A marked fall is a risk below so many lines only."""
    need_rate: Share = assumed(Share, "0.003", "0.001", "0.006")
    """Chance a year that housing, schooling, medical care or water goes missing."""
    application: Share = assumed(Share, "0.05", "0.02", "0.15")
    """Chance in a month that a household at risk applies."""
    cadres: Share = assumed(Share, "0.5", "0.3", "0.8")
    """Chance that the cadres find a household at risk at a quarter's visit."""
    department: Share = assumed(Share, "0.2", "0.1", "0.4")
    """Chance in a month that departments find one with spending or a missing guarantee."""
    petition: Share = assumed(Share, "0.005", "0", "0.02")
    """Chance in a month that a petition brings one to light."""
    panels: Count = assumed(Count, "1", "1", "3")
    """Verification panels at each place of `panel_level`."""
    panel_level: Level = "town"
    """Level with panels; places without such a place above them go to their top place."""
    visit_days: NotNegative = assumed(NotNegative, "2", "1", "3")
    """Days of a panel for one household."""
    notice_days: NotNegative = assumed(NotNegative, "8", "5", "12")
    """Days from the visit to the notice: review and publication."""
    helped_days: Whole = assumed(Whole, "90", "60", "180")
    """A measure must have been in place so many days before an exit."""
    exit_quarter: Share = assumed(Share, "0.1", "0.02", "0.3")
    """Chance that a household that may leave does so at a quarter's review."""
    exit_year: Share = assumed(Share, "0.6", "0.4", "0.8")
    """Chance that one does so at the year's end."""
    delay_months: Months = assumed(Months, "12", "6", "24")
    """Months on the list before a household of delayed exit may leave."""
    unresolved_days: Whole = assumed(Whole, "30", "15", "60")
    """On the list for longer than this without a fitting measure counts as unresolved."""
