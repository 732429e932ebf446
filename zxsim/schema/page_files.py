"""The part of the reference page about files: an example of each, encodings, and what an import writes."""

from collections.abc import Iterator, Mapping, Sequence

from zxsim.schema.editors import Language
from zxsim.schema.page_file_examples import EXAMPLES, IMPORT_MAPPING, IMPORTED_SHEET

_TOLD: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "scenario.toml": "方案本身：资金、约束、指标、成效、目标。",
        "places.csv": "地区，上级在 `parent` 里。",
        "projects.csv": "项目；P3 在两个地区，`places` 写份额。",
        "commitments.csv": "已经定下的资金（可选）：是下限，`decided_through` 及以前的年度正好就是这些。"
        "项目只在一个地区的，`place` 可以不填。",
        "more_money.toml": "推演（文件名任取）：只写不同之处；`[project.P1]` 改写 `projects.csv` 的单元格。",
    },
    "en": {
        "scenario.toml": "The scenario itself: funds, rules, indicators, effects, targets.",
        "places.csv": "Places; `parent` is the place that each lies in.",
        "projects.csv": "Projects; P3 is at two places, with its shares in `places`.",
        "commitments.csv": "Money decided already (optional): lower bounds; up to `decided_through` exactly that. "
        "`place` may be empty for a project at one place.",
        "more_money.toml": "A what-if of any name: only what differs; `[project.P1]` overrides cells of `projects.csv`.",
    },
}

_TITLES: Mapping[Language, str] = {"zh": "## 每个文件的例子", "en": "## An example of each file"}
_FIRST: Mapping[Language, Sequence[str]] = {
    "zh": (
        "下面几个文件放进一个文件夹，就可以用 `zxsim optimize 文件夹` 运行。",
        "",
        "编码：TOML 和 CSV 都是 UTF-8，有没有 BOM 都行。Excel 里请存为“CSV UTF-8（逗号分隔）”；普通“CSV”是 GB18030，方案不收，",
        "会报错并写明怎样另存；只有 `zxsim import` 也能读 GB18030 的 CSV。zxsim 导出的 CSV 带 BOM，Excel 和 WPS 打开不乱码。",
    ),
    "en": (
        "These files in one folder run with `zxsim optimize FOLDER`.",
        "",
        "Encoding: TOML and CSV are UTF-8, with or without byte order mark. In Excel, save as *CSV UTF-8 (Comma",
        "delimited)*; its plain *CSV* is GB18030, which a scenario refuses with that remedy; only `zxsim import` reads",
        "GB18030 as well. A CSV that zxsim exports has a byte order mark, so that Excel and WPS show Chinese.",
    ),
}

_IMPORT: Mapping[Language, Sequence[str]] = {
    "zh": (
        "## zxsim import 写出的文件",
        "",
        "`zxsim import 项目表 --to 文件夹` 写出 `scenario.toml`、`places.csv`、`projects.csv`，以及：",
        "",
        "- `import.toml`：对照表，即每一列、每个词是怎样读的。改好后用 `--mapping` 重新导入，不再猜。",
        "- `plan.csv`：项目表自己给每个项目的金额，按项目、地区、资金、年度一行，列与 `commitments.csv` 相同。zxsim *不读*这个名字的",
        "  文件：各项资金只按表中合计带过来，`optimize` 把它们在项目之间*重新分配*。改名为 `commitments.csv`，这些金额就成为",
        "  下限；因为每项资金的总额正好是它们的合计，分配结果就与项目表逐格相同（舍到 0.01 万元），可以拿它核对约束和目标，或与重新",
        "  分配的结果比较。删去几行，这几行的钱就重新分配；在 `scenario.toml` 里增加资金，增加的部分由 zxsim 安排。",
        "  表中资金跨几个年度、没有写明哪一年的，没有 `plan.csv`。",
        "",
        "`import.toml` 的键：",
        "",
    ),
    "en": (
        "## What zxsim import writes",
        "",
        "`zxsim import SHEET --to FOLDER` writes `scenario.toml`, `places.csv`, `projects.csv`, and:",
        "",
        "- `import.toml`: the mapping, how each column and word was read. Mend it and import again with `--mapping`;",
        "  then nothing is guessed.",
        "- `plan.csv`: what the sheet itself gives to each project, a row a project, place, fund and year, with the columns",
        "  of `commitments.csv`. A file of this name is *not read*: of the sheet's money only the totals of the funds are",
        "  taken over, and `optimize` distributes them *anew*. Renamed to `commitments.csv`, the amounts are lower bounds;",
        "  as each fund holds exactly their sum, the plan is then the sheet's own, cell by cell (rounded down to",
        "  0.01 万元), to be checked against rules and targets or compared with a plan made anew. The money of rows that",
        "  are deleted is distributed anew; so is money added in `scenario.toml`. There is no `plan.csv` where the sheet's money is",
        "  of several years and it does not say which.",
        "",
        "Keys of `import.toml`:",
        "",
    ),
}

