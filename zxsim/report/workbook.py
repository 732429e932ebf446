"""The workbook of a run: official forms first, then what explains them; and single forms and tables."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from zxsim.errors import DataError, Message, UsageError
from zxsim.exporters import EXPORTERS, SHEET_EXPORTERS
from zxsim.exporters.sheet import Sheet
from zxsim.forms.fill import fill
from zxsim.forms.read import form_named, shipped_forms
from zxsim.forms.template import Form
from zxsim.report.assumption_sheet import assumptions
from zxsim.report.audit_sheet import audit
from zxsim.report.clause_sheet import clauses
from zxsim.report.plain_sheets import SheetWriter, summary, table_sheet, warning
from zxsim.report.rule_sheets import by_category, marginals, rules, targets
from zxsim.report.simulation_sheets import simulation_sheets
from zxsim.report.wording import Language
from zxsim.runs.data import RunData
from zxsim.runs.export import aside, known_table, outside_run, unknown_format, with_names
from zxsim.runs.model import MODEL_FORMATS
from zxsim.runs.simulated import NO_PLAN

_TABLE_SHEETS: Mapping[str, Callable[[SheetWriter], Sheet]] = {
    "by_category": by_category,
    "rules": rules,
    "targets": targets,
    "marginals": marginals,
    "assumptions": assumptions,
}
"""Sheets that stand for a table of the run, in the order of the workbook."""

MOST_ROWS = 1_048_576 - 100
"""Rows that a sheet of Excel can hold, less those of headings and notes."""


def workbook(run: RunData, language: Language, years: Sequence[int] | None = None) -> list[Sheet]:
    """All sheets of a run; ``years`` are those of the official forms, all of them when not given.

    A sheet that would be empty is left out, and the summary says so. A simulation of no plan has its own
    sheets alone.
    """
    make = SheetWriter(run, language)
    if run.manifest["status"] == NO_PLAN:
        return simulation_sheets(make)
    forms = [sheet for form in shipped_forms() for sheet in _filled(form, run, years)]
    made = [
        *(sheet(make) for sheet in _TABLE_SHEETS.values()),
        *simulation_sheets(make),
        clauses(make),
        audit(make),
    ]
    without = [sheet.name for sheet in made if not sheet.kinds]
    return [summary(make, without), *forms, *(sheet for sheet in made if sheet.kinds)]


def _filled(form: Form, run: RunData, years: Sequence[int] | None) -> list[Sheet]:
    """Official forms are in Chinese whatever the language, and so is their warning."""
    return fill(form, run, years or run.years, warning(run, "zh"))


def export_sheets(
    run: Path,
    to: Path,
    language: Language,
    form: str | None = None,
    table: str | None = None,
    year: int | None = None,
) -> None:
    """Write the workbook, one form (its name or file) or one table as ``.xlsx``, ``.md`` or ``.csv``.

    Raises
    ------
    DataError
        The run, the form, the table, the year or the file to write is at fault.
    UsageError
        Form and table are both named, or a year without a form.
    """
    if form is not None and table is not None:
        raise UsageError([Message("form_and_table", {})])
    if table is not None and year is not None:
        raise UsageError([Message("year_without_form", {})])
    outside_run(run, to)
    data = RunData(run)
    years = _chosen_years(data, year)
    make = SheetWriter(data, language)
    if form is not None:
        sheets = _filled(form_named(form), data, years)
    elif table is not None:
        known_table(run, table)
        sheets = [_table(make, table)]
    else:
        sheets = workbook(data, language, years)
    _write(sheets, to, of_form=form is not None)


def _chosen_years(run: RunData, year: int | None) -> list[int] | None:
    if year is None:
        return None
    if year not in run.years:
        fields = {"given": year, "first": run.years[0], "last": run.years[-1]}
        raise DataError([Message("year_not_in_run", fields)])
    return [year]


def _table(make: SheetWriter, table: str) -> Sheet:
    """A table of the run as its sheet of the workbook, or as a plain list."""
    if table in _TABLE_SHEETS:
        return _TABLE_SHEETS[table](make)
    frame = make.run.table(table)
    return table_sheet(make, table, with_names(frame, make.run.folder) if table == "allocation" else frame)


def _write(sheets: Sequence[Sheet], to: Path, *, of_form: bool) -> None:
    ending = to.suffix.lower()
    if ending not in SHEET_EXPORTERS:
        code = "form_format_of_tables" if ending in (*EXPORTERS, *MODEL_FORMATS) else "form_format"
        raise DataError([unknown_format(to, sorted(SHEET_EXPORTERS), code)])
    if ending == ".csv" and len(sheets) > 1:
        code = "csv_of_several_years" if of_form else "csv_of_workbook"
        raise DataError([Message(code, {"sheets": [sheet.name for sheet in sheets]})])
    if ending == ".xlsx":
        for sheet in sheets:
            if len(sheet.kinds) > MOST_ROWS:
                raise DataError([Message("sheet_too_long", {"sheet": sheet.name, "rows": len(sheet.kinds)})])
    with aside(to) as unfinished:
        SHEET_EXPORTERS[ending](sheets, unfinished)
