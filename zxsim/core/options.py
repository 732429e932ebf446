"""What numbers the options take, on the command line and in the library: stated here and nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral, Real

from zxsim.errors import Message, UsageError


@dataclass(frozen=True)
class Range:
    """The numbers that an option takes, ends included; whole ones where ``least`` is whole."""

    least: float
    most: float | None = None

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are taken."""
        return isinstance(self.least, int)

    @property
    def ends(self) -> tuple[str, str]:
        """Both ends as texts; the second is empty where there is none."""
        least, most = (f"{end:g}" if isinstance(end, float) else str(end) for end in (self.least, self.most))
        return least, "" if self.most is None else most

    def holds(self, number: float) -> bool:
        """Whether a number lies within; ``nan`` never does."""
        return self.least <= number and (self.most is None or number <= self.most)


RANGES: Mapping[str, Range] = {
    "seed": Range(0, 10**15 - 1),
    "replications": Range(1),
    "precision": Range(0.001, 0.5),
    "workers": Range(1),
    "iterations": Range(1),
    "nodes": Range(1),
    "gap": Range(0.0, 1.0),
    "year": Range(1),
    "quarter": Range(1, 4),
}
"""Of each option that is a number.

A seed has no more digits than a spreadsheet keeps. ``year`` is whole; which years there are, the run says.
"""


def number_of(option: str, given: object) -> float:
    """Return what was given for an option as a plain number.

    Raises
    ------
    UsageError
        It is no number, none of this kind, or out of range.
    """
    known = RANGES[option]
    number: float | None = None
    if isinstance(given, Integral) and not isinstance(given, bool):
        number = int(given)
    elif isinstance(given, Real) and not isinstance(given, bool) and not known.whole:
        number = float(given)
    if number is not None and known.holds(number):
        return number
    least, most = known.ends
    kind = "a_whole_number" if known.whole else "a_number"
    fields = {"option": option, "given": repr(given), "kind": kind, "least": least}
    if most:
        raise UsageError([Message("option_out_of_range", {**fields, "most": most})])
    raise UsageError([Message("option_too_small", fields)])
