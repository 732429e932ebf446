"""What a check found, apart: rules that a plan from outside breaks, as its run says, and all else."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from zxsim.errors import Message, ZxsimError
from zxsim.report.verify_words import OF_RULES
from zxsim.runs.data import RunData

_MORE = "verify_more"


def broken_as_told(run: Path, found: Sequence[Message]) -> list[Message]:
    """Return the findings that say no more than the run itself: an evaluated plan breaks these rules."""
    told = _told(run)
    return [message for message in found if str(message.fields.get("code", message.code)) in told]


def _told(run: Path) -> set[str]:
    """Codes of the rules that a run says its plan breaks; none of a run that cannot be read."""
    data = RunData(run)
    try:
        kinds = data.table("broken")["kind"].unique() if data.broken_count else ()
        return {code if (code := f"verify_{kind}") in OF_RULES else "verify_rule" for kind in kinds}
    except (ZxsimError, AttributeError, pl.exceptions.PolarsError):
        return set()
