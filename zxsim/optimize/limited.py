"""Which effects count only so far in a scenario, and what is worth something up to there.

Coverage without a target is worth its stated yuan once for each head newly served, discounted to the year in
which it is first served. Effects on income that eligible heads limit are worth what counts of them each year,
over their whole life, also beyond the horizon.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from zxsim.core.effectspec import EffectSpec
from zxsim.core.layout import FloatArray, IntArray, Layout
from zxsim.core.money import YUAN_PER_WAN
from zxsim.core.yuaneffect import YuanEffect
from zxsim.optimize.saturation import HEADS, MONEY, CountedColumns, Saturation, saturation
from zxsim.schema.references import enabled
from zxsim.schema.scenario import Scenario
from zxsim.schema.target_checks import indicator_of


@dataclass(frozen=True, eq=False)
class CountedWorth:
    """Worth in 万元 of what counts at the top places until each year's end, shape *(length,)*."""

    saturation: Saturation
    worth: FloatArray

    def value(self, amounts: FloatArray) -> float:
        """Benefit in 万元 of given payments."""
        counted = self.saturation.counted(amounts)[self.saturation.places.tops]
        return float((counted @ self.worth).sum())

    def add_to(self, columns: CountedColumns) -> tuple[IntArray, FloatArray]:
        """Return the columns of what counts and what each is worth."""
        top = columns.of(self.saturation)[self.saturation.top_nodes]
        return top.ravel(), np.tile(self.worth, len(top))


@dataclass(frozen=True, eq=False)
class Limited:
    """All saturations of a scenario: of coverages by indicator, of effects on income by effect."""

    heads: Mapping[str, Saturation]
    yuan: Mapping[str, Saturation]
    worths: Sequence[CountedWorth]

    def of(self, indicator: str) -> list[Saturation]:
        """Saturations that an indicator is made of."""
        if indicator in self.heads:
            return [self.heads[indicator]]
        return list(self.yuan.values()) if indicator == "income" else []


def limited_effects(scenario: Scenario, layout: Layout) -> Limited:
    """Prepare all saturations of a scenario and their worths."""
    worth_of = _coverage_worths(scenario)
    heads, yuan, worths = {}, {}, []
    for indicator_id in sorted(scenario.indicator):
        effects = _effects_on(indicator_id, scenario)
        discount = _discount(scenario, len(layout.years) + max((int(e.lag) for e in effects), default=0))
        length = len(discount) if indicator_id in worth_of else len(layout.years)
        wanted = _targeted(indicator_id, scenario, layout)
        limit = _unserved(indicator_id, scenario, layout)
        unit = 1.0 if indicator_id in worth_of else _heads_a_wan(effects, layout)
        found = saturation(indicator_id, HEADS, effects, layout, limit, wanted, length, unit)
        if found is not None:
            heads[indicator_id] = found
            if indicator_id in worth_of:
                newly = discount - np.r_[discount[1:], 0]
                worths.append(CountedWorth(found, worth_of[indicator_id] / YUAN_PER_WAN * newly))
    for effect_id in enabled(scenario.effect):
        effect = scenario.effect[effect_id]
        found = _counted_yuan(effect_id, effect, scenario, layout)
        if found is not None and isinstance(effect, YuanEffect):
            yuan[effect_id] = found
            if scenario.benefit.source == "effects":
                weight = effect.weight(scenario.benefit.worth)
                worths.append(CountedWorth(found, weight * _discount(scenario, found.group.length)))
    return Limited(heads, yuan, worths)


def _counted_yuan(
    effect_id: str, effect: EffectSpec, scenario: Scenario, layout: Layout
) -> Saturation | None:
    limit = effect.limit(layout)
    if limit is None:
        return None
    length = len(layout.years)
    if scenario.benefit.source == "effects":
        length = max(length, length + int(effect.lag) + (effect.years_of_life or 0) - 1)
    wanted = _targeted(effect.moves, scenario, layout)
    return saturation(effect_id, MONEY, [effect], layout, limit, wanted, length, YUAN_PER_WAN)


def _heads_a_wan(effects: Sequence[EffectSpec], layout: Layout) -> float:
    """Most heads that a 万元 serves, as a power of two, at least 1."""
    most = max((float(effect.per_wan(layout).max(initial=0)) for effect in effects), default=0.0)
    return float(2 ** round(np.log2(max(most, 1.0))))


def _coverage_worths(scenario: Scenario) -> Mapping[str, float]:
    """Yuan of a head by indicator, where it is stated and there is no target."""
    if scenario.benefit.source == "own":
        return {}
    targeted = {scenario.target[target].indicator for target in enabled(scenario.target)}
    stated = scenario.benefit.coverage_yuan
    return {name: float(stated[name]) for name in sorted(stated) if name not in targeted}


def _effects_on(indicator_id: str, scenario: Scenario) -> list[EffectSpec]:
    effects = (scenario.effect[effect] for effect in enabled(scenario.effect))
    return [effect for effect in effects if effect.moves == indicator_id]


def _targeted(indicator_id: str, scenario: Scenario, layout: Layout) -> IntArray:
    """Positions of all places at which some target asks for an indicator."""
    ids = {
        place
        for target in enabled(scenario.target)
        if scenario.target[target].indicator == indicator_id
        for place in scenario.target[target].places or ()
    }
    return layout.place_positions(sorted(ids))


def _unserved(indicator_id: str, scenario: Scenario, layout: Layout) -> FloatArray:
    """Eligible heads not yet served of each place, NaN where there is no data."""
    indicator = indicator_of(scenario, indicator_id)
    eligible = indicator.recipients(layout)
    unserved: FloatArray = eligible * (1 - indicator.start(indicator_id, layout))
    return unserved


def _discount(scenario: Scenario, length: int) -> FloatArray:
    """(1+r)^−t for so many years from the first of the horizon."""
    discount: FloatArray = (1 + float(scenario.benefit.discount_rate)) ** -np.arange(length, dtype=float)
    return discount
