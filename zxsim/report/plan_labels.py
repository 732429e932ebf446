"""Labels of plans from outside, evaluated or replanned: key → (zh, en)."""

from collections.abc import Mapping

PLAN_LABELS: Mapping[str, tuple[str, str]] = {
    "evaluated": ("已评估", "evaluated"),
    "all_kept": ("硬性约束全部满足", "all hard rules kept"),
    "broken_count": ("违反硬性约束 {count} 处", "{count} hard rules broken"),
    "hard_rules_kept": ("硬性约束全部满足", "all hard rules are kept"),
    "hard_rules_broken": ("硬性约束违反 {count} 处", "hard rules are broken in {count} places"),
    "cell": ("单元格", "Cell"),
    "stage_name": ("各步", "Stage"),
    "this_plan": ("本安排", "This plan"),
    "best_plan": ("最优方案", "Best plan"),
    "distance": (
        "离最优：效益少 {benefit:,.2f}，两个安排之差共 {moved:,.2f} 万元，占两者资金的 {share:.1f}%",
        "From the best plan: {benefit:,.2f} less benefit; {moved:,.2f} 万元 differ, {share:.1f}% of both",
    ),
    "broken_window": ("不在项目年度内", "outside the project's years"),
    "broken_forbidden": ("不安排的项目", "forbidden project"),
    "broken_fund_category": ("资金不能用于这个类别", "fund does not pay for this category:"),
    "broken_fund_place": ("资金不能用在这个地区", "fund is not for this place:"),
    "broken_cost": ("超过项目财政投入", "above the public cost"),
    "broken_required": ("必须安排的项目没有足额", "required project not paid in full"),
    "broken_whole": ("整体安排的项目没有足额", "all-or-nothing project paid in part"),
    "broken_outlay": ("与项目各年资金不符", "not the project's yearly amounts"),
    "broken_minimum": ("低于最低金额", "below the least amount"),
    "broken_requires": ("前提项目没有做成", "what it requires is not done"),
    "broken_excludes": ("互斥的项目都有资金", "both of two that exclude each other"),
    "broken_commitment": ("少于已承诺", "below what is committed"),
    "broken_decided": ("改动了已定年度", "a decided year is changed"),
    "sheet_broken": ("违反的硬性约束", "Hard rules broken"),
}
