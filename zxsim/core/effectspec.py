"""What every effect has in common: whom money reaches, when, and what a 万元 of it is worth.

One definition serves the optimiser and any later model of households. A state follows
state[t] = keep · state[t−1] + Σ value · x, so that the matrix stays sparse over the years.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN
from zxsim.core.numbers import number_columns, numbers
from zxsim.core.rulespec import Fault
from zxsim.core.spec import Ident, NotNegative, Spec, Years

NumberOrColumn = str | NotNegative
"""One number for every project, or the numeric column of projects.csv that holds it."""


@dataclass(frozen=True, eq=False)
class Increments:
    """What each 万元 of a column adds to the state of a place in a year.

    ``place`` counts within the chosen places, ``year`` from the first of the horizon; the four arrays have
    one length. ``keep`` is the part of the state that remains a year later.
    """

    keep: float
    place: IntArray
    year: IntArray
    column: IntArray
    value: FloatArray


@dataclass(frozen=True)
class Worth:
    """How benefits are added up: yearly discount rate and weight of low-income households."""

    discount_rate: float
    low_income_weight: float


class EffectSpec(Spec):
    """Keys that every effect has."""

    label_words: ClassVar[Mapping[str, str]]
    chinese: ClassVar[Mapping[str, str]] = {
        "enabled": "写 false 停用这项成效。",
        "label": "成效的显示名称。",
        "projects": "带来这项成效的项目（编号）；与 `categories` 只写一个。",
        "categories": "带来这项成效的类别或二级类别；与 `projects` 只写一个。",
        "lag": "从付款到见效的年数。",
    }

    enabled: bool = True
    """False switches the effect off."""
    label: str = ""
    """Name of the effect for people."""
    projects: Annotated[tuple[Ident, ...], Field(min_length=1)] | None = None
    """Ids of the projects that have the effect; give this or `categories`."""
    categories: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """Categories or second levels that have the effect; give this or `projects`."""
    lag: Years
    """Years from payment to effect."""

    @model_validator(mode="after")
    def _one_selector(self) -> Self:
        if (self.projects is None) == (self.categories is None):
            raise PydanticCustomError("one_of_two", "one of two", {"keys": "projects, categories"})
        return self

    def chosen(self, layout: Layout) -> BoolArray:
        """Which projects have the effect, shape *(projects,)*."""
        if self.projects is not None:
            found = np.zeros(len(layout.projects), dtype=np.bool_)
            known = layout.project_position
            found[[known[project] for project in self.projects if project in known]] = True
            return found
        return layout.projects_in(self.categories)

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield what is wrong with the effect in this scenario; nothing by default."""
        del layout
        return iter(())

    @property
    def sides(self) -> "tuple[EffectSpec, ...]":
        """The effect by the indicators that it moves, itself first: one for each."""
        return (self,)

    @property
    @abstractmethod
    def moves(self) -> str:
        """Id of the indicator that the effect changes."""

    @property
    def keep(self) -> float:
        """Part of the effect that remains a year later."""
        return 1.0

    @property
    def years_of_life(self) -> int | None:
        """Years for which it lasts, ``None`` for good."""
        return None

    @abstractmethod
    def per_wan(self, layout: Layout) -> FloatArray:
        """Heads, or yuan a year, that one 万元 of each project brings, shape *(projects,)*."""

    def limit(self, layout: Layout) -> FloatArray | None:
        """Most that counts at each place, shape *(places,)*, inf where nothing does; ``None``: no limit."""
        del layout
        return None

    @abstractmethod
    def benefit(self, layout: Layout, worth: Worth) -> FloatArray:
        """Return the benefit in 万元 of one 万元 in each column, shape *(columns,)*.

        Zeros where what counts is limited: that worth is added up where the programme is built.
        """

    def increments(self, layout: Layout, places: IntArray, recipients: FloatArray, length: int) -> Increments:
        """Return what columns add to the indicator, per recipient of each chosen place.

        A 万元 adds its effect ``lag`` years after payment, and takes away what is left of it at the end of
        its life.

        Parameters
        ----------
        places : int array (chosen,)
            Positions of places; money at a place or below it counts for it.
        recipients : float array (chosen,)
            Heads over which the effect is divided.
        length : int
            Years from the first of the horizon for which the state is wanted.
        """
        at, column = membership(layout, self.chosen(layout), places)
        gain = self.per_wan(layout)[layout.column_project[column]] / recipients[at]
        year = layout.column_year[column] + int(self.lag)
        life = self.years_of_life
        if life is not None:
            at, column = np.tile(at, 2), np.tile(column, 2)
            year = np.concatenate([year, year + life])
            gain = np.concatenate([gain, -gain * self.keep**life])
        inside = year < length
        return Increments(self.keep, at[inside], year[inside], column[inside], gain[inside])


def project_numbers(given: NumberOrColumn, layout: Layout) -> FloatArray:
    """A number of every project, or its column, shape *(projects,)*; an empty cell counts 0."""
    if not isinstance(given, str):
        return np.full(len(layout.project_cost), float(given))
    return np.nan_to_num(numbers(layout.projects, given))


def per_wan_of_cost(whole: FloatArray, layout: Layout) -> FloatArray:
    """What one 万元 of each project brings when the whole project brings ``whole``, shape *(projects,)*."""
    cost_wan = layout.project_cost / UNITS_PER_WAN
    return np.divide(whole, cost_wan, out=np.zeros(len(cost_wan)), where=cost_wan > 0)


def project_column_faults(
    key: str, given: NumberOrColumn, layout: Layout, chosen: BoolArray
) -> Iterator[Fault]:
    """Yield a fault for an unknown column of projects.csv, and for empty or negative cells."""
    if not isinstance(given, str):
        return
    known = number_columns(layout.projects)
    if given not in known:
        yield key, "unknown_number_column", {"given": given, "known": known}
        return
    values = numbers(layout.projects, given)
    for code, wrong in (("heads_missing", np.isnan(values)), ("number_negative", values < 0)):
        ids = [layout.project_ids[i] for i in np.flatnonzero(wrong & chosen)]
        if ids:
            yield key, code, {"column": given, "projects": ids[:10], "records": ids[:10], "count": len(ids)}


def paid_places(effects: Iterable[EffectSpec], layout: Layout) -> IntArray:
    """Positions of the places where money for some effect can be paid, sorted."""
    columns = np.zeros(len(layout), dtype=np.bool_)
    for effect in effects:
        columns |= layout.columns_of(projects=effect.chosen(layout))
    return np.unique(layout.column_place[columns])


def membership(layout: Layout, chosen: BoolArray, places: IntArray) -> tuple[IntArray, IntArray]:
    """Pairs (position within ``places``, column) of the chosen projects' columns in each place."""
    taken = np.flatnonzero(layout.columns_of(projects=chosen))
    pairs = [(owner[layout.column_place[taken]], taken) for _, owner in layout.places.owners(places)]
    inside = [(at[at >= 0], column[at >= 0]) for at, column in pairs]
    empty = np.zeros(0, dtype=np.int64)
    return np.concatenate([*(at for at, _ in inside), empty]), np.concatenate(
        [*(c for _, c in inside), empty]
    )
