"""What :mod:`zxsim.verify` says: code → (zh, en). Every line has what was expected and what was found."""

from collections.abc import Mapping

VERIFY_WORDS: Mapping[str, tuple[str, str]] = {
    "verify_hash": ("输入文件在运行之后被改过", "the input was changed after the run"),
    "verify_file_missing": ("缺少文件", "the file is missing"),
    "verify_file_unlisted": ("run.json 没有列出这个文件", "run.json does not list this file"),
    "verify_file_unreadable": ("文件读不了", "the file cannot be read"),
    "verify_unknown_kind": ("不认识的种类", "unknown kind"),
    "verify_not_a_number": ("金额不是数", "the amount is not a number"),
    "verify_amount_not_on_grid": ("金额不是 0.01 万元的整数倍", "the amount is not in whole 0.01 万元"),
    "verify_negative": ("金额应大于 0", "the amount must be above 0"),
    "verify_duplicate": (
        "同一项目、地区、资金、年度有两行",
        "two rows for one project, place, fund and year",
    ),
    "verify_unknown_project": ("不认识的项目", "unknown project"),
    "verify_unknown_place": ("不认识的地区", "unknown place"),
    "verify_unknown_fund": ("不认识的资金", "unknown fund"),
    "verify_year": ("年度不在方案年份内", "the year is outside the horizon"),
    "verify_category": ("类别与项目不符", "not the category of the project"),
    "verify_place": ("不是这个项目的地区", "not a place of the project"),
    "verify_fund_place": ("这项资金不能用在这里", "the fund may not be spent here"),
    "verify_fund_category": ("这项资金不能用于这个类别", "the fund may not pay for this category"),
    "verify_window": ("不在项目的年度内", "outside the years of the project"),
    "verify_forbidden": ("禁止安排的项目有资金", "money on a forbidden project"),
    "verify_eligibility": ("项目不符合入库资格", "the project is not eligible"),
    "verify_cost": ("超过项目可用的财政资金", "more than the public cost of the project"),
    "verify_required": ("必须安排的项目没有足额", "a required project is not paid in full"),
    "verify_whole": (
        "整体安排的项目没有足额",
        "a project that is paid in full or not at all is paid in part",
    ),
    "verify_outlay": ("各年金额与项目的资金安排不符", "not the yearly amounts of the project"),
    "verify_minimum": ("低于项目的最低金额", "less than the least useful amount of the project"),
    "verify_requires": ("前置项目没有安排到位", "a project that this one requires is not done"),
    "verify_excludes": ("互斥的项目都有资金", "two projects that exclude each other both have money"),
    "verify_commitment": ("少于已承诺的金额", "less than was promised"),
    "verify_decided": ("已决定年度的金额被改动", "the money of a decided year is changed"),
    "verify_budget": ("超过资金总量", "more than the fund holds"),
    "verify_rule": ("违反约束", "the rule is broken"),
    "verify_figure": ("数字不符", "the figure differs"),
    "verify_row_missing": ("缺少一行", "a row is missing"),
    "verify_row_extra": ("多出一行", "a row too many"),
    "verify_parquet": ("Parquet 与 CSV 不一致", "Parquet and CSV differ"),
}
EXPECTED_FOUND = ("：应为 {expected}，实为 {found}", ": expected {expected}, found {found}")
MORE = ("{code} 还有 {count} 处", "{count} more of {code}")
OF_RULES = frozenset(
    f"verify_{kind}"
    for kind in (
        *("fund_place", "fund_category", "window", "forbidden", "eligibility", "cost", "required", "whole"),
        *("outlay", "minimum", "requires", "excludes", "commitment", "decided", "budget", "rule"),
    )
)
"""Codes of hard rules that a plan breaks; all others are of files that differ."""
