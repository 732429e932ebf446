"""What newly served heads are worth where coverage has a stated worth and no target.

served[v,t] ≤ what the plan has paid for at place v itself until t; and, at every place that has the
data, all served in it or below it ≤ its eligible heads not yet served. A head is worth its yuan
once, discounted to the year in which it is first served. Payments near the end of the horizon may
serve after it, so the states run on for the longest lag.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from zxsim.core.effectspec import EffectSpec
from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.money import YUAN_PER_WAN
from zxsim.core.places import PlaceTree
from zxsim.core.program import ProgramBuilder, Triplets
from zxsim.optimize.states import StateGroup, state_groups
from zxsim.schema.checks import indicator_of
from zxsim.schema.references import enabled
from zxsim.schema.scenario import Scenario


@dataclass(frozen=True, eq=False)
class ServedWorth:
    """Worth of one indicator.

    ``group`` holds heads paid for at each place itself; ``unserved`` the eligible heads not yet
    served of every place of the tree, inf where there is no data, shape *(all places,)*; ``worth``
    the 万元 of a head that is served until each year, shape *(length,)*.
    """

    group: StateGroup
    places: PlaceTree
    unserved: FloatArray
    worth: FloatArray

    def value(self, amount_wan: FloatArray) -> float:
        """Benefit in 万元 of a plan: from the lowest places up, no more than are unserved."""
        served = np.zeros((len(self.places), self.group.length))
        served[self.group.places] = self.group.values(amount_wan)
        for place in np.argsort(-self.places.depth, kind="stable"):
            served[place] = np.minimum(served[place], self.unserved[place])
            if self.places.parent[place] >= 0:
                served[self.places.parent[place]] += served[place]
        return float((served[self.places.tops] @ self.worth).sum())

    def add_to(self, builder: ProgramBuilder, layout: Layout) -> tuple[IntArray, FloatArray]:
        """Add the columns of heads served; return their positions and what each is worth."""
        paid_for = self.group.add_to(builder, layout).ravel()
        free = np.full(len(paid_for), np.inf)
        served = builder.add_columns(0 * paid_for.astype(float), free, lambda: self._labels("served", layout))
        at, ones = np.arange(len(served)), np.ones(len(served))
        nonzeros = Triplets.joined([Triplets(at, served, ones), Triplets(at, paid_for, -ones)])
        zero = np.zeros(len(served))
        builder.add_rows(-free, zero, nonzeros, lambda: self._labels("paid_for", layout))
        self._add_limits(builder, layout, served.reshape(-1, self.group.length))
        return served, np.tile(self.worth, len(self.group.places))

    def _labels(self, word: str, layout: Layout, places: IntArray | None = None) -> list[str]:
        first, ids = int(layout.years[0]), layout.places.ids
        chosen = self.group.places if places is None else places
        years = range(first, first + self.group.length)
        return [f"{word}({self.group.indicator},{ids[place]},{year})" for place in chosen for year in years]

    def _add_limits(self, builder: ProgramBuilder, layout: Layout, served: IntArray) -> None:
        """Limit all that is served in a place or below it by its unserved heads."""
        limited = np.flatnonzero(np.isfinite(self.unserved))
        for _, owner in self.places.owners(limited):
            at = owner[self.group.places]
            inside = np.flatnonzero(at >= 0)
            used = np.unique(at[inside])
            cell = np.searchsorted(used, at[inside])[:, None] * self.group.length + np.arange(
                self.group.length
            )
            columns = served[inside].ravel()
            nonzeros = Triplets(cell.ravel(), columns, np.ones(len(columns)))
            upper = np.repeat(self.unserved[limited[used]], self.group.length)
            labels = partial(self._labels, "unserved", layout, limited[used])
            builder.add_rows(np.full(len(upper), -np.inf), upper, nonzeros, labels)


def served_worths(scenario: Scenario, effects: Sequence[EffectSpec], layout: Layout) -> list[ServedWorth]:
    """Prepare the worth of every indicator that has one and no target."""
    if scenario.benefit.source == "own":
        return []
    targeted = {scenario.target[target].indicator for target in enabled(scenario.target)}
    wanted = sorted(set(scenario.benefit.coverage_yuan) - targeted)
    return [worth for name in wanted if (worth := _served_worth(name, scenario, effects, layout)) is not None]


def _served_worth(
    indicator_id: str, scenario: Scenario, effects: Sequence[EffectSpec], layout: Layout
) -> ServedWorth | None:
    chosen = [effect for effect in effects if effect.moves == indicator_id]
    columns = np.zeros(len(layout), dtype=np.bool_)
    for effect in chosen:
        columns |= layout.columns_of(projects=effect.chosen(layout))
    places = np.unique(layout.column_place[columns])
    if not len(places):
        return None
    # Heads are served where a project is, not once more in every place above: a tree without branches.
    apart = replace(layout, places=replace(layout.places, parent=np.full(len(layout.places), -1)))
    length = len(layout.years) + max(int(getattr(effect, "lag", 0)) for effect in chosen)
    indicator = indicator_of(scenario, indicator_id)
    unserved = layout.place_numbers(indicator.recipients_column) * (1 - indicator.start(indicator_id, layout))
    discount = (1 + float(scenario.benefit.discount_rate)) ** -np.arange(length, dtype=float)
    yuan = float(scenario.benefit.coverage_yuan[indicator_id])
    (group,) = state_groups(indicator_id, chosen, apart, places, np.ones(len(places)), length)
    return ServedWorth(
        group,
        layout.places,
        np.where(np.isnan(unserved), np.inf, unserved),
        yuan / YUAN_PER_WAN * (discount - np.r_[discount[1:], 0]),
    )
