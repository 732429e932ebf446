"""Sheets of a workbook that are plain lists: the summary, any table of a run, assumptions."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from zxsim.core.tables import MONEY_SUFFIX
from zxsim.errors import Message
from zxsim.exporters.layout import fitting_width
from zxsim.exporters.sheet import Chart, Column, Format, Kind, Scatter, Sheet, Value, shown
from zxsim.report.labels import LABELS, label
from zxsim.report.tables import for_people
from zxsim.report.wording import Language, sentence
from zxsim.runs.data import RunData

_YEARS = ("year", "since")
CLASS_OF_FUNDS = "+"
"""Between the ids of funds that stand together in a table of a run."""

_SAMPLE = 2000
"""Rows that decide how wide a column is."""


class SheetWriter:
    """Makes sheets in one language from a run."""

    def __init__(self, run: RunData, language: Language) -> None:
        self.run, self.language = run, language

    def words(self, key: str, **fields: object) -> str:
        """Return a label."""
        return label(key, self.language, **fields)

    def column(
        self,
        heading: str,
        values: Sequence[Value],
        how: Format = "text",
        *,
        formats: Sequence[Format] | None = None,
        added: bool = False,
    ) -> Column:
        """Return a column as wide as what stands in it; ``heading`` is a label or the text itself."""
        text = capitalised(self.words(heading) if heading in LABELS else heading)
        sample = range(min(len(values), _SAMPLE))
        texts = [shown(values[at], formats[at] if formats else how) for at in sample]
        width = fitting_width([line for cell in [text, *texts] for line in cell.split("\n")])
        return Column(text, values, width, format=how, formats=formats, added=added)

    def sheet(
        self,
        key: str,
        columns: Sequence[Column],
        kinds: Sequence[Kind] | None = None,
        notes: Sequence[str] = (),
        charts: Sequence[Chart | Scatter] = (),
        frozen: int = 0,
    ) -> Sheet:
        """Return a sheet named by a label, with the warning that every report must show."""
        name = self.words(key)
        title = self.words("sheet_title", name=self.run.scenario["name"], sheet=name)
        rows = [Kind.PLAIN] * len(columns[0].values) if kinds is None else kinds
        empty = () if len(rows) else (self.words("no_rows"),)
        shown_notes = (*empty, *notes)
        return Sheet(
            name, title, columns, rows, warning(self.run, self.language), "", shown_notes, charts, frozen
        )

    def label_of(self, rule: str) -> str:
        """Name of a rule, or of the fund whose budget it is, or of all funds of one class."""
        if rule in self.run.scenario.get("rule", {}):
            return self.run.label("rule", rule)
        return "＋".join(self.run.label("fund", fund) for fund in rule.split(CLASS_OF_FUNDS))

    def place(self, place: str) -> str:
        """Name of a place, empty for all together."""
        return self.run.place_names.get(place, place)


def capitalised(text: str) -> str:
    """Begin a heading with a capital; Chinese has none, nor has the name zxsim.

    >>> capitalised("rule"), capitalised("zxsim version")
    ('Rule', 'zxsim version')
    """
    return text if text.startswith("zxsim") else text[:1].upper() + text[1:]


def warnings(run: RunData, language: Language) -> list[str]:
    """What every report must say first: that data are made up, that the plan breaks hard rules."""
    found = [Message("illustrative", {})] if run.manifest["illustrative"] else []
    if count := run.broken_count:
        found.append(Message("plan_breaks_rules", {"count": count}))
    return [sentence(message, language) for message in found]


def warning(run: RunData, language: Language) -> str:
    """All of :func:`warnings` in one line."""
    return ("；" if language == "zh" else "; ").join(warnings(run, language))


def table_sheet(make: SheetWriter, name: str, frame: pl.DataFrame) -> Sheet:
    """Any table of the run, its headings and codes in words."""
    people = for_people(frame, make.language)
    columns = [
        make.column(heading, people[heading].to_list(), _format_of(code, kind))
        for heading, (code, kind) in zip(people.columns, frame.schema.items(), strict=True)
    ]
    key = f"sheet_{name}"
    sheet = make.sheet(key if key in LABELS else name, columns) if key in LABELS else None
    if sheet is not None:
        return sheet
    title = make.words("sheet_title", name=make.run.scenario["name"], sheet=name)
    return Sheet(name, title, columns, [Kind.PLAIN] * len(frame), warning(make.run, make.language))


def _format_of(code: str, kind: pl.DataType) -> Format:
    if code in _YEARS:
        return "year"
    if kind.is_float():
        return "money" if code.endswith(MONEY_SUFFIX) else "number"
    return "count" if kind.is_integer() else "text"


def summary(make: SheetWriter, without: Sequence[str] = (), many: Sequence[str] = ()) -> Sheet:
    """What the screen says of the plan: money, benefit, notes, and what it was made from.

    ``without`` names the sheets of the workbook that are left out, as they would be empty, ``many`` the
    forms that would have too many.
    """
    run = make.run.manifest
    unit = make.run.scenario["benefit"].get("unit", "") or make.words("wan")
    benefits = _BENEFITS[:1] if make.run.broken_count else _BENEFITS
    rows: list[tuple[str, Value, Format, str]] = [
        (make.words("scenario"), run["name"], "text", ""),
        (make.words("horizon"), f"{make.run.years[0]}–{make.run.years[-1]}", "text", ""),
        (make.words("status"), _status(make), "text", ""),
        *((make.words(key), run[f"{name}_wan"], "money", make.words("wan")) for key, name in _MONEY),
        (make.words("left"), round(run["available_wan"] - run["spent_wan"], 2), "money", make.words("wan")),
        *((make.words(key), run[name], "money", unit) for key, name in benefits if run[name] is not None),
        *((make.words("notices"), text, "text", "") for text in _notices(make)),
        (make.words("zxsim_version"), run["zxsim_version"], "text", ""),
        *((make.words("input_file", file=file), value, "text", "") for file, value in run["inputs"].items()),
    ]
    names, values, formats, units = (list(part) for part in zip(*rows, strict=True))
    columns = [
        Column(make.words("item"), [capitalised(name) for name in names], 30, joined=True),
        Column(make.words("content"), values, 70, formats=formats, left=True),
        Column(capitalised(make.words("unit")), units, 10),
    ]
    left_out = [make.words("left_out_note", sheets="、".join(without))] if without else []
    left_out += [make.words("too_many_note", sheets="、".join(many))] if many else []
    return make.sheet("sheet_summary", columns, notes=[make.words("workbook_note"), *left_out])


_MONEY = (("available", "available"), ("spent", "spent"))
_BENEFITS = (("benefit", "benefit"), ("library", "library_benefit"), ("equal_money", "equal_benefit"))


def _status(make: SheetWriter) -> str:
    """Status of the plan, with how far it may be from the best one where that is not proved."""
    run = make.run.manifest
    words = make.words(run["status"])
    return f"{words}, {make.words('gap', gap=format(run['gap'], '.2%'))}" if run["gap"] else words


def _notices(make: SheetWriter) -> list[str]:
    """Notes of the run in words."""
    found = make.run.manifest["notices"]
    return [sentence(Message(one["code"], _without_code(one)), make.language) for one in found]


def _without_code(notice: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in notice.items() if key != "code"}


def basis(make: SheetWriter, figure: Mapping[str, Any], above: Mapping[str, Any] | None = None) -> str:
    """Where a figure comes from: assumed, its source or clause, or those of its record."""
    source = figure.get("source") or ""
    if figure.get("assumed"):
        return make.words("basis_assumed_source", source=source) if source else make.words("basis_assumed")
    found = source or figure.get("clause") or (above or {}).get("source") or (above or {}).get("clause")
    return str(found) if found else make.words("basis_scenario")
