"""The table of hard rules that a plan breaks, on the screen."""

from typing import Any

import polars as pl

from zxsim.optimize.plan import Plan
from zxsim.report.labels import LABELS
from zxsim.report.rule_sheets import asks_above_all, years_of
from zxsim.report.tables import rule_kinds
from zxsim.report.terminal import PlanScreen, side

MOST_BROKEN = 20


class BrokenScreen(PlanScreen):
    """Prints what a plan breaks."""

    def benefit_beside_best(self, less: float) -> str:
        """Say how much less benefit a plan has than the best one; a plan may have more that misses more."""
        shown = round(less, 2)
        key = "benefit_less" if shown > 0 else "benefit_more" if shown < 0 else "benefit_same"
        return self._label(key, benefit=abs(shown))

    def broken_rows(self, plan: Plan, broken: pl.DataFrame) -> None:
        """Print the first rows of :data:`zxsim.runs.broken.SCHEMA`; columns that say nothing are left out."""
        keys = ("rule", "clause", "project_id", "scope", "year", "actual", "", "required", "short_by", "cell")
        numbers = ("actual", "required", "short_by")
        rows = [self._broken_row(plan, row) for row in broken.head(MOST_BROKEN).iter_rows(named=True)]
        used = [at for at in range(len(keys)) if any(row[at] for row in rows)]
        headings = [(self._label(keys[at]) if keys[at] else "", keys[at] in numbers) for at in used]
        table = self._table(*headings)
        for row in rows:
            table.add_row(*(row[at] for at in used))
        self._console.print(table)
        self._more(len(broken) - MOST_BROKEN, "broken")
        if asks_above_all(broken):
            self._say("share_above_all")

    def _broken_row(self, plan: Plan, row: dict[str, Any]) -> list[str]:
        other = f" ↔ {row['other_project']}" if row["other_project"] else ""
        return [
            self._broken_name(plan, row),
            row["clause"],
            row["project_id"] + other,
            self._place(plan, row["scope"]),
            years_of(row),
            side(row, row["lhs"]),
            row["relation"],
            side(row, row["rhs"]),
            side(row, row["missing"]),
            row["cell"],
        ]

    def _broken_name(self, plan: Plan, row: dict[str, Any]) -> str:
        """Name of a rule, of a fund, or of a fact with the fund that it is about."""
        spec = plan.loaded.spec
        if row["rule"] in spec.rule:
            return spec.rule[row["rule"]].label or row["rule"]
        key = f"broken_{row['kind']}"
        kind = self._label(key) if key in LABELS else rule_kinds(self._language)[row["kind"]]
        fund = row["fund_id"] or row["rule"]
        return f"{kind} {spec.fund[fund].label or fund}" if fund in spec.fund else kind
