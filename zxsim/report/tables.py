"""Tables of a run in the words of the people who read them: headings, codes and yes or no."""

import polars as pl

from zxsim.core.spec import kind_of
from zxsim.report.indicator_labels import CELL_LABELS
from zxsim.report.labels import LABELS, label
from zxsim.report.wording import Language
from zxsim.rules import RULE_KINDS, budget

CODES = (
    *("unit", "state", "basis", "numerator", "denominator", "level", "relation"),
    *("status", "reason", "stage", "measured_in", "measured_in_tight", "mark"),
)
"""Columns whose cells are codes with a label of their own."""


def for_people(frame: pl.DataFrame, language: Language) -> pl.DataFrame:
    """Return a table with headings and codes in a language; unknown headings stay as they are."""
    columns = []
    for name, kind in frame.schema.items():
        column = pl.col(name)
        if kind == pl.Boolean:
            words = [label("yes", language), label("no", language)]
            column = pl.when(column).then(pl.lit(words[0])).otherwise(pl.lit(words[1]))
        elif name in CODES:
            found = {
                code: label(code, language, categories="") for code in frame[name].unique() if code in LABELS
            }
            column = column.replace({**found, **_of_cells(name, language)})
        elif name in CELL_LABELS:
            column = column.replace(_of_cells(name, language))
        elif name == "kind" and kind == pl.String:  # of events it is a number
            column = column.replace(rule_kinds(language) | broken_kinds(frame[name], language))
        columns.append(column.alias(_heading(name, frame, language)))
    return frame.select(columns)


def _heading(name: str, frame: pl.DataFrame, language: Language) -> str:
    """Heading of a column; a value is what a target asks for only where there is a relation."""
    key = "figure" if name == "value" and "relation" not in frame.columns else name
    return label(key, language) if key in LABELS else name


def _of_cells(column: str, language: Language) -> dict[str, str]:
    """Words of what a simulation counts, by their codes."""
    at = 0 if language == "zh" else 1
    return {code: words[at] for code, words in CELL_LABELS.get(column, {}).items()}


def broken_kinds(codes: pl.Series, language: Language) -> dict[str, str]:
    """Name of each fact about projects that a plan may break."""
    kinds = {code: f"broken_{code}" for code in codes.unique().drop_nulls()}
    return {code: label(key, language).rstrip(":") for code, key in kinds.items() if key in LABELS}


def rule_kinds(language: Language) -> dict[str, str]:
    """Name of each kind of rule."""
    kinds = {kind_of(kind): kind.label_words[language] for kind in RULE_KINDS}
    return {**kinds, budget.KIND: budget.LABEL_WORDS[language]}
