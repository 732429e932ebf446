"""What loading says of files, keys, values and names: code → (zh, en), with fields in braces."""

from collections.abc import Mapping

FAULT_WORDS: Mapping[str, tuple[str, str]] = {
    # files
    "file_missing": ("找不到文件（在 {folder} 里找过）", "no such file (looked in {folder})"),
    "file_unreadable": ("文件打不开：{reason}", "cannot be read: {reason}"),
    "file_too_large": ("文件大于 {most} MB，不是方案文件", "larger than {most} MB: not a scenario"),
    "file_not_read": (
        "这个表没有用到：只读 places、projects、commitments、progress、tasks 和 clauses（都是 .csv）",
        "not read: only places, projects, commitments, progress, tasks and clauses are (each .csv)",
    ),
    "encoding_gb18030": (
        "编码是 GB18030（Excel 的普通 CSV）；请在 Excel 另存为「CSV UTF-8（逗号分隔）」",
        "encoded in GB18030 (Excel's plain CSV); save it in Excel as 'CSV UTF-8 (Comma delimited)'",
    ),
    "encoding_utf16": (
        "编码是 UTF-16；请另存为「CSV UTF-8（逗号分隔）」",
        "encoded in UTF-16; save it as 'CSV UTF-8 (Comma delimited)'",
    ),
    "encoding_not_utf8": ("编码不是 UTF-8；请用编辑器另存为 UTF-8", "not in UTF-8; save it as UTF-8"),
    "is_a_workbook": (
        "这是 Excel 工作簿，不是 CSV；请在 Excel 另存为「CSV UTF-8（逗号分隔）」",
        "an Excel workbook, not a CSV; save it as 'CSV UTF-8 (Comma delimited)'",
    ),
    "wrong_separator": (
        "列之间应是逗号，这里像是用了 {given}",
        "columns must be separated by commas, not by {given}",
    ),
    "column_without_name": ("第 {position} 列有内容但没有列名", "column {position} has content but no name"),
    "encoding_unknown": ("编码不是 UTF-8", "not encoded in UTF-8"),
    "toml_syntax": ("TOML 语法不对：{reason}", "not valid TOML: {reason}"),
    "toml_bare_key": (
        '键或编号不对；含中文的编号在 TOML 里要加引号，如 [fund."中央资金"]',
        'not a key; an id with Chinese in it needs quotes in TOML, as in [fund."中央资金"]',
    ),
    "csv_syntax": ("CSV 语法不对：引号没有成对", "not valid CSV: a quote is not closed"),
    "no_header": ("第一行应是列名", "the first row must hold the column names"),
    "row_too_long": (
        "这一行有 {found} 格，列名只有 {allowed} 个",
        "{found} cells in a row of {allowed} columns",
    ),
    "columns_doubled": ("列名重复：{columns}", "columns stand twice: {columns}"),
    "missing_column": ("缺少列 {given}", "column {given} is missing"),
    "unknown_column": (
        "不认识的列 {given}（自己的列请以 x_ 开头）",
        "unknown column {given} (start columns of your own with x_)",
    ),
    "empty_table": ("表里没有一行数据", "the table has no rows"),
    "rows_not_checked": (
        "问题太多，{column} 列后面的 {count} 行没有再查",
        "too many faults: {count} more rows of column {column} were not checked",
    ),
    "more_faults": (
        "{column} 列还有 {count} 处同样的问题",
        "{count} more faults of this kind in column {column}",
    ),
    "extends_elsewhere": (
        "extends 只能写同一文件夹里的文件名，写的是 {given}；确要读文件夹以外的，加 --allow-outside",
        "extends must name a file in the same folder, not {given}; to read outside it, add --allow-outside",
    ),
    "extends_missing": ("extends 的文件 {given} 不存在", "the file {given} that it extends does not exist"),
    "extends_cycle": ("extends 绕成了圈：{chain}", "extends goes round in a circle: {chain}"),
    "set_syntax": ("--set 应写成 键=值，写的是 {given}", "--set takes KEY=VALUE, not {given}"),
    "set_inside_number": (
        "基础方案里这里是一个数，不能只改其中一部分；请写全，例如 {form}",
        "the base has one number here: a part of it cannot be set, write it in full, as in {form}",
    ),
    "set_inside_value": (
        "基础方案里这里是一个值，不是表，不能只改其中一部分；请写整个值",
        "the base has one value here and no table: a part of it cannot be set, give the whole value",
    ),
    "made_for_other_version": (
        "方案要求 zxsim {given}，这里装的是 {ours}",
        "made for zxsim {given}; this is {ours}",
    ),
    # keys and values
    "unknown_key": ("不认识的键 {given}", "unknown key {given}"),
    "unknown_word": ("不认识的取值 {given}", "{given} is not allowed"),
    "missing_key": ("缺少这个键", "this key is missing"),
    "empty_cell": ("这一格不能为空", "this cell must not be empty"),
    "empty_list": ("不能为空", "must not be empty"),
    "tuple_length": (
        "应写成两个年份 [首年, 末年]，写的是 {given}",
        "takes two years [first, last], not {given}",
    ),
    "wrong_type": ("应是{expected}，写的是 {given}", "must be {expected}, not {given}"),
    "not_a_number": (
        "{given} 不是数（不要写单位和千分位）",
        "{given} is not a number (no units, no thousands separators)",
    ),
    "not_whole": ("{given} 不是整数", "{given} is not a whole number"),
    "not_a_flag": ("{given} 应写 true 或 false（也可写 是、否）", "{given} must be true or false"),
    "not_a_figure": (
        "应是一个数，或含 value 的表，写的是 {given}",
        "must be a number or a table with value, not {given}",
    ),
    "not_valid": ("这里的写法不对：{given}", "not valid here: {given}"),
    "number_greater_than_equal": ("{given} 小于允许的最小值 {limit}", "{given} is below {limit}"),
    "number_less_than_equal": (
        "{given} 大于允许的最大值 {limit}（占比写小数：60% 写 0.6）",
        "{given} is above {limit} (a share is a fraction: write 0.6 for 60 %)",
    ),
    "too_many_decimals": ("{given} 的小数最多 {limit} 位", "{given} has more than {limit} decimals"),
    "number_too_large": ("{given} 大于允许的最大值 {limit}", "{given} is above {limit}, the most allowed"),
    "number_greater_than": ("{given} 应大于 {limit}", "{given} must be above {limit}"),
    "number_multiple_of": ("{given} 不是整数", "{given} is not a whole number"),
    "id_characters": (
        "编号 {given} 只能用文字、数字、下划线和点；可改为 {mended}",
        "id {given} may hold letters, digits, _ and . only; write {mended}",
    ),
    "id_override": ("编号不能改", "an id cannot be changed"),
    "id_doubled": ("编号 {given} 重复", "id {given} stands more than once"),
    "name_twice": ("名单里有重复：{given}", "the list names something twice: {given}"),
    "assumed_without_range": (
        "假定的数（assumed）要给出 low 和 high",
        "an assumed figure needs low and high",
    ),
    "outside_own_range": (
        "{given} 不在自己的范围 {low}–{high} 内",
        "{given} is outside its own range {low}–{high}",
    ),
    "one_of_two": ("{keys} 要写且只能写一个", "give exactly one of {keys}"),
    "places_and_each": ("places 和 each 只能写一个", "give places or each, not both"),
    "missing_for_of": ('of = "{of}" 时要写 {key}', 'of = "{of}" needs {key}'),
    "not_for_of": ('of = "{of}" 时不能写 {key}', 'of = "{of}" does not take {key}'),
    "path_falls": ("path 里的占比不能下降", "the shares of path must not fall"),
    "scale_missing": ("value 为 0 时要写 scale", "scale is needed where value is 0"),
    "not_for_relation": (
        'relation = "{relation}" 时不能写 {key}（只用于 {takers}）',
        'relation = "{relation}" does not take {key} (only {takers} do)',
    ),
    "missing_for_relation": ('relation = "{relation}" 时要写 {key}', 'relation = "{relation}" needs {key}'),
    "relation_of_income": (
        'relation = "{relation}" 只用于收入（indicator = "income" 或 "collective_income"）',
        'relation = "{relation}" is for incomes only (indicator = "income" or "collective_income")',
    ),
    "upper_below_value": ("upper {given} 小于 value {value}", "upper {given} is below value {value}"),
    "value_not_zero": (
        "不低于上年不用写 value，写的是 {given}",
        "not_below_previous takes no value, not {given}",
    ),
    "value_out_of_relation": (
        'value {given} 对 relation = "{relation}" 太小',
        'value {given} is too low for relation = "{relation}"',
    ),
    "base_year_outside": (
        "基年 {given} 应在 {first}–{last} 内",
        "the base year {given} must be within {first}–{last}",
    ),
    "target_without_parent": (
        "{count} 个地区没有上级（{places}），请用 than 写明与哪个地区比",
        "{count} places have no parent ({places}): say by than which place to compare with",
    ),
    "both_or_none": ("{keys} 要写就一起写", "give both of {keys}, or none"),
    "horizon": (
        "年份 {first}–{last} 不对：首年不晚于末年，最多 {most} 年",
        "years {first}–{last}: the first must not be after the last, {most} years at most",
    ),
    "years_reversed": ("首年晚于末年：{given}", "the first year is after the last: {given}"),
    "year_outside_horizon": (
        "{given} 年不在方案年份 {first}–{last} 内",
        "{given} is outside the horizon {first}–{last}",
    ),
    "override_unknown_id": ("表里没有编号 {given}", "the table has no id {given}"),
    # references
    "unknown_place": ("不认识的地区 {given}（共 {count} 个）", "unknown place {given} (of {count})"),
    "unknown_project": ("不认识的项目 {given}（共 {count} 个）", "unknown project {given} (of {count})"),
    "unknown_fund": ("不认识的资金 {given}（共 {count} 项）", "unknown fund {given} (of {count})"),
    "unknown_indicator": ("不认识的指标 {given}（共 {count} 个）", "unknown indicator {given} (of {count})"),
    "unknown_category": ("不认识的类别 {given}（共 {count} 个）", "unknown category {given} (of {count})"),
    "no_place_of_level": ("没有 {given} 一级的地区", "no place is a {given}"),
    "indicator_built_in": ("{given} 是自带的指标，不用声明", "{given} is built in and must not be declared"),
    "parent_not_above": (
        "上级地区 {given}（{level}）的级别不比它高",
        "its parent {given} ({level}) is not of a higher level",
    ),
    "target_without_place": (
        "最上级地区不止一个（{allowed}），请写 places 或 each",
        "there are several top places ({allowed}): give places or each",
    ),
    "required_and_forbidden": ("既必须安排又禁止安排", "both required and forbidden"),
    "bad_place_share": (
        "{given} 应写成 地区:份额，份额在 0 到 1 之间",
        "{given} must be PLACE:SHARE with a share from 0 to 1",
    ),
    "place_twice": ("同一地区写了两次：{given}", "a place stands twice: {given}"),
    "place_shares_sum": (
        "各地区份额相加是 {total}，应为 1：{given}",
        "the place shares add to {total}, not to 1: {given}",
    ),
    "looks_like_yuan": (
        "投资中位数 {median} 万元超过资金总额 {money} 万元，像是以元填写（无误请写 units_checked = true）",
        "the median cost {median} 万元 exceeds all money, {money} 万元: 元? (else units_checked = true)",
    ),
    "cost_far_above_median": (
        "投资 {given} 万元是中位数 {median} 的五千倍以上，请核对单位",
        "cost {given} 万元 is over 5,000 times the median {median}: check the unit",
    ),
    "fund_not_earmarked": (
        '资金 {funds} 没有按这些地区切块，占比没有固定的分母；请改用 of = "spent"（逐年提高还要写 path）',
        'funds {funds} are not earmarked here: no fixed base; use of = "spent" (with path if rising)',
    ),
    "fund_not_earmarked_at": (
        "资金 {funds} 没有按这些地区切块，分不出每个地区有多少钱；请去掉 places 或 each，或把资金按地区切块",
        "funds {funds} are not earmarked here: no place has money of its own; drop places or each",
    ),
    "filter_not_soft": (
        "入库资格是筛选条件，不能设为软约束",
        "a filter on projects cannot be soft",
    ),
    "places_missing": (
        "这种约束要写 places 或 each",
        "this kind of rule needs places or each",
    ),
    "already_without_places": (
        "写了 already 就要写 places 或 each",
        "already needs places or each",
    ),
    "one_or_both": (
        "{keys} 至少要写一个",
        "give {keys}, or both",
    ),
    "too_few_places": (
        "至少要有 {least} 个地区才能比较，现在有 {count} 个",
        "at least {least} places are needed to compare them; here {count}",
    ),
    "places_nested": (
        "{places} 在同一约束的另一个地区之内，同一笔钱会算两次",
        "{places} lie in another place of the rule: the same money would count twice",
    ),
    "year_outside_rule": (
        "{given} 年不在这条约束的年份 {first}–{last} 内",
        "{given} is outside the years of the rule, {first}–{last}",
    ),
    "unknown_place_column": (
        "places.csv 没有整数列 {given}",
        "places.csv has no column of whole numbers {given}",
    ),
    "place_cell_zero": (
        "places.csv 里 {count} 个地区的 {column} 为 0：{places}",
        "{column} is 0 for {count} places in places.csv: {places}",
    ),
    "earmarks_nested": (
        "{inner} 在 {outer} 之内，同一笔钱会算两次；请分成两项资金",
        "{inner} lies in {outer}: the same money would count twice; make two funds of it",
    ),
    "unknown_filter_column": ("projects.csv 没有文字列 {given}", "projects.csv has no text column {given}"),
    "unknown_number_column": ("projects.csv 没有数字列 {given}", "projects.csv has no number column {given}"),
    "unknown_place_number_column": (
        "places.csv 没有数字列 {given}",
        "places.csv has no number column {given}",
    ),
    "place_column_empty": (
        "places.csv 的 {column} 一格也没有填",
        "{column} of places.csv is empty throughout",
    ),
    "number_negative": (
        "{column} 有 {count} 格小于 0：{records}",
        "{column} is below 0 in {count} cells: {records}",
    ),
    "heads_missing": (
        "{count} 个项目的 {column} 为空：{projects}",
        "{column} is empty for {count} projects: {projects}",
    ),
    "place_cell_missing": (
        "places.csv 里 {count} 个地区缺 {column}：{places}",
        "{column} is missing for {count} places in places.csv: {places}",
    ),
    "own_benefit_gaps": (
        "{count} 个项目的 benefit 为空，按 0 计",
        "benefit is empty for {count} projects, counted as 0",
    ),
    "fund_pays_nothing": (
        "项目库里没有一个项目可以用这项资金",
        "no project of the library may be paid from this fund",
    ),
    "more_heads_than_live_there": (
        "{count} 个项目的受益数超过所在地区的总数：{projects}",
        "{count} projects serve more heads than their places have: {projects}",
    ),
    "income_year_far": (
        "{places} 的 income_year 不在 {first}–{last} 内",
        "income_year of {places} is outside {first}–{last}",
    ),
    "own_benefit_missing": (
        'source = "own" 需要 projects.csv 的 benefit 列，现在全为空',
        'source = "own" needs the column benefit of projects.csv, which is empty',
    ),
    "income_has_worth": ("收入本身就按元计，不能再给单价", "income is already in yuan and takes no worth"),
    "worth_unused": (
        "{given} 已有考核目标，这里的单价不起作用",
        "{given} has a target, so its worth is not used",
    ),
}
