"""The command ``new``; uses typer as cli.py does."""

import os
import shlex
import subprocess
from pathlib import Path
from typing import Annotated

import typer

from zxsim.cli_help import LANGUAGE, _
from zxsim.cli_options import Json, Lang
from zxsim.console import print_json
from zxsim.errors import Message, UsageError
from zxsim.report.labels import label


def new(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help=_("新的方案文件夹", "folder to make"))
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="NAME",
            help=_(
                "随附方案的名称，默认 published-library", "shipped scenario; published-library by default"
            ),
        ),
    ] = None,
    *,
    listed: Annotated[
        bool, typer.Option("--list", help=_("列出随附方案", "list the shipped scenarios"))
    ] = False,
    as_json: Json = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Make a folder that can be validated and optimised at once."""
    if listed:
        _refuse(folder, name)
        _list(lang, as_json=as_json)
    elif folder is None:
        raise UsageError([Message("missing_argument", {"given": "DIR"})])
    else:
        _make(folder, name, lang, as_json=as_json)


def _refuse(folder: Path | None, name: str | None) -> None:
    given = [str(word) for word in (folder, name) if word is not None]
    if given:
        raise UsageError([Message("list_alone", {"given": given})])


def _list(lang: Lang, *, as_json: bool) -> None:
    from zxsim import api  # noqa: PLC0415 (heavy)

    titles = {name: api.title(scenario) for name, scenario in api.shipped_scenarios().items()}
    if as_json:
        scenarios = [{"name": name, "title": title} for name, title in titles.items()]
        print_json({"status": "listed", "run": None, "scenarios": scenarios})
        return
    for name, title in titles.items():
        key = "shipped_default" if name == api.DEFAULT_SCENARIO else "shipped_scenario"
        typer.echo(label(key, lang, name=name, title=title))


def _make(folder: Path, name: str | None, lang: Lang, *, as_json: bool) -> None:
    from zxsim import api  # noqa: PLC0415 (heavy)

    chosen = api.DEFAULT_SCENARIO if name is None else name
    files = api.new_scenario(folder, chosen)
    title = api.title(folder)
    next_steps = [_command("zxsim", step, str(folder)) for step in ("validate", "optimize")]
    if as_json:
        made = {"folder": str(folder), "from": chosen, "title": title, "files": files}
        print_json({"status": "created", "run": None, **made, "next": next_steps})
        return
    shown = ("、" if lang == "zh" else ", ").join(files)
    typer.echo(label("scenario_made", lang, folder=folder, title=title, files=shown))
    typer.echo(label("made_next", lang))
    for step in next_steps:
        typer.echo(f"  {step}")


def _command(*words: str) -> str:
    """Return a command line as the shell at hand takes it, with quotes where a name needs them."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)
