"""What ``explain`` says: code → (zh, en), with fields in braces."""

from collections.abc import Mapping

WHY_WORDS: Mapping[str, tuple[str, str]] = {
    "explain_unknown_project": ("没有项目 {given}", "no project {given}"),
    "explain_unknown_clause": (
        "没有编号、条款或名称是 {given} 的约束或资金",
        "no rule or fund has the id, clause or label {given}",
    ),
    "explain_target": (
        "{given} 是考核目标 {targets}：目标没有边际价值，能不能达到见 zxsim explain（不加 --clause）",
        "{given} is a target ({targets}), which has no marginal value; explain without --clause lists misses",
    ),
    "explains_best_plan": (
        (
            "下面说的是同一方案的最优安排：金额、原因和边际价值都不是这次运行的"
            "（这次运行是对已有安排的评估或调整）"
        ),
        (
            "what follows is about the best plan of the same scenario: its amounts, reasons and marginal "
            "values, not those of this run, which evaluates or adapts a given plan"
        ),
    ),
    "why_head": (
        "{project} {name}：财政投入 {cost} 万元，安排 {paid} 万元",
        "{project} {name}: takes {cost} 万元 of public money, gets {paid} 万元",
    ),
    "why_funded": ("已足额安排", "it is paid in full"),
    "why_rounding": (
        "差的只是取整到 0.01 万元的零头",
        "what is missing is only what rounding to 0.01 万元 takes",
    ),
    "why_at_margin": (
        "安排到这里为止：再多给，效益不会高于把资金（{rule}）用在别处",
        "it stops here: more of the money ({rule}) would bring no more than it does elsewhere",
    ),
    "why_money_ran_out": (
        "资金（{rule}）用完时还没有轮到它",
        "the money ({rule}) ran out just before its turn",
    ),
    "why_held_by_rule": (
        "约束 {rule}（{clause}）挡着：不占用这一条的余地，就能再多安排",
        "rule {rule} ({clause}) is in the way: it would get more if it took no room under this rule",
    ),
    "why_worth_less": (
        "资金（{rule}）用在别的项目上效益更高",
        "the money ({rule}) is worth more in other projects",
    ),
    "why_targets_first": (
        "资金（{rule}）要先保考核目标（{stage}），给它会让目标差得更多",
        "the money ({rule}) serves the targets ({stage}) first: giving it some would make them miss more",
    ),
    "why_less_allocated": (
        "给它会让能安排的资金总额减少",
        "giving it some would leave more money unallocated",
    ),
    "why_later_in_library": (
        "效益与别的项目一样，在项目库里排在后面",
        "it is worth as much as others, and comes later in the library",
    ),
    "why_tie": (
        "与别的项目完全一样，按固定的次序取舍",
        "it ties with others in everything; a fixed order decides",
    ),
    "why_at_margin_unnamed": (
        "安排到这里为止：再多给，效益也不会更高",
        "it stops here: more money would bring no more than it does elsewhere",
    ),
    "why_money_ran_out_unnamed": (
        "资金用完时还没有轮到它",
        "the money ran out just before its turn",
    ),
    "why_worth_less_unnamed": (
        "资金用在别的项目上效益更高",
        "the money is worth more in other projects",
    ),
    "why_targets_first_unnamed": (
        "资金要先保考核目标（{stage}），给它会让目标差得更多",
        "the money serves the targets ({stage}) first: giving it some would make them miss more",
    ),
    "why_excluded": (
        "与已安排的项目 {rule} 互斥，两个只能安排一个",
        "it and project {rule}, which is funded, exclude each other",
    ),
    "why_requires": (
        "要以项目 {rule} 做成为前提，而 {rule} 没有做成",
        "it requires project {rule}, which is not done",
    ),
    "why_not_chosen": (
        "要么安排到规定的数、要么不安排；选别的项目，结果更好",
        "it is paid as much as it must be or not at all, and choosing others was better",
    ),
    "why_forbidden": ("项目库里写明不安排（forbidden）", "the library forbids it"),
    "why_no_public_cost": ("不需要财政资金", "it takes no public money"),
    "why_no_fund": (
        "没有一项资金可以用于它的类别和地点",
        "no fund may pay its category at its place",
    ),
    "why_not_eligible": (
        "不符合入库资格 {rule}（{clause}）",
        "it is not eligible under {rule} ({clause})",
    ),
    "why_no_money_then": (
        "它能实施的年份里，可用的资金都没有钱",
        "the funds that may pay it hold no money in its years",
    ),
    "why_worth_missing": (
        "每万元的效益再高 {each}（整个项目 {all}）才能排上",
        "it would come in if it were worth {each} more per 万元 ({all} for the whole project)",
    ),
    "why_not_at_limit": (
        "{record} 在 {years} 年没有用到极限，放宽一点不会改变方案",
        "{record} is not at its limit in {years}: giving way a little changes nothing",
    ),
    "why_no_figure": (
        "{record} 没有可以放宽的数，只决定哪些项目可以安排",
        "{record} has no figure that could give way: it says which projects may be paid",
    ),
    "why_no_binding": (
        "没有一条约束或资金用到极限",
        "no rule or fund is at its limit",
    ),
    "why_targets_met": ("考核目标全部达到", "all targets are met"),
    "why_target_missed": (
        "未达到：{target} {place} {year}：要 {relation} {value}，计划 {planned}",
        "missed: {target} {place} {year}: {relation} {value} asked, {planned} planned",
    ),
    "why_target_out_of_reach": (
        "项目库达不到：{target} {place} {year}：要 {relation} {value}，计划 {planned}",
        "out of reach: {target} {place} {year}: {relation} {value} asked, {planned} planned",
    ),
}
