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

    def drawn(purpose: str) -> FloatArray:
        return streams.uniform(purpose, state.replications[row], household, month)

    def any_day(channel: Channel) -> FloatArray:
        day: FloatArray = 1 + np.floor(DAYS * drawn(f"day:{channel.name}"))
        return day

    never = np.full(len(at), np.inf)
    visits = FIRST_VISIT_DAY + np.floor(VISIT_DAYS * drawn("day:CADRES"))
    day = {
        Channel.APPLICATION: any_day(Channel.APPLICATION),
        Channel.CADRES: visits if month % QUARTER == QUARTER - 1 else never,
        Channel.DEPARTMENT: np.where(known, DEPARTMENT_DAY, np.inf),
        Channel.PETITION: any_day(Channel.PETITION),
    }
    days = np.array(
        [
            np.where(drawn(f"channel:{channel.name}") < procedure.found[channel][row], day[channel], np.inf)
            for channel in Channel
        ]
    )
    return days.min(axis=0), days.argmin(axis=0)
