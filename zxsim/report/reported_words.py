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
    "unknown_target": ("不认识的考核目标 {given}（共 {count} 个）", "unknown target {given} (of {count})"),
}
