"""What one sheet of a form is about: years, a quarter, a place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zxsim.forms.template import QUARTERS
from zxsim.runs.data import RunData

MONTHS = 3
"""Months of a quarter."""

DUE_DAY = 5
"""A report of a quarter is due on this day of the first month after it (CQ-13)."""


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year."""

    year: int
    number: int

    @property
    def due(self) -> str:
        """Last day for its report.

        >>> Quarter(2023, 3).due, Quarter(2023, 4).due
        ('2023年10月5日', '2024年1月5日')
        """
        year, month = (self.year, MONTHS * self.number + 1) if self.number < QUARTERS else (self.year + 1, 1)
        return f"{year}年{month}月{DUE_DAY}日"

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


@dataclass(frozen=True)
class Scope:
    """Years, the quarter of a report on progress, and the place when a form has a sheet for each.

    ``inside`` holds the place and all below it; ``None`` stands for all places.
    """

    years: Sequence[int]
    quarter: Quarter | None = None
    place: str | None = None
    inside: frozenset[str] | None = None

    @property
    def span(self) -> str:
        """The years as words.

        >>> Scope([2021, 2022]).span, Scope([2021]).span
        ('2021-2022', '2021')
        """
        first, last = self.years[0], self.years[-1]
        return str(first) if first == last else f"{first}-{last}"

    def words(self, run: RunData, expected: Sequence[float]) -> Mapping[str, str]:
        """Return what the placeholders of texts stand for."""
        words = {"place": place_words(run, self.place), "year": self.span, "name": str(run.scenario["name"])}
        if self.quarter is None:
            return words
        share = expected[self.quarter.number - 1]
        more = {"quarter": str(self.quarter.number), "due": self.quarter.due, "expected": f"{share:.0%}"}
        return {**words, **more}


def place_words(run: RunData, place: str | None) -> str:
    """Name of a place with that of its town before it; of the one top place where none is chosen."""
    if place is None:
        return run.title_place
    town, names = run.above[place].get("town"), run.place_names
    return names[place] if town in (None, place) else names[str(town)] + names[place]


def tree_order(run: RunData) -> list[str]:
    """Ids of all places, each before those that lie in it."""
    paths = {place: [*chain.values()][::-1] for place, chain in run.above.items()}
    return sorted(paths, key=lambda place: paths[place])
