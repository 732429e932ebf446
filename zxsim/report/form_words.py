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
        "--year、--quarter、--place 选的是报表，不能和 --table 一起写",
        "--year, --quarter and --place choose among forms and do not go with --table",
    ),
    "year_not_in_run": ("{given} 不在 {first}–{last} 年内", "{given} is not in {first}–{last}"),
    "form_format_of_tables": (
        "{given} 放不下表样和工作簿：要 {given} 就不写 --form 和 --year，要表样就换一种文件",
        "{given} holds no forms and no workbook: leave --form and --year out, or write another format",
    ),
    "format_made_by_office": (
        "不能直接导出为 {given}；先导出为 .xlsx，在 Excel 或 WPS 里打开，再另存为 {given}",
        "cannot export to {given}; write .xlsx, open it in Excel or WPS and save it as {given} there",
    ),
    "export_folder_missing": (
        "写不了 {given}：没有文件夹 {folder}，请先建好，或换个位置",
        "cannot write {given}: there is no folder {folder}; make it first, or choose another place",
    ),
    "export_onto_folder": (
        "写不了 {given}：这是一个文件夹，请在后面加上文件名，例如 结果.xlsx",
        "cannot write {given}: it is a folder; add a file name, such as plan.xlsx",
    ),
    "export_refused": (
        "写不了 {given}：没有写入权限，或者文件正在 Excel、WPS 里打开；关掉它再导出，或换个文件名",
        "cannot write {given}: not permitted, or open in Excel or WPS; close it, or choose another name",
    ),
    "csv_of_several_years": (
        "CSV 只能放一张表，这里有几张：{sheets}；用 --year 选一年、--place 选一地，或导出为 .xlsx",
        "a CSV holds one sheet, and here are {sheets}; choose one with --year or --place, or write .xlsx",
    ),
    "csv_of_workbook": (
        "CSV 只能放一张表，不能放整本工作簿；用 --form 选一张报表或 --table 选一张表，或导出为 .xlsx",
        "a CSV holds one sheet, not the workbook; choose one with --form or --table, or write .xlsx",
    ),
    "sheet_too_long": (
        "工作表 {sheet} 有 {rows} 行，超过 Excel 的上限；请用 --table 导出为 .csv 或 .parquet",
        "sheet {sheet} has {rows} rows, more than Excel can hold; export a --table as .csv or .parquet",
    ),
    "run_damaged": (
        "{given} 里的 {file} 读不出来（{reason}）；结果文件夹不完整，请用 zxsim optimize 重新运行",
        "{file} in {given} cannot be read ({reason}); the run is damaged: run zxsim optimize again",
    ),
}
