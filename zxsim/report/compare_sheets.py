"""The workbook of a comparison: what differs first, then everything side by side."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from zxsim.errors import DataError, Message
from zxsim.exporters import SHEET_EXPORTERS
from zxsim.exporters.sheet import Chart, Column, Format, Kind, Sheet, Value
from zxsim.report.compare_cells import indicator_words, relation_words, who
from zxsim.report.labels import LABELS
from zxsim.report.plain_sheets import SheetWriter, capitalised
from zxsim.report.wording import Language, sentence
from zxsim.runs.data import RunData
from zxsim.runs.export import aside
from zxsim.schema.target import AMOUNTS, RATES
from zxsim.whatif.comparison import Comparison

ENDINGS = (".md", ".xlsx")
MOST_ROWS = 1_048_576 - 100
"""Rows that a sheet of Excel can hold, less those of headings and notes."""

UNITS: dict[str, Format] = {"yuan": "money", "share": "rate"}
UNIT_WORDS = {"yuan": "page_yuan", "households": "page_households_unit", "share": "share"}
"""Labels of the units of figures by year."""
_SIDES = (("before", "before_of"), ("after", "after_of"), ("difference", "difference"))


def export_comparison(found: Comparison, to: Path, language: Language) -> None:
    """Write a comparison as a workbook or as Markdown.

    Raises
    ------
    DataError
        The file cannot be written, or a table is too long for a sheet.
    """
    sheets = comparison_sheets(found, language)
    for sheet in sheets:
        if len(sheet.kinds) > MOST_ROWS:
            raise DataError([Message("sheet_too_long", {"sheet": sheet.name, "rows": len(sheet.kinds)})])
    with aside(to) as unfinished:
        SHEET_EXPORTERS[to.suffix.lower()](sheets, unfinished)


def comparison_sheets(found: Comparison, language: Language) -> list[Sheet]:
    """All sheets; one that would be empty is left out, as nothing differs there."""
    make = SheetWriter(RunData(Path(found.runs["run"][0])), language)
    made = [
        runs_sheet(make, found),
        inputs_sheet(make, found),
        _spending(make, found),
        money_sheet(make, found),
    ]
    made += [cells_sheet(make, found), distances_sheet(make, found), _scorecard(make, found)]
    made += [trajectories_sheet(make, found), winners_sheet(make, found)]
    title = make.words("compared_title", labels=_labels(found, language))
    illustrative = sentence(Message("illustrative", {}), language) if found.runs["illustrative"].any() else ""
    shown = [replace(sheet, left=illustrative) for sheet in made if len(sheet.kinds)]
    return [replace(sheet, title=f"{title} {sheet.name}" if at else title) for at, sheet in enumerate(shown)]


def _labels(found: Comparison, language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(found.runs["label"])


def runs_sheet(make: SheetWriter, found: Comparison) -> Sheet:
    """The runs, then what differs and what could not be compared, in words."""
    runs = found.runs
    columns = [
        make.column("run_label", runs["label"].to_list()),
        make.column("scenario", runs["name"].to_list()),
        make.column("run_time", [text[:19].replace("T", " ") for text in runs["created"]]),
        make.column("status", [make.words(code) if code in LABELS else code for code in runs["status"]]),
        make.column("horizon", [f"{a}–{b}" for a, b in runs.select("first_year", "last_year").iter_rows()]),
        make.column("spent_wan", runs["spent_wan"].to_list(), "money"),
        make.column("benefit", runs["benefit"].to_list(), "money"),
        make.column("targets_met", _counted(runs)),
        make.column("least_probability", runs["least_probability"].to_list(), "rate"),
        make.column("replications", runs["replications"].to_list(), "count"),
        make.column("run_folder", runs["run"].to_list()),
    ]
    notes = [make.words("reference_note", label=runs["label"][0])]
    if found.same:
        labels = _labels(found, make.language)
        notes.append(sentence(Message("compare_found_same", {"runs": labels}), make.language))
    for key, messages in (("compared_findings", found.findings), ("compared_notes", found.notes)):
        if messages and not found.same:
            notes += [make.words(key), *(f"· {sentence(message, make.language)}" for message in messages)]
    return make.sheet("sheet_compared", columns, notes=notes)


def _counted(runs: pl.DataFrame) -> list[str]:
    pairs = runs.select("targets_met", "targets").iter_rows()
    return ["" if most is None else f"{met}/{most}" for met, most in pairs]


def inputs_sheet(make: SheetWriter, found: Comparison) -> Sheet:
    """Inputs that differ: parameter, clause, before, after."""
    rows = found.inputs
    columns = [
        make.column("run_label", rows["run"].to_list()),
        make.column("input_kind", [make.words(kind) for kind in rows["kind"]]),
        make.column("input_address", rows["address"].to_list()),
        make.column("record_name", rows["name"].to_list()),
        make.column("clause", rows["clause"].to_list()),
        make.column("before_of", rows["before"].to_list()),
        make.column("after_of", rows["after"].to_list()),
    ]
    return make.sheet("sheet_inputs", columns, frozen=3)


def _spending(make: SheetWriter, found: Comparison) -> Sheet:
    """Money of every run by category, fund and year, a column a run, with a chart of the categories."""
    labels = found.runs["label"].to_list()
    wide = found.spending.pivot(
        "run", index=["dimension", "item", "name"], values="amount_wan", maintain_order=True
    )
    absent = [pl.lit(None, pl.Float64).alias(label) for label in labels if label not in wide.columns]
    planned = found.runs.filter(pl.col("spent_wan").is_not_null())["label"].to_list()
    wide = wide.with_columns(absent).with_columns(pl.col(planned).fill_null(0.0))
    kinds: list[Kind] = []
    names: list[Value] = []
    values: list[list[Value]] = [[] for _ in labels]
    charted = []
    for dimension in ("category", "fund", "year"):
        inside = wide.filter(pl.col("dimension") == dimension).sort("item")
        if not len(inside):
            continue
        if dimension == "category":
            charted = list(range(len(kinds) + 1, len(kinds) + 1 + len(inside)))
        kinds += [Kind.GROUP, *[Kind.PLAIN] * len(inside)]
        names += [capitalised(make.words(f"dimension_{dimension}")), *inside["name"]]
        for column, label in zip(values, labels, strict=True):
            column += [None, *inside[label]]
    chart = Chart(make.words("chart_spending"), "stacked", charted, (1, len(labels)), "money")
    columns = [
        Column(make.words("compared_item"), names, 36),
        *(
            Column(label, column, 16, format="money", added=True)
            for label, column in zip(labels, values, strict=True)
        ),
    ]
    return make.sheet("sheet_spending", columns, kinds, charts=[chart] if charted else [], frozen=1)


def money_sheet(make: SheetWriter, found: Comparison) -> Sheet:
    """Sums of money that differ, by every dimension."""
    rows = found.money
    columns = [
        make.column("run_label", rows["run"].to_list()),
        make.column("dimension", [make.words(f"dimension_{name}") for name in rows["dimension"]]),
        make.column("compared_item", rows["name"].to_list()),
        *(make.column(key, rows[f"{side}_wan"].to_list(), "money") for side, key in _SIDES),
    ]
    return make.sheet("sheet_money", columns, frozen=3)


def cells_sheet(make: SheetWriter, found: Comparison) -> Sheet:
    """Single amounts that differ."""
    rows = found.cells
    columns = [
        make.column("run_label", rows["run"].to_list()),
        make.column("project_id", rows["project_id"].to_list()),
        make.column("project_name", rows["project_name"].to_list()),
        make.column("place", rows["place_name"].to_list()),
        make.column("category", rows["category"].to_list()),
        make.column("money_of_fund", rows["fund_name"].to_list()),
        make.column("year", rows["year"].to_list(), "year"),
        *(make.column(key, rows[f"{side}_wan"].to_list(), "money") for side, key in _SIDES),
    ]
    return make.sheet("sheet_cells", columns, frozen=3)


def distances_sheet(make: SheetWriter, found: Comparison) -> Sheet:
    """How far each two plans are from each other."""
    rows = found.distances
    columns = [
        make.column("pair_of_runs", [f"{a}–{b}" for a, b in rows.select("run_a", "run_b").iter_rows()]),
        make.column("dimension", [make.words(f"dimension_{name}") for name in rows["dimension"]]),
        make.column("compared_item", rows["name"].to_list()),
        make.column("moved", rows["moved_wan"].to_list(), "money"),
        make.column("mean_spent", rows["spent_wan"].to_list(), "money"),
        make.column("distance", rows["distance"].to_list(), "rate"),
    ]
    return make.sheet("sheet_distances", columns, notes=[make.words("distance_note")])


def _scorecard(make: SheetWriter, found: Comparison) -> Sheet:
    """Every target, its figures in each run side by side, and whether it is better off than in the first."""
    keys = ["target", "place_id", "year"]
    last = found.scorecard.group_by(keys, maintain_order=True).last()
    rows = list(last.iter_rows(named=True))
    columns = [
        make.column("target", [row["name"] for row in rows]),
        make.column("clause", [row["clause"] for row in rows]),
        make.column("place", [row["place_name"] for row in rows]),
        make.column("year", [row["year"] for row in rows], "year"),
        make.column("relation", [relation_words(row["relation"], make.language) for row in rows]),
    ]
    for at, label in enumerate(found.runs["label"]):
        columns += _of_run(make, found, last.select(keys), label, verdict=at > 0)
    return make.sheet("sheet_scorecard", columns, frozen=4)


def _of_run(
    make: SheetWriter, found: Comparison, keys: pl.DataFrame, label: str, *, verdict: bool
) -> list[Column]:
    """Columns of one run in the scorecard, under its label."""
    on = keys.columns
    scores = found.scorecard.filter(pl.col("run") == label).drop("run")
    table = keys.join(scores, on=on, how="left", maintain_order="left")
    rows = list(table.iter_rows(named=True))
    formats = [target_format(row) for row in rows]
    figures = (("value", "value"), ("planned", "planned"), ("mean", "simulated_mean"))
    columns = [
        *(make.column(key, table[name].to_list(), formats=formats) for name, key in figures),
        make.column("state", [make.words(row["state"]) if row["state"] else "" for row in rows]),
        make.column("probability", table["probability"].to_list(), "rate"),
    ]
    if verdict:
        told = found.targets.filter(pl.col("run") == label).select(*on, "verdict")
        verdicts = keys.join(told, on=on, how="left", maintain_order="left")["verdict"]
        words = [make.words(VERDICTS[one] if one else "no_change") for one in verdicts]
        columns.append(make.column("verdict", words))
    return [replace(column, group=label) for column in columns]


VERDICTS = {"gain": "better", "loss": "worse", "unclear": "unclear"}


def target_format(row: Mapping[str, Any]) -> Format:
    """How figures of a target are shown."""
    if row["relation"] in RATES or row["indicator"] not in (*AMOUNTS, "unresolved", "open_cases"):
        return "rate"
    return "money" if row["indicator"] in AMOUNTS else "number"


def trajectories_sheet(make: SheetWriter, found: Comparison) -> Sheet:
    """Year-end figures that differ, with their intervals."""
    table = found.trajectories
    rows = list(table.iter_rows(named=True))
    formats = [UNITS.get(unit, "money") for unit in table["unit"]]
    pairing = {True: make.words("in_pairs"), False: make.words("not_in_pairs"), None: ""}
    columns = [
        make.column("run_label", table["run"].to_list()),
        make.column("compared_basis", [make.words(f"basis_{basis}") for basis in table["basis"]]),
        make.column("indicator", [indicator_words(row, make.language) for row in rows]),
        make.column("unit", [make.words(UNIT_WORDS[unit]) for unit in table["unit"]]),
        make.column("compared_item", [who(row, row["place_name"], make.language) for row in rows]),
        make.column("year", table["year"].to_list(), "year"),
        *(make.column(key, table[side].to_list(), formats=formats) for side, key in (*_SIDES, *_LIMITS)),
        make.column("compared_count", table["count"].to_list(), "count"),
        make.column("pairing", [pairing[row["paired"]] for row in rows]),
    ]
    return make.sheet("sheet_trajectories", columns, notes=[make.words("interval_note")], frozen=4)


_LIMITS = (("low", "interval_low"), ("high", "interval_high"))


def winners_sheet(make: SheetWriter, found: Comparison) -> Sheet:
    """Who gains and who loses."""
    table = found.winners
    rows = list(table.iter_rows(named=True))
    formats = [UNITS.get(unit, "money") for unit in table["unit"]]
    columns = [
        make.column("run_label", table["run"].to_list()),
        make.column("indicator", [indicator_words(row, make.language) for row in rows]),
        make.column("unit", [make.words(UNIT_WORDS[unit]) for unit in table["unit"]]),
        make.column("compared_basis", [make.words(f"basis_{basis}") for basis in table["basis"]]),
        make.column("compared_item", [who(row, row["name"], make.language) for row in rows]),
        make.column("population", table["population"].to_list(), "count"),
        make.column("year", table["year"].to_list(), "year"),
        *(make.column(key, table[side].to_list(), formats=formats) for side, key in (*_SIDES, *_LIMITS)),
        make.column("verdict", [make.words(row["verdict"]) for row in rows]),
    ]
    return make.sheet("sheet_winners", columns, notes=[make.words("verdict_note")], frozen=4)
