"""What a case can be about besides a shock: a guarantee that is missing, or income alone."""

GUARANTEES = ("housing", "schooling", "medical", "water")
INCOME = "income"
"""Cause of a case that no shock and no missing guarantee explains."""
OWN_CAUSES = (*GUARANTEES, INCOME)
"""Causes that every scenario has."""
