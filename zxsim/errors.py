"""Exit codes, the message type and the exceptions: the only module that every other may import.

A message is a code plus fields. Words are made from it in Chinese or English at the edge
(:mod:`zxsim.report.wording`), never where the fault is found.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process ends with."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    DATA = 3
    CONFLICT = 4
    LIMIT = 5
    DIFFERENCE = 7
    INTERRUPTED = 130


AFTER_ALL_LINES = 10**9
"""Line of a message about the rest of a file: it sorts last, and no line is shown."""


@dataclass(frozen=True)
class Message:
    """One thing to tell the user.

    ``file``, ``line`` and ``address`` say where (``address`` is the record's own name, such as
    ``[rule.fee] at_most`` or ``P012 cost_wan``); ``fields`` fill the wording of ``code``.
    """

    code: str
    fields: Mapping[str, object] = field(default_factory=dict)
    file: str = ""
    line: int = 0
    address: str = ""

    @property
    def place(self) -> str:
        """File, line and address, as far as there are any."""
        line = f":{self.line}" if 0 < self.line < AFTER_ALL_LINES else ""
        return " ".join(word for word in (self.file + line, self.address) if word)


class ZxsimError(Exception):
    """Base of every error a user can cause; carries messages, never a finished sentence."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, messages: Iterable[Message]) -> None:
        self.messages = tuple(messages)
        super().__init__("; ".join(f"{m.place}: {m.code}" if m.place else m.code for m in self.messages))

    def __reduce__(self) -> tuple[object, ...]:
        """Come back from another process with the messages, of which the text is made."""
        return type(self), (self.messages,)


class UsageError(ZxsimError):
    """The command line itself is off."""

    exit_code = ExitCode.USAGE


class DataError(ZxsimError):
    """A file or its data is at fault."""

    exit_code = ExitCode.DATA


class ConflictError(ZxsimError):
    """No plan can keep all hard rules."""

    exit_code = ExitCode.CONFLICT


class LimitError(ZxsimError):
    """A limit was reached without a plan, or no rounded plan exists."""

    exit_code = ExitCode.LIMIT


class StoppedError(ZxsimError):
    """Stopped by Ctrl-C with something to say about what is done."""

    exit_code = ExitCode.INTERRUPTED


class InternalError(ZxsimError):
    """zxsim itself is wrong: an unbounded model or a certificate that does not hold.

    ``model_text`` is the programme as LP text, where there was one.
    """

    def __init__(self, messages: Iterable[Message], model_text: str = "") -> None:
        super().__init__(messages)
        self.model_text = model_text
