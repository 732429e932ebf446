"""What templates of forms and exports of sheets say: code → (zh, en), with fields in braces."""

from collections.abc import Mapping

FORM_WORDS: Mapping[str, tuple[str, str]] = {
    "unknown_form": (
        "没有表样 {given}（自己的表样写成以 .toml 结尾的文件）",
        "no form is called {given} (a form of your own is a file that ends in .toml)",
    ),
    "unknown_source": ("不认识的来源 {given}", "unknown source {given}"),
    "unknown_placeholder": ("不认识的占位 {{{given}}}", "unknown placeholder {{{given}}}"),
    "form_braces": (
        "{given} 里的花括号没有成对（占位写成 {{year}}，花括号本身写两个）",
        "the braces in {given} do not match (a placeholder is {{year}}, a brace itself is doubled)",
    ),
    "form_name": (
        "名称 {given} 不能作工作表名：最多 {most} 个字，不能有 {bad}",
        "{given} cannot name a sheet: {most} characters at most, none of {bad}",
    ),
    "form_level": (
        '按地区的表（rows = "place"）要写 level，别的表不能写',
        'a form by place (rows = "place") needs level, and no other form may have it',
    ),
    "form_indicators": (
        '指标表（rows = "indicator"）要有 [indicator.…]，别的表不能有',
        'a form of indicators (rows = "indicator") needs [indicator.…], and no other form may have it',
    ),
    "planned_of_target": (
        'source = "planned" 只能和 each = "target" 一起写',
        'source = "planned" and each = "target" go together',
    ),
    "of_targets": (
        'of 只能和 each = "target" 一起写',
        'of goes with each = "target" alone',
    ),
    "blank_of_each": (
        "blank 只能和 each 一起写；留空的行不写 source 就行",
        "blank goes with each; a line to be filled in by hand needs no more than to have no source",
    ),
    "form_format": ("表样和工作簿不能导出为 {given}", "cannot write forms or a workbook to {given}"),
    "form_and_table": ("--form 和 --table 只能写一个", "give only one of --form and --table"),
    "year_without_form": (
        "--year 选的是表样的年度，不能和 --table 一起写",
        "--year chooses the year of forms and does not go with --table",
    ),
    "year_not_in_run": ("{given} 不在 {first}–{last} 年内", "{given} is not in {first}–{last}"),
    "csv_of_several_sheets": (
        "CSV 只能放一张表，这里有 {sheets}；用 --year 选一年，或导出为 .xlsx",
        "a CSV holds one sheet and these are {sheets}; choose one with --year, or write .xlsx",
    ),
    "sheet_too_long": (
        "工作表 {sheet} 有 {rows} 行，超过 Excel 的上限；请用 --table 导出为 .csv 或 .parquet",
        "sheet {sheet} has {rows} rows, more than Excel can hold; export a --table as .csv or .parquet",
    ),
    "run_damaged": (
        "{given} 里的 {file} 读不出来：{reason}",
        "{file} in {given} cannot be read: {reason}",
    ),
}
