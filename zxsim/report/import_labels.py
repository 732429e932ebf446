"""Headings and lines that an import shows and writes: key → (zh, en), with fields in braces."""

from collections.abc import Mapping

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
