"""The one-screen summary of a plan; the only place that uses rich."""

from typing import Any

import polars as pl

from zxsim.core.money import UNITS_PER_WAN
from zxsim.indicators import SIMULATED
from zxsim.optimize.build import available_units
from zxsim.optimize.plan import Plan
from zxsim.report.labels import LABELS
from zxsim.report.rule_sheets import years_of
from zxsim.report.screen import Screen
from zxsim.report.wording import sentence
from zxsim.runs.categories import benefit_per_wan_by_category
from zxsim.runs.notices import notices
from zxsim.runs.states import MET_WITHIN_UNIT, NOT_REACHED, OUT_OF_REACH
from zxsim.runs.tables import (
    missed,
    roll_ups,
    rules,
    targets,
)
from zxsim.schema.scenario import Scenario
from zxsim.schema.target import AMOUNTS, RATES

MOST_ROWS = 12
MOST_ROWS_A_RULE = 5
MOST_ASSUMPTIONS = 6
MOST_CATEGORIES = 4


SMALLEST_GAP = 1e-4
IN_TABLE = "soft_rule_missed"
"""Notice that the screen leaves out: it has a table of the rows."""

IN_RELATION = ("value", "upper", "planned", "mean", "low", "high")
"""Figures of a target that are in the unit of its relation; the others are levels of the indicator."""

TargetRow = dict[str, float | str | None]


def amount(row: TargetRow, key: str) -> str:
    """Write a figure of a target: yuan, 万元, or per cent."""
    value = row[key]
    if value is None:
        return "—"
    rate = row["relation"] in RATES and key in IN_RELATION
    if row["indicator"] in SIMULATED:
        return f"{float(value):,.1f}" if key in ("mean", "low", "high") else f"{float(value):,.0f}"
    if row["indicator"] in AMOUNTS and not rate:
        return f"{float(value):,.0f}" if row["indicator"] == "income" else f"{float(value):,.2f}"
    return f"{float(value):.1%}"


