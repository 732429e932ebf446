"""Options of commands that simulate, and the line that counts replications; uses typer as cli.py does."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from zxsim.cli_help import _, number

if TYPE_CHECKING:
    from zxsim.report.wording import Language

Seed = Annotated[
    int | None, number("seed", help=_("随机数种子；不写用方案的", "seed; the scenario's if not given"))
]
Replicas = Annotated[
    int | None, number("replications", "--replications", help=_("最多重复几次", "replications at most"))
]
Precision = Annotated[
    float | None,
    number(
        "precision",
        help=_("达标概率的误差到多少为止", "half-width of probabilities that is good enough"),
    ),
]
WorkerCount = Annotated[
    int | None,
    number(
        "workers",
        "--workers",
        help=_("用几个进程模拟；不写按处理器数", "processes that simulate; one a processor if not given"),
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option("--dask", metavar="ADDRESS", help=_("Dask 调度器的地址", "address of a Dask scheduler")),
]
WithEvents = Annotated[
    bool, typer.Option("--events", help=_("同时写出事件明细表", "write the table of events too"))
]


class progress_line:  # noqa: N801 (used like a function)
    """One line on standard error that counts replications, on a terminal only; gone at the end."""

    def __init__(self, lang: "Language", *, shown: bool, words: str = "progress") -> None:
        """Show nothing unless standard error is a terminal; ``words`` is the label of the line."""
        self._words = words
        self._lang, self._stream = lang, typer.get_text_stream("stderr")
        self._shown = shown and self._stream.isatty()

    def __enter__(self) -> Callable[[int, float], None]:
        """Return what is to be told of progress."""
        return self._write

    def __exit__(self, *_: object) -> None:
        """Clear the line."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _write(self, done: int, half: float) -> None:
        if self._shown:
            from zxsim.report.labels import label  # noqa: PLC0415 (heavy)

            self._stream.write("\r\x1b[K" + label(self._words, self._lang, done=done, half=100 * half))
            self._stream.flush()
