"""What solving, runs and the command line say: code → (zh, en), with fields in braces."""

from collections.abc import Mapping

RUN_WORDS: Mapping[str, tuple[str, str]] = {
    # solving
    "infeasible": (
        "各项硬性约束互相冲突，没有任何分配能同时满足；没有写出任何结果",
        "the hard rules contradict each other: no allocation keeps them all; nothing was written",
    ),
    "conflict_alone": (
        "单这一条就做不到（能用的资金和项目不够）：{clauses}",
        "this one cannot be kept with the money and projects that there are: {clauses}",
    ),
    "conflict": (
        "这几条放在一起做不到，去掉或放宽其中任何一条，它们就不再冲突：{clauses}",
        "these cannot be kept together, and could be once any one of them gives way: {clauses}",
    ),
    # why there is no plan
    "preflight_money": (
        "资金不够：{clause}{where} 要 {wanted_wan} 万元，可用资金 {least_wan} 万元",
        "not enough money: {clause}{where} asks for {wanted_wan} 万元; there are {least_wan} 万元",
    ),
    "preflight_projects": (
        "项目不够：{clause}{where} 要 {wanted_wan} 万元，库里的项目最多用 {least_wan} 万元",
        "not enough projects: {clause}{where} asks for {wanted_wan} 万元; its projects take {least_wan} 万元",
    ),
    "preflight_together": (
        "合计资金不够：{clause}{where} {count} 个地区共要 {wanted_wan} 万元，可用资金 {least_wan} 万元",
        "not enough money: {clause}{where}: {count} places ask for {wanted_wan}, there are {least_wan} 万元",
    ),
    "preflight_required": (
        "必须安排的项目资金不够：{project} {name} 要 {wanted_wan} 万元，可用资金 {least_wan} 万元",
        "required project {project} {name} takes {wanted_wan} 万元; its funds hold {least_wan} 万元",
    ),
    "preflight_money_each": (
        "资金不够：{clause}{where} 每年要 {wanted_wan} 万元，可用资金 {least_wan} 万元",
        "not enough money: {clause}{where} asks for {wanted_wan} a year; there are {least_wan} 万元",
    ),
    "preflight_projects_each": (
        "项目不够：{clause}{where} 每年要 {wanted_wan} 万元，库里的项目最多用 {least_wan} 万元",
        "not enough projects: {clause}{where} asks for {wanted_wan} a year; these take {least_wan} 万元",
    ),
    "preflight_together_each": (
        "合计资金不够：{clause}{where} {count} 个地区每年共要 {wanted_wan} 万元，可用 {least_wan} 万元",
        (
            "not enough money: {clause}{where}: {count} places ask for {wanted_wan} 万元 a year; "
            "there are {least_wan} 万元"
        ),
    ),
    "preflight_more": ("… 还有 {count} 处同样做不到", "… {count} more of these"),
    "concession_wan": (
        "  · {clause}：每处放宽 {amount} 万元（{figures}）",
        "  · {clause}: give way by {amount} 万元 in each row ({figures})",
    ),
    "concession_share": (
        "  · {clause}：占比放宽 {amount} 个百分点（{figures}）",
        "  · {clause}: give way by {amount} percentage points ({figures})",
    ),
    "concession_count": (
        "  · {clause}：放宽 {amount} 个（{figures}）",
        "  · {clause}: give way by {amount} ({figures})",
    ),
    "concession_yuan": (
        "  · {clause}：人均标准放宽 {amount} 元（{figures}）",
        "  · {clause}: give way by {amount} 元 a head ({figures})",
    ),
    "concession_money": (
        "  · {clause}：每年增加 {amount} 万元（{years}）",
        "  · {clause}: {amount} 万元 more a year ({years})",
    ),
    "concession_money_each": (
        "  · {clause}：每年给每个地区增加 {amount} 万元（{years}）",
        "  · {clause}: {amount} 万元 more a year for each place ({years})",
    ),
    "concession_money_outside": (
        "  · {clause}：每年另筹 {amount} 万元（{years}，不计入占比的分母）",
        "  · {clause}: {amount} 万元 more a year ({years}), outside the base of shares",
    ),
    "concession_money_outside_each": (
        "  · {clause}：每年给每个地区另筹 {amount} 万元（{years}，不计入占比的分母）",
        "  · {clause}: {amount} 万元 more a year for each place ({years}), outside the base of shares",
    ),
    "concession_required": (
        "  · {clause}：不再必须安排，或财政投入减少 {amount} 万元",
        "  · {clause}: no longer required, or {amount} 万元 less of public money",
    ),
    "concession_not_required": (
        "  · {clause}：不再必须安排",
        "  · {clause}: not required any more",
    ),
    "concession_drop": (
        "  · {clause}：只有整条去掉才够",
        "  · {clause}: only without it altogether",
    ),
    "concession_not_enough": (
        "  · {clause}：整条去掉也不够，还与别的条款冲突",
        "  · {clause}: not even without it, as it is not the only conflict of the others",
    ),
    "limit_reached": (
        "在 {stage} 阶段达到上限，还没有得到分配；没有写出任何结果",
        "a limit was reached in stage {stage} before there was a plan; nothing was written",
    ),
    "not_roundable": (
        "金额凑不成 0.01 万元的整数而不违反约束 {rule}；没有写出任何结果",
        "no amounts in whole 0.01 万元 keep rule {rule}; nothing was written",
    ),
    "stage_lost": (
        "内部错误：{stage} 阶段丢失了前面已经找到的分配",
        "internal error: stage {stage} lost the plan that the stages before it found",
    ),
    "unbounded": ("内部错误：{stage} 阶段没有上界", "internal error: stage {stage} is unbounded"),
    "unknown_solver": ("没有求解器 {given}", "no such solver: {given}"),
    "solver_not_installed": (
        "求解器 {given} 没有安装在这台电脑上；已安装：{installed}",
        "solver {given} is not installed here; installed: {installed}",
    ),
    "solver_without_limits": (
        "求解器 {given} 不能设迭代或节点上限；highs、highs-ipm、cbc 可以",
        "solver {given} takes no limit on iterations or nodes; highs, highs-ipm and cbc do",
    ),
    "solver_without_duals": (
        "求解器 {given} 不给出对偶值，结果无法核验；请用 highs 或 cbc。没有写出任何结果",
        "solver {given} gives no duals, so that nothing can be proved; use highs or cbc; nothing was written",
    ),
    "solver_not_exact": (
        "求解器 {given} 只给八位数字，数值相差太远，{stage} 阶段无法核验；请用 highs。没有写出任何结果",
        "solver {given} prints eight digits, too few to prove stage {stage}; use highs; nothing was written",
    ),
    "solver_folder": (
        "临时文件夹 {given} 和当前文件夹的名称里都有空格，求解器用不了；请在名称没有空格的文件夹里运行",
        "the solver cannot use folders with a blank in the name, as {given} and this one have",
    ),
    "solver_failed": ("内部错误：求解器返回 {status}", "internal error: the solver ended with {status}"),
    "certificate_fails": (
        "内部错误：{stage} 阶段的解没有通过核验（原始 {primal}，对偶 {dual}，间隙 {gap}）",
        "internal error: stage {stage} is not certified (primal {primal}, dual {dual}, gap {gap})",
    ),
    "rounding_slips": ("内部错误：取整后违反 {rule}", "internal error: rounding breaks {rule}"),
    "internal": ("内部错误（{kind}）：{text}", "internal error ({kind}): {text}"),
    "model_written": ("模型已写到 {path}", "the model is written to {path}"),
    "interrupted": ("已中断，没有写出任何结果", "interrupted; nothing was written"),
    # runs
    "results_unwritable": ("结果写不进 {folder}：{reason}", "cannot write to {folder}: {reason}"),
    "not_a_run": (
        "{given} 不是一次运行的结果文件夹（里面没有 run.json）",
        "{given} is not a run folder (no run.json in it)",
    ),
    "unknown_format": ("不能导出为 {given}", "cannot export to {given}"),
    "model_has_no_tables": (
        "{to} 是模型文件，没有表 {given}；不要写 --table",
        "{to} is a model and has no table {given}; leave --table out",
    ),
    "unknown_table": ("运行结果里没有表 {given}", "the run has no table {given}"),
    "export_into_run": (
        "不能导出到运行结果文件夹里（{given}），那会改动结果本身；请换个位置",
        "cannot export into the run folder itself ({given}); choose another place",
    ),
    "export_unwritable": ("写不了 {given}：{reason}", "cannot write {given}: {reason}"),
    # notices
    "illustrative": (
        "示例：其中有虚构或假定的数据，不能当作实际方案",
        "illustrative: some data are made up or assumed",
    ),
    "not_proved_unique": ("未能证明方案唯一", "not proved to be the only best plan"),
    "library_order_by_id": (
        "项目库没有排序（rank），“按项目库顺序安排”改按项目编号先后",
        "the library has no ranks: compared in the order of project ids",
    ),
    "rule_without_projects": (
        "约束 {rule} 的类别（{categories}）在项目库里没有项目，不起作用",
        "rule {rule}: no project of the library is in {categories}, so it has no effect",
    ),
    "spent_share_falls": (
        "约束 {rule} 已满足，但 {year} 年实际支出的占比由 {before} 降到 {after}",
        "rule {rule} is kept, but the share of money spent falls from {before} to {after} in {year}",
    ),
    "years_decided": (
        "{year} 年及以前已定，按 commitments.csv 共 {amount} 万元，不再变动",
        "all until {year} is decided: {amount} 万元 of commitments.csv, as they are",
    ),
    "committed_later": (
        "以后年度已定的 {amount} 万元只增不减",
        "{amount} 万元 of later years is committed and may only grow",
    ),
    "money_carried_over": (
        "{years} 年有资金安排得比当年的多，多出的是以前年度结转的（见 by_fund 表）",
        "in {years} funds pay more than the year gave them: money carried over (see the table by_fund)",
    ),
    "soft_rule_missed": (
        "软约束 {rule} 有 {count} 行没有做到，最多差 {most}（见 rules 表中 slack 为负的行）",
        "soft rule {rule}: {count} rows are missed, by {most} at most (negative slack in the table rules)",
    ),
    "corner": (
        "所有资金（{amount_wan} 万元）都给了「{category}」：约束之外没有别的取舍",
        "all money ({amount_wan} 万元) goes to {category}: the plan is a corner",
    ),
    # command line
    "no_such_option": ("没有选项 {given}", "no such option: {given}"),
    "no_such_command": (
        "没有命令 {given}；用 zxsim --help 查看全部命令",
        "no such command: {given}; see zxsim --help",
    ),
    "missing_argument": ("缺少参数 {given}", "missing argument {given}"),
    "bad_argument": ("{given} 的取值不对：{reason}", "bad value for {given}: {reason}"),
    "usage": ("命令用法不对：{reason}", "{reason}"),
}
