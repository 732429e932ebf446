"""The command line: arguments in, one call of :mod:`zxsim.api`, words and an exit code out.

Only typer and small modules are imported at the top, so that ``zxsim --help`` stays quick.
"""

import os
import re
import sys
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.exceptions import TyperException

from zxsim import __version__
from zxsim.cli_calibrate import calibrate
from zxsim.cli_compare import compare
from zxsim.cli_evaluate import evaluate
from zxsim.cli_explain import explain
from zxsim.cli_export import export
from zxsim.cli_help import LANGUAGE, WordedCommand, WordedGroup, _
from zxsim.cli_import import import_
from zxsim.cli_new import new
from zxsim.cli_optimize import optimize
from zxsim.cli_options import (
    Json,
    Lang,
    Outside,
    Scenario,
    Settings,
)
from zxsim.cli_replan import replan
from zxsim.cli_report import report
from zxsim.cli_runs import runs
from zxsim.cli_schema import schema
from zxsim.cli_simulate import simulate
from zxsim.cli_sweep import sweep
from zxsim.cli_verify import verify
from zxsim.console import as_data, language_of, print_json, report_failure, use_utf8
from zxsim.core.identity import hidden, visible
from zxsim.errors import ExitCode, InternalError, Message, UsageError, ZxsimError
from zxsim.report.labels import label
from zxsim.report.wording import sentence

if TYPE_CHECKING:
    from zxsim.schema.load import Loaded


app = typer.Typer(
    cls=WordedGroup,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=_(
        "把衔接资金按文件的全部规定分配到项目和年度。",
        "Allocate rural connection funds over projects and years under every rule of the paper.",
    ),
)


