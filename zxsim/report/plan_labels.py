"""Labels of plans from outside, evaluated or replanned: key → (zh, en)."""

from collections.abc import Mapping

PLAN_LABELS: Mapping[str, tuple[str, str]] = {
    "evaluated": ("已评估", "evaluated"),
    "all_kept": ("硬性约束全部满足", "all hard rules are kept"),
    "broken_count": ("违反硬性约束 {count} 处", "hard rules broken: {count}"),
    "cell": ("单元格", "Cell"),
    "other_project": ("另一项目", "other project"),
    "short_by": ("差", "By"),
    "stage_name": ("各步", "Stage"),
    "this_plan": ("本安排", "This plan"),
    "best_plan": ("最优方案", "Best plan"),
    "distance_from_best": (
        "离最优：{benefit}，两个安排之差共 {moved:,.2f} 万元，占两者资金的 {share:.1f}%",
        "From the best plan: {benefit}; {moved:,.2f} 万元 differ, {share:.1f}% of both",
    ),
    "benefit_less": ("效益少 {benefit:,.2f}", "{benefit:,.2f} less benefit"),
    "benefit_more": (
        "效益多 {benefit:,.2f}（最优方案先满足硬性约束和考核目标，再求效益）",
        "{benefit:,.2f} more benefit (the best plan keeps the hard rules and serves the targets first)",
    ),
    "benefit_same": ("效益相同", "the same benefit"),
    "no_best_plan": (
        "没有最优方案可比：各项硬性约束互相冲突，没有任何安排能同时满足",
        "There is no best plan to compare with: the hard rules contradict each other",
    ),
    "best_plan_not_found": (
        "没有最优方案可比：在上限之内没有求得",
        "There is no best plan to compare with: none was found within the limits",
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
    "page_share_above": (
        "；图中高于 100% 的画在 100% 处（超出资金总量），数字见图中数据",
        "; what is above 100 % (more than the funds hold) is drawn at 100 %: see the figures of the chart",
    ),
    "share_above_all": (
        (
            "要求高于 100% 的占比做不到：它要比上一年实际的占比再高一步，"
            "而上一年安排的钱已经接近或超过资金总量。先改上一年的安排，这一行的要求就随之降下来。"
        ),
        (
            "A share above 100 % cannot be reached: it is one step more than in the year before, where the "
            "money planned comes near what the funds hold or exceeds it. Mend that year first: less is asked "
            "here then."
        ),
    ),
    "no_comparison": (
        "安排违反硬性约束，不与遵守约束的安排比效益",
        "not compared with plans that keep the hard rules, as this one breaks some",
    ),
    "sheet_broken": ("违反的硬性约束", "Hard rules broken"),
    "sheet_plan_changes": ("安排的变动", "Changes of the plan"),
    "before_wan": ("原安排（万元）", "before_wan"),
    "after_wan": ("新安排（万元）", "after_wan"),
    "change_wan": ("变动（万元）", "change_wan"),
    "change": ("离原安排的变动", "change from the approved plan"),
    "stays_as_approved": ("先保持原安排", "the approved plan comes first"),
    "nearest_sure": ("离原安排最近", "nearest to the approved plan"),
    "replan_project": ("项目编号", "Project"),
    "replan_name": ("项目名称", "Name"),
    "replan_before": ("原安排（万元）", "Before, 万元"),
    "replan_after": ("新安排（万元）", "After, 万元"),
    "replan_change": ("变动（万元）", "Change, 万元"),
    "replan_reason": ("原因", "Reason"),
    "replan_changes": ("变动", "Changes"),
    "replan_nothing": ("没有变动，与原安排完全相同", "none: the approved plan as it is"),
    "replan_moved": (
        "增减合计 {moved:,.2f} 万元，涉及 {count} 个项目",
        "{moved:,.2f} 万元 more or less in all, in {count} projects",
    ),
    "staying": ("如果不变", "Staying put"),
    "staying_missed": (
        "没有达到的目标：不变 {staying} 行，变动后 {nearest} 行",
        "Targets missed: {staying} rows staying put, {nearest} after the changes",
    ),
    "staying_plan": ("原安排", "Approved plan"),
    "nearest_plan": ("新安排", "New plan"),
    "benefit_given_up": (
        "尽量不变的代价（与最优方案相比）：{benefit}",
        "What staying near costs, beside the best plan: {benefit}",
    ),
    "because_dropped": ("方案里已经没有", "no longer in the scenario"),
    "because_window": ("不在项目年度内", "outside the project's years"),
    "because_forbidden": ("不再安排的项目", "forbidden project"),
    "because_fund_category": ("资金不能用于这个类别", "the fund does not pay for this category"),
    "because_fund_place": ("资金不能用在这个地区", "the fund is not for this place"),
    "because_eligibility": ("不符合入库资格", "not eligible"),
    "because_no_money": ("资金当年没有钱", "the fund has no money then"),
    "because_decided": ("已定年度", "decided years"),
    "because_committed": ("已承诺的金额", "commitments"),
    "because_cost": ("项目财政投入减少", "the project costs less"),
    "because_required": ("必须安排", "required"),
    "because_rule": ("为了满足", "to keep"),
    "because_whole": ("整体取舍", "all or nothing"),
    "because_follows": ("随其他变动", "follows from other changes"),
}
