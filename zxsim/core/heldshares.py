"""Floors on the share of the money that funds hold: Σ x ≥ ⌈θ·M⌉, printed as spent / M against θ."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from zxsim.core.blocks import Softness, whole
from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.money import share_up
from zxsim.core.rows import Cells, RuleRows, kept, quotient


@dataclass(frozen=True)
class Measure:
    """What a share divides by what, as codes of words."""

    numerator: str
    denominator: str


def held_share_floor(
    names: tuple[str, str, str],
    grid: Cells,
    held: IntArray,
    shares: Sequence[Fraction],
    measure: Measure,
    soft: Softness | None,
) -> RuleRows:
    """Return the rows of the cells whose funds hold money.

    Parameters
    ----------
    names : (rule, kind, clause)
    held : int array (cells,)
        Units that the funds hold for each cell.
    shares : sequence of Fraction (cells,)
        Smallest share of each cell.
    """
    right = np.array([float(share) for share in shares])

    def ratio(units: IntArray) -> tuple[FloatArray, FloatArray]:
        return quotient(grid.sums(units), held.astype(float)), right

    block = RuleRows(
        rule=names[0],
        kind=names[1],
        clause=names[2],
        relation=">=",
        soft=soft,
        place=grid.place,
        year=grid.year,
        since=grid.since,
        row=grid.row,
        column=grid.column,
        coefficient=np.ones(len(grid.row), dtype=np.int64),
        bound=whole([share_up(share, int(m)) for share, m in zip(shares, held, strict=True)]),
        norm=whole(np.ones(len(held), dtype=np.int64)),
        ratio=ratio,
        numerator=measure.numerator,
        denominator=measure.denominator,
    )
    return kept(held > 0, block)
