"""The command ``runs``; uses typer as cli.py does."""

from pathlib import Path

from zxsim.cli_help import LANGUAGE
from zxsim.cli_options import Json, Lang, Results
from zxsim.console import as_data, print_json


def runs(results: Results = Path("results"), *, as_json: Json = False, lang: Lang = LANGUAGE) -> None:
    """List the runs of a folder of results, the newest first."""
    from zxsim import api  # noqa: PLC0415 (heavy)

    found = api.list_runs(results)
    if as_json:
        newest = found.runs["run"][0] if len(found.runs) else None
        others = as_data(found.others, lang)
        print_json({"status": "listed", "run": newest, "runs": found.runs.to_dicts(), "others": others})
        return
    from zxsim.report.runs_screen import RunsScreen  # noqa: PLC0415 (heavy)

    RunsScreen(lang).show(found, results)
