"""What the plan's money pays for at households: contracts of measures, and premiums of the insurance."""

from fractions import Fraction

import numpy as np

from zxsim.core.layout import BoolArray, FloatArray, IntArray, Layout
from zxsim.core.money import UNITS_PER_WAN, YUAN_PER_WAN
from zxsim.core.places import PlaceTree
from zxsim.core.rulespec import projects_of
from zxsim.core.streams import Streams
from zxsim.schema.insurance import Insurance
from zxsim.schema.measure import Measure
from zxsim.simulate.population import Population
from zxsim.simulate.setup import UNLIMITED


def money_at(layout: Layout, units: IntArray | None, spec: Measure | Insurance) -> IntArray:
    """Units of the plan for the projects of a measure or an insurance, shape *(years, places)*.

    At the place itself, not below it.
    """
    shape = (len(layout.years), len(layout.places))
    if units is None:
        return np.zeros(shape, dtype=np.int64)
    chosen = layout.columns_of(projects=projects_of(layout, spec.categories, spec.projects))
    at = np.flatnonzero(chosen)
    paid = np.zeros(shape, dtype=np.int64)
    np.add.at(paid, (layout.column_year[at], layout.column_place[at]), units[at])
    return paid


def slots_of(measure: Measure, layout: Layout, units: IntArray | None, census: IntArray) -> IntArray:
    """Contracts that open each year at each place, shape *(years, places)*.

    Money: what is paid there in the year over the cost of a contract, rounded down.
    """
    if measure.slot_wan is not None:
        cost = Fraction(measure.slot_wan.value) * UNITS_PER_WAN
        return money_at(layout, units, measure) * cost.denominator // cost.numerator
    slots = np.zeros((len(layout.years), len(layout.places)), dtype=np.int64)
    if measure.slots is None:
        slots[:, tops_of(layout.places, census)] = UNLIMITED
    else:
        slots[:, at_level(layout.places, census, measure.slots_level)] = int(measure.slots)
    return slots


def tops_of(tree: PlaceTree, places: IntArray) -> IntArray:
    """Positions of the top places above some places, or these themselves, each once."""
    return at_level(tree, places, "")


def at_level(tree: PlaceTree, places: IntArray, level: str) -> IntArray:
    """Positions of the places of a level at or above some places; for those without one, the top place."""
    wanted = np.array(tree.levels) == level
    at = places.copy()
    while (climbing := ~wanted[at] & (tree.parent[at] >= 0)).any():
        at[climbing] = tree.parent[at[climbing]]
    return np.unique(at)


def insured(
    spec: Insurance, layout: Layout, units: IntArray | None, population: Population, streams: Streams
) -> BoolArray:
    """Who is insured, shape *(years, households)*.

    Where projects pay the premium, as large a share of those to be insured as the year's money at the place
    and at the places above it covers, in a fixed random order: more money insures them and others.
    """
    eligible = population.lifted | (spec.insured == "all")
    years = len(layout.years)
    if spec.projects is None and spec.categories is None:
        return np.tile(eligible, (years, 1))
    census = population.census.place
    persons = np.bincount(population.group, population.size * eligible, len(census)).astype(np.float64)
    covered = _covered(
        money_at(layout, units, spec), float(spec.premium_yuan), persons, census, layout.places
    )
    rank = _persons_before(population, eligible, streams)
    found: BoolArray = eligible & (rank <= (covered * persons)[:, population.group] * (1 + 1e-12))
    return found


def _covered(
    paid: IntArray, premium: float, persons: FloatArray, census: IntArray, tree: PlaceTree
) -> FloatArray:
    """Share of the premiums of each place of the census that money covers, shape *(years, census)*."""
    due = np.zeros(len(tree))
    at = census.copy()
    lines = []
    while (inside := at >= 0).any():
        np.add.at(due, at[inside], persons[inside] * premium)
        lines.append(at.copy())
        at = np.where(inside, tree.parent[at], -1)
    yuan = paid * (YUAN_PER_WAN / UNITS_PER_WAN)
    share = np.divide(yuan, due, out=np.zeros(yuan.shape), where=due > 0)
    total = sum((np.where(line >= 0, share[:, line], 0.0) for line in lines), np.zeros(1))
    return np.minimum(total, 1.0)


def _persons_before(population: Population, eligible: BoolArray, streams: Streams) -> FloatArray:
    """Persons to be insured of a place up to and with each household, in the fixed order."""
    drawn = streams.uniform("insured", 0, np.arange(len(population)), 0)
    order = np.lexsort((drawn, population.group))
    total = np.cumsum((population.size * eligible)[order])
    first = np.searchsorted(population.group[order], np.arange(len(population.census.place)))
    before = np.r_[0, total][first]
    rank = np.empty(len(population), dtype=np.float64)
    rank[order] = total - before[population.group[order]]
    return rank
