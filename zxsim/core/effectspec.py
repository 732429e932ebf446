"""What every effect has in common: whom money reaches, when, and what a 万元 of it is worth.

One definition serves the optimiser and any later model of households. A state follows
state[t] = keep · state[t−1] + Σ value · x, so that the matrix stays sparse over the years.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.rulespec import Fault
from zxsim.core.spec import Ident, Spec


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

    enabled: bool = True
    """False switches the effect off."""
    label: str = ""
    """Name of the effect for people."""
    projects: Annotated[tuple[Ident, ...], Field(min_length=1)] | None = None
    """Ids of the projects that have the effect; give this or `categories`."""
    categories: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """Categories or second levels that have the effect; give this or `projects`."""

    @model_validator(mode="after")
    def _one_selector(self) -> Self:
        if (self.projects is None) == (self.categories is None):
            raise PydanticCustomError("one_of_two", "one of two", {"keys": "projects, categories"})
        return self

    def chosen(self, layout: Layout) -> BoolArray:
        """Which projects have the effect, shape *(projects,)*."""
        if self.projects is not None:
            return np.isin(np.array(layout.project_ids), np.array(self.projects))
        return layout.projects_in(self.categories)

    def faults(self, layout: Layout) -> Iterator[Fault]:
        """Yield what is wrong with the effect in this scenario; nothing by default."""
        del layout
        return iter(())

    @property
    @abstractmethod
    def moves(self) -> str:
        """Id of the indicator that the effect changes."""

    @abstractmethod
    def increments(self, layout: Layout, places: IntArray, recipients: FloatArray, length: int) -> Increments:
        """Return what columns add to the indicator, per recipient of each chosen place.

        Parameters
        ----------
        places : int array (chosen,)
            Positions of places; money at a place or below it counts for it.
        recipients : float array (chosen,)
            Heads over which the effect is divided.
        length : int
            Years from the first of the horizon for which the state is wanted.
        """

    @abstractmethod
    def benefit(self, layout: Layout, worth: Worth) -> FloatArray:
        """Return the benefit in 万元 of one 万元 in each column, shape *(columns,)*."""


def membership(layout: Layout, chosen: BoolArray, places: IntArray) -> tuple[IntArray, IntArray]:
    """Pairs (position within ``places``, column) of the chosen projects' columns in each place."""
    taken = np.flatnonzero(layout.columns_of(projects=chosen))
    pairs = [(owner[layout.column_place[taken]], taken) for _, owner in layout.places.owners(places)]
    inside = [(at[at >= 0], column[at >= 0]) for at, column in pairs]
    empty = np.zeros(0, dtype=np.int64)
    return np.concatenate([*(at for at, _ in inside), empty]), np.concatenate(
        [*(c for _, c in inside), empty]
    )
