"""Targets on numbers of monitored households at a year's end, which no plan knows of."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.shockspec import MONTHS
from zxsim.optimize.relations import UPPER_ONLY
from zxsim.schema.references import simulated_targets
from zxsim.schema.scenario import Scenario
from zxsim.schema.target import Target
from zxsim.simulate.engine import Outcome


@dataclass(frozen=True, eq=False)
class CaseRows:
    """One target at its places and years, ``place`` outer and ``year`` inner.

    ``place`` and ``year`` hold positions in the layout; ``inside`` has shape *(rows, places of the census)*
    and says which of these lie in the row's place.
    """

    target_id: str
    indicator: str
    relation: str
    value: float
    lower: float
    upper: float
    place: IntArray
    year: IntArray
    inside: BoolArray

    def counts(self, outcome: Outcome) -> FloatArray:
        """Households at the end of each row's year, shape *(replications, rows)*."""
        by_group = outcome.unresolved if self.indicator == "unresolved" else outcome.open_cases
        at_end = by_group[MONTHS - 1 :: MONTHS].sum(axis=3)[self.year]
        counts: FloatArray = np.einsum("nrc,nc->rn", at_end, self.inside).astype(np.float64)
        return counts

    def met(self, outcome: Outcome) -> BoolArray:
        """Which rows are met, shape *(replications, rows)*."""
        counts = self.counts(outcome)
        met: BoolArray = (self.lower <= counts) & (counts <= self.upper)
        return met


def case_rows(scenario: Scenario, layout: Layout, census: IntArray) -> Iterator[CaseRows]:
    """Yield the rows of each target that only a simulation knows.

    Parameters
    ----------
    census : int array (places of the census,)
        Positions in the tree of the places with households.
    """
    for target_id in simulated_targets(scenario):
        target = scenario.target[target_id]
        assert target.years is not None
        places = np.sort(layout.place_positions(target.places or ()))
        years = np.flatnonzero((layout.years >= target.years[0]) & (layout.years <= target.years[1]))
        lower, upper = _bounds(target)
        place = np.repeat(places, len(years))
        inside = np.array([layout.places.inside(np.array([one]))[census] for one in place])
        yield CaseRows(
            target_id=target_id,
            indicator=target.indicator,
            relation=target.relation,
            value=float(target.bound),
            lower=lower,
            upper=upper,
            place=place,
            year=np.tile(years, len(places)),
            inside=inside.reshape(len(place), len(census)),
        )


def _bounds(target: Target) -> tuple[float, float]:
    """Least and most households that meet a target; the margin of ``>`` and ``<`` is in its bound."""
    value = float(target.bound)
    top = value if target.upper is None else float(target.upper)
    least = -np.inf if target.relation in UPPER_ONLY else value
    return least, np.inf if target.relation in (">=", ">") else top
