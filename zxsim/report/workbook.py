"""The workbook of a run: official forms first, then what explains them; and single forms and tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from zxsim.errors import DataError, Message, UsageError
from zxsim.exporters import EXPORTERS, SHEET_EXPORTERS
from zxsim.exporters.sheet import Sheet
from zxsim.forms.fill import fill
from zxsim.forms.parts import ANYTHING, Asked, missing, parts
from zxsim.forms.read import form_named, shipped_forms
from zxsim.forms.template import Form
from zxsim.report.assumption_sheet import assumptions
from zxsim.report.audit_sheet import audit
from zxsim.report.clause_sheet import clauses
from zxsim.report.given_sheets import given_sheets
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

MOST_SHEETS_OF_FORM = 20
"""Sheets of one form in the workbook; with more, the form is written when it is asked for alone."""


@dataclass(frozen=True)
class Chosen:
    """What of a run to write: one form (its name or file) or one table, else the workbook; when and where."""

    form: str | None = None
    table: str | None = None
    asked: Asked = ANYTHING


def workbook(run: RunData, language: Language, asked: Asked = ANYTHING) -> list[Sheet]:
    """All sheets of a run; ``asked`` says of what year and quarter the official forms are.

    A sheet that would be empty is left out, and the summary says so; likewise a form with very many sheets. A
    simulation of no plan has its own sheets alone.

    Raises
    ------
    DataError
        There is no report of the quarter that is asked for.
    """
    run.need("name", "scenario", "status")
    make = SheetWriter(run, language)
    if run.manifest["status"] == NO_PLAN:
        return simulation_sheets(make)
    ready = [form for form in shipped_forms() if _has_data(form, run, asked)]
    many = [form for form in ready if _has_many_sheets(form, run, asked)]
    forms = [sheet for form in ready if form not in many for sheet in _filled(form, run, asked)]
    without = [form.name for form in shipped_forms() if form not in ready]
    made = [
        *given_sheets(make),
        *(sheet(make) for sheet in _TABLE_SHEETS.values()),
        *simulation_sheets(make),
        clauses(make),
        audit(make),
    ]
    without += [sheet.name for sheet in made if not sheet.kinds]
    return [
        summary(make, without, [form.name for form in many]),
        *forms,
        *(sheet for sheet in made if sheet.kinds),
    ]


def _has_data(form: Form, run: RunData, asked: Asked) -> bool:
    """Whether the run has what a form needs; a quarter that is asked for must be there."""
    fault = missing(form, run, asked)
    if fault is not None and form.of_progress and asked.quarter is not None:
        raise DataError([fault])
    return fault is None


def _has_many_sheets(form: Form, run: RunData, asked: Asked) -> bool:
    if not form.each_place:
        return False
    return len(list(islice(parts(form, run, asked), MOST_SHEETS_OF_FORM + 1))) > MOST_SHEETS_OF_FORM


def _filled(form: Form, run: RunData, asked: Asked) -> list[Sheet]:
    """Official forms are in Chinese whatever the language, and so is their warning."""
    return fill(form, run, asked, warning(run, "zh"))


def export_sheets(run: Path, to: Path, language: Language, chosen: Chosen) -> None:
    """Write the workbook, one form or one table as ``.xlsx``, ``.md`` or ``.csv``.

    Raises
    ------
    DataError
        The run, the form, the table, the year, quarter or place, or the file to write is at fault.
    UsageError
        Form and table are both named, or a year without a form.
    """
    form, asked = chosen.form, chosen.asked
    if form is not None and chosen.table is not None:
        raise UsageError([Message("form_and_table", {})])
    if chosen.table is not None and asked != ANYTHING:
        raise UsageError([Message("year_without_form", {})])
    if form is None and asked.place is not None:
        raise UsageError([Message("place_without_form", {})])
    outside_run(run, to)
    data = RunData(run)
    _check_year(data, asked.year)
    make = SheetWriter(data, language)
    if form is not None:
        sheets = _form_alone(form_named(form), data, asked)
    elif chosen.table is not None:
        known_table(run, chosen.table)
        sheets = [_table(make, chosen.table)]
    else:
        sheets = workbook(data, language, asked)
    _write(sheets, to, of_form=form is not None)


def _form_alone(form: Form, run: RunData, asked: Asked) -> list[Sheet]:
    if asked.quarter is not None and not form.of_progress:
        raise UsageError([Message("quarter_without_progress", {"form": form.name})])
    if asked.place is not None and not form.each_place:
        raise UsageError([Message("place_without_form", {})])
    if (fault := missing(form, run, asked)) is not None:
        raise DataError([fault])
    sheets = _filled(form, run, asked)
    if not sheets:
        raise DataError([Message("form_without_rows", {"form": form.name})])
    return sheets


def _check_year(run: RunData, year: int | None) -> None:
    years = run.years
    if year is not None and year not in years:
        fields = {"given": year, "first": years[0], "last": years[-1]}
        raise DataError([Message("year_not_in_run", fields)])


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
