"""What ``zxsim new`` says: code → (zh, en), with fields in braces."""

from collections.abc import Mapping

NEW_WORDS: Mapping[str, tuple[str, str]] = {
    "unknown_scenario": ("没有随附方案 {given}", "no scenario {given} comes with zxsim"),
    "scenarios_not_installed": (
        "{folder} 里没有随附方案，请重新安装 zxsim",
        "no scenarios in {folder}: install zxsim again",
    ),
    "folder_taken": (
        "{given} 已经存在而且不是空文件夹，没有改动它；请换一个新的文件夹名",
        "{given} exists and is no empty folder; it was not touched: name a new folder",
    ),
    "folder_unwritable": ("文件夹 {given} 建不了：{reason}", "cannot make the folder {given}: {reason}"),
    "list_alone": ("--list 只列出名称，不能再写 {given}", "--list takes nothing else, not {given}"),
}

NEW_LABELS: Mapping[str, tuple[str, str]] = {
    "scenario_made": ("已建立方案文件夹 {folder}（{title}）：{files}", "Made {folder} ({title}): {files}"),
    "made_next": (
        "接下来：先检查，再分配；用 Excel 或 WPS 改 CSV 表，用记事本改 scenario.toml，改完再运行这两条命令",
        "Next: check it, then allocate; change the CSV files in Excel and scenario.toml in any editor",
    ),
    "shipped_scenario": ("{name}  {title}", "{name}  {title}"),
    "shipped_default": ("{name}  {title}（默认）", "{name}  {title} (default)"),
}
