"""Writing a page: the runs and the file are checked first, and the file appears whole or not at all."""

from collections.abc import Sequence
from pathlib import Path

from zxsim.errors import DataError, Message, UsageError
from zxsim.report.page.assemble import page_of
from zxsim.report.page.parts import Page
from zxsim.report.page.source import PageRun
from zxsim.report.wording import Language
from zxsim.runs.export import aside, outside_run

ENDINGS = (".html", ".htm")
MOST_RUNS = 6


def report(runs: Sequence[Path], to: Path, language: Language = "zh") -> None:
    """Write one HTML page of one or several runs.

    Parameters
    ----------
    runs : sequence of Path
        Folders of runs, at most :data:`MOST_RUNS`, each once.
    to : Path
        A file that ends in ``.html``.

    Raises
    ------
    DataError
        No run, a damaged one, a file that is no page or cannot be written; nothing half-written is left.
    UsageError
        Too many runs, or one of them twice.
    """
    if len(runs) > MOST_RUNS:
        raise UsageError([Message("page_too_many_runs", {"most": MOST_RUNS, "given": len(runs)})])
    for at, run in enumerate(runs):
        if run.resolve() in [other.resolve() for other in runs[:at]]:
            raise UsageError([Message("page_run_twice", {"given": str(run)})])
    for run in runs:
        outside_run(run, to)
    if to.suffix.lower() not in ENDINGS:
        raise DataError([Message("page_format", {"given": to.suffix or to.name})])
    write(page_of([PageRun(run, language, at) for at, run in enumerate(runs, start=1)]), to, language)


def write(page: Page, to: Path, language: Language) -> None:
    """Write any page.

    Raises
    ------
    DataError
        The file cannot be written.
    """
    from zxsim.report.page.render import html_of  # noqa: PLC0415 (jinja2 is imported where it is used)

    text = html_of(page, language)
    with aside(to) as unfinished:
        unfinished.write_bytes(text.encode("utf-8", "replace"))  # a broken letter must not cost the page
