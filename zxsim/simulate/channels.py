"""The four channels by which households at risk are found, and on which day."""

import numpy as np

from zxsim.core.layout import BoolArray, FloatArray, IntArray
from zxsim.core.streams import Streams
from zxsim.simulate.setup import DAYS, QUARTER, Channel, Procedure
from zxsim.simulate.state import State

DEPARTMENT_DAY, FIRST_VISIT_DAY, VISIT_DAYS = 2, 3, 8


def found(
    procedure: Procedure, streams: Streams, state: State, at: IntArray, known: BoolArray, month: int
) -> tuple[FloatArray, IntArray]:
    """Day of the month, from 1, on which the first channel finds each household, and which channel.

    Applications and petitions come on any day, cadres in a quarter's last month, data of departments show
    those ``known``: with spending or a guarantee missing. A channel before another wins where both come on
    one day; the day is inf for a household that none finds.
    """
    row, household = state.row_of(at), state.household_of(at)
    everybody = np.arange(len(at))
    visited = everybody if month % QUARTER == QUARTER - 1 else everybody[:0]
    seen = {Channel.CADRES: visited, Channel.DEPARTMENT: np.flatnonzero(known)}

    def drawn(purpose: str, some: IntArray) -> FloatArray:
        return streams.uniform(purpose, state.replications[row[some]], household[some], month)

    days = np.full((len(Channel), len(at)), np.inf)
    for channel in Channel:
        some = seen.get(channel, everybody)
        hit = some[drawn(f"channel:{channel.name}", some) < procedure.found[channel][row[some]]]
        if channel is Channel.DEPARTMENT:
            days[channel, hit] = DEPARTMENT_DAY
            continue
        first, length = (FIRST_VISIT_DAY, VISIT_DAYS) if channel is Channel.CADRES else (1, DAYS)
        days[channel, hit] = first + np.floor(length * drawn(f"day:{channel.name}", hit))
    return days.min(axis=0), days.argmin(axis=0)
