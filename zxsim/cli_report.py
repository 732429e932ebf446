"""The command ``report``; uses typer as cli.py does."""

from pathlib import Path
from typing import Annotated

import typer

from zxsim.cli_help import LANGUAGE, _
from zxsim.cli_options import Json, Lang
from zxsim.console import print_json
from zxsim.report.labels import label

RunFolders = Annotated[
    list[Path],
    typer.Argument(metavar="RUN", help=_("一次或几次运行的结果文件夹", "folders of one run or of several")),
]


def report(
    run_folders: RunFolders,
    to: Annotated[
        Path,
        typer.Option(metavar="FILE.html", help=_("写到哪个网页文件", "the page to write")),
    ],
    *,
    as_json: Json = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Write one HTML page that opens offline."""
    from zxsim import api  # noqa: PLC0415 (heavy)
    from zxsim.runs.listing import matched  # noqa: PLC0415 (heavy)

    run_folders, replaced = matched(run_folders), to.exists()
    api.report(run_folders, to, lang)
    if as_json:
        runs = [str(folder) for folder in run_folders]
        print_json({"status": "reported", "run": runs[0], "runs": runs, "to": str(to), "replaced": replaced})
    else:
        said = label("page_written", lang, path=to, size=f"{to.stat().st_size / 1024:,.0f}")
        typer.echo(said + (label("replaced", lang) if replaced else ""))