@app.callback(invoke_without_command=True)
def _root(
    *,
    version: Annotated[bool, typer.Option("--version", help=_("显示版本", "print the version"))] = False,
    lang: Lang = LANGUAGE,
) -> None:
    del lang  # read before anything else, see cli_help
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command(
    cls=WordedCommand,
    help=_(
        "读入并检查方案，确认各项约束可以同时满足。",
        "Load and check a scenario; make sure its rules can be kept.",
    ),
)
def validate(
    scenario: Scenario,
    settings: Settings = None,
    *,
    as_json: Json = False,
    outside: Outside = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Print what was loaded, or every fault."""
    del outside
    from zxsim import api  # noqa: PLC0415 (heavy)

    loaded = api.validate(scenario, settings or ())
    counts = _counts(loaded)
    if as_json:
        print_json({"status": "valid", "run": None, **counts, "warnings": as_data(loaded.warnings, lang)})
        return
    for warning in loaded.warnings:
        typer.echo(sentence(warning, lang), err=True)
    typer.echo(f"{label('valid', lang)}{'：' if lang == 'zh' else ': '}{visible(loaded.spec.name)}")
    typer.echo(label("counts", lang, **counts))
    typer.echo(label("rules_can_be_kept", lang))
    if loaded.changes:
        typer.echo(label("changes_listed", lang, count=len(loaded.changes)))
        for change in loaded.changes[:20]:
            typer.echo(f"  {change.file} {change.record} {change.column}: {change.given} → {change.used}")


def _counts(loaded: "Loaded") -> dict[str, Any]:
    spec = loaded.spec
    return {
        "places": len(loaded.places),
        "projects": len(loaded.projects),
        "funds": len(spec.fund),
        "rules": len(spec.rule),
        "targets": len(spec.target),
        "years": f"{spec.years[0]}–{spec.years[1]}",
    }


app.command(
    cls=WordedCommand,
    help=_("分配资金，写出结果表并显示一屏摘要。", "Allocate the money, write the tables, show a summary."),
)(optimize)
app.command(
    cls=WordedCommand,
    help=_(
        "给手工做的资金安排打分：违反哪些约束、达到哪些目标、离最优多远。",
        "Score a plan made by hand: rules broken, targets reached, distance from the best plan.",
    ),
)(evaluate)
app.command(
    cls=WordedCommand,
    help=_(
        "资金、成本或约束变了：在已批准的安排上尽量少动。",
        "Funds, costs or rules have changed: change an approved plan as little as possible.",
    ),
)(replan)


app.command(
    cls=WordedCommand, help=_("用另一套独立的算法核验一次运行。", "Check a run by independent code.")
)(verify)
app.command(
    cls=WordedCommand,
    help=_(
        "把一次运行导出为 Excel 工作簿、报表、表格或模型。",
        "Export a run as an Excel workbook, an official form, a table, or its model.",
    ),
)(export)

app.command(
    cls=WordedCommand,
    help=_(
        "把一次或几次运行写成一个网页，离线可看、可打印。",
        "Write one run or several as one HTML page that opens offline.",
    ),
)(report)

app.command(
    cls=WordedCommand,
    help=_(
        "说明为什么做不到、一条规定要付出多少、一个项目为什么安排或不安排。",
        "Say why there is no plan, what a clause costs, why a project is funded or not.",
    ),
)(explain)
app.command(
    cls=WordedCommand,
    help=_(
        "模拟农户收入和监测帮扶：给方案时不带计划，给一次运行时按它的计划。",
        "Simulate incomes and monitored households: of a scenario without a plan, of a run with its plan.",
    ),
)(simulate)
app.command(
    cls=WordedCommand,
    help=_(
        "把一个或几个值变来变去，逐点重新分配，比较结果；中断后可继续。",
        "Vary one or more values, plan each point again and compare; resumable.",
    ),
)(sweep)
app.command(
    cls=WordedCommand,
    help=_(
        "用公布的数校准模拟的参数，并把没有拟合的指标与公布的数并列。",
        "Fit parameters of the simulation to published figures; set the others beside what is published.",
    ),
)(calibrate)
app.command(
    cls=WordedCommand,
    help=_(
        "比较几次运行：输入、资金、目标、收入各有什么差别，谁受益、谁受损。",
        "Compare runs: what differs in inputs, money, targets and incomes; who gains and who loses.",
    ),
)(compare)
app.command(
    cls=WordedCommand, help=_("列出结果文件夹里的各次运行。", "List the runs in a folder of results.")
)(runs)
app.command(
    cls=WordedCommand,
    help=_(
        "显示方案文件的格式：JSON Schema，或参考手册。",
        "Print the scenario format: JSON Schema or reference.",
    ),
)(schema)
app.command(
    cls=WordedCommand,
    help=_("复制一个随附方案，作为自己方案的起点。", "Copy a shipped scenario as a start of your own."),
)(new)


app.command(
    "import",
    cls=WordedCommand,
    help=_(
        "把单位现有的项目表（Excel、WPS、CSV）读成一个方案文件夹。",
        "Read the office's own project sheets (Excel, WPS, CSV) into a scenario folder.",
    ),
)(import_)


_USAGE_CODES = {
    "NoSuchOption": "no_such_option",
    "MissingParameter": "missing_argument",
    "BadParameter": "bad_argument",
}


def _usage(error: TyperException) -> UsageError:
    """Put typer's complaint about the command line into our words."""
    code = _USAGE_CODES.get(type(error).__name__, "usage")
    param = getattr(error, "param", None)
    options = [name for name in getattr(param, "opts", ()) if name.startswith("--")]
    shown = next(iter(options), "") or getattr(param, "metavar", None) or getattr(param, "name", "")
    named = getattr(error, "option_name", None) or shown
    reason = error.format_message()
    if unknown := re.fullmatch(r"No such command '(.*)'\.", reason):
        code, named = "no_such_command", unknown[1]
    return UsageError([Message(code, {"given": named, "reason": reason})])


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code; no traceback ever reaches a planner."""
    try:
        ended = app(list(arguments), standalone_mode=False)
    except ZxsimError as error:
        return report_failure(error, arguments)
    except TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # typer keeps this class to itself
            typer.echo(error.format_message())
            return int(ExitCode.USAGE)
        return report_failure(_usage(error), arguments)
    except (KeyboardInterrupt, typer.Abort):
        ended = ExitCode.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.OK)
    except Exception as error:  # noqa: BLE001 (the last net: a planner gets a sentence, a developer the trace)
        if os.environ.get("ZXSIM_TRACEBACK"):
            sys.stderr.write(hidden(traceback.format_exc(), given=True))
        fields = {"kind": type(error).__name__, "text": str(error)}
        return report_failure(InternalError([Message("internal", fields)]), arguments)
    if ended == ExitCode.INTERRUPTED:  # typer turns Ctrl-C into this number by itself
        typer.echo(sentence(Message("interrupted", {}), language_of(arguments)), err=True)
    return int(ended or ExitCode.OK)


def main() -> None:
    """Entry point of the command ``zxsim``."""
    use_utf8()
    sys.exit(run(sys.argv[1:]))
