"""Balance: the money per head of each place lies within a band of the mean of them all.

With H all heads, S all money of the places (one column of the programme, see :mod:`zxsim.core.groups`)
and band = num/den, in whole numbers: H·den·x_v ≥ (den − num)·heads_v·S and H·den·x_v ≤ (den + num)·heads_v·S.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field

from zxsim.core.blocks import Relation, RowBlock, whole
from zxsim.core.groups import GroupSums, GroupTerms
from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.placecells import cell_faults, whole_cells
from zxsim.core.rows import Cells, Ratio, RuleRows, cells, quotient
from zxsim.core.rulespec import Fault, PlacedRule
from zxsim.core.spec import Share, shifted

FEWEST_PLACES = 2


class Balance(PlacedRule):
    """Money per head of each place, against the mean of all of them."""

    label_words: ClassVar[Mapping[str, str]] = {"zh": "人均均衡", "en": "balance"}
    grid: ClassVar[tuple[Decimal, str]] = (Decimal("0.0001"), "share")
    chinese: ClassVar[Mapping[str, str]] = {
        "": "各地区的人均投入，与这些地区总体的人均投入相比。",
        "band": "与总体人均相差多少以内：0.2 即总体人均的 80% 到 120%。",
        "heads": "places.csv 中载明人数（户数）的列。",
        "per": "`year` 每年分别算，`period` 把本约束各年合起来算。",
        "categories": "只计用于这些类别的资金；不写就全部计入。",
    }

    kind: Literal["balance"]
    band: Share
    """How far from the mean: 0.2 allows 80 % to 120 % of it."""
    heads: str = "population"
    """Column of places.csv that counts the heads."""
    per: Literal["year", "period"] = "year"
    """In each year, or over all years of the rule together."""
    categories: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """Only money for these categories counts; all when not given."""

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield a fault for a bad column, fewer than two places, and places within each other."""
        places = self.chosen_places(layout)
        if len(places) < FEWEST_PLACES:
            yield "places", "too_few_places", {"count": len(places), "least": FEWEST_PLACES}
        inner = layout.places.nested(places)
        if len(inner):
            yield "places", "places_nested", {"places": [layout.places.ids[i] for i in inner[:10]]}
        yield from cell_faults(layout, "heads", self.heads, places, above_zero=True)

    def rows(self, rule_id: str, layout: Layout) -> Sequence[RowBlock]:
        """Return a floor and a cap for each place and year, or place."""
        places, years = self.chosen_places(layout), self.year_scope(layout)
        chosen = layout.columns_of(funds=self.funds, categories=self.categories)
        grid = cells(layout, chosen, places, years, period=self.per == "period")
        width = len(grid.place) // max(len(places), 1)
        heads = np.repeat(whole_cells(layout, self.heads, places), width)
        names = [f"sum({rule_id},{year})" if year else f"sum({rule_id})" for year in grid.year[:width]]
        of = GroupSums(names, grid.row % max(width, 1), grid.column)
        return [self._block(rule_id, grid, heads, of, relation) for relation in RELATIONS]

    def _block(
        self, rule_id: str, grid: Cells, heads: IntArray, of: GroupSums, relation: Relation
    ) -> RuleRows:
        band, count = self.band.fraction, len(heads)
        top = band.denominator + (-band.numerator if relation == ">=" else band.numerator)
        full = int(heads.sum()) // max(len(of), 1) * band.denominator
        group = np.arange(count) % max(len(of), 1)
        return RuleRows(
            rule=rule_id,
            kind=self.kind,
            clause=self.clause,
            relation=relation,
            soft=self.softness,
            scope="floor" if relation == ">=" else "cap",
            place=grid.place,
            year=grid.year,
            since=grid.since,
            row=grid.row,
            column=grid.column,
            coefficient=np.full(len(grid.row), full, dtype=np.int64),
            averages=GroupTerms(of, np.arange(count), group, -top * heads),
            bound=whole(np.zeros(count, dtype=np.int64)),
            norm=whole(np.full(count, full)),
            ratio=_of_mean(grid, heads, group, len(of), top / band.denominator),
            numerator="money_per_head",
            denominator="mean_per_head",
        )

    def loosened(self, steps: int) -> Self:
        """Return a copy with a wider band."""
        return self.model_copy(update={"band": shifted(self.band, steps * self.grid[0])})


RELATIONS: tuple[Relation, Relation] = (">=", "<=")


def _of_mean(grid: Cells, heads: IntArray, group: IntArray, groups: int, right: float) -> Ratio:
    def ratio(units: IntArray) -> tuple[FloatArray, FloatArray]:
        spent = grid.sums(units)
        everywhere = np.bincount(group, spent, groups) / np.bincount(group, heads, groups)
        return quotient(spent / heads, everywhere[group]), np.full(len(heads), right)

    return ratio
