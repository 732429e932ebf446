"""Words for faults in how projects may be paid and in what is already decided: code → (zh, en)."""

from collections.abc import Mapping

MODE_WORDS: Mapping[str, tuple[str, str]] = {
    "names_itself": (
        "项目不能写自己（{given}），只写别的项目",
        "a project cannot name itself ({given}), only others",
    ),
    "minimum_above_cost": (
        "最低有效金额 {given} 万元高于公共资金成本 {cost} 万元（总投资减自筹）",
        "the least amount {given} 万元 is above the public cost {cost} 万元 (without self-raised money)",
    ),
    "outlay_syntax": (
        "看不懂 {given}；应写 2022:30;2023:20（年份:万元）或 30;20（从开工年起）",
        "cannot read {given}; write 2022:30;2023:20 (year:万元) or 30;20 (from its start on)",
    ),
    "outlay_sum": (
        "各年合计 {total} 万元，应等于公共资金成本 {cost} 万元（总投资减自筹）",
        "the years add up to {total} 万元, not to the public cost {cost} 万元 (without self-raised money)",
    ),
    "outlay_outside_window": (
        "{given} 放不进项目的年份 {first}–{last}",
        "{given} does not fit into the project's years {first}–{last}",
    ),
    "outlay_not_fixed": (
        "只有 mode = fixed 的项目才写 outlay；这里的 mode 是 {given}",
        "only a project of mode fixed has an outlay; the mode here is {given}",
    ),
    "commitment_doubled": (
        "同一项目、地区、资金、年度写了两次（{given}）",
        "the same project, place, fund and year stand twice ({given})",
    ),
    "commitment_forbidden": (
        "项目 {project} 禁止安排，不能已有安排",
        "project {project} is forbidden and cannot have been decided on",
    ),
    "commitment_outside_project": (
        "{year} 年不在项目 {project} 的年份 {first}–{last} 内",
        "{year} is outside the years {first}–{last} of project {project}",
    ),
    "commitment_without_money": (
        "资金 {fund} 在 {year} 年没有钱（也没有结转）",
        "fund {fund} has no money in {year}, nor any carried over",
    ),
    "commitment_not_payable": (
        "资金 {fund} 在 {year} 年不能付给 {place} 的项目 {project}：类别、地区或资格不符",
        "fund {fund} cannot pay {project} at {place} in {year}: its category, place or an eligibility rule",
    ),
    "commitment_without_place": (
        "项目有几个地区，要写明是哪一个：{allowed}",
        "the project has several places; say which: {allowed}",
    ),
    "commitment_elsewhere": (
        "项目不在 {given}；它的地区：{allowed}",
        "the project is not at {given}; its places: {allowed}",
    ),
    "commitments_above_cost": (
        "{place} 的已定金额合计 {given} 万元，高于那里的公共资金成本 {cost} 万元",
        "{given} 万元 is committed at {place}, more than the public cost {cost} 万元 there",
    ),
    "decided_without_commitments": (
        "有 decided_through 却没有 commitments.csv：这些年份都算没有安排",
        "decided_through without commitments.csv: nothing is allocated in those years",
    ),
}
