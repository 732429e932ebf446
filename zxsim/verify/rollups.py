"""Check 5: the sums by place, category, fund and year, and the totals of run.json."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.errors import Message
from zxsim.verify.compare import MONEY_TOLERANCE, Shape, same_number
from zxsim.verify.findings import finding
from zxsim.verify.inputs import Inputs
from zxsim.verify.plan import Plan

MANIFEST = "run.json"
_HELD = ("amount_wan", "available_wan", "left_wan")

BY_PLACE = Shape("by_place.csv", ("place_id", "level", "year"), ("amount_wan",), pl.lit(value=True))
BY_CATEGORY = Shape(
    "by_category.csv", ("category", "subcategory", "year"), ("amount_wan",), pl.lit(value=True)
)
BY_FUND = Shape("by_fund.csv", ("fund_id", "year"), _HELD, pl.lit(value=True))
BY_YEAR = Shape("by_year.csv", ("year",), _HELD, pl.lit(value=True))


def by_place(plan: Plan, inputs: Inputs) -> pl.DataFrame:
    """Money of each place, itself and all below it, by year."""
    levels = inputs.places.table.select(pl.col("id").alias("place_id"), "level")
    own = plan.rows.group_by("place_id", "year").agg(pl.col("units").sum())
    carried = plan.carried_up(own).drop("place_id").rename({"within": "place_id"})
    return _summed(carried.join(levels, on="place_id"), BY_PLACE)


def by_category(plan: Plan) -> pl.DataFrame:
    """Money of each category and second level by year."""
    return _summed(plan.rows, BY_CATEGORY)


def by_fund(plan: Plan, inputs: Inputs) -> pl.DataFrame:
    """Money spent, held and left of each fund by year in which it holds or spends any."""
    spent = {(fund, year): units for fund, year, units in _sums(plan, "fund_id", "year")}
    rows = [
        (fund_id, str(year), *_against(spent.get((fund_id, year), 0), fund.total(year)))
        for fund_id, fund in inputs.funds.items()
        for year in inputs.years
        if fund.total(year) or spent.get((fund_id, year))
    ]
    return _frame(rows, BY_FUND)


def by_year(plan: Plan, inputs: Inputs) -> pl.DataFrame:
    """Money spent, held and left of all funds by year in which they hold or spend any."""
    spent = dict(_sums(plan, "year"))
    held = {year: sum(fund.total(year) for fund in inputs.funds.values()) for year in inputs.years}
    rows = [
        (str(year), *_against(spent.get(year, 0), units))
        for year, units in held.items()
        if units or spent.get(year)
    ]
    return _frame(rows, BY_YEAR)


def check_totals(
    manifest: Mapping[str, Any], plan: Plan, inputs: Inputs, benefit: float | None
) -> list[Message]:
    """Compare the totals of run.json; ``benefit`` is ``None`` where it could not be worked out."""
    spent = int(plan.rows["units"].sum()) / UNITS_PER_WAN
    held = sum(fund.total(year) for fund in inputs.funds.values() for year in inputs.years) / UNITS_PER_WAN
    findings = []
    for key, expected in (("spent_wan", spent), ("available_wan", held), ("benefit", benefit)):
        given = manifest.get(key)
        is_number = isinstance(given, int | float) and not isinstance(given, bool)
        if expected is None or (is_number and _same(key, float(given or 0), expected)):
            continue
        shown = "" if given is None else given
        findings.append(finding("verify_figure", expected, shown, file=MANIFEST, address=key))
    return findings


def _same(key: str, found: float, expected: float) -> bool:
    if key == "benefit":
        return same_number(found, expected)
    return abs(found - expected) <= MONEY_TOLERANCE


def _sums(plan: Plan, *keys: str) -> list[tuple[Any, ...]]:
    return plan.rows.group_by(keys).agg(pl.col("units").sum()).rows()


def _summed(rows: pl.DataFrame, shape: Shape) -> pl.DataFrame:
    amount = (pl.col("units").sum() / UNITS_PER_WAN).alias("amount_wan")
    return rows.group_by(shape.keys).agg(amount).cast({"year": pl.String}).sort(shape.keys)


def _against(spent: int, held: int) -> tuple[float, float, float]:
    return spent / UNITS_PER_WAN, held / UNITS_PER_WAN, (held - spent) / UNITS_PER_WAN


def _frame(rows: list[tuple[Any, ...]], shape: Shape) -> pl.DataFrame:
    schema = dict.fromkeys(shape.keys, pl.String) | dict.fromkeys(shape.numbers, pl.Float64)
    return pl.DataFrame(rows, schema=schema, orient="row")
