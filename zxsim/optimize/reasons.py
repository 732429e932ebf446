"""Why each project is funded or not: the stage and the rule that keep it out, and what would bring it in.

A money column whose reduced cost is above 0 in a stage costs that stage something, so the stage keeps it out.
The reduced cost is what the column brings there less what its rows charge for the room it takes; the rule
that charges most is in the way, or the fund, whose money is worth more elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.optimize.agenda import FAR
from zxsim.optimize.build import Model
from zxsim.optimize.charges import Charges, leads
from zxsim.optimize.objectives import TIERS
from zxsim.optimize.solution import ZERO
from zxsim.optimize.stages import Chain
from zxsim.schema.layout import excluded_projects, fund_allows
from zxsim.schema.scenario import Scenario

CHANGE = "change"
"""Name of the stage that keeps a plan near an approved one."""

STAGE_REASON: Mapping[str, str] = {
    CHANGE: "stays_as_approved",
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


@dataclass(frozen=True, eq=False)
class _Found:
    """Reasons as columns, shape *(projects,)* each: what :class:`Reason` says, NaN for no worth missing.

    Facts are filled in one after the other; where several hold, the last one stands.
    """

    reason: NDArray[np.object_]
    rule: NDArray[np.object_]
    clause: NDArray[np.object_]
    stage: NDArray[np.object_]
    worth_missing: FloatArray

    @classmethod
    def of(cls, count: int) -> Self:
        """Return columns that say nothing yet."""
        reason, rule, clause, stage = (np.full(count, "", dtype=object) for _ in range(4))
        return cls(reason, rule, clause, stage, np.full(count, np.nan))

    def fill(
        self,
        where: BoolArray | IntArray,
        reason: str | NDArray[np.object_],
        rule: str | NDArray[np.object_] = "",
        clause: str | NDArray[np.object_] = "",
        stage: str | NDArray[np.object_] = "",
        worth_missing: float | FloatArray = np.nan,
    ) -> None:
        """Say of some projects why, in place of what was said before."""
        self.reason[where], self.rule[where], self.clause[where] = reason, rule, clause
        self.stage[where], self.worth_missing[where] = stage, worth_missing


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
    status = np.where(paid == 0, "none", np.where(paid >= cost, "full", "partly"))
    found = _Found.of(count)
    _fill_facts(found, cost, scenario, by_fund)
    _fill_prices(found, _Nearest(model, chain), Charges(model, scenario), partly=status == "partly")
    _fill_choices(found, paid, layout)
    found.fill(status == "full", "funded")
    columns = (cost, paid, status, found.reason, found.rule, found.clause, found.stage)
    missing = [None if np.isnan(worth) else worth for worth in found.worth_missing.tolist()]
    rows = zip(layout.project_ids, *(column.tolist() for column in columns), missing, strict=True)
    return [Reason(*row) for row in rows]


def _fill_facts(found: _Found, cost: IntArray, scenario: Scenario, layout: Layout) -> None:
    """Which fact would keep each project out if it had no money column."""
    count = len(cost)
    open_to = {
        fund.fund_id: np.bincount(layout.part_project[fund_allows(scenario, layout, fund)], minlength=count)
        > 0
        for fund in layout.funds
    }
    found.fill(np.ones(count, dtype=np.bool_), "no_money_then")
    barred = [
        (rule_id, projects & open_to[fund_id])
        for fund_id, rules in excluded_projects(scenario, layout).items()
        for rule_id, projects in rules.items()
    ]
    for rule_id, projects in reversed(barred):  # the first rule of the first fund is named
        found.fill(projects, "not_eligible", rule_id, scenario.rule[rule_id].clause)
    found.fill(~np.any([np.zeros(count, dtype=np.bool_), *open_to.values()], axis=0), "no_fund")
    found.fill(cost == 0, "no_public_cost")
    found.fill(layout.projects["forbidden"].to_numpy(), "forbidden")


class _Nearest:
    """The column of each project that comes nearest to being paid, and the stage that keeps it out.

    Attributes
    ----------
    project, column : int array (projects with a column,)
    stage : int array (projects with a column,)
        Position in ``stages``, as many as there are where none keeps it out.
    price : float array (projects with a column,)
        Its reduced cost there.
    in_full : bool array (projects with a column,)
        Whether all parts of the project are paid in full before rounding.
    """

    def __init__(self, model: Model, chain: Chain) -> None:
        layout = model.layout
        self.chain = chain
        self.levels = [level for answer in chain.answers.values() for level in answer.levels]
        self.stages = [name for name, answer in chain.answers.items() for _ in answer.levels]
        stage, price = self._kept_out(len(layout))
        full = _full_parts(layout, chain.x)
        order = np.lexsort((price, -stage, full[layout.column_part], layout.column_project))
        self.column = order[leads(layout.column_project[order])]
        self.project = layout.column_project[self.column]
        self.stage, self.price = stage[self.column], price[self.column]
        missing = np.bincount(layout.part_project[~full], minlength=len(layout.projects))
        self.in_full: BoolArray = missing[self.project] == 0

    def _kept_out(self, money: int) -> tuple[IntArray, FloatArray]:
        """First stage with a reduced cost above 0 of each column (or none), and that reduced cost."""
        out = np.full(money, len(self.stages), dtype=np.int64)
        price = np.zeros(money)
        for place, answer in enumerate(self.levels):
            now = (out == len(self.stages)) & (answer.reduced_cost[:money] > ZERO * answer.size)
            out[now], price[now] = place, answer.reduced_cost[:money][now]
        return out, price


def _full_parts(layout: Layout, x: FloatArray) -> BoolArray:
    paid = np.bincount(layout.column_part, x[: len(layout)], len(layout.part_cost)) * UNITS_PER_WAN
    full: BoolArray = paid >= layout.part_cost - 0.5
    return full


def _fill_prices(found: _Found, nearest: _Nearest, charges: Charges, *, partly: BoolArray) -> None:
    """What the prices of the stages say of each project that has a money column."""
    partly = partly[nearest.project]
    answers = [*nearest.levels, nearest.chain.answers["benefit"]]
    for place, name in enumerate([*nearest.stages, ""]):
        at = np.flatnonzero(nearest.stage == place)
        price = nearest.price[at]
        rule, alone = charges.in_the_way(nearest.column[at], price, answers[place])
        other = STAGE_REASON[name] if name else np.where(partly[at], "at_margin", "money_ran_out")
        missing = price if name == "benefit" else np.nan
        reason = np.where(alone, "held_by_rule", other).astype(object)
        found.fill(nearest.project[at], reason, *charges.words(rule), name, missing)
    found.fill(nearest.project[partly & nearest.in_full], "rounding")


def _fill_choices(found: _Found, paid: IntArray, layout: Layout) -> None:
    """Why projects get nothing that could only be chosen or not: prices say nothing then."""
    modes = layout.modes
    out = np.zeros(len(paid), dtype=np.bool_)
    out[layout.column_project] = True
    out &= paid == 0
    found.fill(out & (modes.whole | (modes.minimum > 0)), "not_chosen")
    needed = np.where(modes.minimum > 0, modes.minimum, layout.project_cost)
    undone = modes.requires[paid[modes.requires[:, 1]] < needed[modes.requires[:, 1]]]
    both_ways = np.stack([modes.excludes, modes.excludes[:, ::-1]], axis=1).reshape(-1, 2)
    instead = both_ways[paid[both_ways[:, 1]] > 0]
    names = np.array([*layout.project_ids, ""], dtype=object)
    for reason, pairs in ("requires", undone), ("excluded", instead):
        project, first = np.unique(pairs[:, 0], return_index=True)
        here = out[project]
        found.fill(project[here], reason, names[pairs[first[here], 1]])
