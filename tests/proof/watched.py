"""Cases tried one after the other in a process of their own, which is ended when a case takes too long."""

import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

PATIENCE_SECONDS = 10.0
"""No case may take longer."""

START_SECONDS = 60.0
"""So long a fresh process may take to its first answer, as it imports everything first."""

Try = Callable[[int], str | None]
"""Number of a case → what is wrong, or ``None``."""


def watched(attempt: Try, numbers: range, patience: float = PATIENCE_SECONDS) -> Iterator[tuple[int, str]]:
    """Try the cases; give the numbers of those that failed, hung or ended the process, and why.

    ``attempt`` must be a function that can be sent to another process.
    """
    left = numbers
    while left:
        mine, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(target=_all, args=(attempt, left, theirs))
        process.start()
        theirs.close()
        answered = 0
        why = ""
        try:
            for number in left:
                if not mine.poll(patience if answered else max(patience, START_SECONDS)):
                    why = f"no answer in {patience:g} s"
                    break
                if found := mine.recv():
                    yield number, found
                answered += 1
        except EOFError:
            why = "the process ended"
        process.kill()
        process.join()
        if answered < len(left):
            yield left[answered], why
            answered += 1
        left = left[answered:]


def _all(attempt: Try, numbers: range, answers: Connection) -> None:
    for number in numbers:
        answers.send(attempt(number))