_HEADINGS: Mapping[Language, str] = {"zh": "| 键 | 含义 |", "en": "| key | meaning |"}
_KEYS: Mapping[str, Mapping[Language, str]] = {
    "name": {"zh": "方案名称。", "en": "Name of the scenario."},
    "county": {"zh": "所有地区的上级（县）。", "en": "The place that holds all others."},
    "years": {
        "zh": "方案的首年和末年；不写就由各表得出。",
        "en": "First and last year; else from the sheets.",
    },
    "units_stated": {"zh": "表中写明了金额单位。", "en": "The sheets say the unit of money themselves."},
    "fund": {
        "zh": "`[fund.编号]`，列里提到的每项资金：`label` 名称、`level` 级别（中央、省、市、区县、其他）、`kind` 种类。",
        "en": "`[fund.ID]`, each fund that columns name: its `label`, `level` (中央, 省, 市, 区县, 其他) and `kind`.",
    },
    "categories": {
        "zh": "类别栏或分组行里的词 → 规定的项目类别。",
        "en": "Word of a category cell or a group row → official category.",
    },
    "name_words": {
        "zh": "项目名称里的词 → 规定的项目类别；没有类别栏时用。",
        "en": "Word in a project's name → official category, where no cell says it.",
    },
    "fund_words": {
        "zh": "“资金来源”栏里的文字 → 资金编号。",
        "en": "Text of a column 资金来源 → id of a fund.",
    },
    "sheet": {
        "zh": '`[sheet."名称"]`，每张工作表一节，键如下。',
        "en": '`[sheet."NAME"]`, one a sheet, with:',
    },
    "file": {"zh": "文件名；不写则任何文件。", "en": "Name of the file; any where not given."},
    "heading_rows": {
        "zh": "表头的首行和末行，从 1 数起。",
        "en": "First and last row of the headings, from 1.",
    },
    "last_row": {
        "zh": "读到哪一行；0 为最后一行。",
        "en": "Last row that is read; 0 for the last of the sheet.",
    },
    "unit": {
        "zh": "金额单位：元、千元、万元、百万元、亿元。",
        "en": "Unit of money: 元, 千元, 万元, 百万元, 亿元.",
    },
    "columns": {
        "zh": "列号 → 含义：下面所列的词，`资金:编号` 或 `资金:编号:年份`，`核对:D+E`（应等于这些列之和），官方列，`x_` 开头的自定义列，`不用`。",
        "en": "Letter → meaning: a word listed below, `资金:ID` or `资金:ID:YEAR`, `核对:D+E` (must be the sum of these), an official column, one that starts with `x_`, `不用` (not used).",
    },
    "units": {"zh": "列号 → 这一列的金额单位。", "en": "Letter → unit of money of this column."},
    "fill_down": {
        "zh": "空单元格取上一行内容的列号。",
        "en": "Letters of columns whose empty cells mean the cell above.",
    },
    "skip_rows": {"zh": "不读的行号。", "en": "Rows that are not read."},
    "town": {"zh": "没有写乡镇的项目所在的乡镇。", "en": "Town of projects that name none."},
}
"""Keys of import.toml in the words of the page; a key of a sheet that a scenario has as well stands once."""

