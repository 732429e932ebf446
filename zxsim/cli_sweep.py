"""The command ``sweep``; uses typer as cli.py does."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zxsim.cli_help import LANGUAGE, _, number
from zxsim.cli_options import (
    Gap,
    Iterations,
    Json,
    Lang,
    Nodes,
    Outside,
    Quiet,
    Results,
    Settings,
    SolverName,
)
from zxsim.cli_progress import Cluster, Precision, Replicas, Seed
from zxsim.console import print_json

if TYPE_CHECKING:
    from zxsim.report.wording import Language
    from zxsim.whatif.sweep_frontier import Axes
    from zxsim.whatif.sweep_read import SweepData

Given = Annotated[
    Path,
    typer.Argument(
        metavar="SCENARIO|SWEEP",
        help=_(
            "方案文件、其文件夹，或一次已完成推演的结果文件夹",
            "scenario.toml, its folder, or a finished sweep",
        ),
    ),
]
Vary = Annotated[
    list[str] | None,
    typer.Option(
        "--vary",
        metavar="KEY=A:B:N|KEY=v1,v2",
        help=_(
            "变动一个值：从 A 到 B 取 N 个，或列出各值；可写多次，取全部组合",
            "vary one value: N from A to B, or a list; may be repeated, all combinations are taken",
        ),
    ),
]
Processes = Annotated[
    int | None,
    number(
        "workers",
        "--workers",
        help=_(
            "用几个进程算各点；不写按处理器数", "processes that work out points; one a processor if not given"
        ),
    ),
]
Simulated = Annotated[
    bool,
    typer.Option(
        "--simulate/--no-simulate",
        help=_("每个点也模拟农户（慢得多）", "simulate households at each point too (much slower)"),
    ),
]
Across = Annotated[
    str | None, typer.Option("--x", metavar="COLUMN", help=_("图的横轴：结果表的一列", "column across"))
]
Upwards = Annotated[
    str | None, typer.Option("--y", metavar="COLUMN", help=_("图的纵轴：结果表的一列", "column upwards"))
]
To = Annotated[
    Path | None,
    typer.Option(
        "--to",
        metavar="FILE",
        help=_(
            "也写成 .html、.xlsx、.md、.csv 或 .parquet",
            "also write this file: .html .xlsx .md .csv .parquet",
        ),
    ),
]


def sweep(
    given: Given,
    vary: Vary = None,
    settings: Settings = None,
    results: Results = Path("results"),
    to: To = None,
    x: Across = None,
    y: Upwards = None,
    solver: SolverName = "highs",
    iterations: Iterations = None,
    nodes: Nodes = None,
    gap: Gap = 0.0,
    seed: Seed = None,
    replications: Replicas = None,
    precision: Precision = None,
    workers: Processes = None,
    cluster: Cluster = None,
    *,
    simulate: Simulated = False,
    as_json: Json = False,
    quiet: Quiet = False,
    outside: Outside = False,
    lang: Lang = LANGUAGE,
) -> None:
    """Work out every point, or show a finished sweep again."""
    del outside
    from zxsim import api  # noqa: PLC0415 (heavy)
    from zxsim.report.sweep_file import require_format  # noqa: PLC0415
    from zxsim.whatif.sweep_point import Wanted  # noqa: PLC0415
    from zxsim.whatif.sweep_read import finished_sweep, is_sweep  # noqa: PLC0415

    if to is not None:
        require_format(to)
    if is_sweep(given):
        data = finished_sweep(given, (vary, settings, simulate))
        _show(data, data.axes(x, y), 0, to, lang, as_json=as_json, quiet=quiet)
        return
    wanted = Wanted(seed, replications, precision) if simulate else None
    with _points_line(lang, shown=not (as_json or quiet)) as progress:
        ended = api.sweep(
            given,
            vary or (),
            settings=settings or (),
            results=results,
            solver=api.settings_for(solver, iterations, nodes, gap),
            wanted=wanted,
            x=x,
            y=y,
            count=workers,
            cluster=cluster,
            progress=progress,
        )
    data = finished_sweep(ended.folder)
    _show(data, ended.axes, ended.resumed, to, lang, as_json=as_json, quiet=quiet)


def _show(
    data: "SweepData",
    axes: "Axes",
    resumed: int,
    to: Path | None,
    lang: "Language",
    *,
    as_json: bool,
    quiet: bool,
) -> None:
    replaced = to is not None and to.exists()
    if to is not None:
        from zxsim.report.sweep_file import export_sweep  # noqa: PLC0415 (heavy)

        export_sweep(data, axes, to, lang)
    if as_json:
        print_json(data.summary(axes, resumed))
    elif not quiet:
        from zxsim.report.sweep_screen import SweepScreen  # noqa: PLC0415 (heavy)

        screen = SweepScreen(lang)
        screen.show(data, axes, resumed)
        if to is not None:
            screen.written(to, replaced=replaced)


class _points_line:  # noqa: N801 (used like a function)
    """One line on standard error that counts points, on a terminal only; gone at the end."""

    def __init__(self, lang: "Language", *, shown: bool) -> None:
        self._lang, self._stream = lang, typer.get_text_stream("stderr")
        self._shown = shown and self._stream.isatty()

    def __enter__(self) -> Callable[[int, int], None]:
        return self._write

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _write(self, done: int, count: int) -> None:
        if self._shown:
            from zxsim.report.labels import label  # noqa: PLC0415 (heavy)

            self._stream.write("\r\x1b[K" + label("sweep_progress", self._lang, done=done, count=count))
            self._stream.flush()
