"""What a sweep says: code → (zh, en), with fields in braces; and its headings and lines."""

from collections.abc import Mapping

SWEEP_WORDS: Mapping[str, tuple[str, str]] = {
    "vary_syntax": (
        "--vary 应写成 键=起:止:个数 或 键=值1,值2，写的是 {given}",
        "--vary takes KEY=A:B:N or KEY=v1,v2, not {given}",
    ),
    "vary_range": (
        "{given} 不是完整的范围：要写 起:止:个数，起、止是不带单位的数（60% 写 0.6），个数是不小于 2 的整数",
        "{given} is no range: it takes A:B:N with plain numbers (0.6 for 60 %) and a whole N of at least 2",
    ),
    "vary_values": (
        "{given} 里有空值，或同一个值写了两次",
        "{given} has an empty value, or the same value twice",
    ),
    "sweep_is_no_run": (
        "{given} 是一次推演（sweep）的结果，不是单独的一次运行；各点见其中的 sweep.csv",
        "{given} is a sweep, not a run; its points stand in its sweep.csv",
    ),
    "vary_whole_table": (
        "--vary {given} 是整个表，不是一个值；要写到其中的键，例如 {example}",
        "--vary {given} is a whole table, not a value; name a key in it, as {example}",
    ),
    "vary_twice": (
        "{given} 写了不止一次（--vary 或 --set）",
        "{given} is given more than once (--vary or --set)",
    ),
    "vary_unknown_record": ("方案里没有 {given}", "the scenario has no {given}"),
    "too_many_points": (
        "共 {given} 个点，最多 {most} 个，请少取几个值",
        "{given} points; {most} at most: take fewer values",
    ),
    "nothing_varied": (
        "没有写要变动什么：请加 --vary 键=起:止:个数",
        "nothing is varied: add --vary KEY=A:B:N",
    ),
    "unknown_axis": (
        "推演结果表没有数值列 {given}",
        "the table of the sweep has no column of numbers {given}",
    ),
    "sweep_takes_no_change": (
        "{given} 是已完成的推演，不能再加 --vary、--set 或 --simulate",
        "{given} is a finished sweep: it takes no --vary, --set or --simulate",
    ),
    "sweep_unfinished": (
        "{given} 还没有完成；请用原来的命令继续",
        "{given} is not finished: continue with the command that began it",
    ),
    "run_is_no_sweep": (
        "{given} 是一次运行，不是一次推演（里面没有 sweep.json）",
        "{given} is a run, no sweep (no sweep.json in it)",
    ),
    "sweep_damaged": ("推演文件夹 {given} 读不了：{reason}", "cannot read the sweep {given}: {reason}"),
    "sweep_interrupted": (
        "已中断，{count} 个点中已完成 {done} 个；再运行同一条命令就从这里继续",
        "interrupted with {done} of {count} points done: the same command continues from here",
    ),
    "point_failed": ("出在第 {point} 个点：{settings}", "at point {point}: {settings}"),
}

SWEEP_LABELS: Mapping[str, tuple[str, str]] = {
    "page_sweep_frontier": ("前沿", "Frontier"),
    "page_sweep_points": ("各点结果", "Points"),
    "page_sweep_point": ("点 {point}", "point {point}"),
    "page_sweep_others": ("其他点", "other points"),
    "page_sweep_nothing": ("没有哪个点得出计划，画不出图。", "No point has a plan: nothing to draw."),
    "sheet_sweep": ("推演", "Sweep"),
    "sweep": ("推演", "Sweep"),
    "sweep_size": ("{count} 个点", "{count} points"),
    "sweep_conflicts": ("其中 {count} 个无法满足全部约束", "{count} of them in conflict"),
    "sweep_resumed": ("其中 {count} 个是上次已算好的", "{count} of them were there already"),
    "sweep_progress": ("已算 {done}/{count} 个点", "{done} of {count} points"),
    "sweep_written": ("已写出", "Written to"),
    "sweep_varied": ("变动", "Varied"),
    "sweep_values": ("{varied}：{values}", "{varied}: {values}"),
    "sweep_impossible": ("点 {point} {status}", "Point {point} {status}"),
    "sweep_frontier": ("前沿", "Frontier"),
    "sweep_frontier_note": (
        "* 前沿：按“{x}”和“{y}”两项，没有别的点两项都不差而且至少一项更好",
        "* frontier: no other point is as good in both {x} and {y} and better in one",
    ),
    "sweep_chart": ("{y} 与 {x}", "{y} against {x}"),
    "sweep_all_points": ("各点", "all points"),
    "sweep_series": ("{varied}={value}", "{varied}={value}"),
    "sweep_more": ("… 另有 {count} 个点，见 sweep.csv", "… {count} more points in sweep.csv"),
    "sweep_basis": (
        "产业占比、效益和达标数按取整后的资金计算；收入和增收为规划期末年，增收为全部农户当年合计",
        "shares, benefit and targets: of the rounded money; incomes and gains: of the last year, over all",
    ),
    "sweep_conflict_note": (
        "状态为“约束冲突”的点没有计划，冲突的条款写在最后一列",
        "a point in conflict has no plan; its clauses stand in the last column",
    ),
    "sweep_simulated_note": (
        "达标概率已计入假定参数的范围；每个目标取各地区、各年度中最低的一个",
        "probabilities have assumed parameters drawn; of each target the lowest among its places and years",
    ),
    "sweep_assumptions": (
        "方案含 {count} 处没有公开数据的假定，见 inputs/resolved.toml",
        "the scenario has {count} assumptions that nobody published, see inputs/resolved.toml",
    ),
    "sweep_point": ("点", "Point"),
    "sweep_status": ("状态", "Status"),
    "sweep_optimal": ("最优", "optimal"),
    "sweep_feasible": ("可行", "feasible"),
    "sweep_conflict": ("约束冲突", "conflict"),
    "sweep_limit": ("到达上限", "limit reached"),
    "sweep_not_roundable": ("无法取整", "not roundable"),
    "sweep_gap": ("离上限的差距", "Gap"),
    "sweep_tier1": ("守底线缺口", "Shortfall bottom line"),
    "sweep_tier2": ("抓衔接缺口", "Shortfall connection"),
    "sweep_tier3": ("促振兴缺口", "Shortfall revival"),
    "sweep_benefit": ("效益", "Benefit"),
    "sweep_spent_wan": ("安排（万元）", "Allocated (万元)"),
    "sweep_left_wan": ("未安排（万元）", "Left (万元)"),
    "sweep_targets": ("考核目标数", "Targets"),
    "sweep_targets_met": ("达到的目标数", "Targets met"),
    "sweep_industry_share": ("产业占比", "Industry share"),
    "sweep_mean_income_yuan": ("人均收入（元）", "Mean income (yuan)"),
    "sweep_household_gain_wan": ("农户年增收（万元）", "Household gain (万元 a year)"),
    "sweep_low_income_gain_wan": ("低收入农户年增收（万元）", "Low-income gain (万元 a year)"),
    "sweep_open_cases": ("末年在册（户）", "Open cases"),
    "sweep_unresolved": ("末年未落实（户）", "Unresolved"),
    "sweep_mean_simulated_income_yuan": ("模拟人均收入（元）", "Simulated income (yuan)"),
    "sweep_least_probability": ("最低达标概率", "Least probability"),
    "sweep_probability": ("达标概率：{target}", "Probability: {target}"),
    "sweep_clauses": ("冲突或受限的条款", "Clauses in the way"),
}
