"""What a target compares: from levels of its indicator to the figure that is held against its value.

With ind the level as printed, v the place of the row, c the place in ``than`` (or the one v lies in),
t the year, b the ``base_year``:

========================  =====================================  ==========================
relation                  planned                                missing
========================  =====================================  ==========================
``>=`` ``<=`` ``=``       ind_v,t                                value − planned, and so on
``>`` ``<``               ind_v,t                                as above, value ± margin
``between``               ind_v,t                                distance outside value..upper
``growth``                (ind_v,t/ind_v,b)^(1/(t−b)) − 1        value − planned
``growth_above_parent``   ind_v,t/ind_v,b − ind_c,t/ind_c,b      value − planned
``ratio_to_parent``       ind_v,t/ind_c,t                        value − planned
``not_below_previous``    ind_v,t − ind_v,t−1                    −planned
========================  =====================================  ==========================
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.places import IntArray
from zxsim.verify.ratios import FloatArray
from zxsim.verify.reading import number


class Cells(NamedTuple):
    """Places (by their position) and years of levels, one a row."""

    at: IntArray
    year: IntArray


def compared_cells(target: Record, own: Cells, inputs: Inputs) -> list[Cells]:
    """Levels that the rows of a target compare, their own first.

    Raises
    ------
    ValueError
        A growth that does not run over at least one year, or a place that lies in no other.
    """
    relation = target["relation"]
    if relation == "not_below_previous":
        return [own, Cells(own.at, own.year - 1)]
    if relation == "ratio_to_parent":
        return [own, Cells(_others(target, own, inputs), own.year)]
    if relation not in {"growth", "growth_above_parent"}:
        return [own]
    base = int(number(target.get("base_year", inputs.years[0] - 1)))
    if (own.year <= base).any():
        raise ValueError(f"base_year {base} of {own.year.min()}")
    before = np.full_like(own.year, base)
    both = [own, Cells(own.at, before)]
    if relation == "growth":
        return both
    other = _others(target, own, inputs)
    return [*both, Cells(other, own.year), Cells(other, before)]


def _others(target: Record, own: Cells, inputs: Inputs) -> IntArray:
    """Positions of the place that each row is compared with."""
    than, places = target.get("than"), inputs.places
    if than and than not in places.position:
        raise ValueError(f"{target['places'][0]} than {than!r}")
    other = np.full_like(own.at, places.position[than]) if than else places.parent[own.at]
    for i in own.at[other < 0][:1]:
        raise ValueError(f"{places.ids[i]} than ''")
    return other


def planned_of(target: Record, cells: Sequence[Cells], levels: Sequence[FloatArray]) -> FloatArray:
    """Return the figures that are held against the value; NaN where one would be compared with nothing."""
    relation = target["relation"]
    if relation == "not_below_previous":
        return levels[0] - levels[1]
    if len(levels) == 1:
        return levels[0]
    nothing = (levels[1] == 0) | (levels[-1] == 0)
    base = np.where(nothing, np.nan, levels[1])
    if relation == "growth":
        with np.errstate(invalid="ignore"):
            return np.asarray((levels[0] / base) ** (1 / (cells[0].year - cells[1].year)) - 1)
    ratio = levels[0] / base
    if relation == "growth_above_parent":
        ratio = ratio - levels[2] / np.where(nothing, np.nan, levels[3])
    return np.asarray(ratio)


def bounds_of(target: Record) -> tuple[float, float | None]:
    """Columns ``value`` and ``upper`` of a row: a margin is part of the value."""
    value, relation = float(number(target.get("value", 0))), target["relation"]
    if relation in {">", "<"}:
        margin = float(number(target["margin"]))
        return (value + margin if relation == ">" else value - margin), None
    return value, float(number(target["upper"])) if relation == "between" else None


def gap_of(target: Record, planned: FloatArray) -> FloatArray:
    """How much is missing, in the unit of ``planned``; negative where the target is passed.

    Nothing is missing where there was nothing to compare with.
    """
    value, upper = bounds_of(target)
    relation = target["relation"]
    if relation == "=":
        gap = np.abs(value - planned)
    elif relation in {"<=", "<"}:
        gap = planned - value
    else:
        gap = value - planned if upper is None else np.maximum(value - planned, planned - upper)
    return np.where(np.isnan(planned), 0.0, gap)
