"""The command ``explain``; uses typer as cli.py does."""

from typing import TYPE_CHECKING, Annotated

import typer

from zxsim.cli_help import LANGUAGE, _
from zxsim.cli_options import Json, Lang, Outside, ScenarioOrRun, Settings
from zxsim.console import as_data, print_json

if TYPE_CHECKING:
    from zxsim.optimize.plan import Plan
    from zxsim.report.wording import Language


def explain(
    given: ScenarioOrRun,
    settings: Settings = None,
    project: Annotated[
        str | None, typer.Option(help=_("项目编号：为什么安排或不安排", "project id: why funded or not"))
    ] = None,
    clause: Annotated[
        str | None,
        typer.Option(
            help=_("约束或资金的编号、条款：要付出多少", "id or clause of a rule or fund: its cost")
        ),
    ] = None,
    *,
    as_json: Json = False,
    outside: Outside = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Exit 4 with the conflict and its concessions where there is no plan."""
    del outside
    from zxsim import api  # noqa: PLC0415 (heavy)
    from zxsim.report import why  # noqa: PLC0415 (heavy)

    plan = api.explain(given, settings or ())
    run = str(given) if (given / "run.json").is_file() else None
    first = why.about_another(given)
    if as_json:
        answers = why.explained(plan, lang, project, clause)
        print_json({"status": "explained", "run": run, "notices": as_data(first, lang), **answers})
    else:
        why.WhyScreen(lang).first(first)
        _show(plan, lang, project, clause)


def _show(plan: "Plan", lang: "Language", project: str | None, clause: str | None) -> None:
    from zxsim.report.why import WhyScreen  # noqa: PLC0415 (heavy)

    screen = WhyScreen(lang)
    if project is not None:
        screen.project(plan, project)
    if clause is not None:
        screen.clause(plan, clause)
    if project is None and clause is None:
        screen.plan(plan)
