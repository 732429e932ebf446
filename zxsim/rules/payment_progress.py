"""Payment progress: a stated share of the money held until the end of a year has been paid by then.

Σ_{τ≤t} x ≥ ⌈share_t · Σ_{τ≤t} M⌉, τ from the first year of the rule.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field

from zxsim.core.blocks import RowBlock
from zxsim.core.heldshares import Measure, held_share_floor
from zxsim.core.layout import Layout
from zxsim.core.rows import cumulative
from zxsim.core.rulespec import Fault, RuleSpec
from zxsim.core.spec import Share, shifted

MEASURE = Measure("spent_until", "held_until")


class PaymentProgress(RuleSpec):
    """Smallest share of the money held so far that is paid by the end of stated years."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "支付进度", "en": "payment progress"}
    grid: ClassVar[tuple[Decimal, str]] = (Decimal("0.0001"), "share")
    chinese: ClassVar[Mapping[str, str]] = {
        "": "到规定年份的年末，累计支付占累计资金的最低比例。",
        "shares": "年份 → 从约束首年到该年，累计支付占累计资金的最低比例。",
    }

    kind: Literal["payment_progress"]
    shares: Annotated[dict[int, Share], Field(min_length=1)]
    """Year → smallest share of all money held from the rule's first year until then."""

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault where funds are not earmarked by place, or a year is outside the rule's years."""
        yield from self.place_money_faults(layout)
        years = self.year_scope(layout)
        outside = [year for year in self.shares if year not in years]
        if outside:
            first, last = int(years[0]), int(years[-1])
            yield "shares", "year_outside_rule", {"given": outside, "first": first, "last": last}

    def rows(self, rule_id: str, layout: Layout) -> Sequence[RowBlock]:
        """Return one row a listed year (and place) until which there is money."""
        places, years = self.place_scope(layout), self.year_scope(layout)
        listed = np.intersect1d(sorted(self.shares), years)
        grid = cumulative(layout, layout.columns_of(funds=self.funds), places, int(years[0]), listed)
        within = np.isin(layout.years, years)
        held = np.cumsum(layout.money(self.funds, places)[:, within], axis=1)[:, np.isin(years, listed)]
        shares = [self.shares[int(year)].fraction for year in grid.year]
        names = (rule_id, self.kind, self.clause)
        return [held_share_floor(names, grid, held.ravel(), shares, MEASURE, self.softness)]

    def loosened(self, steps: int) -> Self:
        """Return a copy with lower shares."""
        by = -steps * self.grid[0]
        return self.model_copy(update={"shares": {y: shifted(s, by) for y, s in self.shares.items()}})
