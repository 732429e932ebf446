"""Blocks of rule rows in the programme: sums as columns, soft rows with a shortfall, counts over choices.

A soft row may be missed: a shortfall column fills the gap, and its tier adds up
missing / |bound| · weight / (rows of the rule); where the bound is 0 the gap is divided by the money
that the rule's funds hold in the years of the row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from zxsim.core.blocks import RowBlock
from zxsim.core.counts import CountRows
from zxsim.core.groups import GroupSums
from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.program import Labels, ProgramBuilder, Triplets
from zxsim.core.rows import RuleRows
from zxsim.core.rulespec import RuleSpec


@dataclass(frozen=True, eq=False)
class Shortfalls:
    """Columns that say what soft rows miss: their tier, positions, and what each counts there."""

    tier: int
    columns: IntArray
    weights: FloatArray


@dataclass(eq=False)
class RuleAdder:
    """Adds blocks of rules to a programme and keeps what they bring beside rows."""

    builder: ProgramBuilder
    layout: Layout
    specs: Mapping[str, RuleSpec]
    rows_of_rule: Mapping[str, int]
    shortfalls: list[Shortfalls] = field(default_factory=list)
    _sums: dict[GroupSums, IntArray] = field(default_factory=dict)

    def add(self, block: RowBlock, labels: Labels | None = None) -> IntArray:
        """Add a block; return the positions of its rows, none yet for a block that counts projects."""
        if not isinstance(block, RuleRows):
            return np.zeros(0, dtype=np.int64)
        return self._add(block, [program_nonzeros(block, self.sums_of(block))], labels)

    def sums_of(self, block: RowBlock) -> IntArray:
        """Columns of the sums that a block refers to, added when first needed."""
        if not isinstance(block, RuleRows) or block.averages is None:
            return np.zeros(0, dtype=np.int64)
        return self._sum_columns(block.averages.of)

    def add_counts(self, block: CountRows, counted: IntArray) -> IntArray:
        """Add a block that counts projects; ``counted`` are the columns that say which do, one a pair."""
        return self._add(block, [Triplets(block.row, counted, np.ones(len(counted)))], None)

    def _add(self, block: RowBlock, nonzeros: list[Triplets], labels: Labels | None) -> IntArray:
        lower, upper = program_bounds(block)
        if block.soft is not None:
            sign = np.full(len(block), 1.0 if block.relation == ">=" else -1.0)
            nonzeros.append(Triplets(np.arange(len(block)), self._shortfall_columns(block), sign))
        shown = labels or (lambda: [block.label(self.layout, i) for i in range(len(block))])
        return self.builder.add_rows(lower, upper, Triplets.joined(nonzeros), shown)

    def _sum_columns(self, of: GroupSums) -> IntArray:
        """Columns of the sums, with their defining rows, added when first needed."""
        if of not in self._sums:
            zero = np.zeros(len(of))
            columns = self.builder.add_columns(zero, np.full(len(of), np.inf), lambda: of.names)
            defining = Triplets.joined(
                [
                    Triplets(np.arange(len(of)), columns, zero + 1),
                    Triplets(of.group, of.column, np.full(len(of.group), -1.0)),
                ]
            )
            self.builder.add_rows(zero, zero, defining, lambda: [f"of_{name}" for name in of.names])
            self._sums[of] = columns
        return self._sums[of]

    def _shortfall_columns(self, block: RowBlock) -> IntArray:
        assert block.soft is not None
        count = len(block)
        names = lambda: [f"short(rule,{block.words(self.layout, i)})" for i in range(count)]  # noqa: E731
        columns = self.builder.add_columns(np.zeros(count), np.full(count, np.inf), names)
        scale = shortfall_scale(block, self.specs[block.rule], self.layout)
        weights = block.soft.weight / max(self.rows_of_rule[block.rule], 1) / scale
        self.shortfalls.append(Shortfalls(block.soft.tier, columns, weights))
        return columns


def program_bounds(block: RowBlock) -> tuple[FloatArray, FloatArray]:
    """Lower and upper bound of the rows of a block in the programme: 万元, or projects."""
    if isinstance(block, RuleRows):
        return block.program_bounds()
    bound, free = block.bound.astype(float), np.full(len(block), np.inf)
    return (bound, free) if block.relation == ">=" else (-free, bound)


def program_nonzeros(block: RuleRows, sums: IntArray) -> Triplets:
    """Nonzeros of the rows of a block, given the columns of the sums that it refers to."""
    money = Triplets(block.row, block.column, block.program_values())
    if block.averages is None:
        return money
    columns = sums[block.averages.group]
    return Triplets.joined([money, Triplets(block.averages.row, columns, block.group_values())])


def shortfall_scale(block: RowBlock, spec: RuleSpec, layout: Layout) -> FloatArray:
    """What one whole shortfall of each row is in 万元: |bound|, or the money of its funds where that is 0.

    For counts it is |bound| in projects, at least one.
    """
    if block.unit == "count":
        counts: FloatArray = np.maximum(np.abs(block.bound.astype(float)), 1)
        return counts
    bound = np.array([abs(b / n) for b, n in zip(block.bound, block.norm, strict=True)], dtype=float)
    held = layout.money(spec.funds, None)[0]
    years, horizon = spec.year_scope(layout), layout.years
    first = np.where(block.since > 0, block.since, np.where(block.year > 0, block.year, years[0]))
    last = np.where(block.year > 0, block.year, years[-1])
    inside = (horizon >= first[:, None]) & (horizon <= last[:, None])
    size = np.where(bound > 0, bound, inside @ held.astype(float)) / UNITS_PER_WAN
    return np.where(size > 0, size, 1.0)


def rows_of_rules(blocks: Iterable[RowBlock]) -> Mapping[str, int]:
    """How many rows each rule has over all its blocks (budgets are no rules)."""
    rows: dict[str, int] = {}
    for block in blocks:
        if block.soft is not None:
            rows[block.rule] = rows.get(block.rule, 0) + len(block)
    return rows


def count_rows_of(blocks: Sequence[RowBlock]) -> list[CountRows]:
    """Blocks that need a yes-or-no column for each project that they may count."""
    return [block for block in blocks if isinstance(block, CountRows)]
