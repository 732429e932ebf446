"""What leaves the process: JSON summaries, sentences on standard error, exit codes.

Small and light: it is imported before anything else, also for ``zxsim --help``.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from zxsim.core.identity import hidden, visible
from zxsim.errors import ExitCode, Message, ZxsimError
from zxsim.report.labels import label
from zxsim.report.wording import Language, sentence

STATUS = {
    ExitCode.USAGE: "usage",
    ExitCode.DATA: "fault",
    ExitCode.CONFLICT: "infeasible",
    ExitCode.LIMIT: "limit",
    ExitCode.INTERNAL: "internal",
    ExitCode.INTERRUPTED: "interrupted",
}


def language_of(arguments: Sequence[str]) -> Language:
    """Language of all words: ``--lang`` wherever it stands, else ``ZXSIM_LANG``, else Chinese."""
    for i, word in enumerate(arguments):
        if word == "--lang" and i + 1 < len(arguments):
            return "en" if arguments[i + 1] == "en" else "zh"
        if word.startswith("--lang="):
            return "en" if word == "--lang=en" else "zh"
    return "en" if os.environ.get("ZXSIM_LANG") == "en" else "zh"


def use_utf8() -> None:
    """Write Chinese on any console; what a code page cannot show becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def print_json(data: dict[str, Any]) -> None:
    """Print a summary on standard output, one line of JSON; what steers a terminal is written as codes."""
    sys.stdout.write(visible(json.dumps(data, ensure_ascii=False)) + "\n")


def as_data(messages: Iterable[Message], language: Language) -> list[dict[str, Any]]:
    """Turn messages into data with their sentence."""
    return [
        {
            "code": message.code,
            "file": hidden(message.file, given=True),
            "line": message.line,
            "address": hidden(message.address, given=True),
            "text": sentence(message, language),
        }
        for message in messages
    ]


def report_failure(error: ZxsimError, arguments: Sequence[str]) -> int:
    """Tell what went wrong, in words or as JSON, and return the exit code."""
    language = language_of(arguments)
    if "--json" in arguments:
        status = STATUS[error.exit_code]
        messages = as_data(error.messages, language)
        if error.exit_code is ExitCode.CONFLICT:  # clauses and concessions as data as well
            for data, message in zip(messages, error.messages, strict=True):
                data["fields"] = dict(message.fields)
        print_json({"status": status, "run": None, "messages": messages})
        return int(error.exit_code)
    for message in error.messages:
        sys.stderr.write(sentence(message, language) + "\n")
    if error.exit_code is ExitCode.DATA and len(error.messages) > 1:
        sys.stderr.write(label("faults", language, count=len(error.messages)) + "\n")
    return int(error.exit_code)
