"""Eligibility: the funds of the rule pay only projects whose columns hold the stated values."""

import polars as pl

from zxsim.verify.findings import row_findings
from zxsim.verify.inputs import Inputs, Record, in_categories
from zxsim.verify.judged import Verdict, scope_of
from zxsim.verify.plan import Plan

EXCLUDED_SCHEMA = dict.fromkeys(("project_id", "fund_id", "rule", "clause"), pl.String)


def check(rule_id: str, rule: Record, inputs: Inputs, plan: Plan) -> Verdict:
    """Find money of the rule's funds and years on projects that it keeps out."""
    del rule_id
    scope = scope_of(rule, inputs)
    paid = plan.of(funds=scope.funds, years=scope.years, projects=barred(rule, inputs))
    conditions = [f"{column} = {'; '.join(values)}" for column, values in rule["where"].items()]
    asked = [column for column in rule["where"] if column in inputs.projects.columns]
    facts = inputs.projects.select("project_id", *(pl.col(column).alias(f"is_{column}") for column in asked))
    rows = paid.join(facts, on="project_id", maintain_order="left")
    cells = [pl.format(f"{column} = {{}}", f"is_{column}") for column in asked]
    found = pl.concat_str(cells, separator=", ") if cells else pl.lit("")
    return Verdict(
        findings=row_findings(rows, pl.lit(value=True), "verify_eligibility", ", ".join(conditions), found)
    )


def barred(rule: Record, inputs: Inputs) -> list[str]:
    """Ids of the projects that a rule keeps out: a cell that is empty or not among its values."""
    passes = pl.lit(value=True)
    for column, values in rule["where"].items():
        allowed = [value for value in values if value]
        passes &= pl.col(column).is_in(allowed) if column in inputs.projects.columns else pl.lit(value=False)
    judged = in_categories(rule["categories"]) if "categories" in rule else pl.lit(value=True)
    if "places" in rule:
        inside = pl.col("place_id").is_in(list(inputs.places.inside(rule["places"])))
        judged &= pl.col("project_id").is_in(inputs.parts.filter(inside)["project_id"].to_list())
    return inputs.projects.filter(judged & ~passes)["project_id"].to_list()


def excluded(inputs: Inputs) -> pl.DataFrame:
    """Rows that excluded.csv should have: project and fund, with the rule that keeps them apart."""
    rows = [
        (project, fund, rule_id, rule.get("clause", ""))
        for rule_id, rule in inputs.rules.items()
        if rule["kind"] == "eligibility"
        for fund in scope_of(rule, inputs).funds
        for project in barred(rule, inputs)
    ]
    return pl.DataFrame(rows, schema=EXCLUDED_SCHEMA, orient="row")
