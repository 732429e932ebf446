"""The command ``schema``; uses typer as cli.py does."""

import json
from typing import Annotated

import typer

from zxsim.cli_help import LANGUAGE, _
from zxsim.cli_options import Json, Lang
from zxsim.console import print_json


def schema(
    *,
    markdown: Annotated[
        bool, typer.Option("--markdown", help=_("参考手册（Markdown）", "the reference page (Markdown)"))
    ] = False,
    as_json: Json = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Print the schema; ``--json`` wraps it in a summary."""
    from zxsim.schema.editors import json_schema  # noqa: PLC0415 (heavy)
    from zxsim.schema.reference import reference_page  # noqa: PLC0415 (heavy)

    if as_json:
        print_json({"status": "ok", "run": None, "schema": json_schema(lang)})
        return
    page = (
        reference_page(lang)
        if markdown
        else json.dumps(json_schema(lang), ensure_ascii=False, indent=1) + "\n"
    )
    typer.echo(page, nl=False)
