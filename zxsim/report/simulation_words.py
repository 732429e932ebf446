"""What loading says of households, shocks, insurance, procedure and measures: code → (zh, en)."""

from collections.abc import Mapping

SIMULATION_WORDS: Mapping[str, tuple[str, str]] = {
    "not_both": ("{keys} 只能写一个", "give one of {keys} at most"),
    "shares_not_one": ("各类收入的比例合计为 {total}，应为 1", "the shares add to {total}, not to 1"),
    "shares_above_one": ("{keys} 合计为 {total}，大于 1", "{keys} add to {total}, more than 1"),
    "household_missing": (
        "没有 [household] 就不做模拟；请加上 [household]，或去掉这个表",
        "nothing is simulated without [household]: add it, or take this table out",
    ),
    "line_year_missing": (
        "规划期内这些年份没有监测线：{years}",
        "years of the horizon without a line: {years}",
    ),
    "unknown_cause": ("不认识的原因 {given}", "unknown cause {given}"),
    "shock_named_like_cause": (
        "{given} 是固有的原因，风险事件请换一个编号",
        "{given} is a cause of every scenario: give the shock another id",
    ),
    "shock_without_industries": (
        "没有一个地区填了 leading_industries，这类风险事件不会影响任何农户",
        "strikes nobody: no place has leading_industries",
    ),
    "no_measure_fits": (
        "{count} 种情况没有合适的措施，将一直未落实：{pairs}",
        "no measure fits in {count} cases, which stay unresolved: {pairs}",
    ),
    "no_households": (
        "没有一个地区填了户数 households",
        "no place has households",
    ),
    "household_cell_missing": (
        "模拟的地区这一格不能为空",
        "a place with households needs this cell",
    ),
    "population_missing": ("有户数而没有人口", "has households, but no population"),
    "households_missing": ("有人口而没有户数", "has a population, but no households"),
    "more_households_than_persons": (
        "{given} 户多于本地区的人口",
        "{given} households are more than the place has persons",
    ),
    "too_many_persons": (
        "{given} 人太多：平均每户超过 {limit} 人",
        "{given} persons are more than {limit} a household",
    ),
    "lifted_above_population": (
        "脱贫人口 {given} 多于本地区的人口",
        "{given} lifted persons are more than the place has",
    ),
    "monitored_above_households": (
        "监测户 {given} 多于本地区的户数",
        "{given} monitored households are more than the place has",
    ),
    "monitored_elsewhere": (
        "本地区没有户数，或者户数填在下级地区；监测户请填在有户数的最下级地区",
        "households are simulated at the lowest places that have any: state the monitored ones there",
    ),
    # the ledger of households; what its cells hold is never repeated
    "ledger_elsewhere": (
        "台账只能写同一文件夹里的 .csv、.xlsx 或 .xls 文件名，写的是 {given}；在别处加 --allow-outside",
        "must name a .csv, .xlsx or .xls file of the same folder, not {given}; or add --allow-outside",
    ),
    "ledger_not_there": ("找不到台账 {given}", "there is no ledger {given}"),
    "ledger_no_heading": (
        "没有找到列名：要有 {columns}",
        "no row of headings: it must have {columns}",
    ),
    "ledger_several": (
        "有 {count} 张表像农户台账，只能有一张",
        "{count} sheets look like a ledger: only one may",
    ),
    "ledger_dropped": (
        "以下 {count} 列含个人身份信息或不需要，没有读入：{columns}",
        "{count} columns that identify people, or are not needed, were not read: {columns}",
    ),
    "ledger_unknown_column": (
        "有 {count} 列不认识：第 {positions} 列（不需要的列请以 x_ 开头）",
        "columns that are not known ({count}), at positions {positions} (start those not needed with x_)",
    ),
    "ledger_column_twice": ("列 {given} 出现两次", "column {given} stands twice"),
    "ledger_gap": ("这一格不能为空", "this cell must not be empty"),
    "ledger_not_number": ("这一格应是{expected}", "this cell must be {expected}"),
    "ledger_not_flag": ("这一格应写 是 或 否", "this cell must be yes or no (是, 否, true, false, 1, 0)"),
    "ledger_not_labour": (
        "这一格应写 有劳动能力、弱劳动力 或 无劳动能力",
        "this cell must be able, weak or none",
    ),
    "ledger_place": (
        "places.csv 里没有这个地区，或者它的农户在下级地区（共 {count} 个地区可写）",
        "no place of places.csv whose households are simulated ({count} are)",
    ),
    "ledger_doubled": ("户编号与第 {first} 行相同", "the same household number as row {first}"),
    "ledger_more": (
        "{column} 列还有 {count} 处同样的问题",
        "{count} more faults of this kind in column {column}",
    ),
    "ledger_total": (
        "{place} 的 {column}：台账合计 {found}，places.csv 为 {given}",
        "{column} of {place}: {found} in the ledger, {given} in places.csv",
    ),
    "ledger_without_income": (
        "{place} 的农户收入合计为 0",
        "households of {place} have no income at all",
    ),
    "target_without_households": (
        "目标指标 {given} 只有模拟才知道，需要写农户资料 [household]",
        "only a simulation knows the indicator {given}: it needs [household]",
    ),
    "not_for_cases": (
        "户数不能用 {given} 比较",
        "numbers of households cannot be compared by {given}",
    ),
    "cases_have_no_worth": (
        "{given} 是户数，只有模拟才知道，不能给单价",
        "{given} is a number of households that only a simulation knows: it takes no worth",
    ),
    "nothing_to_simulate": (
        "方案没有农户资料 [household]，不能模拟；可用 zxsim new --from changjiang 得到样板",
        "the scenario has no [household], nothing to simulate; zxsim new --from changjiang gives a model",
    ),
    "cluster_not_installed": (
        "要用 Dask 集群 {given}，先安装 zxsim[cluster]",
        "install zxsim[cluster] to use the Dask cluster {given}",
    ),
    "cluster_unreachable": ("连不上 Dask 调度器 {given}：{reason}", "no Dask scheduler at {given}: {reason}"),
    "settings_with_run": (
        "--set 只用于方案；{given} 是一次运行，用的是它自己的输入",
        "--set is for scenarios; {given} is a run, which has its own inputs",
    ),
    "run_without_plan": (
        "{given} 没有资金分配（它是不带计划的模拟）",
        "{given} has no allocation: it is a simulation of no plan",
    ),
}
