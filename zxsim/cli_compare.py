"""The command ``compare``; uses typer as cli.py does."""

from pathlib import Path
from typing import Annotated

import typer

from zxsim.cli_help import LANGUAGE, _
from zxsim.cli_options import Json, Lang, Quiet
from zxsim.console import as_data, print_json
from zxsim.report.labels import label


def compare(
    runs: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUN RUN...",
            help=_(
                "两次或更多运行的结果文件夹，第一个是基准",
                "folders of two runs or more; the first is the reference",
            ),
        ),
    ],
    to: Annotated[
        Path | None,
        typer.Option(help=_("另外写成文件：.html、.xlsx、.md", "file to write as well: .html .xlsx .md")),
    ] = None,
    *,
    as_json: Json = False,
    quiet: Quiet = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Say what differs between runs, and write it as a workbook where asked for."""
    from zxsim import api  # noqa: PLC0415 (heavy)
    from zxsim.report.compare_file import require_ending, write_file  # noqa: PLC0415 (heavy)
    from zxsim.runs.listing import matched  # noqa: PLC0415 (heavy)

    runs, replaced = matched(runs), to is not None and to.exists()
    if to is not None:
        require_ending(to, runs)
    found = api.compare(runs)
    if to is not None:
        write_file(found, to, lang)
    if as_json:
        said = {"findings": as_data(found.findings, lang), "notes": as_data(found.notes, lang)}
        print_json({**found.summary(), **said, "to": str(to) if to else None, "replaced": replaced})
    elif not quiet:
        from zxsim.report.compare_screen import CompareScreen  # noqa: PLC0415 (heavy)

        CompareScreen(lang).show(found)
        if to is not None:
            typer.echo(label("exported", lang, path=to) + (label("replaced", lang) if replaced else ""))
