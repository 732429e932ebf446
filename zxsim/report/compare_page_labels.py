"""Headings and sentences of the page of a comparison, in Chinese and English."""

from collections.abc import Mapping

COMPARE_PAGE_LABELS: Mapping[str, tuple[str, str]] = {
    "page_compare_title": (
        "运行比较：{names}（{labels}）",
        "Comparison of runs: {names} ({labels})",
    ),
    "page_differences": ("主要差别", "What differs"),
    "page_beside": ("{b} 与基准 {a} 相比", "{b} beside the reference {a}"),
    "page_beside_change": (
        "{b} 与基准 {a} 相比：{changes}",
        "{b} beside the reference {a}: {changes}",
    ),
    "page_input_change": ("{name} {before} → {after}", "{name} {before} → {after}"),
    "page_input_more": ("等 {count} 处", "{count} in all"),
    "page_is_reference": ("基准", "the reference"),
    "page_changed_inputs": ("改了什么", "What was changed"),
    "page_runs_compared": ("比较的运行", "The runs"),
    "page_reference": ("{label}（基准）", "{label} (reference)"),
    "page_other_run": ("本次（见代号）", "The run named"),
    "page_less": ("{b} 减 {a}", "{b} less {a}"),
    "page_both_paths": (
        "{indicator}（{who}，{basis}）：{a} 和 {b}",
        "{indicator} ({who}, {basis}): {a} and {b}",
    ),
    "page_path_difference": (
        "{indicator}（{who}，{basis}）：{b} 减 {a}",
        "{indicator} ({who}, {basis}): {b} less {a}",
    ),
    "page_of_label": ("{what} {label}", "{what} {label}"),
    "page_money_sums": (
        "资金变动：按地区、类别、资金、年度、项目合计（万元）",
        "Money moved, by place, category, fund, year and project (万元)",
    ),
    "page_money_cells": (
        "逐笔变动（{count} 笔，万元）",
        "Single amounts that moved ({count}, 万元)",
    ),
    "page_chart_category": ("各类别资金", "Money by category"),
    "page_chart_year": ("各年度资金", "Money by year"),
    "page_chart_fund": ("各项资金的支出", "Money by fund"),
    "page_same_inputs": ("输入没有差别。", "No input differs."),
    "page_same_money": ("资金分配没有差别。", "No amount differs."),
    "page_same_years": (
        "逐年的收入、覆盖率、监测户没有差别。",
        "No figure of any year differs.",
    ),
    "page_same_winners": ("没有谁受益或受损。", "Nobody gains or loses."),
    "page_no_targets": ("方案没有考核目标。", "There are no targets."),
    "page_targets_order": (
        "有差别的目标在前；“不变”是与基准 {a} 相比。",
        "Targets that differ stand first; same means as in the reference {a}.",
    ),
    "page_places_most": (
        "只画差额最大的 {shown} 个，另有 {count} 个见下表。",
        "Those with the largest differences ({shown}); {count} more stand in the table.",
    ),
    "page_all_years": ("全部逐年数字（{count} 行）", "All figures by year ({count} rows)"),
    "page_compare_left_out": (
        "只列 {shown} 行（差额最大的），另有 {count} 行没有列出，--to 文件.xlsx 写出全表。",
        "{shown} rows (the largest differences); {count} more are left out: --to FILE.xlsx writes all.",
    ),
    "page_compare_notes": ("不能比较的", "What cannot be compared"),
    "page_difference_note": (
        "每对图前一张是两次运行的均值，后一张是两者之差；区间含 0 的年份看不出差别。",
        (
            "Of each pair the first chart has the means of both runs, the second their difference: "
            "unclear in years whose interval holds 0."
        ),
    ),
}
