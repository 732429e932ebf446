"""Words of importing official sheets: code → (zh, en), with fields in braces."""

from collections.abc import Mapping

IMPORT_WORDS: Mapping[str, tuple[str, str]] = {
    # cells at fault
    "import_money_text": (
        "这一格应是金额，写的是「{given}」；请改成数字，不是项目的行请加 --skip-rows {row}",
        "must be an amount, not '{given}'; mend it, or add --skip-rows {row} if the row is no project",
    ),
    "import_money_negative": (
        "金额不能是负数：{given}；调减请另行处理，不读这一行请加 --skip-rows {row}",
        "an amount must not be negative: {given}; add --skip-rows {row} if the row is not to be read",
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
        "自筹 {given} 万元高于总投资 {cost} 万元",
        "self-raised money of {given} 万元 is above the whole cost of {cost} 万元",
    ),
    "import_more_faults": ("还有 {count} 格有问题", "{count} more cells are at fault"),
    # files and sheets
    "import_sheets_without_table": (
        "{count} 张工作表里没有项目表，没有读：{sheets}",
        "{count} sheets hold no project table and were not read: {sheets}",
    ),
    "import_no_projects": ("表头下面没有一个项目", "no project below the headings"),
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
    "import_mapping_exists": ("文件 {given} 已存在，没有改动", "the file {given} exists and was left alone"),
    "import_other_sheet": (
        "对照表里的工作表叫「{given}」，这里只有一张表，按它读",
        "the mapping names the sheet '{given}'; the only sheet here was read instead",
    ),
    "import_no_fund_money": (
        "资金各列都是空的或 0，不知道用什么资金；请核对各列含义（--write-mapping）",
        "no column of funds holds any money; check what the columns mean (--write-mapping)",
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
    "import_folder_unwritable": ("{folder} 不能写入：{reason}", "{folder} cannot be written: {reason}"),
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
        "表里没有 {given} 列，只有 {count} 列",
        "no column {given}: the sheet has {count}",
    ),
    "import_rows_beyond": (
        "表头在第 {given} 行，表里只有 {count} 行",
        "headings in row {given}, but the sheet has {count} rows",
    ),
    # what was assumed in guessing the mapping
    "import_unit_assumed": (
        "表里没有写金额单位，按{unit}读；不对请加 --unit",
        "states no unit of money: read as {unit}; if wrong, add --unit",
    ),
    "import_county_from_file": (
        "标题里没有县名，按文件名取「{given}」；可在 import.toml 的 county 改",
        "no county in the title: '{given}' from the file's name; change county in import.toml",
    ),
    "import_years_found": ("年度按 {first}–{last} 读", "years taken as {first}–{last}"),
    "import_column_unknown": (
        "没有读懂的列「{given}」，没有读入",
        "column '{given}' was not understood and not read",
    ),
    "import_column_moved": (
        "「{given}」的标题与数据错开一列，按数据所在的列读",
        "heading '{given}' stands beside its data: read where the data are",
    ),
    "import_column_doubled": (
        "「{given}」与另一列意思相同，没有用",
        "'{given}' means the same as another column and was not used",
    ),
    # what was assumed in reading
    "import_category_guessed": (
        "{count} 个项目的类别按名称猜定：{cells}",
        "category of {count} projects guessed from their names: {cells}",
    ),
    "import_category_other": (
        "{count} 个项目看不出类别，归入「其他」：{cells}",
        "no category to be seen for {count} projects, taken as 其他: {cells}",
    ),
    "import_shares_equal": (
        "{count} 个项目在几个村，没有写各村金额，按平均分：{cells}",
        "{count} projects at several places without amounts of their own: equal shares: {cells}",
    ),
    "import_places_partly": (
        "{count} 个项目只写了部分地名，放在上一级：{cells}",
        "{count} projects name only part of their places: put at the place above: {cells}",
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
        "实施期限 {first}–{last} 不在方案年度内，没有采用",
        "its period {first}–{last} lies outside the years: not used",
    ),
    # what a planner should look at
    "import_money_remark": (
        "{count} 格金额带有附注，只取数额：{cells}",
        "{count} amounts carry a remark; only the number counts: {cells}",
    ),
    "import_zero_left_out": (
        "{count} 个项目金额为 0，没有读入：{cells}",
        "{count} projects with an amount of 0 were left out: {cells}",
    ),
    "import_row_unclear": (
        "{count} 行没有读懂，没有读入：{cells}",
        "{count} rows were not understood and not read: {cells}",
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

IMPORT_LABELS: Mapping[str, tuple[str, str]] = {
    "understood": ("读懂的内容", "Understood"),
    "sheet": (
        "{where}：表头第 {first}–{last} 行，项目 {count} 个，单位{unit}",
        "{where}: headings in rows {first}–{last}, {count} projects, unit {unit}",
    ),
    "town": ("  乡镇 {town}（表名或标题）", "  town {town} (name of the sheet or title)"),
    "column": ("  {letter}  {heading} → {meaning}", "  {letter}  {heading} → {meaning}"),
    "same_columns": ("  各列含义同上表", "  columns as in the sheet above"),
    "fund_meaning": ("资金「{label}」（{level}，编号 {id}）", "fund '{label}' ({level}, id {id})"),
    "checked_meaning": ("核对：应等于 {columns} 列之和", "check: the sum of columns {columns}"),
    "funds": ("资金（按表中各列合计，作为假定）", "Funds (sums of the columns, as assumptions)"),
    "fund": (
        "  {label}（{level}，{kind}）{year} 年：{amount} 万元",
        "  {label} ({level}, {kind}) {year}: {amount} 万元",
    ),
    "in_all": (
        "合计：项目 {projects} 个，地区 {places} 个，总投资 {total} 万元",
        "In all: {projects} projects, {places} places, {total} 万元",
    ),
    "checks": ("与表中的合计、小计核对", "Against the sheet's own totals"),
    "no_checks": ("  表中没有合计、小计", "  the sheet states none"),
    "checks_hold": ("  {count} 处相符", "  {count} agree"),
    "check_fails": (
        "  {where} {words}：表中 {stated} 万元，各项相加 {found} 万元，相差 {difference} 万元",
        "  {where} {words}: stated {stated} 万元, parts add up to {found} 万元, off by {difference} 万元",
    ),
    "more_checks": ("  还有 {count} 处不符", "  {count} more differ"),
    "total": ("合计", "total"),
    "subtotal": ("小计", "subtotal"),
    "group": ("分组", "group"),
    "row": ("本行", "row"),
    "assumed": ("假定（请核实）", "Assumed (please check)"),
    "look_at": ("没有读懂或没有采用", "Not understood or not used"),
    "identity": (
        "身份信息（认出的已删去；可能有遗漏，上报或外传前请再看一遍 projects.csv）",
        "Identity data (what was recognised was cut; some may be left: look through projects.csv before use)",
    ),
    "written": ("已写入 {folder}：{files}", "Written to {folder}: {files}"),
    "next": ("接下来", "Next"),
    "next_rules": (
        (
            "  1. 政策约束、考核目标、效益写在 {folder}/scenario.toml（文件末尾有注释掉的样例）；"
            "不写也能分配，但没有任何约束，只按项目顺序安排"
        ),
        (
            "  1. write rules, targets and benefit into {folder}/scenario.toml (samples "
            "in comments at its end); "
            "without them money goes to projects in their order"
        ),
    ),
    "next_mend": (
        (
            "  2. 列的含义不对：改 {folder}/import.toml，再用 --mapping {folder}/import.toml "
            "--to 新文件夹 重新导入"
        ),
        "  2. to mend a meaning: change {folder}/import.toml, import again with --mapping and a new --to",
    ),
    "next_validate": ("  3. 检查：zxsim validate {folder}", "  3. check it: zxsim validate {folder}"),
    "mapping_written": (
        "对照表已写入 {path}；改好后：zxsim import FILE --to DIR --mapping {path}",
        "The mapping was written to {path}; when mended: zxsim import FILE --to DIR --mapping {path}",
    ),
    "note_from": ("由项目表导入：{files}。", "Imported from {files}."),
    "note_assumed": ("导入时的假定（请核实）：", "Assumed in importing (please check):"),
    "note_sums": (
        "各资金的金额是表中各列之和，不是下达的指标；没有政策约束和考核目标。",
        "The amount of each fund is the sum of its column, not what was granted; no rules, no targets.",
    ),
    "note_years": ("年度 {years}。", "Years {years}."),
    "note_county": ("最上一级地区：{county}。", "Highest place: {county}."),
    "note_unit": ("{where}：金额单位{unit}。", "{where}: unit of money {unit}."),
    "note_unit_assumed": (
        "{where}：金额按{unit}读（表里没有写明单位）。",
        "{where}: money read as {unit} (not stated in every sheet).",
    ),
    "note_fund": (
        "资金 {id}「{label}」：级次 {level}，类别 {kind}。",
        "Fund {id} '{label}': level {level}, kind {kind}.",
    ),
    "comment_mend": (
        "导入的对照表：可以修改，再用 zxsim import FILE --to DIR --mapping import.toml 重新导入。",
        "How the sheets were read; change it, then zxsim import FILE --to DIR --mapping import.toml.",
    ),
    "comment_words": (
        "含义可写：{words}；资金:编号、核对:G+H、x_自定。行号从 1 数起；skip_rows = [行号] 不读。",
        "Meanings: {words}; 资金:ID, 核对:G+H, x_own. Rows count from 1; skip_rows = [rows] not read.",
    ),
}