class PlanScreen(Screen):
    """Prints a plan in one language."""

    def plan(self, plan: Plan) -> None:
        """Print the summary of a plan."""
        status = f"{self._label('status')}{self._colon}{self._label(plan.status)}{self._sure(plan)}"
        self._line("scenario", f"{plan.loaded.spec.name}   {status}")
        self._money(plan)
        self._benefit(plan)
        self._by_year(plan)
        self._rules(plan)
        self._targets(plan)
        self._notes(plan)

    def _sure(self, plan: Plan) -> str:
        """Say how sure it is that no plan is better, or that none is as good."""
        if plan.status == "feasible":
            return self._aside(self._label("gap", gap=_gap(plan.gap)))
        sure = "unique_given_choice" if plan.model.has_choices else "unique"
        return self._aside(self._label(sure)) if plan.chain.unique else ""

    def _money(self, plan: Plan) -> None:
        held, spent = available_units(plan.loaded.layout), plan.spent_units
        parts = [
            f"{self._label(key)} {units / UNITS_PER_WAN:,.2f} {self._label('wan')}"
            for key, units in (("available", held), ("spent", spent), ("left", held - spent))
        ]
        self._line("money", "   ".join(parts))

    def _benefit(self, plan: Plan) -> None:
        text = self._worth(plan, plan.benefit)
        for key, other in (("library", plan.library_benefit), ("equal_money", plan.equal_benefit)):
            if other is None:
                continue
            text += f"   {self._label(key)} {self._worth(plan, other)}"
            if other > 0:
                more = round(plan.benefit / other - 1, 3) + 0.0  # no "-0.0%"
                text += f"   {self._label('more')} {more:.1%}"
        self._line("benefit", text)

    def _worth(self, plan: Plan, benefit: float) -> str:
        own = plan.loaded.spec.benefit
        return f"{benefit:,.2f} {own.unit if own.source == 'own' else self._label('wan')}"

    def _by_year(self, plan: Plan) -> None:
        sums = roll_ups(plan)
        kinds = sums["by_category"].group_by("category", "year").agg(pl.col("amount_wan").sum())
        largest = kinds.group_by("category").agg(pl.col("amount_wan").sum()).sort("amount_wan", "category")
        names = largest["category"].reverse().to_list()
        shown, rest = names[:MOST_CATEGORIES], names[MOST_CATEGORIES:]
        amounts = {(c, y): a for c, y, a in kinds.select("category", "year", "amount_wan").iter_rows()}
        table = self._table(
            (self._label("year"), False),
            *((self._label(key), True) for key in ("available", "spent")),
            *((name, True) for name in shown),
            *([(self._label("other"), True)] if rest else []),
        )
        years = sums["by_year"].select("year", "available_wan", "amount_wan").rows()
        for year, held, spent in years:
            groups = [[name] for name in shown] + ([rest] if rest else [])
            cells = [sum(amounts.get((name, year), 0.0) for name in group) for group in groups]
            shares = [f"{cell:,.2f} {cell / spent if spent else 0:5.1%}" for cell in cells]
            table.add_row(str(year), f"{held:,.2f}", f"{spent:,.2f}", *shares)
        worth = benefit_per_wan_by_category(plan)
        ranked = sorted(worth, key=lambda name: -worth[name])
        if any(worth.values()):
            ranks = [f"{worth[name]:.4f} #{ranked.index(name) + 1}" for name in shown]
            table.add_row(self._label("benefit_per_wan"), "", "", *ranks)
        self._console.print(table)

    def _rules(self, plan: Plan) -> None:
        rows = rules(plan)
        hard, soft = rows.filter(pl.col("tier").is_null()), missed(rows)
        self._line("rules", self._label("rules_kept", count=len(hard), binding=int(hard["binding"].sum())))
        asks = (pl.col("lhs") != 0) | (pl.col("rhs") != 0)  # 0 ≥ 0 is of no interest to anybody
        at_limit = rows.filter(pl.col("binding") & (pl.col("kind") != "budget") & asks)
        self._rule_rows(plan, at_limit.filter(pl.col("slack") >= 0), ())
        if len(soft):
            self._console.print(self._label("rules_missed", count=len(soft)), markup=False)
            self._rule_rows(plan, soft, ("missing", "tier"))

    def _rule_rows(self, plan: Plan, rows: pl.DataFrame, more: tuple[str, ...]) -> None:
        """Print rows of rules, soft ones with what is missing and the tier in which it counts."""
        if not len(rows):
            return
        keys = ("rule", "clause", "scope", "year", "actual", "", "required", *more, "measured")
        numbers = ("actual", "required", "missing")
        table = self._table(*((self._label(key) if key else "", key in numbers) for key in keys))
        shown = rows.group_by("rule", maintain_order=True).head(MOST_ROWS_A_RULE).head(MOST_ROWS)
        for row in shown.iter_rows(named=True):
            name = plan.loaded.spec.rule[row["rule"]].label or row["rule"]
            cells = {
                "rule": name,
                "clause": row["clause"],
                "scope": self._place(plan, row["scope"]),
                "year": years_of(row),
                "actual": side(row, row["lhs"]),
                "": row["relation"],
                "required": side(row, row["rhs"]),
                "missing": side(row, -row["slack"]),
                "tier": self._label(f"tier{row['tier']}") if row["tier"] else "",
                "measured": self._measured(plan.loaded.spec, row),
            }
            table.add_row(*(cells[key] for key in keys))
        self._console.print(table)
        self._more(len(rows) - len(shown), "rules")

    def _measured(self, spec: Scenario, row: dict[str, str]) -> str:
        """Say in words what is divided by what, or that money or projects are added up."""
        if not row["numerator"]:
            return self._label(row["unit"])
        categories = "、".join(getattr(spec.rule[row["rule"]], "categories", None) or ())
        return f"{self._label(row['numerator'], categories=categories)} / {self._label(row['denominator'])}"

    def _place(self, plan: Plan, place_id: str) -> str:
        places = plan.loaded.layout.places
        return places.names[places.position[place_id]] if place_id else ""

    def _targets(self, plan: Plan) -> None:
        rows = targets(plan)
        if not len(rows):
            return
        rows = rows.sort(~pl.col("state").is_in(NOT_REACHED), "tier", maintain_order=True)
        headings = (
            "target",
            "clause",
            "place",
            "year",
            "required",
            "planned",
            "baseline",
            "trend",
            "plan",
            "state",
        )
        numbers = ("required", "planned", "baseline", "trend", "plan")
        table = self._table(*((self._label(key), key in numbers) for key in headings))
        for row in rows.head(MOST_ROWS).iter_rows(named=True):
            shown = [amount(row, key) for key in ("planned", "baseline", "trend", "plan")]
            name = plan.loaded.spec.target[row["target"]].label or row["target"]
            table.add_row(
                name,
                row["clause"],
                self._place(plan, row["place_id"]),
                str(row["year"]),
                self._wanted(row),
                *shown,
                self._label(row["state"]),
            )
        self._console.print(table)
        self._more(len(rows) - MOST_ROWS, "targets")
        if (rows["state"] == MET_WITHIN_UNIT).any():
            self._console.print(self._label("within_unit_note"), markup=False)
        if (rows["state"] == OUT_OF_REACH).any():
            self._console.print(self._label("out_of_reach_note"), markup=False)

    def _wanted(self, row: TargetRow) -> str:
        """Write the relation and what it asks for."""
        relation = str(row["relation"])
        words = self._label(relation) if relation in LABELS else relation
        if relation == "not_below_previous":
            return words
        upper = "" if row["upper"] is None else f"–{amount(row, 'upper')}"
        return f"{words} {amount(row, 'value')}{upper}"

    def _more(self, count: int, table: str) -> None:
        if count > 0:
            self._console.print(self._label("more_in", count=count, table=f"{table}.csv"), markup=False)

    def _notes(self, plan: Plan) -> None:
        shown = (notice for notice in notices(plan) if notice.code != IN_TABLE)
        found = [sentence(notice, self._language) for notice in shown]
        if plan.cells_rounded:
            found.append(self._label("rounded", count=plan.cells_rounded))
        if plan.loaded.changes:
            found.append(self._label("changes", count=len(plan.loaded.changes)))
        found += [sentence(warning, self._language) for warning in plan.loaded.warnings]
        if found:
            self._line("notices", "")
        for text in found:
            self._console.print(f"  · {text}", markup=False, soft_wrap=True)
        assumptions = plan.loaded.assumptions
        if assumptions:
            self._console.print(self._label("assumptions", count=len(assumptions)), markup=False)
        for assumed in assumptions[:MOST_ASSUMPTIONS]:
            text = f"{assumed.address} = {assumed.value}{self._aside(f'{assumed.low}–{assumed.high}')}"
            self._console.print(f"  · {text}", markup=False, soft_wrap=True)
        self._more(len(assumptions) - MOST_ASSUMPTIONS, "assumptions")


def _gap(gap: float) -> str:
    """Write a gap in per cent, never as nothing.

    >>> _gap(0.0123), _gap(0.000005)
    ('1.23%', '<0.01%')
    """
    return f"{gap:.2%}" if gap >= SMALLEST_GAP else f"<{SMALLEST_GAP:.2%}"


def side(row: dict[str, Any], value: float | None) -> str:
    """Write a side of a rule's row in its unit, a dash where it has none."""
    if value is None:
        return "—"
    form = {"share": ".2%", "count": ",.0f"}.get(row["unit"], ",.2f")
    return f"{value:{form}}"
