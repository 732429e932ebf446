"""From a plan to its tables; every printed value is worked out anew from the rounded money."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from zxsim.core.blocks import RowBlock
from zxsim.core.layout import IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.optimize.build import each_rule_block
from zxsim.optimize.plan import Plan
from zxsim.optimize.targets import TargetRows
from zxsim.runs.explained import explanations
from zxsim.runs.once import once_a_plan
from zxsim.runs.states import MET, MET_WITHIN_UNIT, MISSED, OUT_OF_REACH
from zxsim.schema.layout import excluded_projects


def all_tables(plan: Plan) -> Mapping[str, pl.DataFrame]:
    """Every table of a run by name."""
    loaded = plan.loaded
    return {
        "allocation": allocation(plan),
        **roll_ups(plan),
        "rules": rules(plan),
        "targets": targets(plan),
        "excluded": excluded(plan),
        **explanations(plan),
        "assumptions": pl.DataFrame(
            [vars(a) for a in loaded.assumptions],
            schema=dict.fromkeys(("address", "value", "low", "high", "source"), pl.String),
        ),
        "changes": pl.DataFrame(
            [vars(c) for c in loaded.changes],
            schema=dict.fromkeys(("file", "record", "column", "given", "used"), pl.String),
        ),
    }


def _texts(words: Sequence[str], at: IntArray) -> pl.Series:
    return pl.Series(words, dtype=pl.String).gather(at)


def allocation(plan: Plan) -> pl.DataFrame:
    """One row a project, place, fund and year with money; sorted by these."""
    layout = plan.loaded.layout
    at = np.flatnonzero(plan.units)
    project = layout.column_project[at]
    return pl.DataFrame(
        {
            "project_id": _texts(layout.project_ids, project),
            "place_id": _texts(layout.places.ids, layout.column_place[at]),
            "category": layout.projects["category"].gather(project),
            "fund_id": _texts([fund.fund_id for fund in layout.funds], layout.column_fund[at]),
            "year": layout.years[layout.column_year[at]],
            "amount_wan": plan.units[at] / UNITS_PER_WAN,
        }
    )


@once_a_plan
def roll_ups(plan: Plan) -> Mapping[str, pl.DataFrame]:
    """Sums by place (itself and all below), category, fund and year."""
    layout, at = plan.loaded.layout, np.flatnonzero(plan.units)
    project = layout.part_project[layout.column_part[at]]
    columns = pl.DataFrame(
        {
            "place": layout.part_place[layout.column_part[at]],
            "fund": layout.column_fund[at],
            "year": layout.years[layout.column_year[at]],
            "units": plan.units[at],
        }
    )
    by_category = columns.with_columns(
        category=layout.projects["category"].gather(project),
        subcategory=layout.projects["subcategory"].fill_null("").gather(project),
    )
    return {
        "by_place": _by_place(columns, layout),
        "by_category": _summed(by_category, ["category", "subcategory", "year"]),
        "by_fund": _by_fund(columns, layout),
        "by_year": _by_year(columns, layout),
    }


def _summed(frame: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    sums = frame.group_by(keys).agg(pl.col("units").sum()).sort(keys)
    return sums.select(*keys, (pl.col("units") / UNITS_PER_WAN).alias("amount_wan"))


def _by_place(columns: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """Carry the money of each place up to every place that it lies in."""
    sums = columns.group_by("place", "year").agg(pl.col("units").sum())
    parts, place = [], sums["place"].to_numpy()
    while (inside := place >= 0).any():
        parts.append(sums.filter(inside).with_columns(place=place[inside]))
        sums, place = parts[-1], layout.places.parent[place[inside]]
    joined = pl.concat(parts) if parts else sums
    named = joined.with_columns(
        place_id=_texts(layout.places.ids, joined["place"].to_numpy()),
        level=_texts(layout.places.levels, joined["place"].to_numpy()),
    )
    return _summed(named, ["place_id", "level", "year"])


def _by_fund(columns: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    held = np.array([fund.total for fund in layout.funds]).reshape(len(layout.funds), len(layout.years))
    spent = np.zeros_like(held)
    np.add.at(
        spent,
        (columns["fund"].to_numpy(), columns["year"].to_numpy() - layout.years[0]),
        columns["units"].to_numpy(),
    )
    fund, year = np.nonzero(held + spent)  # money carried over is spent in years without money
    return _against_held(
        {"fund_id": _texts([f.fund_id for f in layout.funds], fund), "year": layout.years[year]},
        spent[fund, year],
        held[fund, year],
    )


def _by_year(columns: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    held = np.sum([fund.total for fund in layout.funds], axis=0)
    spent = np.zeros(len(layout.years), dtype=np.int64)
    np.add.at(spent, columns["year"].to_numpy() - layout.years[0], columns["units"].to_numpy())
    shown = np.flatnonzero(held + spent)
    return _against_held({"year": layout.years[shown]}, spent[shown], held[shown])


def _against_held(keys: Mapping[str, object], spent: IntArray, held: IntArray) -> pl.DataFrame:
    return pl.DataFrame(
        {
            **keys,
            "amount_wan": spent / UNITS_PER_WAN,
            "available_wan": held / UNITS_PER_WAN,
            "left_wan": (held - spent) / UNITS_PER_WAN,
        }
    )


DIGITS = 12
"""Digits behind the point of shares in tables: what lies behind is floating-point noise."""

RULE_SCHEMA = {
    "rule": pl.String,
    "kind": pl.String,
    "clause": pl.String,
    "scope": pl.String,
    "year": pl.Int64,
    "since": pl.Int64,
    "lhs": pl.Float64,
    "relation": pl.String,
    "rhs": pl.Float64,
    "slack": pl.Float64,
    "binding": pl.Boolean,
    "unit": pl.String,
    "numerator": pl.String,
    "denominator": pl.String,
    "tier": pl.Int64,
}


@once_a_plan
def rules(plan: Plan) -> pl.DataFrame:
    """One row for each row of a budget or rule; ``tier`` is null where it must be kept."""
    layout = plan.loaded.layout
    blocks = each_rule_block(plan.loaded.spec, layout)  # fund by fund; the model knows classes of funds
    frames = [rule_frame(block, plan.units, layout) for block in blocks if len(block)]
    return pl.concat(frames) if frames else pl.DataFrame(schema=RULE_SCHEMA)


def missed(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of soft rules that a plan does not keep."""
    return rows.filter(pl.col("tier").is_not_null() & (pl.col("slack") < 0))


