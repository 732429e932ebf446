"""Words of what an import says of formulas, hidden rows, units, doubles and years: code → (zh, en)."""

from collections.abc import Mapping

KIND_WORDS: Mapping[str, tuple[str, str]] = {
    "kind_connection": ("衔接资金", "connection"),
    "kind_sector": ("部门资金", "sector"),
    "kind_land_revenue": ("土地出让收入", "land_revenue"),
    "kind_cooperation": ("协作帮扶", "cooperation"),
    "kind_own_income": ("自有收入", "own_income"),
}
"""Kinds of funds, as fields of messages name them."""

IMPORT_DOUBT_WORDS: Mapping[str, tuple[str, str]] = {
    "import_formula_unsaved": (
        (
            "这一格是公式，文件里没有存它的结果；请在 Excel 或 WPS 里打开这个文件，保存一次再导入"
            "（结果确实是 0 的，请直接写 0）"
        ),
        (
            "a formula without a stored result; open the file in Excel or WPS, save it once and import again "
            "(where the result really is 0, type 0)"
        ),
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
    "import_no_table_both": (
        "没有找到项目表：表头里没有项目名称，也没有金额；认出的列名：{headings}",
        "no project table: no heading names the project, none an amount; recognised: {headings}",
    ),
    "import_no_table_name": (
        "没有找到项目表：表头里没有「项目名称」这样的列；请给项目名称那一列写上列名；认出的列名：{headings}",
        (
            "no project table: no heading such as 项目名称 (name of the project); name that column; "
            "recognised: {headings}"
        ),
    ),
    "import_no_table_money": (
        (
            "没有找到项目表：表头里没有金额列（如「金额(万元)」「中央衔接资金」）；"
            "请给金额那一列写上列名；认出的列名：{headings}"
        ),
        (
            "no project table: no heading of an amount (such as 金额(万元)); name that column; "
            "recognised: {headings}"
        ),
    ),
    "import_no_table_columns": (
        "没有找到项目表：同一行表头里只认出 {headings}，至少要三列；请加一列，如「序号」「乡镇」",
        (
            "no project table: only {headings} were recognised in one row, at least three "
            "columns are needed; "
            "add one such as 序号 or 乡镇"
        ),
    ),
    "import_no_table_amounts": (
        (
            "没有找到项目表：认出了列名 {headings}，但金额列下面没有能读的金额；"
            "请核对数字是否在这一列下面（金额是公式的，请打开并保存一次）"
        ),
        (
            "no project table: recognised {headings}, but no amounts stand below the heading of money; "
            "check that the numbers stand in that column (formulas: open and save the file once)"
        ),
    ),
    "import_units_mixed": (
        (
            "这一列里有的金额写了单位（通常约 {usual} 万元），这一格只写 {given}，按{unit}读相差上千倍；"
            "请在这一格写明单位；这一列没写单位的都是另一种单位时，请加 --unit {other}，"
            "或用 --write-mapping 写出对照表，写 units = {{ {letter} = …}}"
        ),
        (
            "other amounts of this column name their unit (about {usual} 万元), this one is only {given}, "
            "far off when read as {unit}; write its unit in the cell; where all bare numbers have the other "
            "unit add --unit {other}, or write the mapping (--write-mapping) and set "
            "units = {{ {letter} = …}}"
        ),
    ),
    "import_amount_outlier": (
        "{count} 格金额是这一列中间值的两千倍以上，像是把元写成了万元，请核对：{cells}",
        (
            "{count} amounts are over 2,000 times the middle of their column, as if 元 were read as 万元; "
            "check: {cells}"
        ),
    ),
    "import_unit_off": (
        (
            "表中写的是 {stated} 万元，各项相加是 {found} 万元，相差约一万倍，单位读错了（按{unit}读）；"
            "整张表的单位不对请加 --unit {other}；只有这一列不对，请先用 --write-mapping 写出对照表，"
            '在 [sheet.{key}] 下写 units = {{ {letter} = "元" }} 或「万元」；'
            "这一行写错了请加 --skip-rows {row}"
        ),
        (
            "states {stated} 万元 where the parts add up to {found} 万元, ten thousand "
            "times off: a wrong unit "
            "(read as {unit}); for the whole sheet add --unit {other}; for this column "
            "alone write the mapping "
            '(--write-mapping) and set units = {{ {letter} = "元" }} (or 万元) under [sheet.{key}]; '
            "if the row is wrong add --skip-rows {row}"
        ),
    ),
    "import_id_doubled": (
        (
            "项目编号 {given} 用了两次：「{name}」和 {where} 的「{other}」；请改其中一个编号；"
            "同一个项目请写同样的名称；编号不可靠请用 --write-mapping 写出对照表，把 {letter} 列改成「不用」"
        ),
        (
            "project number {given} stands for '{name}' and, in {where}, for '{other}'; "
            "change one of them; for "
            "one project write the same name; if numbers are no good write the mapping "
            "(--write-mapping) and change column "
            "{letter} there to 不用"
        ),
    ),
    "import_two_amounts": (
        "{given} 列都是「金额」；总投资只能有一列，其余请改成「资金:编号」「核对:…」或「不用」",
        "columns {given} all mean 金额; keep one as the whole cost, make the others 资金:ID, 核对:… or 不用",
    ),
    "import_checked_no_money": (
        "核对里的 {given} 列不是表中的金额列",
        "column {given} of the check holds no money of this sheet",
    ),
    "import_years_contradict": (
        "标题、表名或文件名写的是 {stated} 年，按 {used} 年读；不对请改 --years（或 import.toml 的 years）",
        (
            "title, sheet or file says {stated}, read as {used}; if wrong change --years (or "
            "years in import.toml)"
        ),
    ),
    "import_year_outside": (
        (
            "这里的资金是 {given} 年的，不在方案年度 {years} 内；请加 --years {wider}，"
            "不读这一行请加 --skip-rows {row}"
        ),
        "money of {given} lies outside the years {years}; add --years {wider}, or --skip-rows {row}",
    ),
    "import_column_part": (
        "「{given}」是「{other}」的一部分（其中），没有相加，没有用",
        "'{given}' is a part of '{other}' (其中): not added up, not used",
    ),
    "import_fund_guessed": (
        (
            "「{given}」没有写明资金的级次或类别，按「{label}」（级次 {level}，类别 {kind}）读；"
            "不对请改 import.toml 的 [fund.{id}]"
        ),
        (
            "'{given}' names no level or no kind of the fund: read as '{label}' (level "
            "{level}, kind {kind}); "
            "if wrong change [fund.{id}] in import.toml"
        ),
    ),
    "import_illustrative": (
        "表头注明是示例数据，方案里也注明（illustrative = true），各份报告都会写出",
        (
            "the sheet says that its data are made up; so does the scenario (illustrative = "
            "true), in every report"
        ),
    ),
    "import_places_lost": (
        (
            "{count} 个项目的地点里有不像村名的词，没有读入：{cells}；请写全村名，或在 "
            "places.csv、projects.csv 里补上"
        ),
        (
            "{count} projects name places that do not look like villages and were left "
            "out: {cells}; write them "
            "out, or add them in places.csv and projects.csv"
        ),
    ),
    "import_places_joined": (
        "{count} 个项目的地点像是几个村连写，按一个地方读：{cells}；请用顿号分开",
        (
            "{count} projects seem to name several villages without a mark between, read "
            "as one place: {cells}; "
            "write 、 between them"
        ),
    ),
}
