"""Reading a template: the shipped ones by name, a county's own by file; all faults at once."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from pydantic import ValidationError

from zxsim.core.messages import Faults
from zxsim.core.spec import Spec
from zxsim.errors import Message
from zxsim.forms.sources import (
    EACH_PLACE,
    GROUPS,
    HEAD_SOURCES,
    INDICATOR_SOURCES,
    ITEM_SOURCES,
    OF_EACH,
    OF_PROJECTS,
    PROGRESS_HEAD,
    QUARTER_PLACEHOLDERS,
    TITLE_PLACEHOLDERS,
    VALUE_BY_YEAR,
    known_source,
    source_names,
)
from zxsim.forms.template import Form, FormColumn, FormHead, FormIndicator
from zxsim.schema.source import Source, read_source
from zxsim.schema.validate import note_errors

ORDER = (
    *("project_plan", "fund_allocation", "performance_targets", "implementation_plan"),
    *("quarterly_report", "year_end_assessment", "task_ledger"),
)
"""Shipped templates, in the order of the workbook."""

_MODELS: Mapping[str, type[Spec]] = {"column": FormColumn, "head": FormHead, "indicator": FormIndicator}


@cache
def shipped_forms() -> Sequence[Form]:
    """All templates that come with zxsim, in the order of the workbook."""
    folder = Path(__file__).parent
    return tuple(read_form(folder / f"{name}.toml") for name in ORDER)


def form_named(given: str) -> Form:
    """Return a shipped form by its name, or read a file that ends in ``.toml``.

    Raises
    ------
    DataError
        No form has that name, or the file is at fault.
    """
    if given.lower().endswith(".toml"):
        return read_form(Path(given))
    for name, form in zip(ORDER, shipped_forms(), strict=True):
        if given in (name, form.name):
            return form
    faults = Faults()
    faults.unknown("unknown_form", given, [form.name for form in shipped_forms()], Message(""))
    faults.raise_any()
    raise AssertionError


def read_form(path: Path) -> Form:
    """Read a template.

    Raises
    ------
    DataError
        With every fault found: file, line, address, what is allowed, the nearest known word.
    """
    source, faults = read_source(path), Faults()
    data = copy.deepcopy(source.data)
    try:
        form = Form.model_validate(data)
    except ValidationError as error:
        note_errors(error, source, data, _known_keys, faults)
        faults.raise_any()
        raise
    for fault in _faults(form, source):
        faults.add(fault)
    faults.raise_any()
    return form


def _known_keys(path: tuple[str | int, ...], data: dict[str, Any]) -> list[str]:
    del data
    model = _MODELS.get(str(path[0]), Form) if len(path) > 1 else Form
    return list(model.model_fields)


def _faults(form: Form, source: Source) -> Iterator[Message]:
    found = Faults()
    yield from _rows_faults(form, source)
    if form.group_by is not None and form.group_by not in GROUPS[form.rows]:
        where = source.message("", ("group_by",))
        found.unknown("unknown_source", form.group_by, GROUPS[form.rows], where)
    for record, column in form.column.items():
        where = source.message("", ("column", record, "heading"))
        yield from _placeholders(
            column.heading, ("item", "year") if _has_items(record, column) else ("year",), where
        )
        if column.text is None and not known_source(form.rows, column.source or record):
            key = ("column", record, "source") if column.source else ("column", record)
            names = source_names(form.rows)
            found.unknown("unknown_source", column.source or record, names, source.message("", key))
    for record, line in form.indicator.items():
        yield from _line_faults(record, line, source, found)
    for record, entry in form.head.items():
        yield from _head_faults(record, entry, form, source, found)
    known = _placeholders_of(form)
    for word, texts in (("title", (form.title,)), ("line", form.line), ("notes", form.notes)):
        for text in texts:
            yield from _placeholders(text, known, source.message("", (word,)))
    yield from found


def _rows_faults(form: Form, source: Source) -> Iterator[Message]:
    """Yield what a form says that its rows do not go with."""
    if (form.level is None) != (form.rows != "place"):
        yield source.message("form_level", ("level",))
    if bool(form.indicator) != (form.rows == "indicator"):
        yield source.message("form_indicators", ("indicator",))
    if form.each_place and form.rows not in EACH_PLACE:
        yield source.message("form_each_place", ("each_place",))
    if form.of_progress and form.rows != "project":
        yield source.message("form_progress_rows", ("rows",))


def _placeholders_of(form: Form) -> Sequence[str]:
    return (*TITLE_PLACEHOLDERS, *(QUARTER_PLACEHOLDERS if form.of_progress else ()))


def _head_faults(
    record: str, entry: FormHead, form: Form, source: Source, found: Faults
) -> Iterator[Message]:
    for key in ("label", "text"):
        text, where = getattr(entry, key) or "", source.message("", ("head", record, key))
        yield from _placeholders(text, _placeholders_of(form), where)
    known = (*HEAD_SOURCES, *PROGRESS_HEAD)
    if entry.text is not None:
        return
    key_path = ("head", record, "source") if entry.source else ("head", record)
    name, where = entry.source or record, source.message("", key_path)
    if name not in known:
        found.unknown("unknown_source", name, known, where)
    elif name in OF_PROJECTS and form.rows != "project":
        yield source.message("form_head_of_projects", key_path, given=name)


def _has_items(record: str, column: FormColumn) -> bool:
    return (column.source or record) in (*ITEM_SOURCES, VALUE_BY_YEAR)


def _line_faults(record: str, line: FormIndicator, source: Source, found: Faults) -> Iterator[Message]:
    for key in ("first", "second", "third", "unit", "remark"):
        where = source.message("", ("indicator", record, key))
        yield from _placeholders(getattr(line, key), OF_EACH[line.each], where)
    where = source.message("", ("indicator", record, "source"))
    if line.source is not None and line.source not in INDICATOR_SOURCES:
        found.unknown("unknown_source", line.source, INDICATOR_SOURCES, where)
    elif (line.source == "planned") != (line.each == "target"):
        yield source.message("planned_of_target", ("indicator", record, "source"))
    if line.of is not None and line.each != "target":
        yield source.message("of_targets", ("indicator", record, "of"))
    if line.blank and line.each is None:
        yield source.message("blank_of_each", ("indicator", record, "blank"))


def _placeholders(text: str, known: Sequence[str], where: Message) -> Iterator[Message]:
    """Yield a fault for each placeholder that is not known, or for braces that do not match."""
    found = Faults()
    names = _names(text)
    if names is None:
        found.add(Message("form_braces", {"given": text}, where.file, where.line, where.address))
        names = []
    for name in names:
        if name not in known:
            found.unknown("unknown_placeholder", name, known, where)
    yield from found


def _names(text: str) -> list[str] | None:
    """Names of the placeholders, ``None`` where a brace is no placeholder: that is a name and no more."""
    try:
        parsed = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return None
    plain = not any(spec or conversion for _, _, spec, conversion in parsed)
    return [str(name) for _, name, _, _ in parsed] if plain else None
