"""What reading an official sheet says of the file: code → (zh, en), with fields in braces."""

from collections.abc import Mapping

_SAVE = (
    "请在 Excel 或 WPS 里打开，另存为「Excel 工作簿（.xlsx）」",
    "open it in Excel or WPS and save it as an Excel workbook (.xlsx)",
)

SHEET_WORDS: Mapping[str, tuple[str, str]] = {
    "sheet_empty": (
        "文件里没有内容（隐藏的工作表要用 --sheet 点名）",
        "holds nothing (name a hidden sheet with --sheet)",
    ),
    "sheet_is_folder": ("这是文件夹，请给出一个表格文件", "a folder; name a sheet file"),
    "sheet_is_lock": (
        "这是 Excel/WPS 打开文件时的临时文件，请改用 {given}",
        "the temporary file of an open workbook; use {given}",
    ),
    "sheet_file_too_large": (
        "文件大于 {most} MB；请把项目表单独存成一个文件，去掉图片",
        "larger than {most} MB; save the project table alone, without pictures",
    ),
    "sheet_unpacks_too_large": (
        "解压后的内容大于 {most} MB，不像项目表，没有读取；请把项目表单独存成一个文件",
        "unpacks to more than {most} MB, unlike a project table, and was not read; save the table alone",
    ),
    "sheet_too_many_parts": (
        "文件内部多于 {most} 个部分，不像项目表，没有读取；请把项目表单独存成一个文件，去掉图片",
        "has more than {most} parts inside, unlike a project table; save the table alone, without pictures",
    ),
    "sheet_too_large": (
        "单元格 {cell} 超出可读的范围（{rows} 行、{columns} 列，共 {cells} 格）；请删除表格以外的行和列",
        "cell {cell} is outside what is read ({rows} rows, {columns} columns, {cells} cells); clear it",
    ),
    "sheet_too_much_text": (
        "文字超过 {most} 字，不像项目表，没有读取；请把项目表单独存成一个文件",
        "more than {most} characters, unlike a project table; save the table alone",
    ),
    "sheet_cell_too_long": (
        "这一格的文字超过 {most} 字，请删减",
        "more than {most} characters in this cell; shorten it",
    ),
    "sheet_merged_too_often": (
        "合并单元格多于 {most} 处，请取消不必要的合并",
        "more than {most} merged ranges; unmerge what need not be",
    ),
    "sheet_merged_overlap": (
        "合并单元格互相重叠，文件可能已损坏；" + _SAVE[0],
        "merged ranges overlap, the file may be damaged; " + _SAVE[1],
    ),
    "sheet_too_slow": (
        "{most} 秒内没有读完，文件可能已损坏；" + _SAVE[0],
        "not read within {most} seconds, the file may be damaged; " + _SAVE[1],
    ),
    "sheet_damaged": (
        "文件不完整或已损坏；" + _SAVE[0],
        "incomplete or damaged; " + _SAVE[1],
    ),
    "sheet_entities": (
        "文件里有实体定义（DTD），正常的工作簿没有，没有读取；" + _SAVE[0],
        "declares entities (DTD), which no proper workbook does, and was not read; " + _SAVE[1],
    ),
    "sheet_password": (
        "文件有密码；请在 Excel 或 WPS 里输入密码打开，取消「用密码进行加密」后另存",
        "protected by a password; open it in Excel or WPS, remove the password and save it",
    ),
    "sheet_is_document": (
        "这是 Word、PPT 或 PDF 文档；请把其中的表格复制到 Excel 或 WPS，存为 .xlsx",
        "a document (Word, slides or PDF); copy its table into Excel or WPS and save it as .xlsx",
    ),
    "sheet_is_binary": ("这是 .xlsb 工作簿；" + _SAVE[0], "an .xlsb workbook; " + _SAVE[1]),
    "sheet_is_open_document": (
        "这是 OpenDocument 文件（.ods 等）；" + _SAVE[0],
        "an OpenDocument file (.ods or the like); " + _SAVE[1],
    ),
    "sheet_is_web_page": (
        "这其实是网页或 XML 文件，不是工作簿；" + _SAVE[0],
        "really a web page or an XML file, not a workbook; " + _SAVE[1],
    ),
    "sheet_is_text": (
        "这其实是文本文件，不是工作簿；" + _SAVE[0] + "，或把文件名改成 .csv",
        "really a text file, not a workbook; " + _SAVE[1] + ", or rename it to .csv",
    ),
    "sheet_not_a_workbook": (
        "这是压缩包，里面没有工作簿；请先解压，再给出 .xlsx 文件",
        "an archive without a workbook; unpack it and name the .xlsx file",
    ),
    "sheet_not_known": (
        "不是能读的表格文件（.xlsx、.xls、.csv）；" + _SAVE[0],
        "not a sheet that can be read (.xlsx, .xls, .csv); " + _SAVE[1],
    ),
    "sheet_unknown": ("没有叫 {given} 的工作表", "no sheet of the name {given}"),
}
