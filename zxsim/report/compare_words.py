"""What ``compare`` and ``runs`` say: code → (zh, en), with fields in braces."""

from collections.abc import Mapping

COMPARE_WORDS: Mapping[str, tuple[str, str]] = {
    "runs_more": ("… 另有 {count} 处", "… {count} more"),
    # bad input
    "compare_one_run": (
        "比较至少要两次运行，第一次是基准",
        "a comparison needs two runs at least; the first is the reference",
    ),
    "results_missing": (
        "没有结果文件夹 {given}；用 --results 指定",
        "there is no folder of results {given}; name one with --results",
    ),
    "run_unfinished": (
        "{given} 没有写完：可能正在运行，也可能被中断，后者可以删除",
        "{given} is not finished: still running, or interrupted and safe to delete",
    ),
    # notes
    "compare_no_common_places": (
        "{a} 和 {b} 没有相同的地区，分地区的比较没有意义",
        "{a} and {b} have no place in common: nothing can be compared place by place",
    ),
    "compare_no_common_projects": (
        "{a} 和 {b} 没有相同的项目，资金全部算作变动",
        "{a} and {b} have no project in common: all money counts as moved",
    ),
    "compare_no_common_funds": (
        "{a} 和 {b} 没有相同的资金，资金全部算作变动",
        "{a} and {b} have no fund in common: all money counts as moved",
    ),
    "compare_renamed_places": (
        "{a} 和 {b} 有 {count} 个地区编号相同而名称不同（如 {first}），按编号比较",
        "{a} and {b}: {count} places have the same id and another name (as {first}); compared by id",
    ),
    "compare_renamed_projects": (
        "{a} 和 {b} 有 {count} 个项目编号相同而名称不同（如 {first}），按编号比较",
        "{a} and {b}: {count} projects have the same id and another name (as {first}); compared by id",
    ),
    "compare_years": (
        "{a} 是 {years_a} 年，{b} 是 {years_b} 年：资金按各自全部年度，其余只比较共同的年度",
        "{a} is {years_a}, {b} is {years_b}: money is over all years of each, the rest over common years",
    ),
    "compare_no_plan": (
        "{run} 是不带计划的模拟，{a} 和 {b} 的资金不能比较",
        "{run} is a simulation of no plan: the money of {a} and {b} cannot be compared",
    ),
    "compare_not_simulated": (
        "{run} 没有模拟，{a} 和 {b} 的模拟结果不能比较",
        "{run} was not simulated: simulated figures of {a} and {b} cannot be compared",
    ),
    "compare_no_replications": (
        "{run} 没有逐次重复的结果（较早版本的运行），{a} 和 {b} 的模拟均值之差没有区间",
        "{run} (an older version) has no figures of single replications: no intervals between {a} and {b}",
    ),
    "compare_unpaired_seed": (
        "{a} 和 {b} 的随机种子不同，模拟不能逐次配对，区间按两组独立样本算，要宽得多",
        "{a} and {b} have other seeds: not in pairs; intervals are those of independent samples, far wider",
    ),
    "compare_unpaired_population": (
        "{a} 和 {b} 模拟的农户不同，不能逐次配对，区间按两组独立样本算，要宽得多",
        "{a} and {b} simulate other households: not in pairs; intervals of independent samples, far wider",
    ),
    "compare_fewer_pairs": (
        "{a} 重复 {count_a} 次，{b} 重复 {count_b} 次，只比较共同的 {count} 次",
        "{a} has {count_a} replications, {b} has {count_b}: the {count} in common are compared",
    ),
    "compare_one_replication": (
        "{a} 和 {b} 只有 1 次共同的重复，没有区间",
        "{a} and {b} have a single replication in common: no intervals",
    ),
    "compare_unloadable": (
        "{run} 的输入不能再读入（{reason}），计划的收入和覆盖率不能比较",
        "the inputs of {run} do not load any more ({reason}): planned incomes and coverages are left out",
    ),
    "compare_benefit_units": (
        "{a} 和 {b} 的效益算法或单位不同，两个数不能相减",
        "{a} and {b} measure benefit in other ways or units: do not subtract one from the other",
    ),
    # findings
    "compare_found_same": (
        "{runs} 的输入和结果完全相同，没有差别",
        "{runs} have the same inputs and results: no difference",
    ),
    "compare_found_inputs": (
        "{b} 与 {a} 相比有 {count} 处输入不同",
        "inputs in which {b} differs from {a}: {count}",
    ),
    "compare_found_same_plan": (
        "{b} 与 {a} 的资金分配完全相同",
        "{b} allocates the money as {a} does",
    ),
    "compare_found_moved": (
        "{b} 与 {a} 相比有 {share} 的资金换了去处（{moved} 万元换了项目、地区、资金或年度）",
        "{share} of the money goes elsewhere in {b} than in {a} ({moved} 万元: project, place, fund or year)",
    ),
    "compare_found_spent": (
        "安排资金：{b} {two} 万元，{a} {one} 万元（{difference}）",
        "money allocated: {b} {two} 万元, {a} {one} 万元 ({difference})",
    ),
    "compare_found_benefit": (
        "效益：{b} {two} {unit_b}，{a} {one} {unit_a}（{difference}）",
        "benefit: {b} {two} {unit_b}, {a} {one} {unit_a} ({difference})",
    ),
    "compare_found_benefit_other": (
        "效益：{b} {two} {unit_b}，{a} {one} {unit_a}（不能相减）",
        "benefit: {b} {two} {unit_b}, {a} {one} {unit_a} (not comparable)",
    ),
    "compare_found_category_up": (
        "增加最多的类别：{name}，{b} {two} 万元，{a} {one} 万元（{difference}）",
        "the category that gains most: {name}, {b} {two} 万元, {a} {one} 万元 ({difference})",
    ),
    "compare_found_category_down": (
        "减少最多的类别：{name}，{b} {two} 万元，{a} {one} 万元（{difference}）",
        "the category that loses most: {name}, {b} {two} 万元, {a} {one} 万元 ({difference})",
    ),
    "compare_found_targets": (
        "考核目标：{b} 与 {a} 相比，{gains} 项变好，{losses} 项变差",
        "targets better off in {b} than in {a}: {gains}; worse off: {losses}",
    ),
    "compare_found_places_money": (
        "人均投入：{b} 与 {a} 相比，{gains} 个地区增加，{losses} 个减少",
        "places with more money per head in {b} than in {a}: {gains}; with less: {losses}",
    ),
    "compare_found_places_income_planned": (
        "计划的人均收入：{b} 与 {a} 相比，{gains} 个地区更高，{losses} 个更低",
        "places with a higher planned income in {b} than in {a}: {gains}; a lower one: {losses}",
    ),
    "compare_found_places_income_simulated": (
        "模拟的人均收入：{b} 与 {a} 相比，{gains} 个地区更高，{losses} 个更低，{unclear} 个看不出",
        "simulated income of places in {b}: higher than in {a} {gains}, lower {losses}, unclear {unclear}",
    ),
    "compare_found_income": (
        "{year} 年人均收入（模拟）：{b} {after}，{a} {before} 元，相差 {difference}",
        "income of {year} (simulated): {b} {after}, {a} {before} yuan, difference {difference}",
    ),
    "compare_found_income_pairs": (
        (
            "{year} 年人均收入（模拟）：{b} {after}，{a} {before} 元，相差 {difference}"
            "（90% 区间 {low} 到 {high}，{count} 对重复）"
        ),
        (
            "income of {year} (simulated): {b} {after}, {a} {before} yuan, difference {difference}"
            " (90 % interval from {low} to {high}, {count} pairs)"
        ),
    ),
    "compare_found_income_apart": (
        (
            "{year} 年人均收入（模拟）：{b} {after}，{a} {before} 元，相差 {difference}"
            "（90% 区间 {low} 到 {high}，不配对，各 {count} 次以上）"
        ),
        (
            "income of {year} (simulated): {b} {after}, {a} {before} yuan, difference {difference}"
            " (90 % interval from {low} to {high}, not in pairs, {count} replications or more)"
        ),
    ),
    "compare_found_unresolved": (
        "{year} 年未落实帮扶的监测户（模拟）：{b} {after}，{a} {before} 户，相差 {difference}",
        "unresolved cases of {year} (simulated): {b} {after}, {a} {before}, difference {difference}",
    ),
    "compare_found_unresolved_pairs": (
        (
            "{year} 年未落实帮扶的监测户（模拟）：{b} {after}，{a} {before} 户，相差 {difference}"
            "（90% 区间 {low} 到 {high}，{count} 对重复）"
        ),
        (
            "unresolved cases of {year} (simulated): {b} {after}, {a} {before}, difference {difference}"
            " (90 % interval from {low} to {high}, {count} pairs)"
        ),
    ),
    "compare_found_unresolved_apart": (
        (
            "{year} 年未落实帮扶的监测户（模拟）：{b} {after}，{a} {before} 户，相差 {difference}"
            "（90% 区间 {low} 到 {high}，不配对，各 {count} 次以上）"
        ),
        (
            "unresolved cases of {year} (simulated): {b} {after}, {a} {before}, difference {difference}"
            " (90 % interval from {low} to {high}, not in pairs, {count} replications or more)"
        ),
    ),
    "compare_found_open_cases": (
        "{year} 年年末在册监测户（模拟）：{b} {after}，{a} {before} 户，相差 {difference}",
        "open cases of {year} (simulated): {b} {after}, {a} {before}, difference {difference}",
    ),
    "compare_found_open_cases_pairs": (
        (
            "{year} 年年末在册监测户（模拟）：{b} {after}，{a} {before} 户，相差 {difference}"
            "（90% 区间 {low} 到 {high}，{count} 对重复）"
        ),
        (
            "open cases of {year} (simulated): {b} {after}, {a} {before}, difference {difference}"
            " (90 % interval from {low} to {high}, {count} pairs)"
        ),
    ),
    "compare_found_open_cases_apart": (
        (
            "{year} 年年末在册监测户（模拟）：{b} {after}，{a} {before} 户，相差 {difference}"
            "（90% 区间 {low} 到 {high}，不配对，各 {count} 次以上）"
        ),
        (
            "open cases of {year} (simulated): {b} {after}, {a} {before}, difference {difference}"
            " (90 % interval from {low} to {high}, not in pairs, {count} replications or more)"
        ),
    ),
}
