"""Headings and lines of the screen of a simulation, in Chinese and English."""

from collections.abc import Mapping

SIMULATED_LABELS: Mapping[str, tuple[str, str]] = {
    "simulated": ("模拟", "Simulation"),
    "simulated_size": (
        "{households:,} 户，{replications} 次重复，达标概率误差不超过 ±{half:.1f} 个百分点",
        "{households:,} households, {replications} replications, probabilities within ±{half:.1f} points",
    ),
    "not_simulated": (
        "方案没有农户资料 [household]，只作资金分配，不作模拟",
        "the scenario has no [household]: allocated only, not simulated",
    ),
    "not_precise": (
        "到达上限时还没有达到要求的精度 ±{wanted:.1f} 个百分点；可用 --replications 提高次数上限",
        "a limit came before the precision of ±{wanted:.1f} points; --replications raises it",
    ),
    "finished_here": (
        "有工作进程中途退出，其余批次已由主进程算完，结果不受影响",
        "a worker process died; the remaining batches were run in this process, the result is the same",
    ),
    "mean_income": ("人均收入（元）", "Income (yuan)"),
    "planned_income": ("计划值", "Planned"),
    "income_range": ("农户 10%–90%", "Households 10–90 %"),
    "entries": ("新增", "Entries"),
    "exits": ("风险消除", "Exits"),
    "relapses": ("再次返贫风险", "Relapses"),
    "open_cases": ("年末在册", "Open at year end"),
    "unresolved": ("未落实帮扶", "Unresolved"),
    "in_households": ("户数均为各次重复的平均值", "households are means over the replications"),
    "days_to_notice": ("从发现到认定", "lead to notice"),
    "days_to_measure": ("从认定到帮扶到位", "notice to measure"),
    "days_to_removal": ("从认定到风险消除", "notice to exit"),
    "days_line": (
        "中位 {median:,.0f} 天，九成在 {most:,.0f} 天内",
        "median {median:,.0f} days, nine in ten within {most:,.0f}",
    ),
    "waiting": ("用时", "Times"),
    "measure": ("帮扶措施", "Measure"),
    "slots_opened": ("资金可支持名额", "Slots funded"),
    "unlimited": ("不限", "unlimited"),
    "slots_granted": ("使用名额", "Slots used"),
    "simulated_mean": ("模拟均值", "Simulated"),
    "simulated_range": ("90% 区间", "90 % interval"),
    "probability": ("达标概率", "Probability"),
    "probability_fixed": ("参数固定时", "parameters fixed"),
    "shocks": ("风险事件", "Shocks"),
    "group": ("分组", "group"),
    "period": ("时期", "period"),
    "statistic": ("统计量", "statistic"),
    "mean": ("模拟均值", "mean"),
    "replication": ("重复", "replication"),
    "household": ("农户序号", "household"),
    "persons": ("人数", "persons"),
    "day": ("第几天", "day"),
    "detail": ("说明代码", "detail"),
    "progress": ("模拟 {done} 次，误差 ±{half:.1f} 个百分点", "simulated {done}, within ±{half:.1f} points"),
}
