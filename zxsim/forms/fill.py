"""From a template and a run to sheets: columns chosen, rows grouped, totals added in whole units."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np
import polars as pl

from zxsim.core.layout import IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.exporters.sheet import Column, Format, Kind, Sheet, Value
from zxsim.forms.head import head_entries
from zxsim.forms.parts import Asked, Part, parts
from zxsim.forms.records import Records
from zxsim.forms.template import Form, FormColumn
from zxsim.runs.data import RunData

T = TypeVar("T")
_NUMERALS = "零一二三四五六七八九"


def fill(form: Form, run: RunData, asked: Asked, warning: str = "") -> list[Sheet]:
    """Return the sheets of a form: one, or one for each year with money and each place.

    Parameters
    ----------
    warning : str
        What every form must say above its table, at the left.
    """
    return [_sheet(form, run, part, warning) for part in parts(form, run, asked)]


def _sheet(form: Form, run: RunData, part: Part, warning: str) -> Sheet:
    records, scope = part.records, part.scope
    words = scope.words(run, form.expected)
    rows = _Rows(form, records, *_groups(form, records.frame))
    return Sheet(
        part.name,
        _title(form, words),
        [column for key, one in form.column.items() for column in rows.columns(key, one, scope.span)],
        rows.kinds,
        left=warning,
        right=form.unit,
        line=[text.format(**words) for text in form.line],
        head=head_entries(form, run, scope, records, words),
        notes=[note.format(**words) for note in form.notes],
        landscape=form.landscape,
        paper=form.paper,
        font=form.font,
    )


def _title(form: Form, words: Mapping[str, str]) -> str:
    """The title of a sheet; a name that ends in a figure does not run into the year."""
    apart = (
        form.title.replace("{place}{year}", "{place} {year}") if words["place"][-1:].isdigit() else form.title
    )
    return apart.format(**words)


def _groups(form: Form, frame: pl.DataFrame) -> tuple[IntArray, list[int], list[str]]:
    """Order of the rows, where each group begins (with the end behind), and the names of the groups.

    Rows are not grouped where there is one group only, or where every row would be its own.
    """
    order = np.arange(len(frame))
    if form.group_by is None or frame[form.group_by].n_unique() in (0, 1, len(frame)):
        return order, [0, len(frame)], []
    names = list(dict.fromkeys(frame[form.group_by].fill_null("")))
    rank = (
        frame[form.group_by]
        .fill_null("")
        .replace_strict({name: i for i, name in enumerate(names)})
        .to_numpy()
    )
    order = np.argsort(rank, kind="stable")
    return order, [0, *np.cumsum(np.bincount(rank, minlength=len(names))).tolist()], names


class _Rows:
    """Rows of a sheet in their order, with the rows of groups and totals between them."""

    def __init__(
        self, form: Form, records: Records, order: IntArray, starts: Sequence[int], names: Sequence[str]
    ) -> None:
        self._form, self._records, self._starts, self._names = form, records, starts, names
        self._frame = records.frame[order]
        self._begun = False
        self._totals = form.total != "none" and bool(records.added)
        self.kinds = self._spaced(
            [Kind.PLAIN] * len(self._frame),
            [Kind.GROUP] * len(names),
            [Kind.SUBTOTAL] * len(names),
            Kind.TOTAL,
        )

    def _spaced(self, plain: Sequence[T], heads: Sequence[T], sums: Sequence[T], total: T) -> list[T]:
        """Put heads before and sums behind the groups, and the total where the form wants it."""
        rows: list[T] = []
        for i, (start, end) in enumerate(pairwise(self._starts)):
            rows += heads[i : i + 1]
            rows += plain[start:end]
            rows += sums[i : i + 1] if self._totals else []
        if self._totals:
            rows = [total, *rows] if self._form.total == "first" else [*rows, total]
        return rows

    def columns(self, key: str, column: FormColumn, span: str) -> Iterator[Column]:
        """Columns of the sheet that a column of the form becomes, none when it is to be left out."""
        if column.text is not None:
            yield self._column(column, span, "", [column.text] * len(self._frame), "text")
            return
        source = column.source or key
        if source == "number":
            yield self._column(column, span, "", list(range(1, len(self._frame) + 1)), "year")
            return
        for name, item in self._records.items.get(source, {source: ""}).items():
            values = self._values(name)
            if not _left_out(column, values):
                yield self._column(column, span, item, values, self._records.formats.get(name, "text"), name)

    def _values(self, name: str) -> list[Value]:
        """Cells of the plain rows; an official column that the run does not have is empty."""
        if name not in self._frame.columns:
            return [None] * len(self._frame)
        values = self._frame[name].to_list()
        return [units / UNITS_PER_WAN for units in values] if name in self._records.money else values

    def _column(
        self, column: FormColumn, span: str, item: str, values: list[Value], how: Format, name: str = ""
    ) -> Column:
        first = not self._begun
        self._begun = True
        heads: list[Value] = [None] * len(self._names)
        labels: list[Value] = [None] * len(self._names)
        total: Value = None
        if first:
            heads = [f"{_numeral(i + 1)}、{group}" for i, group in enumerate(self._names)]
            labels, total = [self._form.subtotal_label] * len(self._names), self._form.total_label
        added = self._totals and name in self._records.added
        if added:
            labels, total = self._sums(name)
        formats = self._formats(name)
        return Column(
            column.heading.format(item=item, year=span),
            self._spaced(values, heads, labels, total),
            float(column.width),
            group=column.group,
            format=how,
            formats=formats,
            joined=column.joined,
            added=added,
        )

    def _formats(self, name: str) -> list[Format] | None:
        """Format of each row where rows differ in it."""
        column = self._records.cell_formats.get(name)
        if column is None:
            return None
        words: list[Format] = ["text"] * len(self._names)
        return self._spaced(self._frame[column].to_list(), words, words, "text")

    def _sums(self, name: str) -> tuple[list[Value], Value]:
        """Sums of the groups and of all rows, exact."""
        whole = self._frame[name].to_numpy()
        scale = UNITS_PER_WAN if name in self._records.money else 1
        sums = [int(whole[start:end].sum()) for start, end in pairwise(self._starts)]
        shown: list[Value] = [value / scale if scale > 1 else value for value in sums]
        total = sum(sums)
        return shown if self._names else [], total / scale if scale > 1 else total


def _left_out(column: FormColumn, values: Sequence[Value]) -> bool:
    if column.omit == "never":
        return False
    found = {value or None for value in values}
    return found <= {None} if column.omit == "empty" else len(found) < 2  # noqa: PLR2004 (all the same)


def _numeral(number: int) -> str:
    """Write a number in Chinese, from 100 on in digits.

    >>> _numeral(3), _numeral(10), _numeral(21), _numeral(100)
    ('三', '十', '二十一', '100')
    """
    if number >= 100:  # noqa: PLR2004 (three digits)
        return str(number)
    tens, ones = divmod(number, 10)
    front = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return front + (_NUMERALS[ones] if ones or not tens else "")
