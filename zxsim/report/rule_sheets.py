"""Sheets of a workbook about money by category, rules, targets and what a clause costs."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from zxsim.core.spec import kind_of
from zxsim.exporters.sheet import Chart, Column, Format, Kind, Sheet, Value
from zxsim.report.labels import LABELS
from zxsim.report.plain_sheets import SheetWriter
from zxsim.report.tables import rule_kinds
from zxsim.rules.category_share import CategoryShare
from zxsim.rules.rising_share import RisingShare
from zxsim.schema.scenario import CATEGORIES
from zxsim.schema.target import AMOUNTS, RATES

UNIT_FORMATS: Mapping[str, Format] = {"wan": "money", "share": "share", "count": "count", "yuan": "money"}
_SHARE_RULES = (kind_of(RisingShare), kind_of(CategoryShare))
_MOST_CHARTS = 4
_TIER = "tier"

Row = tuple[Kind, str, str, list[Value], Format]


def by_category(make: SheetWriter) -> Sheet:
    """Money by category and second level, and the share rules beside what was planned, with charts."""
    years, rows = make.run.years, _category_rows(make)
    names = [at for at, row in enumerate(rows) if row[0] is Kind.SUBTOTAL]
    rows += _total_rows(make)
    charts = (
        [Chart(make.words("chart_money"), "stacked", names, (2, 1 + len(years)), "money")] if names else []
    )
    shares = _share_rows(make)
    if shares:
        rows.append((Kind.GROUP, make.words("shares_against_rules"), "", [None] * (len(years) + 1), "text"))
    for rule, pair in shares[:]:
        if len(charts) <= _MOST_CHARTS:
            title = make.words("chart_share", rule=rule)
            charts.insert(
                len(charts) - 1, Chart(title, "line", [len(rows), len(rows) + 1], (2, 1 + len(years)))
            )
        rows += pair
    values = list(zip(*(row[3] for row in rows), strict=True))
    formats = [row[4] for row in rows]
    columns = [
        Column(make.words("category"), [row[1] for row in rows], 34),
        Column(make.words("subcategory"), [row[2] for row in rows], 24),
        *(
            Column(heading, values[at], 14, format="money", formats=formats, added=True)
            for at, heading in enumerate([*map(str, years), make.words("all_years")])
        ),
    ]
    return make.sheet("sheet_by_category", columns, [row[0] for row in rows], charts=charts, frozen=2)


def _category_rows(make: SheetWriter) -> list[Row]:
    """A row of sums for each category, and below it one for each second level."""
    table, years = make.run.table("by_category"), make.run.years
    rows: list[Row] = []
    for category in CATEGORIES:
        inside = table.filter(pl.col("category") == category)
        if not len(inside):
            continue
        rows.append((Kind.SUBTOTAL, category, "", _by_year(inside, years), "money"))
        rows += [
            (Kind.PLAIN, "", second, _by_year(inside.filter(pl.col("subcategory") == second), years), "part")
            for second in inside["subcategory"].unique(maintain_order=True)
            if second
        ]
    return rows


def _total_rows(make: SheetWriter) -> list[Row]:
    table, years = make.run.table("by_year"), make.run.years
    named = (("all_years", "amount_wan"), ("available", "available_wan"), ("left", "left_wan"))
    return [
        (Kind.TOTAL if at == 0 else Kind.PLAIN, make.words(key), "", _by_year(table, years, column), "money")
        for at, (key, column) in enumerate(named)
    ]


def _by_year(frame: pl.DataFrame, years: Sequence[int], column: str = "amount_wan") -> list[Value]:
    """Sums by year and in all, in whole units of 0.01."""
    sums = dict(frame.group_by("year").agg((pl.col(column) * 100).round().sum()).iter_rows())
    cells: list[Value] = [sums.get(year, 0) / 100 for year in years]
    return [*cells, sum(sums.values()) / 100]


def _share_rows(make: SheetWriter) -> list[tuple[str, list[Row]]]:
    """For each share rule over all places: its name, what was planned and what was asked, by year."""
    table = make.run.table("rules").filter(
        pl.col("kind").is_in(_SHARE_RULES) & (pl.col("scope") == "") & pl.col("year").is_not_null()
    )
    found = []
    for (rule, relation), rows in table.group_by("rule", "relation", maintain_order=True):
        name = make.label_of(str(rule))
        pair: list[Row] = []
        for key, side in (("share_actual", "lhs"), ("share_required", "rhs")):
            cells: dict[int, Value] = dict(rows.select("year", side).iter_rows())
            values = [cells.get(year) for year in make.run.years]
            text = make.words(key, rule=name, relation=relation)
            pair.append((Kind.PLAIN, text, "", [*values, None], "share"))
        found.append((name, pair))
    return found


def rules(make: SheetWriter) -> Sheet:
    """Every row of every rule: left, right, slack, and whether it is at its limit."""
    frame = make.run.table("rules")
    formats = [UNIT_FORMATS.get(unit, "number") for unit in frame["unit"]]
    rows = list(frame.iter_rows(named=True))
    columns = [
        make.column("clause", frame["clause"].to_list()),
        make.column("rule", [make.label_of(rule) for rule in frame["rule"]]),
        make.column("kind", [kind_words(make, kind) for kind in frame["kind"]]),
        make.column("scope", [make.place(place) for place in frame["scope"]]),
        make.column("year", [years_of(row) for row in rows]),
        make.column("measured", [measured(make, row) for row in rows]),
        make.column("actual", frame["lhs"].to_list(), formats=formats),
        make.column("relation", frame["relation"].to_list()),
        make.column("required", frame["rhs"].to_list(), formats=formats),
        make.column("slack", frame["slack"].to_list(), formats=formats),
        make.column("binding", [make.words("yes" if found else "no") for found in frame["binding"]]),
        make.column("strictness", [_strictness(make, tier) for tier in frame["tier"]]),
    ]
    return make.sheet("sheet_rules", columns, notes=note_on_shares(make, frame), frozen=2)


def asks_above_all(rows: pl.DataFrame) -> bool:
    """Whether a row asks for a share of more than all, as one does after a year that is overspent."""
    asked = (pl.col("unit") == "share") & (pl.col("relation") == ">=") & (pl.col("rhs") > 1)
    return bool(len(rows.filter(asked)))


def note_on_shares(make: SheetWriter, rows: pl.DataFrame) -> list[str]:
    """Explain a share of more than all where one is asked for."""
    return [make.words("share_above_all")] if asks_above_all(rows) else []


def _strictness(make: SheetWriter, tier: int | None) -> str:
    return make.words("hard") if tier is None else make.words(f"tier{tier}")


def sign(relation: str) -> str:
    """Write a relation as it is printed.

    >>> sign(">="), sign("growth <=")
    ('≥', 'growth ≤')
    """
    return relation.replace(">=", "≥").replace("<=", "≤")


def years_of(row: Mapping[str, Any]) -> str:
    """Year of a row, or its years."""
    return "–".join(str(row[key]) for key in ("since", "year") if row[key] is not None)


def measured(make: SheetWriter, row: Mapping[str, Any]) -> str:
    """What is divided by what, or the unit that is added up."""
    if not row["numerator"]:
        return make.words(row["unit"])
    rule = make.run.scenario.get("rule", {}).get(row["rule"], {})
    categories = "、".join(rule.get("categories", ()))
    return f"{make.words(row['numerator'], categories=categories)} / {make.words(row['denominator'])}"


def targets(make: SheetWriter) -> Sheet:
    """Every target, place and year: what is planned and where it comes from."""
    frame = make.run.table("targets")
    rows = list(frame.iter_rows(named=True))
    level, asked = target_formats(rows)
    specs = make.run.scenario.get("target", {})
    columns = [
        make.column("target", [make.run.label("target", name) for name in frame["target"]]),
        make.column("clause", frame["clause"].to_list()),
        make.column("tier", [make.words(f"tier{tier}") for tier in frame["tier"]]),
        make.column("place", [make.place(place) for place in frame["place_id"]]),
        make.column("year", frame["year"].to_list(), "year"),
        make.column("relation", [relation_words(make, relation) for relation in frame["relation"]]),
        *(make.column(key, frame[key].to_list(), formats=asked) for key in ("value", "upper", "planned")),
        *(
            make.column(key, frame[key].to_list(), formats=level)
            for key in ("shortfall", "baseline", "trend", "plan")
        ),
        make.column("state", [make.words(state) for state in frame["state"]]),
        make.column("basis", [make.words(basis) for basis in frame["basis"]]),
        make.column("lead", [specs[name].get("lead", "") for name in frame["target"]]),
    ]
    notes = [make.words(f"{state}_note") for state, known in _NOTES if (frame["state"] == known).any()]
    return make.sheet("sheet_targets", columns, notes=notes, frozen=1)


_NOTES = (("within_unit", "met_within_unit"), ("out_of_reach", "out_of_reach"))


def target_formats(rows: Sequence[Mapping[str, Any]]) -> tuple[list[Format], list[Format]]:
    """How levels of the indicators, and what the relations compare, are shown, row by row."""
    level: list[Format] = ["money" if row["indicator"] in AMOUNTS else "share" for row in rows]
    rates = [row["relation"] in RATES for row in rows]
    return level, ["share" if rate else own for rate, own in zip(rates, level, strict=True)]


def relation_words(make: SheetWriter, relation: str) -> str:
    """Relation in words, or its sign."""
    return make.words(relation) if relation in LABELS else relation


def marginals(make: SheetWriter) -> Sheet:
    """What one step of each clause brings or costs."""
    frame = make.run.table("marginals")
    steps = [_step(step, unit) for step, unit in frame.select("step", "unit").iter_rows()]
    columns = [
        make.column("clause", frame["clause"].to_list()),
        make.column("rule", [make.label_of(rule) for rule in frame["rule"]]),
        make.column("kind", [kind_words(make, kind) for kind in frame["kind"]]),
        make.column("year", frame["year"].to_list(), "year"),
        make.column("step", [step for step, _ in steps], "number"),
        make.column("unit", [make.words(unit) if unit in LABELS else unit for _, unit in steps]),
        make.column("gain_if_loosened", frame["gain_if_loosened"].to_list(), "worth"),
        make.column("gain_in", [worth_in(make, stage) for stage in frame["measured_in"]]),
        make.column("loss_if_tightened", frame["loss_if_tightened"].to_list(), "worth"),
        make.column("loss_in", [worth_in(make, stage) for stage in frame["measured_in_tight"]]),
        make.column("mark", [make.words(mark) if mark in LABELS else mark for mark in frame["mark"]]),
    ]
    return make.sheet("sheet_marginals", columns, frozen=2)


def _step(step: float, unit: str) -> tuple[float, str]:
    """Size of a step and its unit, shares in points."""
    return (round(100 * step, 9), "percentage_points") if unit == "share" else (step, unit)


def worth_in(make: SheetWriter, stage: str) -> str:
    """What a gain or loss is measured in: benefit and money with their unit, or the shortfall of a tier."""
    if not stage:
        return ""
    named = make.words(stage) if stage in LABELS else stage
    if stage.startswith(_TIER):
        return f"{named}{'' if make.language == 'zh' else ' '}{make.words('shortfall')}"
    own = make.run.scenario["benefit"].get("unit", "") if stage == "benefit" else ""
    brackets = "（{}）" if make.language == "zh" else " ({})"
    return named + brackets.format(own or make.words("wan"))


def kind_words(make: SheetWriter, kind: str) -> str:
    """Name of a kind of rule."""
    return rule_kinds(make.language).get(kind, kind)
