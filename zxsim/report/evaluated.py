"""The screen of an evaluated plan: what it breaks, what it reaches, and how far it is from the best one."""

from collections.abc import Sequence

from zxsim.errors import Message
from zxsim.optimize.plan import Plan
from zxsim.report.broken_rows import BrokenScreen
from zxsim.report.wording import sentence
from zxsim.runs.evaluate import Evaluated
from zxsim.runs.scores import Distance
from zxsim.runs.tables import missed, rules

TIE_BREAKING = ("order", "unique")
"""Stages that only make a plan unique: never shown as results."""


class EvaluatedScreen(BrokenScreen):
    """Prints the scores of a plan in one language."""

    def show(self, found: Evaluated, warnings: Sequence[Message] = ()) -> None:
        """Print the summary of an evaluation."""
        self._found, self._warnings = found, warnings
        self.plan(found.plan)
        if found.distance is not None:
            self._distance(found.distance)
        self._no_optimum(found.no_optimum)

    def _no_optimum(self, reasons: Sequence[Message]) -> None:
        """Say why there is no best plan to compare with; what was written is no failure of the command."""
        if not reasons:
            return
        conflict = reasons[0].code == "infeasible"
        self._say("no_best_plan" if conflict else "best_plan_not_found")
        for message in reasons[1:] if conflict else ():
            self._console.print(sentence(message, self._language), markup=False, soft_wrap=True)

    def _sure(self, plan: Plan) -> str:
        del plan
        count = len(self._found.broken)
        return self._aside(self._label("broken_count", count=count) if count else self._label("all_kept"))

    def _benefit(self, plan: Plan) -> None:
        """Compare with other plans only what keeps the hard rules as they do."""
        if self._found.kept:
            super()._benefit(plan)
        else:
            comma = "，" if self._language == "zh" else ", "
            self._line("benefit", f"{self._worth(plan, plan.benefit)}{comma}{self._label('no_comparison')}")

    def _rules(self, plan: Plan) -> None:
        broken = self._found.broken
        if len(broken):
            self._line("rules", self._label("broken_count", count=len(broken)))
            self.broken_rows(plan, broken)
        else:
            self._line("rules", self._label("all_kept"))
        soft = missed(rules(plan))
        if len(soft):
            self._console.print(self._label("rules_missed", count=len(soft)), markup=False)
            self._rule_rows(plan, soft, ("missing", "tier"))

    def _distance(self, distance: Distance) -> None:
        """Print each stage beside that of the best plan, and the money that is placed elsewhere."""
        keys = ("stage_name", "this_plan", "best_plan")
        table = self._table(*((self._label(key), key != "stage_name") for key in keys))
        for name, here, best in distance.stages:
            if name not in TIE_BREAKING:
                table.add_row(self._label(name), f"{here:,.6g}", f"{best:,.6g}")
        self._console.print(table)
        self._say(
            "distance_from_best",
            benefit=self.benefit_beside_best(distance.benefit),
            moved=distance.moved_wan,
            share=100 * distance.share,
        )

    def _notes(self, plan: Plan) -> None:
        super()._notes(plan)
        for message in self._warnings:
            self._console.print(f"  · {sentence(message, self._language)}", markup=False, soft_wrap=True)
