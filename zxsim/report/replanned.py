"""The screen of a nearest plan: what changes and why, what staying put would cost, what the best one has."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from zxsim.errors import Message
from zxsim.optimize.plan import Plan
from zxsim.report.broken_rows import BrokenScreen
from zxsim.report.evaluated import TIE_BREAKING
from zxsim.report.wording import sentence
from zxsim.runs.states import MISSED
from zxsim.runs.tables import targets
from zxsim.whatif.replan import Replanned

MOST_PROJECTS = 20


class ReplannedScreen(BrokenScreen):
    """Prints a nearest plan in one language."""

    def show(self, found: Replanned, warnings: Sequence[Message] = ()) -> None:
        """Print the summary of a nearest plan."""
        self._warnings = warnings
        self.plan(found.plan)
        self._changes(found)
        self._staying(found)
        self._stages(found)

    def _notes(self, plan: Plan) -> None:
        super()._notes(plan)
        for message in self._warnings:
            self._console.print(f"  · {sentence(message, self._language)}", markup=False, soft_wrap=True)

    def _sure(self, plan: Plan) -> str:
        nearest = self._aside(self._label("nearest_sure"))
        return nearest + super()._sure(plan) if plan.status == "feasible" else nearest

    def _changes(self, found: Replanned) -> None:
        """Print before, after and why, project by project, the largest changes first."""
        changes = found.changes
        if not len(changes):
            self._line("replan_changes", self._label("replan_nothing"))
            return
        shown = by_project(changes)
        self._line("replan_changes", self._label("replan_moved", moved=found.moved_wan, count=len(shown)))
        texts = ("replan_project", "replan_name", "year")
        figures = ("replan_before", "replan_after", "replan_change")
        table = self._table(
            *((self._label(key), False) for key in texts),
            *((self._label(key), True) for key in figures),
            (self._label("replan_reason"), False),
        )
        projects = found.plan.loaded.projects
        names = dict(projects.select("id", "name").iter_rows())
        for row in shown.head(MOST_PROJECTS).iter_rows(named=True):
            table.add_row(
                row["project_id"],
                names.get(row["project_id"], ""),
                ("、" if self._language == "zh" else ", ").join(map(str, row["years"])),
                *(f"{row[key]:,.2f}" for key in ("before_wan", "after_wan")),
                f"{row['change_wan']:+,.2f}",
                self._why(found.plan, row["why"]),
            )
        table.columns[-1].overflow = "fold"  # a name is long, and it is what the planner asks for
        self._console.print(table)
        self._more(len(shown) - MOST_PROJECTS, "plan_changes")

    def _why(self, plan: Plan, reasons: Sequence[dict[str, Any]]) -> str:
        """Say each reason once, a rule or fund by its name and clause."""
        spec, words = plan.loaded.spec, []
        for one in reasons:
            text = self._label(one["reason"])
            record = spec.rule.get(one["rule"]) or spec.fund.get(one["rule"])
            if record is not None:
                named = " ".join(filter(None, (one["clause"], record.label or one["rule"])))
                text = f"{text}{self._colon}{named}"
            words.append(text)
        return ("；" if self._language == "zh" else "; ").join(dict.fromkeys(words))

    def _staying(self, found: Replanned) -> None:
        """Print what the approved plan would break and miss if it stayed as it is."""
        staying = found.staying
        if staying.kept:
            self._line("staying", self._label("all_kept"))
        else:
            self._line("staying", self._label("broken_count", count=len(staying.broken)))
            self.broken_rows(staying.plan, staying.broken)
        counts = [_missed(plan) for plan in (staying.plan, found.plan, found.scores.plan)]
        if counts[0] or counts[1]:
            self._say("staying_missed", staying=counts[0], nearest=counts[1])

    def _stages(self, found: Replanned) -> None:
        """Print each stage of the approved plan, the nearest and the best one."""
        nearest, staying = found.scores.distance, found.staying.distance
        assert nearest is not None
        assert staying is not None
        keys = ("stage_name", "staying_plan", "nearest_plan", "best_plan")
        table = self._table(*((self._label(key), key != "stage_name") for key in keys))
        for (name, there, _), (_, here, best) in zip(staying.stages, nearest.stages, strict=True):
            if name not in TIE_BREAKING:
                table.add_row(self._label(name), f"{there:,.6g}", f"{here:,.6g}", f"{best:,.6g}")
        self._console.print(table)
        self._say("benefit_given_up", benefit=self.benefit_beside_best(found.benefit_given_up))


def by_project(changes: pl.DataFrame) -> pl.DataFrame:
    """Sums of the changed cells of each project, its years and reasons, the largest changes first."""
    return (
        changes.group_by("project_id", maintain_order=True)
        .agg(
            pl.col("before_wan", "after_wan", "change_wan").sum().round(2),
            pl.col("change_wan").abs().sum().alias("moved"),
            pl.col("year").drop_nulls().unique().sort().alias("years"),
            pl.struct("reason", "rule", "clause").unique(maintain_order=True).alias("why"),
        )
        .sort("moved", descending=True, maintain_order=True)
    )


def _missed(plan: Plan) -> int:
    return int((targets(plan)["state"] == MISSED).sum())
