"""The screen of an evaluated plan: what it breaks, what it reaches, and how far it is from the best one."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from zxsim.errors import Message
from zxsim.optimize.plan import Plan
from zxsim.report.labels import LABELS
from zxsim.report.tables import rule_kinds
from zxsim.report.terminal import PlanScreen, side
from zxsim.report.wording import sentence
from zxsim.runs.evaluate import Evaluated
from zxsim.runs.scores import Distance
from zxsim.runs.tables import missed, rules

MOST_BROKEN = 20
TIE_BREAKING = ("order", "unique")
"""Stages that only make a plan unique: never shown as results."""


class EvaluatedScreen(PlanScreen):
    """Prints the scores of a plan in one language."""

    def show(self, found: Evaluated, warnings: Sequence[Message] = ()) -> None:
        """Print the summary of an evaluation."""
        self._found, self._warnings = found, warnings
        self.plan(found.plan)
        if found.distance is not None:
            self._distance(found.distance)
        for message in found.no_optimum:
            self._console.print(sentence(message, self._language), markup=False, soft_wrap=True)

    def _sure(self, plan: Plan) -> str:
        del plan
        count = len(self._found.broken)
        return self._aside(self._label("broken_count", count=count) if count else self._label("all_kept"))

    def _rules(self, plan: Plan) -> None:
        self._broken(self._found.broken)
        soft = missed(rules(plan))
        if len(soft):
            self._console.print(self._label("rules_missed", count=len(soft)), markup=False)
            self._rule_rows(plan, soft, ("missing", "tier"))

    def _broken(self, broken: pl.DataFrame) -> None:
        """Print the hard rules that are broken, those with most clauses first."""
        if not len(broken):
            self._line("rules", self._label("hard_rules_kept"))
            return
        self._line("rules", self._label("hard_rules_broken", count=len(broken)))
        keys = ("rule", "clause", "project_id", "scope", "year", "actual", "", "required", "missing", "cell")
        numbers = ("actual", "required", "missing")
        table = self._table(*((self._label(key) if key else "", key in numbers) for key in keys))
        for row in broken.head(MOST_BROKEN).iter_rows(named=True):
            table.add_row(*self._broken_row(row))
        self._console.print(table)
        self._more(len(broken) - MOST_BROKEN, "broken")

    def _broken_row(self, row: dict[str, Any]) -> list[str]:
        years = "–".join(str(row[key]) for key in ("since", "year") if row[key] is not None)
        other = f" ↔ {row['other']}" if row["other"] else ""
        return [
            self._name_of(row),
            row["clause"],
            row["project_id"] + other,
            self._place(self._found.plan, row["scope"]),
            years,
            side(row, row["lhs"]),
            row["relation"],
            side(row, row["rhs"]),
            side(row, row["missing"]),
            row["cell"],
        ]

    def _name_of(self, row: dict[str, Any]) -> str:
        """Name of a rule, of a fund, or of a fact with the fund that it is about."""
        spec = self._found.plan.loaded.spec
        kind = rule_kinds(self._language).get(row["kind"], "")
        if row["rule"] in spec.rule:
            return spec.rule[row["rule"]].label or row["rule"]
        fund = row["fund_id"] or row["rule"]
        named = f" {spec.fund[fund].label or fund}" if fund in spec.fund else ""
        key = f"broken_{row['kind']}"
        return (self._label(key) if key in LABELS else kind) + named

    def _distance(self, distance: Distance) -> None:
        """Print each stage beside that of the best plan, and the money that is placed elsewhere."""
        keys = ("stage_name", "this_plan", "best_plan")
        table = self._table(*((self._label(key), key != "stage_name") for key in keys))
        for name, here, best in distance.stages:
            if name not in TIE_BREAKING:
                table.add_row(self._label(name), f"{here:,.6g}", f"{best:,.6g}")
        self._console.print(table)
        self._say("distance", benefit=distance.benefit, moved=distance.moved_wan, share=100 * distance.share)

    def _notes(self, plan: Plan) -> None:
        super()._notes(plan)
        for message in self._warnings:
            self._console.print(f"  · {sentence(message, self._language)}", markup=False, soft_wrap=True)
