"""The audit sheet: clause → its rows → left, right, slack → the inputs with their source, or assumed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from zxsim.exporters.sheet import Format, Kind, Sheet, Value
from zxsim.report.inputs import input_list, input_name, input_text, record_name
from zxsim.report.plain_sheets import SheetWriter, basis
from zxsim.report.rule_sheets import (
    UNIT_FORMATS,
    kind_words,
    measured,
    relation_words,
    target_formats,
    years_of,
)
from zxsim.schema.target import RATES

_NOT_INPUTS = ("enabled", "label", "clause", "source", "kind", "negotiable", "lead", "indicator", "tier")
_BASELINES = {
    "income": ("income_yuan", "income_year", "trend"),
    "collective_income": ("collective_income_wan",),
    "posts": ("posts",),
}
"""Columns of places.csv that the level without a plan follows from; ``base_‹id›`` for a coverage."""
_VALUE = 8
"""Place of the column of inputs, in which numbers stand among texts."""

_OWN = ("[rule.", "[fund.", "[target.")
_SIDES = ("lhs", "rhs", "slack")
_UPWARD, _DOWNWARD = (">=", ">", *RATES, "not_below_previous"), ("<=", "<")


@dataclass
class _Line:
    """One row of the sheet; ``how`` shows the sides, the input has its own number."""

    first: str
    kind: Kind = Kind.PLAIN
    scope: str = ""
    year: str = ""
    left: Value = None
    relation: str = ""
    right: Value = None
    slack: Value = None
    name: str = ""
    value: Value = None
    low: Value = None
    high: Value = None
    source: str = ""
    address: str = ""
    how: Format = "text"


def audit(make: SheetWriter) -> Sheet:
    """One group a rule, fund and target, in the order of clauses."""
    lines = [line for _, _, group in sorted(_groups(make), key=lambda group: group[:2]) for line in group]
    sides: list[Format] = [line.how for line in lines]
    numbers: list[Format] = ["number"] * len(lines)
    columns = [
        make.column("row_kind", [line.first if line.kind is Kind.PLAIN else "" for line in lines]),
        make.column("scope", [line.scope for line in lines]),
        make.column("year", [line.year for line in lines]),
        make.column("actual", [line.left for line in lines], formats=sides),
        make.column("relation", [line.relation for line in lines]),
        make.column("required", [line.right for line in lines], formats=sides),
        make.column("slack", [line.slack for line in lines], formats=sides),
        make.column("input_name", [line.name for line in lines]),
        make.column("input_value", [line.value for line in lines], formats=numbers),
        make.column("low", [line.low for line in lines], "number"),
        make.column("high", [line.high for line in lines], "number"),
        make.column("basis", [line.source for line in lines]),
        make.column("address", [line.address for line in lines]),
    ]
    columns[0] = replace(columns[0], values=[line.first for line in lines])  # heads must not widen it
    columns[_VALUE] = replace(columns[_VALUE], left=True)
    return make.sheet("sheet_audit", columns, [line.kind for line in lines], [make.words("audit_note")])


def _order(spec: Mapping[str, Any]) -> tuple[bool, str]:
    """Clauses in order, what has none behind them."""
    clause = spec.get("clause", "")
    return not clause, clause


def _groups(make: SheetWriter) -> Iterator[tuple[tuple[bool, str], str, list[_Line]]]:
    """Clause, a key that orders within it, and the lines of each group."""
    run, rules = make.run, make.run.table("rules")
    by_rule = {str(rule): rows for (rule,), rows in rules.group_by("rule", maintain_order=True)}
    for section, what in (("rule", "one_rule"), ("fund", "money_of_fund")):
        for record, spec in run.scenario.get(section, {}).items():
            rows = by_rule.get(record)
            if rows is None or (rows["kind"][0] == "budget") != (section == "fund"):
                rows = rules.clear()
            if spec.get("enabled", True):
                head = _head(make, section, record, what, rows)
                yield (
                    _order(spec),
                    f"{what}{record}",
                    [head, *_results(make, rows), *_inputs(make, section, record, spec)],
                )
    targets = run.table("targets")
    for record, spec in run.scenario.get("target", {}).items():
        if spec.get("enabled", True):
            rows = targets.filter(pl.col("target") == record)
            head = _head(make, "target", record, "one_target", rows)
            lines = [head, *_target_results(make, rows), *_inputs(make, "target", record, spec)]
            yield _order(spec), f"target{record}", [*lines, *_target_inputs(make, spec, rows)]


def _head(make: SheetWriter, section: str, record: str, what: str, rows: pl.DataFrame) -> _Line:
    spec = make.run.scenario[section][record]
    name = make.run.label(section, record)
    words = [spec.get("clause") or make.words("no_clause"), f"{make.words(what)} {name}"]
    if section == "rule":
        words.append(kind_words(make, spec["kind"]))
        if len(rows):
            words.append(measured(make, rows.row(0, named=True)))
    return _Line("   ".join(words), Kind.GROUP)


def _results(make: SheetWriter, rows: pl.DataFrame) -> Iterator[_Line]:
    for row in rows.iter_rows(named=True):
        yield _Line(
            make.words("audit_result"),
            scope=make.place(row["scope"]),
            year=years_of(row),
            relation=row["relation"],
            how=UNIT_FORMATS.get(row["unit"], "number"),
            **dict(zip(("left", "right", "slack"), (row[side] for side in _SIDES), strict=True)),
        )


def _target_results(make: SheetWriter, rows: pl.DataFrame) -> Iterator[_Line]:
    found = list(rows.iter_rows(named=True))
    _, asked = target_formats(found)
    for row, how in zip(found, asked, strict=True):
        yield _Line(
            make.words("audit_result"),
            scope=make.place(row["place_id"]),
            year=str(row["year"]),
            left=row["planned"],
            relation=relation_words(make, row["relation"]),
            right=row["value"],
            slack=_target_slack(row),
            how=how,
        )


def _target_slack(row: Mapping[str, Any]) -> Value:
    """How far the planned value lies on the right side; for other relations what is missing, as −."""
    if row["planned"] is not None and row["relation"] in (*_UPWARD, *_DOWNWARD):
        over = float(row["planned"] - row["value"])
        return over if row["relation"] in _UPWARD else -over
    return None if row["shortfall"] is None else 0.0 - row["shortfall"]


def _inputs(make: SheetWriter, section: str, record: str, spec: Mapping[str, Any]) -> Iterator[_Line]:
    """Every key of a record that its rows follow from."""
    for key, given in spec.items():
        if key not in _NOT_INPUTS:
            yield from _figure(make, f"[{section}.{record}] {key}", given, spec, key)


def _figure(
    make: SheetWriter,
    address: str,
    given: Any,  # noqa: ANN401 (whatever TOML holds)
    spec: Mapping[str, Any],
    key: str = "",
) -> Iterator[_Line]:
    """Lines of what stands at an address: one, or one for each figure in it."""
    if isinstance(given, Mapping) and "value" in given:
        low, high = (None if given.get(end) is None else float(given[end]) for end in ("low", "high"))
        source = basis(make, given, spec)
        yield _input(make, address, float(given["value"]), source, low, high)
    elif isinstance(given, Mapping):
        for part, inside in given.items():
            yield from _figure(make, f"{address} {part}", inside, spec, part)
    else:
        yield _input(make, address, _value(make, key, given), basis(make, {}, spec))


def _input(
    make: SheetWriter, address: str, value: Value, source: str, low: Value = None, high: Value = None
) -> _Line:
    """One line; an input that is not of the group's own record is named with its record."""
    name = input_name(make, address)
    if not address.startswith(_OWN):
        name = f"{record_name(make, address)} {name}".strip()
    first = make.words("audit_input")
    return _Line(first, name=name, value=value, low=low, high=high, source=source, address=address)


