"""Headings, sentences and controls of the page, in Chinese and English."""

from collections.abc import Mapping

PAGE_LABELS: Mapping[str, tuple[str, str]] = {
    "page_written": ("已写到 {path}（{size} KB）", "Written to {path} ({size} KB)"),
    "page_title": ("{name}：资金分配与监测帮扶报告", "{name}: report on allocation and monitoring"),
    "page_titles": ("{count} 次运行的报告：{names}", "Report on {count} runs: {names}"),
    "page_subtitle": (
        "zxsim {version} 根据运行结果生成，文字和数字都出自下列运行，离线可看",
        "made by zxsim {version}; every sentence and figure is of the runs named below; works offline",
    ),
    "page_skip": ("跳到正文", "Skip to the report"),
    "page_contents": ("目录", "Contents"),
    "page_see": ("见“{topic}”", "see {topic}"),
    "page_of_run": ("{name}（运行 {run}）", "{name} (run {run})"),
    "page_which": ("显示哪些运行", "Runs shown"),
    "page_all_side": ("并排", "side by side"),
    "page_all_below": ("上下排列", "one below the other"),
    "page_numbered": ("{number}. {name}", "{number}. {name}"),
    "page_search": ("查找（多个词用空格隔开）", "Search (words apart by blanks)"),
    "page_any": ("全部", "all"),
    "page_clear": ("清除筛选", "Clear filter"),
    "page_shown": ("显示 {shown} / {all} 行", "{shown} of {all} rows shown"),
    "page_shown_sum": (
        "显示 {shown} / {all} 行，合计 {sum} 万元",
        "{shown} of {all} rows shown, {sum} 万元 in all",
    ),
    "page_sorting": (
        "点表头或按回车、空格排序，再按一次倒序，第三次恢复原序",
        "press a heading (click, Enter or Space) to sort, again to reverse, a third time for the first order",
    ),
    "page_figures": ("图中数据", "Figures of the chart"),
    "page_left_out": (
        "只列 {shown} 行（{which}），另有 {count} 行没有列出，全表见结果文件夹的 {file}",
        "{shown} rows ({which}); {count} more are left out: the whole table is {file} in the run's folder",
    ),
    "page_largest": ("金额最大的", "the largest amounts"),
    "page_least_slack": ("余量最小的", "those with the least slack"),
    "page_least_likely": ("未达到和把握最小的", "those missed and the least likely ones"),
    "page_first": ("前面的", "the first ones"),
    "page_least_paid": ("没有足额安排的在前", "those not paid in full first"),
    "page_all_places": ("全部地区", "all places"),
    "page_none": ("没有内容", "Nothing here"),
    "page_no_plan": (
        "这次运行只有模拟，没有资金分配。",
        "This run is a simulation without any allocation.",
    ),
    "page_no_simulation": (
        "这次运行没有模拟农户（方案没有农户资料，或用了 --no-simulate）。",
        "No households were simulated in this run (none in the scenario, or --no-simulate).",
    ),
    "page_overview": ("各次运行一览", "The runs side by side"),
    "page_figure": ("数字", "Figure"),
    "page_targets_short": ("达到的目标", "Targets met"),
    "page_of": ("{part} / {whole}", "{part} of {whole}"),
    "page_least_probability": ("达标概率最小的", "Least probability"),
    "page_open_end": ("{year} 年末在册监测户", "Monitored at the end of {year}"),
    "page_income_end": ("{year} 年人均收入（元）", "Income of {year} (yuan)"),
    "page_headline": ("摘要", "Summary"),
    "page_allocation": ("资金分配", "Allocation"),
    "page_shares": ("占比走势", "Shares by year"),
    "page_clauses": ("条款与约束", "Clauses and rules"),
    "page_targets": ("考核目标", "Targets"),
    "page_incomes": ("农户收入", "Incomes"),
    "page_monitored": ("监测帮扶", "Monitored households"),
    "page_assumptions": ("假定", "Assumptions"),
    "page_reproduce": ("如何重现", "How to reproduce"),
    # sentences of the summary
    "page_money": (
        "{years} 年可用资金 {available} 万元，安排 {spent} 万元（{share}），未安排 {left} 万元。",
        "Of {available} 万元 for {years}, {spent} 万元 ({share}) is allocated, {left} 万元 is left.",
    ),
    "page_projects": (
        "项目库 {count} 个项目：足额安排 {full} 个，部分安排 {partly} 个，未安排 {none} 个。",
        "Projects in the library: {count}; paid in full: {full}, in part: {partly}, not at all: {none}.",
    ),
    "page_sentence": ("{text}。", "{text}."),
    "page_benefit": ("效益 {benefit} {unit}", "The benefit is {benefit} {unit}"),
    "page_better": (
        "，比{plan}多 {more} {unit}（高 {percent}）",
        ", {more} {unit} ({percent}) more than with {plan}",
    ),
    "page_worse": (
        "，比{plan}少 {more} {unit}（低 {percent}）",
        ", {more} {unit} ({percent}) less than with {plan}",
    ),
    "page_same": ("，与{plan}相同", ", the same as with {plan}"),
    "page_from_nothing": ("，{plan}则为 0", ", where {plan} gives 0"),
    "page_not_compared": ("（{why}）", " ({why})"),
    "page_all_met": (
        "考核目标 {count} 项（按地区和年度计），计划全部达到。",
        "Targets by place and year: {count}, all of them planned to be met.",
    ),
    "page_library": ("按项目库顺序安排", "money in library order"),
    "page_equal": ("按人均均等安排", "money nearest to equal per head"),
    "page_this_plan": ("本方案", "this plan"),
    "page_compared_plan": ("安排办法", "Plan"),
    "page_difference": ("相差", "Difference"),
    "page_percent": ("相差比例", "Difference in per cent"),
    "page_compared": (
        "同样约束下各种安排办法的效益（{unit}）",
        "Benefit of plans under the same rules ({unit})",
    ),
    "page_rules": (
        "必须做到的约束 {count} 行（按地区和年度计），全部满足，其中 {binding} 行用到极限，没有余量。",
        "Rows of rules that must be kept: {count}, all kept; at their limit: {binding}.",
    ),
    "page_rules_broken": (
        "违反硬性约束 {count} 处，逐条列在“条款与约束”里。",
        "Hard rules broken: {count}; each is listed under Clauses and rules.",
    ),
    "page_soft": (
        "软约束有 {count} 行没有做到。",
        "Rows of soft rules that are missed: {count}.",
    ),
    "page_dearest": (
        "放宽一步作用最大的条款是「{rule}」（{year} 年）：放宽 {step}，{worth} {gain}。",
        "The clause whose step is worth most is {rule} ({year}): loosened by {step}, {worth} {gain}.",
    ),
    "page_gain_benefit": ("效益多", "the benefit grows by"),
    "page_gain_other": ("{measure}改善", "{measure} improves by"),
    "page_targets_met": (
        (
            "考核目标 {count} 项（按地区和年度计）：计划达到 {met} 项，未达到 {missed} 项，"
            "其中 {out} 项资金再多、项目库也达不到。"
        ),
        (
            "Targets by place and year: {count}; planned to be met: {met}, missed: {missed}, "
            "of these out of the library's reach: {out}."
        ),
    ),
    "page_targets_missed": (
        "考核目标 {count} 项（按地区和年度计）：计划达到 {met} 项，未达到 {missed} 项。",
        "Targets by place and year: {count}; planned to be met: {met}, missed: {missed}.",
    ),
    "page_targets_simulated": (
        "另有 {count} 项只能由模拟判断，看达标概率。",
        "Targets that only the simulation can judge: {count}; see their probability.",
    ),
    "page_open_once": (
        "{year} 年末在册监测户 {mean} 户（只模拟 1 次，没有区间），其中未落实帮扶 {unresolved} 户。",
        (
            "Monitored households at the end of {year}: {mean} (simulated once, no interval), "
            "of these without a fitting measure: {unresolved}."
        ),
    ),
    "page_likely": (
        (
            "模拟 {households} 户、{replications} 次：把握最小的目标是「{target}」（{place}，{year} 年），"
            "达标概率 {probability}，参数固定时 {fixed}。"
        ),
        (
            "{households} households, simulated {replications} times: the least likely target is {target} "
            "({place}, {year}), probability {probability}, or {fixed} with parameters fixed."
        ),
    ),
    "page_imprecise": (
        "概率误差 ±{half} 个百分点，要求是 ±{wanted} 个；加大 --replications 重新运行可以减小。",
        "Probabilities are within ±{half} points, not the ±{wanted} asked for: give more --replications.",
    ),
    "page_open": (
        "{year} 年末在册监测户平均 {mean} 户（90% 区间 {low}–{high}），其中未落实帮扶 {unresolved} 户。",
        (
            "Monitored households at the end of {year}: {mean} on average (90 % interval {low}–{high}), "
            "of these without a fitting measure: {unresolved}."
        ),
    ),
    # allocation
    "page_money_by_category": ("各类别分年度资金", "Money by category and year"),
    "page_available": ("可用资金", "money available"),
    "page_by_project": ("逐个项目的安排和原因（{count} 个）", "Project by project, with reasons ({count})"),
    "page_project_id": ("项目编号", "Project id"),
    "page_project_name": ("项目名称", "Project name"),
    "page_amount": ("金额（万元）", "Amount (万元)"),
    "page_public_cost": ("财政投入（万元）", "Public cost (万元)"),
    "page_paid": ("安排（万元）", "Paid (万元)"),
    "fund": ("资金", "Fund"),
    "project": ("项目", "Project"),
    # shares
    "page_no_shares": ("方案没有逐年的占比约束。", "No rule of the scenario sets a share by year."),
    "page_share_note": ("口径：{measured}{clause}", "Measured as {measured}{clause}"),
    "page_clause_aside": ("；条款 {clause}", "; clause {clause}"),
    "page_more_charts": (
        "只画余量最小的 {shown} 张图，另有 {count} 张的数字见“条款与约束”。",
        "The {shown} charts with the least slack; figures of the other {count} stand under the clauses.",
    ),
    # clauses
    "page_clause_table": (
        "每条约束：行数、用到极限的行、边际价值",
        "Each rule: rows, rows at the limit, marginal value",
    ),
    "page_rows": ("行数", "Rows"),
    "page_binding_rows": ("用到极限", "At the limit"),
    "page_missed_rows": ("没有做到", "Missed"),
    "page_tightest": ("最紧的一行", "Tightest row"),
    "page_row_sides": ("{where}：{sides}", "{where}: {sides}"),
    "page_worth": ("{value} {what}，每 {step}（{year}）", "{value} {what} for {step} ({year})"),
    "page_best_gain": ("放宽一步多得", "Gain, loosened"),
    "page_best_loss": ("收紧一步损失", "Loss, tightened"),
    "page_clause_rows": (
        "{rule}：{count} 行，{binding} 行用到极限",
        "{rule}: rows {count}, at the limit {binding}",
    ),
    "page_marginal_note": (
        "边际价值按条款和年度合起来算：同一条款同一年的各行一起放宽或收紧一步。没有用到极限的不算。",
        (
            "A marginal value is of all rows of a clause in a year together, moved by one step; "
            "only of those at their limit."
        ),
    ),
    # targets
    "page_target_table": (
        "目标：计划值、模拟均值与区间、两种达标概率、依据",
        "Targets: planned, simulated, both probabilities, basis",
    ),
    "page_only_simulated": ("只由模拟得出", "known by simulation only"),
    "page_target_note": (
        (
            "区间为各次重复的 5%–95%。达标概率把假定的参数在各自范围内抽取；“参数固定时”取各参数的中值。"
            "依据写“含假定”的，至少有一个输入没有公开数据。"
        ),
        (
            "Intervals are 5–95 % of the replications. The probability draws assumed parameters from their "
            "ranges; the other keeps them fixed. A basis is assumed where nobody published one of the inputs."
        ),
    ),
    "page_split": ("计划值和模拟值的来历", "Where the values come from"),
    # incomes
    "page_income_spread": ("农户人均收入的分布（{place}）", "Incomes of households ({place})"),
    "page_p10_p90": ("10%–90% 的农户", "households 10–90 %"),
    "page_p25_p75": ("25%–75% 的农户", "households 25–75 %"),
    "page_median": ("中位数", "median"),
    "page_mean": ("平均", "mean"),
    "page_interval": ("90% 区间", "90 % interval"),
    "page_income_note": (
        "扇形：全部地区为农户之间的分布；各地区为平均收入在各次重复之间的 90% 区间。各图纵轴相同。",
        (
            "Fans: of all places, how households differ; of each place, the 90 % interval of its mean over "
            "the replications. The charts of places share their axis."
        ),
    ),
    "page_places_lowest": (
        "只画 {year} 年收入最低的 {shown} 个地区，另有 {count} 个见结果文件夹的 simulation.csv。",
        "The {shown} places with the lowest incomes of {year}; the other {count} are in simulation.csv.",
    ),
    "page_yuan": ("元", "yuan"),
    "page_households_unit": ("户", "households"),
    # monitored
    "page_stock": ("在册监测户（月末）", "Monitored households (end of month)"),
    "page_stock_groups": ("在册监测户分类（年末）", "Monitored households by group (end of year)"),
    "page_flows": ("全年新增、风险消除、再次返贫风险", "Entries, exits and relapses in the year"),
    "page_month": ("月份", "Month"),
    "page_open_mean": ("在册", "on the list"),
    "page_unresolved": ("未落实帮扶", "without a fitting measure"),
    "group_lifted": ("脱贫不稳定户", "unstably lifted"),
    "group_marginal": ("边缘易致贫户", "marginal"),
    "group_sudden": ("突发严重困难户", "sudden hardship"),
    "page_monitored_table": ("监测户：平均（90% 区间）", "Monitored households: mean (90 % interval)"),
    "page_open_places": ("{year} 年末各地区在册监测户", "Monitored households at the end of {year} by place"),
    "page_slots": ("帮扶措施的名额", "Slots of measures"),
    "page_times": ("办理时间（天）", "Times (days)"),
    "page_step": ("环节", "Step"),
    "page_p90": ("九成不超过", "nine in ten within"),
    # assumptions
    "page_assumed": (
        "{count} 个数没有公开数据，为假定，各有最低和最高；模拟时在这个范围内抽取。",
        "Figures that nobody published: {count}, each with its range, from which the simulation draws.",
    ),
    "page_nothing_assumed": ("没有假定的数。", "No figure is assumed."),
    # reproduce
    "page_how": (
        "在存放结果的文件夹里依次运行下面的命令：得到同样的表，并核验这次运行。",
        "Run these in the folder of results: the first gives the same tables, the second checks this run.",
    ),
    "page_approved_first": (
        "原安排（{plan}）也要在这个文件夹里，内容与下面的 SHA-256 一致。",
        "The approved plan ({plan}) must be in this folder too, with the SHA-256 below.",
    ),
    "page_ends_with_7": (
        "安排违反硬性约束，所以两条命令都以退出码 7 结束。",
        "The plan breaks hard rules, so both commands end with exit code 7.",
    ),
    "page_plan_hash": ("原安排 {file} 的 SHA-256", "SHA-256 of the given plan {file}"),
    "page_how_alone": (
        "在存放结果的文件夹里运行下面的命令，得到同样的表。",
        "Run this in the folder of results to get the same tables.",
    ),
    "page_run_id": ("运行", "Run"),
    "page_created": ("生成时间（UTC）", "Created (UTC)"),
    "page_command": ("命令", "Command"),
    "page_check": ("核验", "Check"),
    "page_seed": ("随机种子", "Seed"),
    "page_replications": ("重复次数", "Replications"),
    "page_precision": ("概率误差（百分点）", "Precision (points)"),
    "page_solver": ("求解器", "Solver"),
    "page_versions": ("软件版本", "Versions"),
    "page_hash": ("{file} 的 SHA-256", "SHA-256 of {file}"),
}
