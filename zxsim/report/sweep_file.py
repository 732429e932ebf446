"""Files of a sweep: a sheet, a plain table, or a page."""

from pathlib import Path

from zxsim.errors import DataError, Message
from zxsim.exporters import EXPORTERS, SHEET_EXPORTERS
from zxsim.report.page.sweep import write_sweep
from zxsim.report.page.write import ENDINGS as PAGES
from zxsim.report.sweep_sheets import export_sheet
from zxsim.report.wording import Language
from zxsim.runs.export import unknown_format
from zxsim.whatif.sweep_frontier import Axes
from zxsim.whatif.sweep_read import SweepData


def require_format(to: Path) -> None:
    """Refuse a file that could not be written, before anything is worked out.

    Raises
    ------
    DataError
        Its ending is none of those known.
    """
    known = sorted({*SHEET_EXPORTERS, *EXPORTERS, *PAGES})
    if to.suffix.lower() not in known:
        raise DataError([unknown_format(to, known)])


def export_sweep(sweep: SweepData, axes: Axes, to: Path, language: Language) -> None:
    """Write a sweep in the format that the file's ending names.

    Raises
    ------
    DataError
        The format is not known, the file cannot be written or lies within the sweep.
    """
    if sweep.folder.resolve() in to.resolve().parents:
        raise DataError([Message("export_into_run", {"given": str(to)})])
    require_format(to)
    if to.suffix.lower() in PAGES:
        write_sweep(sweep, axes, to, language)
    else:
        export_sheet(sweep, axes, to, language)
