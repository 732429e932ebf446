"""The command ``verify``; uses typer as cli.py does."""

from typing import Any

import typer

from zxsim.cli_help import LANGUAGE
from zxsim.cli_options import Json, Lang, RunFolder
from zxsim.console import as_data, print_json
from zxsim.errors import ExitCode
from zxsim.report.labels import label
from zxsim.report.wording import sentence


def verify(run_folder: RunFolder, *, as_json: Json = False, lang: Lang = LANGUAGE) -> None:
    """Exit 7 with one line a difference, and where the run itself says that its plan breaks hard rules."""
    from zxsim import api  # noqa: PLC0415 (heavy)
    from zxsim.report.verified import broken_as_told  # noqa: PLC0415 (heavy)

    found = api.verify(run_folder)
    broken = broken_as_told(run_folder, found)
    counts: dict[str, Any] = {"run": run_folder, "count": len(found) - len(broken), "broken": len(broken)}
    status = "different" if len(found) > len(broken) else "rules_broken" if broken else "verified"
    if as_json:
        print_json({"status": status, "run": str(run_folder), "differences": as_data(found, lang)})
    else:
        for message in found:
            typer.echo(sentence(message, lang))
        if broken and status == "different":
            typer.echo(label("rules_broken_too", lang, **counts))
        typer.echo(label("differences" if status == "different" else status, lang, **counts))
    if found:
        raise typer.Exit(ExitCode.DIFFERENCE)
