"""Rising share: the share of some categories grows from year to year.

``of = "fund"``: I_t/M_t ≥ I_p/M_p + step, where p is the last earlier year with money; linear
because the M are constants. The first year with money keeps ``start`` and, where given,
``base_share + step``. In whole numbers: q·M_p·I_t − q·M_t·I_p ≥ s·M_t·M_p with step = s/q.

``of = "spent"``: the share realised divides two unknowns, so a rise over it would be bilinear; a
stated ``path`` of shares by year is kept instead, I_t − θ_t·Σ_t ≥ 0.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.blocks import RowBlock, whole
from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.money import share_up
from zxsim.core.rows import Cells, Ratio, RuleRows, cells, kept, quotient
from zxsim.core.rulespec import Fault, RuleSpec
from zxsim.core.spec import Share, shifted


class RisingShare(RuleSpec):
    """The share of categories in the money of a year rises by at least a step each year."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "占比逐年提高", "en": "rising share"}
    grid: ClassVar[tuple[Decimal, str]] = (Decimal("0.0001"), "share")
    chinese: ClassVar[Mapping[str, str]] = {
        "": "某些类别占当年资金的比例，每年至少提高一步。",
        "categories": "计入比例的类别或二级类别。",
        "start": '有资金的第一年的最低比例；用于 `of = "fund"`。',
        "step": '每年至少提高多少（0.05 即五个百分点）；用于 `of = "fund"`。',
        "base_share": "规划期前一年的比例；第一年至少比它高 `step`。",
        "of": "分母：`fund` 当年的资金总额，`spent` 当年实际安排的资金（要写 `path`）。",
        "path": '各年的最低比例；用于 `of = "spent"`。',
    }

    kind: Literal["rising_share"]
    categories: Annotated[tuple[str, ...], Field(min_length=1)]
    """Categories or second levels that make up the share."""
    start: Share | None = None
    """Smallest share in the first year with money; for `of = "fund"`."""
    step: Share | None = None
    """Smallest rise a year (0.05 is five points); for `of = "fund"`."""
    base_share: Share | None = None
    """Share in the year before the horizon; the first year is at least `step` above it."""
    of: Literal["fund", "spent"] = "fund"
    """Divide by what the funds hold in the year, or by what is spent of them (needs `path`)."""
    path: dict[int, Share] | None = None
    """Smallest share by year; for `of = "spent"`."""

    @model_validator(mode="after")
    def _keys_of_form(self) -> Self:
        needed, refused = (
            ("step", ("path",)) if self.of == "fund" else ("path", ("start", "step", "base_share"))
        )
        if getattr(self, needed) is None:
            raise PydanticCustomError("missing_for_of", "missing", {"of": self.of, "key": needed})
        extra = [key for key in refused if getattr(self, key) is not None]
        if extra:
            raise PydanticCustomError("not_for_of", "not for of", {"of": self.of, "key": ", ".join(extra)})
        shares = [self.path[year].value for year in sorted(self.path or {})] if self.path else []
        if shares != sorted(shares):
            raise PydanticCustomError("path_falls", "path falls")
        return self

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault where funds are not earmarked by place, or the path leaves the horizon."""
        if self.of == "fund":
            yield from self.earmark_faults(layout)
        outside = [year for year in self.path or {} if year not in layout.years]
        if outside:
            first, last = int(layout.years[0]), int(layout.years[-1])
            yield "path", "year_outside_horizon", {"given": outside, "first": first, "last": last}

    def rows(self, rule_id: str, layout: Layout) -> Sequence[RowBlock]:
        """Return one row a year with money (and place)."""
        return [self._path_rows(rule_id, layout) if self.path else self._step_rows(rule_id, layout)]

    def loosened(self, steps: int) -> Self:
        """Return a copy with a lower start and step, or a lower path."""
        by = -steps * self.grid[0]
        path = self.path and {year: shifted(share, by) for year, share in self.path.items()}
        start, step = self.start and shifted(self.start, by), self.step and shifted(self.step, by)
        return self.model_copy(update={"start": start, "step": step, "path": path})

    def _block(self, rule_id: str, grid: Cells, **parts: Any) -> RuleRows:  # noqa: ANN401 (fields of RuleRows)
        return RuleRows(
            rule=rule_id,
            kind=self.kind,
            clause=self.clause,
            relation=">=",
            soft=self.softness,
            place=grid.place,
            year=grid.year,
            since=grid.since,
            numerator="spent_on_categories",
            denominator="held_by_funds" if self.of == "fund" else "spent_of_funds",
            **parts,
        )

    def _step_rows(self, rule_id: str, layout: Layout) -> RuleRows:
        assert self.step is not None
        places, years = self.place_scope(layout), self.year_scope(layout)
        inside = layout.columns_of(funds=self.funds, categories=self.categories)
        grid = cells(layout, inside, places, years)
        held = layout.money(self.funds, places)[:, np.isin(layout.years, years)]
        before = previous_with_money(held).ravel()
        held, first = held.ravel(), before < 0
        step = self.step.fraction
        rising = ~first & (held > 0)
        norm = np.where(rising, held[before] * step.denominator, 1)
        bound = whole(np.zeros(len(held), dtype=np.int64))
        bound[rising] = whole(held)[rising] * whole(held[before])[rising] * step.numerator
        lowest = self.start.fraction if self.start else Fraction(0)
        if self.base_share:
            lowest = max(lowest, self.base_share.fraction + step)
        bound[first] = whole([share_up(lowest, int(m)) for m in held[first]])
        later = following(before, held > 0)
        later_factor = np.where(later >= 0, held[later] * step.denominator, 0)
        has_later = later[grid.row] >= 0
        block = self._block(
            rule_id,
            grid,
            row=np.concatenate([grid.row, later[grid.row[has_later]]]),
            column=np.concatenate([grid.column, grid.column[has_later]]),
            coefficient=np.concatenate([norm[grid.row], -later_factor[grid.row[has_later]]]),
            bound=bound,
            norm=whole(norm),
            ratio=_realised(grid, held, before, lowest, step),
        )
        return kept(held > 0, block)

    def _path_rows(self, rule_id: str, layout: Layout) -> RuleRows:
        assert self.path is not None
        years = np.intersect1d(sorted(self.path), self.year_scope(layout))
        ours = layout.columns_of(funds=self.funds)
        inside = layout.columns_of(funds=self.funds, categories=self.categories)
        places = self.place_scope(layout)
        base, part = cells(layout, ours, places, years), cells(layout, inside, places, years)
        theta = [self.path[int(year)].fraction for year in base.year]
        top = np.array([share.numerator for share in theta], dtype=np.int64)
        below = np.array([share.denominator for share in theta], dtype=np.int64)

        def ratio(units: IntArray) -> tuple[FloatArray, FloatArray]:
            return quotient(part.sums(units), base.sums(units)), top / below

        return self._block(
            rule_id,
            base,
            row=base.row,
            column=base.column,
            coefficient=np.where(inside[base.column], below[base.row], 0) - top[base.row],
            bound=whole(np.zeros(len(base.place), dtype=np.int64)),
            norm=whole(below),
            ratio=ratio,
        )


def previous_with_money(held: IntArray) -> IntArray:
    """For each place and year, the flat position of the last earlier year with money, or −1.

    Parameters
    ----------
    held : int array (places, years)
    """
    places, years = held.shape
    before = np.full((places, years), -1, dtype=np.int64)
    last = np.full(places, -1, dtype=np.int64)
    for t in range(years):
        before[:, t] = last
        last = np.where(held[:, t] > 0, np.arange(places) * years + t, last)
    return before


def following(before: IntArray, with_money: BoolArray) -> IntArray:
    """Invert :func:`previous_with_money` over years with money: the next year that rises over it."""
    later = np.full(len(before), -1, dtype=np.int64)
    rising = np.flatnonzero(with_money & (before >= 0))
    later[before[rising]] = rising
    return later


def _realised(grid: Cells, held: IntArray, before: IntArray, lowest: Fraction, step: Fraction) -> Ratio:
    def ratio(units: IntArray) -> tuple[FloatArray, FloatArray]:
        share = quotient(grid.sums(units), held.astype(float))
        return share, np.where(before >= 0, share[before] + float(step), float(lowest))

    return ratio
