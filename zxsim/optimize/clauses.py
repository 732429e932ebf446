"""Clauses of a model: what could be given up, its rows, and the programme with some of them changed.

A clause is a rule, a fund's budget or a required project, with all its rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
from scipy import sparse

from zxsim.core.blocks import RowBlock
from zxsim.core.layout import IntArray, Layout
from zxsim.core.program import Program
from zxsim.core.rows import RuleRows
from zxsim.optimize.build import Model, required_parts
from zxsim.optimize.rulerows import program_bounds, program_nonzeros
from zxsim.rules.budget import KIND as BUDGET
from zxsim.schema.scenario import Scenario

MOST_REQUIRED = 50
"""Up to so many required projects are clauses of their own; more are one clause together."""

Kind = Literal["required", "rule", "fund"]


@dataclass(frozen=True, eq=False)
class Clause:
    """One thing that could be given up: how the scenario names it, and its rows in the programme.

    ``record`` is the id of the rule, fund or project, empty for all required projects together; ``year``
    and ``place`` say for each row what it is about (0 and −1 where it is about all).
    """

    kind: Kind
    record: str
    name: str
    rows: IntArray
    year: IntArray
    place: IntArray
    negotiable: bool = True

    def joined(self, before: "Clause | None") -> "Clause":
        """Return the clause with the rows of an earlier block of the same rule in front."""
        if before is None:
            return self
        return replace(
            self,
            rows=np.concatenate([before.rows, self.rows]),
            year=np.concatenate([before.year, self.year]),
            place=np.concatenate([before.place, self.place]),
        )


@dataclass(frozen=True, eq=False)
class ChangedRows:
    """Rows ``local`` of a block take the place of the rows ``at`` of a programme.

    ``sums`` are the columns of the programme that stand for the sums of groups the block refers to.
    """

    at: IntArray
    block: RowBlock
    local: IntArray
    sums: IntArray


class Placed(NamedTuple):
    """A block with the positions of its rows in the programme, and of the sums that it refers to."""

    block: RowBlock
    rows: IntArray
    sums: IntArray

    def changed_to(self, block: RowBlock, local: IntArray | None = None) -> ChangedRows:
        """Let a block of the same rule and shape take the place of (some of) its rows."""
        chosen = np.arange(len(self.rows)) if local is None else local
        return ChangedRows(self.rows[chosen], block, chosen, self.sums)


def placed_blocks(model: Model) -> Iterator[Placed]:
    """Yield each block of rules and facts that has rows in the programme; soft rules give way anyway."""
    for block, rows, sums in zip(
        (*model.rules, *model.facts), model.positions, model.sum_columns, strict=True
    ):
        if len(rows) and block.soft is None:
            yield Placed(block, rows, sums)


def clauses_of(model: Model, scenario: Scenario) -> list[Clause]:
    """Clauses in the order in which they are given up.

    Required projects first, then rules that are negotiable, those that are not, and budgets.
    """
    rules: dict[str, Clause] = {}
    budgets, required = [], []
    for block, rows, _ in placed_blocks(model):
        if block.kind == "cost":
            continue
        if block.kind == "required":
            required = _required(block, rows, model.layout)
        elif block.kind == BUDGET:
            fund = scenario.fund[block.rule]
            name = _name("fund", block.rule, fund.clause, fund.label)
            budgets.append(Clause("fund", block.rule, name, rows, block.year, block.place))
        else:
            rule = scenario.rule[block.rule]
            name = _name("rule", block.rule, rule.clause, rule.label)
            clause = Clause("rule", block.rule, name, rows, block.year, block.place, rule.negotiable)
            rules[block.rule] = clause.joined(rules.get(block.rule))
    return [*required, *sorted(rules.values(), key=lambda clause: not clause.negotiable), *budgets]


def _required(block: RowBlock, rows: IntArray, layout: Layout) -> list[Clause]:
    """Name required projects one by one where they are few."""
    projects = layout.part_project[required_parts(layout)]
    if len(np.unique(projects)) > MOST_REQUIRED:
        return [Clause("required", "", "projects.csv required", rows, block.year, block.place)]
    found = []
    for project in np.unique(projects):
        own, name = projects == project, layout.project_ids[project]
        words = f"projects.csv {name} required"
        found.append(Clause("required", name, words, rows[own], block.year[own], block.place[own]))
    return found


def _name(section: str, record: str, clause: str, label: str) -> str:
    return " ".join(word for word in (f"[{section}.{record}]", clause, label) if word)


def years_text(years: Sequence[int]) -> str:
    """Write years as runs.

    >>> years_text([2021, 2022, 2023, 2025])
    '2021–2023, 2025'
    """
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def changed(program: Program, changes: Sequence[ChangedRows]) -> Program:
    """Return the programme with some rows replaced; its matrix stays the same object where only bounds do."""
    lower, upper = program.row_lower.copy(), program.row_upper.copy()
    row, column, value = [], [], []
    linear = [(change, change.block) for change in changes if isinstance(change.block, RuleRows)]
    for change in changes:
        low, high = program_bounds(change.block)
        lower[change.at], upper[change.at] = low[change.local], high[change.local]
    if not linear:  # counts change in their bounds only
        return replace(program, row_lower=lower, row_upper=upper)
    for change, block in linear:
        position = np.full(len(block), -1, dtype=np.int64)
        position[change.local] = change.at
        nonzeros = program_nonzeros(block, change.sums)
        inside = position[nonzeros.row] >= 0
        row.append(position[nonzeros.row[inside]])
        column.append(nonzeros.column[inside])
        value.append(nonzeros.value[inside])
    at = np.concatenate([change.at for change, _ in linear])
    triplets = (np.concatenate(value), (np.concatenate(row), np.concatenate(column)))
    fresh = sparse.csr_array(triplets, shape=program.matrix.shape)
    by_row = program.matrix.tocsr()
    matrix = program.matrix
    if (by_row[at] != fresh[at]).nnz:
        kept = np.ones(len(lower))
        kept[at] = 0
        matrix = sparse.csc_array(sparse.diags_array(kept) @ by_row + fresh)
        matrix.eliminate_zeros()
    return replace(program, matrix=matrix, row_lower=lower, row_upper=upper)
