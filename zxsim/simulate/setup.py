"""Everything a simulation needs to know, as plain numbers and arrays; nothing here changes while it runs.

Money is yuan per person and year, probabilities are as their names say, days count from 0, thirty a month.
Parameters that are known only within a range are arrays of shape *(replications,)*.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from zxsim.core import causes
from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.core.shockspec import COMPONENTS, MONTHS, Unit
from zxsim.simulate.population import Labour, Population

DAYS = 30
"""Of a month; a year has 360."""

QUARTER = 3


class Channel(IntEnum):
    """How a household comes to be looked at."""

    APPLICATION = 0
    CADRES = 1
    DEPARTMENT = 2
    PETITION = 3


class Group(IntEnum):
    """Kinds of monitored households."""

    LIFTED = 0
    MARGINAL = 1
    SUDDEN = 2


class Status(IntEnum):
    """Where a household stands; each is in exactly one of these."""

    UNKNOWN = 0
    VERIFYING = 1
    MONITORED = 2
    EXITED = 3


GUARANTEES, INCOME = causes.GUARANTEES, causes.INCOME

UNLIMITED = 10**9
"""Contracts a year of a measure that nothing limits."""


@dataclass(frozen=True, eq=False)
class ShockParameters:
    """One shock; ``central`` values are those that the baseline is thought to contain.

    ``group`` is who is struck together, shape *(households,)*, −1 for those who never are; ``None`` where
    each household is struck by itself. ``central_active`` is the share of time that one household is in an
    episode, ``active_share(rate · exposed, months)``.
    """

    name: str
    unit: Unit
    group: IntArray | None
    component: int
    months: int
    rate: FloatArray
    exposed: FloatArray
    spending: FloatArray
    spread: FloatArray
    lost: FloatArray
    central_active: float
    central_lost: float


@dataclass(frozen=True, eq=False)
class Insurance:
    """Pays ``share`` of spending above ``threshold``, at most ``cap``, to the insured.

    ``insured`` has shape *(years, households)*.
    """

    insured: BoolArray
    threshold: float
    share: float
    cap: float


@dataclass(frozen=True, eq=False)
class Measure:
    """Help that needs a funded slot.

    Attributes
    ----------
    labour : tuple of Labour
        Which households it fits; ``causes`` is for which causes, all where empty.
    slots : int array (years, places of the tree)
        Contracts that the money of a year opens at a place, for households there or below.
    months : int
        Of a contract; 0 for good.
    gain : float array (replications,)
        Yuan per person and year while it is in place.
    start_days : int
        From the contract to the help.
    """

    name: str
    labour: tuple[Labour, ...]
    causes: tuple[str, ...]
    slots: IntArray
    months: int
    gain: FloatArray
    start_days: int
    removes_need: bool


@dataclass(frozen=True, eq=False)
class Procedure:
    """How households are found, verified, helped and let go.

    Attributes
    ----------
    line : float array (years,)
        Yuan per person and year below which a household is at risk.
    fall, fall_ceiling : float
        A monitoring income below ``1 − fall`` of a year ago counts as a marked fall, where it is below
        ``fall_ceiling`` lines as well.
    need_rate : float array (replications,)
        Chance a year that one of the four guarantees is missing.
    found : mapping of Channel to float array (replications,)
        Chance that a household at risk is found: in a month, or at a visit of the cadres.
    panels : int array (places of the tree,)
        Verification panels at each place; a household goes to the nearest at or above its own.
    visit_days, notice_days : float
        Days of a panel for one household; from its finding to the notice, without waiting.
    random_visits : bool
        Whether visits last exponentially long, with ``visit_days`` as their mean.
    helped_days : int
        A measure must have been in place so long before an exit.
    exit_quarter, exit_year : float array (replications,)
        Chance that a household that may leave does so at a quarter's review, and at the year's end.
    delay_months : int
        Months in the list before a household of delayed exit may leave.
    unresolved_days : int
        Monitored and longer than this without a fitting measure counts as unresolved.
    """

    line: FloatArray
    fall: float
    fall_ceiling: float
    need_rate: FloatArray
    found: Mapping[Channel, FloatArray]
    panels: IntArray
    visit_days: float
    notice_days: float
    helped_days: int
    exit_quarter: FloatArray
    exit_year: FloatArray
    delay_months: int
    unresolved_days: int = 30
    random_visits: bool = False


@dataclass(frozen=True, eq=False)
class Setup:
    """One scenario under one plan.

    Attributes
    ----------
    years : int array (years,)
        Calendar years that are simulated.
    parent : int array (places of the tree,)
        The tree of places, −1 at the top.
    base : float array (years, places of the census)
        Income per head without a plan; ``gain`` of the same shape is what the plan adds.
    shares : float array (components,)
        Of income, in the order of :data:`~zxsim.core.shockspec.COMPONENTS`.
    permanent_spread : float
        Standard deviation of the yearly change of the logarithm of permanent income.
    transitory : float array (components,)
        Of the logarithm of a month's income.
    gain_factor : float array (replications,)
        What the plan's gain is multiplied with, where its yield is uncertain.
    stock : int array (places of the census,)
        Households monitored at the start: those with the lowest monitoring income.
    listed : bool array (households,), optional
        Which households are monitored at the start, where that is known of each.
    """

    population: Population
    years: IntArray
    parent: IntArray
    base: FloatArray
    gain: FloatArray
    gain_factor: FloatArray
    shares: FloatArray
    permanent_spread: float
    transitory: FloatArray
    shocks: Sequence[ShockParameters]
    insurance: Insurance | None
    measures: Sequence[Measure]
    procedure: Procedure
    stock: IntArray
    listed: BoolArray | None = None

    @property
    def months(self) -> int:
        """Months that are simulated."""
        return MONTHS * len(self.years)

    def raised_shares(self) -> FloatArray:
        """Shares of income before shocks, so that their mean after the shocks is ``shares``.

        The trend of a place contains the shocks of the past; shares / Π (1 − active · lost).
        """
        left = np.ones(len(COMPONENTS))
        for shock in self.shocks:
            left[shock.component] *= 1 - shock.central_active * shock.central_lost
        raised: FloatArray = self.shares / left
        return raised

    def usual_ratio(self) -> FloatArray:
        """Expected income over its permanent part, shape *(households,)*: 1 where every shock may strike.

        Those whom a shared shock never strikes would keep what the shares were raised by.
        """
        usual = np.broadcast_to(self.raised_shares()[:, None], (len(COMPONENTS), len(self.population))).copy()
        for shock in self.shocks:
            struck = np.ones(len(self.population), bool) if shock.group is None else shock.group >= 0
            usual[shock.component, struck] *= 1 - shock.central_active * shock.central_lost
        ratio: FloatArray = usual.sum(axis=0) / self.shares.sum()
        return ratio
