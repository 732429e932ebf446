"""What ``explain`` shows of a plan: on the screen in words, or as data."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from zxsim.core.money import wan_text
from zxsim.errors import Message
from zxsim.optimize.answers import ClauseAnswer, about_clause, about_project
from zxsim.optimize.clauses import years_text
from zxsim.optimize.plan import Plan
from zxsim.optimize.reasons import Reason
from zxsim.report.labels import LABELS, label
from zxsim.report.screen import Screen
from zxsim.report.terminal import amount
from zxsim.report.why_words import WHY_WORDS
from zxsim.report.wording import Language, sentence
from zxsim.runs.data import RunData
from zxsim.runs.explained import marginal_table, project_table
from zxsim.runs.states import NOT_REACHED
from zxsim.runs.tables import targets

POINTS = 100
ONE = {"points": "point", "count": "one_project"}
TIERS = tuple(f"tier{tier}{which}" for tier in (1, 2, 3) for which in ("", "_out_of_reach"))


def about_another(given: Path) -> list[Message]:
    """Say that the answers are of the best plan where a run holds a plan from outside or one near it."""
    if not (given / "run.json").is_file():
        return []
    run = RunData(given)
    return [Message("explains_best_plan", {})] if run.given else []


def explained(plan: Plan, language: Language, project: str | None, clause: str | None) -> dict[str, Any]:
    """Return the answers about a project and a clause, or those about the whole plan, as data."""
    found: dict[str, Any] = {}
    if project is not None:
        found["project"] = project_data(plan, project, language)
    if clause is not None:
        found["clauses"] = clause_data(plan, clause)
    return found or plan_data(plan)


def plan_data(plan: Plan) -> dict[str, Any]:
    """Return marginal values and missed targets as data."""
    missed = targets(plan).filter(pl.col("state").is_in(NOT_REACHED))
    return {"marginals": marginal_table(plan.marginals).to_dicts(), "missed": missed.to_dicts()}


def clause_data(plan: Plan, clause: str) -> list[dict[str, Any]]:
    """Return what a clause costs as data, one entry a rule or fund that it means."""
    return [
        {
            "record": answer.record,
            "marginals": marginal_table(answer.values).to_dicts(),
            "not_at_limit": list(answer.idle_years),
            "has_figure": answer.has_figure,
        }
        for answer in about_clause(plan, clause)
    ]


def project_data(plan: Plan, project: str, language: Language) -> dict[str, Any]:
    """Return why a project is funded or not, as data with its sentences."""
    reason = about_project(plan, project)
    texts = [sentence(message, language) for message in project_messages(plan, reason, language)]
    return {**project_table([reason]).to_dicts()[0], "texts": texts}


def project_messages(plan: Plan, reason: Reason, language: Language) -> list[Message]:
    """Say in a few sentences what a project gets and why."""
    layout = plan.loaded.layout
    name = str(layout.projects["name"][layout.project_ids.index(reason.project_id)])
    fields = {
        "project": reason.project_id,
        "name": name,
        "cost": wan_text(reason.public_units),
        "paid": wan_text(reason.paid_units),
        "rule": _record_name(plan, reason.rule),
        "clause": reason.clause or reason.rule,
        "stage": label(reason.stage, language) if reason.stage in LABELS else "",
    }
    code = f"why_{reason.reason}"
    unnamed = f"{code}_unnamed"
    found = [
        Message("why_head", fields),
        Message(code if reason.rule or unnamed not in WHY_WORDS else unnamed, fields),
    ]
    if reason.worth_missing is not None:
        row = project_table([reason]).row(0, named=True)
        unit = _benefit_unit(plan, language)
        worth = {
            "each": f"{row['benefit_missing']:,.6g} {unit}".strip(),
            "all": f"{row['benefit_missing_in_all']:,.6g} {unit}".strip(),
        }
        found.append(Message("why_worth_missing", worth))
    return found


def _record_name(plan: Plan, record: str) -> str:
    """Name of a rule, a fund, or a class of funds (ids joined by ``+``)."""
    spec = plan.loaded.spec
    if record in spec.rule:
        return spec.rule[record].label or record
    funds = [(fund, spec.fund.get(fund)) for fund in record.split("+")]
    return "+".join(known.label or fund if known else fund for fund, known in funds)


def _benefit_unit(plan: Plan, language: Language) -> str:
    benefit = plan.loaded.spec.benefit
    return benefit.unit if benefit.source == "own" else label("wan", language)


def figure(value: float) -> str:
    """Write four digits, never with an exponent.

    >>> figure(0.240668), figure(1234567.0), figure(0.0000123456)
    ('0.2407', '1,235,000', '0.00001235')
    """
    return f"{Decimal(f'{value:.4g}'):,f}"


class WhyScreen(Screen):
    """Prints why a plan is as it is, in one language."""

    def _tell(self, code: str, **fields: object) -> None:
        self._console.print(sentence(Message(code, fields), self._language), markup=False, soft_wrap=True)

    def first(self, messages: Sequence[Message]) -> None:
        """Print what must be known before the answers are read."""
        for message in messages:
            self._tell(message.code, **message.fields)

    def plan(self, plan: Plan) -> None:
        """Print what the binding clauses cost, and the targets that are missed."""
        rows = marginal_table(plan.marginals).to_dicts()
        if rows:
            self._marginals(plan, rows, ranges=False)
        else:
            self._tell("why_no_binding")
        found = targets(plan)
        missed = found.filter(pl.col("state").is_in(NOT_REACHED))
        if len(found) and not len(missed):
            self._tell("why_targets_met")
        for row in missed.iter_rows(named=True):
            self._missed(plan, row)

    def _missed(self, plan: Plan, row: dict[str, Any]) -> None:
        places = plan.loaded.layout.places
        shown = {key: amount(row, key) for key in ("value", "planned")}
        if row["upper"] is not None:
            shown["value"] += f"–{amount(row, 'upper')}"
        name = plan.loaded.spec.target[row["target"]].label or row["target"]
        self._tell(
            f"why_target_{row['state']}",
            target=" ".join(word for word in (name, row["clause"]) if word),
            place=places.names[places.position[row["place_id"]]],
            year=row["year"],
            relation=label(row["relation"], self._language) if row["relation"] in LABELS else row["relation"],
            **shown,
        )

    def project(self, plan: Plan, project: str) -> None:
        """Print why a project is funded or not."""
        for message in project_messages(plan, about_project(plan, project), self._language):
            self._tell(message.code, **message.fields)

    def clause(self, plan: Plan, clause: str) -> None:
        """Print what a clause costs and how far that holds."""
        for answer in about_clause(plan, clause):
            if answer.values:
                self._marginals(plan, marginal_table(answer.values).to_dicts(), ranges=True)
            self._idle(plan, answer)

    def _idle(self, plan: Plan, answer: ClauseAnswer) -> None:
        name = _record_name(plan, answer.record)
        if not answer.has_figure:
            self._tell("why_no_figure", record=name)
        elif answer.idle_years:
            first, last = plan.loaded.spec.years
            years = [year for year in answer.idle_years if year is not None] or range(first, last + 1)
            self._tell("why_not_at_limit", record=name, years=years_text(list(years)))

    def _marginals(self, plan: Plan, rows: Sequence[dict[str, Any]], *, ranges: bool) -> None:
        keys = ["rule", "clause", "year", "step", "gain_if_loosened", "loss_if_tightened"]
        if ranges:
            keys[5:5] = ["until"]
            keys.append("until_tight")
        texts = ("rule", "clause", "year")
        headings = (key if key in texts else f"shown_{key}" for key in keys)
        table = self._table(
            *((self._label(heading), key not in texts) for heading, key in zip(headings, keys, strict=True))
        )
        stages = {str(row[key]) for row in rows for key in ("measured_in", "measured_in_tight")} - {""}
        common = min(stages) if len(stages) == 1 else ""
        for row in rows:
            table.add_row(*(self._cell(plan, row, key, common) for key in keys))
        held = "marginals_held" if plan.model.has_choices else "marginals"
        comma = "，" if self._language == "zh" else ", "
        measure = comma.join(word for word in self._measure(plan, common) if word)
        aside = ("（{}）" if self._language == "zh" else " ({})").format(measure) if measure else ""
        self._console.print(label(held, self._language, measure=aside), markup=False)
        self._console.print(table)

    def _measure(self, plan: Plan, stage: str) -> tuple[str, str]:
        """Name what a gain or loss is measured in, and its unit."""
        if not stage:
            return "", ""
        if stage in TIERS:
            blank = "" if self._language == "zh" else " "
            return label(stage, self._language) + blank + label("shortfall", self._language), ""
        own = _benefit_unit(plan, self._language) if stage == "benefit" else label("wan", self._language)
        return label(stage, self._language), own

    def _cell(self, plan: Plan, row: dict[str, Any], key: str, common: str) -> str:
        value = row[key]
        if key == "rule":
            return _record_name(plan, str(value))
        if key in ("step", "until", "until_tight"):
            return "" if value is None else self._size(float(value), str(row["unit"]))
        if key in ("gain_if_loosened", "loss_if_tightened"):
            loosened = key == "gain_if_loosened"
            if value is None:
                return label("limit" if loosened else row["mark"] or "limit", self._language)
            stage = row["measured_in" if loosened else "measured_in_tight"]
            measure, unit = ("", "") if stage in ("", common) else self._measure(plan, stage)
            return " ".join(word for word in (measure, figure(value), unit) if word)
        return "" if value is None else str(value)

    def _size(self, value: float, unit: str) -> str:
        shown = value * POINTS if unit == "share" else value
        word = {"share": "points"}.get(unit, unit)
        word = ONE.get(word, word) if shown == 1 else word
        return f"{shown:,.6g} {label(word, self._language)}".strip()
