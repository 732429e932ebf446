"""Why each project is funded or not: the stage and the rule that keep it out, and what would bring it in.

A money column whose reduced cost is above 0 in a stage costs that stage something, so the stage keeps it out.
The reduced cost is what the column brings there less what its rows charge for the room it takes; the rule
that charges most is in the way, or the fund, whose money is worth more elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.optimize.build import Model
from zxsim.optimize.clauses import placed_blocks
from zxsim.optimize.objectives import TIERS
from zxsim.optimize.stages import FAR, ZERO, Chain
from zxsim.rules.budget import KIND as BUDGET
from zxsim.schema.layout import excluded_projects, fund_allows
from zxsim.schema.scenario import Scenario

STAGE_REASON: Mapping[str, str] = {
    **dict.fromkeys(TIERS, "targets_first"),
    **dict.fromkeys((tier + FAR for tier in TIERS), "targets_first"),
    "benefit": "worth_less",
    "unallocated": "less_allocated",
    "order": "later_in_library",
    "unique": "tie",
}
"""Stage that keeps a project out → reason, where no single rule does."""


@dataclass(frozen=True)
class Reason:
    """One project: what it gets and why.

    Attributes
    ----------
    status : "full", "partly" or "none"
    reason : str
        Code; ``funded`` for a project paid in full.
    rule, clause : str
        The rule or fund in the way, with its clause, or the project that is paid instead or is not done.
    stage : str
        The stage that keeps it out.
    worth_missing : float or None
        Benefit per 万元 that it would need on top of its own, where it is kept out by benefit.
    """

    project_id: str
    public_units: int
    paid_units: int
    status: str
    reason: str
    rule: str = ""
    clause: str = ""
    stage: str = ""
    worth_missing: float | None = None


def reasons(model: Model, scenario: Scenario, chain: Chain, units: IntArray, by_fund: Layout) -> list[Reason]:
    """Return the reason of every project, in the order of ids.

    Parameters
    ----------
    units : int array (columns,)
        The rounded plan.
    by_fund : Layout
        The scenario's own layout, where the model has classes of funds.
    """
    layout = model.layout
    count = len(layout.projects)
    paid = np.bincount(layout.column_project, units, count).astype(np.int64)
    cost = np.bincount(layout.part_project, layout.part_cost, count).astype(np.int64)
    nearest = _Nearest(model, scenario, chain)
    found = []
    for project in range(count):
        status = _status(int(paid[project]), int(cost[project]))
        fields = (
            {"reason": "funded"}
            if status == "full"
            else nearest.reason(project, partly=status == "partly", choice=_not_chosen(project, paid, layout))
            or _no_column(project, int(cost[project]), scenario, by_fund)
        )
        found.append(
            Reason(layout.project_ids[project], int(cost[project]), int(paid[project]), status, **fields)
        )
    return found


def _status(paid: int, cost: int) -> str:
    if paid == 0:
        return "none"
    return "full" if paid >= cost else "partly"


class _Nearest:
    """Finds for each project the column that comes nearest to being paid, and what keeps it out."""

    def __init__(self, model: Model, scenario: Scenario, chain: Chain) -> None:
        self._model, self._scenario, self._chain = model, scenario, chain
        self._stages = list(chain.answers)
        self._out, self._price = self._kept_out()
        project = model.layout.column_project
        self._full = self._full_parts()
        full = self._full[model.layout.column_part]
        order = np.lexsort((self._price, -self._out, full, project))
        first = np.r_[True, project[order][1:] != project[order][:-1]] if len(order) else full
        self._column = dict(zip(project[order][first].tolist(), order[first].tolist(), strict=True))
        placed = sorted(placed_blocks(model), key=lambda one: int(one.rows[0]))
        self._row_block = [(one.block, one.rows) for one in placed]
        self._first_row = np.array([at[0] for _, at in self._row_block], dtype=np.int64)

    def _kept_out(self) -> tuple[IntArray, FloatArray]:
        """First stage with a reduced cost above 0 of each column (or none), and that reduced cost."""
        money = len(self._model.layout)
        out = np.full(money, len(self._stages), dtype=np.int64)
        price = np.zeros(money)
        for place, name in enumerate(self._stages):
            answer = self._chain.answers[name]
            now = (out == len(self._stages)) & (answer.reduced_cost[:money] > ZERO * answer.size)
            out[now], price[now] = place, answer.reduced_cost[:money][now]
        return out, price

    def _full_parts(self) -> BoolArray:
        layout = self._model.layout
        paid = (
            np.bincount(layout.column_part, self._chain.x[: len(layout)], len(layout.part_cost))
            * UNITS_PER_WAN
        )
        full: BoolArray = paid >= layout.part_cost - 0.5
        return full

    def reason(self, project: int, *, partly: bool, choice: dict[str, object]) -> dict[str, object]:
        """Return reason, rule, clause, stage and worth missing; empty for a project without a column.

        ``choice`` is the reason where a yes or no decides: prices say nothing then.
        """
        column = self._column.get(project)
        if column is None:
            return {}
        if choice:
            return choice
        place = int(self._out[column])
        name = self._stages[place] if place < len(self._stages) else "benefit"
        rule, kind, alone = self._in_the_way(column, name, float(self._price[column]))
        clause = ""
        if rule:
            clause = next(b.clause for b, _ in self._row_block if (b.rule, b.kind) == (rule, kind))
        kept_out = place < len(self._stages)
        margin = "at_margin" if partly else "money_ran_out"
        reason = "held_by_rule" if alone else STAGE_REASON[name] if kept_out else margin
        if partly and self._full[self._model.layout.part_project == project].all():
            return {"reason": "rounding"}
        missing = float(self._price[column]) if kept_out and name == "benefit" else None
        return {
            "reason": reason,
            "rule": rule,
            "clause": clause,
            "stage": name if kept_out else "",
            "worth_missing": missing,
        }

    def _in_the_way(self, column: int, stage: str, price: float) -> tuple[str, str, bool]:
        """Rule that charges the column most, and whether without its charge the column would come in."""
        matrix, answer = self._model.program.matrix, self._chain.answers[stage]
        at = slice(matrix.indptr[column], matrix.indptr[column + 1])
        rows, charge = matrix.indices[at], -answer.dual[matrix.indices[at]] * matrix.data[at]
        charges: dict[tuple[str, str], float] = {}
        for row, amount in zip(rows.tolist(), charge.tolist(), strict=True):
            block = self._block(row)
            if block and amount > ZERO * answer.size:
                charges[block] = charges.get(block, 0.0) + amount
        ruled = {key: amount for key, amount in charges.items() if key[1] != BUDGET}
        if ruled:
            (rule, kind), most = max(ruled.items(), key=lambda item: item[1])
            if most >= price - ZERO * answer.size:
                return rule, kind, True
        if not charges:
            return "", "", False
        rule, kind = max(charges, key=lambda key: charges[key])
        return rule, kind, False

    def _block(self, row: int) -> tuple[str, str] | None:
        """Rule and kind of a row; none for costs, states and targets."""
        place = int(np.searchsorted(self._first_row, row, side="right")) - 1
        block, at = self._row_block[place]
        known = block.kind == BUDGET or block.rule in self._scenario.rule
        return (block.rule, block.kind) if known and row <= at[-1] else None


def _not_chosen(project: int, paid: IntArray, layout: Layout) -> dict[str, object]:
    """Why a project gets nothing that could only be chosen or not; empty for any other."""
    modes, ids = layout.modes, layout.project_ids
    if paid[project] > 0 or not modes.chosen[project]:
        return {}
    pairs = modes.excludes[(modes.excludes == project).any(axis=1)]
    instead = [int(other) for other in pairs[pairs != project] if paid[other] > 0]
    if instead:
        return {"reason": "excluded", "rule": ids[instead[0]]}
    needed = np.where(modes.minimum > 0, modes.minimum, layout.project_cost)
    before = modes.requires[modes.requires[:, 0] == project, 1]
    undone = before[paid[before] < needed[before]]
    if len(undone):
        return {"reason": "requires", "rule": ids[int(undone[0])]}
    return {"reason": "not_chosen"} if modes.whole[project] or modes.minimum[project] > 0 else {}


def _no_column(project: int, cost: int, scenario: Scenario, layout: Layout) -> dict[str, object]:
    """Which fact keeps a project without any money column out."""
    if layout.projects["forbidden"][project]:
        return {"reason": "forbidden"}
    if cost == 0:
        return {"reason": "no_public_cost"}
    open_to = [
        fund
        for fund in layout.funds
        if fund_allows(scenario, layout, fund)[layout.part_project == project].any()
    ]
    if not open_to:
        return {"reason": "no_fund"}
    for fund_id, barred in excluded_projects(scenario, layout).items():
        for rule_id, projects in barred.items():
            if projects[project] and any(fund.fund_id == fund_id for fund in open_to):
                return {"reason": "not_eligible", "rule": rule_id, "clause": scenario.rule[rule_id].clause}
    return {"reason": "no_money_then"}
