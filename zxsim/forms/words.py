"""Words of official forms, which are Chinese whatever the language: statuses, targets, problems."""

from collections.abc import Mapping
from decimal import Decimal

from zxsim.exporters.sheet import Format
from zxsim.runs.data import RunData
from zxsim.schema.target import RATES

RELATION_WORDS = {
    ">=": "≥",
    "<=": "≤",
    "=": "＝",
    ">": "＞",
    "<": "＜",
    "between": "介于",
    "growth": "年均增长≥",
    "growth_above_parent": "增幅高于对照≥",
    "ratio_to_parent": "与对照之比≥",
    "not_below_previous": "不低于上年",
}
STATE_WORDS = {
    "met": "达到",
    "met_within_unit": "达到（差额小于 0.01 万元所能改变的量）",
    "missed": "未达到",
    "out_of_reach": "未达到（项目库达不到）",
    "simulated": "只能模拟",
    "unknown": "没有模拟",
}
INDICATOR_WORDS = {
    "income": "人均可支配收入",
    "collective_income": "村集体经济收入",
    "posts": "就业岗位",
    "open_cases": "在册监测户",
    "unresolved": "未落实帮扶的监测户",
}
INDICATOR_UNITS = {
    "income": "元",
    "collective_income": "万元",
    "posts": "个",
    "open_cases": "户",
    "unresolved": "户",
}
"""Units of indicators that are no share."""

FINISHED = "已完工，资金付清"
UNPAID = "已完工，资金未付清"
SILENT = "本季度未报"
NOT_BEGUN = "未开工"
UNPLANNED = "本年无计划却有支付"
BEHIND = "支付滞后"
ON_TIME = "正常"

NO_PROBLEM = "无"
NO_TARGET = "没有量化目标"
SWITCHED_OFF = "没有启用"
RULE_UNITS = {"wan": "{:,.2f}万元", "share": "{:.2%}", "count": "{:,.0f}个", "yuan": "{:,.2f}元"}


def indicator_name(run: RunData, indicator: str) -> str:
    """Name of an indicator, of those that every scenario has too."""
    return run.label("indicator", INDICATOR_WORDS.get(indicator, indicator))


def unit_of(indicator: str, relation: str) -> str:
    """Unit in which a target compares: that of its indicator, per cent for shares and rates."""
    return "%" if relation in RATES else INDICATOR_UNITS.get(indicator, "%")


def format_of(unit: str) -> Format:
    """How values of a unit are shown."""
    return "share" if unit == "%" else "money"


def number_words(value: float, unit: str) -> str:
    """Write a stated value as short as it can be.

    >>> number_words(0.985, "%"), number_words(12000.0, "元"), number_words(10.5, "万元")
    ('98.5%', '12000元', '10.5万元')
    """
    exact = Decimal(repr(float(value))) * (100 if unit == "%" else 1)
    return f"{exact.normalize():f}{unit}"


def value_words(value: float | None, unit: str) -> str:
    """Write a computed value with two digits.

    >>> value_words(0.98765, "%"), value_words(3.0, "户"), value_words(None, "%")
    ('98.77%', '3.00户', '')
    """
    if value is None:
        return ""
    return f"{value:.2%}" if unit == "%" else f"{value:,.2f}{unit}"


def required_words(row: Mapping[str, object], unit: str) -> str:
    """Write what a target asks for: relation, value, and its upper value where it has one."""
    relation = RELATION_WORDS[str(row["relation"])]
    if row["relation"] == "not_below_previous":
        return relation
    values = [number_words(float(str(row[key])), unit) for key in ("value", "upper") if row[key] is not None]
    return relation + "–".join(values)
