"""Help texts in one language: Chinese, or English with ``--lang en``; uses typer as cli.py does."""

import sys
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from zxsim.console import language_of
from zxsim.core.options import RANGES

LANGUAGE = language_of(sys.argv[1:])


def _(zh: str, en: str) -> str:
    return zh if LANGUAGE == "zh" else en


def number(option: str, *flags: str, **words: Any) -> Any:  # noqa: ANN401 (what typer.Option takes and makes)
    """Make an option that takes the numbers that its name stands for."""
    return typer.Option(*flags, min=RANGES[option].least, max=RANGES[option].most, **words)


_HELP_WORDS = {
    "Usage:": "用法：",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "[OPTIONS]": "[选项]",
    "Show this message and exit.": "显示这段说明",
    "[required]": "[必填]",
    "[default:": "[默认",
}
"""What typer itself writes into a help text."""


class _Worded:
    """Puts typer's own words of a help text into the language asked for."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 (typer's context)
        """Return the help text of a command."""
        text: str = super().get_help(ctx)  # type: ignore[misc]  # (mixed into typer's classes)
        for en, zh in _HELP_WORDS.items():
            text = text.replace(en, _(zh, en))
        return text


class WordedCommand(_Worded, TyperCommand):
    """A command whose help is in one language."""


class WordedGroup(_Worded, TyperGroup):
    """The list of commands, likewise."""
