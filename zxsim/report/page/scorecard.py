"""The topic of targets: planned value, simulated mean and interval, both probabilities, and the basis."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from zxsim.exporters.sheet import Format, Value, shown
from zxsim.indicators import SIMULATED
from zxsim.report.labels import LABELS
from zxsim.report.page.limits import cut
from zxsim.report.page.origin import assumed_in
from zxsim.report.page.parts import Fold, Part, Table, Text
from zxsim.report.page.source import PageRun
from zxsim.report.rule_sheets import relation_words, sign
from zxsim.runs.states import MET, MET_WITHIN_UNIT, MISSED, NOT_REACHED, OUT_OF_REACH
from zxsim.schema.target import RATES

KEYS = ("target", "place_id", "year")
_SIGNS = {MET: "✓", MET_WITHIN_UNIT: "✓", MISSED: "✗", OUT_OF_REACH: "✗"}
"""Before the word, so that a result is seen at a glance and without colour."""

_NOTES = {MET_WITHIN_UNIT: "within_unit_note", OUT_OF_REACH: "out_of_reach_note"}

Row = Mapping[str, Any]


def targets(run: PageRun) -> list[Part]:
    """Return the scorecard, with where its values come from, or say that there are none."""
    rows = joined(run)
    if not len(rows):
        return [Text(run.words("page_no_targets"))]
    missed_first = pl.col("state").is_in(NOT_REACHED).not_()
    ordered = rows.sort(missed_first, "probability", nulls_last=True, maintain_order=True)
    kept, note = cut(run, ordered, "targets", "page_least_likely")
    found = list((kept if note else rows).iter_rows(named=True))
    parts: list[Part] = [_scores(run, found, note)]
    states = set(rows["state"])
    parts += [Text(run.words(words), "note") for state, words in _NOTES.items() if state in states]
    if run.simulated:
        parts.append(Text(run.words("page_target_note"), "note"))
    return [*parts, Fold(run.words("page_split"), [_split(run, found)])]


def joined(run: PageRun) -> pl.DataFrame:
    """One row a target, place and year: what the plan says, then what the simulation says.

    Targets that only the simulation knows stand at the end, with the basis of the scenario.
    """
    planned = run.optional("targets")
    if not run.simulated:
        empty = {
            name: pl.lit(None, pl.Float64)
            for name in ("mean", "low", "high", "probability", "probability_fixed", "shocks")
        }
        return planned.with_columns(**empty)
    simulated = run.table("simulated_targets")
    figures = ("mean", "low", "high", "probability", "probability_fixed", "shocks")
    known = planned.join(
        simulated.select(*KEYS, *figures), on=KEYS, how="left", maintain_order="left", nulls_equal=True
    )
    alone = simulated.join(planned.select(KEYS), on=KEYS, how="anti", maintain_order="left")
    named = alone.with_columns(
        indicator=pl.Series([_indicator(run, target) for target in alone["target"]], dtype=pl.String),
        tier=pl.Series([_tier(run, target) for target in alone["target"]], dtype=pl.Int64),
        state=pl.lit(""),
        basis=pl.lit(_basis(run)),
    )
    return pl.concat([known.select(pl.all()), named], how="diagonal_relaxed")


def _spec(run: PageRun, target: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = run.make.run.scenario.get("target", {}).get(target, {})
    return found


def _indicator(run: PageRun, target: str) -> str:
    return str(_spec(run, target).get("indicator", ""))


def _tier(run: PageRun, target: str) -> int | None:
    tier = _spec(run, target).get("tier")
    return None if tier is None else int(tier)


def _basis(run: PageRun) -> str:
    """Assumed where any input is, as the plan's own targets have it."""
    assumed = run.manifest["illustrative"] or len(assumed_in(run))
    return "assumed" if assumed else "published"


_LEVELS: Mapping[str, Format] = {"income": "count", "collective_income": "money", "posts": "number"}
"""How levels of incomes and posts are shown; those of coverages are shares."""


def _formats(rows: Sequence[Row]) -> tuple[list[Format], list[Format]]:
    """How levels of the indicators, and what the relations compare, are shown, row by row."""
    level: list[Format] = [
        "number" if row["indicator"] in SIMULATED else _LEVELS.get(row["indicator"], "share") for row in rows
    ]
    return level, ["share" if row["relation"] in RATES else own for row, own in zip(rows, level, strict=True)]


def _figures(rows: Sequence[Row], key: str) -> list[Value]:
    """Numbers of households with one digit, others as they are."""
    return [
        round(row[key], 1) if row[key] is not None and row["indicator"] in SIMULATED else row[key]
        for row in rows
    ]


def _scores(run: PageRun, rows: Sequence[Row], note: str) -> Table:
    make = run.make
    _, asked = _formats(rows)
    columns = [
        make.column("target", [run.target_name(row["target"]) for row in rows]),
        make.column("clause", [row["clause"] for row in rows]),
        make.column("place", [run.place(row["place_id"]) for row in rows]),
        make.column("year", [row["year"] for row in rows], "year"),
        make.column("required", [_required(run, row, how) for row, how in zip(rows, asked, strict=True)]),
        make.column("planned", _figures(rows, "planned"), formats=asked),
        make.column("state", [_state(run, row["state"]) for row in rows]),
    ]
    if run.simulated:
        columns += [
            make.column("simulated_mean", _figures(rows, "mean"), formats=asked),
            make.column("simulated_range", [_range(row, how) for row, how in zip(rows, asked, strict=True)]),
            make.column("probability", [row["probability"] for row in rows], "rate"),
            make.column("probability_fixed", [row["probability_fixed"] for row in rows], "rate"),
        ]
    columns.append(make.column("basis", [_word(run, row["basis"]) for row in rows]))
    return Table(run.words("page_target_table"), columns, choices=(0, 2, 3, 6), searched=True, note=note)


def _required(run: PageRun, row: Row, how: Format) -> str:
    if row["relation"] == "not_below_previous":
        return relation_words(run.make, row["relation"])
    ends = [row["value"], *([row["upper"]] if row["upper"] is not None else [])]
    return f"{sign(relation_words(run.make, row['relation']))} {'–'.join(shown(end, how) for end in ends)}"


def _state(run: PageRun, state: str) -> str:
    return (
        f"{_SIGNS.get(state, '')} {_word(run, state)}".strip() if state else run.words("page_only_simulated")
    )


def _word(run: PageRun, code: str) -> str:
    return run.words(code) if code in LABELS else code


def _range(row: Row, how: Format) -> str:
    if row["low"] is None:
        return ""
    low, high = (round(row[key], 1) if how == "number" else row[key] for key in ("low", "high"))
    ends = dict.fromkeys((shown(low, how), shown(high, how)))
    return "–".join(ends)


def _split(run: PageRun, rows: Sequence[Row]) -> Table:
    """Baseline, trend, plan and shocks of each row."""
    make = run.make
    level, _ = _formats(rows)
    parts = ("baseline", "trend", "plan", *(("shocks",) if run.simulated else ()))
    columns = [
        make.column("target", [run.target_name(row["target"]) for row in rows]),
        make.column("place", [run.place(row["place_id"]) for row in rows]),
        make.column("year", [row["year"] for row in rows], "year"),
        *(make.column(key, [row[key] for row in rows], formats=level) for key in parts),
    ]
    return Table(run.words("page_split"), columns)
