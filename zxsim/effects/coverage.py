"""Coverage: heads newly served in proportion to the public money paid.

coverage[v,t] = base + Σ_p heads_p / eligible_v · (paid until t−lag) / (public cost of p), shown and
targeted as min(1, ·). What coverage is worth without a target is counted with saturation where the
programme is built, not here.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import ClassVar, Literal

import numpy as np
import polars as pl

from zxsim.core.effectspec import EffectSpec, Increments, Worth, membership
from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.rulespec import Fault
from zxsim.core.spec import Ident, NotNegative, Years


class Coverage(EffectSpec):
    """Heads served by a project when it is paid in full."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "覆盖", "en": "coverage"}

    kind: Literal["coverage"]
    indicator: Ident
    """Id of the indicator that it raises."""
    heads: str | NotNegative
    """Heads served by each project, or the numeric column of projects.csv that holds them."""
    lag: Years = Years(value=Decimal(0))
    """Years from payment to service."""

    @property
    def moves(self) -> str:
        """The indicator it names."""
        return self.indicator

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault for an unknown column and for projects whose cell is empty."""
        if not isinstance(self.heads, str):
            return
        kinds = layout.projects.schema
        numeric = sorted(column for column, kind in kinds.items() if kind.is_numeric())
        if self.heads not in numeric:
            yield "heads", "unknown_number_column", {"given": self.heads, "known": numeric}
            return
        empty = layout.projects[self.heads].is_null().to_numpy() & self.chosen(layout)
        if empty.any():
            ids = [layout.project_ids[i] for i in np.flatnonzero(empty)]
            yield "heads", "heads_missing", {"column": self.heads, "projects": ids[:10], "count": len(ids)}

    def heads_of(self, layout: Layout) -> FloatArray:
        """Heads that each project serves when it is paid in full, shape *(projects,)*."""
        if isinstance(self.heads, str):
            heads: FloatArray = layout.projects[self.heads].cast(pl.Float64).fill_null(0).to_numpy()
            return heads
        return np.full(len(layout.project_cost), float(self.heads))

    def heads_per_wan(self, layout: Layout) -> FloatArray:
        """Heads served per 万元 of each project, shape *(projects,)*."""
        cost_wan = layout.project_cost / UNITS_PER_WAN
        served: FloatArray = np.divide(
            self.heads_of(layout), cost_wan, out=np.zeros(len(cost_wan)), where=cost_wan > 0
        )
        return served

    def increments(self, layout: Layout, places: IntArray, recipients: FloatArray, length: int) -> Increments:
        """Return the share of the eligible heads that a 万元 serves."""
        at, column = membership(layout, self.chosen(layout), places)
        value = self.heads_per_wan(layout)[layout.column_project[column]] / recipients[at]
        year = layout.column_year[column] + int(self.lag)
        inside = year < length
        return Increments(1.0, at[inside], year[inside], column[inside], value[inside])

    def benefit(self, layout: Layout, worth: Worth) -> FloatArray:
        """Return zeros: the worth of coverage saturates, so it has columns of its own."""
        del worth
        return np.zeros(len(layout))
