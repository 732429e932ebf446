"""What each stage minimises, as a cost on every column.

``tier1 tier2 tier3 benefit unallocated order unique``, in this order; the last two only make the
plan unique and are never shown as results.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
import polars as pl

from zxsim.core.effectspec import EffectSpec
from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.optimize.payments import Payments
from zxsim.schema.scenario import Scenario

TIERS = ("tier1", "tier2", "tier3")
STAGES = (*TIERS, "benefit", "unallocated", "order", "unique")
HASH_BITS = 20


def own_benefit_per_wan(scenario: Scenario, layout: Layout) -> FloatArray:
    """The planner's own benefit of one 万元 in each money column, shape *(columns,)*; 0 where effects count.

    It is the worth of the whole project in proportion to the money paid.
    """
    if scenario.benefit.source != "own":
        return np.zeros(len(layout))
    whole = layout.projects["benefit"].cast(pl.Float64).fill_null(0).to_numpy()
    cost = layout.project_cost / UNITS_PER_WAN
    per_wan: FloatArray = np.divide(whole, cost, out=np.zeros(len(cost)), where=cost > 0)
    return per_wan[layout.column_project]


def effects_per_wan(scenario: Scenario, effects: Sequence[EffectSpec], payments: Payments) -> FloatArray:
    """Discounted effects in 万元 of one 万元 of each payment, shape *(payments,)*.

    0 where the planner's own benefit counts instead, and for effects that count only so far: what these
    are worth has columns of its own.
    """
    total = np.zeros(len(payments.layout))
    if scenario.benefit.source == "own":
        return total
    worth = scenario.benefit.worth
    for effect in effects:
        total += effect.benefit(payments.layout, worth)
    return total


def library_ranks(layout: Layout, blocks: IntArray) -> FloatArray:
    """Rank of each column's project, dense within a block; a missing rank is one after the last.

    Parameters
    ----------
    blocks : int array (columns,)
        Independent block of each money column.
    """
    given = layout.projects["rank"].cast(pl.Float64).fill_null(np.inf).to_numpy()[layout.column_project]
    dense = np.zeros(len(layout))
    order = np.lexsort((given, blocks))
    block, rank = blocks[order], given[order]
    new_block = np.r_[True, block[1:] != block[:-1]] if len(order) else np.zeros(0, dtype=np.bool_)
    new_rank = new_block | np.r_[True, rank[1:] != rank[:-1]] if len(order) else new_block
    count = np.cumsum(new_rank)
    first = np.maximum.accumulate(np.where(new_block, count, 0)) if len(order) else count
    dense[order] = count - first + 1
    return dense


def order_cost(layout: Layout, ranks: FloatArray) -> FloatArray:
    """Σ (rank + (t − t₀)/(T + 1)) · x: earlier in the library first, then earlier in time."""
    return ranks + layout.column_year / (len(layout.years) + 1)


def unique_weights(labels: Sequence[str], pass_number: int = 0) -> FloatArray:
    """G = 1 + (20 bits of SHA-256 of the name)/2²⁰; ``pass_number`` takes the next 20 bits.

    >>> round(float(unique_weights(["x(P1,v,f,2021)"])[0]), 6)
    1.874214
    """
    digests = b"".join([hashlib.sha256(label.encode()).digest() for label in labels])
    byte, bit = divmod(HASH_BITS * pass_number, 8)
    four = np.frombuffer(digests, dtype=np.uint8).reshape(-1, 32)[:, byte : byte + 4]
    words = np.ascontiguousarray(four).view(">u4")[:, 0].astype(np.int64)
    bits = (words >> (32 - HASH_BITS - bit)) & ((1 << HASH_BITS) - 1)
    return 1 + bits / (1 << HASH_BITS)
