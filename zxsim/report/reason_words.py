"""Reasons that the system, the TOML reader and the command line give in English, in Chinese."""

import re
from collections.abc import Sequence

_HEAD = re.compile(r"^(?:Invalid value for [^:]+: |Value error, |\[(?:Errno|WinError) \d+\] )")

_REASONS: Sequence[tuple[str, str]] = (
    # the system
    (r"No such file or directory\b.*", "没有这个文件或文件夹"),
    (r"Permission denied\b.*|Access is denied\b.*", "没有权限，或者文件正在别的程序里打开"),
    (r"Operation not permitted\b.*", "系统不允许这样做"),
    (r"Is a directory\b.*", "这是文件夹，不是文件"),
    (r"Not a directory\b.*", "路径里有一段是文件，不是文件夹"),
    (r"File exists\b.*", "已有同名的文件或文件夹"),
    (r"Directory not empty\b.*", "文件夹不是空的"),
    (r"No space left on device\b.*", "磁盘已满"),
    (r"Read-only file system\b.*", "磁盘是只读的"),
    (r"File name too long\b.*", "文件名太长"),
    (r"Too many open files\b.*", "打开的文件太多"),
    (r"Too many levels of symbolic links\b.*", "快捷方式互相指向"),
    (r"Input/output error\b.*", "读写出错，请检查磁盘"),
    (r"Invalid argument\b.*|embedded null (?:byte|character)", "文件名里有不能用的字符"),
    # TOML
    (r"Invalid value", "等号后面的值不对（文字要加英文引号）"),
    (r"Invalid statement", "这一行不是「键 = 值」，也不是 [表名]"),
    (r"Expected '=' after a key in a key/value pair", "键后面缺少等号"),
    (r"Expected '\]' at the end of a table declaration", "表名后面缺少 ]"),
    (r"Expected '\]\]' at the end of an array declaration", "表名后面缺少 ]]"),
    (r"Expected newline or end of document after a statement", "值的后面还有多余的内容"),
    (r"Cannot overwrite a value", "这个键前面已经写过"),
    (r"Cannot (?:declare|redefine namespace|mutate immutable namespace) \((.*?),?\).*", "表 {} 前面已经写过"),
    (r"Duplicate inline table key (.*)", "键 {} 写了两次"),
    (r"Unterminated string|Expected \"?'+\"?", "引号没有成对"),
    (r"Unclosed array", "方括号没有成对，或者缺少逗号"),
    (r"Unclosed inline table", "花括号没有成对，或者缺少逗号"),
    (
        r"Unescaped .* in a string|Invalid hex value|Escaped character.*",
        "双引号里的 \\ 要写成 \\\\\uff08或改用单引号）",
    ),
    (r"Illegal character .*|Found invalid character .*", "有不能直接写的字符（如引号里的换行）"),
    (r"Invalid date or datetime", "没有这一天"),
    (r"Invalid initial character for a key part", "键里有中文或符号时要加英文引号"),
    (r"nested too deeply", "嵌套太深"),
    # the command line
    (r"(.*) is not one of (.*?)\.?", "{} 不在可写的 {} 之中"),
    (r"Input should be a valid number\b.*|.*is not a valid float\.?", "应是数字"),
    (r"Input should be a valid integer\b.*|.*is not a valid integer\.?", "应是整数"),
    (r"Input should be greater than or equal to (.*)", "不能小于 {}"),
    (r"Input should be greater than (.*)", "应大于 {}"),
    (r"Input should be less than or equal to (.*)", "不能大于 {}"),
    (r"Input should be less than (.*)", "应小于 {}"),
    (r"Input should be a finite number", "应是有限的数字"),
    (r"Got unexpected extra argument(?:\(s\)|s)? \((.*)\)", "多了参数 {}"),
    (r"Option '(.*)' requires (?:an argument|\d+ arguments)\.?", "选项 {} 后面要写取值"),
    (r"Option '(.*)' does not take a value\.?", "选项 {} 后面不写取值"),
    (r"(?:File|Directory|Path) '(.*)' does not exist\.?", "没有 {}"),
    (r"(?:File|Path) '(.*)' is a directory\.?", "{} 是文件夹"),
    (r"(?:File|Directory|Path) '(.*)' is not (?:readable|writable)\.?", "{} 没有权限"),
    (r"Missing command\.?", "没有写命令"),
)


def reason(text: str, at: int) -> str:
    """Put a reason into Chinese (``at`` 0), quoted where it is not known; in English only its head goes.

    >>> reason("[Errno 13] Permission denied: 'a.xlsx'", 1)
    "Permission denied: 'a.xlsx'"
    >>> reason("Invalid value for '--gap': Value error, '3' is not one of 'a', 'b'.", 0)
    "'3' 不在可写的 'a', 'b' 之中"
    """
    while head := _HEAD.match(text):
        text = text[head.end() :]
    if at:
        return text
    for pattern, words in _REASONS:
        if found := re.fullmatch(pattern, text, re.DOTALL):
            return words.format(*found.groups())
    chinese = re.search("[\u4e00-\u9fff]", text) or not re.search("[A-Za-z]{2}", text)
    return text if chinese else f"「{text}」"
