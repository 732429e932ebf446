"""What a plan from outside breaks, and what a nearest plan changes, row by row."""

from collections.abc import Iterator

from zxsim.report.given_sheets import CHANGES, broken_columns, change_columns
from zxsim.report.page.limits import cut
from zxsim.report.page.parts import Part, Table
from zxsim.report.page.source import PageRun


def broken(run: PageRun) -> Iterator[Part]:
    """Yield the table of hard rules that an evaluated plan breaks; nothing for any other plan."""
    if run.broken_count:
        frame, note = cut(run, run.table("broken"), "broken", "page_first")
        columns = broken_columns(run.make, frame)
        yield Table(run.words("sheet_broken"), columns, choices=(0,), searched=True, note=note)


def changes(run: PageRun) -> Iterator[Part]:
    """Yield the table of what a nearest plan changes in the approved one; nothing for any other plan."""
    if run.replanned:
        frame, note = cut(run, run.table(CHANGES), CHANGES, "page_first")
        columns = change_columns(run.make, frame)
        yield Table(run.words("sheet_plan_changes"), columns, choices=(2, 3, 4), searched=True, note=note)
