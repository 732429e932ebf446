"""What reading a plan from outside says: code → (zh, en), with fields in braces."""

from collections.abc import Mapping

PLAN_WORDS: Mapping[str, tuple[str, str]] = {
    "plan_no_table": (
        "找不到分配表的表头；请用 zxsim export 运行结果 --table allocation --to 文件.xlsx 导出后再改",
        "no headings of an allocation here; start from: zxsim export RUN --table allocation --to FILE.xlsx",
    ),
    "plan_several_sheets": (
        "几个工作表都有分配表（{sheets}）；请用 --sheet 写明是哪一个",
        "several sheets hold an allocation ({sheets}); name one with --sheet",
    ),
    "plan_column_missing": (
        "分配表缺少列：{columns}；请从 zxsim export 运行结果 --table allocation 导出的表改起",
        "the allocation has no column {columns}; start from: zxsim export RUN --table allocation",
    ),
    "plan_column_near": (
        "分配表缺少列：{columns}；表里的“{found}”是不是它？",
        "the allocation has no column {columns}; is it the one called {found}?",
    ),
    "plan_project_unknown": ("项目库里没有项目 {given}", "no project {given} in the library"),
    "plan_place_unknown": ("没有地区 {given}", "no place {given}"),
    "plan_fund_unknown": ("没有资金 {given}", "no fund {given}"),
    "plan_project_ambiguous": (
        "有几个项目叫“{given}”，请写编号：{ids}",
        "several projects are called {given}; write the id: {ids}",
    ),
    "plan_place_ambiguous": (
        "有几个地区叫“{given}”，请写编号：{ids}",
        "several places are called {given}; write the id: {ids}",
    ),
    "plan_fund_ambiguous": (
        "有几项资金叫“{given}”，请写编号：{ids}",
        "several funds are called {given}; write the id: {ids}",
    ),
    "plan_place_needed": (
        "项目 {project} 在几个地区，请写明地区",
        "project {project} is at several places: say which",
    ),
    "plan_place_elsewhere": (
        "项目 {project} 不在 {given}",
        "project {project} is not at {given}",
    ),
    "plan_category": (
        "项目 {project} 的类别是“{category}”，表里写的是“{given}”",
        "the category of project {project} is {category}, not {given}",
    ),
    "plan_of_another": (
        "{count} 行里没有一行属于这个方案（项目、地区、资金都对不上）；是不是另一个方案的安排？",
        "none of its {count} rows is of this scenario: is it a plan of another one?",
    ),
    "plan_year_missing": ("没有写年度", "the year is missing"),
    "plan_unit": (
        "“{found}”不是以万元计；请把金额换算成万元（元除以 10000），表头写“金额(万元)”",
        "{found} is not in 万元: divide yuan by 10000 and call the column amount_wan",
    ),
    "plan_without_rows": (
        "分配表只有表头，没有一行金额",
        "the allocation has headings but not one row of money",
    ),
    "plan_name_of_another": (
        (
            "有 {count} 行的项目名称与编号对不上，按编号算；第一处 {project} 是“{name}”，"
            "表里写的是“{given}”；是不是只排序了一部分列？"
        ),
        (
            "{count} rows name another project than their id, which counts; the first: {project} is {name}, "
            "not {given}. Was only a part of the columns sorted?"
        ),
    ),
    "plan_year_not_read": ("{given} 不是一个年度", "{given} is not a year"),
    "plan_amount_not_a_number": (
        "{given} 不是金额（万元）",
        "{given} is not an amount in 万元",
    ),
    "plan_amount_negative": ("金额不能是负数：{given}", "an amount cannot be negative: {given}"),
    "plan_amount_too_fine": (
        "金额最细到 0.01 万元（100 元），不能是 {given}",
        "amounts are in whole 0.01 万元 (100 元), not {given}",
    ),
    "plan_amount_too_large": ("金额太大：{given} 万元", "{given} 万元 is too large"),
    "plan_amount_merged": (
        "金额是合并单元格，分不清各行是多少；请取消合并，逐行填写",
        "the amount is merged over several rows; unmerge it and fill in each row",
    ),
    "plan_formula": (
        "公式还没有算出数；请在 Excel 或 WPS 里打开并保存一次",
        "the formula has no value yet; open the file in Excel or WPS and save it once",
    ),
    "plan_twice": (
        "同一项目、地区、资金、年度有两行（{given}），另一行是第 {first} 行",
        "two rows for one project, place, fund and year ({given}); the other one is row {first}",
    ),
    "plan_total_differs": (
        "合计是 {given} 万元，各行相加是 {expected} 万元；请改好其中一处",
        "the total says {given} 万元, its rows add up to {expected} 万元; mend one of them",
    ),
    "plan_more": ("还有 {count} 处同类问题没有列出", "{count} more faults of these kinds"),
    "plan_hidden_rows": (
        "隐藏的行（第 {rows} 行，共 {amount} 万元）也算在内",
        "hidden rows ({rows}, {amount} 万元 in all) count as well",
    ),
    "replanned": (
        "在原安排（{given}）上尽量少动：{count} 处增减，合计 {moved} 万元，见“安排的变动”",
        'nearest to the approved plan ({given}): {count} changes, {moved} 万元, see "Changes of the plan"',
    ),
    "plan_breaks_rules": (
        "违反硬性约束 {count} 处，不能照此下达",
        "hard rules broken: {count}; not to be carried out as it stands",
    ),
    "evaluated_kept": (
        "这是对已有安排（{given}）的评估，不是求得的方案；硬性约束全部满足",
        "scores of a given plan ({given}), no optimum; all hard rules are kept",
    ),
    "evaluated_broken": (
        "这是对已有安排（{given}）的评估，不是求得的方案；违反硬性约束 {count} 处，见“违反的硬性约束”",
        'scores of a given plan ({given}), no optimum; broken: {count}, see "Hard rules broken"',
    ),
}
