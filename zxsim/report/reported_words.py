"""What is said of progress.csv, tasks.csv and the reports made of them: code → (zh, en), fields in braces."""

from collections.abc import Mapping

REPORTED_WORDS: Mapping[str, tuple[str, str]] = {
    "not_a_quarter": ("{given} 不是季度，要写成 2023Q1 这样", "{given} is no quarter: write it as 2023Q1"),
    "quarter_outside_horizon": (
        "{given} 不在方案年份 {first}–{last} 内",
        "{given} is outside the horizon {first}–{last}",
    ),
    "progress_doubled": (
        "同一项目、地区在季度 {given} 写了两次",
        "the same project and place have two rows for the quarter {given}",
    ),
    "progress_without_place": (
        "项目有几个地区，要写明是哪一个：{allowed}",
        "the project has several places; say which: {allowed}",
    ),
    "progress_elsewhere": (
        "项目不在 {given}；它的地区：{allowed}",
        "the project is not at {given}; its places: {allowed}",
    ),
    "progress_falls": (
        "形象进度从 {before} 退到 {given}：它是从开工起的累计数，不会下降",
        "the share built falls from {before} to {given}: it counts from the start and cannot fall",
    ),
    "progress_above_cost": (
        "{place} 各季度支付合计 {given} 万元，高于那里的财政投入 {cost} 万元（这一列是当季数，不是累计数）",
        "{given} 万元 is paid at {place}, above its public cost {cost} 万元 (one cell is one quarter alone)",
    ),
    "task_doubled": ("任务序号 {given} 写了两次", "the task number {given} stands twice"),
    "form_each_place": (
        'each_place 只用于 rows = "project" 或 "target" 的表',
        'each_place is for forms with rows = "project" or "target"',
    ),
    "form_expected": (
        "expected 要有四个比例，一至四季不下降，写的是 {shares}",
        "expected needs four shares, one a quarter, none below the one before; given: {shares}",
    ),
    "form_progress_rows": (
        '支付、进度只能列在按项目的表里（rows = "project"）',
        'payments and progress are for a form by project (rows = "project")',
    ),
    "form_head_of_projects": (
        '{given} 由表中项目得出，只能写在按项目的表里（rows = "project"）',
        '{given} is made of the projects in the table and needs rows = "project"',
    ),
    "form_needs_progress": (
        "{form}要有 progress.csv（各项目每季度支付和形象进度），这次运行的方案里没有；写好后重新运行",
        (
            "{form} needs progress.csv (payments and works by quarter), which this scenario has not; "
            "write it and run again"
        ),
    ),
    "form_needs_tasks": (
        "{form}要有 tasks.csv（任务和衡量它的考核目标），这次运行的方案里没有；写好后重新运行",
        (
            "{form} needs tasks.csv (tasks and their targets), which the scenario of this run has not; "
            "write it and run again"
        ),
    ),
    "form_needs_targets": (
        "{form}没有内容：方案在 {first}–{last} 年没有考核目标",
        "{form} would be empty: the scenario has no target in {first}–{last}",
    ),
    "form_needs_places": (
        "{form}一地一张，方案里没有这些级别的地区：{levels}",
        "{form} has a sheet for each place and the scenario has none of these levels: {levels}",
    ),
    "form_without_rows": (
        "{form}没有内容：各地区都没有资金和考核目标",
        "{form} would be empty: no place has money or a target",
    ),
    "no_progress_then": (
        "{given} 没有进度；progress.csv 里有：{known}",
        "no progress is reported for {given}; progress.csv has: {known}",
    ),
    "form_place": ("没有地区 {given} 的报表", "there is no sheet for a place {given}"),
    "place_without_form": (
        "--place 要和一地一张的报表（--form 实施方案、季度报告）一起写",
        "--place goes with a --form that has a sheet for each place, such as 实施方案 or 季度报告",
    ),
    "quarter_without_progress": (
        "--quarter 只用于季度报告，{form}不分季度",
        "--quarter is for a report on progress; {form} has no quarters",
    ),
    "unknown_target": ("不认识的考核目标 {given}（共 {count} 个）", "unknown target {given} (of {count})"),
}
