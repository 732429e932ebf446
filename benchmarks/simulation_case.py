"""The full model at any size: four components, five shocks, about one household in a hundred a year.

Figures are round and made up; what matters is the work. One place has 2,000 households.
"""

import numpy as np

from zxsim.core.shockspec import active_share
from zxsim.core.streams import Streams
from zxsim.simulate.population import Census, Labour, Spread, synthesised
from zxsim.simulate.setup import Channel, Measure, Procedure, Setup, ShockParameters

IN_A_PLACE = 2_000
PERSONS = 3.7
YEARS = np.arange(2021, 2026)
SHARES = np.array([0.45, 0.30, 0.05, 0.20])
MONTH_SPREAD = np.array([0.2, 0.4, 0.0, 0.0])
"""Wages and business vary from month to month; rents and transfers are paid as agreed."""
SHOCKS = (
    # name, unit, component, months, rate, exposed, spending, spread, lost
    ("illness", "household", 0, 6, 0.05, 1.0, 3_000, 0.8, 0.4),
    ("accident", "household", 0, 4, 0.01, 1.0, 4_000, 1.0, 0.6),
    ("job_loss", "household", 0, 4, 0.04, 1.0, 0, 0.0, 0.8),
    ("disaster", "place", 1, 6, 0.10, 0.3, 500, 0.5, 0.4),
    ("price_fall", "industry", 1, 12, 0.15, 1.0, 0, 0.0, 0.2),
)


def setup_with(places: int, replications: int = 1) -> Setup:
    """Return a setup of so many places, all parameters the same in every replication."""

    def each(value: float) -> np.ndarray:
        return np.full(replications, float(value))

    parent = np.r_[-1, np.zeros(places, dtype=np.int64)]
    many = np.full(places, IN_A_PLACE)
    persons = np.rint(PERSONS * many).astype(np.int64)
    census = Census(
        place=np.arange(1, places + 1),
        population=persons,
        households=many,
        lifted=persons // 4,
        able=np.full(places, 0.7),
        weak=np.full(places, 0.2),
    )
    people = synthesised(census, Spread(income=0.5, lifted_ratio=0.85, delayed=0.1), Streams(1))
    group = {"household": None, "place": people.group, "industry": people.group % 4}
    shocks = [
        ShockParameters(
            name,
            unit,
            group[unit],
            component,
            months,
            *map(each, (rate, exposed, spending, spread, lost)),
            central_active=float(active_share(np.array([rate]), months)[0]) * exposed,
            central_lost=lost,
        )
        for name, unit, component, months, rate, exposed, spending, spread, lost in SHOCKS
    ]
    base = 12_000 * 1.06 ** np.arange(len(YEARS))[:, None] * np.ones(places)
    return Setup(
        population=people,
        years=YEARS,
        parent=parent,
        base=base,
        gain=0.01 * base,
        gain_factor=each(1),
        shares=SHARES,
        permanent_spread=0.1,
        transitory=MONTH_SPREAD,
        shocks=shocks,
        insurance=None,
        measures=_measures(places, each),
        procedure=_procedure(places, each),
        stock=np.full(places, 20),
    )


def _measures(places: int, each) -> list[Measure]:  # noqa: ANN001 (a local function)
    slots = np.tile(np.r_[0, np.full(places, 15)], (len(YEARS), 1))
    law = np.tile(np.r_[10**7, np.zeros(places, dtype=np.int64)], (len(YEARS), 1))
    return [
        Measure("industry", (Labour.ABLE,), (), slots, 0, each(1_500), 30, removes_need=False),
        Measure("posts", (Labour.WEAK,), (), slots, 12, each(2_500), 10, removes_need=False),
        Measure("security", tuple(Labour), (), law, 0, each(1_000), 10, removes_need=True),
    ]


def _procedure(places: int, each) -> Procedure:  # noqa: ANN001 (a local function)
    return Procedure(
        line=np.array([2_500, 2_600, 2_700, 2_800, 2_900.0]),
        fall=0.5,
        fall_ceiling=1.0,
        need_rate=each(0.001),
        found={
            Channel.APPLICATION: each(0.1),
            Channel.CADRES: each(0.6),
            Channel.DEPARTMENT: each(0.4),
            Channel.PETITION: each(0.01),
        },
        panels=np.r_[0, np.full(places, 2)],
        visit_days=2,
        notice_days=8,
        helped_days=90,
        exit_quarter=each(0.1),
        exit_year=each(0.6),
        delay_months=12,
    )
