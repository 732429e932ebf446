"""The topic of clauses: each rule, its rows, which of them are at their limit, and what a step is worth."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from zxsim.exporters.sheet import Format, Value, shown
from zxsim.report.page.broken import broken
from zxsim.report.page.limits import MOST_ROWS, cut
from zxsim.report.page.names import rule_name, step_text, year_text
from zxsim.report.page.parts import Fold, Part, Table, Text
from zxsim.report.page.source import PageRun
from zxsim.report.plain_sheets import CLASS_OF_FUNDS
from zxsim.report.rule_sheets import (
    UNIT_FORMATS,
    kind_words,
    measured,
    note_on_shares,
    sign,
    worth_in,
    years_of,
)

_LEAST_ROWS = 20
"""Rows that every rule may show, however many rules there are."""

Worths = Mapping[tuple[str, int | None], Mapping[str, Any]]


def clauses(run: PageRun) -> list[Part]:
    """Return what is broken, a table with a row a rule, then the rows of each rule."""
    if not run.planned:
        return [Text(run.words("page_no_plan"))]
    rules, worths = run.table("rules"), _worths(run)
    groups = {str(rule): rows for (rule,), rows in rules.group_by("rule", maintain_order=True)}
    most = max(_LEAST_ROWS, MOST_ROWS // max(len(groups), 1))
    ordered = sorted(groups.values(), key=_clause_order)
    folds = [_fold(run, rows, worths, most) for rows in ordered]
    notes = [Text(text, "note") for text in note_on_shares(run.make, rules)]
    return [
        *broken(run),
        *notes,
        _overview(run, ordered),
        Text(run.words("page_marginal_note"), "note"),
        *folds,
    ]


def _clause_order(rows: pl.DataFrame) -> tuple[bool, str, str]:
    """Clauses in order; what has none, such as a budget, behind them."""
    clause, rule = rows["clause"][0], rows["rule"][0]
    return not clause, clause, rule


def _worths(run: PageRun) -> Worths:
    """Marginal values by rule and year; those of a class of funds stand for each of its funds."""
    return {
        (rule, row["year"]): row
        for row in run.table("marginals").iter_rows(named=True)
        for rule in row["rule"].split(CLASS_OF_FUNDS)
    }


def _overview(run: PageRun, groups: list[pl.DataFrame]) -> Table:
    make = run.make
    first = [rows.row(0, named=True) for rows in groups]
    best = [_best(run, rows["rule"][0]) for rows in groups]
    columns = [
        make.column("clause", [row["clause"] for row in first]),
        make.column("rule", [make.label_of(row["rule"]) for row in first]),
        make.column("kind", [kind_words(make, row["kind"]) for row in first]),
        make.column("measured", [measured(make, row) for row in first]),
        make.column("page_rows", [len(rows) for rows in groups], "count"),
        make.column("page_binding_rows", [int(rows["binding"].sum()) for rows in groups], "count"),
        make.column("page_missed_rows", [int((rows["slack"] < 0).sum()) for rows in groups], "count"),
        make.column("page_tightest", [_tightest(run, rows) for rows in groups]),
        make.column("page_best_gain", [gain for gain, _ in best]),
        make.column("page_best_loss", [loss for _, loss in best]),
    ]
    return Table(run.words("page_clause_table"), columns)


def _tightest(run: PageRun, rows: pl.DataFrame) -> str:
    """Place, year and both sides of the row with the least slack."""
    row = rows.sort("slack", nulls_last=True, maintain_order=True).row(0, named=True)
    how = UNIT_FORMATS.get(row["unit"], "number")
    sides = f"{shown(row['lhs'], how)} {sign(row['relation'])} {shown(row['rhs'], how)}"
    where = " ".join(text for text in (run.make.place(row["scope"]), years_of(row)) if text)
    return run.words("page_row_sides", where=where, sides=sides) if where else sides


def _best(run: PageRun, rule: str) -> tuple[str, str]:
    """The largest gain and loss of a step, with its year."""
    rows = run.table("marginals").filter(pl.col("rule").str.split(CLASS_OF_FUNDS).list.contains(rule))
    return tuple(  # type: ignore[return-value]  # (two of them)
        _largest(run, rows, key, stage)
        for key, stage in (("gain_if_loosened", "measured_in"), ("loss_if_tightened", "measured_in_tight"))
    )


def _largest(run: PageRun, rows: pl.DataFrame, key: str, stage: str) -> str:
    known = rows.filter(pl.col(key).is_not_null()).sort(key, descending=True, maintain_order=True)
    if not len(known):
        return ""
    row = known.row(0, named=True)
    if not row[stage]:
        return shown(0.0, "count")
    return run.words(
        "page_worth",
        value=shown(row[key], "worth"),
        what=worth_in(run.make, row[stage]),
        step=step_text(run, row["step"], row["unit"]),
        year=year_text(run, row["year"]),
    )


def _fold(run: PageRun, rows: pl.DataFrame, worths: Worths, most: int) -> Fold:
    title = run.words(
        "page_clause_rows",
        rule=rule_name(run, rows.row(0, named=True)),
        count=f"{len(rows):,}",
        binding=f"{int(rows['binding'].sum()):,}",
    )
    if len(rows) > most:
        rows = rows.sort("slack", nulls_last=True, maintain_order=True)
    shown_rows, note = cut(run, rows, "rules", "page_least_slack", most)
    return Fold(title, [rule_rows(run, shown_rows, worths, title, note)])


def rule_rows(run: PageRun, frame: pl.DataFrame, worths: Worths, caption: str, note: str = "") -> Table:
    """Rows of a rule: both sides, slack, whether at the limit, and the marginal value of clause and year."""
    make, rows = run.make, list(frame.iter_rows(named=True))
    formats: list[Format] = [UNIT_FORMATS.get(row["unit"], "number") for row in rows]
    found = [worths.get((row["rule"], row["year"])) if row["binding"] else None for row in rows]
    columns = [
        make.column("scope", [run.place(row["scope"]) for row in rows]),
        make.column("year", [years_of(row) for row in rows]),
        make.column("actual", [row["lhs"] for row in rows], formats=formats),
        make.column("relation", [sign(row["relation"]) for row in rows]),
        make.column("required", [row["rhs"] for row in rows], formats=formats),
        make.column("slack", [_unsigned(row["slack"]) for row in rows], formats=formats),
        make.column("binding", [make.words("yes" if row["binding"] else "no") for row in rows]),
        make.column("shown_step", [step_text(run, one["step"], one["unit"]) if one else "" for one in found]),
        make.column("page_best_gain", list(_sides(found, "gain_if_loosened")), "worth"),
        make.column("gain_in", [worth_in(make, one["measured_in"]) if one else "" for one in found]),
        make.column("page_best_loss", list(_sides(found, "loss_if_tightened")), "worth"),
    ]
    return Table(caption, columns, choices=(0, 1, 6), searched=True, note=note)


def _sides(found: list[Mapping[str, Any] | None], key: str) -> Iterator[Value]:
    for row in found:
        yield None if row is None else row[key]


def _unsigned(value: float | None) -> float | None:
    """A figure without the sign of a zero."""
    return None if value is None else value + 0.0
