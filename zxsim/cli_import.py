"""The command ``import``; uses typer as cli.py does."""

import re
from pathlib import Path
from typing import Annotated, Literal

import typer

from zxsim.cli_help import LANGUAGE, _
from zxsim.cli_options import Json, Lang
from zxsim.console import print_json
from zxsim.errors import Message, UsageError

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help=_("项目表：.xlsx、.xls、.csv，可写多个", "project sheets: .xlsx .xls .csv, several allowed"),
    ),
]
To = Annotated[
    Path | None, typer.Option("--to", metavar="DIR", help=_("写到这个新文件夹", "new folder to write"))
]
SheetName = Annotated[str | None, typer.Option("--sheet", help=_("只读这一张工作表", "read this sheet only"))]
MappingFile = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        metavar="FILE.toml",
        help=_("以前导入时写出、改好的 import.toml", "import.toml of an earlier import, mended"),
    ),
]
YearsText = Annotated[
    str | None,
    typer.Option("--years", metavar="2024-2025", help=_("资金的年度", "years of the money")),
]
SkippedRows = Annotated[
    str | None,
    typer.Option(
        "--skip-rows", metavar="5,7-9", help=_("不是项目、不读的行", "rows that are no projects: not read")
    ),
]
DraftFile = Annotated[
    Path | None,
    typer.Option(
        "--write-mapping",
        metavar="FILE.toml",
        help=_("只写出对照表，不导入", "write the mapping alone and import nothing"),
    ),
]
Name = Annotated[str, typer.Option("--name", help=_("方案名称", "name of the scenario"))]
UnitName = Annotated[
    Literal["yuan", "wan"] | None,
    typer.Option("--unit", help=_("金额单位：yuan 元，wan 万元", "unit of money: yuan or wan (万元)")),
]

_YEARS = re.compile(r"(20\d\d)(?:\s*[-–:~]\s*(20\d\d))?")
_ROWS = re.compile(r"(\d{1,7})(?:\s*-\s*(\d{1,7}))?")
_UNIT_WORDS = {"yuan": "元", "wan": "万元"}


def import_(
    files: Files,
    to: To = None,
    sheet: SheetName = None,
    mapping: MappingFile = None,
    years: YearsText = None,
    name: Name = "",
    unit: UnitName = None,
    skip_rows: SkippedRows = None,
    write_mapping: DraftFile = None,
    *,
    as_json: Json = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Print what was understood and what was not; exit 3 with every cell at fault."""
    from zxsim import api  # noqa: PLC0415 (heavy)
    from zxsim.report import imported  # noqa: PLC0415 (heavy)

    wishes = api.Wishes(_years(years), name, _UNIT_WORDS.get(unit or "", ""), _rows(skip_rows))
    if write_mapping is not None:
        api.write_mapping(files, write_mapping, sheet, wishes, lang)
        if as_json:
            print_json({"status": "mapping", "run": None, "to": str(write_mapping)})
        else:
            typer.echo(imported.word("mapping_written", lang, path=write_mapping))
        return
    if to is None:
        raise UsageError([Message("import_needs_folder")])
    found = api.import_sheets(files, to, sheet, mapping, wishes, lang)
    if as_json:
        print_json({"status": "imported", "run": None, "to": str(to), **imported.data(found, lang)})
    else:
        for line in imported.lines(found, to, lang):
            typer.echo(line)


def _years(text: str | None) -> tuple[int, int] | None:
    """Read 2024 or 2024-2025."""
    if text is None:
        return None
    found = _YEARS.fullmatch(text.strip())
    span = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if span[0] > span[1]:
        raise UsageError([Message("import_years_syntax", {"given": text})])
    return span


def _rows(text: str | None) -> tuple[int, ...]:
    """Read numbers of rows such as 5,7-9."""
    rows: list[int] = []
    for part in (text or "").replace("，", ",").split(",") if text else ():
        found = _ROWS.fullmatch(part.strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if not 1 <= first <= last:
            raise UsageError([Message("import_rows_syntax", {"given": text})])
        rows += range(first, last + 1)
    return tuple(rows)
