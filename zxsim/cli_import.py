"""The command ``import``; uses typer as cli.py does."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from zxsim.cli_help import LANGUAGE, _
from zxsim.cli_options import Json, Lang
from zxsim.console import print_json
from zxsim.errors import Message, UsageError

if TYPE_CHECKING:
    from zxsim.api import Wishes

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="FILE...",
        help=_("项目表：.xlsx、.xls、.csv，可写多个", "project sheets: .xlsx .xls .csv, several allowed"),
    ),
]
To = Annotated[Path, typer.Option("--to", metavar="DIR", help=_("写到这个新文件夹", "new folder to write"))]
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
Name = Annotated[str, typer.Option("--name", help=_("方案名称", "name of the scenario"))]
UnitName = Annotated[
    Literal["yuan", "wan"] | None,
    typer.Option("--unit", help=_("金额单位：yuan 元，wan 万元", "unit of money: yuan or wan (万元)")),
]

_YEARS = re.compile(r"(20\d\d)(?:\s*[-–:~]\s*(20\d\d))?")
_UNIT_WORDS = {"yuan": "元", "wan": "万元"}


def import_(
    files: Files,
    to: To,
    sheet: SheetName = None,
    mapping: MappingFile = None,
    years: YearsText = None,
    name: Name = "",
    unit: UnitName = None,
    *,
    as_json: Json = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Print what was understood and what was not; exit 3 with every cell at fault."""
    from zxsim import api  # noqa: PLC0415 (heavy)
    from zxsim.report import imported  # noqa: PLC0415 (heavy)

    found = api.import_sheets(files, to, sheet, mapping, _wishes(years, name, unit), lang)
    if as_json:
        print_json({"status": "imported", "run": None, "to": str(to), **imported.data(found, lang)})
    else:
        for line in imported.lines(found, to, lang):
            typer.echo(line)


def _wishes(years: str | None, name: str, unit: str | None) -> "Wishes":
    from zxsim.api import Wishes  # noqa: PLC0415 (heavy)

    span = None
    if years is not None:
        found = _YEARS.fullmatch(years.strip())
        if not found:
            raise UsageError([Message("import_years_syntax", {"given": years})])
        span = (int(found[1]), int(found[2] or found[1]))
        if span[0] > span[1]:
            raise UsageError([Message("import_years_syntax", {"given": years})])
    return Wishes(span, name, _UNIT_WORDS.get(unit or "", ""))
