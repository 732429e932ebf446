"""How much of a table goes on a page that must open quickly, and what it says of the rest."""

import polars as pl

from zxsim.report.page.source import PageRun

MOST_ROWS = 2000
"""Rows of one table; a province has two hundred thousand."""

MOST_CHARTS = 12


def cut(
    run: PageRun, frame: pl.DataFrame, file: str, which: str, most: int = MOST_ROWS
) -> tuple[pl.DataFrame, str]:
    """Return the first rows of a table and the note that says what is left out, empty when nothing is.

    ``which`` is the label that says which rows stand first.
    """
    if len(frame) <= most:
        return frame, ""
    note = run.words(
        "page_left_out",
        shown=f"{most:,}",
        which=run.words(which),
        count=f"{len(frame) - most:,}",
        file=f"{file}.csv",
    )
    return frame.head(most), note