def rule_frame(block: RowBlock, units: IntArray, layout: Layout) -> pl.DataFrame:
    """Rows of one block under a plan of units a money column, as in :data:`RULE_SCHEMA`."""
    count, sides = len(block), block.sides(units)
    ids = pl.Series([*layout.places.ids, ""], dtype=pl.String)
    return pl.DataFrame(
        {
            "rule": [block.rule] * count,
            "kind": [block.kind] * count,
            "clause": [block.clause] * count,
            "scope": ids.gather(np.where(block.place >= 0, block.place, len(layout.places))),
            "year": pl.Series(block.year, dtype=pl.Int64).replace(0, None),
            "since": pl.Series(block.since, dtype=pl.Int64).replace(0, None),
            "lhs": sides.left,
            "relation": [block.relation] * count,
            "rhs": sides.right,
            "slack": sides.slack,
            "binding": sides.binding,
            "unit": [block.unit] * count,
            "numerator": [block.numerator] * count,
            "denominator": [block.denominator] * count,
            "tier": [block.soft.tier if block.soft else None] * count,
        },
        schema=RULE_SCHEMA,
    ).with_columns(
        pl.col("lhs", "slack").fill_nan(None).round(DIGITS),  # no share where nothing was spent
        pl.col("rhs").round(DIGITS),
    )


TARGET_SCHEMA = {
    "target": pl.String,
    "clause": pl.String,
    "indicator": pl.String,
    "tier": pl.Int64,
    "place_id": pl.String,
    "year": pl.Int64,
    "relation": pl.String,
    "value": pl.Float64,
    "upper": pl.Float64,
    "planned": pl.Float64,
    "shortfall": pl.Float64,
    "unavoidable": pl.Float64,
    "state": pl.String,
    "basis": pl.String,
    "baseline": pl.Float64,
    "trend": pl.Float64,
    "plan": pl.Float64,
}


@once_a_plan
def targets(plan: Plan) -> pl.DataFrame:
    """One row a target, place and year: what is planned and where it comes from."""
    pairs = zip(plan.model.targets, plan.model.target_columns, strict=True)
    frames = [_target_frame(rows, columns, plan) for rows, columns in pairs]
    return pl.concat(frames) if frames else pl.DataFrame(schema=TARGET_SCHEMA)


def _target_frame(rows: TargetRows, columns: IntArray, plan: Plan) -> pl.DataFrame:
    layout, spec = plan.loaded.layout, plan.loaded.spec.target[rows.target_id]
    paid = plan.model.payments.amounts(plan.class_units / UNITS_PER_WAN)
    gap, level = rows.gap(paid), rows.level_of(paid)
    state = np.where(gap <= 0, MET, np.where(gap <= rows.step * (1 + 1e-9), MET_WITHIN_UNIT, MISSED))
    count = len(gap)
    unavoidable = plan.chain.unavoidable[columns].reshape(-1, count).sum(axis=0) * rows.form.scale
    state = np.where((state == MISSED) & (unavoidable > 0), OUT_OF_REACH, state)
    unavoidable = rows.shown(unavoidable, paid)
    assumed = plan.loaded.spec.illustrative or bool(plan.loaded.assumptions)
    return pl.DataFrame(
        {
            "target": [rows.target_id] * count,
            "clause": [spec.clause] * count,
            "indicator": [spec.indicator] * count,
            "tier": [spec.tier] * count,
            "place_id": _texts(layout.places.ids, rows.place),
            "year": layout.years[rows.year],
            "relation": [rows.relation] * count,
            "value": np.full(count, rows.value),
            "upper": [rows.upper_value] * count,
            "planned": rows.planned(paid),
            "shortfall": rows.missing(paid),
            "unavoidable": pl.Series(unavoidable).replace(0.0, None),
            "state": state,
            "basis": ["assumed" if assumed else "published"] * count,
            "baseline": rows.start,
            "trend": rows.without_plan - rows.start,
            "plan": level - rows.without_plan,
        },
        schema=TARGET_SCHEMA,
    ).with_columns(pl.col("planned").fill_nan(None))  # no ratio to nothing


def excluded(plan: Plan) -> pl.DataFrame:
    """Projects that an eligibility rule keeps from a fund, with the rule as the reason."""
    loaded = plan.loaded
    frames = [
        loaded.layout.projects.filter(pl.Series(projects)).select(
            pl.col("id").alias("project_id"),
            fund_id=pl.lit(fund_id),
            rule=pl.lit(rule_id),
            clause=pl.lit(loaded.spec.rule[rule_id].clause),
        )
        for fund_id, barred in excluded_projects(loaded.spec, loaded.layout).items()
        for rule_id, projects in barred.items()
    ]
    schema = dict.fromkeys(("project_id", "fund_id", "rule", "clause"), pl.String)
    return pl.concat([pl.DataFrame(schema=schema), *frames])
