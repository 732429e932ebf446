"""The whole programme of a scenario as arrays: money, rules, facts, states, targets, worth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from zxsim.core.blocks import Relation, RowBlock
from zxsim.core.effectspec import EffectSpec
from zxsim.core.layout import BoolArray, FloatArray, FundMoney, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.program import Program, ProgramBuilder
from zxsim.core.rows import Cells, RuleRows, money_rows
from zxsim.optimize.choices import Choices
from zxsim.optimize.limited import CountedWorth, limited_effects
from zxsim.optimize.objectives import TIERS, effects_per_wan, own_benefit_per_wan
from zxsim.optimize.payments import Payments
from zxsim.optimize.rulerows import RuleAdder, Shortfalls, count_rows_of, rows_of_rules
from zxsim.optimize.saturation import CountedColumns
from zxsim.optimize.target_program import add_target
from zxsim.optimize.target_setup import target_rows
from zxsim.optimize.targets import TargetRows
from zxsim.rules.budget import budget_rows
from zxsim.schema.references import enabled, planned_targets
from zxsim.schema.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Model:
    """A programme and what its parts mean; money columns come first, in the order of the layout.

    ``rules`` are the rows that the run prints (budgets first), ``facts`` the costs of the parts;
    ``positions`` are the rows of the programme that belong to each block of rules, then of facts, and
    ``sum_columns`` the columns of the sums that the block refers to.
    ``payments`` are what effects count from; targets and worths are evaluated at ``payments.amounts``.
    ``own_worth`` and ``effect_worth`` are the benefit of a 万元 in each money column and of each payment;
    ``costs`` maps each stage that has an objective of its own to a cost on every column. ``choice_columns``
    and, target by target, ``target_columns`` are positions in the programme: yes or no, and shortfalls (too
    little at each row, then too much, where the target has that side).
    """

    program: Program
    layout: Layout
    rules: Sequence[RowBlock]
    facts: Sequence[RuleRows]
    positions: Sequence[IntArray]
    sum_columns: Sequence[IntArray]
    targets: Sequence[TargetRows]
    worths: Sequence[CountedWorth]
    payments: Payments
    own_worth: FloatArray
    effect_worth: FloatArray
    costs: Mapping[str, FloatArray]
    choices: Choices
    choice_columns: IntArray
    target_columns: Sequence[IntArray]

    @property
    def has_choices(self) -> bool:
        """Whether something is all or nothing, so that the programme has integer columns."""
        return len(self.choice_columns) > 0

    @property
    def rule_rows(self) -> IntArray:
        """Rows of the programme that belong to budgets and rules."""
        return np.concatenate([np.zeros(0, dtype=np.int64), *self.positions[: len(self.rules)]])

    def decided(self, x: FloatArray) -> Sequence[RuleRows]:
        """Return the facts about money once the choices are those of ``x``, a point of the programme."""
        made = np.rint(x[self.choice_columns]).astype(np.int64)
        return [*self.facts, *(block.given(made) for block in self.choices.rows if len(block.row))]

    def blocks(self) -> IntArray:
        """Connected component of each money column, shape *(columns,)*."""
        return self.program.components[0][: len(self.layout)]

    def padded(self, cost: FloatArray) -> FloatArray:
        """Extend a cost on the money columns by zeros on all others."""
        return np.pad(cost, (0, len(self.program.column_lower) - len(cost)))

    def benefit(self, amount_wan: FloatArray) -> float:
        """Benefit of a plan, 万元 a money column."""
        paid = self.payments.amounts(amount_wan)
        direct = float(self.own_worth @ amount_wan) + float(self.effect_worth @ paid)
        return direct + sum(worth.value(paid) for worth in self.worths)


def effects_of(scenario: Scenario) -> list[EffectSpec]:
    """Effects that are switched on, in the order of their ids, one for each indicator that they move."""
    return [side for effect in enabled(scenario.effect) for side in scenario.effect[effect].sides]


def rule_blocks(scenario: Scenario, layout: Layout) -> list[RowBlock]:
    """Rows of the budgets, then of every rule that is switched on."""
    return list(each_rule_block(scenario, layout))


def each_rule_block(scenario: Scenario, layout: Layout) -> Iterator[RowBlock]:
    """Yield the same one by one, for who needs only one at a time in memory."""
    for fund in layout.funds:
        yield budget_rows(fund, _clauses(scenario, fund), layout)
    for rule_id in enabled(scenario.rule):
        yield from scenario.rule[rule_id].rows(rule_id, layout)


def _clauses(scenario: Scenario, fund: FundMoney) -> str:
    """Clauses of a fund, or of all members of a class of funds."""
    clauses = [scenario.fund[member].clause for member in fund.ids]
    return "; ".join(dict.fromkeys(clause for clause in clauses if clause))


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
    grid = Cells(layout.part_place[parts], no_year, no_year, at[layout.column_part[columns]], columns)
    return money_rows(kind, kind, "", relation, grid, layout.part_cost[parts])


def build(scenario: Scenario, layout: Layout) -> Model:
    """Build the programme of a resolved scenario."""
    builder = ProgramBuilder()
    committed = layout.committed / UNITS_PER_WAN
    builder.add_columns(committed, np.where(layout.decided, committed, np.inf), lambda: layout.labels)
    rules, facts = rule_blocks(scenario, layout), cost_blocks(layout)
    adder = RuleAdder(builder, layout, scenario.rule, rows_of_rules(rules))
    positions = [adder.add(block) for block in rules]
    positions += [adder.add(block, partial(_part_labels, block, layout)) for block in facts]
    effects, counts = effects_of(scenario), count_rows_of(rules)
    choices = Choices(layout, timed_projects(effects, layout), counts)
    choice_columns = choices.add_to(builder)
    for block, counted in zip(counts, choices.counted, strict=True):
        positions[rules.index(block)] = adder.add_counts(block, choice_columns[counted])
    payments = Payments.of(layout, choices.takes, choice_columns)
    purposes = _Purposes(scenario, effects, payments, builder)
    return Model(
        program=builder.build(),
        layout=layout,
        rules=rules,
        facts=facts,
        positions=positions,
        sum_columns=[adder.sums_of(block) for block in (*rules, *facts)],
        targets=purposes.targets,
        worths=purposes.worths,
        payments=payments,
        own_worth=purposes.own_worth,
        effect_worth=purposes.effect_worth,
        costs=purposes.costs(adder.shortfalls, builder.columns),
        choices=choices,
        choice_columns=choice_columns,
        target_columns=purposes.target_columns,
    )


class _Purposes:
    """What the money is for, added to a programme: targets, and the benefit of effects and projects."""

    def __init__(
        self, scenario: Scenario, effects: Sequence[EffectSpec], payments: Payments, builder: ProgramBuilder
    ) -> None:
        columns = CountedColumns(builder, payments)
        limited = limited_effects(scenario, payments.layout)
        self.targets = [
            target_rows(target, scenario, effects, limited, payments.layout)
            for target in planned_targets(scenario)
        ]
        self._short = [(rows.tier, *add_target(columns, rows)) for rows in self.targets]
        self._served = [worth.add_to(columns) for worth in limited.worths]
        self.worths, self._payments = limited.worths, payments
        self.own_worth = own_benefit_per_wan(scenario, payments.money_layout)
        self.effect_worth = effects_per_wan(scenario, effects, payments)

    @property
    def target_columns(self) -> list[IntArray]:
        """Shortfalls of each target in the programme."""
        return [columns for _, columns, _ in self._short]

    def costs(self, soft: Sequence[Shortfalls], columns: int) -> Mapping[str, FloatArray]:
        """What each stage minimises on each of so many columns."""
        costs = {name: np.zeros(columns) for name in (*TIERS, "benefit", "unallocated")}
        money = len(self._payments.money_layout)
        for rows in soft:
            costs[TIERS[rows.tier - 1]][rows.columns] = rows.weights
        for tier, at, weights in self._short:
            costs[TIERS[tier - 1]][at] = weights
        costs["benefit"] -= self._payments.cost(self.effect_worth, columns)
        costs["benefit"][:money] -= self.own_worth
        for at, weights in self._served:
            costs["benefit"][at] = -weights
        costs["unallocated"][:money] = -1.0
        return costs


def timed_projects(effects: Sequence[EffectSpec], layout: Layout) -> BoolArray:
    """Which projects have an effect, so that the year of their last payment matters, shape *(projects,)*."""
    timed = np.zeros(len(layout.projects), dtype=np.bool_)
    for effect in effects:
        timed |= effect.chosen(layout)
    return timed


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