def _value(make: SheetWriter, key: str, given: object) -> Value:
    """Write what TOML holds: numbers as numbers, words and lists by their names."""
    if isinstance(given, bool):
        return make.words("yes" if given else "no")
    if isinstance(given, list):
        return input_list(make, key, given)
    if isinstance(given, str):
        return input_text(make, key, given)
    return float(given)  # type: ignore[arg-type]  # (int or Decimal)


def _target_inputs(make: SheetWriter, spec: Mapping[str, Any], rows: pl.DataFrame) -> Iterator[_Line]:
    """Baselines of the places and effects that a target's planned values follow from."""
    indicator, scenario = spec["indicator"], make.run.scenario
    columns = _BASELINES.get(indicator, (f"base_{indicator}",))
    known = [column for column in columns if column in make.run.places.columns]
    cells = {row["id"]: row for row in make.run.places.select("id", *known).iter_rows(named=True)}
    for place in rows["place_id"].unique(maintain_order=True):
        for column in known:
            if cells[place][column] is not None:
                figure = scenario.get("place", {}).get(place, {}).get(column, cells[place][column])
                yield from _cell(make, f"[place.{place}] {column}", figure)
    for record, effect in scenario.get("effect", {}).items():
        if indicator in moved_by(effect) and effect.get("enabled", True):
            yield from _inputs(make, "effect", record, effect)


def moved_by(effect: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of the indicators that an effect moves."""
    if effect["kind"] == "asset_yield":
        return ("income", "collective_income")
    if effect["kind"] == "jobs":
        return ("income", "posts")
    return (effect.get("indicator", "income"),)


def _cell(make: SheetWriter, name: str, figure: Any) -> Iterator[_Line]:  # noqa: ANN401
    """A cell of places.csv, or the figure that TOML put there."""
    yield from _figure(make, name, float(figure) if isinstance(figure, str) else figure, {})
