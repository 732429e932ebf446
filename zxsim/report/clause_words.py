"""What is said of clauses.csv and of collectives, what carries a clause, units: code → (zh, en)."""

from collections.abc import Mapping

CLAUSE_WORDS: Mapping[str, tuple[str, str]] = {
    "clause_not_listed": (
        "clauses.csv 里没有条款「{given}」",
        "clause {given} is not in clauses.csv",
    ),
    "clause_doubled": ("条款 {given} 写了两次", "clause {given} stands twice"),
    "clause_without_key": (
        "carried_as 是 {given} 时要写 where：落实它的键",
        "where is needed for {given}: the keys that carry it",
    ),
    "clause_key_unknown": ("方案里没有 {given}", "the scenario has no {given}"),
    "clause_value_no_number": (
        "写了 figures，value「{given}」就应是一个数，或 1..2 这样的区间、figures 两端各写一个",
        "with figures, value {given!r} must be a number, or a range such as 1..2 with a figure for each end",
    ),
    "clause_figure_unknown": ("方案里没有 {given} 这个数", "the scenario has no number at {given}"),
    "clause_figure_same": (
        "文件写的是 {stated}，方案 {key} 是 {found}",
        "the paper says {stated}, {key} of the scenario is {found}",
    ),
    "clause_figure_coverage": (
        "文件要求全部做到，方案 {key} 应为 1，是 {found}",
        "the paper asks for all of it, so {key} should be 1, not {found}",
    ),
    "clause_figure_above": (
        "文件要求高于 {stated}，方案 {key} 是 {found}",
        "the paper asks for more than {stated}, {key} of the scenario is {found}",
    ),
    "clause_switched_off": ("落实这一条的 {key} 停用了", "{key}, which carries it, is switched off"),
    "growth_from_nothing": (
        "{count} 个地区的 collective_income_wan 为 0，算不出增长：{places}",
        "collective_income_wan of {count} places is 0, from which nothing can grow: {places}",
    ),
}

CARRIER_WORDS: Mapping[str, tuple[str, str]] = {
    "place": ("地区", "places"),
    "rule": ("约束", "rule"),
    "target": ("目标", "target"),
    "fund": ("资金", "fund"),
    "simulation": ("模拟", "simulation"),
    "measure": ("帮扶措施", "measure"),
    "report": ("报表", "report"),
    "not_modelled": ("没有写入", "not modelled"),
}
"""What carries a clause."""

UNIT_WORDS: Mapping[str, tuple[str, str]] = {
    "10k_yuan_per_place_year": ("万元/地/年", "万元 a place and year"),
    "10k_yuan_per_year": ("万元/年", "万元 a year"),
    "count": ("个", ""),
    "coverage": ("", ""),
    "event": ("起", "events"),
    "groups": ("类", "groups"),
    "households": ("户", "households"),
    "industries": ("个产业", "industries"),
    "percentage_points": ("个百分点", "points"),
    "percentile": ("分位", "percentile"),
    "persons": ("人", "persons"),
    "persons_per_village": ("人/村", "persons a village"),
    "posts": ("个岗位", "posts"),
    "projects": ("个项目", "projects"),
    "ratio": ("倍", "times"),
    "share": ("", ""),
    "tasks": ("项任务", "tasks"),
    "townships": ("个乡镇", "townships"),
    "villages": ("个村", "villages"),
    "yuan_per_person_year": ("元/人·年", "yuan a person and year"),
}
"""Units of clauses; one that is not here is shown as it is written."""
