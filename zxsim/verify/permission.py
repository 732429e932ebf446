"""Check 2, continued: each fund pays only what, where and when it may."""

from collections.abc import Iterator

import polars as pl

from zxsim.errors import Message
from zxsim.verify.findings import row_findings, some
from zxsim.verify.inputs import Fund, Inputs, in_categories
from zxsim.verify.plan import Plan


def check_permission(plan: Plan, inputs: Inputs) -> list[Message]:
    """Check what funds may pay for, the years of projects, and that nothing forbidden is paid."""
    findings = [*_projects(plan, inputs)]
    for fund_id, fund in inputs.funds.items():
        findings += _fund(plan.of(funds=[fund_id]), fund, inputs)
    return sorted(findings, key=lambda message: message.line)


def _projects(plan: Plan, inputs: Inputs) -> list[Message]:
    facts = inputs.projects.select("project_id", "first_year", "last_year", "forbidden")
    rows = plan.rows.join(facts, on="project_id", how="left", maintain_order="left")
    year = pl.col("year")
    outside = (year < pl.col("first_year")) | (year > pl.col("last_year"))
    window = pl.format("{}-{}", "first_year", "last_year")
    return [
        *row_findings(rows, outside, "verify_window", window, year),
        *row_findings(rows, pl.col("forbidden"), "verify_forbidden", "0", pl.col("project_id")),
    ]


def _fund(rows: pl.DataFrame, fund: Fund, inputs: Inputs) -> Iterator[Message]:
    if fund.where is not None:
        outside = ~pl.col("place_id").is_in(list(inputs.places.inside(fund.where)))
        yield from row_findings(rows, outside, "verify_fund_place", some(fund.where), pl.col("place_id"))
    names = pl.concat_str("category", "subcategory", separator="; ")
    allowed, barred = fund.record.get("categories"), fund.record.get("not_categories")
    if allowed:
        yield from row_findings(rows, ~in_categories(allowed), "verify_fund_category", some(allowed), names)
    if barred:
        without = f"≠ {some(barred)}"
        yield from row_findings(rows, in_categories(barred), "verify_fund_category", without, names)
