"""Relations of targets as one form: lower ≤ plus · level − minus · other level − constant ≤ upper.

| relation | form | printed |
|---|---|---|
| `>=` `<=` `=` `>` `<` `between` | level between its bounds, margins included | the level |
| `growth` | inc_T − (1+value)^n · inc_base ≥ 0, n = T − base_year | (inc_T/inc_base)^(1/n) − 1 |
| `growth_above_parent` | inc_vT/inc_v0 − inc_cT/inc_c0 ≥ value | the left side |
| `ratio_to_parent` | ind_v − value · ind_c ≥ 0 | ind_v/ind_c |
| `not_below_previous` | ind_t − ind_{t−1} ≥ 0 | the left side |
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from zxsim.core.layout import FloatArray, IntArray
from zxsim.schema.target import Target

Path = Callable[[IntArray], FloatArray]
"""Calendar years → the indicator without any plan at the places of a level, shape *(places, years)*."""

UPPER_ONLY = ("<=", "<")
BOTH_SIDES = ("=", "between")


@dataclass(frozen=True, eq=False)
class Cells:
    """Where the rows of a target stand, one entry a row.

    ``place`` and ``parent`` count within the places of the level (``parent`` −1: none), ``year`` from the
    first of the horizon, ``first`` is that year.
    """

    place: IntArray
    year: IntArray
    parent: IntArray
    first: int

    @property
    def calendar(self) -> IntArray:
        """Calendar year of each row."""
        return self.year + self.first


@dataclass(frozen=True, eq=False)
class Comparison:
    """The form of a target's rows; arrays have one entry a row.

    ``other`` and ``other_year`` say which level is taken off, −1 where only the constant is; ``base`` is
    the income that growth counts from where that is published; ``years`` those of growth; ``scale``
    what one whole shortfall is.
    """

    relation: str
    plus: FloatArray
    minus: FloatArray
    constant: FloatArray
    other: IntArray
    other_year: IntArray
    lower: float
    upper: float
    scale: FloatArray
    base: FloatArray
    years: IntArray

    def of(self, here: FloatArray, there: FloatArray) -> FloatArray:
        """The form for levels of the rows' places and of what these are compared with."""
        value: FloatArray = self.plus * here - self.minus * there - self.constant
        return value

    def printed(self, here: FloatArray, there: FloatArray) -> FloatArray:
        """Value in the unit of the relation; NaN for a ratio to nothing."""
        if self.relation == "growth":
            grown: FloatArray = here / np.where(self.other >= 0, there, self.base)
            rate: FloatArray = np.power(grown, 1 / self.years) - 1
            return rate
        if self.relation == "ratio_to_parent":
            ratio: FloatArray = np.divide(here, there, out=np.full(len(here), np.nan), where=there > 0)
            return ratio
        return self.of(here, there)

    def shown(self, gap: FloatArray, there: FloatArray, value: float) -> FloatArray:
        """A gap in the unit of the relation, for levels ``there`` of what the places are compared with."""
        if self.relation == "growth":
            base = np.where(self.other >= 0, there, self.base)
            grown: FloatArray = np.power(1 + value, self.years, dtype=np.float64) - gap / base
            rate: FloatArray = value + 1 - np.power(np.maximum(grown, 0), 1 / self.years)
            return rate
        if self.relation == "ratio_to_parent":
            ratio: FloatArray = np.divide(gap, there, out=np.zeros(len(gap)), where=there > 0)
            return ratio
        return gap


def comparison(target: Target, cells: Cells, path: Path) -> Comparison:
    """Put a resolved target into its form."""
    made = _FORMS.get(target.relation, _level)(target, cells, path)
    if target.scale is None:
        return made
    return replace(made, scale=np.full(len(cells.place), float(target.scale)))


def _level(target: Target, cells: Cells, path: Path) -> Comparison:
    del path
    bound = float(target.bound)
    upper = float(target.upper) if target.upper is not None else bound
    return replace(
        _plain(target, cells),
        lower=-np.inf if target.relation in UPPER_ONLY else bound,
        upper=upper if target.relation in (*UPPER_ONLY, *BOTH_SIDES) else np.inf,
    )


def _plain(target: Target, cells: Cells) -> Comparison:
    """The level itself, at least 0."""
    count = len(cells.place)
    zero, none = np.zeros(count), np.full(count, -1, dtype=np.int64)
    return Comparison(
        relation=target.relation,
        plus=np.ones(count),
        minus=zero,
        constant=zero,
        other=none,
        other_year=none,
        lower=0.0,
        upper=np.inf,
        scale=np.full(count, abs(float(target.number))),
        base=np.full(count, np.nan),
        years=np.ones(count, dtype=np.int64),
    )


def _growth(target: Target, cells: Cells, path: Path) -> Comparison:
    assert target.base_year is not None
    years = cells.calendar - target.base_year
    base = path(np.array([target.base_year]))[cells.place, 0]
    factor = np.power(1 + float(target.number), years, dtype=np.float64)
    made = replace(_plain(target, cells), scale=factor * base, base=base, years=years)
    if target.base_year < cells.first:
        return replace(made, constant=factor * base)
    same = np.full(len(years), target.base_year - cells.first)
    return replace(made, minus=factor, other=cells.place, other_year=same)


def _growth_above_parent(target: Target, cells: Cells, path: Path) -> Comparison:
    assert target.base_year is not None
    base = path(np.array([target.base_year]))[:, 0]
    return replace(
        _plain(target, cells),
        plus=1 / base[cells.place],
        minus=1 / base[cells.parent],
        other=cells.parent,
        other_year=cells.year,
        lower=float(target.number),
    )


def _ratio_to_parent(target: Target, cells: Cells, path: Path) -> Comparison:
    ratio = float(target.number)
    scale = (
        ratio * path(np.unique(cells.calendar))[cells.parent, np.unique(cells.year, return_inverse=True)[1]]
    )
    return replace(
        _plain(target, cells),
        minus=np.full(len(cells.place), ratio),
        other=cells.parent,
        other_year=cells.year,
        scale=np.where(scale > 0, scale, 1.0),
    )


def _not_below_previous(target: Target, cells: Cells, path: Path) -> Comparison:
    years, at = np.unique(cells.calendar - 1, return_inverse=True)
    before = path(years)[cells.place, at]
    inside = cells.year > 0
    return replace(
        _plain(target, cells),
        minus=inside.astype(float),
        constant=np.where(inside, 0.0, before),
        other=np.where(inside, cells.place, -1),
        other_year=np.where(inside, cells.year - 1, -1),
        scale=np.where(before != 0, np.abs(before), 1.0),
    )


_FORMS: Mapping[str, Callable[[Target, Cells, Path], Comparison]] = {
    "growth": _growth,
    "growth_above_parent": _growth_above_parent,
    "ratio_to_parent": _ratio_to_parent,
    "not_below_previous": _not_below_previous,
}
