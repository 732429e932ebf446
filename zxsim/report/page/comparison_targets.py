"""The topic of a comparison that is about targets: every target, the figures of all runs side by side."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from zxsim.exporters.sheet import Column, Value, shown
from zxsim.report.compare_cells import relation_words, state_words
from zxsim.report.compare_sheets import VERDICTS, target_format
from zxsim.report.page.compared import Compared
from zxsim.report.page.limits import MOST_ROWS
from zxsim.report.page.parts import Panel, Table, Text
from zxsim.report.rule_sheets import sign

KEYS = ["target", "place_id", "year"]
_FIGURES = (("planned", "planned"), ("mean", "simulated_mean"), ("probability", "probability"))
Rows = Sequence[Mapping[str, Any]]


def targets(compared: Compared) -> list[Panel]:
    """Return the scorecard; targets that differ stand first."""
    if not len(compared.found.scorecard):
        return [Panel([Text(compared.words("page_no_targets"))])]
    keys = _keys(compared)
    note = compared.left_out(len(keys) - MOST_ROWS)
    kept = keys.head(MOST_ROWS)
    of_runs = {label: _rows(compared, kept, label) for label in compared.found.runs["label"]}
    columns = [*_about(compared, kept, of_runs), *_figures(compared, of_runs), *_verdicts(compared, kept)]
    verdicts = range(len(columns) - len(compared.found.labels), len(columns))
    table = Table(compared.words("sheet_scorecard"), columns, (0, 2, 3, *verdicts), searched=True, note=note)
    order = Text(compared.words("page_targets_order", a=compared.reference), "note")
    return [Panel([table, order])]


def _keys(compared: Compared) -> pl.DataFrame:
    """Every target with what all runs say of it in common, those that differ before the others."""
    differs = compared.found.targets.select(KEYS).unique().with_columns(differs=pl.lit(value=True))
    last = compared.found.scorecard.group_by(KEYS, maintain_order=True).last()
    joined = last.join(differs, on=KEYS, how="left", maintain_order="left", nulls_equal=True)
    return joined.sort(pl.col("differs").fill_null(value=False), descending=True, maintain_order=True)


def _rows(compared: Compared, keys: pl.DataFrame, label: str) -> Rows:
    """What one run says of each target; nothing where it has no such target."""
    scores = compared.found.scorecard.filter(pl.col("run") == label).drop("run")
    joined = keys.select(KEYS).join(scores, on=KEYS, how="left", maintain_order="left", nulls_equal=True)
    return list(joined.iter_rows(named=True))


def _about(compared: Compared, keys: pl.DataFrame, of_runs: Mapping[str, Rows]) -> list[Column]:
    make = compared.make
    asked = {label: [_required(compared, row) for row in rows] for label, rows in of_runs.items()}
    required = (
        [make.column("required", next(iter(asked.values())))]
        if len({tuple(texts) for texts in asked.values()}) == 1
        else [
            _of_run(compared, "required", label, make.column("required", texts))
            for label, texts in asked.items()
        ]
    )
    return [
        make.column("target", keys["name"].to_list()),
        make.column("clause", keys["clause"].to_list()),
        make.column("place", [name or compared.words("everywhere") for name in keys["place_name"]]),
        make.column("year", keys["year"].to_list(), "year"),
        *required,
    ]


def _required(compared: Compared, row: Mapping[str, Any]) -> str:
    if row["relation"] is None:
        return ""
    value = "" if row["value"] is None else shown(row["value"], target_format(row))
    return f"{sign(relation_words(row['relation'], compared.language))} {value}".strip()


def _figures(compared: Compared, of_runs: Mapping[str, Rows]) -> list[Column]:
    """Columns of one figure stand together, one a run; a figure that no run has is left out."""
    found = []
    for name, key in _FIGURES:
        if any(row[name] is not None for rows in of_runs.values() for row in rows):
            found += [_figure(compared, name, key, label, rows) for label, rows in of_runs.items()]
        if name == "planned":
            found += [_states(compared, label, rows) for label, rows in of_runs.items()]
    return found


def _figure(compared: Compared, name: str, key: str, label: str, rows: Rows) -> Column:
    values: list[Value] = [row[name] for row in rows]
    rate = name == "probability"
    column = compared.make.column(
        key, values, formats=["rate" if rate else target_format(row) for row in rows]
    )
    return _of_run(compared, key, label, column)


def _states(compared: Compared, label: str, rows: Rows) -> Column:
    texts = [state_words(row["state"], compared.language) for row in rows]
    return _of_run(compared, "state", label, compared.make.column("state", texts))


def _of_run(compared: Compared, key: str, label: str, column: Column) -> Column:
    """The same column with the label of its run in the heading."""
    return compared.headed(column, compared.words("page_of_label", what=compared.words(key), label=label))


def _verdicts(compared: Compared, keys: pl.DataFrame) -> list[Column]:
    found = []
    for label in compared.found.labels:
        told = compared.found.targets.filter(pl.col("run") == label).select(*KEYS, "verdict")
        joined = keys.select(KEYS).join(told, on=KEYS, how="left", maintain_order="left", nulls_equal=True)
        words = [compared.words(VERDICTS[one] if one else "no_change") for one in joined["verdict"]]
        found.append(_of_run(compared, "verdict", label, compared.make.column("verdict", words)))
    return found
