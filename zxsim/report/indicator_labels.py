"""Names of what a simulation counts, of groups of households and of statistics, in Chinese and English."""

from collections.abc import Mapping

INDICATOR_LABELS: Mapping[str, tuple[str, str]] = {
    "income": ("人均可支配收入", "income per head"),
    "collective_income": ("村集体经济收入", "income of the collective"),
    "posts": ("就业岗位", "posts"),
    "income_p10": ("农户人均收入（10% 分位）", "households' income, 10 % quantile"),
    "income_p25": ("农户人均收入（25% 分位）", "households' income, 25 % quantile"),
    "income_p50": ("农户人均收入（中位数）", "households' income, median"),
    "income_p75": ("农户人均收入（75% 分位）", "households' income, 75 % quantile"),
    "income_p90": ("农户人均收入（90% 分位）", "households' income, 90 % quantile"),
    "money_per_head": ("人均投入", "money per head"),
    "open_cases": ("在册监测户", "open cases"),
    "unresolved": ("未落实帮扶的监测户", "unresolved cases"),
    "leads": ("发现的线索户", "households found"),
    "leads_persons": ("发现的线索人数", "persons found"),
    "entries": ("新增监测户", "entries"),
    "entries_persons": ("新增监测人数", "persons entered"),
    "exits": ("风险消除户", "exits"),
    "exits_persons": ("风险消除人数", "persons exited"),
    "relapses": ("再次出现风险户", "relapses"),
    "relapses_persons": ("再次出现风险人数", "persons relapsed"),
    "found_by_application": ("农户申报发现", "found by application"),
    "found_by_cadres": ("干部排查发现", "found by cadres"),
    "found_by_department": ("部门筛查发现", "found by department data"),
    "found_by_petition": ("信访等渠道发现", "found by petition"),
    "days_to_notice": ("从发现到认定（天）", "days from lead to notice"),
    "days_to_measure": ("从认定到帮扶到位（天）", "days from notice to measure"),
    "days_to_removal": ("从认定到风险消除（天）", "days from notice to exit"),
    "slots_opened": ("资金可支持名额", "slots funded"),
    "slots_granted": ("使用名额", "slots used"),
    "insurance_paid": ("保险赔付", "insurance paid"),
}
GROUP_LABELS: Mapping[str, tuple[str, str]] = {
    "lifted": ("脱贫不稳定户", "lifted but unstable"),
    "marginal": ("边缘易致贫户", "marginal"),
    "sudden": ("突发严重困难户", "sudden hardship"),
}
STATISTIC_LABELS: Mapping[str, tuple[str, str]] = {
    "mean": ("均值", "mean"),
    "low": ("5% 分位", "5 % quantile"),
    "high": ("95% 分位", "95 % quantile"),
    "median": ("中位数", "median"),
    "p90": ("90% 分位", "90 % quantile"),
}
UNIT_LABELS: Mapping[str, tuple[str, str]] = {
    "households": ("户", "households"),
    "persons": ("人", "persons"),
    "days": ("天", "days"),
    "slots": ("个", "slots"),
}
CELL_LABELS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "indicator": INDICATOR_LABELS,
    "group": GROUP_LABELS,
    "statistic": STATISTIC_LABELS,
    "unit": UNIT_LABELS,
}
"""Words of the cells of a column by its name; what is not here is an id of the scenario."""
