"""Words of importing official sheets: code → (zh, en), with fields in braces."""

from collections.abc import Mapping

IMPORT_WORDS: Mapping[str, tuple[str, str]] = {
    # cells at fault
    "import_money_text": (
        "这一格应是金额，写的是「{given}」；请改成数字，不是项目的行请加 --skip-rows {row}",
        "must be an amount, not '{given}'; mend it, or add --skip-rows {row} if the row is no project",
    ),
    "import_money_negative": (
        "金额不能是负数：{given}；是调减的，请从原项目的金额里减去，这一行加 --skip-rows {row} 不读",
        (
            "an amount must not be negative: {given}; take a cut off its project, leave the "
            "row out: --skip-rows {row}"
        ),
    ),
    "import_money_missing": (
        "项目「{name}」没有金额；请补上，不是项目的行请加 --skip-rows {row}",
        "project '{name}' has no amount; fill it in, or add --skip-rows {row} if the row is no project",
    ),
    "import_name_missing": (
        "有金额但没有项目名称；请补上，不是项目的行请加 --skip-rows {row}",
        "an amount without the name of a project; fill it in, or add --skip-rows {row}",
    ),
    "import_raised_above_cost": (
        "自筹 {given} 万元高于总投资 {cost} 万元；请核对两列的单位和含义，或改这一行的数",
        (
            "self-raised money of {given} 万元 is above the cost of {cost} 万元; check units "
            "and columns, or mend it"
        ),
    ),
    "import_more_faults": ("还有 {count} 格有问题", "{count} more cells are at fault"),
    # files and sheets
    "import_sheets_without_table": (
        "{count} 张工作表里没有项目表，没有读：{sheets}",
        "{count} sheets hold no project table and were not read: {sheets}",
    ),
    "import_sheets_repeating": (
        "{count} 张工作表是同一份项目计划表的另一种报表，没有读：{sheets}",
        "{count} sheets tell of the same projects as the plan beside them and were not read: {sheets}",
    ),
    "import_no_projects": (
        "表头下面没有一个项目：每个项目要有名称和金额；表头行认错的，请用 --write-mapping 改 heading_rows",
        (
            "no project (a name with an amount) below the headings; wrong headings: mend "
            "heading_rows (--write-mapping)"
        ),
    ),
    "import_years_needed": (
        "标题、表名和实施期限里都没有年份；请加 --years 2024 或 --years 2024-2025",
        "no year in title, sheet name or period; add --years 2024 or --years 2024-2025",
    ),
    "import_years_syntax": (
        "--years 应写成 2024 或 2024-2025，写的是 {given}",
        "--years takes 2024 or 2024-2025, not {given}",
    ),
    "import_rows_syntax": (
        "--skip-rows 应写成 5 或 5,7-9（行号），写的是 {given}",
        "--skip-rows takes 5 or 5,7-9 (numbers of rows), not {given}",
    ),
    "import_needs_folder": (
        "请用 --to 写明新文件夹；只要对照表请用 --write-mapping",
        "name a new folder with --to, or use --write-mapping for the mapping alone",
    ),
    "import_mapping_exists": (
        "文件 {given} 已存在，没有改动；请换一个文件名，或先移走它",
        "the file {given} exists and was left alone; use another name, or move it away",
    ),
    "import_other_sheet": (
        "对照表里的工作表叫「{given}」，这里只有一张表，按它读",
        "the mapping names the sheet '{given}'; the only sheet here was read instead",
    ),
    "import_no_fund_money": (
        (
            "资金各列都是空的或 0，不知道用什么资金；请用 --write-mapping 写出对照表，"
            "把有钱的列写成「资金:编号」"
        ),
        (
            "no column of funds holds any money; write the mapping (--write-mapping), make "
            "the right column 资金:ID"
        ),
    ),
    "import_result_at_fault": (
        "这样读出的方案有以下问题；请核对单位（--unit）和各列含义（--write-mapping）",
        "read like this the scenario has these faults; check unit (--unit) and columns (--write-mapping)",
    ),
    "import_sheets_doubled": (
        "有 {count} 个项目与「{other}」相同，会重复计算；请用 --sheet 指定一张表",
        "{count} projects are the same as in '{other}' and would count twice; name one sheet with --sheet",
    ),
    "import_folder_not_empty": (
        "文件夹 {folder} 里已有内容；请换一个新的文件夹",
        "the folder {folder} is not empty; name a new one",
    ),
    "import_folder_unwritable": (
        "{folder} 不能写入：{reason}；请换一个文件夹",
        "{folder} cannot be written: {reason}; use another one",
    ),
    # the mapping
    "import_heading_rows": (
        "表头行应写成 [首行, 末行]，从 1 数起，写的是 {given}",
        "takes the first and the last row of the headings, counted from 1, not {given}",
    ),
    "import_bad_column": ("{given} 不是列号（应是 A、B … 字母）", "{given} is no column (letters A, B …)"),
    "import_unknown_meaning": ("不认识的含义 {given}", "unknown meaning {given}"),
    "import_unknown_fund": ("没有资金 {given}", "there is no fund {given}"),
    "import_column_without_meaning": (
        "{given} 列在 columns 里没有含义",
        "column {given} has no meaning under columns",
    ),
    "import_no_name_column": ("没有一列是「项目名称」", "no column means 项目名称 (the project's name)"),
    "import_no_money_column": (
        "没有一列是「金额」或「资金:编号」",
        "no column means 金额 (the amount) or 资金:ID (what a fund pays)",
    ),
    "import_sheet_missing": ("没有工作表 {given}", "there is no sheet {given}"),
    "import_column_beyond": (
        "表里没有 {given} 列，只有 {count} 列；请删去它，或改成表里的列",
        "no column {given}: the sheet has {count}; take it out or name another one",
    ),
    "import_rows_beyond": (
        "表头在第 {given} 行，表里只有 {count} 行；请改成表头所在的行",
        "headings in row {given}, but the sheet has {count} rows; name the rows of the headings",
    ),
    # what was assumed in guessing the mapping
    "import_unit_assumed": (
        "表里没有写金额单位，按{unit}读；不对请加 --unit yuan（元）或 --unit wan（万元）",
        "states no unit of money: read as {unit}; if wrong, add --unit yuan or --unit wan",
    ),
    "import_county_from_file": (
        "标题里没有县名，按文件名取「{given}」；可在 import.toml 的 county 改",
        "no county in the title: '{given}' from the file's name; change county in import.toml",
    ),
    "import_years_found": ("年度按 {first}–{last} 读", "years taken as {first}–{last}"),
    "import_column_unknown": (
        "没有读懂的列「{given}」，没有读入；要用请在 import.toml 的 columns 里写它的含义（照带出写 x_名称）",
        (
            "column '{given}' was not understood and not read; to use it write its meaning "
            "(or x_name) in import.toml"
        ),
    ),
    "import_column_moved": (
        "「{given}」的标题与数据错开一列，按数据所在的列读",
        "heading '{given}' stands beside its data: read where the data are",
    ),
    "import_column_doubled": (
        "「{given}」与另一列意思相同，没有用；要用它请改 import.toml 的 columns",
        (
            "'{given}' means the same as another column and was not used; to use it change "
            "columns in import.toml"
        ),
    ),
    # what was assumed in reading
    "import_category_guessed": (
        "{count} 个项目的类别按名称猜定：{cells}；不对请在 import.toml 的 name_words 里写「词 = 类别」",
        (
            "category of {count} projects guessed from their names: {cells}; to mend write "
            "name_words in import.toml"
        ),
    ),
    "import_category_other": (
        "{count} 个项目看不出类别，归入「其他」：{cells}；请改 import.toml 的 categories 或 name_words",
        "no category to be seen for {count} projects, taken as 其他: {cells}; see categories in import.toml",
    ),
    "import_shares_equal": (
        (
            "{count} 个项目在几个村，没有写各村金额，按平均分：{cells}；要改请写 projects.csv "
            "的 places（甲:0.6;乙:0.4）"
        ),
        (
            "{count} projects at several places without own amounts: equal shares: {cells}; "
            "mend places (A:0.6;B:0.4)"
        ),
    ),
    "import_places_partly": (
        "{count} 个项目只写了部分地名，放在上一级：{cells}；要细分请在表里写全村名",
        (
            "{count} projects name only part of their places: put at the place above: "
            "{cells}; name all to split them"
        ),
    ),
    "import_places_paired": (
        "{count} 个项目的乡镇和村数目相同，按顺序一一对应：{cells}",
        "{count} projects name as many towns as villages: paired in their order: {cells}",
    ),
    "import_fill_down": (
        "{columns} 列的空格按上一格读（像是合并单元格）",
        "empty cells of column {columns} mean the cell above (as merged cells do)",
    ),
    "import_rows_joined": (
        "{count} 行的项目名称与上一行合并，并入同一项目：{cells}",
        "{count} rows with a name merged from above were joined to that project: {cells}",
    ),
    "import_projects_joined": (
        "{count} 个项目编号占几行，各行并为一个项目",
        "{count} project numbers stand in several rows, joined to one project each",
    ),
    "import_ids_numbered": (
        "{count} 个项目没有编号或编号不能用（只能有字母、汉字、数字、_、.），编为 P001…：{cells}",
        (
            "{count} projects have no number or one that is no id (letters, digits, _ .), "
            "numbered P001…: {cells}"
        ),
    ),
    "import_money_over_years": (
        "资金没有分年度，记在首年，可结转到末年",
        "money not told by year: put into the first year, to be spent until the last",
    ),
    "import_window_clipped": (
        "实施期限 {first}–{last} 不在方案年度内，没有采用；要采用请用 --years 把年度放宽",
        "its period {first}–{last} lies outside the years: not used; widen them with --years",
    ),
    # what a planner should look at
    "import_money_remark": (
        "{count} 格金额带有附注，只取数额：{cells}",
        "{count} amounts carry a remark; only the number counts: {cells}",
    ),
    "import_zero_left_out": (
        "{count} 个项目金额为 0，没有读入：{cells}；不该是 0 的请补上金额",
        "{count} projects with an amount of 0 were left out: {cells}; fill in what should not be 0",
    ),
    "import_row_unclear": (
        "{count} 行没有读懂，没有读入：{cells}；其中是项目的，请补上序号、名称和金额",
        (
            "{count} rows were not understood and not read: {cells}; give those that are "
            "projects number and amount"
        ),
    ),
    "import_identity_column": (
        "{column} 列是身份信息（{count} 格），没有读入",
        "column {column} holds identity data ({count} cells) and was dropped",
    ),
    "import_identity_cut": (
        "{count} 格文字里的证件号、电话、银行卡号或人名已删去：{cells}",
        "ID numbers, telephones, card numbers or names were cut out of {count} cells: {cells}",
    ),
}
