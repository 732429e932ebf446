"""From a target of the scenario to its rows: places, years, level, form, weights and the size of one unit."""

from collections.abc import Sequence

import numpy as np

from zxsim.core.effectspec import EffectSpec, paid_places
from zxsim.core.indicatorspec import Indicator
from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.optimize.levels import Level
from zxsim.optimize.limited import Limited
from zxsim.optimize.relations import Cells, Comparison, comparison
from zxsim.optimize.states import state_groups
from zxsim.optimize.targets import TargetRows
from zxsim.schema.scenario import Scenario
from zxsim.schema.target import Target
from zxsim.schema.target_checks import LEVELS, compared_places, indicator_of

GRID_WAN = 0.01


def target_rows(
    target_id: str, scenario: Scenario, effects: Sequence[EffectSpec], limited: Limited, layout: Layout
) -> TargetRows:
    """Prepare the rows of one target; the columns of ``layout`` are the payments that effects count from."""
    target = scenario.target[target_id]
    assert target.years is not None
    indicator = indicator_of(scenario, target.indicator)
    own = np.sort(layout.place_positions(target.places or ()))
    first, last = target.years
    years = np.flatnonzero((layout.years >= first) & (layout.years <= last))
    parents = compared_places(target, layout)
    places = own if parents is None else np.unique(np.concatenate([own, parents]))
    moving = [effect for effect in effects if effect.moves == target.indicator]
    level = level_of(
        f"{target_id},{target.indicator}",
        target.indicator,
        indicator,
        moving,
        limited,
        layout,
        places,
        int(years[-1]) + 1,
        below_only=target.relation in LEVELS,
    )
    parent = np.full(len(own), -1) if parents is None else np.searchsorted(places, parents)
    cells = Cells(
        place=np.repeat(np.searchsorted(places, own), len(years)),
        year=np.tile(years, len(own)),
        parent=np.repeat(parent, len(years)),
        first=int(layout.years[0]),
    )
    form = comparison(target, cells, lambda asked: indicator.path(target.indicator, layout, asked)[places])
    return TargetRows(
        target_id=target_id,
        tier=target.tier,
        value=float(target.bound),
        upper_value=None if target.upper is None else float(target.upper),
        level=level,
        cells=cells,
        form=form,
        place=np.repeat(own, len(years)),
        year=cells.year,
        start=np.repeat(indicator.start(target.indicator, layout)[own], len(years)),
        weight=np.repeat(_population_shares(target, layout, own), len(years)),
        step=_steps(level, cells, form),
    )


def level_of(
    name: str,
    indicator_id: str,
    indicator: Indicator,
    effects: Sequence[EffectSpec],
    limited: Limited,
    layout: Layout,
    places: IntArray,
    length: int,
    *,
    below_only: bool = False,
) -> Level:
    """Prepare the level of an indicator at some places over the first years of the horizon.

    Parameters
    ----------
    name : str
        What its columns are called by.
    effects : sequence of EffectSpec
        Those that move the indicator.
    layout : Layout
        Its columns are the payments that effects count from.
    places : int array (places,)
        Positions in the tree, sorted.
    below_only : bool
        Whether reaching a value is all that is asked, see :func:`_simple`.
    """
    recipients = indicator.recipients(layout)[places]
    capped = [effect for effect in effects if indicator.saturates or effect.limit(layout) is not None]
    free = [effect for effect in effects if effect not in capped]
    return Level(
        places=places,
        recipients=recipients,
        path=indicator.path(indicator_id, layout, layout.years[:length])[places],
        whole=state_groups(name, effects, layout, places, recipients, length),
        plain=state_groups(name, free, layout, places, recipients, length, "plain"),
        saturations=limited.of(indicator_id),
        simple=_simple(capped, layout, places, below_only=indicator.saturates and below_only),
        ceiling=indicator.saturates,
    )


def _simple(capped: Sequence[EffectSpec], layout: Layout, places: IntArray, *, below_only: bool) -> BoolArray:
    """Which places have no money of limited effects in them, or (``below_only``) none below them.

    At a place with money of its own only, a coverage of 1 or less is reached by the state itself as soon as
    by what is served; that is all that a value to reach asks.
    """
    with_money = paid_places(capped, layout)
    if below_only:
        with_money = layout.places.parent[with_money]
        with_money = np.unique(with_money[with_money >= 0])
    simple: BoolArray = ~layout.places.holding(with_money)[places]
    return simple


def _steps(level: Level, cells: Cells, form: Comparison) -> FloatArray:
    """Most that 0.01 万元 can change the form of each row: it moves both of its levels one way."""
    step = level.step() * GRID_WAN
    there = np.where(form.other >= 0, step[form.other], 0.0)
    return np.maximum(form.plus * step[cells.place], form.minus * there)


def _population_shares(target: Target, layout: Layout, places: IntArray) -> FloatArray:
    population = layout.place_numbers("population")[places]
    if np.isnan(population).any():
        population = np.ones(len(places))
    shares: FloatArray = float(target.weight) * population / population.sum()
    return shares
