"""Finding faults: collect all of them, give each its address, and name the nearest known word."""

import difflib
from collections.abc import Collection, Iterable, Iterator

from zxsim.errors import DataError, Message


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word nearest to ``word``, or ``""`` when none is near.

    >>> nearest("catagory", ["category", "cost_wan"])
    'category'
    """
    names = [name for name in known if name]  # a table at fault may have empty ids
    found = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    return found[0] if found else ""


_FEW = 12
"""So many names are listed: the official categories and some of an own kind."""


def unknown_fields(given: str, known: Collection[str]) -> dict[str, object]:
    """Fields of a message about a name that is not known: the nearest, how many there are, and a few named.

    >>> unknown_fields("P01", ["P001", "P002"])
    {'given': 'P01', 'nearest': 'P001', 'count': 2, 'allowed': ['P001', 'P002']}
    """
    allowed = sorted(name for name in known if name) if len(known) <= _FEW else []
    return {"given": given, "nearest": nearest(given, known), "count": len(known), "allowed": allowed}


class Faults:
    """A list of messages that is raised as one :class:`DataError`, so that no fault hides another."""

    def __init__(self) -> None:
        self._messages: list[Message] = []

    def __iter__(self) -> Iterator[Message]:
        return iter(self._messages)

    def __len__(self) -> int:
        return len(self._messages)

    def add(self, message: Message) -> None:
        """Note one more fault."""
        self._messages.append(message)

    def unknown(self, code: str, given: str, known: Iterable[str], where: Message) -> None:
        """Note a word that is not known, with what is allowed and the nearest of it."""
        words = sorted(known)
        fields = {"given": given, "allowed": words, "nearest": nearest(given, words)}
        self.add(Message(code, fields, where.file, where.line, where.address))

    def raise_any(self) -> None:
        """Raise :class:`DataError` with all that was noted, in the order of files and lines."""
        if self._messages:
            raise DataError(sorted(self._messages, key=lambda m: (m.file, m.line, m.address, m.code)))