_SHEET: Mapping[Language, Sequence[str]] = {
    "zh": (
        "",
        "一节 `[sheet.…]` 里的 `name`、`years`、`fund` 是工作表名、这张表资金的年度，以及列和单元格都没有写明资金时的资金编号。",
        "含义的词：{words}。",
        "",
        "例如这张表（CSV，也可以是 .xlsx）",
    ),
    "en": (
        "",
        "In a section `[sheet.…]`, `name`, `years` and `fund` are the name of the worksheet, the years of its money, and the fund",
        "of all its money where neither columns nor cells name one. Words for meanings: {words}.",
        "",
        "This sheet, for example (a CSV; an .xlsx does as well),",
    ),
}
_READ_BY: Mapping[Language, str] = {"zh": "可以用这个对照表读：", "en": "is read by this mapping:"}

MEANING_WORDS = (
    *(
        "序号",
        "项目编号",
        "项目名称",
        "县",
        "乡镇",
        "村",
        "地点",
        "类别",
        "子类型",
        "年度",
        "期限",
        "部门",
        "状态",
        "排序",
    ),
    *("受益", "受益户", "受益人", "资金来源", "建设性质", "建设内容", "绩效目标", "群众参与", "联农带农机制"),
    *("实施单位", "责任单位", "责任人", "备注", "自筹", "金额", "身份信息"),
)
"""What a column of an official sheet may mean, beside money of a fund."""

_EXPORT: Mapping[Language, Sequence[str]] = {
    "zh": (
        "## zxsim export 写出的文件",
        "",
        "`.xlsx`、`.md` 是整本工作簿；`--form` 只要一张报表，`--table` 只要一张表（也可以是 `.csv`、`.parquet`），`.lp`、`.mps` 是模型。",
        "三张报表是**项目计划表**（一年一张，每个有资金的项目一行，按级次分列资金）、**资金分配表**（按乡镇）和**绩效目标表**（产出、",
        "效益、满意度）；方案里没有的内容留空，由单位填写。各栏的来源和自己做表样见 [forms.md](forms.md)。",
    ),
    "en": (
        "## What zxsim export writes",
        "",
        "`.xlsx` and `.md` hold the whole workbook; `--form` takes one official form, `--table` one table (also as `.csv` or",
        "`.parquet`), `.lp` and `.mps` the model. The official forms are **项目计划表** (the plan: one a year, a row a project with",
        "money, columns by level of fund), **资金分配表** (money by town) and **绩效目标表** (outputs, effects, satisfaction); what a",
        "scenario does not hold stays empty for the office. Where each column comes from, and forms of your own: [forms.md](forms.md).",
    ),
}


def file_lines(language: Language) -> Iterator[str]:
    """Lines of the page about the files."""
    yield from ("", _TITLES[language], "", *_FIRST[language])
    for name, text in EXAMPLES.items():
        yield from ("", f"`{name}` {_TOLD[language][name]}", "", *_block(text, name.rpartition(".")[2]))
    yield from ("", *_IMPORT[language], _HEADINGS[language], "|---|---|")
    yield from (f"| `{key}` | {words[language]} |" for key, words in _KEYS.items())
    joined = "、".join(MEANING_WORDS)
    yield from (line.replace("{words}", joined) for line in _SHEET[language])
    yield from (
        "",
        *_block(IMPORTED_SHEET, "csv"),
        "",
        _READ_BY[language],
        "",
        *_block(IMPORT_MAPPING, "toml"),
    )
    yield from ("", *_EXPORT[language])


def _block(text: str, language: str) -> tuple[str, ...]:
    return (f"```{language}", *text.rstrip("\n").split("\n"), "```")
