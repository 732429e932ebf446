"""Words of what an import says of formulas, hidden rows, units, doubles and years: code → (zh, en)."""

from collections.abc import Mapping

IMPORTS_WORDS: Mapping[str, tuple[str, str]] = {
    "import_formula_unsaved": (
        "这一格是公式，文件里没有存它的结果；请在 Excel 或 WPS 里打开这个文件，保存一次再导入",
        "a formula without a stored result; open the file in Excel or WPS, save it once and import again",
    ),
    "import_formula_total": (
        "{count} 格合计是没有存结果的公式，没有核对：{cells}；在 Excel 或 WPS 里打开并保存一次就能核对",
        (
            "{count} totals are formulas without a stored result and were not compared: {cells}; "
            "open and save the file once in Excel or WPS"
        ),
    ),
    "import_all_zero": (
        (
            "读到 {count} 个项目，金额都是 0（{cells}），没有资金可以分配；如果金额是公式，"
            "请在 Excel 或 WPS 里打开并保存一次；如果金额在别的列，请用 --write-mapping 改各列含义"
        ),
        (
            "{count} projects, all with an amount of 0 ({cells}): no money to allocate; if the amounts are "
            "formulas, open and save the file once in Excel or WPS; if they stand in another column, "
            "mend the meanings (--write-mapping)"
        ),
    ),
    "import_hidden_rows": (
        "{count} 个隐藏（或被筛选掉）的行也读入了：第 {rows} 行；不要的请加 --skip-rows",
        (
            "{count} rows that are hidden (or filtered out) were read as well: {rows}; "
            "leave them out with --skip-rows"
        ),
    ),
    "import_hidden_columns": (
        "{count} 个隐藏的列也读入了：{columns}；不要的请在 import.toml 里把含义改成「不用」",
        (
            "{count} hidden columns were read as well: {columns}; to leave one out, change its meaning in "
            "import.toml to 不用"
        ),
    ),
    "import_twins": (
        "{count} 个项目与前面的项目名称、地点、金额都相同，两个都读入了：{cells}；重复的请加 --skip-rows",
        (
            "{count} projects repeat name, place and amount of another one and were read as well: {cells}; "
            "leave doubles out with --skip-rows"
        ),
    ),
    "import_cost_from_funds": (
        "表里没有总投资列：各项目的总投资按各资金列（加自筹）之和读，也就是假定没有别的钱",
        "no column of the whole cost: taken as the sum of the funds (and self-raised money), no other money",
    ),
}
