"""What a plan adds to incomes: by the same states and limits as the optimiser counts and prints them."""

from collections.abc import Iterator, Sequence

import numpy as np

from zxsim.core.effectspec import EffectSpec
from zxsim.core.layout import FloatArray, IntArray
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.spec import Figure
from zxsim.indicators import BUILT_IN
from zxsim.optimize.build import effects_of, timed_projects
from zxsim.optimize.choices import Choices
from zxsim.optimize.limited import limited_effects
from zxsim.optimize.payments import Payments
from zxsim.optimize.target_setup import level_of
from zxsim.schema.assumptions import figures_of
from zxsim.schema.load import Loaded
from zxsim.schema.references import enabled
from zxsim.simulate.parameters import Parameters

INCOME = "income"
_NO_YIELDS = ("lag", "life", "decay", "low_income_share", "gap_yuan")


def payments_of(loaded: Loaded) -> Payments:
    """Payments that effects count from under any plan of the scenario's own money columns."""
    layout = loaded.layout
    choices = Choices(layout, timed_projects(effects_of(loaded.spec), layout), ())
    return Payments.of(layout, choices.takes, np.zeros(len(choices), dtype=np.int64))


def incomes(loaded: Loaded, units: IntArray | None, places: IntArray) -> tuple[FloatArray, FloatArray]:
    """Income per head without a plan, and what the plan adds, each of shape *(years, places)*.

    Parameters
    ----------
    units : int array (columns,) or None
        The plan, units of each money column; ``None`` is no plan.
    places : int array (places,)
        Positions in the tree, sorted. Money at a place or below it counts for it, as for targets.
    """
    layout, indicator = loaded.layout, BUILT_IN[INCOME]
    path = indicator.path(INCOME, layout, layout.years)[places].T
    moving = [effect for effect in effects_of(loaded.spec) if effect.moves == INCOME]
    if units is None or not moving:
        return path, np.zeros(path.shape)
    payments = payments_of(loaded)
    limited = limited_effects(loaded.spec, payments.layout)
    level = level_of(INCOME, INCOME, indicator, moving, limited, payments.layout, places, len(layout.years))
    return path, level.exact(payments.amounts(units / UNITS_PER_WAN)).T - path


def gain_factor(loaded: Loaded, units: IntArray | None, parameters: Parameters) -> FloatArray:
    """What the plan's gain is multiplied with in each replication, shape *(replications,)*.

    Assumed yields are drawn; what an effect brings a year is taken in proportion to the money paid for it,
    before any limit, so that an effect counts by its part of the plan.
    """
    count = len(parameters.replications)
    names = [e for e in enabled(loaded.spec.effect) if loaded.spec.effect[e].moves == INCOME]
    if units is None or not parameters.drawn or not names:
        return np.ones(count)
    payments = payments_of(loaded)
    amounts = payments.amounts(units / UNITS_PER_WAN)
    paid = np.bincount(payments.layout.column_project, amounts, len(loaded.layout.projects))
    fixed, drawn = 0.0, np.zeros(count)
    for name in names:
        effect = loaded.spec.effect[name]
        money = np.where(effect.chosen(loaded.layout), paid, 0.0)
        fixed += float(money @ effect.per_wan(loaded.layout))
        copies = _drawn(effect, f"[effect.{name}]", parameters)
        drawn += [float(money @ copy.per_wan(loaded.layout)) for copy in copies]
    return drawn / fixed if fixed > 0 else np.ones(count)


def yields_of(address: str, effect: EffectSpec) -> Iterator[tuple[str, Figure]]:
    """Yield address and figure of what an effect brings a year; when it begins and ends is not drawn."""
    for at, figure in figures_of(address, effect):
        if at.removeprefix(f"{address} ") not in _NO_YIELDS:
            yield at, figure


def _drawn(effect: EffectSpec, address: str, parameters: Parameters) -> Sequence[EffectSpec]:
    """Return the effect as it is in each replication."""
    names = {f"{address} {spec.alias or field}": field for field, spec in type(effect).model_fields.items()}
    figures = {names[at]: (at, figure) for at, figure in yields_of(address, effect) if figure.assumed}
    values = {field: parameters.of(at, figure) for field, (at, figure) in figures.items()}
    return [
        effect.model_copy(
            update={
                field: figures[field][1].model_copy(update={"value": float(numbers[i])})
                for field, numbers in values.items()
            }
        )
        for i in range(len(parameters.replications))
    ]
