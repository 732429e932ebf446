"""Cases tried one after the other in a process of their own, which is ended when a case takes too long."""

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

PATIENCE_SECONDS = 10.0
"""No case may take longer, in processor time, so that a busy machine does not count as a hang."""

ASLEEP = 12
"""A case that does nothing is given up after so many times the patience, by the clock on the wall."""

Try = Callable[[int], str | None]
"""Number of a case → what is wrong, or ``None``."""


def watched(attempt: Try, numbers: range, patience: float = PATIENCE_SECONDS) -> Iterator[tuple[int, str]]:
    """Try the cases; give the numbers of those that failed, hung or ended the process, and why.

    ``attempt`` must be a function that can be sent to another process.
    """
    left = numbers
    while left:
        mine, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(
            target=_all, args=(attempt, left, theirs, patience)
        )
        process.start()
        theirs.close()
        answered = 0
        try:
            while answered < len(left) and mine.poll(ASLEEP * patience):
                if found := mine.recv():
                    yield left[answered], found
                answered += 1
        except EOFError:
            process.join()
        hung = process.exitcode in (None, -getattr(signal, "SIGPROF", 0))
        process.kill()
        process.join()
        if answered < len(left):
            yield left[answered], f"no answer in {patience:g} s" if hung else "the process ended"
            answered += 1
        left = left[answered:]


def _all(attempt: Try, numbers: range, answers: Connection, patience: float) -> None:
    """Send what is wrong with each case; a timer of the system ends the process where one takes too long."""
    for number in numbers:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, patience)
        answers.send(attempt(number))
