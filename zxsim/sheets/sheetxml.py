"""The XML of a workbook, looked through as a stream before any of it is taken into memory as cells."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from zxsim.errors import DataError, Message
from zxsim.sheets import limits
from zxsim.sheets.grid import address

_DIGITS = "0123456789"
_TRUE = {"1", "true"}
_NAME = rb"<(?:[^\s<>/:\"'=]+:)?"
_VALUES = rb"(?:[^\"'<>]|\"[^\"&]*\"|'[^'&]*')*"
_DISGUISED = re.compile(
    _NAME + rb"(?:(?:c|row)\s" + _VALUES + rb"[\"'][^\"'<]*&|v(?:\s" + _VALUES + rb")?>[\s\d]*&#)"
)
"""A place, a kind or a number written with character references: another reader may take it otherwise."""

Attributes = dict[str, str]


@dataclass
class Budget:
    """What all sheets of one file may still take together."""

    cells: int = limits.MOST_CELLS
    characters: int = limits.MOST_CHARACTERS


def walk(
    file: str,
    data: bytes,
    start: Callable[[str, Attributes], None] | None = None,
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], None] | None = None,
    between: Callable[..., None] | None = None,
) -> None:
    """Go through an XML text without building it; :func:`local` takes the prefix off a name.

    Raises
    ------
    DataError
        Not well formed, not UTF-8, or with a document type: a workbook has none, and entities are how
        XML is made to grow.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = lambda *_: _refuse(Message("sheet_entities", {}, file))
    parser.XmlDeclHandler = lambda _version, encoding, _alone: _encoding(file, encoding)
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.CommentHandler = parser.StartCdataSectionHandler = parser.ProcessingInstructionHandler = between
    try:
        _encoding(file, "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else None)
        parser.Parse(data, True)  # noqa: FBT003 the signature is expat's
    except (expat.ExpatError, ValueError):
        raise damaged(file) from None


def local(name: str) -> str:
    """Take the prefix off a name: what reads cells does not look at it either."""
    return name.rpartition(":")[2]


def text_lengths(file: str, data: bytes) -> list[int]:
    """Count the characters of each text that cells share."""
    lengths: list[int] = []
    length = 0

    def start(name: str, _values: Attributes) -> None:
        nonlocal length
        length = 0 if local(name) == "si" else length

    def end(name: str) -> None:
        if local(name) == "si":
            lengths.append(length)

    def characters(text: str) -> None:
        nonlocal length
        length += len(text)

    walk(file, data, start, end, characters)
    return lengths


@dataclass
class SheetScan:
    """What one sheet would take: refused as soon as it is too much.

    ``errors`` are its error values by row and column (from 0): the library that reads cells drops them.
    ``unsaved`` are formulas without a stored value, ``zeros`` those with 0; ``computed`` tells whether any
    has another one: programs that only write a file store none, or 0 for all. Rows and columns that an
    office program hides are ``hidden_rows`` and ``hidden_columns``.
    """

    file: str
    sheet: str
    lengths: list[int]
    budget: Budget
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    unsaved: set[tuple[int, int]] = field(default_factory=set)
    zeros: set[tuple[int, int]] = field(default_factory=set)
    computed: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    rows: int = 0
    columns: int = 0
    merged: int = 0
    _row: int = 0
    _column: int = 0
    _next_row: int = 0
    _next_column: int = 0
    _kind: str = ""
    _text: list[str] | None = None
    _formula: str | None = None

    def read(self, data: bytes) -> None:
        """Go through the sheet's XML and take its cells and characters off the budget."""
        if b"&#" in data and _DISGUISED.search(data):
            raise damaged(self.file)
        walk(self.file, data, self._start, self._end, self._characters, self._between)
        self.budget.cells -= self.rows * self.columns

    def formulas_without_value(self) -> frozenset[tuple[int, int]]:
        """Formulas whose value nobody worked out: those without one, and all zeros where none has another."""
        return frozenset(self.unsaved if self.computed else self.unsaved | self.zeros)

    def _start(self, name: str, values: Attributes) -> None:
        if name == "c":
            self._kind, self._formula = values.get("t", "n"), None
            self._place(values.get("r"))
        elif name in {"v", "is"}:
            self._used()
            self._text = [] if self._kind != "n" or self._formula is not None else None
        elif name == "row":
            self._next_row = int(values["r"]) - 1 if "r" in values else self._next_row
            if values.get("hidden") in _TRUE:
                self.hidden_rows.add(self._next_row)
        elif name == "f":
            self._formula = ""
        elif name == "mergeCell":
            self._merge()
        elif name == "col":
            self._column_width(values)
        elif ":" in name:
            self._start(local(name), values)

    def _column_width(self, values: Attributes) -> None:
        """Note columns that are hidden."""
        if values.get("hidden") in _TRUE:
            first, last = int(values.get("min", "1")), int(values.get("max", "0"))
            self.hidden_columns.update(range(max(first, 1) - 1, min(last, limits.MOST_COLUMNS)))

    def _end(self, name: str) -> None:
        if name in {"v", "is"}:
            if self._text is not None:
                self._take("".join(self._text))
                self._text = None
        elif name == "c":
            self._end_of_cell()
        elif name == "row":
            self._next_row += 1
            self._next_column = 0
        elif ":" in name:
            self._end(local(name))

    def _end_of_cell(self) -> None:
        """Note a formula by the number that is stored with it."""
        if self._formula is None or self._kind != "n":
            return
        number = self._formula.strip()
        if number.strip("-0.") == "":
            (self.zeros if number else self.unsaved).add((self._row, self._column))
        else:
            self.computed = True

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _between(self, *_: object) -> None:
        """Refuse a comment and the like inside a value: other readers stop there."""
        if self._text is not None:
            raise damaged(self.file)

    def _merge(self) -> None:
        self.merged += 1
        if self.merged > limits.MOST_MERGED:
            fields = {"most": limits.MOST_MERGED}
            raise DataError([Message("sheet_merged_too_often", fields, self.file, address=self.sheet)])

    def _place(self, name: str | None) -> None:
        """Note where the next value stands; without a name it is the cell behind the last."""
        if name is None:
            self._row, self._column = self._next_row, self._next_column
        else:
            letters = name.rstrip(_DIGITS)
            self._row, self._column = int(name[len(letters) :]) - 1, column_number(letters)
        self._next_column = self._column + 1

    def _used(self) -> None:
        """Note that the cell has a value; an empty cell takes no room, however it is formatted."""
        if 0 <= self._row < self.rows and self._column < self.columns:
            return
        self.rows = max(self.rows, self._row + 1)
        self.columns = max(self.columns, self._column + 1)
        too_far = self.rows > limits.MOST_ROWS or self.columns > limits.MOST_COLUMNS
        if too_far or self.rows * self.columns > self.budget.cells or self._row < 0:
            raise too_large(self.file, self.sheet, self._row, self._column)

    def _take(self, text: str) -> None:
        if self._kind == "n":
            self._formula = text
            return
        self.computed = self.computed or (self._formula is not None and text != "")
        if self._kind == "e":
            self.errors[self._row, self._column] = text.strip()
        self.budget.characters -= self._shared(text) if self._kind == "s" else len(text)
        if self.budget.characters < 0:
            fields = {"most": limits.MOST_CHARACTERS}
            raise DataError([Message("sheet_too_much_text", fields, self.file, address=self.sheet)])

    def _shared(self, text: str) -> int:
        number = int(text)
        if not 0 <= number < len(self.lengths):
            raise damaged(self.file)
        return self.lengths[number]


@lru_cache(maxsize=limits.MOST_COLUMNS)
def column_number(letters: str) -> int:
    """Number of a column, from 0.

    >>> column_number("A"), column_number("AA"), column_number("XFD")
    (0, 26, 16383)
    """
    number = 0
    for letter in letters[:4]:
        number = number * 26 + ord(letter.upper()) - ord("A") + 1
    return number - 1


def damaged(file: str) -> DataError:
    """Build the error of a file that is not what it begins like."""
    return DataError([Message("sheet_damaged", {}, file)])


def too_large(file: str, sheet: str, row: int, column: int) -> DataError:
    """Build the error of a sheet with a cell too far out."""
    fields = {
        "cell": address(row, column),
        "rows": limits.MOST_ROWS,
        "columns": limits.MOST_COLUMNS,
        "cells": limits.MOST_CELLS,
    }
    return DataError([Message("sheet_too_large", fields, file, address=sheet)])


def _encoding(file: str, encoding: str | None) -> None:
    if encoding and encoding.lower() not in {"utf-8", "us-ascii"}:
        raise damaged(file)


def _refuse(message: Message) -> None:
    raise DataError([message])
