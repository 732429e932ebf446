"""What calibrating says: messages and labels, code → (zh, en), with fields in braces."""

from collections.abc import Mapping

CALIBRATION_WORDS: Mapping[str, tuple[str, str]] = {
    "nothing_to_calibrate": (
        "方案没有 [calibration]，不能校准；可用 zxsim new --from baoshan-2021 得到样板",
        "the scenario has no [calibration], nothing to fit; zxsim new --from baoshan-2021 gives a model",
    ),
    "calibration_bounds_reversed": (
        "下限 {low} 不小于上限 {high}",
        "the lower bound {low} is not below the upper bound {high}",
    ),
    "calibration_bound_impossible": (
        "{given} 不是这个参数可以取的值",
        "{given} is no value that this parameter can have",
    ),
    "calibration_start_outside": (
        "方案所写的值 {given} 不在 {low} 到 {high} 之间，搜索无从开始",
        "the scenario states {given}, which is not between {low} and {high}: the search starts there",
    ),
    "calibration_too_many_free": (
        "写了 {count} 个自由参数，最多 {most} 个",
        "{count} free parameters; {most} at most",
    ),
    "calibration_unquoted": (
        '参数名称要加引号，例如 "{name}.….…" = {{ low = …, high = … }}',
        'put the name of a parameter into quotes: "{name}.….…" = {{ low = …, high = … }}',
    ),
    "calibration_unknown_free": (
        "没有可以调整的参数 {given}（整数和合计为 1 的比例不能调整）",
        "no parameter {given} that can be moved (whole numbers and parts of a whole cannot)",
    ),
    "calibration_too_few_figures": (
        "用来拟合的指标只有 {figures} 项，少于 {free} 个自由参数",
        "figures to fit: {figures}, fewer than the free parameters ({free})",
    ),
    "calibration_not_published": (
        "use = {use} 的指标要写 published（公布的数）",
        "a figure with use = {use} needs `published`",
    ),
    "calibration_fit_not_equal": (
        '拟合的指标只能是 relation = "="，而且公布的数不能是 0',
        'a fitted figure has relation = "=" and a published number other than 0',
    ),
}

CALIBRATION_LABELS: Mapping[str, tuple[str, str]] = {
    "calibrated": ("校准", "Calibration"),
    "calibrated_size": (
        "试算 {trials} 次，种子 {seed}，每次重复 {replications} 次",
        "trials: {trials}, seed: {seed}, replications in each: {replications}",
    ),
    "all_within": (
        "拟合和检验的指标全部在容许误差以内",
        "every fitted or checked figure is within its tolerance",
    ),
    "values_stay": (
        "方案所写的参数已经符合，没有改动",
        "the stated parameters are within tolerance already and were not moved",
    ),
    "state_these": (
        "把“拟合值”一列写进方案，再运行一次就会得到确认",
        "state the fitted values in the scenario; the next run confirms them",
    ),
    "not_all_within": (
        "到试算上限时仍有指标超出容许误差：放宽上下限，换自由参数，或接受这个差距并说明",
        "some figures are still outside their tolerance: widen bounds, free others, or accept and say so",
    ),
    "calibration_progress": (
        "试算 {done} 次，最大偏差为容许误差的 {half:.0f}%",
        "{done} trials, largest difference {half:.0f} % of its tolerance",
    ),
    "parameter": ("参数", "Parameter"),
    "lower_bound": ("下限", "Lower"),
    "upper_bound": ("上限", "Upper"),
    "stated_value": ("方案所写", "Stated"),
    "fitted_value": ("拟合值", "Fitted"),
    "calibrated_figure": ("指标", "Figure"),
    "published_value": ("公布", "Published"),
    "published_source": ("出处", "Source"),
    "model_value": ("模型", "Model"),
    "relative_difference": ("相差", "Difference"),
    "tolerance": ("容许", "Tolerance"),
    "within": ("符合", "Within"),
    "not_fitted": ("没有拟合、只作比较的指标", "Figures that were not fitted"),
    "nobody_published": ("没有公布", "not published"),
}

FIGURE_LABELS: Mapping[str, tuple[str, str]] = {
    "entry_rate": ("每年新识别人数占人口", "persons newly identified a year, of the population"),
    "share_lifted": ("新识别户中脱贫不稳定户", "unstable lifted households, of new ones"),
    "share_marginal": ("新识别户中边缘易致贫户", "marginal households, of new ones"),
    "share_sudden": ("新识别户中突发严重困难户", "households in sudden hardship, of new ones"),
    "removed_share": ("识别户中已消除风险", "risk removed, of identified households"),
    "removed_at_reviews": ("识别户中季末评议时消除", "removed at reviews within the year, of identified"),
    "removed_of_new": ("新识别户中当期消除", "removed by the end, of new households"),
    "relapse_share": ("再次出现风险与消除之比", "at risk again, per household removed"),
    "persons_per_new_household": ("新识别户户均人数", "persons per new household"),
    "persons_per_new_lifted": ("新识别脱贫不稳定户户均人数", "persons per new unstable lifted household"),
    "persons_per_new_marginal": ("新识别边缘易致贫户户均人数", "persons per new marginal household"),
    "persons_per_new_sudden": (
        "新识别突发严重困难户户均人数",
        "persons per new household in sudden hardship",
    ),
    "days_to_notice": ("从发现到纳入的中位天数", "median days from lead to notice"),
    "days_lead_to_measure": ("从发现到措施见效的中位天数", "median days from lead to help in place"),
    "days_to_removal": ("从纳入到消除的中位天数", "median days from notice to removal"),
    "found_by_application": ("自主申报发现", "found by application, of all found"),
    "found_by_cadres": ("干部排查发现", "found by the cadres, of all found"),
    "found_by_department": ("部门筛查发现", "found by departments, of all found"),
    "found_by_petition": ("信访舆情发现", "found by petition, of all found"),
    "unresolved_share": ("期末在册户中未落实帮扶", "without a fitting measure for long, of those monitored"),
    "income_median_over_mean": ("收入中位数与平均数之比", "median income over the mean"),
    "income_p10_over_mean": ("收入 10% 分位与平均数之比", "tenth percentile of income over the mean"),
    "income_p90_over_mean": ("收入 90% 分位与平均数之比", "ninetieth percentile of income over the mean"),
}
