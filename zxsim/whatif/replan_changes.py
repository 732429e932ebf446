"""What changes between an approved plan and the one nearest to it, cell by cell, and what made it change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from zxsim.core.layout import BoolArray, IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.rows import RuleRows
from zxsim.optimize.build import each_rule_block, required_parts
from zxsim.optimize.charges import NONE, Charges
from zxsim.optimize.plan import Plan
from zxsim.optimize.reasons import CHANGE
from zxsim.runs.given import Given, reasons_against
from zxsim.sheets.plan_sheet import Stranger

SCHEMA = {
    "project_id": pl.String,
    "place_id": pl.String,
    "fund_id": pl.String,
    "year": pl.Int64,
    "before_wan": pl.Float64,
    "after_wan": pl.Float64,
    "change_wan": pl.Float64,
    "reason": pl.String,
    "rule": pl.String,
    "clause": pl.String,
}
DROPPED, MONEY_GONE = "because_dropped", "because_no_money"
DECIDED, COMMITTED, COST, REQUIRED = (
    "because_decided",
    "because_committed",
    "because_cost",
    "because_required",
)
RULE, WHOLE, FOLLOWS = "because_rule", "because_whole", "because_follows"
_YEAR_DIGITS = 4

Words = NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class _Why:
    """Reason, rule and clause of each changed cell; the first that is said stands."""

    reason: Words
    rule: Words
    clause: Words

    def fill(self, where: BoolArray, reason: str, rule: str | Words = "", clause: str | Words = "") -> None:
        """Say why of those cells of which nothing is said yet."""
        open_ = where & (self.reason == "")
        self.reason[open_] = reason
        for own, words in ((self.rule, rule), (self.clause, clause)):
            own[open_] = words if isinstance(words, str) else words[open_]


def changes_of(plan: Plan, given: Given, strangers: Sequence[Stranger]) -> pl.DataFrame:
    """One row a cell whose money changes, in the order of projects; rows without a place come last."""
    layout = given.loaded.layout
    before, after = given.units, np.zeros(len(given.units), dtype=np.int64)
    after[given.own] = plan.units
    at = np.flatnonzero(before != after)
    why = _reasons(plan, given, at, after)
    frame = pl.DataFrame(
        {
            "project_id": _texts(layout.project_ids, layout.column_project[at]),
            "place_id": _texts(layout.places.ids, layout.column_place[at]),
            "fund_id": _texts([fund.fund_id for fund in layout.funds], layout.column_fund[at]),
            "year": layout.years[layout.column_year[at]],
            "before_wan": before[at] / UNITS_PER_WAN,
            "after_wan": after[at] / UNITS_PER_WAN,
            "change_wan": (after - before)[at] / UNITS_PER_WAN,
            "reason": why.reason.tolist(),
            "rule": why.rule.tolist(),
            "clause": why.clause.tolist(),
        },
        schema=SCHEMA,
    )
    gone = pl.DataFrame([_gone(one) for one in strangers if one.units], schema=SCHEMA, orient="row")
    return pl.concat([frame, gone])


def _texts(words: Sequence[str], at: IntArray) -> pl.Series:
    return pl.Series(words, dtype=pl.String).gather(at)


def _gone(one: Stranger) -> tuple[object, ...]:
    """A row that names what the scenario does not have."""
    project, place, fund, year = one.texts
    number = int(year) if year.isdecimal() and len(year) == _YEAR_DIGITS else None
    amount = one.units / UNITS_PER_WAN
    return (project, place, fund, number, amount, 0.0, -amount, DROPPED, "", "")


def _reasons(plan: Plan, given: Given, at: IntArray, after: IntArray) -> _Why:
    layout, before = given.loaded.layout, given.units
    why = _Why(*(np.full(len(at), "", dtype=object) for _ in range(3)))
    _fill_misplaced(why, given, at)
    less = after[at] < before[at]
    why.fill(layout.decided[at], DECIDED)
    why.fill(~less & (layout.committed[at] > before[at]), COMMITTED)
    approved = np.zeros(len(layout.part_cost), dtype=np.int64)
    np.add.at(approved, layout.column_part, before)
    part = layout.column_part[at]
    why.fill(less & (approved > layout.part_cost)[part], COST)
    why.fill(~less & required_parts(layout)[part], REQUIRED)
    _fill_charged(why, plan, np.searchsorted(given.own, at), at, given, less)
    for columns, rule, clause in _broken(given):
        why.fill(less & np.isin(at, columns), RULE, rule, clause)
    why.fill(layout.modes.chosen[layout.column_project[at]], WHOLE)
    why.fill(np.ones(len(at), dtype=np.bool_), FOLLOWS)
    return why


def _fill_misplaced(why: _Why, given: Given, at: IntArray) -> None:
    """Money where none may be any more."""
    spec = given.loaded.spec
    for reason, rule, columns in reasons_against(given):
        clause = spec.rule[rule].clause if rule else ""
        why.fill(np.isin(at, columns), f"because_{reason}", rule, clause)
    why.fill(np.isin(at, given.misplaced), MONEY_GONE)


def _fill_charged(why: _Why, plan: Plan, own: IntArray, at: IntArray, given: Given, less: BoolArray) -> None:
    """The rule or fund whose price in the first stage pushes a cell down, or pulls it up."""
    answer = plan.chain.answers[CHANGE]
    opposite = replace(answer, found=replace(answer.found, dual=-answer.found.dual))
    charges = Charges(plan.decided_model, given.loaded.spec)
    placed = ~np.isin(at, given.misplaced)
    for side, prices in ((less & placed, answer), (~less & placed, opposite)):
        chosen = np.flatnonzero(side)
        rule, _ = charges.in_the_way(own[chosen], np.zeros(len(chosen)), prices)
        names, clauses = (np.full(len(at), "", dtype=object) for _ in range(2))
        names[chosen], clauses[chosen] = charges.words(rule)
        found = np.zeros(len(at), dtype=np.bool_)
        found[chosen] = rule != NONE
        why.fill(found, RULE, names, clauses)


def _broken(given: Given) -> Iterator[tuple[IntArray, str, str]]:
    """Yield the columns in rows that the approved plan breaks, with rule or fund and clause."""
    for block in each_rule_block(given.loaded.spec, given.loaded.layout):
        if block.soft is not None or not isinstance(block, RuleRows) or not len(block):
            continue
        wrong = (block.slack(given.units) < 0).astype(np.bool_)
        if wrong.any():
            yield block.column[wrong[block.row]], block.rule, block.clause
