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

from zxsim.verify.inputs import Inputs, Record
from zxsim.verify.reading import number

Cell = tuple[str, int]
"""Place and year of a level."""


def compared_cells(target: Record, place: str, year: int, inputs: Inputs) -> list[Cell]:
    """Levels that a row of a target compares, its own first.

    Raises
    ------
    ValueError
        A growth that does not run over at least one year, or a place that lies in no other.
    """
    relation = target["relation"]
    if relation == "not_below_previous":
        return [(place, year), (place, year - 1)]
    if relation == "ratio_to_parent":
        return [(place, year), (_other(target, place, inputs), year)]
    if relation not in {"growth", "growth_above_parent"}:
        return [(place, year)]
    base = int(number(target.get("base_year", inputs.years[0] - 1)))
    if base >= year:
        raise ValueError(f"base_year {base} of {year}")
    own = [(place, year), (place, base)]
    if relation == "growth":
        return own
    other = _other(target, place, inputs)
    return [*own, (other, year), (other, base)]


def _other(target: Record, place: str, inputs: Inputs) -> str:
    other = target.get("than") or next(iter(inputs.places.above[place][1:]), "")
    if other not in inputs.places.cells:
        raise ValueError(f"{place} than {other!r}")
    return str(other)


def planned_of(target: Record, cells: Sequence[Cell], levels: Sequence[float]) -> float | None:
    """Return the figure that is held against the value; ``None`` where it would be compared with nothing."""
    relation = target["relation"]
    if relation == "not_below_previous":
        return levels[0] - levels[1]
    if len(levels) == 1:
        return levels[0]
    if 0 in {levels[1], levels[-1]}:
        return None
    if relation == "growth":
        return float((levels[0] / levels[1]) ** (1 / (cells[0][1] - cells[1][1])) - 1)
    ratio = levels[0] / levels[1]
    return ratio - levels[2] / levels[3] if relation == "growth_above_parent" else ratio


def bounds_of(target: Record) -> tuple[float, float | None]:
    """Columns ``value`` and ``upper`` of a row: a margin is part of the value."""
    value, relation = float(number(target.get("value", 0))), target["relation"]
    if relation in {">", "<"}:
        margin = float(number(target["margin"]))
        return (value + margin if relation == ">" else value - margin), None
    return value, float(number(target["upper"])) if relation == "between" else None


def gap_of(target: Record, planned: float | None) -> float:
    """How much is missing, in the unit of ``planned``; negative where the target is passed.

    Nothing is missing where there was nothing to compare with.
    """
    if planned is None:
        return 0.0
    value, upper = bounds_of(target)
    relation = target["relation"]
    if relation == "=":
        return abs(value - planned)
    if relation in {"<=", "<"}:
        return planned - value
    return value - planned if upper is None else max(value - planned, planned - upper)
