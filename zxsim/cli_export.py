"""The command ``export``; uses typer as cli.py does."""

from pathlib import Path
from typing import Annotated

import typer

from zxsim.cli_help import LANGUAGE, _, number
from zxsim.cli_options import Json, Lang, RunFolder
from zxsim.console import print_json
from zxsim.report.labels import label


def export(
    run_folder: RunFolder,
    to: Annotated[
        Path,
        typer.Option(
            help=_(
                "目标文件：.xlsx、.md、.csv、.parquet、.lp、.mps",
                "file to write: .xlsx .md .csv .parquet .lp .mps",
            )
        ),
    ],
    table: Annotated[
        str | None, typer.Option(help=_("哪一张表，默认 allocation", "which table; allocation by default"))
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE.toml",
            help=_(
                "只要一种报表：项目计划表、资金分配表、绩效目标表、实施方案、季度报告、年度考核、任务台账，"
                "或自己的表样文件",
                "one form: 项目计划表 资金分配表 绩效目标表 实施方案 季度报告 年度考核 任务台账, or a file",
            ),
        ),
    ] = None,
    year: Annotated[
        int | None, typer.Option(help=_("报表的年度，默认全部", "year of the forms; all by default"))
    ] = None,
    quarter: Annotated[
        int | None,
        number(
            "quarter",
            help=_("季度报告的季度，默认有进度的最后一季", "quarter of 季度报告; the last one with a report"),
        ),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option(
            metavar="ID|NAME",
            help=_("一地一张的报表只要这一个地区", "this place alone, of a form that has a sheet for each"),
        ),
    ] = None,
    *,
    as_json: Json = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Write the workbook, a form, a table or the model."""
    from zxsim import api  # noqa: PLC0415 (heavy)

    replaced = to.exists()
    api.export(run_folder, to, table, lang, form=form, year=year, quarter=quarter, place=place)
    if as_json:
        print_json({"status": "exported", "run": str(run_folder), "to": str(to), "replaced": replaced})
    else:
        typer.echo(label("exported", lang, path=to) + (label("replaced", lang) if replaced else ""))
