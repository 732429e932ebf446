"""The whole programme of a scenario as arrays: money, rules, facts, states, targets, worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy import sparse

from zxsim.core.effectspec import EffectSpec
from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.program import Labels, Program, ProgramBuilder, Triplets
from zxsim.core.rows import Cells, Relation, RuleRows, money_rows
from zxsim.optimize.limited import CountedWorth, limited_effects
from zxsim.optimize.objectives import TIERS, effects_per_wan, own_benefit_per_wan
from zxsim.optimize.payments import Payments
from zxsim.optimize.saturation import CountedColumns
from zxsim.optimize.target_program import add_target
from zxsim.optimize.target_setup import target_rows
from zxsim.optimize.targets import TargetRows
from zxsim.rules.budget import budget_rows
from zxsim.schema.references import enabled
from zxsim.schema.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Model:
    """A programme and what its parts mean; money columns come first, in the order of the layout.

    ``rules`` are the rows that the run prints (budgets first), ``facts`` the costs of the parts;
    ``payments`` are what effects count from; targets and worths are evaluated at ``payments.amounts``.
    ``own_worth`` and ``effect_worth`` are the benefit of a 万元 in each money column and of each payment;
    ``costs`` maps each stage that has an objective of its own to a cost on every column.
    """

    program: Program
    layout: Layout
    rules: Sequence[RuleRows]
    facts: Sequence[RuleRows]
    targets: Sequence[TargetRows]
    worths: Sequence[CountedWorth]
    payments: Payments
    own_worth: FloatArray
    effect_worth: FloatArray
    costs: Mapping[str, FloatArray]

    def blocks(self) -> IntArray:
        """Connected component of each money column, shape *(columns,)*."""
        matrix = self.program.matrix
        pattern = sparse.block_array([[None, matrix], [matrix.T, None]])
        labels: IntArray = sparse.csgraph.connected_components(pattern, directed=False)[1]
        return labels[matrix.shape[0] : matrix.shape[0] + len(self.layout)].astype(np.int64)

    def padded(self, cost: FloatArray) -> FloatArray:
        """Extend a cost on the money columns by zeros on all others."""
        return np.pad(cost, (0, len(self.program.column_lower) - len(cost)))

    def benefit(self, amount_wan: FloatArray) -> float:
        """Benefit of a plan, 万元 a money column."""
        paid = self.payments.amounts(amount_wan)
        direct = float(self.own_worth @ amount_wan) + float(self.effect_worth @ paid)
        return direct + sum(worth.value(paid) for worth in self.worths)


def effects_of(scenario: Scenario) -> list[EffectSpec]:
    """Effects that are switched on, in the order of their ids."""
    return [scenario.effect[effect] for effect in enabled(scenario.effect)]


def rule_blocks(scenario: Scenario, layout: Layout) -> list[RuleRows]:
    """Rows of the budgets, then of every rule that is switched on."""
    blocks = [budget_rows(fund.fund_id, scenario.fund[fund.fund_id].clause, layout) for fund in layout.funds]
    for rule_id in enabled(scenario.rule):
        block = scenario.rule[rule_id].rows(rule_id, layout)
        if block is not None:
            blocks.append(block)
    return blocks


def cost_blocks(layout: Layout) -> list[RuleRows]:
    """A part takes no more than its cost, and all of it where the project is required."""
    required = required_parts(layout)
    return [_cost_block("cost", "<=", ~required, layout), _cost_block("required", "=", required, layout)]


def required_parts(layout: Layout) -> BoolArray:
    """Which parts belong to a required project, shape *(parts,)*."""
    required: BoolArray = layout.projects["required"].to_numpy()[layout.part_project]
    return required


def _cost_block(kind: str, relation: Relation, chosen: BoolArray, layout: Layout) -> RuleRows:
    parts = np.flatnonzero(chosen)
    at = np.full(len(chosen), -1, dtype=np.int64)
    at[parts] = np.arange(len(parts))
    columns = np.flatnonzero(chosen[layout.column_part])
    no_year = np.zeros(len(parts), dtype=np.int64)
    grid = Cells(layout.part_place[parts], no_year, at[layout.column_part[columns]], columns)
    return money_rows(kind, kind, "", relation, grid, layout.part_cost[parts])


def build(scenario: Scenario, layout: Layout) -> Model:
    """Build the programme of a resolved scenario."""
    builder = ProgramBuilder()
    count = len(layout)
    builder.add_columns(np.zeros(count), np.full(count, np.inf), lambda: layout.labels)
    rules, facts = rule_blocks(scenario, layout), cost_blocks(layout)
    for block in rules:
        _add_block(builder, block, partial(_rule_labels, block, layout))
    for block in facts:
        _add_block(builder, block, partial(_part_labels, block, layout))
    payments = Payments.of_money(layout)
    columns = CountedColumns(builder, payments)
    effects, limited = effects_of(scenario), limited_effects(scenario, payments.layout)
    targets = [
        target_rows(target, scenario, effects, limited, payments.layout)
        for target in enabled(scenario.target)
    ]
    shortfalls = [(rows.tier, *add_target(columns, rows)) for rows in targets]
    served = [worth.add_to(columns) for worth in limited.worths]
    own_worth, effect_worth = (
        own_benefit_per_wan(scenario, layout),
        effects_per_wan(scenario, effects, payments),
    )
    program = builder.build()
    costs = {name: np.zeros(builder.columns) for name in (*TIERS, "benefit", "unallocated")}
    for tier, at, weights in shortfalls:
        costs[TIERS[tier - 1]][at] = weights
    costs["benefit"] -= payments.cost(effect_worth, builder.columns)
    costs["benefit"][:count] -= own_worth
    for at, weights in served:
        costs["benefit"][at] = -weights
    costs["unallocated"][:count] = -1.0
    return Model(
        program, layout, rules, facts, targets, limited.worths, payments, own_worth, effect_worth, costs
    )


def _add_block(builder: ProgramBuilder, block: RuleRows, labels: Labels) -> None:
    lower, upper = block.program_bounds()
    builder.add_rows(lower, upper, Triplets(block.row, block.column, block.program_values()), labels)


def _rule_labels(block: RuleRows, layout: Layout) -> list[str]:
    return [block.label(layout, i) for i in range(len(block))]


def _part_labels(block: RuleRows, layout: Layout) -> list[str]:
    required = required_parts(layout)
    parts = np.flatnonzero(required if block.kind == "required" else ~required)
    return [
        f"{block.kind}({layout.project_ids[layout.part_project[p]]},{layout.places.ids[layout.part_place[p]]})"
        for p in parts
    ]


def available_units(layout: Layout) -> int:
    """All that the funds hold over the horizon, in units."""
    return int(sum(fund.total.sum() for fund in layout.funds))
