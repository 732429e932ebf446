"""A comparison as its page reads it: runs by their labels, words, tables cut to what a page can hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from zxsim.exporters.sheet import Column, Sheet
from zxsim.report.page.limits import MOST_ROWS
from zxsim.report.page.parts import Table
from zxsim.report.page.source import PageRun
from zxsim.report.plain_sheets import SheetWriter, capitalised
from zxsim.report.wording import Language
from zxsim.whatif.comparison import Comparison

FEW_ROWS = 8
"""Rows that are read at a glance: no filter stands above them."""


@dataclass(frozen=True)
class Compared:
    """A comparison in one language.

    Raises
    ------
    DataError
        A run lacks what a page needs; runs are read when they are asked for.
    """

    found: Comparison
    language: Language

    @cached_property
    def runs(self) -> Sequence[PageRun]:
        """The runs in their order."""
        folders = self.found.runs["run"]
        return [PageRun(Path(folder), self.language, at) for at, folder in enumerate(folders, start=1)]

    @cached_property
    def make(self) -> SheetWriter:
        """Words and columns, those of the reference."""
        return self.runs[0].make

    @property
    def reference(self) -> str:
        """Label of the reference."""
        return str(self.found.runs["label"][0])

    def words(self, key: str, **fields: object) -> str:
        """Return a label."""
        return self.make.words(key, **fields)

    def row(self, label: str) -> Mapping[str, Any]:
        """What the comparison says of a run."""
        return self.found.runs.row(self.found.runs["label"].to_list().index(label), named=True)

    def joined(self, texts: Sequence[str]) -> str:
        """Put texts into a list as the language does."""
        return ("、" if self.language == "zh" else ", ").join(texts)

    def largest(self, name: str) -> tuple[Comparison, str]:
        """Cut a frame of the comparison to its largest differences; a note says what is left out."""
        frame: pl.DataFrame = getattr(self.found, name)
        if len(frame) <= MOST_ROWS:
            return self.found, ""
        by = "difference_wan" if "difference_wan" in frame.columns else "difference"
        kept = frame.sort(pl.col(by).abs(), descending=True, maintain_order=True, nulls_last=True)
        shown: dict[str, Any] = {name: kept.head(MOST_ROWS)}
        return replace(self.found, **shown), self.left_out(len(frame) - MOST_ROWS)

    def left_out(self, count: int) -> str:
        """Say how many rows are not on the page, nothing where there are none."""
        if count <= 0:
            return ""
        return self.words("page_compare_left_out", shown=f"{MOST_ROWS:,}", count=f"{count:,}")

    def headed(self, column: Column, heading: str) -> Column:
        """Give a column another heading."""
        return replace(column, heading=capitalised(heading))

    def table(self, sheet: Sheet, caption: str, choices: Sequence[str], note: str = "") -> Table:
        """Return a sheet of a workbook as a table; ``choices`` are labels of columns to choose by.

        With two runs the label of the second is the heading of its figures, and no column of its own.
        """
        headings = {capitalised(self.words(key)) for key in choices}
        columns = [column for column in sheet.columns if not self._is_label(column)]
        chosen = [at for at, column in enumerate(columns) if column.heading in headings]
        shown = [self._named(column) for column in columns]
        if len(sheet.kinds) <= FEW_ROWS:
            return Table(caption, shown, note=note)
        return Table(caption, shown, choices=chosen, searched=True, note=note)

    def _is_label(self, column: Column) -> bool:
        return len(self.found.labels) == 1 and column.heading == capitalised(self.words("run_label"))

    def _named(self, column: Column) -> Column:
        """Put the names of the runs above their figures."""
        single = len(self.found.labels) == 1
        named = {
            "before_of": self.words("page_reference", label=self.reference),
            "after_of": self.found.labels[0] if single else self.words("page_other_run"),
        }
        if single:
            named["difference"] = self.words("page_less", a=self.reference, b=self.found.labels[0])
        headings = {capitalised(self.words(key)): heading for key, heading in named.items()}
        return replace(column, heading=headings.get(column.heading, column.heading))
