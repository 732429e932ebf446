"""Files of a comparison: a workbook, Markdown, or a page."""

from collections.abc import Sequence
from pathlib import Path

from zxsim.errors import DataError, Message, UsageError
from zxsim.report.compare_sheets import ENDINGS, export_comparison
from zxsim.report.page.comparison import write_comparison
from zxsim.report.page.write import ENDINGS as PAGES
from zxsim.report.page.write import MOST_RUNS
from zxsim.report.wording import Language
from zxsim.runs.export import outside_run, unknown_format
from zxsim.whatif.comparison import Comparison


def require_ending(to: Path, runs: Sequence[Path]) -> None:
    """Check what a comparison is to be written to, before anything is compared.

    Raises
    ------
    DataError
        It cannot be written to such a file, or not there.
    UsageError
        More runs than a page can show.
    """
    for run in runs:
        outside_run(run, to)
    ending = to.suffix.lower()
    if ending not in (*ENDINGS, *PAGES):
        raise DataError([unknown_format(to, (*ENDINGS, *PAGES))])
    if ending in PAGES and len(runs) > MOST_RUNS:
        raise UsageError([Message("page_too_many_runs", {"most": MOST_RUNS, "given": len(runs)})])


def write_file(found: Comparison, to: Path, language: Language) -> None:
    """Write a comparison in the format that the file's ending names.

    Raises
    ------
    DataError
        The file cannot be written, a table is too long for a sheet, or a run lacks what a page needs.
    """
    if to.suffix.lower() in PAGES:
        write_comparison(found, to, language)
    else:
        export_comparison(found, to, language)
