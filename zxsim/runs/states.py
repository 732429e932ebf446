"""How a row of the table of targets came out, as the run's files say it."""

MET, MET_WITHIN_UNIT, MISSED, OUT_OF_REACH = "met", "met_within_unit", "missed", "out_of_reach"

REACHED = (MET, MET_WITHIN_UNIT)
"""States of a target that counts as met."""

NOT_REACHED = (MISSED, OUT_OF_REACH)
"""The others."""
